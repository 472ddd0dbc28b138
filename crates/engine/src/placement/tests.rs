use domain::resources::{HostPort, Protocol};
use domain::{Changes, instance::Attribute};
use proptest::prelude::*;
use wire::time::Time;

use super::*;

fn host(id: u128, cpu: u32, memory_mib: u32) -> Instance {
    let registered = Resources {
        cpu,
        memory_mib,
        ..Resources::default()
    };
    let mut it = Instance::new(
        InstanceId::new(id),
        Pool::Fargate,
        None,
        registered,
        Time::from_millis(0),
    );
    it.connect(Time::from_millis(0));
    it
}

fn world(hosts: impl IntoIterator<Item = Instance>) -> Snapshot {
    let mut changes = Changes::none();
    hosts.into_iter().for_each(|it| changes.put(it));
    let mut view = Snapshot::default();
    view.apply(changes);
    view
}

fn demand(cpu: u32, memory_mib: u32, ports: &[u16]) -> Demand {
    let ports = ports
        .iter()
        .map(|&number| HostPort {
            protocol: Protocol::Tcp,
            number,
        })
        .collect();
    Demand {
        pool: Pool::Fargate,
        cluster: ClusterName::default_cluster(),
        group: "family:web".into(),
        reservation: Resources { cpu, memory_mib, ports },
        attributes: Vec::new(),
    }
}

fn first_refusal(view: &Snapshot, demand: &Demand) -> String {
    let plan = place(view, demand, 1);
    plan.refused
        .first()
        .map(|(_, why)| format!("{}: {why}", why.code()))
        .unwrap_or_default()
}

#[test]
fn a_refusal_says_what_is_needed_and_what_is_free() {
    let view = world([host(1, 1024, 512)]);
    assert_eq!(
        first_refusal(&view, &demand(2048, 1, &[])),
        "RESOURCE:CPU: needs 2048 CPU units, 1024 free"
    );
    assert_eq!(
        first_refusal(&view, &demand(1, 513, &[])),
        "RESOURCE:MEMORY: needs 513 MiB of memory, 512 free"
    );
}

#[test]
fn a_port_goes_to_one_task_of_a_host() {
    let view = world([host(1, 1024, 512)]);
    let plan = place(&view, &demand(1, 1, &[80]), 2);
    assert_eq!(plan.placed.len(), 1);
    assert_eq!(plan.refused[0].1.code(), "RESOURCE:PORTS");
    assert_eq!(plan.refused[0].1.to_string(), "in use: 80/tcp");
}

#[test]
fn a_host_whose_agent_is_away_takes_nothing() {
    let mut away = host(1, 1024, 512);
    away.disconnect(away.session());
    assert_eq!(
        first_refusal(&world([away]), &demand(1, 1, &[])),
        "AGENT: its agent is not connected"
    );
}

#[test]
fn an_attribute_must_be_there_and_have_the_value() {
    let mut arm = host(1, 1024, 512);
    arm.attributes.push(Attribute {
        name: "ecs.cpu-architecture".into(),
        value: Some("arm64".into()),
    });
    let view = world([arm]);
    let mut wanted = demand(1, 1, &[]);
    wanted
        .attributes
        .push(("ecs.cpu-architecture".into(), Some("x86_64".into())));
    assert_eq!(
        first_refusal(&view, &wanted),
        "ATTRIBUTE: lacks the attribute ecs.cpu-architecture=x86_64"
    );
    wanted.attributes[0].1 = Some("arm64".into());
    assert_eq!(place(&view, &wanted, 1).placed.len(), 1);
}

proptest! {
    #[test]
    fn no_host_is_ever_filled_beyond_what_it_has(
        hosts in prop::collection::vec((0u32..4096, 0u32..4096), 0..6),
        cpu in 1u32..1024, memory in 1u32..1024, count in 0usize..20,
    ) {
        let view = world(hosts.iter().enumerate().map(|(i, (c, m))| host(i as u128, *c, *m)));
        let plan = place(&view, &demand(cpu, memory, &[]), count);
        for (i, (has_cpu, has_memory)) in hosts.iter().enumerate() {
            let tasks = plan.placed.iter().filter(|id| **id == InstanceId::new(i as u128)).count() as u32;
            prop_assert!(tasks * cpu <= *has_cpu && tasks * memory <= *has_memory);
        }
        let room: u32 = hosts.iter().map(|(c, m)| (c / cpu).min(m / memory)).sum();
        prop_assert_eq!(plan.placed.len(), count.min(room as usize), "room is never left unused");
    }

    #[test]
    fn equal_hosts_get_equal_shares(hosts in 1u128..6, count in 0usize..30) {
        let view = world((0..hosts).map(|id| host(id, 100_000, 100_000)));
        let plan = place(&view, &demand(1, 1, &[]), count);
        let share = |id| plan.placed.iter().filter(|it| **it == InstanceId::new(id)).count();
        let (least, most) = ((0..hosts).map(share).min().unwrap_or(0), (0..hosts).map(share).max().unwrap_or(0));
        prop_assert!(most - least <= 1);
    }
}

use std::collections::BTreeSet;

use domain::resources::{HostPort, Protocol};
use domain::task::{Container, Launch, Made, Origin};
use domain::{Changes, HostId, Task, TaskId, instance::Attribute};
use proptest::prelude::*;
use wire::time::Time;

use proptest::strategy::Strategy as _;

use super::Strategy;
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
        reservation: Resources {
            cpu,
            memory_mib,
            ports,
            ..Resources::default()
        },
        all_gpus: 0,
        attributes: Vec::new(),
        zones: Vec::new(),
        constraints: Vec::new(),
        strategy: Vec::new(),
        seed: 1,
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
fn a_deregistered_host_is_not_asked() {
    let mut gone = host(1, 1024, 512);
    gone.deregister();
    for strategy in [Vec::new(), vec![Strategy::Spread(Spread::Host)]] {
        let wanted = Demand {
            strategy,
            ..demand(1, 1, &[])
        };
        assert_eq!(place(&world([gone.clone()]), &wanted, 1), Plan::default());
    }
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

const ZONES: [&str; 3] = ["a", "b", "c"];

/// A host in a zone, with a rack.
fn placed_host(id: u128, zone: usize, rack: usize, cpu: u32, memory_mib: u32) -> Instance {
    let mut it = host(id, cpu, memory_mib);
    for (name, value) in [(Instance::ZONE, ZONES[zone].to_owned()), ("rack", rack.to_string())] {
        it.put_attribute(Attribute {
            name: name.into(),
            value: Some(value),
        });
    }
    it
}

fn member_of(text: &str) -> Constraint {
    Constraint::MemberOf {
        text: text.into(),
        expression: Expression::parse(text).expect("an expression"),
    }
}

fn by_zone() -> Strategy {
    Strategy::Spread(Spread::Attribute(Instance::ZONE.into()))
}

#[test]
fn a_constraint_that_excludes_a_host_is_named() {
    let view = world([placed_host(1, 0, 7, 10, 10)]);
    let mut wanted = demand(1, 1, &[]);
    wanted.constraints = vec![member_of("attribute:rack == 8")];
    assert_eq!(
        first_refusal(&view, &wanted),
        "MemberOf placement constraint unsatisfied: is none of: attribute:rack == 8"
    );
    wanted.constraints = vec![Constraint::DistinctInstance];
    let plan = place(&view, &wanted, 2);
    assert_eq!(plan.placed.len(), 1);
    assert_eq!(
        plan.refused[0].1.code(),
        "DistinctInstance placement constraint unsatisfied"
    );
}

#[test]
fn a_task_stays_in_the_zones_of_its_subnets() {
    let view = world([placed_host(1, 0, 0, 10, 10), placed_host(2, 1, 0, 10, 10)]);
    let mut wanted = demand(1, 1, &[]);
    wanted.zones = vec!["b".into()];
    assert_eq!(place(&view, &wanted, 1).placed, [InstanceId::new(2)]);
    wanted.zones = vec!["c".into()];
    assert_eq!(
        first_refusal(&view, &wanted),
        "LOCATION: is in none of the subnets' zones: c"
    );
}

#[test]
fn gpus_are_counted() {
    let mut it = host(1, 10, 10);
    it.gpu_ids = vec!["gpu-1".into(), "gpu-2".into()];
    let mut wanted = demand(1, 1, &[]);
    wanted.reservation.gpus = 1;
    let plan = place(&world([it]), &wanted, 3);
    assert_eq!(plan.placed.len(), 2);
    assert_eq!(plan.refused[0].1.to_string(), "needs 1 GPUs, 0 free");
}

#[test]
fn all_gpus_are_those_of_a_host_that_has_some_and_none_in_use() {
    let of = |id, count: u32, taken: u32| {
        let mut it = host(id, 10, 10);
        it.gpu_ids = (0..count).map(|n| format!("gpu-{n}")).collect();
        it.reserve(&Resources {
            gpus: taken,
            ..Resources::default()
        });
        it
    };
    let mut wanted = demand(1, 1, &[]);
    (wanted.reservation.gpus, wanted.all_gpus) = (1, 1);
    let plan = place(&world([of(1, 0, 0), of(2, 4, 1), of(3, 4, 0)]), &wanted, 2);
    assert_eq!(plan.placed, [InstanceId::new(3)]);
    let why: Vec<String> = plan.refused.iter().map(|(_, why)| why.to_string()).collect();
    assert_eq!(
        why,
        ["needs 1 GPUs, 0 free", "needs 4 GPUs, 3 free", "needs 4 GPUs, 3 free"]
    );

    // Beside all of them there is none for another container.
    wanted.reservation.gpus = 2;
    assert_eq!(
        first_refusal(&world([of(3, 4, 0)]), &wanted),
        "RESOURCE:GPU: needs 5 GPUs, 4 free"
    );
}

#[test]
fn a_host_has_as_many_interfaces_as_addresses_for_tasks() {
    let mut wanted = demand(0, 0, &[]);
    wanted.reservation.interfaces = 1;
    assert_eq!(
        first_refusal(&world([host(1, 1, 1)]), &wanted),
        "RESOURCE:ENI: has no part of the task network: it did not join by a token"
    );
    let mut joined = host(1, 1, 1);
    joined.host = Some(HostId::new(1));
    joined.reserve(&Resources {
        interfaces: 252,
        ..Resources::default()
    });
    let plan = place(&world([joined]), &wanted, 2);
    assert_eq!(plan.placed.len(), 1);
    assert_eq!(
        plan.refused[0].1.to_string(),
        "needs a network interface, all 253 are in use"
    );
}

#[test]
fn a_group_is_drawn_to_itself_or_pushed_away() {
    let view = world((1..=3).map(|id| placed_host(id, 0, 0, 10, 10)));
    let mut wanted = demand(1, 1, &[]);
    wanted.constraints = vec![member_of("not(task:group == family:web)")];
    assert_eq!(place(&view, &wanted, 5).placed.len(), 3, "one on each");
    wanted.constraints = vec![member_of("task:group == family:web")];
    assert_eq!(place(&view, &wanted, 1).placed.len(), 0, "nobody is first");
}

#[test]
fn binpack_fills_one_host_before_the_next() {
    let view = world([host(1, 100, 50), host(2, 100, 40), host(3, 100, 5)]);
    let mut wanted = demand(1, 10, &[]);
    wanted.strategy = vec![Strategy::Binpack(Measure::Memory)];
    let order: Vec<u128> = place(&view, &wanted, 9).placed.iter().map(|it| it.bits()).collect();
    assert_eq!(order, [2, 2, 2, 2, 1, 1, 1, 1, 1]);
}

fn hosts() -> impl proptest::strategy::Strategy<Value = Vec<Instance>> {
    let one = (0usize..3, 0usize..3, 0u32..40, 0u32..40, 0u32..6);
    prop::collection::vec(one, 0..14).prop_map(|list| {
        let hosts = list.into_iter().enumerate();
        hosts
            .map(|(id, (zone, rack, cpu, memory, gpus))| {
                let mut host = placed_host(id as u128 + 1, zone, rack, cpu, memory);
                host.gpu_ids = (0..gpus).map(|n| format!("gpu-{n}")).collect();
                host
            })
            .collect()
    })
}

fn strategies() -> impl proptest::strategy::Strategy<Value = Vec<Strategy>> {
    let one = prop::sample::select(vec![
        by_zone(),
        Strategy::Spread(Spread::Attribute("rack".into())),
        Strategy::Spread(Spread::Attribute("absent".into())),
        Strategy::Spread(Spread::Host),
        Strategy::Binpack(Measure::Cpu),
        Strategy::Binpack(Measure::Memory),
        Strategy::Random,
    ]);
    prop::collection::vec(one, 0..4)
}

fn constraints() -> impl proptest::strategy::Strategy<Value = Vec<Constraint>> {
    let one = prop::sample::select(vec![
        Constraint::DistinctInstance,
        member_of("attribute:rack != 0"),
        member_of("attribute:ecs.availability-zone in [a, b]"),
        member_of("not(task:group == family:web) or attribute:rack == 1"),
    ]);
    prop::collection::vec(one, 0..3)
}

/// One that has these GPUs of its host.
fn with_gpus(wanted: &Demand, ids: Vec<String>) -> Task {
    let launch = Launch {
        cluster: wanted.cluster.clone(),
        group: wanted.group.clone(),
        reservation: wanted.reservation.clone(),
        ..Launch::simple("web")
    };
    let origin = Origin::new(launch, InstanceId::new(1), Time::from_millis(0));
    let main = Container::new(1, Made::simple("main", "x")).with_gpus(ids);
    Task::new(TaskId::new(1), origin, vec![main], None)
}

proptest! {
    /// Whatever tasks come and go, each GPU is of one task or of none, and a task has as many as it asked for.
    #[test]
    fn no_gpu_is_ever_of_two_tasks(moves in prop::collection::vec((0u32..4, 0usize..8, 0u32..6), 0..60)) {
        let mut it = host(1, 1000, 1000);
        it.gpu_ids = (0..5).map(|n| format!("gpu-{n}")).collect();
        let mut tasks = Vec::<Task>::new();
        for (gpus, at, registered) in moves {
            let mut wanted = demand(1, 1, &[]);
            wanted.reservation.gpus = gpus;
            if refusal(&it, it.reserved(), &wanted).is_none() {
                let ids = it.reserve(&wanted.reservation);
                prop_assert_eq!(ids.len() as u32, gpus);
                tasks.push(with_gpus(&wanted, ids));
            }
            if at < tasks.len() {
                it.release(&tasks.swap_remove(at));
            }
            // Its agent starts again, with more GPUs or fewer.
            it.gpu_ids = (0..registered).map(|n| format!("gpu-{n}")).collect();

            let taken: Vec<&String> = tasks.iter().flat_map(|it| it.containers()[0].gpu_ids()).collect();
            let once: BTreeSet<&String> = taken.iter().copied().collect();
            prop_assert_eq!(once.len(), taken.len(), "none is taken twice");
            let free: BTreeSet<&String> = it.free_gpu_ids().collect();
            prop_assert!(once.is_disjoint(&free));
            prop_assert!(it.gpu_ids.iter().all(|id| once.contains(id) || free.contains(id)), "none is lost");
        }
    }

    /// Whatever is asked for, the plan keeps to it and leaves nothing that it could have placed.
    #[test]
    fn a_plan_keeps_capacity_ports_and_constraints(
        hosts in hosts(), strategy in strategies(), constraints in constraints(),
        cpu in 1u32..12, memory in 1u32..12, with_port: bool, gpus in 0u32..3, count in 0usize..40, seed: u64,
    ) {
        let view = world(hosts.clone());
        let mut wanted = demand(cpu, memory, if with_port { &[80] } else { &[] });
        wanted.reservation.gpus = gpus;
        (wanted.strategy, wanted.constraints, wanted.seed) = (strategy, constraints, seed);
        let plan = place(&view, &wanted, count);
        prop_assert_eq!(&plan, &place(&view, &wanted, count), "the same seed gives the same answer");

        let mut given = BTreeMap::<InstanceId, Instance>::new();
        for id in &plan.placed {
            let host = given.entry(*id).or_insert_with(|| view.instance(*id).expect("a host of this world").clone());
            prop_assert_eq!(host.reserve(&wanted.reservation).len() as u32, gpus, "each task has its own GPUs");
        }
        let mut rooms: BTreeMap<InstanceId, Room<'_>> = hosts.iter().map(|it| (it.id(), Room::new(it))).collect();
        for id in &plan.placed {
            let room = rooms.get_mut(id).expect("a host of this world");
            prop_assert_eq!(room.refusal(&view, &wanted), None, "each task fits where it is put");
            room.take(&wanted);
        }
        let still_open = rooms.values().filter(|it| it.refusal(&view, &wanted).is_none()).count();
        if plan.placed.len() < count {
            prop_assert_eq!(still_open, 0, "no room is left unused");
            prop_assert_eq!(plan.refused.len(), hosts.len(), "each host has its reason");
        }
    }

    /// No other host that is open at that moment has less left: of the same zone where tasks are spread over zones, else of all.
    #[test]
    fn a_binpack_takes_the_fullest(
        hosts in hosts(), cpu in 0u32..12, memory in 0u32..12, by_memory: bool, spread: bool, random: bool,
        constraints in constraints(), count in 0usize..40, seed: u64,
    ) {
        let view = world(hosts.clone());
        let measure = if by_memory { Measure::Memory } else { Measure::Cpu };
        let mut wanted = demand(cpu, memory, &[]);
        (wanted.seed, wanted.constraints) = (seed, constraints);
        wanted.strategy.extend(spread.then(by_zone));
        wanted.strategy.push(Strategy::Binpack(measure));
        wanted.strategy.extend(random.then_some(Strategy::Random));

        let mut rooms: BTreeMap<InstanceId, Room<'_>> = hosts.iter().map(|it| (it.id(), Room::new(it))).collect();
        for id in place(&view, &wanted, count).placed {
            let taken = &rooms[&id];
            let rival = |it: &&Room<'_>| !spread || it.instance.zone() == taken.instance.zone();
            let open = rooms.values().filter(rival).filter(|it| it.refusal(&view, &wanted).is_none());
            prop_assert_eq!(Some(taken.free(measure)), open.map(|it| it.free(measure)).min());
            rooms.get_mut(&id).expect("a host of this world").take(&wanted);
        }
    }

    /// A zone is only given more than another that could still take the task.
    #[test]
    fn a_spread_is_even_to_one(hosts in hosts(), count in 0usize..40, explicit: bool, then_pack: bool, seed: u64) {
        let view = world(hosts.clone());
        let mut wanted = demand(1, 1, &[]);
        wanted.seed = seed;
        if explicit {
            wanted.strategy = vec![by_zone()];
            wanted.strategy.extend(then_pack.then_some(Strategy::Binpack(Measure::Cpu)));
        }
        let plan = place(&view, &wanted, count);
        let room = |zone: &str| hosts.iter().filter(|it| it.zone() == zone)
            .map(|it| it.registered.cpu.min(it.registered.memory_mib)).sum::<u32>();
        let zone_of = |id: &InstanceId| hosts.iter().find(|it| it.id() == *id).map(|it| it.zone()).unwrap_or_default();
        let tasks = |zone: &str| plan.placed.iter().filter(|id| zone_of(id) == zone).count() as u32;
        for full in ZONES {
            for other in ZONES {
                prop_assert!(tasks(full) <= tasks(other) + 1 || tasks(other) == room(other), "{full} {other}");
            }
        }
    }
}

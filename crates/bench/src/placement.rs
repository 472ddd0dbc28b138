//! Placements on 5,000 hosts in three zones, with a constraint and a spread over the zones, beside a scan of all hosts for each task.

use domain::host::Pool;
use domain::instance::Attribute;
use domain::resources::Resources;
use domain::{Changes, ClusterName, Instance, InstanceId, Snapshot};
use engine::placement::{self, Constraint, Demand, Measure, Spread, Strategy};
use engine::query::{Candidate, Expression};
use wire::time::Time;

use crate::clock::timed;
use crate::report::Report;

const HOSTS: u64 = 5_000;
/// Tasks of one RunTask, and of one step of a large service.
const BATCHES: [usize; 2] = [10, 1_000];
const CONSTRAINT: &str = "attribute:ecs.instance-type =~ m5.* and attribute:disk == ssd";

pub fn run(report: &mut Report) {
    let view = world();
    let zones = Strategy::Spread(Spread::Attribute(Instance::ZONE.into()));
    let (scanned, took) = timed(|| (0..20).map(|seed| scan(&view, &demand(vec![], seed))).sum::<u64>());
    let baseline = scanned as f64 / took.as_secs_f64();
    for batch in BATCHES {
        for (name, strategy) in [
            ("spread over zones", vec![zones.clone()]),
            (
                "spread over zones, then binpack",
                vec![zones.clone(), Strategy::Binpack(Measure::Memory)],
            ),
            ("binpack", vec![Strategy::Binpack(Measure::Memory)]),
            ("the default", vec![]),
        ] {
            let calls = (20_000 / batch).clamp(10, 1_000);
            let (placed, took) = timed(|| {
                let plans = (0..calls).map(|n| placement::place(&view, &demand(strategy.clone(), n as u64), batch));
                plans.map(|plan| plan.placed.len()).sum::<usize>()
            });
            assert_eq!(placed, calls * batch, "there is room for all");
            report.compare(
                &format!("placements on {HOSTS} hosts by {batch}, {name}"),
                "/s",
                placed as f64 / took.as_secs_f64(),
                ("a scan of all hosts for each task", baseline),
                "≥ 50,000/s for spread over zones",
            );
        }
    }
}

fn demand(strategy: Vec<Strategy>, seed: u64) -> Demand {
    Demand {
        pool: Pool::Cluster(ClusterName::default_cluster()),
        cluster: ClusterName::default_cluster(),
        group: "family:web".into(),
        reservation: Resources {
            cpu: 64,
            memory_mib: 128,
            ..Resources::default()
        },
        all_gpus: 0,
        attributes: vec![("com.amazonaws.ecs.capability.docker-remote-api.1.21".into(), None)],
        zones: Vec::new(),
        constraints: vec![Constraint::MemberOf {
            text: CONSTRAINT.into(),
            expression: Expression::parse(CONSTRAINT).expect("an expression"),
        }],
        strategy,
        seed,
    }
}

/// What SwarmKit's and the Kubernetes scheduler's first versions did.
fn scan(view: &Snapshot, demand: &Demand) -> u64 {
    let fits = |it: &&Instance| {
        let candidate = Candidate {
            view,
            instance: it,
            planned: None,
        };
        placement::refusal(it, it.reserved(), demand).is_none()
            && demand.constraints.iter().all(|constraint| match constraint {
                Constraint::DistinctInstance => true,
                Constraint::MemberOf { expression, .. } => expression.holds(candidate),
            })
    };
    let alike = |it: &&Instance| view.tasks_on(it.id()).count();
    let hosts = view.instances_in(&demand.pool).filter(fits);
    u64::from(hosts.min_by_key(alike).is_some())
}

fn world() -> Snapshot {
    let mut view = Snapshot::default();
    for n in 0..HOSTS {
        let id = InstanceId::new(u128::from(n.wrapping_mul(0x9e37_79b9_7f4a_7c15)) << 64);
        let room = Resources {
            cpu: 65_536,
            memory_mib: 131_072,
            ..Resources::default()
        };
        let pool = Pool::Cluster(ClusterName::default_cluster());
        let mut it = Instance::new(id, pool, None, room, Time::from_millis(0));
        let capabilities = (15..=25).map(|minor| {
            (
                format!("com.amazonaws.ecs.capability.docker-remote-api.1.{minor}"),
                None,
            )
        });
        let facts = [
            (
                Instance::ZONE,
                ["us-east-1a", "us-east-1b", "us-east-1c"][n as usize % 3],
            ),
            ("ecs.instance-type", if n % 4 == 0 { "t3.large" } else { "m5.large" }),
            ("disk", if n % 5 == 0 { "hdd" } else { "ssd" }),
        ];
        let facts = facts.map(|(name, value)| (name.to_owned(), Some(value.to_owned())));
        it.attributes = capabilities
            .chain(facts)
            .map(|(name, value)| Attribute { name, value })
            .collect();
        it.connect(Time::from_millis(0));
        let mut changes = Changes::none();
        changes.put(it);
        view.apply(changes);
    }
    view
}

//! A million tasks in state: what each costs, and whether lists and descriptions stay as fast as with a thousand.

use std::net::Ipv4Addr;
use std::time::Duration;

use anyhow::{Context, Result};
use api::tcs::Usage;
use api::{Call, Caller, Cx, Ids};
use domain::task::{
    Attachment, Container, ContainerStage, Exposure, Launch, LaunchType, Mac, Made, Observed, Origin, Stage, Stop,
    StopCode,
};
use domain::{
    Changes, Cluster, ClusterName, DefinitionId, Family, InstanceId, Site, Snapshot, Task, TaskDefinition, TaskId,
};
use wire::json;
use wire::time::Time;

use crate::clock::timed;
use crate::report::Report;

const FEW: u32 = 1_000;
const MANY: u32 = 1_000_000;
/// Hosts that the tasks are on.
const HOSTS: u32 = 5_000;
const REVISIONS: u32 = 100_000;
const CALLS: usize = 500;

pub fn run(report: &mut Report) -> Result<()> {
    // Held to the end: memory that is given back would hide what comes after.
    let _stopped = held(report, "stopped task", MANY / 2, Kind::Stopped, "≤ 600 B")?;
    let _addressed = held(
        report,
        "stopped task with an address",
        MANY / 4,
        Kind::StoppedInPool,
        "≤ 600 B",
    )?;
    let many = held(report, "running task", MANY, Kind::Running, "≤ 1 KiB")?;
    let mut few = Server::new();
    few.fill(FEW, Kind::Running);

    let list = r#"{"cluster":"default"}"#;
    let (one, thousandth) = (few.times("ListTasks", list)?, many.times("ListTasks", list)?);
    report.compare(
        "ListTasks p99, 1,000,000 tasks",
        "ms",
        p99(thousandth),
        ("1,000 tasks", p99(one)),
        "≤ 5 ms",
    );
    let describe = |server: &Server| -> Result<String> {
        let listed = server.call("ListTasks", list)?;
        let arns = listed
            .get(r#"{"taskArns":"#.len()..listed.len() - 1)
            .context("no list")?;
        let arns = arns.split("],").next().context("no end")?.trim_end_matches(']');
        Ok(format!(r#"{{"tasks":{arns}]}}"#))
    };
    let (few_input, many_input) = (describe(&few)?, describe(&many)?);
    let (one, thousandth) = (
        few.times("DescribeTasks", &few_input)?,
        many.times("DescribeTasks", &many_input)?,
    );
    report.compare(
        "DescribeTasks of 100 p99, 1,000,000 tasks",
        "ms",
        p99(thousandth.clone()),
        ("1,000 tasks", p99(one)),
        "≤ 5 ms",
    );
    let answer: serde_json::Value = serde_json::from_str(&many.call("DescribeTasks", &many_input)?)?;
    let (_, written) = timed(|| (0..CALLS).map(|_| answer.to_string().len()).sum::<usize>());
    report.compare(
        "DescribeTasks of 100, median",
        "µs",
        crate::clock::median(thousandth).as_secs_f64() * 1e6,
        (
            "serde_json writes the same answer",
            written.as_secs_f64() * 1e6 / CALLS as f64,
        ),
        "≤ 400 µs",
    );
    revisions(report)
}

/// What each of so many tasks takes in memory.
fn held(report: &mut Report, what: &str, count: u32, kind: Kind, aim: &str) -> Result<Server> {
    let before = resident()?;
    let mut server = Server::new();
    server.fill(count, kind);
    let each = (resident()? - before) / f64::from(count);
    report.compare(
        &format!("state of a {what}"),
        "B",
        each,
        ("its JSON document", document(kind)),
        aim,
    );
    Ok(server)
}

/// Bytes of a task as the store writes it: what a server that kept documents would hold at least.
fn document(kind: Kind) -> f64 {
    let record = domain::Record::from(task(&Shared::new(), MANY / 2, kind));
    store::encode(&record).len() as f64
}

fn revisions(report: &mut Report) -> Result<()> {
    let mut server = Server::new();
    let list = r#"{"familyPrefix":"web","sort":"DESC"}"#;
    let describe = r#"{"taskDefinition":"web"}"#;
    let mut at = |last: u32, from: u32| -> Result<(f64, f64)> {
        (from..=last).for_each(|n| server.register(n));
        Ok((
            p99(server.times("ListTaskDefinitions", list)?),
            p99(server.times("DescribeTaskDefinition", describe)?),
        ))
    };
    let (few, many) = (at(FEW, 1)?, at(REVISIONS, FEW + 1)?);
    for (name, many, few) in [
        ("ListTaskDefinitions", many.0, few.0),
        ("DescribeTaskDefinition", many.1, few.1),
    ] {
        report.compare(
            &format!("{name} p99, {REVISIONS} revisions"),
            "ms",
            many,
            ("1,000 revisions", few),
            "ratio near 1",
        );
    }
    Ok(())
}

struct Server {
    view: Snapshot,
    site: Site,
    secrets: api::secrets::Secrets,
}

impl Server {
    fn new() -> Self {
        let mut server = Self {
            view: Snapshot::default(),
            site: Site {
                account: "123456789012".into(),
                region: "us-east-1".into(),
            },
            secrets: api::secrets::Secrets::new([7; 32]),
        };
        let mut changes = Changes::none();
        changes.put(Cluster::new(ClusterName::default_cluster()));
        server.view.apply(changes);
        server.register(1);
        server
    }

    fn register(&mut self, revision: u32) {
        let family: std::sync::Arc<str> = "web".into();
        let id = DefinitionId {
            family: family.clone(),
            revision,
        };
        let document = r#"{"family":"web","containerDefinitions":[{"name":"main","image":"web:1","memory":512}]}"#;
        let mut changes = Changes::none();
        changes.put(Family {
            name: family,
            last: revision,
        });
        changes.put(TaskDefinition::new(
            id,
            document,
            self.site.root_arn(),
            Time::from_millis(0),
        ));
        self.view.apply(changes);
    }

    fn fill(&mut self, count: u32, kind: Kind) {
        let shared = Shared::new();
        for n in 0..count {
            let mut changes = Changes::none();
            changes.put(task(&shared, n, kind));
            self.view.apply(changes);
        }
    }

    fn call(&self, operation: &str, input: &str) -> Result<String> {
        let service = api::service(|it| it.operation(operation).is_some()).context("no such operation")?;
        let call = Call {
            service,
            operation: service.model.operation(operation).context("no such operation")?,
            input: json::parse(input.as_bytes()).ok().context("no JSON")?,
        };
        let cx = Cx {
            view: &self.view,
            site: &self.site,
            secrets: &self.secrets,
            caller: &Caller::Root,
            usage: &Usage::default(),
            endpoint: "http://127.0.0.1:4566",
            now: Time::from_millis(1_700_000_000_000),
            ids: Ids::new([1; 16]),
        };
        let answer = api::run(&cx, &call).ok().context("refused")?;
        Ok(String::from_utf8(json::write(&*answer.output))?)
    }

    fn times(&self, operation: &str, input: &str) -> Result<Vec<Duration>> {
        (0..CALLS)
            .map(|_| {
                let (answer, took) = timed(|| self.call(operation, input));
                answer.map(|_| took)
            })
            .collect()
    }
}

struct Shared {
    family: std::sync::Arc<str>,
    group: std::sync::Arc<str>,
    zone: std::sync::Arc<str>,
}

impl Shared {
    fn new() -> Self {
        Self {
            family: "web".into(),
            group: "family:web".into(),
            zone: "us-east-1a".into(),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Running,
    Stopped,
    /// In the Fargate pool, with an address of its own.
    StoppedInPool,
}

fn task(shared: &Shared, n: u32, kind: Kind) -> Task {
    let in_pool = kind == Kind::StoppedInPool;
    let spread = u128::from(u64::from(n).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let launch = Launch {
        definition: DefinitionId {
            family: shared.family.clone(),
            revision: 1,
        },
        launch_type: if in_pool { LaunchType::Fargate } else { LaunchType::Ec2 },
        zone: shared.zone.clone(),
        group: shared.group.clone(),
        ..Launch::simple("web")
    };
    let origin = Origin::new(launch, InstanceId::new(u128::from(n % HOSTS)), Time::from_millis(0));
    let container = Container::new(spread, Made::simple("main", "web:1"));
    let attachment = in_pool.then(|| Attachment::new(spread, "subnet-0123456789abcdef0", Exposure::Private));
    let mut task = Task::new(TaskId::new(spread << 64), origin, vec![container], attachment);
    task.attach(Ipv4Addr::from_bits(n), Mac::parse("02:42:0a:58:00:07"));
    let seen = Observed {
        runtime_id: Some(format!("{n:064x}")),
        // One service runs one image.
        image_digest: Some(format!("sha256:{:064x}", 1)),
        ..Observed::default()
    };
    task.observe("main", seen);
    task.advance(Stage::Running, Time::from_millis(1));
    if kind != Kind::Running {
        task.observe(
            "main",
            Observed {
                stage: Some(ContainerStage::Stopped),
                exit_code: Some(0),
                ..Observed::default()
            },
        );
        let stop = Stop {
            code: StopCode::EssentialContainerExited,
            reason: "Essential container in task exited".into(),
        };
        task.ask_stop(stop, Time::from_millis(2));
        task.advance(Stage::Stopped, Time::from_millis(2));
    }
    task
}

fn p99(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() * 99 / 100].as_secs_f64() * 1e3
}

/// Bytes of this process in memory.
fn resident() -> Result<f64> {
    const PAGE: f64 = 4096.0;
    let statm = std::fs::read_to_string("/proc/self/statm")?;
    let pages: f64 = statm.split_whitespace().nth(1).context("no resident size")?.parse()?;
    Ok(pages * PAGE)
}

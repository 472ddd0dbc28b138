//! Worlds in one line, calls in another, and what comes of them: all that tests of operations know of how operations run.
//!
//! A world is a list of statements, parted by semicolons:
//! `cluster web`, `host a in web cpu=1024 memory=2048 gpus=2 zone=us-east-1b rack=r1` (what is no size is an attribute), `host f in fargate`, `family app` (bridge), `fargate app`, `port app 80`,
//! `task t1 in web on a RUNNING`. Calls are `Operation {json}`, parted by ` ; `, with `as HOST` (its name or id) or `as nobody` before another caller's; `$t1`
//! stands for an id. Only the last call is shown: whole, or the parts named after `->`.

#![allow(clippy::unwrap_used)]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;

use domain::host::Pool;
use domain::instance::Attribute;
use domain::network::{Link, Reach};
use domain::resources::Resources;
use domain::task::{Attachment, Container, Exposure, Launch, LaunchType, Made, Origin, Stage};
use domain::{
    Changes, Cidr, Cluster, ClusterName, Host, HostId, Instance, InstanceId, Record, Site, Snapshot, Task, TaskId,
};
use expect_test::Expect;
use wire::time::Time;
use wire::{ApiError, Value, json};

use crate::secrets::Secrets;
use crate::tcs::Usage;
use crate::{Call, Caller, Cx, Ids, call};

/// Runs `calls` in `world` and compares what the last one gives.
#[track_caller]
pub fn check(world: &str, calls: &str, expected: Expect) {
    let world = World::new(world);
    let (mut calls, shown) = match calls.split_once(" -> ") {
        Some((calls, shown)) => (calls.split(" ; ").collect::<Vec<_>>(), Some(shown)),
        None => (calls.split(" ; ").collect(), None),
    };
    let last = calls.pop().unwrap();
    for earlier in calls {
        let outcome = world.ask(earlier);
        assert!(outcome.output.is_ok(), "{earlier}: {}", outcome.show(None));
    }
    expected.assert_eq(&world.ask(last).show(shown));
}

pub struct World {
    view: RefCell<Snapshot>,
    names: RefCell<BTreeMap<String, String>>,
    hosts: RefCell<BTreeMap<String, (HostId, InstanceId)>>,
    calls: RefCell<u8>,
    site: Site,
    secrets: Secrets,
    usage: RefCell<Usage>,
}

impl World {
    pub fn new(statements: &str) -> Self {
        let mut view = Snapshot::default();
        view.apply(put([Cluster::new(ClusterName::default_cluster())]));
        let world = Self {
            view: RefCell::new(view),
            names: RefCell::default(),
            hosts: RefCell::default(),
            calls: RefCell::new(0),
            site: Site {
                account: "123456789012".into(),
                region: "us-east-1".into(),
            },
            secrets: Secrets::new([7; 32]),
            usage: RefCell::default(),
        };
        for statement in statements.split(';').map(str::trim).filter(|it| !it.is_empty()) {
            world.state(statement);
        }
        world
    }

    pub fn with<T>(&self, f: impl FnOnce(&Cx<'_>) -> T) -> T {
        self.with_caller(&Caller::Root, f)
    }

    pub fn view(&self) -> Snapshot {
        self.view.borrow().clone()
    }

    pub fn site(&self) -> &Site {
        &self.site
    }

    pub fn task(&self, name: &str) -> TaskId {
        TaskId::parse(&self.names.borrow()[name]).unwrap()
    }

    pub fn usage(&self) -> std::cell::RefMut<'_, Usage> {
        self.usage.borrow_mut()
    }

    pub fn instance(&self, name: &str) -> InstanceId {
        self.hosts.borrow()[name].1
    }

    fn with_caller<T>(&self, caller: &Caller, f: impl FnOnce(&Cx<'_>) -> T) -> T {
        let view = self.view();
        let n = *self.calls.borrow();
        let now = Time::from_millis(1_700_000_000_123).plus_s(i64::from(n));
        let ids = Ids::new([n; 16]);
        let next = n.wrapping_add(1);
        *self.calls.borrow_mut() = next;
        f(&Cx {
            view: &view,
            site: &self.site,
            secrets: &self.secrets,
            caller,
            usage: &self.usage.borrow(),
            endpoint: "http://127.0.0.1:4566",
            now,
            ids,
        })
    }

    /// Runs one call and applies what it changes.
    pub fn ask(&self, call: &str) -> Outcome {
        let mut call = call.trim().to_owned();
        for (name, id) in self.names.borrow().iter().rev() {
            call = call.replace(&format!("${name}"), id);
        }
        if let Some(instance) = call.strip_prefix("orphans ") {
            let id = InstanceId::parse(instance).unwrap();
            let changes = engine::orphans::reconcile(&self.view(), id, Time::from_millis(1_700_000_100_000));
            return self.apply(Ok("{}".into()), changes);
        }
        let (caller, call) = match call.strip_prefix("as ") {
            None => (Caller::Root, call.as_str()),
            Some(rest) => {
                let (who, call) = rest.split_once(' ').unwrap();
                let host = self
                    .hosts
                    .borrow()
                    .get(who)
                    .map(|it| it.0)
                    .or_else(|| HostId::parse(who));
                (host.map_or(Caller::Anonymous, |id| Caller::Host { id, key: 1 }), call)
            }
        };
        let (name, input) = call.split_once(' ').unwrap();
        let service = call::service(|it| it.operation(name).is_some()).unwrap();
        let call = Call {
            service,
            operation: service.model.operation(name).unwrap(),
            input: json::parse(input.as_bytes()).unwrap(),
        };
        match self.with_caller(&caller, |cx| call::run(cx, &call)) {
            Ok(answer) => self.apply(Ok(json::to_string(&Boxed(answer.output))), answer.changes),
            Err(error) => self.apply(Err(error), Changes::none()),
        }
    }

    /// Applies what a decision that is no call makes of the world.
    pub fn change(&self, decide: impl Fn(&Snapshot) -> Changes) {
        let changes = decide(&self.view());
        self.view.borrow_mut().apply(changes);
    }

    /// Forgets what may be forgotten, as the server does from time to time.
    pub fn reap(&self) {
        let now = Time::from_millis(1_700_000_100_000);
        self.change(|view| engine::reaping::sweep(view, engine::reaping::Keep::default(), now));
    }

    fn apply(&self, output: Result<String, ApiError>, changes: Changes) -> Outcome {
        let puts = changes.puts().iter().map(label).collect();
        if !changes.is_empty() {
            self.view.borrow_mut().apply(changes);
        }
        Outcome {
            output: output.map(|text| (json::parse(text.as_bytes()).unwrap(), text)),
            puts,
        }
    }

    fn state(&self, statement: &str) {
        let words: Vec<&str> = statement.split_whitespace().collect();
        let register = |rest: String| drop(self.ask(&format!("RegisterTaskDefinition {{{rest}}}")).output.unwrap());
        match words.as_slice() {
            ["cluster", name] => drop(
                self.ask(&format!(r#"CreateCluster {{"clusterName":"{name}"}}"#))
                    .output
                    .unwrap(),
            ),
            ["family", name] => register(format!(
                r#""family":"{name}","containerDefinitions":[{{"name":"main","image":"app:1","cpu":256,"memory":512}}]"#
            )),
            ["port", name, port] => register(format!(
                r#""family":"{name}","containerDefinitions":[{{"name":"main","image":"app:1","memory":64,"portMappings":[{{"containerPort":80,"hostPort":{port}}}]}}]"#
            )),
            ["fargate", name] => register(format!(
                r#""family":"{name}","networkMode":"awsvpc","requiresCompatibilities":["FARGATE"],"cpu":"256","memory":"512","containerDefinitions":[{{"name":"main","image":"app:1"}}]"#
            )),
            ["host", name, "in", pool, sizes @ ..] => self.host(name, pool, sizes),
            ["task", name, "in", cluster, "on", host, stage @ ..] => {
                self.put_task(name, cluster, host, stage.first().copied())
            }
            _ => panic!("no statement of the test language: {statement}"),
        }
    }

    fn host(&self, name: &str, pool: &str, sizes: &[&str]) {
        let size = |what: &str| {
            sizes
                .iter()
                .find_map(|it| it.strip_prefix(what)?.parse().ok())
                .unwrap_or(4096)
        };
        let pool = if pool == "fargate" {
            Pool::Fargate
        } else {
            Pool::Cluster(ClusterName::parse(pool).unwrap())
        };
        let n = self.hosts.borrow().len() as u128 + 1;
        let (host_id, id) = (HostId::new(0xb000 + n), InstanceId::new(0xa000 + n));
        let registered = Resources {
            cpu: size("cpu="),
            memory_mib: size("memory="),
            ..Resources::default()
        };
        let mut instance = Instance::new(id, pool.clone(), Some(host_id), registered, Time::from_millis(0));
        let capabilities = [
            "com.amazonaws.ecs.capability.docker-remote-api.1.18",
            "com.amazonaws.ecs.capability.docker-remote-api.1.21",
            "ecs.capability.task-cpu-mem-limit",
            "ecs.capability.container-ordering",
        ];
        instance.attributes = capabilities
            .iter()
            .map(|it| Attribute {
                name: (*it).into(),
                value: None,
            })
            .collect();
        describe(&mut instance, sizes);
        instance.connect(Time::from_millis(0));
        let host = Host::new(
            host_id,
            name.into(),
            pool,
            Cidr::numbered(n as u8),
            Time::from_millis(0),
        );
        let value = |name| instance.attribute(name).and_then(|it| it.value.clone());
        if let (Some(link), Some(address)) = (value(Instance::TASK_NETWORK), value(Instance::ADDRESS)) {
            instance.set_reach(Some(Reach {
                network: host.network,
                address: address.parse().unwrap(),
                link: if link == "routed" { Link::Routed } else { Link::Overlay },
            }));
        }
        self.view.borrow_mut().apply(put([Record::from(instance), host.into()]));
        self.hosts.borrow_mut().insert(name.into(), (host_id, id));
        self.names.borrow_mut().insert(name.into(), id.to_string());
    }

    fn put_task(&self, name: &str, cluster: &str, host: &str, stage: Option<&str>) {
        let mut instance = self.view.borrow().instance(self.instance(host)).unwrap().clone();
        let fargate = *instance.pool() == Pool::Fargate;
        let n = self.names.borrow().len() as u128 + 1;
        let launch = Launch {
            cluster: ClusterName::parse(cluster).unwrap(),
            launch_type: if fargate { LaunchType::Fargate } else { LaunchType::Ec2 },
            ..Launch::simple("app")
        };
        let origin = Origin::new(launch, instance.id(), Time::from_millis(1_699_999_999_000));
        let attachment = fargate.then(|| Attachment::new(0xe000 + n, "subnet-1", Exposure::Private));
        let mut task = Task::new(
            TaskId::new(0xc000 + n),
            origin,
            vec![Container::new(0xd000 + n, Made::simple("main", "app:1"))],
            attachment,
        );
        let at = Time::from_millis(1_699_999_999_500);
        match stage {
            Some("RUNNING") => drop(task.advance(Stage::Running, at)),
            Some("STOPPING") => drop(task.advance(Stage::Stopping, at)),
            Some("STOPPED") => drop(task.advance(Stage::Stopped, at)),
            _ => {}
        }
        if !task.is_stopped() {
            instance.reserve(&task.origin().reservation);
        }
        self.names.borrow_mut().insert(name.into(), task.id().to_string());
        self.names
            .borrow_mut()
            .insert(format!("eni.{name}"), domain::id::uuid(0xe000 + n));
        self.view.borrow_mut().apply(put([Record::from(task), instance.into()]));
    }
}

/// Gives a host what its statement says of it: `gpus=2`, `zone=us-east-1a`, or any attribute.
fn describe(instance: &mut Instance, said: &[&str]) {
    let attribute = |name: &str, value: Option<&str>| Attribute {
        name: name.into(),
        value: value.map(Into::into),
    };
    for (name, value) in said.iter().filter_map(|it| it.split_once('=')) {
        match name {
            "cpu" | "memory" => {}
            "gpus" => {
                let count: u32 = value.parse().unwrap();
                instance.gpu_ids = (1..=count).map(|n| format!("gpu-{n}")).collect();
            }
            "zone" => instance.put_attribute(attribute(Instance::ZONE, Some(value))),
            other => instance.put_attribute(attribute(other, Some(value))),
        }
    }
    if *instance.pool() == Pool::Fargate {
        instance.put_attribute(attribute(Instance::OUR_AGENT, None));
    }
}

struct Boxed(Box<dyn wire::shape::Encode + Send>);

impl wire::shape::Encode for Boxed {
    fn encode_to(&self, sink: &mut dyn wire::shape::Sink) {
        self.0.encode_to(sink);
    }
}

fn put(records: impl IntoIterator<Item = impl Into<Record>>) -> Changes {
    let mut changes = Changes::none();
    records.into_iter().for_each(|it| changes.put(it));
    changes
}

fn label(record: &Record) -> String {
    match record {
        Record::Cluster(it) => format!("cluster {}", it.name()),
        Record::Family(it) => format!("family {} last={}", it.name, it.last),
        Record::Definition(it) => format!("definition {}", it.id()),
        Record::Host(it) => format!("host {}", it.name),
        Record::JoinToken(_) => "join token".into(),
        Record::Instance(it) => format!(
            "instance reserved cpu={} memory={}",
            it.reserved().cpu,
            it.reserved().memory_mib
        ),
        Record::Task(it) => format!("task {:?} desired={:?}", it.last(), it.desired()),
        Record::AccountSetting(it) => format!("account setting {}={}", it.name, it.value),
        Record::Decision(it) => format!(
            "decision wanted={} placed={} verdicts={}",
            it.wanted,
            it.placed,
            it.verdicts.len()
        ),
        Record::TaskNetwork(it) => format!("task network {}", it.cidr()),
        Record::RunToken(it) => format!("run token {} tasks={}", it.token, it.tasks.len()),
    }
}

pub struct Outcome {
    output: Result<(Value, String), ApiError>,
    puts: Vec<String>,
}

impl Outcome {
    /// What is at a dotted path of the answer, as JSON.
    pub fn get(&self, path: &str) -> Option<String> {
        let (value, _) = self.output.as_ref().ok()?;
        find(value, path).map(json::write_value)
    }

    pub fn list(&self, path: &str) -> Vec<String> {
        match self.output.as_ref().ok().and_then(|(value, _)| find(value, path)) {
            Some(Value::List(items)) => items.iter().map(json::write_value).collect(),
            _ => Vec::new(),
        }
    }

    pub fn show(&self, paths: Option<&str>) -> String {
        let mut text = match (&self.output, paths) {
            (Err(error), _) => format!("{} {error}\n", error.status),
            (Ok((_, whole)), None) => format!("200 {whole}\n"),
            (Ok(_), Some(paths)) => {
                let shown = paths
                    .split_whitespace()
                    .map(|path| format!(" {path}={}", self.get(path).unwrap_or_else(|| "-".into())));
                format!("200{}\n", shown.collect::<String>())
            }
        };
        for put in &self.puts {
            writeln!(text, "put {put}").unwrap();
        }
        text
    }
}

fn find<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |at, step| match at {
        Value::List(items) => items.get(step.parse::<usize>().ok()?),
        other => other.get(step),
    })
}

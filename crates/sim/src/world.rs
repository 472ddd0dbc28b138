//! What happens, in an order that chance gives, and what must be true of it.

use std::collections::BTreeMap;

use agent::report::{self, Message};
use agent::runtime::{Exit, HealthStatus};
use api::acs::Session;
use domain::task::Stage;
use domain::{InstanceId, TaskId};
use model::acs;
use model::ecs::{
    ContainerDefinition, ContainerDependency, ContainerRestartPolicy, HealthCheck, RegisterContainerInstanceRequest,
    RegisterTaskDefinitionRequest, Resource, RunTaskRequest, StopTaskRequest,
};
use wire::shape::Shape;
use wire::time::Time;
use wire::{Value, json};

use crate::chance::Chance;
use crate::host::Host;
use crate::server::Server;

const ECS: &str = "AmazonEC2ContainerService";
const HOSTS: usize = 3;
/// Rounds in which everything that can happen does; more than any task needs to end.
const PEACE: u32 = 400;

pub struct World {
    chance: Chance,
    now: Time,
    server: Server,
    hosts: Vec<(InstanceId, Host)>,
    sessions: BTreeMap<InstanceId, Session>,
    /// Frames on their way to an agent.
    frames: Vec<(InstanceId, String)>,
    seen: BTreeMap<TaskId, Stage>,
    /// Nothing is lost and nobody dies any more.
    peace: bool,
}

impl World {
    pub fn new(seed: u64) -> Self {
        let mut world = Self {
            chance: Chance::new(seed),
            now: Time::from_millis(1_700_000_000_000),
            server: Server::new(),
            hosts: Vec::new(),
            sessions: BTreeMap::new(),
            frames: Vec::new(),
            seen: BTreeMap::new(),
            peace: false,
        };
        for (family, containers) in [("app", plain()), ("chain", chain())] {
            let definition = RegisterTaskDefinitionRequest {
                family: Some(family.into()),
                container_definitions: Some(containers),
                ..Default::default()
            };
            world
                .server
                .call(ECS, "RegisterTaskDefinition", &definition, world.now)
                .unwrap();
        }
        for _ in 0..HOSTS {
            let id = world.register();
            world.hosts.push((id, Host::new()));
        }
        world
    }

    fn register(&mut self) -> InstanceId {
        let resource = |name: &str, n| Resource {
            name: Some(name.into()),
            r#type: Some("INTEGER".into()),
            integer_value: Some(n),
            ..Default::default()
        };
        let input = RegisterContainerInstanceRequest {
            total_resources: Some(vec![resource("CPU", 1024), resource("MEMORY", 1024)]),
            attributes: Some(agent_attributes()),
            ..Default::default()
        };
        let made = self
            .server
            .call(ECS, "RegisterContainerInstance", &input, self.now)
            .unwrap();
        let arn = made
            .get("containerInstance")
            .and_then(|it| it.get("containerInstanceArn"))
            .and_then(Value::as_str);
        InstanceId::parse(arn.unwrap().rsplit('/').next().unwrap()).unwrap()
    }

    /// One thing happens.
    pub fn happen(&mut self) {
        let seconds = self.chance_s();
        self.pass(seconds);
        let at = self.chance.below(HOSTS);
        match self.chance.below(24) {
            0 => self.run(),
            1 => self.stop(),
            2 | 3 => self.connect(at),
            4..=6 => self.look(),
            7..=9 => self.receive(),
            10..=14 => {
                let choice = self.chance.below(1000);
                self.hosts[at].1.perform(choice, self.now);
            }
            15..=17 => self.report(at),
            18 => self.exit(at),
            19 => {
                self.hosts[at].1.due(self.now);
                self.server.sweep(self.now);
            }
            22 | 23 => self.check_health(at),
            20 if self.chance.one_in(4) => self.lose_server(),
            21 if self.chance.one_in(2) => self.lose_agent(at),
            _ => {}
        }
        self.watch();
    }

    /// Mostly a moment, and now and then long enough for a restart.
    fn chance_s(&mut self) -> i64 {
        let most = if self.chance.one_in(20) { 120 } else { 3 };
        self.chance.below(most) as i64
    }

    fn pass(&mut self, seconds: i64) {
        self.now = self.now.plus_s(seconds);
        for (_, host) in &self.hosts {
            host.runtime.set_time(self.now.as_millis());
        }
    }

    fn run(&mut self) {
        let count = 1 + self.chance.below(3) as i32;
        let family = ["app", "chain"][self.chance.below(2)];
        let input = RunTaskRequest {
            task_definition: Some(family.into()),
            count: Some(count),
            ..Default::default()
        };
        self.server.call(ECS, "RunTask", &input, self.now).unwrap();
    }

    fn stop(&mut self) {
        let all: Vec<TaskId> = self.server.view.tasks().map(|it| it.id()).collect();
        if let Some(id) = all.get(self.chance.below(all.len())) {
            let input = StopTaskRequest {
                task: Some(id.to_string()),
                ..Default::default()
            };
            self.server.call(ECS, "StopTask", &input, self.now).unwrap();
        }
    }

    fn connect(&mut self, at: usize) {
        let id = self.hosts[at].0;
        if !self.sessions.contains_key(&id) {
            let session = self.server.connect(id, self.now);
            self.sessions.insert(id, session);
        }
    }

    fn look(&mut self) {
        for (id, session) in &mut self.sessions {
            let frames = session.look(&self.server.view, &self.server.site, self.now);
            self.frames.extend(frames.into_iter().map(|it| (*id, it)));
        }
    }

    /// A frame arrives, not always in order, or is lost; its acknowledgement may be lost too.
    fn receive(&mut self) {
        if self.frames.is_empty() {
            return;
        }
        let (id, frame) = self.frames.swap_remove(self.chance.below(self.frames.len()));
        if self.fault(8) {
            return;
        }
        let frame = json::parse(frame.as_bytes()).unwrap();
        if frame.get("type").and_then(Value::as_str) != Some("PayloadMessage") {
            return;
        }
        let payload = acs::PayloadMessage::decode(frame.get("message").unwrap().clone()).unwrap();
        let message = payload.message_id.clone().unwrap();
        let host = &mut self.hosts.iter_mut().find(|it| it.0 == id).unwrap().1;
        host.accept(payload, self.now);
        if !self.fault(8)
            && let Some(session) = self.sessions.get_mut(&id)
        {
            let ack = format!(r#"{{"type":"AckRequest","message":{{"messageId":"{message}"}}}}"#);
            self.server.hear(session, &ack, self.now);
        }
    }

    /// A report reaches the server, or does not; the answer may be lost, and then it is sent again.
    fn report(&mut self, at: usize) {
        let choice = self.chance.below(1000);
        let Some((arn, cluster, message)) = self.hosts[at].1.to_tell(choice) else {
            return;
        };
        if self.fault(8) {
            return;
        }
        let taken = match &message {
            Message::State(it) => self.server.call(
                ECS,
                "SubmitTaskStateChange",
                &report::state(&arn, &cluster, it),
                self.now,
            ),
            Message::Network {
                attachment_arn,
                sandbox,
            } => {
                let input = report::network(&arn, attachment_arn, sandbox);
                self.server.call("Longshore", "ReportTaskNetwork", &input, self.now)
            }
        };
        taken.unwrap();
        if !self.fault(8) {
            self.hosts[at].1.told(&arn);
        }
    }

    /// One of the containers of a host's tasks, if it runs.
    fn some_container(&mut self, at: usize) -> Option<(String, &'static str)> {
        let (id, host) = &self.hosts[at];
        let tasks: Vec<String> = self
            .server
            .view
            .tasks_on(*id)
            .map(|it| self.server.site.task_arn(it.cluster(), it.id()))
            .collect();
        let arn = tasks.get(self.chance.below(tasks.len()))?;
        let name = NAMES[self.chance.below(NAMES.len())];
        host.runtime.is_running(arn, name).then(|| (arn.clone(), name))
    }

    /// A container ends by itself.
    fn exit(&mut self, at: usize) {
        let Some((arn, name)) = self.some_container(at) else {
            return;
        };
        // No two ends are at the same time: a start lies between them.
        self.now = self.now.plus_ms(1);
        let exit = Exit {
            code: if name == "setup" { 0 } else { 3 },
            out_of_memory: false,
            at_ms: self.now.as_millis(),
        };
        let host = &mut self.hosts[at].1;
        host.runtime.exit(&arn, name, exit);
        host.notice(self.now);
    }

    fn check_health(&mut self, at: usize) {
        let Some((arn, name)) = self.some_container(at) else {
            return;
        };
        let status = [HealthStatus::Healthy, HealthStatus::Unhealthy][self.chance.below(2)];
        let host = &mut self.hosts[at].1;
        host.runtime.set_health(&arn, name, status);
        host.notice(self.now);
    }

    /// The server dies: what is durable stays, sessions and frames do not.
    fn lose_server(&mut self) {
        self.frames.clear();
        self.sessions.clear();
        for (id, _) in &self.hosts {
            self.server.lose(*id);
        }
    }

    fn lose_agent(&mut self, at: usize) {
        let (id, host) = &mut self.hosts[at];
        self.sessions.remove(id);
        self.server.lose(*id);
        host.crash(self.now);
    }

    fn fault(&mut self, one_in: usize) -> bool {
        !self.peace && self.chance.one_in(one_in)
    }

    /// No fault happens any more, all is asked to end, and there is time.
    pub fn settle(&mut self) {
        self.peace = true;
        let all: Vec<TaskId> = self
            .server
            .view
            .tasks()
            .filter(|it| !it.is_stopped())
            .map(|it| it.id())
            .collect();
        for id in all {
            let input = StopTaskRequest {
                task: Some(id.to_string()),
                ..Default::default()
            };
            self.server.call(ECS, "StopTask", &input, self.now).unwrap();
        }
        for _ in 0..PEACE {
            self.pass(5);
            self.look();
            (0..20).for_each(|_| self.receive());
            for at in 0..HOSTS {
                self.connect(at);
                self.hosts[at].1.due(self.now);
                (0..20).for_each(|_| self.hosts[at].1.perform(0, self.now));
                (0..20).for_each(|_| self.report(at));
            }
            self.watch();
        }
    }

    /// After each step: no task ever goes back.
    fn watch(&mut self) {
        for task in self.server.view.tasks() {
            let before = self.seen.insert(task.id(), task.last());
            assert!(
                before.is_none_or(|it| it <= task.last()),
                "{} went back from {before:?} to {:?}",
                task.id(),
                task.last()
            );
        }
    }

    /// Judges the end; gives how many tasks have run.
    pub fn judge(&self) -> usize {
        for task in self.server.view.tasks() {
            assert!(task.is_stopped(), "{} is still {:?}", task.id(), task.last());
            assert!(task.stop().is_some(), "{} has stopped for no reason", task.id());
        }
        for (id, host) in &self.hosts {
            let instance = self.server.view.instance(*id).unwrap();
            assert_eq!(
                (instance.reserved().cpu, instance.reserved().memory_mib),
                (0, 0),
                "room is lost on {id}"
            );
            assert!(host.is_idle(), "{id} has something left to do or to tell");
            for (container, starts) in host.runtime.starts() {
                let restarts = host.restarts(&container);
                assert_eq!(starts, 1 + restarts, "{container} was started more than once");
            }
        }
        self.server
            .view
            .tasks()
            .filter(|it| it.times().started.is_some())
            .count()
    }
}

const NAMES: [&str; 3] = ["main", "helper", "setup"];

fn container(name: &str, essential: bool) -> ContainerDefinition {
    ContainerDefinition {
        name: Some(name.into()),
        image: Some("app:1".into()),
        memory: Some(64),
        essential: Some(essential),
        ..Default::default()
    }
}

fn plain() -> Vec<ContainerDefinition> {
    vec![container("main", true), container("helper", false)]
}

/// What waits for a container's success and another's health, which is started again when it ends.
fn chain() -> Vec<ContainerDefinition> {
    let dependency = |name: &str, condition: &str| ContainerDependency {
        container_name: Some(name.into()),
        condition: Some(condition.into()),
    };
    let mut main = container("main", true);
    main.depends_on = Some(vec![dependency("setup", "SUCCESS"), dependency("helper", "HEALTHY")]);
    let mut helper = container("helper", true);
    helper.start_timeout = Some(60);
    helper.health_check = Some(HealthCheck {
        command: Some(vec!["true".into()]),
        ..Default::default()
    });
    helper.restart_policy = Some(ContainerRestartPolicy {
        enabled: Some(true),
        restart_attempt_period: Some(60),
        ..Default::default()
    });
    vec![main, helper, container("setup", false)]
}

/// What placement asks of a host that runs a plain task.
fn agent_attributes() -> Vec<model::ecs::Attribute> {
    let names = [
        "com.amazonaws.ecs.capability.docker-remote-api.1.18",
        "com.amazonaws.ecs.capability.docker-remote-api.1.21",
        "com.amazonaws.ecs.capability.docker-remote-api.1.24",
        "ecs.capability.container-health-check",
        "ecs.capability.container-ordering",
        "ecs.capability.container-restart-policy",
    ];
    let attribute = |name: &&str| model::ecs::Attribute {
        name: Some((*name).into()),
        ..Default::default()
    };
    names.iter().map(attribute).collect()
}

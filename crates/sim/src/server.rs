//! The server without its shell: a snapshot, and calls that change it.

use api::acs::{Heard, Session};
use api::secrets::Secrets;
use api::tcs::Usage;
use api::{Call, Caller, Cx, Ids};
use domain::{Changes, Cluster, ClusterName, InstanceId, Site, Snapshot};
use wire::shape::Encode;
use wire::time::Time;
use wire::{ApiError, Value, json};

pub struct Server {
    pub view: Snapshot,
    pub site: Site,
    secrets: Secrets,
    calls: u128,
}

impl Server {
    pub fn new() -> Self {
        let mut view = Snapshot::default();
        let mut changes = Changes::none();
        changes.put(Cluster::new(ClusterName::default_cluster()));
        view.apply(changes);
        let site = Site {
            account: "123456789012".into(),
            region: "us-east-1".into(),
        };
        Self {
            view,
            site,
            secrets: Secrets::new([7; 32]),
            calls: 0,
        }
    }

    /// One call by the root key. Its changes are durable when this returns.
    pub fn call(&mut self, prefix: &str, operation: &str, input: &dyn Encode, now: Time) -> Result<Value, ApiError> {
        self.calls += 1;
        let service = api::service(|it| it.target_prefix.starts_with(prefix)).unwrap();
        let call = Call {
            service,
            operation: service.model.operation(operation).unwrap(),
            input: json::parse(&json::write(input)).unwrap(),
        };
        let cx = Cx {
            view: &self.view,
            site: &self.site,
            secrets: &self.secrets,
            caller: &Caller::Root,
            usage: &Usage::default(),
            endpoint: "http://sim",
            now,
            ids: Ids::new(self.calls.to_be_bytes()),
        };
        let answer = api::run(&cx, &call)?;
        assert!(self.view.allows(self.view.rev(), &answer.changes));
        self.view.apply(answer.changes);
        Ok(json::parse(&json::write(&*answer.output)).unwrap())
    }

    pub fn connect(&mut self, id: InstanceId, now: Time) -> Session {
        let mut instance = self.view.instance(id).unwrap().clone();
        let number = instance.connect(now);
        self.put(instance);
        Session::new(id, number, now)
    }

    pub fn lose(&mut self, id: InstanceId) {
        let mut instance = self.view.instance(id).unwrap().clone();
        if instance.lose_session() {
            self.put(instance);
        }
    }

    pub fn hear(&mut self, session: &mut Session, frame: &str, now: Time) {
        let changes = match session.hear(&self.view, &self.site, frame, now) {
            Heard::Acked(tasks) => api::ecs::acked(&self.view, &tasks, now),
            Heard::Attaching(task) => api::ecs::attaching(&self.view, task),
            Heard::Refused(..) | Heard::Answer(_) | Heard::Withheld(_) | Heard::Flood | Heard::Nothing => return,
        };
        self.view.apply(changes);
    }

    pub fn sweep(&mut self, now: Time) {
        let changes = engine::reaping::sweep(&self.view, engine::reaping::Keep::default(), now);
        self.view.apply(changes);
    }

    fn put(&mut self, record: impl Into<domain::Record>) {
        let mut changes = Changes::none();
        changes.put(record);
        self.view.apply(changes);
    }
}

//! What the agent knows of its tasks, as those who ask may see it: taken from each machine after each step, and read by everybody else.

use std::collections::HashMap;
use std::sync::Arc;

use model::acs;

use super::key::Key;
use crate::runtime::{ContainerSpec, Health, HealthStatus, Network, Sandbox, TaskLabels, TaskLimits};
use crate::task::{ContainerReport, Desired, Report, Status, TaskMachine};

/// One task at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskView {
    pub labels: TaskLabels,
    pub launch_type: String,
    pub service_name: Option<String>,
    pub network: Network,
    pub limits: TaskLimits,
    pub desired: Desired,
    pub sandbox: Option<Sandbox>,
    pub report: Report,
    pub containers: Vec<ContainerView>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ContainerView {
    /// Under which it asks about itself.
    pub id: String,
    pub arn: Option<String>,
    /// What its health check says; None where it has none.
    pub health: Option<Health>,
    /// How often its policy has started it again; None where it has none.
    pub restarts: Option<u32>,
    pub spec: ContainerSpec,
    pub report: ContainerReport,
}

impl TaskView {
    pub fn of(payload: &acs::Task, machine: &TaskMachine, key: &Key) -> Self {
        let labels = machine.labels().clone();
        let report = machine.report();
        let sent = |name: &str| {
            let mut all = payload.containers.iter().flatten();
            all.find(|it| it.name.as_deref() == Some(name))
        };
        let container = |(at, (spec, report)): (usize, (&ContainerSpec, &ContainerReport))| ContainerView {
            id: key.endpoint_id(&labels.arn, &spec.container),
            arn: sent(&spec.container).and_then(|it| it.container_arn.clone()),
            health: machine.health(at),
            restarts: machine.restarts(at),
            spec: spec.clone(),
            report: report.clone(),
        };
        let all = machine.specs().zip(&report.containers).enumerate();
        let containers: Vec<_> = all.map(container).collect();
        Self {
            launch_type: payload.launch_type.clone().unwrap_or_else(|| "EC2".into()),
            service_name: payload.service_name.clone(),
            network: containers.first().map_or(Network::None, |it| it.spec.network),
            limits: containers.first().map(|it| it.spec.limits).unwrap_or_default(),
            desired: machine.desired(),
            sandbox: machine.sandbox().cloned(),
            labels,
            report,
            containers,
        }
    }

    fn healths(&self) -> Vec<Option<HealthStatus>> {
        self.containers
            .iter()
            .map(|it| it.health.as_ref().map(|it| it.status))
            .collect()
    }
}

impl ContainerView {
    pub fn runs(&self) -> bool {
        self.report.status == Status::Running
    }
}

/// What a new view says that the one before it did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    AsBefore,
    HealthChanged,
}

/// All tasks of this host, by their ARNs and by their containers' ids.
#[derive(Default)]
pub struct Views {
    tasks: HashMap<String, Arc<TaskView>>,
    ids: HashMap<String, (String, usize)>,
}

impl Views {
    pub fn put(&mut self, view: TaskView) -> Put {
        let before = self.tasks.get(&view.labels.arn).map(|it| it.healths());
        let put = match before.unwrap_or_else(|| vec![None; view.containers.len()]) == view.healths() {
            true => Put::AsBefore,
            false => Put::HealthChanged,
        };
        for (at, it) in view.containers.iter().enumerate() {
            self.ids.insert(it.id.clone(), (view.labels.arn.clone(), at));
        }
        self.tasks.insert(view.labels.arn.clone(), Arc::new(view));
        put
    }

    pub fn remove(&mut self, arn: &str) {
        if let Some(view) = self.tasks.remove(arn) {
            for it in &view.containers {
                self.ids.remove(&it.id);
            }
        }
    }

    /// The task, and which of its containers the id is of.
    pub fn find(&self, id: &str) -> Option<(Arc<TaskView>, usize)> {
        let (arn, at) = self.ids.get(id)?;
        Some((self.tasks.get(arn)?.clone(), *at))
    }

    pub fn all(&self) -> Vec<Arc<TaskView>> {
        let mut all: Vec<_> = self.tasks.values().cloned().collect();
        all.sort_by(|a, b| a.labels.arn.cmp(&b.labels.arn));
        all
    }
}

#[cfg(test)]
pub mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    pub fn view(id: &str, mode: &str) -> TaskView {
        let mut payload = crate::fake::payload(id, &["main", "side"]);
        payload.network_mode = Some(mode.into());
        let machine = TaskMachine::new(&payload).unwrap();
        TaskView::of(&payload, &machine, &Key::new([7; 32]))
    }

    #[test]
    fn a_task_is_found_by_its_containers_ids_until_it_is_forgotten() {
        let mut views = Views::default();
        let (one, two) = (view("1", "bridge"), view("2", "bridge"));
        let id = one.containers[1].id.clone();
        let arn = one.labels.arn.clone();
        views.put(one);
        views.put(two);
        let (found, at) = views.find(&id).unwrap();
        assert_eq!((&found.labels.arn, at), (&arn, 1));
        views.remove(&arn);
        assert!(views.find(&id).is_none());
        assert_eq!((views.ids.len(), views.all().len()), (2, 1));
    }
}

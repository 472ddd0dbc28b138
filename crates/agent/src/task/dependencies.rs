//! Which container waits for which, and whether what it waits for has happened, may yet happen, or never will.
//!
//! `dependsOn` says what to wait for; links and volumesFrom wait for a start. The same order, backwards, is that of stopping.

use std::collections::{BTreeMap, BTreeSet};

use model::acs;
use wire::time::Time;

use super::TaskMachine;
use super::container::{Container, Phase};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    /// It runs, or has run.
    Start,
    /// It has ended.
    Complete,
    /// It has ended with 0.
    Success,
    Healthy,
}

/// What one container waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Need {
    /// Place of the other in the task.
    pub(super) on: usize,
    pub(super) condition: Condition,
}

/// Whether a container may start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    Free,
    Waits,
    /// What it waits for cannot happen any more, for this reason.
    Never(String),
}

/// The needs of each container, or None where there is no order in which all can start.
pub(super) fn read(containers: &[acs::Container]) -> Option<Vec<Vec<Need>>> {
    let name = |it: &acs::Container| it.name.clone().unwrap_or_default();
    let places: BTreeMap<String, usize> = containers.iter().enumerate().map(|(at, it)| (name(it), at)).collect();
    let of_one = |it: &acs::Container| -> Option<Vec<Need>> {
        let mut needs = Vec::new();
        for (other, condition) in wanted(it)? {
            let on = *places.get(&other)?;
            let unchecked = containers[on].health_check_type.is_none();
            if condition == Condition::Healthy && unchecked {
                return None;
            }
            needs.push(Need { on, condition });
        }
        Some(needs)
    };
    let needs = containers.iter().map(of_one).collect::<Option<Vec<_>>>()?;
    has_order(&needs).then_some(needs)
}

fn wanted(it: &acs::Container) -> Option<Vec<(String, Condition)>> {
    let mut wanted = Vec::new();
    for dependency in it.depends_on.iter().flatten() {
        let condition = match dependency.condition.as_deref() {
            Some("START") => Condition::Start,
            Some("COMPLETE") => Condition::Complete,
            Some("SUCCESS") => Condition::Success,
            Some("HEALTHY") => Condition::Healthy,
            Some(_) | None => return None,
        };
        wanted.push((dependency.container_name.clone().unwrap_or_default(), condition));
    }
    let links = it.links.iter().flatten();
    let links = links.map(|link| link.split(':').next().unwrap_or_default().to_owned());
    let volumes = it.volumes_from.iter().flatten();
    let volumes = volumes.map(|from| from.source_container.clone().unwrap_or_default());
    wanted.extend(links.chain(volumes).map(|other| (other, Condition::Start)));
    Some(wanted)
}

fn has_order(needs: &[Vec<Need>]) -> bool {
    let mut left: BTreeSet<usize> = (0..needs.len()).collect();
    while let Some(ready) = left
        .iter()
        .copied()
        .find(|at| needs[*at].iter().all(|it| !left.contains(&it.on)))
    {
        left.remove(&ready);
    }
    left.is_empty()
}

impl TaskMachine {
    pub(super) fn hold(&self, at: usize, now: Time) -> Hold {
        let mut hold = Hold::Free;
        for need in &self.specs[at].needs {
            match self.hold_by(at, *need, now) {
                Hold::Free => {}
                Hold::Waits => hold = Hold::Waits,
                Hold::Never(reason) => return Hold::Never(reason),
            }
        }
        hold
    }

    fn hold_by(&self, at: usize, need: Need, now: Time) -> Hold {
        let other = &self.memory.containers[need.on];
        if is_met(other, need.condition) {
            return Hold::Free;
        }
        let names = format!(
            "container ordering dependency [{}] for target [{}]",
            self.specs[need.on].spec.container, self.specs[at].spec.container
        );
        let never = |what: String| Hold::Never(format!("CannotStartContainerError: dependency graph: {what}"));
        match other.phase {
            Phase::Stopped if !other.started => {
                never(format!("failed to resolve {names} because dependency will never start"))
            }
            Phase::Stopped if need.condition == Condition::Success => never(format!(
                "failed to resolve {names} as dependency did not exit successfully."
            )),
            Phase::Stopped => never(format!(
                "failed to resolve {names} as dependency exited before it was healthy."
            )),
            _ if self.deadline(need).is_some_and(|at| at <= now) => never(format!("{names} has timed out.")),
            Phase::Waiting | Phase::Pulled | Phase::Created | Phase::Running => Hold::Waits,
        }
    }

    /// When the other must have come to what is needed of it. That it has started is waited for as long as it takes.
    pub(super) fn deadline(&self, need: Need) -> Option<Time> {
        let timeout_s = self.specs[need.on].start_timeout_s?;
        let started_at = self.memory.containers[need.on].started_at?;
        (need.condition != Condition::Start).then(|| started_at.plus_s(i64::from(timeout_s)))
    }

    /// The needs of containers that have not started yet, as far as they are not met.
    pub(super) fn unmet(&self) -> impl Iterator<Item = Need> {
        let containers = &self.memory.containers;
        let waiting = containers.iter().zip(&self.specs).filter(|(it, _)| it.is_to_start());
        let needs = waiting.flat_map(|(_, planned)| planned.needs.iter().copied());
        needs.filter(|need| !is_met(&containers[need.on], need.condition))
    }

    /// Whether all that depend on it have ended, so that it may.
    pub(super) fn is_left_alone(&self, at: usize) -> bool {
        let mut all = self.memory.containers.iter().zip(&self.specs);
        all.all(|(it, planned)| it.phase == Phase::Stopped || planned.needs.iter().all(|need| need.on != at))
    }
}

fn is_met(other: &Container, condition: Condition) -> bool {
    let ended = other.phase == Phase::Stopped && other.started;
    match condition {
        Condition::Start => other.started,
        Condition::Complete => ended,
        Condition::Success => ended && other.exit.is_some_and(|it| it.code == 0),
        Condition::Healthy => other.is_healthy(),
    }
}

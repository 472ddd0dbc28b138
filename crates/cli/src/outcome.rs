//! How a task ended, as an exit code and in words.

use std::process::ExitCode;

use model::ecs::{Container, Task, TaskDefinition};

use crate::output::note;

/// Exit code where the task failed and no container gave one.
const FAILED: u8 = 125;

/// Says how the task ended; gives the exit code of its essential container.
pub fn tell(task: &Task, definition: &TaskDefinition) -> ExitCode {
    let (code, words) = outcome(task, definition);
    note("●", &words);
    ExitCode::from(code)
}

fn outcome(task: &Task, definition: &TaskDefinition) -> (u8, String) {
    let is_essential = |it: &Container| {
        let mut planned = definition.container_definitions.iter().flatten();
        planned.any(|planned| planned.name == it.name && planned.essential == Some(true))
    };
    let ended = task
        .containers
        .iter()
        .flatten()
        .find(|it| is_essential(it) && it.exit_code.is_some());
    let Some((container, code)) = ended.and_then(|it| Some((it, it.exit_code?))) else {
        return (
            FAILED,
            format!("failed   {}", task.stopped_reason.as_deref().unwrap_or_default()),
        );
    };
    let name = container.name.as_deref().unwrap_or_default();
    let why = container
        .reason
        .as_deref()
        .map(|it| format!(" ({it})"))
        .unwrap_or_default();
    let words = format!("stopped  essential container \"{name}\" exited with {code}{why}");
    (u8::try_from(code).unwrap_or(FAILED), words)
}

#[cfg(test)]
mod tests {
    use model::ecs::ContainerDefinition;

    use super::*;

    fn definition() -> TaskDefinition {
        let one = |name: &str, essential| ContainerDefinition {
            name: Some(name.into()),
            essential: Some(essential),
            ..Default::default()
        };
        TaskDefinition {
            container_definitions: Some(vec![one("helper", false), one("main", true)]),
            ..Default::default()
        }
    }

    fn stopped(codes: &[(&str, Option<i32>)]) -> Task {
        let one = |(name, exit_code): &(&str, Option<i32>)| Container {
            name: Some((*name).into()),
            exit_code: *exit_code,
            ..Default::default()
        };
        Task {
            containers: Some(codes.iter().map(one).collect()),
            stopped_reason: Some("why".into()),
            ..Default::default()
        }
    }

    #[test]
    fn the_code_is_the_essential_containers() {
        let (code, words) = outcome(&stopped(&[("helper", Some(0)), ("main", Some(3))]), &definition());
        assert_eq!(
            (code, words.as_str()),
            (3, "stopped  essential container \"main\" exited with 3")
        );
    }

    #[test]
    fn without_a_code_the_tasks_reason_is_told() {
        let (code, words) = outcome(&stopped(&[("helper", Some(0)), ("main", None)]), &definition());
        assert_eq!((code, words.as_str()), (125, "failed   why"));
    }
}

//! SubmitAttachmentStateChanges is an agent's report on network interfaces.

use domain::task::AttachmentStatus;
use domain::{Task, id::uuid};
use model::ecs::{AttachmentStateChange, SubmitAttachmentStateChangesRequest, SubmitAttachmentStateChangesResponse};
use wire::ApiError;

use super::errors;
use crate::call::Reply;
use crate::cx::{Caller, Cx};

/// Most attachments in one report.
const MAX_ATTACHMENTS: usize = 50;

pub fn submit_attachment_state_changes(
    cx: &Cx<'_>,
    input: SubmitAttachmentStateChangesRequest,
) -> Result<Reply<SubmitAttachmentStateChangesResponse>, ApiError> {
    let given = input.attachments.unwrap_or_default();
    if given.len() > MAX_ATTACHMENTS {
        return Err(errors::invalid(format!(
            "attachments cannot have more than {MAX_ATTACHMENTS} entries."
        )));
    }
    let mut reply = Reply::new(SubmitAttachmentStateChangesResponse {
        acknowledgment: Some("ACK".into()),
    });
    for task in reachable(cx) {
        let mut task_now = task.clone();
        for attachment in &given {
            advance(&mut task_now, attachment);
        }
        if task_now != *task {
            reply = reply.put(task_now);
        }
    }
    Ok(reply)
}

/// Unfinished tasks of the instances that the caller speaks for.
fn reachable<'a>(cx: &Cx<'a>) -> impl Iterator<Item = &'a Task> {
    let (view, host) = (
        cx.view,
        match cx.caller {
            Caller::Host { id, .. } => Some(*id),
            Caller::Root | Caller::Anonymous => None,
        },
    );
    let own = move |it: &&domain::Instance| host.is_none() || it.host == host;
    view.instances().filter(own).flat_map(move |it| view.tasks_on(it.id()))
}

/// Moves the task's interface on, if it is the one that is meant.
pub fn advance(task: &mut Task, change: &AttachmentStateChange) {
    let wanted = change.attachment_arn.as_deref().and_then(|arn| arn.rsplit('/').next());
    if task.attachment().map(|it| uuid(it.id)).as_deref() != wanted || wanted.is_none() {
        return;
    }
    let status = match change.status.as_deref() {
        Some("ATTACHED") => AttachmentStatus::Attached,
        Some("ATTACHING") => AttachmentStatus::Attaching,
        Some("DETACHED") => AttachmentStatus::Detached,
        _ => return,
    };
    task.advance_attachment(status);
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    const WORLD: &str = "host f in fargate; task t1 in default on f";
    const SHOW: &str = r#"DescribeTasks {"tasks":["$t1"]} -> tasks.0.attachments.0.status"#;

    #[test]
    fn an_interface_moves_on_and_never_back() {
        let says = |status: &str| {
            format!(
                r#"SubmitAttachmentStateChanges {{"attachments":[{{"attachmentArn":"arn:aws:ecs:us-east-1:123456789012:attachment/default/$eni.t1","status":"{status}"}}]}}"#
            )
        };
        check(
            WORLD,
            &format!("{} ; {} ; {SHOW}", says("ATTACHED"), says("ATTACHING")),
            expect![[r#"
                200 tasks.0.attachments.0.status="ATTACHED"
            "#]],
        );
    }

    #[test]
    fn an_agent_has_no_say_in_another_hosts_interfaces() {
        let says = |who: &str| {
            format!(
                r#"as {who} SubmitAttachmentStateChanges {{"attachments":[{{"attachmentArn":"arn:aws:ecs:us-east-1:123456789012:attachment/default/$eni.t1","status":"DETACHED"}}]}}"#
            )
        };
        let world = "host f in fargate; host g in fargate; task t1 in default on f";
        check(
            world,
            &format!("{} ; {SHOW}", says("g")),
            expect![[r#"
                200 tasks.0.attachments.0.status="PRECREATED"
            "#]],
        );
        check(
            world,
            &format!("{} ; {SHOW}", says("f")),
            expect![[r#"
                200 tasks.0.attachments.0.status="DETACHED"
            "#]],
        );
    }

    #[test]
    fn what_is_not_known_is_acknowledged_and_changes_nothing() {
        check(
            WORLD,
            r#"SubmitAttachmentStateChanges {"attachments":[{"attachmentArn":"x","status":"ATTACHED"}]}"#,
            expect![[r#"
                200 {"acknowledgment":"ACK"}
            "#]],
        );
    }
}

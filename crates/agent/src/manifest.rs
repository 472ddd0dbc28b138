//! What the agent makes of the list of all tasks that it should have.
//!
//! It stops nothing for a list's sake: it asks about what it has beyond the list, and stops what the answer names of that. Lists are
//! numbered, and one that is not newer than the last is not heeded, whoever sends it.

use std::collections::HashSet;

use model::acs;

pub struct Manifests {
    /// Of the newest that was heeded.
    sequence: i64,
    /// The message that the question rests on, and the tasks in it.
    asked: Option<(String, HashSet<String>)>,
}

impl Manifests {
    pub fn new(sequence: i64) -> Self {
        Self { sequence, asked: None }
    }

    pub fn sequence(&self) -> i64 {
        self.sequence
    }

    /// A payload has this number: lists from before it are out of date.
    pub fn note(&mut self, number: i64) {
        self.sequence = self.sequence.max(number);
    }

    /// Takes in a list. None where it is out of date; else the tasks to ask about, of those in `running`.
    pub fn take<'a>(
        &mut self,
        manifest: &acs::TaskManifestMessage,
        running: impl Iterator<Item = &'a str>,
    ) -> Option<acs::TaskStopVerificationMessage> {
        let number = manifest.timeline.filter(|it| *it > self.sequence)?;
        self.sequence = number;
        let listed = manifest.tasks.iter().flatten();
        let wanted: HashSet<&str> = listed
            .filter(|it| it.desired_status.as_deref() == Some("RUNNING"))
            .filter_map(|it| it.task_arn.as_deref())
            .collect();
        let surplus: HashSet<String> = running.filter(|arn| !wanted.contains(arn)).map(str::to_owned).collect();
        let candidates = surplus.iter().map(|arn| acs::TaskIdentifier {
            task_arn: Some(arn.clone()),
            task_cluster_arn: manifest.cluster_arn.clone(),
            desired_status: Some("STOPPED".into()),
        });
        let question = acs::TaskStopVerificationMessage {
            message_id: manifest.message_id.clone(),
            stop_candidates: Some(candidates.collect()),
        };
        self.asked = Some((manifest.message_id.clone().unwrap_or_default(), surplus));
        Some(question)
    }

    /// The tasks to stop: those of the answer that were asked about.
    pub fn verified(&mut self, answer: acs::TaskStopVerificationAck) -> Vec<String> {
        let Some((message, asked)) = &self.asked else {
            return Vec::new();
        };
        if answer.message_id.as_ref() != Some(message) {
            return Vec::new();
        }
        let named = answer.stop_tasks.into_iter().flatten().filter_map(|it| it.task_arn);
        named.filter(|arn| asked.contains(arn)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identifier(arn: &str, desired: &str) -> acs::TaskIdentifier {
        acs::TaskIdentifier {
            task_arn: Some(arn.into()),
            task_cluster_arn: None,
            desired_status: Some(desired.into()),
        }
    }

    fn manifest(number: i64) -> acs::TaskManifestMessage {
        acs::TaskManifestMessage {
            message_id: Some(number.to_string()),
            timeline: Some(number),
            tasks: Some(vec![identifier("a", "RUNNING"), identifier("b", "STOPPED")]),
            ..Default::default()
        }
    }

    fn answer(number: i64, arns: &[&str]) -> acs::TaskStopVerificationAck {
        acs::TaskStopVerificationAck {
            message_id: Some(number.to_string()),
            generated_at: None,
            stop_tasks: Some(arns.iter().map(|it| identifier(it, "STOPPED")).collect()),
        }
    }

    fn asked(question: Option<acs::TaskStopVerificationMessage>) -> Vec<String> {
        let mut arns: Vec<String> = question
            .and_then(|it| it.stop_candidates)
            .into_iter()
            .flatten()
            .filter_map(|it| it.task_arn)
            .collect();
        arns.sort();
        arns
    }

    #[test]
    fn what_is_not_listed_as_running_is_asked_about_and_only_that_is_stopped() {
        let mut manifests = Manifests::new(0);
        let question = manifests.take(&manifest(5), ["a", "b", "c"].into_iter());
        assert_eq!(asked(question), ["b", "c"]);
        assert_eq!(manifests.verified(answer(5, &["a", "c", "x"])), ["c"]);
        assert!(
            manifests.verified(answer(4, &["c"])).is_empty(),
            "an answer to another list"
        );
    }

    #[test]
    fn a_list_that_is_not_newer_is_not_heeded() {
        let mut manifests = Manifests::new(5);
        assert!(manifests.take(&manifest(5), ["c"].into_iter()).is_none());
        manifests.note(9);
        assert!(manifests.take(&manifest(8), ["c"].into_iter()).is_none());
        assert!(manifests.take(&manifest(10), ["a"].into_iter()).is_some());
        assert_eq!(manifests.sequence(), 10);
    }
}

//! Tasks that run here and are not on the server's list: asked about, and stopped where the server says so.

use model::acs;

use super::{ToServer, Worker};
use crate::clock;
use crate::runtime::Runtime;
use crate::state::Progress;
use crate::task::{Desired, Event};

impl<R: Runtime> Worker<R> {
    /// Compares what runs here with the server's list, and asks about the rest.
    pub(super) fn compare(&mut self, manifest: acs::TaskManifestMessage) {
        let running = self
            .tasks
            .iter()
            .filter(|(_, it)| it.machine.desired() == Desired::Running);
        let Some(question) = self.manifests.take(&manifest, running.map(|(arn, _)| arn.as_str())) else {
            return;
        };
        let progress = Progress {
            epoch: self.epoch,
            sequence: self.manifests.sequence(),
        };
        // What is not on disk is not acknowledged: the server sends its list again.
        if let Err(error) = self.state.put_progress(progress) {
            return tracing::error!(%error, "how far the server's lists have come is not on disk");
        }
        let ack = ToServer::Ack(acs::AckRequest {
            cluster: manifest.cluster_arn,
            container_instance: manifest.container_instance_arn,
            message_id: manifest.message_id,
        });
        let surplus = question.stop_candidates.as_ref().is_some_and(|it| !it.is_empty());
        self.answers.give(ack);
        if surplus {
            self.answers.give(ToServer::Candidates(question));
        }
    }

    pub(super) fn stop_surplus(&mut self, verified: acs::TaskStopVerificationAck) {
        for arn in self.manifests.verified(verified) {
            tracing::warn!(task = arn, "the server does not want this task to run; it is stopped");
            self.step(&arn, Event::Desired(Desired::Stopped), clock::steady());
            self.keep(&arn);
        }
    }
}

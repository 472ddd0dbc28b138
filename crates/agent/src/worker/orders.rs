//! What the server wants of this host's tasks: new ones, ends, and the list of them all.

use super::*;

impl<R: Runtime> Worker<R> {
    /// Takes on what a payload brings, and acknowledges it once it is on disk.
    pub(super) async fn accept(&mut self, payload: acs::PayloadMessage) -> Result<(), Error> {
        let now = clock::now();
        let mut refused = None;
        self.manifests.note(payload.seq_num.unwrap_or_default());
        for task in payload.tasks.into_iter().flatten() {
            let arn = task.arn.clone().unwrap_or_default();
            let desired = if task.desired_status.as_deref() == Some("STOPPED") {
                Desired::Stopped
            } else {
                Desired::Running
            };
            if !self.tasks.contains_key(&arn) {
                match TaskMachine::new(&task) {
                    Ok(mut machine) => {
                        self.metadata.introduce(&task, &mut machine);
                        drop(self.tasks.insert(
                            arn.clone(),
                            Tracked {
                                payload: task,
                                machine,
                                outbox: VecDeque::new(),
                                telling: false,
                            },
                        ));
                    }
                    Err(error) => {
                        tracing::error!(task = arn, %error, "a task of the server's cannot be run here");
                        refused = Some(error.to_string());
                        continue;
                    }
                }
            }
            self.step(&arn, Event::Desired(desired), now)?;
            self.keep(&arn)?;
        }
        let answer = match refused {
            None => ToServer::Ack(acs::AckRequest {
                cluster: payload.cluster_arn,
                container_instance: payload.container_instance_arn,
                message_id: payload.message_id,
            }),
            Some(reason) => ToServer::Nack(acs::NackRequest {
                cluster: payload.cluster_arn,
                container_instance: payload.container_instance_arn,
                message_id: payload.message_id,
                reason: Some(reason),
            }),
        };
        // A session that has ended needs no answer: the server sends again.
        drop(self.to_server.send(answer).await);
        Ok(())
    }

    /// Compares what runs here with the server's list, and asks about the rest.
    pub(super) async fn compare(&mut self, manifest: acs::TaskManifestMessage) -> Result<(), Error> {
        let running = self
            .tasks
            .iter()
            .filter(|(_, it)| it.machine.desired() == Desired::Running);
        let Some(question) = self.manifests.take(&manifest, running.map(|(arn, _)| arn.as_str())) else {
            return Ok(());
        };
        self.state.put_progress(Progress {
            epoch: self.epoch,
            sequence: self.manifests.sequence(),
        })?;
        let ack = ToServer::Ack(acs::AckRequest {
            cluster: manifest.cluster_arn,
            container_instance: manifest.container_instance_arn,
            message_id: manifest.message_id,
        });
        let surplus = question.stop_candidates.as_ref().is_some_and(|it| !it.is_empty());
        // A session that has ended needs no answer: the next one begins with a list of its own.
        drop(self.to_server.send(ack).await);
        if surplus {
            drop(self.to_server.send(ToServer::Candidates(question)).await);
        }
        Ok(())
    }

    pub(super) fn stop_surplus(&mut self, verified: acs::TaskStopVerificationAck) -> Result<(), Error> {
        for arn in self.manifests.verified(verified) {
            tracing::warn!(task = arn, "the server does not want this task to run; it is stopped");
            self.step(&arn, Event::Desired(Desired::Stopped), clock::now())?;
            self.keep(&arn)?;
        }
        Ok(())
    }
}

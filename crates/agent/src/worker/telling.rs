//! What the server is told of a task: one thing after the other, each until it is taken.

use super::{News, Worker, read, remains};
use crate::runtime::Runtime;
use crate::{clock, report};

impl<R: Runtime> Worker<R> {
    /// Sends the oldest thing that this task has to tell, unless one is on its way.
    pub(super) fn tell(&mut self, arn: &str) {
        let Some(tracked) = self.tasks.get_mut(arn) else { return };
        let Some(message) = tracked.outbox.front().filter(|_| !tracked.telling).cloned() else {
            return;
        };
        tracked.telling = true;
        let (client, news) = (self.client.clone(), self.news.clone());
        let labels = tracked.machine.labels().clone();
        tokio::spawn(async move {
            let told = report::deliver(|| read(&client), &labels.arn, &labels.cluster, &message);
            tokio::select! {
                () = told => drop(news.send(News::Delivered { arn: labels.arn.clone() }).await),
                // This registration has ended, and its key with it. Who takes the task over tells again.
                () = news.closed() => {}
            }
        });
    }

    pub(super) fn delivered(&mut self, arn: &str) {
        let Some(tracked) = self.tasks.get_mut(arn) else {
            return;
        };
        tracked.telling = false;
        tracked.outbox.pop_front();
        if tracked.outbox.is_empty() && tracked.machine.is_stopped() {
            tracked.machine.note_delivered();
            self.keep(arn);
            self.forget_old(remains::Disk::Roomy, clock::steady());
        } else {
            self.tell(arn);
        }
    }
}

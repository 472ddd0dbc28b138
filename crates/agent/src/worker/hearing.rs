//! What the runtime says unasked, from the runtime to the machine of the task that it is about.

use tokio::sync::mpsc;
use wire::time::Time;

use super::{EVENTS, News, Worker};
use crate::runtime::{Runtime, RuntimeEvent};
use crate::task::Event;

impl<R: Runtime> Worker<R> {
    /// Brings what the runtime says unasked to the loop, until the loop has ended.
    pub(super) fn watch(&self) -> tokio::task::JoinHandle<()> {
        let (runtime, news) = (self.runtime.clone(), self.news.clone());
        tokio::spawn(async move {
            let (sender, mut events) = mpsc::channel(EVENTS);
            let pass_on = async {
                while let Some(event) = events.recv().await {
                    if news.send(News::Runtime(event)).await.is_err() {
                        return;
                    }
                }
            };
            tokio::join!(runtime.watch(sender), pass_on);
        })
    }

    /// What the runtime says unasked.
    pub(super) fn hear(&mut self, event: RuntimeEvent, now: Time) {
        match event {
            RuntimeEvent::Exited {
                task_arn,
                container,
                exit,
            } => self.observe(
                &task_arn,
                &container,
                |container| Event::Exited { container, exit },
                now,
            ),
            RuntimeEvent::Runs { task_arn, container } => {
                self.observe(&task_arn, &container, |container| Event::Runs { container }, now)
            }
            RuntimeEvent::Health {
                task_arn,
                container,
                health,
            } => self.observe(
                &task_arn,
                &container,
                |container| Event::Health { container, health },
                now,
            ),
            RuntimeEvent::Removed { task_arn, container } => {
                self.observe(&task_arn, &container, |container| Event::Vanished { container }, now)
            }
            RuntimeEvent::LookAgain => {
                self.network.look_again();
                self.look_again();
            }
        }
    }

    /// Tells a container's machine, where it is one of ours.
    fn observe(&mut self, task_arn: &str, container: &str, event: impl FnOnce(usize) -> Event, now: Time) {
        let tracked = self.tasks.get(task_arn);
        if let Some(at) = tracked.and_then(|it| it.machine.container(container)) {
            self.step(task_arn, event(at), now);
        }
    }
}

//! One action of a task machine, performed by the runtime.

use std::sync::Arc;

use tokio::sync::mpsc;

use crate::images::Images;
use crate::metadata::Metadata;
use crate::runtime::{Runtime, RuntimeError, TaskLabels, VolumeSpec};
use crate::task::{Action, Event, TaskMachine};
use crate::worker::News;

/// Starts one action; its outcome comes back as news.
pub(crate) fn act<R: Runtime>(
    runtime: &Arc<R>,
    images: &Arc<Images<R>>,
    metadata: &Arc<Metadata<R>>,
    news: &mpsc::Sender<News>,
    machine: &TaskMachine,
    action: Action,
) {
    let (runtime, metadata, news) = (runtime.clone(), metadata.clone(), news.clone());
    let labels = machine.labels().clone();
    let started = match action {
        Action::Start(at) => Some(machine.spec(at).clone()),
        _ => None,
    };
    if action == Action::TakeDown {
        metadata.close(&labels.arn);
    }
    let performed = perform(runtime, images.clone(), machine, action);
    tokio::spawn(async move {
        if let Some(event) = performed.await {
            metadata.make_way(&labels, started.as_ref(), &event).await;
            let arn = labels.arn;
            drop(news.send(News::Task { arn, event }).await);
        }
    });
}

/// Asks the runtime for what the action says; gives the outcome for the machine, where it waits for one.
pub fn perform<R: Runtime>(
    runtime: Arc<R>,
    images: Arc<Images<R>>,
    machine: &TaskMachine,
    action: Action,
) -> impl Future<Output = Option<Event>> + Send + use<R> {
    let (labels, shared) = (machine.labels().clone(), machine.sandbox_spec());
    let volumes = match action {
        Action::CreateVolumes => machine.volumes().to_vec(),
        _ => Vec::new(),
    };
    let spec = match &action {
        Action::Pull(at) | Action::Create(at) | Action::Start(at) | Action::Stop(at, _) | Action::Kill(at) => {
            Some(machine.spec(*at).clone())
        }
        Action::CreateSandbox
        | Action::CreateVolumes
        | Action::TakeDown
        | Action::TellNetwork { .. }
        | Action::Tell(_) => None,
    };
    let failed = |container: usize| {
        move |error: RuntimeError| Event::Failed {
            container,
            reason: error.to_string(),
        }
    };
    async move {
        let event = match (action, spec) {
            (Action::CreateSandbox, _) => {
                let made = runtime.create_sandbox(&labels, shared).await;
                made.map_or_else(|e| Event::SandboxFailed(e.to_string()), Event::SandboxReady)
            }
            (Action::CreateVolumes, _) => create_volumes(&*runtime, &labels, &volumes).await,
            (Action::Pull(container), Some(spec)) => {
                let pulled = images.ensure(&spec.image).await;
                pulled.map_or_else(failed(container), |digest| Event::Pulled { container, digest })
            }
            (Action::Create(container), Some(spec)) => {
                let created = runtime.create(&spec).await;
                created.map_or_else(failed(container), |runtime_id| Event::Created { container, runtime_id })
            }
            (Action::Start(container), Some(spec)) => {
                let started = runtime.start(&spec).await;
                started.map_or_else(failed(container), |bindings| Event::Started { container, bindings })
            }
            (Action::Stop(container, grace_s), Some(spec)) => {
                let stopped = runtime.stop(&spec.runtime_name, grace_s).await;
                stopped.map_or_else(failed(container), |()| Event::StopReturned { container })
            }
            (Action::Kill(container), Some(spec)) => {
                let killed = runtime.kill(&spec.runtime_name).await;
                killed.map_or_else(failed(container), |()| Event::StopReturned { container })
            }
            (Action::TakeDown, _) => {
                if let Err(error) = runtime.remove_task(&labels).await {
                    tracing::warn!(task = labels.arn, %error, "a task's network or limits could not be removed; it is tried again later");
                }
                return None;
            }
            // Told in order, by way of the task's outbox.
            (Action::TellNetwork { .. } | Action::Tell(_), _) | (_, None) => return None,
        };
        Some(event)
    }
}

/// In order; the first that cannot be had is the task's reason.
async fn create_volumes<R: Runtime>(runtime: &R, task: &TaskLabels, volumes: &[VolumeSpec]) -> Event {
    for volume in volumes {
        if let Err(error) = runtime.create_volume(task, volume).await {
            return Event::VolumesFailed(error.to_string());
        }
    }
    Event::VolumesReady
}

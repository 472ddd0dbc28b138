//! One action of a task machine, performed by the runtime.

use std::sync::Arc;

use tokio::sync::mpsc;

use crate::runtime::{Runtime, RuntimeError};
use crate::task::{Action, Event, TaskMachine};
use crate::worker::News;

/// Starts one action; its outcome comes back as news.
pub fn act<R: Runtime>(runtime: &Arc<R>, news: &mpsc::Sender<News>, machine: &TaskMachine, action: Action) {
    let (runtime, news, labels, limits) = (
        runtime.clone(),
        news.clone(),
        machine.labels().clone(),
        machine.limits(),
    );
    let spec = |at: usize| machine.spec(at).clone();
    let arn = labels.arn.clone();
    let tell = move |event: Event| async move { drop(news.send(News::Task { arn, event }).await) };
    let failed = |container: usize| {
        move |error: RuntimeError| Event::Failed {
            container,
            reason: error.to_string(),
        }
    };
    match action {
        Action::CreateSandbox => drop(tokio::spawn(async move {
            let made = runtime.create_sandbox(&labels, limits).await;
            tell(made.map_or_else(|e| Event::SandboxFailed(e.to_string()), Event::SandboxReady)).await;
        })),
        Action::Pull(container) => {
            let image = spec(container).image;
            drop(tokio::spawn(async move {
                let pulled = runtime.ensure_image(&image).await;
                tell(pulled.map_or_else(failed(container), |digest| Event::Pulled { container, digest })).await;
            }));
        }
        Action::Create(container) => {
            let spec = spec(container);
            drop(tokio::spawn(async move {
                let created = runtime.create(&spec).await;
                tell(created.map_or_else(failed(container), |runtime_id| Event::Created { container, runtime_id }))
                    .await;
            }));
        }
        Action::Start(container) => {
            let spec = spec(container);
            drop(tokio::spawn(async move {
                let started = runtime.start(&spec).await;
                tell(started.map_or_else(failed(container), |bindings| Event::Started { container, bindings })).await;
            }));
        }
        Action::Stop(container, grace_s) => {
            let name = spec(container).runtime_name;
            drop(tokio::spawn(async move {
                let stopped = runtime.stop(&name, grace_s).await;
                tell(stopped.map_or_else(failed(container), |()| Event::StopReturned { container })).await;
            }));
        }
        Action::Kill(container) => {
            let name = spec(container).runtime_name;
            drop(tokio::spawn(async move {
                let killed = runtime.kill(&name).await;
                tell(killed.map_or_else(failed(container), |()| Event::StopReturned { container })).await;
            }));
        }
        Action::TakeDown => drop(tokio::spawn(async move {
            if let Err(error) = runtime.remove_task(&labels).await {
                tracing::warn!(task = labels.arn, %error, "a task's network or limits could not be removed; it is tried again later");
            }
        })),
        Action::TellNetwork { .. } | Action::Tell(_) => {}
    }
}

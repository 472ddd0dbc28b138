#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::host::Pool;
use domain::instance::Attribute;
use domain::resources::Resources;
use domain::{Instance, InstanceId};
use futures_util::FutureExt;
use tokio::task::JoinSet;
use wire::{Value, json};

use super::*;
use crate::testing;

const CALLERS: usize = 64;

/// A cluster of two hosts with room for `room` tasks together.
async fn control(room: u32) -> Arc<Control> {
    let control = testing::control().await;
    for id in 1..=2 {
        let each = Resources {
            cpu: 256 * room / 2,
            memory_mib: 1 << 20,
            ..Resources::default()
        };
        let pool = Pool::Cluster(ClusterName::default_cluster());
        let mut host = Instance::new(InstanceId::new(id), pool, None, each, Time::from_millis(0));
        host.attributes.push(Attribute {
            name: "com.amazonaws.ecs.capability.docker-remote-api.1.18".into(),
            value: None,
        });
        host.connect(Time::from_millis(0));
        testing::put(&control, host).await;
    }
    let definition = r#"{"family":"app","containerDefinitions":[{"name":"a","image":"b","cpu":256,"memory":64}]}"#;
    call(&control, "RegisterTaskDefinition", definition).await.unwrap();
    control
}

async fn call(control: &Control, operation: &str, input: &str) -> Result<Value, ApiError> {
    let service = api::service(|it| it.operation(operation).is_some()).unwrap();
    let call = Call {
        service,
        operation: service.model.operation(operation).unwrap(),
        input: json::parse(input.as_bytes()).unwrap(),
    };
    let answer = control.run(&call, &Caller::Root, "http://127.0.0.1:4566").await?;
    Ok(json::parse(&json::write(&*answer.output)).unwrap())
}

/// The same RunTask by many callers at once, from as many threads as there are.
async fn at_once(control: &Arc<Control>, input: impl Fn(usize) -> String) -> Vec<Result<Value, ApiError>> {
    all_at_once(control, "RunTask", input).await
}

async fn all_at_once(
    control: &Arc<Control>,
    operation: &'static str,
    input: impl Fn(usize) -> String,
) -> Vec<Result<Value, ApiError>> {
    let mut callers = JoinSet::new();
    for n in 0..CALLERS {
        let (control, input) = (control.clone(), input(n));
        callers.spawn(async move { call(&control, operation, &input).await });
    }
    callers.join_all().await
}

fn arns(answer: &Value) -> Vec<String> {
    let Some(Value::List(tasks)) = answer.get("tasks") else {
        return Vec::new();
    };
    tasks
        .iter()
        .map(|it| json::write_value(it.get("taskArn").unwrap()))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_callers_fill_a_cluster_to_the_brim_and_not_beyond() {
    let room = 40;
    let control = control(room).await;
    let answers = at_once(&control, |_| r#"{"taskDefinition":"app"}"#.into()).await;
    let mut placed = BTreeSet::new();
    for answer in &answers {
        let answer = answer
            .as_ref()
            .expect("a call that finds no room answers with failures, not an error");
        placed.extend(arns(answer));
        if arns(answer).is_empty() {
            assert!(json::write_value(answer).contains("RESOURCE:CPU"));
        }
    }
    assert_eq!(placed.len(), room as usize);
    let view = control.store.durable();
    assert_eq!(
        view.tasks().count(),
        room as usize,
        "what was answered is what there is"
    );
    for host in view.instances() {
        assert_eq!((host.free_cpu(), host.reserved().cpu), (0, 256 * room / 2));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_token_used_by_many_at_once_gives_one_result() {
    let control = control(40).await;
    let answers = at_once(&control, |_| {
        r#"{"taskDefinition":"app","count":3,"clientToken":"t"}"#.into()
    })
    .await;
    let tasks: BTreeSet<_> = answers.iter().map(|it| arns(it.as_ref().unwrap())).collect();
    assert_eq!(tasks.len(), 1);
    assert_eq!(control.store.durable().tasks().count(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_token_with_other_input_conflicts_for_all_but_the_first() {
    let control = control(40).await;
    let answers = at_once(&control, |n| {
        format!(r#"{{"taskDefinition":"app","clientToken":"t","startedBy":"{n}"}}"#)
    })
    .await;
    let (done, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!((done.len(), refused.len()), (1, CALLERS - 1));
    assert!(
        refused
            .into_iter()
            .all(|it| it.unwrap_err().code == "ConflictException")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_caller_that_goes_away_leaves_a_whole_task_or_none() {
    let control = control(40).await;
    for n in 0..CALLERS {
        let (control, input) = (
            control.clone(),
            format!(r#"{{"taskDefinition":"app","clientToken":"{n}"}}"#),
        );
        let caller = tokio::spawn(async move { call(&control, "RunTask", &input).await });
        tokio::task::yield_now().await;
        caller.abort();
        drop(caller.await);
    }
    let view = control.store.head();
    let tasks = view.tasks().count() as u32;
    let reserved: u32 = view.instances().map(|it| it.reserved().cpu).sum();
    assert_eq!(reserved, 256 * tasks);
    let with_tasks = view.run_tokens().filter(|it| !it.tasks.is_empty()).count() as u32;
    assert_eq!(with_tasks, tasks);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn hosts_that_join_at_once_get_networks_of_their_own() {
    let control = control(1).await;
    // Each with a token of its own, so that nothing else makes them collide.
    let mut tokens = Vec::new();
    for _ in 0..CALLERS {
        let made = call(&control, "CreateJoinToken", r#"{"fargate":true}"#).await.unwrap();
        tokens.push(made.get("token").and_then(Value::as_str).unwrap().to_owned());
    }
    let joined = all_at_once(&control, "JoinHost", |n| {
        format!(r#"{{"token":"{}","hostName":"h{n}"}}"#, tokens[n])
    })
    .await;
    let networks: BTreeSet<_> = joined
        .iter()
        .map(|it| json::write_value(it.as_ref().unwrap().get("taskNetwork").unwrap()))
        .collect();
    assert_eq!(networks.len(), CALLERS);
}

#[tokio::test]
async fn who_never_gets_a_turn_gives_up() {
    let control = control(1).await;
    let attempts = std::cell::Cell::new(0);
    let outcome = control.change(|view, _| {
        attempts.set(attempts.get() + 1);
        let cluster = || {
            let mut changes = Changes::none();
            changes.put(view.cluster(&ClusterName::default_cluster()).unwrap().clone());
            changes
        };
        // Somebody else is quicker each time.
        let quicker = control.store.commit(view.rev(), cluster()).now_or_never();
        assert_ne!(quicker, Some(Err(CommitError::Conflict)));
        Some(((), cluster()))
    });
    assert_eq!(outcome.await, Err(CommitError::Conflict));
    assert_eq!(attempts.get(), MAX_ATTEMPTS);
}

#![allow(clippy::unwrap_used)]
use std::sync::RwLock;

use super::*;
use crate::fake::FakeRuntime;
use crate::metadata::Place;
use crate::metadata::key::Key;
use crate::metadata::view::tests::view;
use crate::runtime::{Interface, Runtime};

const PEER: Ipv4Addr = Ipv4Addr::new(172, 17, 0, 5);
const STRANGER: Ipv4Addr = Ipv4Addr::new(172, 17, 0, 6);

/// A host with two tasks of one network mode, each with the containers `main` and `side`.
async fn host(mode: &str) -> (Arc<Metadata<FakeRuntime>>, [TaskView; 2]) {
    let runtime = Arc::new(FakeRuntime::default());
    let endpoint = client::Endpoint::parse("http://127.0.0.1:9", None).unwrap();
    let client = client::Client::new(endpoint, None, clock::now);
    let place = Place {
        region: "us-east-1".into(),
        availability_zone: "us-east-1a".into(),
        instance_arn: "arn:aws:ecs:us-east-1:123456789012:container-instance/web/1".into(),
        cluster: Some("web".into()),
    };
    let tasks = [view("1", mode), view("2", mode)];
    let metadata = Metadata::new(runtime.clone(), Arc::new(RwLock::new(client)), Key::new([7; 32]), place);
    for view in &tasks {
        for it in &view.containers {
            runtime.create(&it.spec).await.unwrap();
        }
        metadata.views.write().unwrap().put(view.clone());
    }
    runtime.give_address(&tasks[0].containers[0].spec.runtime_name, interface(PEER));
    runtime.give_address(&tasks[1].containers[0].spec.runtime_name, interface(STRANGER));
    (metadata, tasks)
}

fn interface(address: Ipv4Addr) -> Interface {
    Interface {
        address,
        prefix: 16,
        mac: None,
        gateway: None,
    }
}

fn asked(path: &str) -> Asked {
    Asked {
        method: Method::GET,
        path: path.into(),
        query: None,
        peer: (PEER, 40_000).into(),
        host: Some("169.254.170.2".into()),
        passed_on: false,
    }
}

async fn told(metadata: &Metadata<FakeRuntime>, door: &Door, path: &str) -> (u16, Value) {
    let answer = metadata.answer(door, &asked(path)).await;
    let body = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
    (answer.status.as_u16(), body)
}

#[tokio::test]
async fn a_task_hears_of_itself_and_of_no_other() {
    let (metadata, [mine, other]) = host("awsvpc").await;
    let door = Door::Task {
        arn: mine.labels.arn.clone(),
    };
    for it in &mine.containers {
        let (status, told) = told(&metadata, &door, &format!("/v4/{}", it.id)).await;
        assert_eq!((status, &told["Name"]), (200, &it.spec.container.as_str().into()));
    }
    let (status, task) = told(&metadata, &door, &format!("/v4/{}/task", mine.containers[0].id)).await;
    assert_eq!((status, &task["TaskARN"]), (200, &mine.labels.arn.as_str().into()));
    let theirs = &other.containers[0].id;
    for path in ["", "/task", "/taskWithTags", "/stats", "/task/stats"] {
        let refused = told(&metadata, &door, &format!("/v4/{theirs}{path}")).await;
        let nobodys = told(&metadata, &door, &format!("/v4/{}{path}", "0".repeat(32))).await;
        assert_eq!((refused.0, nobodys.0), (404, 404));
        let same = refused.1.as_str().unwrap().replace(theirs, &"0".repeat(32));
        assert_eq!(same, nobodys.1, "the refusal tells that the id is somebody's");
    }
}

#[tokio::test(start_paused = true)]
async fn at_the_host_only_the_containers_own_address_hears() {
    let (metadata, [mine, other]) = host("bridge").await;
    let (me, stranger) = (Door::Host { peer: PEER }, Door::Host { peer: STRANGER });
    let path = format!("/v3/{}/task", mine.containers[0].id);
    assert_eq!(told(&metadata, &me, &path).await.0, 200);
    assert_eq!(told(&metadata, &stranger, &path).await.0, 404);
    assert_eq!(
        told(&metadata, &stranger, &format!("/v3/{}", other.containers[0].id))
            .await
            .0,
        200
    );
    assert_eq!(
        told(&metadata, &me, &format!("/v3/{}", mine.containers[1].id)).await.0,
        404,
        "it has no address"
    );
}

#[tokio::test(start_paused = true)]
async fn a_container_that_moved_is_found_at_its_new_address() {
    let (metadata, [mine, _]) = host("bridge").await;
    let path = format!("/v4/{}", mine.containers[0].id);
    assert_eq!(told(&metadata, &Door::Host { peer: PEER }, &path).await.0, 200);
    let moved = Ipv4Addr::new(172, 17, 0, 9);
    metadata
        .runtime
        .give_address(&mine.containers[0].spec.runtime_name, interface(moved));
    assert_eq!(told(&metadata, &Door::Host { peer: moved }, &path).await.0, 200);
    assert_eq!(told(&metadata, &Door::Host { peer: PEER }, &path).await.0, 404);
}

#[tokio::test(start_paused = true)]
async fn a_container_that_was_seen_before_it_had_an_address_hears_when_it_has_one() {
    let (metadata, [mine, _]) = host("bridge").await;
    let path = format!("/v4/{}/task", mine.containers[0].id);
    assert_eq!(told(&metadata, &Door::Host { peer: PEER }, &path).await.0, 200);
    let (side, started) = (&mine.containers[1], Ipv4Addr::new(172, 17, 0, 7));
    metadata
        .runtime
        .give_address(&side.spec.runtime_name, interface(started));
    let path = format!("/v4/{}", side.id);
    assert_eq!(told(&metadata, &Door::Host { peer: started }, &path).await.0, 200);
}

#[tokio::test]
async fn a_flood_is_refused_to_its_sender_alone() {
    let (metadata, [mine, other]) = host("awsvpc").await;
    let door = |of: &TaskView| Door::Task {
        arn: of.labels.arn.clone(),
    };
    let path = |of: &TaskView| format!("/v4/{}", of.containers[0].id);
    let mut refused = 0;
    for _ in 0..500 {
        refused += u32::from(told(&metadata, &door(&mine), &path(&mine)).await.0 == 429);
    }
    assert!(refused > 0);
    assert_eq!(told(&metadata, &door(&other), &path(&other)).await.0, 200);
}

#[tokio::test]
async fn what_was_fetched_for_somebody_else_is_refused() {
    let (metadata, [mine, _]) = host("awsvpc").await;
    let door = Door::Task {
        arn: mine.labels.arn.clone(),
    };
    let plain = || asked(&format!("/v4/{}", mine.containers[0].id));
    for odd in [
        Asked {
            passed_on: true,
            ..plain()
        },
        Asked {
            host: Some("metadata.example.com".into()),
            ..plain()
        },
    ] {
        assert_eq!(metadata.answer(&door, &odd).await.status, 403);
    }
    for good in [
        Asked { host: None, ..plain() },
        Asked {
            host: Some("169.254.170.2:80".into()),
            ..plain()
        },
    ] {
        assert_eq!(metadata.answer(&door, &good).await.status, 200);
    }
    let put = Asked {
        method: Method::PUT,
        ..plain()
    };
    assert_eq!(metadata.answer(&door, &put).await.status, 405);
}

#[tokio::test]
async fn the_other_doors_answer_that_there_is_nothing_behind_them() {
    let (metadata, [mine, other]) = host("awsvpc").await;
    let door = Door::Task {
        arn: mine.labels.arn.clone(),
    };
    let (id, theirs) = (&mine.containers[0].id, &other.containers[0].id);
    let (status, body) = told(&metadata, &door, &format!("/api/{id}/task-protection/v1/state")).await;
    assert_eq!((status, &body["failure"]["Reason"]), (200, &"TASK_NOT_VALID".into()));
    let (status, body) = told(&metadata, &door, &format!("/api/{theirs}/task-protection/v1/state")).await;
    assert_eq!(
        (status, &body["error"]["Code"]),
        (404, &"ResourceNotFoundException".into())
    );
    let fault = Asked {
        method: Method::POST,
        ..asked(&format!("/api/{id}/fault/v1/network-latency/start"))
    };
    assert_eq!(metadata.answer(&door, &fault).await.status, 400);
    let (status, body) = told(&metadata, &door, &format!("/v2/credentials/{id}")).await;
    assert_eq!((status, &body["code"]), (400, &"InvalidIdInRequest".into()));
    let (status, body) = told(&metadata, &door, "/v2/credentials").await;
    assert_eq!((status, &body["code"]), (400, &"NoIdInRequest".into()));
}

#[tokio::test]
async fn a_forgotten_task_is_nobodys() {
    let (metadata, [mine, _]) = host("awsvpc").await;
    let door = Door::Task {
        arn: mine.labels.arn.clone(),
    };
    let path = format!("/v4/{}", mine.containers[0].id);
    assert_eq!(told(&metadata, &door, &path).await.0, 200);
    metadata.forget(&mine.labels.arn);
    assert_eq!(told(&metadata, &door, &path).await.0, 404);
    assert!(metadata.seen.last(&mine.containers[0].spec.runtime_name).is_none());
}

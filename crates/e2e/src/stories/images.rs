//! Images that are not there yet: pulled from a registry, or told why not.

use std::process::{Child, Command, Stdio};

use super::{ON_FARGATE, fargate};
use crate::docker::docker;
use crate::lab::Lab;
use crate::machine::{self, BUSYBOX};

fn with_image(family: &str, image: &str) -> serde_json::Value {
    let mut definition = fargate(family, "exit 0");
    definition["containerDefinitions"][0]["image"] = image.into();
    definition
}

#[test]
fn an_image_that_cannot_be_pulled_fails_the_task_with_the_reason() {
    let lab = Lab::up();
    // Nothing listens there.
    let image = format!("127.0.0.1:{}/no/such:1", machine::free_port());
    lab.register(&with_image("unpullable", &image));
    let arn = lab.run_task(&format!("--task-definition unpullable {ON_FARGATE}"));
    let task = lab.until_task(&arn, "STOPPED");
    assert_eq!(task["stopCode"], "TaskFailedToStart");
    for reason in [&task["stoppedReason"], &task["containers"][0]["reason"]] {
        let reason = reason.as_str().unwrap();
        assert!(
            reason.contains("CannotPullContainerError") && reason.contains("connection refused"),
            "{reason}"
        );
    }
    assert!(task["containers"][0].get("exitCode").is_none(), "{task:#}");
    assert!(task.get("startedAt").is_none(), "{task:#}");
}

#[test]
fn an_image_comes_from_a_registry() {
    let registry = Registry::start();
    let image = format!("127.0.0.1:{}/team/app:{}", registry.port, std::process::id());
    docker(&["tag", BUSYBOX, &image]);
    docker(&["push", "--quiet", &image]);
    docker(&["rmi", &image]);
    let lab = Lab::up();
    lab.register(&with_image("pulled", &image));
    let arn = lab.run_task(&format!("--task-definition pulled {ON_FARGATE}"));
    let task = lab.until_task(&arn, "STOPPED");
    assert_eq!(task["containers"][0]["exitCode"], 0, "{task:#}");
    assert!(
        task["containers"][0]["imageDigest"]
            .as_str()
            .unwrap()
            .starts_with("sha256:"),
        "{task:#}"
    );
}

/// Another image under the same name, in the registry alone.
fn publish(image: &str, words: &str) {
    let made = docker(&["create", BUSYBOX, "true"]);
    docker(&["commit", "--change", &format!("LABEL words={words}"), &made, image]);
    docker(&["rm", &made]);
    docker(&["push", "--quiet", image]);
    docker(&["rmi", image]);
}

#[test]
fn a_moved_tag_is_noticed_and_a_copy_serves_when_the_registry_is_gone() {
    let mut registry = Registry::start();
    let image = format!("127.0.0.1:{}/team/moving:1", registry.port);
    publish(&image, "first");
    let lab = Lab::up();
    lab.register(&with_image("moving", &image));
    let digest = || {
        let arn = lab.run_task(&format!("--task-definition moving {ON_FARGATE}"));
        let task = lab.until_task(&arn, "STOPPED");
        assert_eq!(task["containers"][0]["exitCode"], 0, "{task:#}");
        task["containers"][0]["imageDigest"].as_str().unwrap().to_owned()
    };
    let first = digest();
    docker(&["tag", &image, "longshore-e2e-moving:kept"]);
    publish(&image, "second");
    docker(&["tag", "longshore-e2e-moving:kept", &image]);
    let second = digest();
    assert_ne!(first, second, "the copy was used though the registry has another");
    registry.end();
    assert_eq!(digest(), second);
    docker(&["rmi", "longshore-e2e-moving:kept"]);
}

#[test]
fn an_image_that_the_registry_does_not_have_is_named_at_once() {
    let registry = Registry::start();
    let lab = Lab::up();
    lab.register(&with_image("absent", &format!("127.0.0.1:{}/no/such:1", registry.port)));
    let task = lab.until_task(
        &lab.run_task(&format!("--task-definition absent {ON_FARGATE}")),
        "STOPPED",
    );
    assert_eq!(task["stopCode"], "TaskFailedToStart");
    let reason = task["stoppedReason"].as_str().unwrap();
    assert!(reason.starts_with("CannotPullImageManifestError: "), "{reason}");
}

#[test]
fn an_image_that_nothing_uses_is_removed_and_one_in_use_or_of_the_users_is_not() {
    let registry = Registry::start();
    let image = |name: &str| format!("127.0.0.1:{}/team/{name}:1", registry.port);
    let (idle, used, own) = (image("idle"), image("used"), image("own"));
    for it in [&idle, &used, &own] {
        publish(it, it);
    }
    docker(&["pull", "--quiet", &own]);
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let often = [
        "--image-cleanup-interval",
        "1s",
        "--image-minimum-age",
        "1h",
        "--keep-containers",
        "0s",
    ];
    let mut agent = lab.agent_in("web", &often, &[]);
    let run = |image: &str, script: &str| {
        let mut definition = super::bridge("app", script);
        definition["containerDefinitions"][0]["image"] = image.into();
        lab.register(&definition);
        lab.run_task("--cluster web --task-definition app")
    };
    let ended = [run(&idle, "exit 0"), run(&own, "exit 0")];
    let running = run(&used, "sleep 1000");
    lab.until_task(&running, "RUNNING");
    for arn in &ended {
        lab.until_task(arn, "STOPPED");
        lab.until("its container is gone", || {
            crate::docker::of_task(arn).is_empty().then_some(())
        });
    }

    // As if all of that were long ago.
    agent.kill_9();
    let ledger = lab.agent_dir(0).join("images.json");
    let mut records: serde_json::Value = serde_json::from_slice(&std::fs::read(&ledger).unwrap()).unwrap();
    for record in records["images"].as_object_mut().unwrap().values_mut() {
        record["pulled_s"] = 0.into();
        record["used_s"] = 0.into();
    }
    std::fs::write(&ledger, records.to_string()).unwrap();
    agent.restart();
    let has = |image: &str| !docker(&["images", "--quiet", image]).is_empty();
    lab.until("the idle image is gone", || (!has(&idle)).then_some(()));
    assert!(has(&used), "a container runs from it");
    assert_eq!(lab.task(&running)["lastStatus"], "RUNNING");
}

#[test]
fn an_image_that_is_removed_by_hand_is_pulled_again_or_missed_and_a_task_that_runs_from_it_runs_on() {
    let mut registry = Registry::start();
    let image = format!("127.0.0.1:{}/team/removed:1", registry.port);
    publish(&image, "again");
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let _agent = lab.agent_in("web", &["--image-pull-behavior", "prefer-cached"], &[]);
    let mut definition = super::bridge("app", "trap 'exit 0' TERM; sleep 1000 & wait");
    definition["containerDefinitions"][0]["image"] = image.as_str().into();
    lab.register(&definition);
    let run = || lab.run_task("--cluster web --task-definition app");
    let has = || !docker(&["images", "--quiet", &image]).is_empty();
    let first = run();
    lab.until_task(&first, "RUNNING");

    docker(&["rmi", "-f", &image]);
    assert!(!has());
    let second = run();
    lab.until_task(&second, "RUNNING");
    assert!(has(), "it was pulled again");
    assert_eq!(lab.task(&first)["lastStatus"], "RUNNING");

    for arn in [&first, &second] {
        lab.aws(&format!("ecs stop-task --cluster web --task {arn}"));
        assert_eq!(lab.until_task(arn, "STOPPED")["containers"][0]["exitCode"], 0);
    }
    docker(&["rmi", "-f", &image]);
    registry.end();
    let third = lab.until_task(&run(), "STOPPED");
    assert_eq!(third["stopCode"], "TaskFailedToStart");
    let reason = third["stoppedReason"].as_str().unwrap();
    assert!(reason.starts_with("CannotPullContainerError: "), "{reason}");
}

/// Debian's registry, in memory of its own. What the engine has of it goes with it.
struct Registry {
    port: u16,
    process: Child,
}

impl Registry {
    fn start() -> Self {
        let port = machine::free_port();
        let config = std::env::temp_dir().join(format!("longshore-e2e-registry-{port}.yml"));
        let text = format!("version: 0.1\nstorage:\n  inmemory: {{}}\nhttp:\n  addr: 127.0.0.1:{port}\n");
        std::fs::write(&config, text).unwrap();
        let process = Command::new("docker-registry")
            .arg("serve")
            .arg(&config)
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let registry = Self { port, process };
        for _ in 0..200 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                drop(std::fs::remove_file(&config));
                return registry;
            }
            #[expect(clippy::disallowed_methods, reason = "it does not say when it is ready")]
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("docker-registry does not listen on port {port}");
    }

    fn end(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        self.end();
        let of_it = format!("reference=127.0.0.1:{}/*/*", self.port);
        let format = "{{.Repository}}:{{.Tag}} {{.Repository}}@{{.Digest}}";
        let listed = docker(&["images", "--digests", "--filter", &of_it, "--format", format]);
        for name in listed.split_whitespace().filter(|it| !it.ends_with("<none>")) {
            // The last name of an image takes the others along.
            drop(Command::new("docker").args(["rmi", "-f", name]).output());
        }
    }
}

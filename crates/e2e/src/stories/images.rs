//! Images that are not there yet: pulled from a registry, or told why not.

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
    drop(lab);
    docker(&["rmi", "-f", &image]);
}

/// Debian's registry, in memory of its own.
struct Registry {
    port: u16,
    _process: Started,
}

struct Started(std::process::Child);

impl Drop for Started {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

impl Registry {
    fn start() -> Self {
        let port = machine::free_port();
        let config = std::env::temp_dir().join(format!("longshore-e2e-registry-{port}.yml"));
        let text = format!("version: 0.1\nstorage:\n  inmemory: {{}}\nhttp:\n  addr: 127.0.0.1:{port}\n");
        std::fs::write(&config, text).unwrap();
        let child = std::process::Command::new("docker-registry")
            .arg("serve")
            .arg(&config)
            .stderr(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let registry = Self {
            port,
            _process: Started(child),
        };
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
}

//! What the stories need of the machine, found once. What is missing is named with its remedy; nothing is skipped.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// Built by the test command before the stories run.
pub const HELLO: &str = "hello:1";
pub const BUSYBOX: &str = "busybox:local";

static READY: LazyLock<()> = LazyLock::new(|| {
    for (program, remedy) in [
        ("docker", "apt-get install docker.io"),
        ("curl", "apt-get install curl"),
        ("openssl", "apt-get install openssl"),
        ("nft", "apt-get install nftables"),
        ("ip", "apt-get install iproute2"),
        ("docker-registry", "apt-get install docker-registry"),
    ] {
        let found = Command::new("which")
            .arg(program)
            .output()
            .is_ok_and(|it| it.status.success());
        assert!(
            found,
            "the stories need {program}: {remedy}, or run ./test, which does it"
        );
    }
    for image in [HELLO, BUSYBOX] {
        let found = Command::new("docker")
            .args(["image", "inspect", image])
            .output()
            .unwrap();
        assert!(
            found.status.success(),
            "the stories need Docker with the image {image}: run ./test, which builds it"
        );
    }
    for path in [longshore(), clients().join("aws"), javascript()] {
        assert!(
            path.exists(),
            "the stories need {}: run ./test, which makes it",
            path.display()
        );
    }
});

pub fn check() {
    LazyLock::force(&READY);
}

/// The binary under test.
pub fn longshore() -> PathBuf {
    match std::env::var_os("LONGSHORE_BIN") {
        Some(path) => path.into(),
        None => target().join("debug/longshore"),
    }
}

/// Where awscli and boto3 are.
pub fn clients() -> PathBuf {
    target().join("clients/bin")
}

/// Packages of the AWS SDK for JavaScript.
pub fn javascript() -> PathBuf {
    target().join("javascript/node_modules")
}

fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(path) => path.into(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"),
    }
}

/// A TCP port that nothing listened on a moment ago.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("0.0.0.0:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

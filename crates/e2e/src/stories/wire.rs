//! What comes over the network, whoever sends it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use crate::lab::{Lab, path};

const LIST: &str = "X-Amz-Target: AmazonEC2ContainerServiceV20141113.ListClusters";

/// A client whose clock is 16 minutes slow.
const LATE: &str = "
import boto3, botocore.auth
from datetime import datetime, timedelta, timezone
botocore.auth.get_current_datetime = lambda: datetime.now(timezone.utc) - timedelta(minutes=16)
boto3.client('ecs').list_clusters()
";

fn curl(args: &[&str]) -> String {
    let out = Command::new("curl").args(["-s", "-i"]).args(args).output().unwrap();
    String::from_utf8_lossy(&out.stdout).into_owned()
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

#[test]
fn nobody_is_believed_without_a_signature() {
    let lab = Lab::bare();
    let answer = curl(&[
        "-H",
        LIST,
        "-H",
        "Content-Type: application/x-amz-json-1.1",
        "-d",
        "{}",
        lab.url(),
    ]);
    assert_eq!(status(&answer), "400");
    assert!(answer.contains("MissingAuthenticationTokenException"), "{answer}");
    assert!(answer.to_lowercase().contains("x-amzn-requestid: "), "{answer}");

    for (variable, code) in [
        ("AWS_SECRET_ACCESS_KEY=wrong", "InvalidSignatureException"),
        ("AWS_ACCESS_KEY_ID=AKIAUNKNOWNUNKNOWN00", "UnrecognizedClientException"),
        (
            "AWS_REGION=eu-north-1 AWS_DEFAULT_REGION=eu-north-1",
            "InvalidSignatureException",
        ),
    ] {
        let out = lab.shell(&format!("{variable} aws ecs list-clusters"));
        let told = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(told.contains(&format!("({code})")), "{variable}: {told}");
    }
    let late = lab.file("late.py", LATE);
    let skewed = lab.shell(&format!("python {}", path(&late)));
    let told = String::from_utf8_lossy(&skewed.stderr).into_owned();
    assert!(
        told.contains("InvalidSignatureException") && told.contains("Signature expired"),
        "{told}"
    );
}

#[test]
fn a_presigned_url_is_a_signature_too() {
    let lab = Lab::bare();
    let url = lab.boto3(
        "print(boto3.client('sts').generate_presigned_url('get_caller_identity', ExpiresIn=60, HttpMethod='GET'))",
    );
    let answer = curl(&[&url]);
    assert_eq!(status(&answer), "200", "{answer}");
    assert!(answer.contains("<Arn>arn:aws:iam::000000000000:root</Arn>"), "{answer}");
    let altered = curl(&[&url.replace("X-Amz-Expires=60", "X-Amz-Expires=6000")]);
    assert_eq!(status(&altered), "403", "{altered}");
    assert!(altered.contains("SignatureDoesNotMatch"), "{altered}");
}

#[test]
fn one_listener_speaks_http2_too_whatever_the_host_header() {
    let lab = Lab::bare();
    let health = format!("{}/_longshore/health", lab.url());
    let answer = curl(&[
        "--http2-prior-knowledge",
        "-H",
        "Host: ecs.us-east-1.amazonaws.com",
        &health,
    ]);
    assert!(answer.starts_with("HTTP/2 200"), "{answer}");
    assert!(answer.ends_with(r#"{"status":"ok"}"#), "{answer}");
}

#[test]
fn tls_is_served_with_the_given_certificate() {
    let dir = std::env::temp_dir().join(format!("longshore-e2e-tls-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let (certificate, key) = (dir.join("cert.pem"), dir.join("key.pem"));
    let subject = [
        "-subj",
        "/CN=longshore",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-addext",
        "basicConstraints=critical,CA:FALSE",
    ];
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
            "-keyout",
            path(&key),
            "-out",
            path(&certificate),
        ])
        .args(subject)
        .output()
        .unwrap();
    assert!(made.status.success());
    let lab = Lab::start("server", &["--tls-cert", path(&certificate), "--tls-key", path(&key)]);
    let mut silent = TcpStream::connect(lab.url().trim_start_matches("https://")).unwrap();
    let out = lab.shell(&format!("aws --ca-bundle {} ecs list-clusters", path(&certificate)));
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let listed = lab.longshore(&["ps", "--ca-cert", path(&certificate)]);
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    let untrusted = lab.longshore(&["ps"]);
    assert!(!untrusted.status.success());
    silent.set_read_timeout(Some(Duration::from_secs(50))).unwrap();
    let said = silent.read(&mut [0; 1]);
    assert_eq!(said.unwrap(), 0, "a connection without a handshake is kept");
    drop(std::fs::remove_dir_all(&dir));
}

#[test]
fn what_is_too_large_is_refused_and_the_server_goes_on() {
    let lab = Lab::bare();
    let body = lab.file("large", &"x".repeat(2 << 20));
    let answer = curl(&[
        "-H",
        LIST,
        "-H",
        "Expect:",
        "--data-binary",
        &format!("@{}", path(&body)),
        lab.url(),
    ]);
    assert_eq!(status(&answer), "413", "{answer}");
    assert!(answer.contains("RequestEntityTooLargeException"), "{answer}");
    let answer = curl(&["-H", &format!("X-Long: {}", "x".repeat(100_000)), lab.url()]);
    assert_eq!(status(&answer), "431", "{answer}");
    lab.aws("ecs list-clusters");
}

#[test]
fn who_sends_slowly_is_told_to_hurry_or_cut_off() {
    let lab = Lab::bare();
    let mut slow = TcpStream::connect(lab.url().trim_start_matches("http://")).unwrap();
    slow.write_all(format!("POST / HTTP/1.1\r\nHost: a\r\n{LIST}\r\nContent-Length: 100\r\n\r\n{{").as_bytes())
        .unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).unwrap();
    assert_eq!(status(&answer), "408", "{answer}");
    lab.aws("ecs list-clusters");
}

/// One client for each protocol there is: JSON, forms, REST with JSON and REST with XML.
const ELSEWHERE: &str = "
from botocore.exceptions import ClientError
for name, call in {'logs': 'describe_log_groups', 'iam': 'list_roles', 'lambda': 'list_functions', 's3': 'list_buckets'}.items():
    try:
        getattr(boto3.client(name), call)()
    except ClientError as error:
        told = error.response['Error']
        print(error.response['ResponseMetadata']['HTTPStatusCode'], told['Code'], told['Message'])
";

#[test]
fn a_service_that_is_not_here_is_named_to_its_clients() {
    let lab = Lab::bare();
    let told = |code: &str, name: &str| {
        format!("400 {code} Longshore does not serve '{name}' yet. See docs/compatibility.md for what is.")
    };
    let expected = [
        told("UnknownOperationException", "Logs_20140328"),
        told("InvalidAction", "iam"),
        told("UnknownOperationException", "lambda"),
        told("InvalidAction", "s3"),
    ];
    assert_eq!(lab.boto3(ELSEWHERE), expected.join("\n"));
}

#[test]
fn a_server_that_ends_does_not_wait_for_who_never_finishes() {
    let lab = Lab::bare();
    let mut slow = TcpStream::connect(lab.url().trim_start_matches("http://")).unwrap();
    let head = format!("POST / HTTP/1.1\r\nHost: a\r\n{LIST}\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n");
    slow.write_all(head.as_bytes()).unwrap();
    let mut go_on = [0; 25];
    slow.read_exact(&mut go_on).unwrap();
    assert!(lab.server().terminate().success());
    let mut answer = String::new();
    // It is gone before the time is up that a body has.
    drop(slow.read_to_string(&mut answer));
    assert_eq!(answer, "");
}

#[test]
fn garbage_gets_a_clear_answer() {
    let lab = Lab::bare();
    let answer = curl(&["-d", "Action=Nothing&Version=2011-06-15", lab.url()]);
    assert_eq!(status(&answer), "403", "{answer}");
    let answer = curl(&[&format!("{}/nowhere", lab.url())]);
    assert!(status(&answer).starts_with('4'), "{answer}");
    let told = lab.aws_refused(
        "ecs register-task-definition --family x --container-definitions '[{\"name\":\"a\",\"image\":\"\"}]'",
    );
    assert!(
        told.contains("(ClientException)") || told.contains("(InvalidParameterException)"),
        "{told}"
    );
}

#[test]
fn a_server_that_has_no_files_left_waits_for_some_and_serves_on() {
    let lab = Lab::bare();
    let pid = lab.server().pid();
    let open = std::fs::read_dir(format!("/proc/{pid}/fd")).unwrap().count();
    let few = Command::new("prlimit")
        .args([&format!("--pid={pid}"), &format!("--nofile={}:", open + 5)])
        .status()
        .unwrap();
    assert!(few.success());

    let (_, address) = lab.url().split_once("://").unwrap();
    let held: Vec<TcpStream> = (0..20).map(|_| TcpStream::connect(address).unwrap()).collect();
    let complaints = || lab.server().log().matches("a connection could not be accepted").count();
    lab.until("it complains", || (complaints() > 0).then_some(()));
    let answer = curl(&["-m", "2", lab.url()]);
    assert_eq!(answer, "", "there was no file left for it");
    assert!(complaints() < 100, "it does nothing but try: {} times", complaints());

    drop(held);
    lab.until_healthy();
}

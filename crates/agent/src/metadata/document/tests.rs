#![allow(clippy::unwrap_used)]
use super::*;
use crate::metadata::view::tests::view;
use crate::runtime::{Health, HealthStatus, Mounted, Sandbox};
use expect_test::{Expect, expect, expect_file};

fn place(cluster: Option<&str>) -> Place {
    Place {
        region: "us-east-1".into(),
        availability_zone: "us-east-1a".into(),
        instance_arn: "arn:aws:ecs:us-east-1:123456789012:container-instance/web/1".into(),
        cluster: cluster.map(str::to_owned),
    }
}

fn facts() -> Facts {
    Facts {
        id: "c0ffee".into(),
        name: "ecs-app-1-main-1".into(),
        image_id: "sha256:1234".into(),
        labels: BTreeMap::from([("com.amazonaws.ecs.container-name".into(), "main".into())]),
        created_at: Some("2026-11-24T10:00:00.123456789Z".into()),
        started_at: Some("2026-11-24T10:00:01Z".into()),
        finished_at: Some("2026-11-24T10:00:02Z".into()),
        pid: Some(7),
        interface: Some(Interface {
            address: [172, 17, 0, 5].into(),
            prefix: 16,
            mac: Some("02:42:ac:11:00:05".into()),
            gateway: Some([172, 17, 0, 1].into()),
        }),
        mounts: vec![Mounted {
            name: None,
            source: "/srv".into(),
            destination: "/data".into(),
        }],
        log_driver: Some("json-file".into()),
        log_options: BTreeMap::from([("max-size".into(), "10m".into())]),
    }
}

fn running(mode: &str) -> TaskView {
    let mut view = view("1", mode);
    view.launch_type = if mode == "awsvpc" { "FARGATE" } else { "EC2" }.into();
    view.report.status = Status::Running;
    view.report.pull_started = Some(Time::from_millis(1_500));
    view.report.pull_stopped = Some(Time::from_millis(2_500));
    let main = &mut view.containers[0];
    main.arn = Some("arn:aws:ecs:us-east-1:123456789012:container/default/1/c".into());
    main.spec.cpu_shares = 256;
    main.spec.memory_mib = Some(64);
    main.report.status = Status::Running;
    main.restarts = Some(2);
    main.health = Some(Health {
        status: HealthStatus::Healthy,
        since_ms: Some(1_000),
        exit_code: Some(0),
        output: Some("ok".into()),
    });
    main.report.runtime_id = Some("c0ffee".into());
    main.report.bindings = vec![Binding {
        ip: "0.0.0.0".into(),
        container_port: 80,
        host_port: 32768,
        length: 1,
        protocol: Protocol::Tcp,
    }];
    view
}

fn pretty(it: &impl Serialize, golden: Expect) {
    golden.assert_eq(&serde_json::to_string_pretty(it).unwrap());
}

#[test]
fn a_task_in_bridge_mode_as_version_4_tells_it() {
    let (view, facts) = (running("bridge"), facts());
    let known = [(&view.containers[0], Some(&facts)), (&view.containers[1], None)];
    let told = serde_json::to_string_pretty(&task(&view, &place(Some("web")), Version::V4, &known, None)).unwrap();
    expect_file!["../../../goldens/task-v4.json"].assert_eq(&(told + "\n"));
}

#[test]
fn a_task_of_fargate_has_its_own_network_and_its_size() {
    let (mut view, facts) = (running("awsvpc"), facts());
    view.limits = crate::runtime::TaskLimits {
        cpu: Some(0.25),
        memory_mib: Some(512),
        cpu_shares: 256,
    };
    view.sandbox = Some(Sandbox {
        address: "10.88.3.7".into(),
        mac: Some("02:42:0a:58:03:07".into()),
    });
    view.containers[0].report.bindings.clear();
    let sandbox = Facts {
        interface: Some(Interface {
            address: [10, 88, 3, 7].into(),
            prefix: 24,
            mac: None,
            gateway: Some([10, 88, 3, 1].into()),
        }),
        ..Default::default()
    };
    let told = task(
        &view,
        &place(None),
        Version::V4,
        &[(&view.containers[0], Some(&facts))],
        Some(&sandbox),
    );
    let told = serde_json::to_value(&told).unwrap();
    assert_eq!(told["Limits"], serde_json::json!({"CPU": 0.25, "Memory": 512}));
    assert_eq!(
        (&told["LaunchType"], &told["Cluster"]),
        (&"FARGATE".into(), &"default".into())
    );
    assert_eq!(
        told["Containers"][0]["Networks"],
        serde_json::json!([{
            "AttachmentIndex": 0,
            "IPv4Addresses": ["10.88.3.7"],
            "IPv4SubnetCIDRBlock": "10.88.3.0/24",
            "MACAddress": "02:42:0a:58:03:07",
            "NetworkMode": "awsvpc",
            "PrivateDNSName": "ip-10-88-3-7.internal",
            "SubnetGatewayIpv4Address": "10.88.3.1/24",
        }])
    );
}

#[test]
fn version_3_knows_less() {
    let (view, facts) = (running("bridge"), facts());
    let told = container(&view, Version::V3, (&view.containers[0], Some(&facts)), None);
    pretty(
        &told,
        expect![[r#"
        {
          "DockerId": "c0ffee",
          "Name": "main",
          "DockerName": "ecs-app-1-main-1",
          "Image": "main",
          "ImageID": "sha256:1234",
          "Ports": [
            {
              "ContainerPort": 80,
              "Protocol": "tcp",
              "HostPort": 32768,
              "HostIp": "0.0.0.0"
            }
          ],
          "Labels": {
            "com.amazonaws.ecs.container-name": "main"
          },
          "DesiredStatus": "RUNNING",
          "KnownStatus": "RUNNING",
          "Limits": {
            "CPU": 256,
            "Memory": 64
          },
          "CreatedAt": "2026-11-24T10:00:00.123456789Z",
          "StartedAt": "2026-11-24T10:00:01Z",
          "Type": "NORMAL",
          "Health": {
            "status": "HEALTHY",
            "statusSince": "1970-01-01T00:00:01.000Z",
            "output": "ok"
          },
          "Volumes": [
            {
              "Source": "/srv",
              "Destination": "/data"
            }
          ],
          "Networks": [
            {
              "NetworkMode": "bridge",
              "IPv4Addresses": [
                "172.17.0.5"
              ]
            }
          ]
        }"#]],
    );
}

#[test]
fn a_stopped_container_shows_its_end() {
    let (mut view, facts) = (running("host"), facts());
    view.desired = Desired::Stopped;
    let main = &mut view.containers[0];
    main.report.status = Status::Stopped;
    main.report.exit_code = Some(3);
    let told = serde_json::to_value(container(&view, Version::V4, (&view.containers[0], Some(&facts)), None)).unwrap();
    assert_eq!(
        (&told["KnownStatus"], &told["DesiredStatus"]),
        (&"STOPPED".into(), &"STOPPED".into())
    );
    assert_eq!(
        (&told["ExitCode"], &told["FinishedAt"]),
        (&3.into(), &"2026-11-24T10:00:02Z".into())
    );
}

#[test]
fn tags_are_there_or_why_they_are_not() {
    let view = running("bridge");
    let bare = || task(&view, &place(Some("web")), Version::V4, &[], None);
    let error = TagsError {
        error_field: "ContainerInstanceTags",
        error_code: "ServerException".into(),
        error_message: "the server cannot be reached".into(),
        status_code: 503,
        resource_arn: "arn".into(),
    };
    let told = bare().with_tags(Ok(BTreeMap::from([("team".into(), "a".into())])), Err(error));
    let told = serde_json::to_value(told).unwrap();
    assert_eq!(told["TaskTags"], serde_json::json!({"team": "a"}));
    assert_eq!(told["Errors"][0]["ErrorField"], "ContainerInstanceTags");
    assert!(told.get("ContainerInstanceTags").is_none());
    let none = serde_json::to_value(bare().with_tags(Ok(BTreeMap::new()), Ok(BTreeMap::new()))).unwrap();
    assert!(none.get("TaskTags").is_none() && none.get("Errors").is_none());
}

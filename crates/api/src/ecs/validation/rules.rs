//! One case for each rule, with the text that answers it.

use expect_test::{Expect, expect};

use crate::testing::World;

/// Each case is what is added to the task and, after a bar, to its container `a`; a third part is more containers.
#[track_caller]
fn refuses(cases: &[&str], expected: Expect) {
    let world = World::new("");
    let shown: String = cases
        .iter()
        .map(|case| world.ask(&registration(case)).show(Some("")))
        .collect();
    expected.assert_eq(&shown);
}

fn registration(case: &str) -> String {
    let mut parts = case.split('|').map(str::trim);
    let (task, container, more) = (parts.next(), parts.next(), parts.next());
    let after_comma = |part: Option<&str>| {
        part.filter(|it| !it.is_empty())
            .map_or(String::new(), |it| format!(",{it}"))
    };
    let memory = if container.is_some_and(|it| it.contains("\"memory")) {
        ""
    } else {
        r#","memory":64"#
    };
    let image = if container.is_some_and(|it| it.contains("\"image\"")) {
        ""
    } else {
        r#","image":"b""#
    };
    format!(
        r#"RegisterTaskDefinition {{"family":"web","containerDefinitions":[{{"name":"a"{image}{memory}{}}}{}]{}}}"#,
        after_comma(container),
        after_comma(more),
        after_comma(task)
    )
}

#[test]
fn containers_are_named_and_sized() {
    refuses(
        &[
            r#"|"image":"b c""#,
            r#"|"memory":5"#,
            r#"|"memoryReservation":5"#,
            r#""cpu":"100""#,
            r#""memory":"2""#,
            r#""memory":"32""#,
            r#""cpu":"256"|"cpu":300"#,
            r#"|"cpu":-1"#,
            r#"||{"name":"a","image":"b","memory":64}"#,
            r#"|"essential":false"#,
        ],
        expect![[r#"
            400 ClientException: Container.image contains invalid characters.
            400 ClientException: Invalid setting for container 'a'. The 'memory' must be at least 6 MiB.
            400 ClientException: Invalid setting for container 'a'. The 'memoryReservation' must be at least 6 MiB.
            400 ClientException: Invalid 'cpu' setting for task.
            400 ClientException: Invalid 'memory' setting for task.
            400 ClientException: The 'memory' setting for container is greater than for the task.
            400 ClientException: The 'cpu' setting for the containers is greater than for the task.
            400 ClientException: Invalid 'cpu' setting for container.
            400 ClientException: Container names must be unique within a Task Definition.
            400 ClientException: A task definition must have at least one essential container.
        "#]],
    );
}

#[test]
fn ports_follow_the_network_mode() {
    refuses(
        &[
            r#""networkMode":"host"|"portMappings":[{"containerPort":80,"hostPort":81}]"#,
            r#""networkMode":"host"|"portMappings":[{"containerPortRange":"80-90"}]"#,
            r#"|"portMappings":[{"containerPortRange":"80-80"}]"#,
            r#"|"portMappings":[{"containerPortRange":"80-70000"}]"#,
            r#"|"portMappings":[{"containerPortRange":"80-90","hostPort":80}]"#,
            r#"|"portMappings":[{"containerPortRange":"80-90"},{"containerPort":85}]"#,
            r#"|"portMappings":[{"containerPort":80,"name":"-x"}]"#,
            r#"|"portMappings":[{"containerPort":80,"name":"X"}]"#,
            r#"|"portMappings":[{"containerPort":80,"name":"x"},{"containerPort":81,"name":"x"}]"#,
            r#"|"portMappings":[{"containerPort":80,"hostPort":8080},{"containerPort":81,"hostPort":8080}]"#,
        ],
        expect![[r#"
            400 ClientException: When networkMode=host, the host ports and container ports in port mappings must match.
            400 ClientException: Invalid setting for container 'a'. 'containerPortRange' is not supported when networkMode=host.
            400 ClientException: Invalid setting for container 'a'. The 'containerPortRange' value '80-80' must be two ports from 1 to 65535, the lower one first, as in 100-200.
            400 ClientException: Invalid setting for container 'a'. The 'containerPortRange' value '80-70000' must be two ports from 1 to 65535, the lower one first, as in 100-200.
            400 ClientException: Invalid setting for container 'a'. 'containerPortRange' cannot be used with 'containerPort' or 'hostPort'.
            400 ClientException: Invalid setting for container 'a'. The 'containerPortRange' value '80-90' overlaps with another port mapping.
            400 ClientException: Invalid setting for container 'a'. The port mapping name '-x' must be 1 to 64 lowercase letters, digits, underscores and hyphens, and cannot start with a hyphen.
            400 ClientException: Invalid setting for container 'a'. The port mapping name 'X' must be 1 to 64 lowercase letters, digits, underscores and hyphens, and cannot start with a hyphen.
            400 ClientException: Invalid setting for container 'a'. The port mapping name 'x' is used more than once in the task definition.
            400 ClientException: Invalid setting for container 'a'. The host port 8080 is mapped more than once in the task definition.
        "#]],
    );
}

#[test]
fn the_task_as_a_whole_is_checked() {
    refuses(
        &[
            r#""taskRoleArn":"not a role""#,
            r#""executionRoleArn":"arn:aws:iam::1:role/x""#,
            r#""networkMode":"awsvpc"|"links":["b"]"#,
            r#""networkMode":"awsvpc"|"hostname":"h""#,
            r#""networkMode":"awsvpc"|"extraHosts":[{"hostname":"h","ipAddress":"10.0.0.1"}]"#,
            r#""networkMode":"awsvpc"|"dnsServers":["10.0.0.1"]"#,
            r#""networkMode":"awsvpc"|"dnsSearchDomains":["a.b"]"#,
            r#""networkMode":"host"|"systemControls":[{"namespace":"net.core.somaxconn","value":"1"}]"#,
            r#"|"dnsSearchDomains":["a."]"#,
            r#""ephemeralStorage":{"sizeInGiB":20}"#,
            r#""enableFaultInjection":true"#,
            r#""proxyConfiguration":{"containerName":"a"}"#,
            r#""networkMode":"awsvpc","proxyConfiguration":{"containerName":"x"}"#,
            r#""networkMode":"awsvpc","proxyConfiguration":{"containerName":"a"}"#,
            r#""networkMode":"awsvpc","proxyConfiguration":{"containerName":"a","properties":[{"name":"AppPorts","value":"1"},{"name":"ProxyIngressPort","value":"1"},{"name":"ProxyEgressPort","value":"1"}]}"#,
            r#""runtimePlatform":{"operatingSystemFamily":"WINDOWS_SERVER_2022_CORE","cpuArchitecture":"ARM64"}"#,
            r#""runtimePlatform":{"operatingSystemFamily":"WINDOWS_SERVER_2022_CORE"}|"linuxParameters":{}"#,
            r#""placementConstraints":[{"type":"memberOf","expression":"disk == ssd"}]"#,
        ],
        expect![[r#"
            400 ClientException: Role is not valid
            400 ClientException: Role is not valid
            400 ClientException: Links are not supported when networkMode=awsvpc.
            400 ClientException: Hostnames are not supported when networkMode=awsvpc.
            400 ClientException: Extra hosts are not supported when networkMode=awsvpc.
            400 ClientException: DNS servers are not supported when networkMode=awsvpc.
            400 ClientException: DNS search domains are not supported when networkMode=awsvpc.
            400 ClientException: Network system controls are not supported when networkMode=host.
            400 ClientException: Invalid setting for container 'a'. The DNS search domain 'a.' is invalid.
            400 ClientException: Invalid setting for ephemeralStorage. The 'sizeInGiB' value 20 must be between 21 and 200.
            400 ClientException: Fault injection is only supported when networkMode is awsvpc or host.
            400 ClientException: Proxy configuration is only supported when networkMode=awsvpc.
            400 ClientException: The proxy container 'x' does not exist in the task definition.
            400 ClientException: The proxy configuration requires the property 'AppPorts'.
            400 ClientException: The proxy configuration requires the property 'IgnoredUID' or 'IgnoredGID'.
            400 ClientException: Windows tasks do not support the ARM64 CPU architecture.
            400 ClientException: Invalid setting for container 'a'. Windows tasks do not support the 'linuxParameters' setting.
            400 ClientException: Invalid expression 'disk == ssd': 'disk' is no subject: use agentConnected, agentVersion, attribute:NAME, ec2InstanceId, registeredAt, runningTasksCount or task:group (at character 1).
        "#]],
    );
}

#[test]
fn containers_have_an_order_to_start_in() {
    let b = r#"{"name":"b","image":"b","memory":64,"essential":false}"#;
    refuses(
        &[
            &format!(r#"|"dependsOn":[{{"containerName":"x","condition":"START"}}]|{b}"#),
            r#"|"dependsOn":[{"containerName":"a","condition":"START"}]"#,
            r#"|"essential":true|{"name":"b","image":"b","memory":64,"dependsOn":[{"containerName":"a","condition":"SUCCESS"}]}"#,
            &format!(r#"|"dependsOn":[{{"containerName":"b","condition":"HEALTHY"}}]|{b}"#),
            &format!(
                r#"|"dependsOn":[{{"containerName":"b","condition":"START"}},{{"containerName":"b","condition":"COMPLETE"}}]|{b}"#
            ),
            r#"|"dependsOn":[{"containerName":"b","condition":"START"}]|{"name":"b","image":"b","memory":64,"volumesFrom":[{"sourceContainer":"a"}]}"#,
            r#"|"links":["x:y"]"#,
            r#"|"volumesFrom":[{"sourceContainer":"x"}]"#,
            r#"|"startTimeout":1"#,
            r#"|"stopTimeout":-1"#,
        ],
        expect![[r#"
            400 ClientException: Invalid setting for container 'a'. It depends on container 'x', which does not exist in the task definition.
            400 ClientException: Invalid setting for container 'a'. It cannot depend on itself.
            400 ClientException: Invalid setting for container 'b'. A dependency with condition SUCCESS cannot be on the essential container 'a'.
            400 ClientException: Invalid setting for container 'a'. A dependency with condition HEALTHY needs a health check on container 'b'.
            400 ClientException: Invalid setting for container 'a'. It depends on container 'b' more than once.
            400 ClientException: The container dependencies form a cycle: a, b.
            400 ClientException: Invalid setting for container 'a'. Invalid link 'x:y': there is no other container 'x'.
            400 ClientException: Invalid setting for container 'a'. Invalid 'volumesFrom': there is no other container 'x'.
            400 ClientException: Invalid setting for container 'a'. The 'startTimeout' value 1 must be between 2 and 2147483647.
            400 ClientException: Invalid setting for container 'a'. The 'stopTimeout' value -1 must be between 0 and 2147483647.
        "#]],
    );
}

#[test]
fn volumes_are_of_one_kind_and_mounted_once() {
    refuses(
        &[
            r#""volumes":[{"name":"v v"}]"#,
            r#""volumes":[{"name":"v"},{"name":"v"}]"#,
            r#""volumes":[{"name":"v","host":{"sourcePath":"/x"},"configuredAtLaunch":true}]"#,
            r#""volumes":[{"name":"v","dockerVolumeConfiguration":{"scope":"task","autoprovision":true}}]"#,
            r#""volumes":[{"name":"v","efsVolumeConfiguration":{"fileSystemId":"x"}}]"#,
            r#""volumes":[{"name":"v","efsVolumeConfiguration":{"fileSystemId":"fs-1","authorizationConfig":{"accessPointId":"p"}}}]"#,
            r#""volumes":[{"name":"v","efsVolumeConfiguration":{"fileSystemId":"fs-1","transitEncryption":"ENABLED","rootDirectory":"/x","authorizationConfig":{"accessPointId":"p"}}}]"#,
            r#""volumes":[{"name":"v","efsVolumeConfiguration":{"fileSystemId":"fs-1","authorizationConfig":{"iam":"ENABLED"}}}]"#,
            r#""volumes":[{"name":"v","configuredAtLaunch":true},{"name":"w","configuredAtLaunch":true}]"#,
            r#"|"mountPoints":[{"sourceVolume":"v","containerPath":"/x"}]"#,
            r#""volumes":[{"name":"v"}]|"mountPoints":[{"sourceVolume":"v"}]"#,
            r#""volumes":[{"name":"v"}]|"mountPoints":[{"sourceVolume":"v","containerPath":"/x"},{"sourceVolume":"v","containerPath":"/x"}]"#,
        ],
        expect![[r#"
            400 ClientException: Volume.name 'v v' is invalid. Use 1 to 255 letters, digits, hyphens and underscores.
            400 ClientException: Volume names must be unique: 'v' appears more than once.
            400 ClientException: Invalid setting for volume 'v'. Only one volume configuration can be given.
            400 ClientException: Invalid setting for volume 'v'. The 'autoprovision' setting is only for volumes of scope shared.
            400 ClientException: Invalid setting for volume 'v'. The EFS 'fileSystemId' is invalid.
            400 ClientException: Invalid setting for volume 'v'. EFS transit encryption must be enabled when an access point is used.
            400 ClientException: Invalid setting for volume 'v'. The EFS 'rootDirectory' must be left out or / when an access point is used.
            400 ClientException: Invalid setting for volume 'v'. EFS transit encryption must be enabled when IAM authorization is used.
            400 ClientException: Only one volume can be configured at launch.
            400 ClientException: Unknown volume 'v'.
            400 ClientException: Invalid setting for container 'a'. The mount point of volume 'v' needs a 'containerPath'.
            400 ClientException: Invalid setting for container 'a'. Duplicate mount point: /x.
        "#]],
    );
}

#[test]
fn variables_have_one_source() {
    refuses(
        &[
            r#"|"secrets":[{"name":"","valueFrom":"x"}]"#,
            r#"|"secrets":[{"name":"X","valueFrom":""}]"#,
            r#"|"secrets":[{"name":"X","valueFrom":"x"}],"environment":[{"name":"X","value":"1"}]"#,
            r#"|"secrets":[{"name":"X","valueFrom":"x"},{"name":"X","valueFrom":"y"}]"#,
            r#"|"environmentFiles":[{"type":"s3","value":"arn:aws:s3:::bucket/x.txt"}]"#,
            r#"|"repositoryCredentials":{"credentialsParameter":"x"}"#,
        ],
        expect![[r#"
            400 ClientException: Invalid setting for container 'a'. A secret's 'name' should not be empty.
            400 ClientException: Invalid setting for container 'a'. The 'valueFrom' of secret 'X' should not be empty.
            400 ClientException: The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'X'.
            400 ClientException: The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'X'.
            400 ClientException: Invalid setting for container 'a'. The environment file 'arn:aws:s3:::bucket/x.txt' must be the ARN of an S3 object that ends in .env.
            400 ClientException: Private registry authentication requires an execution role ARN in the task definition.
        "#]],
    );
}

#[test]
fn log_drivers_have_their_options() {
    refuses(
        &[
            r#"|"logConfiguration":{"logDriver":"awslogs"}"#,
            r#"|"logConfiguration":{"logDriver":"splunk","options":{"splunk-url":"x"}}"#,
            r#"|"logConfiguration":{"logDriver":"json-file","options":{"mode":"fast"}}"#,
            r#"|"logConfiguration":{"logDriver":"awslogs","options":{"awslogs-region":"r","awslogs-group":"g","awslogs-datetime-format":"x","awslogs-multiline-pattern":"y"}}"#,
            r#"|"logConfiguration":{"logDriver":"awsfirelens"}"#,
            r#"|"firelensConfiguration":{"type":"fluentbit"}|{"name":"b","image":"b","memory":64,"firelensConfiguration":{"type":"fluentd"}}"#,
            r#"|"firelensConfiguration":{"type":"fluentbit"},"logConfiguration":{"logDriver":"awsfirelens"}"#,
            r#"|"firelensConfiguration":{"type":"fluentbit","options":{"config-file-type":"file"}}"#,
            r#"|"firelensConfiguration":{"type":"fluentbit","options":{"config-file-type":"ftp"}}"#,
        ],
        expect![[r#"
            400 ClientException: Log driver awslogs requires options: awslogs-region, awslogs-group
            400 ClientException: Log driver splunk requires options: splunk-token, splunk-url
            400 ClientException: Invalid setting for container 'a'. The log option 'mode' must be blocking or non-blocking, not 'fast'.
            400 ClientException: Invalid setting for container 'a'. The log options 'awslogs-datetime-format' and 'awslogs-multiline-pattern' cannot be used together.
            400 ClientException: Invalid setting for container 'a'. The log driver awsfirelens requires a container with a 'firelensConfiguration' in the task definition.
            400 ClientException: A task definition can have only one container with a 'firelensConfiguration'.
            400 ClientException: Invalid setting for container 'a'. The log router cannot use the log driver awsfirelens itself.
            400 ClientException: Invalid setting for container 'a'. The FireLens option 'config-file-type' requires 'config-file-value'.
            400 ClientException: Invalid setting for container 'a'. The FireLens option 'config-file-type' must be file or s3, not 'ftp'.
        "#]],
    );
}

#[test]
fn the_kernel_is_asked_for_what_it_has() {
    refuses(
        &[
            r#"|"ulimits":[{"name":"nofile","softLimit":2,"hardLimit":1}]"#,
            r#"|"ulimits":[{"name":"nofile","softLimit":1,"hardLimit":1},{"name":"nofile","softLimit":1,"hardLimit":1}]"#,
            r#"|"linuxParameters":{"swappiness":101}"#,
            r#"|"linuxParameters":{"maxSwap":-1}"#,
            r#"|"linuxParameters":{"sharedMemorySize":0}"#,
            r#"|"linuxParameters":{"tmpfs":[{"containerPath":"/x","size":0}]}"#,
            r#"|"linuxParameters":{"tmpfs":[{"containerPath":"","size":1}]}"#,
            r#"|"linuxParameters":{"devices":[{"hostPath":""}]}"#,
            r#"|"systemControls":[{"namespace":"vm.swappiness","value":"1"}]"#,
            r#""ipcMode":"host"|"systemControls":[{"namespace":"kernel.sem","value":"1"}]"#,
            r#"|"healthCheck":{"command":["CMD"]}"#,
            r#"|"healthCheck":{"command":["true"],"interval":4}"#,
            r#"|"healthCheck":{"command":["true"],"timeout":61}"#,
            r#"|"healthCheck":{"command":["true"],"retries":0}"#,
            r#"|"healthCheck":{"command":["true"],"startPeriod":301}"#,
            r#"|"restartPolicy":{"enabled":true,"restartAttemptPeriod":59}"#,
            r#"|"resourceRequirements":[{"type":"GPU","value":"0"}]"#,
            r#"|"credentialSpecs":["credentialspec:a","credentialspec:b"]"#,
        ],
        expect![[r#"
            400 ClientException: Invalid setting for container 'a'. The soft limit of ulimit 'nofile' cannot be greater than its hard limit.
            400 ClientException: Invalid setting for container 'a'. The ulimit 'nofile' is given more than once.
            400 ClientException: Invalid setting for container 'a'. The 'linuxParameters.swappiness' value 101 must be between 0 and 100.
            400 ClientException: Invalid setting for container 'a'. The 'linuxParameters.maxSwap' value -1 must be between 0 and 2147483647.
            400 ClientException: Invalid setting for container 'a'. The 'linuxParameters.sharedMemorySize' value 0 must be between 1 and 2147483647.
            400 ClientException: Invalid setting for container 'a'. The 'linuxParameters.tmpfs.size' value 0 must be between 1 and 2147483647.
            400 ClientException: Invalid setting for container 'a'. A tmpfs needs a 'containerPath'.
            400 ClientException: Invalid setting for container 'a'. A device needs a 'hostPath'.
            400 ClientException: Invalid setting for container 'a'. The system control 'vm.swappiness' is not one that a container has for itself.
            400 ClientException: Invalid setting for container 'a'. The system control 'kernel.sem' is not supported when ipcMode=host.
            400 ClientException: Invalid setting for container 'a'. The health check 'command' should not be empty.
            400 ClientException: Invalid setting for container 'a'. The 'healthCheck.interval' value 4 must be between 5 and 300.
            400 ClientException: Invalid setting for container 'a'. The 'healthCheck.timeout' value 61 must be between 2 and 60.
            400 ClientException: Invalid setting for container 'a'. The 'healthCheck.retries' value 0 must be between 1 and 10.
            400 ClientException: Invalid setting for container 'a'. The 'healthCheck.startPeriod' value 301 must be between 0 and 300.
            400 ClientException: Invalid setting for container 'a'. The 'restartPolicy.restartAttemptPeriod' value 59 must be between 60 and 1800.
            400 ClientException: Invalid setting for container 'a'. The GPU requirement '0' must be a number of GPUs, or ALL.
            400 ClientException: Invalid setting for container 'a'. It cannot have more than one credential spec.
        "#]],
    );
}

#[test]
fn fargate_reaches_into_no_host() {
    let fargate = r#""requiresCompatibilities":["FARGATE"],"networkMode":"awsvpc","cpu":"256","memory":"512""#;
    let cases = [
        r#","pidMode":"host""#,
        r#","ipcMode":"task""#,
        r#","placementConstraints":[{"type":"memberOf","expression":"attribute:a exists"}]"#,
        r#","volumes":[{"name":"v","host":{"sourcePath":"/x"}}]"#,
        r#","volumes":[{"name":"v","dockerVolumeConfiguration":{}}]"#,
        r#","runtimePlatform":{"operatingSystemFamily":"WINDOWS_SERVER_2022_CORE"}"#,
        r#"|"privileged":true"#,
        r#"|"dockerSecurityOptions":["no-new-privileges"]"#,
        r#"|"resourceRequirements":[{"type":"GPU","value":"1"}]"#,
        r#"|"linuxParameters":{"devices":[{"hostPath":"/dev/x"}]}"#,
        r#"|"linuxParameters":{"capabilities":{"add":["SYS_ADMIN"]}}"#,
        r#"|"linuxParameters":{"maxSwap":1}"#,
        r#"|"stopTimeout":121"#,
        r#"|"startTimeout":121"#,
        r#"|"logConfiguration":{"logDriver":"syslog"}"#,
        r#"|"logConfiguration":{"logDriver":"awslogs","options":{"awslogs-region":"r","awslogs-group":"g"}}"#,
        r#"|"logConfiguration":{"logDriver":"awslogs","options":{"awslogs-region":"r","awslogs-group":"g","awslogs-stream-prefix":"p"}}"#,
        r#"|"image":"123456789012.dkr.ecr.us-east-1.amazonaws.com/x""#,
        r#"|"secrets":[{"name":"X","valueFrom":"x"}]"#,
    ];
    let cases: Vec<String> = cases.iter().map(|case| format!("{fargate}{case}")).collect();
    refuses(
        &cases.iter().map(String::as_str).collect::<Vec<_>>(),
        expect![[r#"
        400 ClientException: Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.
        400 ClientException: Fargate does not support the 'ipcMode' setting.
        400 ClientException: Fargate does not support the 'placementConstraints' setting.
        400 ClientException: Fargate does not support the 'host.sourcePath' setting.
        400 ClientException: Fargate does not support the 'dockerVolumeConfiguration' setting.
        400 ClientException: Tasks using the Fargate launch type on Windows do not support 256 CPU. The supported values are 1024, 2048 and 4096.
        400 ClientException: Invalid setting for container 'a'. Fargate does not support the 'privileged' setting.
        400 ClientException: Invalid setting for container 'a'. Fargate does not support the 'dockerSecurityOptions' setting.
        400 ClientException: Invalid setting for container 'a'. Fargate does not support the 'resourceRequirements' setting.
        400 ClientException: Invalid setting for container 'a'. Fargate does not support the 'linuxParameters.devices' setting.
        400 ClientException: Invalid setting for container 'a'. Fargate does not support the 'linuxParameters.capabilities.add' setting.
        400 ClientException: Invalid setting for container 'a'. Fargate does not support the 'linuxParameters.maxSwap' setting.
        400 ClientException: Invalid setting for container 'a'. The 'stopTimeout' value 121 must be between 2 and 120.
        400 ClientException: Invalid setting for container 'a'. The 'startTimeout' value 121 must be between 2 and 120.
        400 ClientException: Invalid setting for container 'a'. Fargate does not support the log driver syslog. Use awslogs, splunk or awsfirelens.
        400 ClientException: Log driver awslogs requires options: awslogs-region, awslogs-group, awslogs-stream-prefix
        400 ClientException: Fargate requires task definition to have execution role ARN to support log driver awslogs.
        400 ClientException: Fargate requires task definition to have execution role ARN to support ECR images.
        400 ClientException: Fargate requires task definition to have execution role ARN to support secrets.
    "#]],
    );
}

const RICH: &str = r#""taskRoleArn":"arn:aws:iam::123456789012:role/app","executionRoleArn":"exec","networkMode":"host","cpu":"1 vCPU","memory":"1GB","pidMode":"task","runtimePlatform":{"cpuArchitecture":"X86_64","operatingSystemFamily":"LINUX"},"placementConstraints":[{"type":"memberOf","expression":"attribute:a exists"}],"volumes":[{"name":"v","host":{}},{"name":"d","dockerVolumeConfiguration":{"driver":"nfs"}}]|"memoryReservation":32,"healthCheck":{"command":["CMD","true"]},"portMappings":[{"containerPort":80,"name":"web"}],"mountPoints":[{"sourceVolume":"v","containerPath":"/v"}],"secrets":[{"name":"A","valueFrom":"p"},{"name":"B","valueFrom":"arn:aws:secretsmanager:us-east-1:123456789012:secret:b"}],"linuxParameters":{"initProcessEnabled":true},"restartPolicy":{"enabled":true},"logConfiguration":{"logDriver":"awslogs","options":{"awslogs-region":"r","awslogs-group":"g"}}|{"name":"c","image":"123456789012.dkr.ecr.us-east-1.amazonaws.com/x@sha256:00","dependsOn":[{"containerName":"a","condition":"HEALTHY"}],"firelensConfiguration":{"type":"fluentbit"}}"#;

#[test]
fn what_a_host_must_be_able_to_do_follows() {
    let world = World::new("");
    let shown = world
        .ask(&registration(RICH))
        .show(Some("taskDefinition.requiresAttributes taskDefinition.compatibilities"));
    expect![[r#"
        200 taskDefinition.requiresAttributes=[{"name":"com.amazonaws.ecs.capability.docker-remote-api.1.18"},
        {"name":"com.amazonaws.ecs.capability.docker-remote-api.1.19"},
        {"name":"com.amazonaws.ecs.capability.docker-remote-api.1.21"},
        {"name":"com.amazonaws.ecs.capability.docker-remote-api.1.24"},
        {"name":"com.amazonaws.ecs.capability.docker-remote-api.1.25"},
        {"name":"com.amazonaws.ecs.capability.ecr-auth"},
        {"name":"com.amazonaws.ecs.capability.logging-driver.awslogs"},
        {"name":"com.amazonaws.ecs.capability.task-iam-role"},
        {"name":"com.amazonaws.ecs.capability.task-iam-role-network-host"},
        {"name":"ecs.capability.container-health-check"},
        {"name":"ecs.capability.container-ordering"},
        {"name":"ecs.capability.container-restart-policy"},
        {"name":"ecs.capability.docker-plugin.nfs"},
        {"name":"ecs.capability.execution-role-awslogs"},
        {"name":"ecs.capability.execution-role-ecr-pull"},
        {"name":"ecs.capability.firelens.fluentbit"},
        {"name":"ecs.capability.pid-ipc-namespace-sharing"},
        {"name":"ecs.capability.secrets.asm.environment-variables"},
        {"name":"ecs.capability.secrets.ssm.environment-variables"},
        {"name":"ecs.capability.task-cpu-mem-limit"}] taskDefinition.compatibilities=["EXTERNAL","EC2"]
        put family web last=1
        put definition web:1
    "#]]
    .assert_eq(&shown.replace("},", "},\n"));
}

/// A client that registers what it was shown, as Terraform does, changes nothing.
#[test]
fn what_is_shown_can_be_registered_again_unchanged() {
    for case in [
        RICH,
        "",
        r#""requiresCompatibilities":["FARGATE"],"networkMode":"awsvpc","cpu":".25 vCPU","memory":"0.5 GB"|"portMappings":[{"containerPort":80}]"#,
    ] {
        let world = World::new("");
        let first = world.ask(&registration(case)).get("taskDefinition").expect(case);
        let second = world
            .ask(&format!("RegisterTaskDefinition {first}"))
            .get("taskDefinition")
            .expect(case);
        let without_number = |text: &str, n: u32| {
            text.replace(&format!("web:{n}\""), "")
                .replace(&format!("\"revision\":{n},"), "")
        };
        let (first, second) = (without_number(&first, 1), without_number(&second, 2));
        let until = |text: &str| text.split("\"registeredAt\"").next().unwrap_or_default().to_owned();
        assert_eq!(until(&first), until(&second));
    }
}

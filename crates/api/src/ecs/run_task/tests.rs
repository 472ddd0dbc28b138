use crate::testing::{World, check};
use expect_test::expect;

const EC2: &str = "cluster web; host a in web; family app";
pub(super) const FARGATE: &str = "host f in fargate; fargate app";
pub(super) const VPC: &str = r#""networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1"]}}"#;

#[test]
fn the_reply_shows_the_task_with_its_containers() {
    check(
        EC2,
        r#"RunTask {"cluster":"web","taskDefinition":"app"}"#,
        expect![[r#"
            200 {"tasks":[{"attachments":[],"attributes":[],"availabilityZone":"us-east-1a","clusterArn":"arn:aws:ecs:us-east-1:123456789012:cluster/web","containerInstanceArn":"arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a001","containers":[{"containerArn":"arn:aws:ecs:us-east-1:123456789012:container/web/7ada6bfbcb3740f94f1b849f8493217d/c479cfea-0c7f-7e74-3954-6063f423c8c0","taskArn":"arn:aws:ecs:us-east-1:123456789012:task/web/7ada6bfbcb3740f94f1b849f8493217d","name":"main","image":"app:1","lastStatus":"PENDING","networkBindings":[],"networkInterfaces":[],"healthStatus":"UNKNOWN","cpu":"256","memory":"512"}],"cpu":"256","createdAt":1700000002.123,"desiredStatus":"RUNNING","enableExecuteCommand":false,"group":"family:app","healthStatus":"UNKNOWN","lastStatus":"PENDING","launchType":"EC2","memory":"512","overrides":{"containerOverrides":[{"name":"main"}],"inferenceAcceleratorOverrides":[]},"tags":[],"taskArn":"arn:aws:ecs:us-east-1:123456789012:task/web/7ada6bfbcb3740f94f1b849f8493217d","taskDefinitionArn":"arn:aws:ecs:us-east-1:123456789012:task-definition/app:1","version":1}],"failures":[]}
            put instance reserved cpu=256 memory=512
            put task Pending desired=Running
        "#]],
    );
}

#[test]
fn a_fargate_task_begins_with_an_interface_that_has_no_address_yet() {
    let show = "-> tasks.0.lastStatus tasks.0.launchType tasks.0.platformVersion tasks.0.attachments tasks.0.containerInstanceArn";
    check(
        FARGATE,
        &format!(r#"RunTask {{"taskDefinition":"app",{VPC}}} {show}"#),
        expect![[r#"
            200 tasks.0.lastStatus="PROVISIONING" tasks.0.launchType="FARGATE" tasks.0.platformVersion="1.4.0" tasks.0.attachments=[{"id":"ef3a8e80-5ff5-9516-7004-fa71854f484c","type":"ElasticNetworkInterface","status":"PRECREATED","details":[{"name":"subnetId","value":"subnet-1"}]}] tasks.0.containerInstanceArn=-
            put instance reserved cpu=256 memory=512
            put task Provisioning desired=Running
        "#]],
    );
}

#[test]
fn each_host_gives_its_reason_and_the_status_is_200() {
    check(
        EC2,
        r#"RunTask {"cluster":"web","taskDefinition":"app","overrides":{"containerOverrides":[{"name":"main","memory":999999}]}}"#,
        expect![[r#"
            200 {"tasks":[],"failures":[{"arn":"arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a001","reason":"RESOURCE:MEMORY","detail":"needs 999999 MiB of memory, 4096 free"}]}
            put decision wanted=1 placed=0 verdicts=1
        "#]],
    );
    check(
        "cluster web; family app",
        r#"RunTask {"cluster":"web","taskDefinition":"app"}"#,
        expect![[r#"
            400 InvalidParameterException: No Container Instances were found in your cluster.
        "#]],
    );
    check(
        "fargate app",
        &format!(r#"RunTask {{"taskDefinition":"app",{VPC}}}"#),
        expect![[r#"
            200 {"tasks":[],"failures":[{"reason":"RESOURCE:FARGATE","detail":"Capacity is unavailable at this time. Please try again later or in a different availability zone. No host has joined the Fargate pool. Add one with: longshore agent --fargate"}]}
            put decision wanted=1 placed=0 verdicts=0
        "#]],
    );
}

#[test]
fn what_fits_is_placed_and_the_rest_is_refused() {
    check(
        "cluster web; host a in web cpu=1024 memory=1024; port app 80",
        r#"RunTask {"cluster":"web","taskDefinition":"app","count":2} -> tasks.0.lastStatus tasks.1 failures.0.reason failures.0.detail failures.1"#,
        expect![[r#"
            200 tasks.0.lastStatus="PENDING" tasks.1=- failures.0.reason="RESOURCE:PORTS" failures.0.detail="in use: 80/tcp" failures.1=-
            put instance reserved cpu=0 memory=64
            put decision wanted=2 placed=1 verdicts=1
            put task Pending desired=Running
        "#]],
    );
}

#[test]
fn the_same_token_gives_the_same_tasks_and_another_input_conflicts() {
    let call = r#"RunTask {"cluster":"web","taskDefinition":"app","clientToken":"t","count":1}"#;
    check(
        EC2,
        &format!("{call} ; {call} -> tasks.0.taskArn tasks.1"),
        expect![[r#"
            200 tasks.0.taskArn="arn:aws:ecs:us-east-1:123456789012:task/web/7ada6bfbcb3740f94f1b849f8493217d" tasks.1=-
        "#]],
    );
    check(
        EC2,
        &format!("{call} ; {}", call.replace("\"count\":1", "\"count\":2")),
        expect![[r#"
            400 ConflictException: The client token was already used with different parameters.
        "#]],
    );
}

#[test]
fn the_network_configuration_must_fit_the_mode() {
    check(
        FARGATE,
        r#"RunTask {"taskDefinition":"app"}"#,
        expect![[r#"
            400 InvalidParameterException: Network Configuration must be provided when networkMode 'awsvpc' is specified.
        "#]],
    );
    check(
        EC2,
        &format!(r#"RunTask {{"cluster":"web","taskDefinition":"app",{VPC}}}"#),
        expect![[r#"
            400 InvalidParameterException: Network Configuration is not valid for the given networkMode of this task definition.
        "#]],
    );
}

/// EC2 shows three subnets of a region, and clients take any of them.
#[test]
fn a_subnet_of_a_zone_without_hosts_binds_to_none() {
    let subnets = r#"DescribeSubnets {} -> subnetSet.0.availabilityZone subnetSet.1.availabilityZone subnetSet.0.subnetId subnetSet.1.subnetId"#;
    check(
        FARGATE,
        subnets,
        expect![[r#"
        200 subnetSet.0.availabilityZone="us-east-1c" subnetSet.1.availabilityZone="us-east-1b" subnetSet.0.subnetId="subnet-1a7b1a7781fb942bc" subnetSet.1.subnetId="subnet-3824b18a0f9c390aa"
    "#]],
    );
    let run = |subnets: &str| {
        format!(
            r#"RunTask {{"taskDefinition":"app","networkConfiguration":{{"awsvpcConfiguration":{{"subnets":[{subnets}]}}}}}} -> failures tasks.0.availabilityZone tasks.0.attachments.0.details"#
        )
    };
    check(
        FARGATE,
        &run(r#""subnet-3824b18a0f9c390aa""#),
        expect![[r#"
        200 failures=[] tasks.0.availabilityZone="us-east-1a" tasks.0.attachments.0.details=[{"name":"subnetId","value":"subnet-3824b18a0f9c390aa"}]
        put instance reserved cpu=256 memory=512
        put task Provisioning desired=Running
    "#]],
    );
    let two = format!("{FARGATE}; host g in fargate zone=us-east-1b");
    check(
        &two,
        &run(r#""subnet-3824b18a0f9c390aa""#),
        expect![[r#"
        200 failures=[] tasks.0.availabilityZone="us-east-1b" tasks.0.attachments.0.details=[{"name":"subnetId","value":"subnet-3824b18a0f9c390aa"}]
        put instance reserved cpu=256 memory=512
        put task Provisioning desired=Running
    "#]],
    );
}

#[test]
fn a_launch_type_that_the_definition_does_not_support_is_refused() {
    check(
        EC2,
        r#"RunTask {"cluster":"web","taskDefinition":"app","launchType":"FARGATE"}"#,
        expect![[r#"
            400 InvalidParameterException: Task definition does not support launch_type FARGATE.
        "#]],
    );
}

#[test]
fn a_field_that_does_nothing_yet_is_refused_by_name() {
    check(
        EC2,
        r#"RunTask {"cluster":"web","taskDefinition":"app","enableExecuteCommand":true}"#,
        expect![[r#"
            400 UnsupportedFeatureException: 'enableExecuteCommand' of RunTask does not act in this version of Longshore, so the task is not run. Leave it out, or see docs/compatibility.md.
        "#]],
    );
    check(
        "cluster web; host a in web",
        r#"RegisterTaskDefinition {"family":"h","executionRoleArn":"arn:aws:iam::123456789012:role/pull","containerDefinitions":[{"name":"a","image":"b","memory":64,"repositoryCredentials":{"credentialsParameter":"x"}}]} ; RunTask {"cluster":"web","taskDefinition":"h"}"#,
        expect![[r#"
            400 UnsupportedFeatureException: 'repositoryCredentials' of container 'a' does not act in this version of Longshore, so the task is not run. Leave it out, or see docs/compatibility.md.
        "#]],
    );
}

#[test]
fn bad_input_is_told_so() {
    check(
        EC2,
        r#"RunTask {"cluster":"web","taskDefinition":"nope"}"#,
        expect![[r#"
            400 ClientException: TaskDefinition not found.
        "#]],
    );
    check(
        EC2,
        r#"RunTask {"cluster":"web","taskDefinition":"app","count":11}"#,
        expect![[r#"
            400 InvalidParameterException: count must be between 1 and 10.
        "#]],
    );
    check(
        EC2,
        r#"RunTask {"cluster":"web","taskDefinition":"app","overrides":{"containerOverrides":[{"name":"x"}]}}"#,
        expect![[r#"
            400 InvalidParameterException: Override for container named x is not a container in the TaskDefinition.
        "#]],
    );
    check(
        EC2,
        r#"DeregisterTaskDefinition {"taskDefinition":"app:1"} ; RunTask {"cluster":"web","taskDefinition":"app:1"}"#,
        expect![[r#"
            400 ClientException: TaskDefinition is inactive
        "#]],
    );
}

const WITH_PROVIDERS: &str = r#"PutClusterCapacityProviders {"cluster":"web","capacityProviders":["FARGATE","FARGATE_SPOT"],"defaultCapacityProviderStrategy":[{"capacityProvider":"FARGATE_SPOT","weight":1}]}"#;

fn with_providers(more: &str, shown: &str, expected: expect_test::Expect) {
    let network = r#""networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1"]}}"#;
    let call = format!(r#"RunTask {{"cluster":"web","taskDefinition":"app",{network}{more}}}"#);
    check(
        "cluster web; host f in fargate; fargate app",
        &format!("{WITH_PROVIDERS} ; {call}{shown}"),
        expected,
    );
}

#[test]
fn a_strategy_gives_each_task_its_provider() {
    with_providers(
        r#","count":2,"capacityProviderStrategy":[{"capacityProvider":"FARGATE","base":1},{"capacityProvider":"FARGATE_SPOT","weight":1}]"#,
        " -> tasks.0.capacityProviderName tasks.1.capacityProviderName tasks.0.launchType",
        expect![[r#"
            200 tasks.0.capacityProviderName="FARGATE" tasks.1.capacityProviderName="FARGATE_SPOT" tasks.0.launchType="FARGATE"
            put instance reserved cpu=512 memory=1024
            put task Provisioning desired=Running
            put task Provisioning desired=Running
        "#]],
    );
}

#[test]
fn the_clusters_strategy_serves_who_names_nothing_and_no_one_else() {
    with_providers(
        "",
        " -> tasks.0.capacityProviderName tasks.0.launchType",
        expect![[r#"
            200 tasks.0.capacityProviderName="FARGATE_SPOT" tasks.0.launchType="FARGATE"
            put instance reserved cpu=256 memory=512
            put task Provisioning desired=Running
        "#]],
    );
    with_providers(
        r#","launchType":"FARGATE""#,
        " -> tasks.0.capacityProviderName tasks.0.launchType",
        expect![[r#"
            200 tasks.0.capacityProviderName=- tasks.0.launchType="FARGATE"
            put instance reserved cpu=256 memory=512
            put task Provisioning desired=Running
        "#]],
    );
    with_providers(
        r#","launchType":"FARGATE","capacityProviderStrategy":[{"capacityProvider":"FARGATE"}]"#,
        "",
        expect![[r#"
            400 InvalidParameterException: Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.
        "#]],
    );
}

#[test]
fn roles_and_sizes_of_the_override_are_kept_and_shown() {
    check(
        EC2,
        r#"RunTask {"cluster":"web","taskDefinition":"app","overrides":{"cpu":"512","executionRoleArn":"arn:aws:iam::123456789012:role/pull","containerOverrides":[{"name":"main","cpu":64,"memory":128,"memoryReservation":96}]}} -> tasks.0.overrides"#,
        expect![[r#"
            200 tasks.0.overrides={"containerOverrides":[{"name":"main","cpu":64,"memory":128,"memoryReservation":96}],"cpu":"512","inferenceAcceleratorOverrides":[],"executionRoleArn":"arn:aws:iam::123456789012:role/pull"}
            put instance reserved cpu=512 memory=96
            put task Pending desired=Running
        "#]],
    );
    check(
        EC2,
        r#"RunTask {"cluster":"web","taskDefinition":"app","overrides":{"executionRoleArn":"arn:aws:iam::1:role/pull"}}"#,
        expect![[r#"
            400 ClientException: Role is not valid
        "#]],
    );
}

#[test]
fn inference_accelerators_are_no_more() {
    check(
        EC2,
        r#"RunTask {"cluster":"web","taskDefinition":"app","overrides":{"inferenceAcceleratorOverrides":[{"deviceName":"d","deviceType":"eia1.medium"}]}}"#,
        expect![[r#"
            400 InvalidParameterException: Inference accelerators are not supported: Amazon Elastic Inference is no longer available.
        "#]],
    );
}

#[test]
fn subnets_and_security_groups_are_limited() {
    let run = |vpc: &str| {
        let world = World::new(FARGATE);
        let call =
            format!(r#"RunTask {{"taskDefinition":"app","networkConfiguration":{{"awsvpcConfiguration":{{{vpc}}}}}}}"#);
        world.ask(&call).show(Some("tasks.0.lastStatus"))
    };
    let many = |n: usize| vec![r#""subnet-1""#; n].join(",");
    let groups = |n: usize| {
        let groups = vec![r#""sg-1""#; n].join(",");
        format!(r#""subnets":["subnet-1"],"securityGroups":[{groups}]"#)
    };
    assert!(run(&format!(r#""subnets":[{}]"#, many(16))).starts_with("200"));
    assert!(run(&groups(5)).starts_with("200"));
    expect![[r#"
        400 InvalidParameterException: subnets can have at most 16 items.
    "#]]
    .assert_eq(&run(&format!(r#""subnets":[{}]"#, many(17))));
    expect![[r#"
        400 InvalidParameterException: securityGroups can have at most 5 items.
    "#]]
    .assert_eq(&run(&groups(6)));
}

//! One case for each rule of a call, with the text that answers it.

use expect_test::{Expect, expect};

use crate::testing::{World, check};

const HOST: &str = "cluster web; host a in web; family app";

/// What each of these calls in a world of its own is answered; after a bar, the calls before it.
#[track_caller]
fn each(world: &str, calls: &[String], expected: Expect) {
    let shown = "tasks.0.lastStatus failures.0.reason";
    let said = calls.iter().map(|calls| {
        let world = World::new(world);
        let (before, call) = calls.rsplit_once(" ; ").unwrap_or(("", calls));
        before.split(" ; ").filter(|it| !it.is_empty()).for_each(|it| {
            let said = world.ask(it).show(Some(""));
            assert!(said.starts_with("200"), "{it}: {said}");
        });
        let said = world.ask(call).show(Some(shown));
        format!("{}\n", said.lines().next().unwrap_or_default())
    });
    expected.assert_eq(&said.collect::<String>());
}

fn run(more: &str) -> String {
    format!(r#"RunTask {{"cluster":"web","taskDefinition":"app",{more}}}"#)
}

fn on_fargate(more: &str, network: &str) -> String {
    format!(
        r#"RunTask {{"taskDefinition":"app","networkConfiguration":{{"awsvpcConfiguration":{{{network}}}}}{more}}}"#
    )
}

#[test]
fn who_started_it_and_its_group_are_names() {
    let long = |n: usize| "x".repeat(n);
    each(
        HOST,
        &[
            run(&format!(r#""startedBy":"{}""#, long(128))),
            run(&format!(r#""startedBy":"{}""#, long(129))),
            run(r#""startedBy":"ECS Deploy""#),
            run(&format!(r#""group":"{}""#, long(255))),
            run(&format!(r#""group":"{}""#, long(256))),
            run(r#""group":"""#),
            run(r#""group":"service:web""#),
        ],
        expect![[r#"
            200 tasks.0.lastStatus="PENDING" failures.0.reason=-
            400 InvalidParameterException: startedBy longer than 128.
            200 tasks.0.lastStatus="PENDING" failures.0.reason=-
            200 tasks.0.lastStatus="PENDING" failures.0.reason=-
            400 InvalidParameterException: group must have 1 to 255 characters.
            400 InvalidParameterException: group must have 1 to 255 characters.
            400 InvalidParameterException: Invalid namespace for group.
        "#]],
    );
}

#[test]
fn a_client_token_is_64_printable_characters() {
    let token = |token: &str| run(&format!(r#""clientToken":"{token}""#));
    each(
        HOST,
        &[token(&"~".repeat(64)), token(&"x".repeat(65)), token(""), token("a b")],
        expect![[r#"
            200 tasks.0.lastStatus="PENDING" failures.0.reason=-
            400 InvalidParameterException: clientToken must have 1 to 64 printable ASCII characters without spaces.
            400 InvalidParameterException: clientToken must have 1 to 64 printable ASCII characters without spaces.
            400 InvalidParameterException: clientToken must have 1 to 64 printable ASCII characters without spaces.
        "#]],
    );
}

/// A client that retries under its token wants its task, not the memory of there having been no room for it.
#[test]
fn a_token_under_which_nothing_was_placed_can_be_tried_again() {
    let world = World::new("cluster web; host a in web memory=600; family app; task t1 in web on a RUNNING");
    let call = run(r#""clientToken":"t""#);
    let show = |world: &World| world.ask(&call).show(Some("tasks.0.lastStatus failures.0.reason"));
    assert!(show(&world).contains("RESOURCE:MEMORY"));
    world.ask(r#"as a SubmitTaskStateChange {"task":"$t1","status":"STOPPED"}"#);
    expect![[r#"
        200 tasks.0.lastStatus="PENDING" failures.0.reason=-
        put instance reserved cpu=256 memory=512
        put run token t tasks=1
        put task Pending desired=Running
    "#]]
    .assert_eq(&show(&world));
    expect![[r#"
        200 tasks.0.lastStatus="PENDING" failures.0.reason=-
    "#]]
    .assert_eq(&show(&world));
}

#[test]
fn a_network_is_of_subnets_and_groups() {
    each(
        "host f in fargate; fargate app",
        &[
            on_fargate(
                "",
                r#""subnets":["subnet-1"],"securityGroups":["sg-1"],"assignPublicIp":"ENABLED""#,
            ),
            on_fargate("", r#""subnets":[]"#),
            on_fargate("", r#""subnets":["subnet-1","vpc-1"]"#),
            on_fargate("", r#""subnets":["subnet-1"],"securityGroups":["default"]"#),
        ],
        expect![[r#"
            200 tasks.0.lastStatus="PROVISIONING" failures.0.reason=-
            400 InvalidParameterException: subnets can not be empty.
            400 InvalidParameterException: Error retrieving subnet information for [vpc-1]: The subnet ID 'vpc-1' does not exist (ErrorCode: InvalidSubnetID.NotFound)
            400 InvalidParameterException: Error retrieving security group information for [default]: The security group 'default' does not exist (ErrorCode: InvalidGroup.NotFound)
        "#]],
    );
    check(
        "cluster web; host a in web ecs.capability.task-eni= longshore.capability.agent=",
        r#"RegisterTaskDefinition {"family":"own","networkMode":"awsvpc","containerDefinitions":[{"name":"main","image":"app:1","memory":64}]} ; RunTask {"cluster":"web","taskDefinition":"own","networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1"],"assignPublicIp":"ENABLED"}}}"#,
        expect![[r#"
            400 InvalidParameterException: Assign public IP is not supported for this launch type.
        "#]],
    );
}

#[test]
fn an_old_platform_lacks_what_came_later() {
    let net = r#""subnets":["subnet-1"]"#;
    let old = |more: &str| on_fargate(&format!(r#","platformVersion":"1.3.0"{more}"#), net);
    each(
        "host f in fargate cpu=16384 memory=65536; fargate app",
        &[
            old(""),
            old(r#","overrides":{"ephemeralStorage":{"sizeInGiB":21}}"#),
            old(r#","overrides":{"cpu":"8192","memory":"16384"}"#),
            on_fargate(
                r#","platformVersion":"LATEST","overrides":{"cpu":"8192","memory":"16384"}"#,
                net,
            ),
            on_fargate(r#","platformVersion":"1.4""#, net),
        ],
        expect![[r#"
            200 tasks.0.lastStatus="PROVISIONING" failures.0.reason=-
            400 PlatformTaskDefinitionIncompatibilityException: One or more of the requested capabilities are not supported.
            400 PlatformTaskDefinitionIncompatibilityException: One or more of the requested capabilities are not supported.
            200 tasks.0.lastStatus="PROVISIONING" failures.0.reason=-
            400 PlatformUnknownException: The specified platform does not exist.
        "#]],
    );
    each(
        HOST,
        &[run(r#""platformVersion":"LATEST""#)],
        expect![[r#"
            400 InvalidParameterException: The platform version must be null when specifying an EC2 launch type.
        "#]],
    );
}

#[test]
fn overrides_are_of_containers_that_can_start_with_them() {
    let of = |containers: &str| run(&format!(r#""overrides":{{"containerOverrides":[{containers}]}}"#));
    let large = "x".repeat(8192);
    each(
        HOST,
        &[
            of("{}"),
            of(r#"{"cpu":1}"#),
            of(r#"{"name":"main","cpu":1},{"name":"main","cpu":2}"#),
            of(r#"{"name":"main","memory":5}"#),
            of(r#"{"name":"main","memoryReservation":513}"#),
            of(r#"{"name":"main","memory":-1}"#),
            of(&format!(r#"{{"name":"main","command":["{large}"]}}"#)),
            run(r#""overrides":{"memory":"256"}"#),
            run(r#""overrides":{"memory":"1 GB","containerOverrides":[{"name":"main","memory":1025}]}"#),
            run(r#""overrides":{"memory":"1 GB","containerOverrides":[{"name":"main","memory":1024}]}"#),
            run(r#""overrides":{"cpu":"1 GHz"}"#),
            run(r#""overrides":{"ephemeralStorage":{"sizeInGiB":21}}"#),
            run(r#""overrides":{"taskRoleArn":"arn:aws:iam::123456789012:role/app"}"#),
            of(r#"{"name":"main","environmentFiles":[{"type":"s3","value":"arn:aws:s3:::b/x.env"}]}"#),
        ],
        expect![[r#"
            200 tasks.0.lastStatus="PENDING" failures.0.reason=-
            400 InvalidParameterException: Container override name should not be null or empty.
            400 InvalidParameterException: Container 'main' cannot be overridden more than once.
            400 ClientException: Invalid setting for container 'main'. The 'memory' must be at least 6 MiB.
            400 ClientException: Invalid setting for container 'main'. The 'memory' value must be greater than the 'memoryReservation' value.
            400 InvalidParameterException: Invalid override of 'memory' for container 'main': it cannot be negative.
            400 InvalidParameterException: Container Overrides length must be at most 8192
            400 ClientException: The 'memory' setting for container is greater than for the task.
            400 ClientException: The 'memory' setting for container is greater than for the task.
            200 tasks.0.lastStatus="PENDING" failures.0.reason=-
            400 ClientException: Invalid 'cpu' setting for task.
            400 InvalidParameterException: Overriding ephemeralStorage is only supported with the FARGATE launch type.
            400 UnsupportedFeatureException: 'taskRoleArn' of the override does not act in this version of Longshore, so the task is not run. Leave it out, or see docs/compatibility.md.
            400 UnsupportedFeatureException: 'environmentFiles' of the override of container 'main' does not act in this version of Longshore, so the task is not run. Leave it out, or see docs/compatibility.md.
        "#]],
    );
}

#[test]
fn a_task_has_at_most_50_tags_of_whatever_origin() {
    let tags = |from: usize, to: usize| {
        let tags = (from..to).map(|n| format!(r#"{{"key":"k{n}","value":"v"}}"#));
        tags.collect::<Vec<_>>().join(",")
    };
    let register = format!(
        r#"RegisterTaskDefinition {{"family":"app","containerDefinitions":[{{"name":"main","image":"app:1","memory":64}}],"tags":[{}]}}"#,
        tags(0, 50)
    );
    let given = |own: &str, more: &str| {
        let call = run(&format!(r#""tags":[{own}],"propagateTags":"TASK_DEFINITION"{more}"#));
        format!("{register} ; {call}")
    };
    each(
        HOST,
        &[
            given(&tags(0, 1), r#","enableECSManagedTags":true"#),
            given(&tags(50, 51), ""),
            run(r#""tags":[{"key":"aws:x","value":"v"}]"#),
            run(r#""tags":[{"key":"a","value":"1"},{"key":"a","value":"2"}]"#),
            run(r#""propagateTags":"SERVICE""#),
        ],
        expect![[r#"
            200 tasks.0.lastStatus="PENDING" failures.0.reason=-
            400 InvalidParameterException: Resource cannot have more than 50 tags.
            400 InvalidParameterException: Tag keys cannot start with 'aws:', which is reserved: aws:x
            400 InvalidParameterException: Duplicate tag key: a
            400 InvalidParameterException: Tags can only be propagated from a service when the task is part of one.
        "#]],
    );
}

#[test]
fn a_strategy_of_several_providers_gives_one_of_them_weight() {
    let put = r#"PutClusterCapacityProviders {"cluster":"web","capacityProviders":["FARGATE","FARGATE_SPOT"],"defaultCapacityProviderStrategy":[]}"#;
    let run = |strategy: &str| {
        format!(
            r#"{put} ; RunTask {{"cluster":"web","taskDefinition":"app","networkConfiguration":{{"awsvpcConfiguration":{{"subnets":["subnet-1"]}}}},"capacityProviderStrategy":[{strategy}]}}"#
        )
    };
    each(
        "cluster web; host f in fargate; fargate app",
        &[
            run(r#"{"capacityProvider":"FARGATE"}"#),
            run(r#"{"capacityProvider":"FARGATE"},{"capacityProvider":"FARGATE_SPOT"}"#),
            run(r#"{"capacityProvider":"FARGATE","base":1},{"capacityProvider":"FARGATE_SPOT"}"#),
            run(r#"{"capacityProvider":"FARGATE","base":1},{"capacityProvider":"FARGATE_SPOT","base":1,"weight":1}"#),
            run(r#"{"capacityProvider":"FARGATE","weight":1},{"capacityProvider":"FARGATE","weight":1}"#),
            run(r#"{"capacityProvider":"mine","weight":1}"#),
        ],
        expect![[r#"
            200 tasks.0.lastStatus="PROVISIONING" failures.0.reason=-
            400 InvalidParameterException: A capacity provider strategy must have a provider with a weight greater than zero.
            400 InvalidParameterException: A capacity provider strategy must have a provider with a weight greater than zero.
            400 InvalidParameterException: Only one capacity provider in a capacity provider strategy can have a base defined.
            400 InvalidParameterException: The capacity provider strategy names FARGATE twice.
            400 InvalidParameterException: The specified capacity provider 'mine' was not found. Specify a valid name or ARN and try again.
        "#]],
    );
}

/// They must register, and be shown as they were sent, long before there is anything for them to act on.
#[test]
fn a_definition_with_roles_and_secrets_is_kept_and_its_run_refused_by_the_fields_name() {
    const FIELDS: [(&str, &str); 4] = [
        (r#","taskRoleArn":"arn:aws:iam::123456789012:role/app""#, ""),
        (
            "",
            r#","environmentFiles":[{"value":"arn:aws:s3:::bucket/x.env","type":"s3"}]"#,
        ),
        ("", r#","secrets":[{"name":"A","valueFrom":"/app/a"}]"#),
        (r#","executionRoleArn":"pull""#, ""),
    ];
    for (task, container) in FIELDS {
        let world = World::new(HOST);
        let register = format!(
            r#"RegisterTaskDefinition {{"family":"app","containerDefinitions":[{{"name":"main","image":"app:1","memory":64{container}}}]{task}}}"#
        );
        assert!(world.ask(&register).show(Some("")).starts_with("200"), "{register}");
        let described = world
            .ask(r#"DescribeTaskDefinition {"taskDefinition":"app"}"#)
            .show(None);
        assert!(described.contains(task) && described.contains(container), "{described}");
    }
    let register = |(task, container): (&str, &str)| {
        format!(
            r#"RegisterTaskDefinition {{"family":"app","containerDefinitions":[{{"name":"main","image":"app:1","memory":64{container}}}]{task}}} ; {}"#,
            run(r#""count":1"#)
        )
    };
    each(
        "cluster web; host a in web ecs.capability.env-files.s3= ecs.capability.secrets.ssm.environment-variables=; family app",
        &FIELDS.map(register),
        expect![[r#"
            400 UnsupportedFeatureException: 'taskRoleArn' of the task definition does not act in this version of Longshore, so the task is not run. Leave it out, or see docs/compatibility.md.
            400 UnsupportedFeatureException: 'environmentFiles' of container 'main' does not act in this version of Longshore, so the task is not run. Leave it out, or see docs/compatibility.md.
            400 UnsupportedFeatureException: 'secrets' of container 'main' does not act in this version of Longshore, so the task is not run. Leave it out, or see docs/compatibility.md.
            200 tasks.0.lastStatus="PENDING" failures.0.reason=-
        "#]],
    );
}

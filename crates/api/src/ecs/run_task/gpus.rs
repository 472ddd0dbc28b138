//! Whose GPUs are whose.

use expect_test::expect;

use super::tests::{FARGATE, VPC};
use crate::testing::{World, check};

const TRAINING: &str = r#"RegisterTaskDefinition {"family":"train","containerDefinitions":[{"name":"main","image":"app:1","memory":64,"resourceRequirements":[{"type":"GPU","value":"2"}]},{"name":"side","image":"app:1","memory":64},{"name":"eval","image":"app:1","memory":64,"resourceRequirements":[{"type":"GPU","value":"1"}]}]}"#;
const TRAIN: &str = r#"RunTask {"cluster":"web","taskDefinition":"train"}"#;

#[test]
fn each_container_has_gpus_that_no_other_has_until_its_task_is_over() {
    let world = World::new("cluster web; host a in web gpus=4");
    world.ask(TRAINING);
    let shown = "tasks.0.containers.0.gpuIds tasks.0.containers.1.gpuIds tasks.0.containers.2.gpuIds";
    let run = world.ask(TRAIN);
    expect![[r#"
        200 tasks.0.containers.0.gpuIds=["gpu-1","gpu-2"] tasks.0.containers.1.gpuIds=- tasks.0.containers.2.gpuIds=["gpu-3"]
        put instance reserved cpu=0 memory=192
        put task Pending desired=Running
    "#]]
    .assert_eq(&run.show(Some(shown)));
    let left = |world: &World| {
        let instance = world.instance("a");
        let described = world.ask(&format!(
            r#"DescribeContainerInstances {{"cluster":"web","containerInstances":["{instance}"]}}"#
        ));
        described.get("containerInstances.0.remainingResources.4.stringSetValue")
    };
    assert_eq!(left(&world).as_deref(), Some(r#"["gpu-4"]"#));
    let refused = world.ask(TRAIN).show(Some("failures.0.reason failures.0.detail"));
    assert!(
        refused.contains(r#""RESOURCE:GPU" failures.0.detail="needs 3 GPUs, 1 free""#),
        "{refused}"
    );

    let smaller = r#""containerOverrides":[{"name":"main","resourceRequirements":[]},{"name":"side","resourceRequirements":[{"type":"GPU","value":"1"}]},{"name":"eval","resourceRequirements":[]}]"#;
    let start = format!(
        r#"StartTask {{"cluster":"web","taskDefinition":"train","containerInstances":["{}"],"overrides":{{{smaller}}}}}"#,
        world.instance("a")
    );
    assert_eq!(
        world.ask(&start).get("tasks.0.containers.1.gpuIds").as_deref(),
        Some(r#"["gpu-4"]"#)
    );
    assert_eq!(left(&world), None);
    expect![[r#"
        200 failures.0.reason="RESOURCE:GPU"
    "#]]
    .assert_eq(&world.ask(&start).show(Some("failures.0.reason")));

    let task = run.get("tasks.0.taskArn").unwrap();
    world.ask(&format!(
        r#"SubmitTaskStateChange {{"cluster":"web","task":{task},"status":"STOPPED"}}"#
    ));
    assert_eq!(left(&world).as_deref(), Some(r#"["gpu-1","gpu-2","gpu-3"]"#));
    let again = world.ask(TRAIN);
    assert_eq!(
        again.get("tasks.0.containers.2.gpuIds").as_deref(),
        Some(r#"["gpu-3"]"#)
    );
}

#[test]
fn tasks_of_one_call_do_not_get_the_same_gpu() {
    let world = World::new("cluster web; host a in web gpus=7");
    world.ask(TRAINING);
    let call = r#"RunTask {"cluster":"web","taskDefinition":"train","count":3}"#;
    let shown = "tasks.0.containers.0.gpuIds tasks.1.containers.0.gpuIds tasks.1.containers.2.gpuIds failures.0.detail";
    expect![[r#"
        200 tasks.0.containers.0.gpuIds=["gpu-1","gpu-2"] tasks.1.containers.0.gpuIds=["gpu-4","gpu-5"] tasks.1.containers.2.gpuIds=["gpu-6"] failures.0.detail="needs 3 GPUs, 1 free"
        put instance reserved cpu=0 memory=384
        put decision wanted=3 placed=2 verdicts=1
        put task Pending desired=Running
        put task Pending desired=Running
    "#]]
    .assert_eq(&world.ask(call).show(Some(shown)));
}

#[test]
fn all_gpus_are_taken_of_a_host_where_no_other_task_has_one() {
    let all = r#""resourceRequirements":[{"type":"GPU","value":"ALL"}]"#;
    let world = World::new("cluster web; host a in web gpus=3; host b in web gpus=2");
    world.ask(TRAINING);
    world.ask(&format!(
        r#"RegisterTaskDefinition {{"family":"whole","containerDefinitions":[{{"name":"main","image":"app:1","memory":64,{all}}}]}}"#
    ));
    world.ask(TRAIN);
    expect![[r#"
        200 tasks.0.containers.0.gpuIds=["gpu-1","gpu-2"] tasks.1=- failures.0.detail="needs 3 GPUs, 0 free" failures.1.detail="needs 2 GPUs, 1 free"
        put instance reserved cpu=0 memory=64
        put decision wanted=2 placed=1 verdicts=2
        put task Pending desired=Running
    "#]]
    .assert_eq(&world.ask(r#"RunTask {"cluster":"web","taskDefinition":"whole","count":2}"#).show(Some(
        "tasks.0.containers.0.gpuIds tasks.1 failures.0.detail failures.1.detail",
    )));

    let world = World::new("cluster web; host a in web gpus=3; family app");
    let run = format!(
        r#"RunTask {{"cluster":"web","taskDefinition":"app","overrides":{{"containerOverrides":[{{"name":"main",{all}}}]}}}}"#
    );
    expect![[r#"
        200 tasks.0.containers.0.gpuIds=["gpu-1","gpu-2","gpu-3"] tasks.0.overrides.containerOverrides.0.resourceRequirements=[{"value":"ALL","type":"GPU"}]
        put instance reserved cpu=256 memory=512
        put task Pending desired=Running
    "#]]
    .assert_eq(&world.ask(&run).show(Some(
        "tasks.0.containers.0.gpuIds tasks.0.overrides.containerOverrides.0.resourceRequirements",
    )));
}

#[test]
fn what_is_no_number_of_whole_gpus_is_refused_by_name() {
    let refused = |requirement: &str| {
        let world = World::new("cluster web; host a in web gpus=4");
        let container =
            format!(r#"{{"name":"main","image":"app:1","memory":64,"resourceRequirements":[{requirement}]}}"#);
        world.ask(&format!(
            r#"RegisterTaskDefinition {{"family":"odd","containerDefinitions":[{container}]}}"#
        ));
        world
            .ask(r#"RunTask {"cluster":"web","taskDefinition":"odd"}"#)
            .show(None)
    };
    for (requirement, named) in [
        (
            r#"{"type":"NeuronDevice","value":"ALL"}"#,
            "resourceRequirements.type NeuronDevice",
        ),
        (
            r#"{"type":"InferenceAccelerator","value":"d"}"#,
            "resourceRequirements.type InferenceAccelerator",
        ),
        (
            r#"{"type":"GPU","sharingStrategy":{"nvidiaMps":{"memory":1}}}"#,
            "resourceRequirements.sharingStrategy",
        ),
    ] {
        let said = refused(requirement);
        assert!(
            said.starts_with("400") && said.contains(&format!("'{named}' of container 'main'")),
            "{said}"
        );
    }
}

#[test]
fn an_override_brings_no_gpu_to_fargate() {
    check(
        FARGATE,
        &format!(
            r#"RunTask {{"taskDefinition":"app",{VPC},"overrides":{{"containerOverrides":[{{"name":"main","resourceRequirements":[{{"type":"GPU","value":"1"}}]}}]}}}}"#
        ),
        expect![[r#"
            400 ClientException: Invalid override of 'resourceRequirements' for container 'main': Fargate does not support it.
        "#]],
    );
}

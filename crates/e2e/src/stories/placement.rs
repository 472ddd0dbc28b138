//! Where tasks go, and why they went nowhere.

use super::bridge;
use crate::lab::Lab;

#[test]
fn a_second_plan_of_terraform_is_empty() {
    let lab = Lab::bare();
    assert_eq!(lab.boto3(include_str!("terraform.py")), "no difference");
}

#[test]
fn a_placement_that_fell_short_is_explained() {
    let lab = Lab::up();
    lab.aws("ecs create-cluster --cluster-name web");
    let _agent = lab.agent("web");
    lab.register(&bridge("app", "trap 'exit 0' TERM; sleep 1000 & wait"));
    let constraint = "--placement-constraints 'type=memberOf,expression=attribute:rack == r1'";
    let run = format!("ecs run-task --cluster web --task-definition app {constraint}");
    let refused = lab.aws(&run);
    assert_eq!(
        refused["failures"][0]["reason"],
        "MemberOf placement constraint unsatisfied"
    );

    let explained = |what: &str| {
        let out = lab.longshore(&["explain", what, "--cluster", "web"]);
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    };
    for what in ["web", "app"] {
        let text = explained(what);
        assert!(text.contains("0 of 1 tasks of app:1 found a host."), "{text}");
        assert!(text.contains("is none of: attribute:rack == r1"), "{text}");
    }

    let instance = lab.instances("web")[0]["containerInstanceArn"].clone();
    lab.aws(&format!(
        "ecs put-attributes --cluster web --attributes name=rack,value=r1,targetId={instance}"
    ));
    let task = lab.run_task(&format!("--cluster web --task-definition app {constraint}"));
    lab.until_task(&task, "RUNNING");
    let text = explained(&task);
    assert!(text.contains("is RUNNING and wanted RUNNING."), "{text}");
    assert!(text.contains("It was placed on host"), "{text}");
}

//! The network interface of a task that is to have an address of its own.

use std::net::Ipv4Addr;

use domain::task::Attachment;
use domain::{Instance, Task};

use crate::cx::Cx;

/// Our agent makes the interface and tells the address. Any other is given one, with the lowest address that no task of its host has, so
/// that a host needs no more links than it has tasks at a time.
pub fn on_host(cx: &Cx<'_>, new: Attachment, host: &Instance, earlier: &[Task]) -> Attachment {
    if host.makes_interfaces() {
        return new;
    }
    match free_address(cx, host, earlier) {
        Some(address) => new.at(address),
        None => new,
    }
}

fn free_address(cx: &Cx<'_>, host: &Instance, earlier: &[Task]) -> Option<Ipv4Addr> {
    let here = earlier.iter().filter(|it| it.instance() == host.id());
    let tasks = cx.view.tasks_on(host.id()).chain(here);
    let taken: Vec<Ipv4Addr> = tasks.filter_map(|it| it.attachment()?.address()).collect();
    let network = cx.view.host(host.host?)?.network;
    network.of_tasks().find(|it| !taken.contains(it))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::World;

    const STOCK: &str = "cluster web; host a in web ecs.capability.task-eni=; host b in web ecs.capability.task-eni=";

    /// A world with the family `own`, whose tasks have addresses of their own.
    fn world(statements: &str) -> World {
        let world = World::new(statements);
        world.ask(r#"RegisterTaskDefinition {"family":"own","networkMode":"awsvpc","containerDefinitions":[{"name":"main","image":"app:1","memory":64}]}"#);
        world
    }

    fn start(world: &World, on: &str, shown: &str) -> String {
        let call = format!(
            r#"StartTask {{"cluster":"web","taskDefinition":"own","containerInstances":[{on}],"networkConfiguration":{{"awsvpcConfiguration":{{"subnets":["subnet-1"]}}}}}}"#
        );
        world.ask(&call).show(Some(shown))
    }

    #[test]
    fn an_agent_that_makes_no_interfaces_is_given_one_and_ours_is_not() {
        let shown = "failures tasks.0.lastStatus tasks.0.attachments.0.status tasks.0.attachments.0.details";
        expect![[r#"
            200 failures=[] tasks.0.lastStatus="PROVISIONING" tasks.0.attachments.0.status="CREATED" tasks.0.attachments.0.details=[{"name":"subnetId","value":"subnet-1"},{"name":"networkInterfaceId","value":"eni-005bbb0369b2242e7"},{"name":"macAddress","value":"0a:02:01:58:0a:00"},{"name":"privateDnsName","value":"ip-10-88-1-2.ec2.internal"},{"name":"privateIPv4Address","value":"10.88.1.2"}]
            put instance reserved cpu=0 memory=64
            put task Provisioning desired=Running
        "#]]
        .assert_eq(&start(&world(STOCK), r#""$a""#, shown));
        let ours = "cluster web; host a in web ecs.capability.task-eni= longshore.capability.agent=";
        expect![[r#"
            200 failures=[] tasks.0.lastStatus="PROVISIONING" tasks.0.attachments.0.status="PRECREATED" tasks.0.attachments.0.details=[{"name":"subnetId","value":"subnet-1"}]
            put instance reserved cpu=0 memory=64
            put task Provisioning desired=Running
        "#]]
        .assert_eq(&start(&world(ours), r#""$a""#, shown));
        let without = "cluster web; host a in web";
        expect![[r#"
            200 failures.0.reason="ATTRIBUTE" failures.0.detail="lacks the attribute ecs.capability.task-eni"
        "#]]
        .assert_eq(&start(
            &world(without),
            r#""$a""#,
            "failures.0.reason failures.0.detail",
        ));
    }

    #[test]
    fn each_task_has_an_address_of_its_host_that_no_other_has_until_it_is_over() {
        let world = world(STOCK);
        let address = |nth: usize| format!("tasks.{nth}.containers.0.networkInterfaces.0.privateIpv4Address");
        let shown = [0, 1, 2].map(address).join(" ");
        start(&world, r#""$a","$a""#, &shown);
        expect![[r#"
            200 tasks.0.containers.0.networkInterfaces.0.privateIpv4Address="10.88.1.4" tasks.1.containers.0.networkInterfaces.0.privateIpv4Address="10.88.2.2" tasks.2.containers.0.networkInterfaces.0.privateIpv4Address="10.88.1.5"
            put instance reserved cpu=0 memory=256
            put instance reserved cpu=0 memory=64
            put task Provisioning desired=Running
            put task Provisioning desired=Running
            put task Provisioning desired=Running
        "#]]
        .assert_eq(&start(&world, r#""$a","$b","$a""#, &shown));

        let first = world
            .ask(r#"ListTasks {"cluster":"web","containerInstance":"$b"}"#)
            .get("taskArns.0");
        world.ask(&format!(
            r#"SubmitTaskStateChange {{"cluster":"web","task":{},"status":"STOPPED"}}"#,
            first.unwrap_or_default()
        ));
        let again = start(&world, r#""$b""#, &address(0));
        assert!(again.contains("10.88.2.2"), "{again}");
    }
}

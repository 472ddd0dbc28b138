//! Network interfaces of tasks, for agents that do not make them. The agent is told of one before the task, and the task follows when it
//! has acknowledged that. It says that one is attached only of hardware, so nothing waits for that.

use domain::task::Attachment;
use domain::{InstanceId, Site, Snapshot, Task};
use model::acs::{AttachTaskNetworkInterfacesMessage, ElasticNetworkInterface, Ipv4Address};
use wire::time::Time;

use crate::ec2::place;
use crate::ecs::shape;

/// When interfaces are to be taken on that are not yet.
#[derive(Default)]
pub struct Deadlines {
    next: Option<Time>,
    late: bool,
}

impl Deadlines {
    pub fn of(view: &Snapshot, instance: InstanceId, now: Time) -> Self {
        let all = view.tasks_on(instance).filter_map(Task::interface_expires);
        let (late, ahead): (Vec<Time>, Vec<Time>) = all.partition(|at| *at <= now);
        Self {
            next: ahead.into_iter().min(),
            late: !late.is_empty(),
        }
    }

    pub fn next(&self) -> Option<Time> {
        self.next
    }

    pub fn is_late(&self) -> bool {
        self.late
    }
}

/// None where the task waits for no interface, or it is too late for it.
pub fn message(
    view: &Snapshot,
    site: &Site,
    task: &Task,
    number: u64,
    now: Time,
) -> Option<AttachTaskNetworkInterfacesMessage> {
    let pool = view.instance(task.instance())?.pool().name();
    let left_ms = task.interface_expires()?.since(now);
    (left_ms > 0).then(|| AttachTaskNetworkInterfacesMessage {
        message_id: Some(number.to_string()),
        cluster_arn: Some(pool.to_owned()),
        container_instance_arn: Some(site.instance_arn(pool, task.instance())),
        generated_at: Some(now.as_millis()),
        task_arn: Some(site.task_arn(task.cluster(), task.id())),
        task_cluster_arn: Some(site.cluster_arn(task.cluster())),
        elastic_network_interfaces: Some(of_task(view, site, task)),
        wait_timeout_ms: Some(left_ms),
    })
}

pub fn of_task(view: &Snapshot, site: &Site, task: &Task) -> Vec<ElasticNetworkInterface> {
    let attachment = task.attachment();
    attachment.iter().map(|it| interface(view, site, task, it)).collect()
}

/// Addresses are left out as long as only the agent can know them.
fn interface(view: &Snapshot, site: &Site, task: &Task, it: &Attachment) -> ElasticNetworkInterface {
    let host = view
        .instance(task.instance())
        .and_then(|instance| view.host(instance.host?));
    let bare = ElasticNetworkInterface {
        attachment_arn: Some(site.attachment_arn(task.cluster(), it.id)),
        ec2_id: Some(shape::interface_id(it.id)),
        ..Default::default()
    };
    let (Some(host), Some(address)) = (host, it.address()) else {
        return bare;
    };
    ElasticNetworkInterface {
        mac_address: it.mac().map(|mac| mac.to_string()),
        index: Some(0),
        ipv4_addresses: Some(vec![Ipv4Address {
            private_address: Some(address.to_string()),
            primary: Some(true),
        }]),
        subnet_gateway_ipv4_address: Some(format!("{}/{}", host.network.gateway(), host.network.bits())),
        private_dns_name: Some(place::private_dns_name(site, address)),
        ..bare
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use expect_test::expect;

    use super::*;
    use crate::acs::{Heard, MAX_IN_FLIGHT, Session};
    use crate::ecs::{acked, attaching};
    use crate::testing::World;

    /// When the world's third call is run.
    const START: Time = Time::from_millis(1_700_000_002_123);

    /// A host with the stock agent, and a task that wants an address of its own.
    fn world() -> (World, Session) {
        let world = World::new("cluster web; host a in web ecs.capability.task-eni=");
        world.ask(r#"RegisterTaskDefinition {"family":"own","networkMode":"awsvpc","containerDefinitions":[{"name":"main","image":"app:1","memory":64}]}"#);
        world.ask(r#"RunTask {"cluster":"web","taskDefinition":"own","networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1"]}}}"#);
        let session = Session::new(world.instance("a"), 5, START);
        (world, session)
    }

    fn look(session: &mut Session, world: &World, after_s: i64) -> Vec<String> {
        session.look(&world.view(), world.site(), START.plus_s(after_s))
    }

    fn message_id(frame: &str) -> &str {
        let (_, rest) = frame.split_once(r#""messageId":""#).unwrap();
        rest.split('"').next().unwrap()
    }

    fn ack(frame: &str) -> String {
        let id = message_id(frame);
        format!(r#"{{"type":"AckRequest","message":{{"messageId":"{id}"}}}}"#)
    }

    /// Its answer to a frame, and what the server makes of it.
    fn acknowledge(session: &mut Session, world: &World, frame: &str) -> Heard {
        let heard = session.hear(&world.view(), world.site(), &ack(frame), START);
        match &heard {
            Heard::Attaching(task) => world.change(|view| attaching(view, *task)),
            Heard::Acked(tasks) => world.change(|view| acked(view, tasks, START)),
            other => panic!("{other:?}"),
        }
        heard
    }

    fn task(world: &World) -> Task {
        let view = world.view();
        view.all_tasks_on(world.instance("a"), None).next().unwrap().clone()
    }

    fn shown(world: &World) -> String {
        let id = task(world).id();
        let told = world.ask(&format!(r#"DescribeTasks {{"cluster":"web","tasks":["{id}"]}}"#));
        told.show(Some(
            "tasks.0.lastStatus tasks.0.attachments.0.status tasks.0.stopCode tasks.0.stoppedReason",
        ))
    }

    #[test]
    fn the_interface_is_told_before_the_task_and_goes_with_it() {
        let (world, mut session) = world();
        let attach = look(&mut session, &world, 0);
        assert_eq!(attach.len(), 1, "{attach:?}");
        expect![[r#"{"type":"AttachTaskNetworkInterfacesMessage","message":{"messageId":"5242881","clusterArn":"web","containerInstanceArn":"arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a001","generatedAt":1700000002123,"taskArn":"arn:aws:ecs:us-east-1:123456789012:task/web/7ada6bfbcb3740f94f1b849f8493217d","taskClusterArn":"arn:aws:ecs:us-east-1:123456789012:cluster/web","elasticNetworkInterfaces":[{"attachmentArn":"arn:aws:ecs:us-east-1:123456789012:attachment/web/6c9bb8a7-eb9f-5b80-05bb-b0369b2242e7","ec2Id":"eni-005bbb0369b2242e7","macAddress":"0a:02:01:58:0a:00","index":0,"ipv4Addresses":[{"privateAddress":"10.88.1.2","primary":true}],"subnetGatewayIpv4Address":"10.88.1.1/24","privateDnsName":"ip-10-88-1-2.ec2.internal"}],"waitTimeoutMs":180000}}"#]].assert_eq(&attach[0]);
        let task = task(&world).id();
        assert_eq!(acknowledge(&mut session, &world, &attach[0]), Heard::Attaching(task));
        expect![[r#"
            200 tasks.0.lastStatus="PROVISIONING" tasks.0.attachments.0.status="ATTACHING" tasks.0.stopCode=- tasks.0.stoppedReason=-
        "#]].assert_eq(&shown(&world));

        let payload = look(&mut session, &world, 0);
        let told = |frame: &str| {
            frame
                .split("elasticNetworkInterfaces")
                .nth(1)?
                .split(']')
                .next()
                .map(str::to_owned)
        };
        assert!(payload[0].contains(r#""type":"PayloadMessage""#), "{payload:?}");
        assert_eq!(told(&payload[0]), told(&attach[0]));
        assert_eq!(acknowledge(&mut session, &world, &payload[0]), Heard::Acked(vec![task]));
        expect![[r#"
            200 tasks.0.lastStatus="PENDING" tasks.0.attachments.0.status="ATTACHING" tasks.0.stopCode=- tasks.0.stoppedReason=-
        "#]].assert_eq(&shown(&world));
    }

    #[test]
    fn an_interface_that_was_not_acknowledged_is_told_again_with_the_time_that_is_left() {
        let (world, mut session) = world();
        let left_ms = |frames: &[String]| {
            let (_, rest) = frames[0].split_once(r#""waitTimeoutMs":"#).unwrap();
            rest.split('}').next().unwrap().parse::<i64>().unwrap()
        };
        let first = left_ms(&look(&mut session, &world, 0));
        assert_eq!(look(&mut session, &world, 29).len(), 0);
        assert_eq!(left_ms(&look(&mut session, &world, 30)), first - 30_000);
        let mut next = Session::new(world.instance("a"), 6, START);
        assert_eq!(left_ms(&look(&mut next, &world, 40)), first - 40_000);
        assert_eq!(look(&mut next, &world, 200).len(), 0, "too late");
    }

    #[test]
    fn an_acknowledgement_that_could_not_be_noted_is_asked_for_again() {
        let (world, mut session) = world();
        let frames = look(&mut session, &world, 0);
        let heard = session.hear(&world.view(), world.site(), &ack(&frames[0]), START);
        assert_eq!(heard, Heard::Attaching(task(&world).id()));
        assert!(look(&mut session, &world, 30)[0].contains("AttachTaskNetworkInterfacesMessage"));
    }

    #[test]
    fn who_is_late_with_an_interface_is_seen_at_that_moment() {
        let (world, mut session) = world();
        look(&mut session, &world, 170);
        let expires = task(&world).interface_expires().unwrap();
        assert!(!session.is_late());
        assert_eq!(session.interfaces.next(), Some(expires), "it wakes by itself");
        session.look(&world.view(), world.site(), expires);
        assert!(session.is_late());

        world.change(|view| engine::interfaces::reconcile(view, world.instance("a"), expires));
        expect![[r#"
            200 tasks.0.lastStatus="STOPPED" tasks.0.attachments.0.status="DELETED" tasks.0.stopCode="TaskFailedToStart" tasks.0.stoppedReason="Timeout waiting for network interface provisioning to complete."
        "#]].assert_eq(&shown(&world));
        session.look(&world.view(), world.site(), expires);
        assert!(!session.is_late());
        let again = engine::interfaces::reconcile(&world.view(), world.instance("a"), expires);
        assert!(again.is_empty());
    }

    #[test]
    fn a_task_that_is_to_stop_is_not_waited_for() {
        let (world, mut session) = world();
        look(&mut session, &world, 0);
        let task = task(&world).id();
        world.ask(&format!(r#"StopTask {{"cluster":"web","task":"{task}"}}"#));
        let frames = look(&mut session, &world, 1);
        assert!(frames[0].contains(r#""desiredStatus":"STOPPED""#), "{frames:?}");
    }

    #[test]
    fn an_agent_that_refuses_an_interface_refuses_the_task() {
        let (world, mut session) = world();
        let frames = look(&mut session, &world, 0);
        let id = message_id(&frames[0]);
        let nack = format!(r#"{{"type":"NackRequest","message":{{"messageId":"{id}","reason":"no"}}}}"#);
        let task = task(&world).id();
        assert_eq!(
            session.hear(&world.view(), world.site(), &nack, START),
            Heard::Refused(task, "no".into())
        );
    }

    #[test]
    fn a_host_may_have_all_its_interfaces_on_their_way_and_be_late_with_all() {
        let world = World::new("cluster web; host a in web ecs.capability.task-eni= memory=100000");
        world.ask(r#"RegisterTaskDefinition {"family":"own","networkMode":"awsvpc","containerDefinitions":[{"name":"main","image":"app:1","memory":64}]}"#);
        let run = r#"RunTask {"cluster":"web","taskDefinition":"own","count":10,"networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1"]}}}"#;
        for _ in 0..25 {
            world.ask(run);
        }
        let last = world.ask(run);
        assert_eq!(last.list("tasks").len(), 3);
        assert_eq!(last.get("failures.0.reason").as_deref(), Some(r#""RESOURCE:ENI""#));
        let mut session = Session::new(world.instance("a"), 5, START);
        assert_eq!(
            look(&mut session, &world, 0).len(),
            MAX_IN_FLIGHT,
            "the others wait until some are acknowledged"
        );
        assert_eq!(look(&mut session, &world, 0).len(), 0);

        // All of them are too late, and end in as many runs as their number takes.
        let late = START.plus_s(300);
        let ended = [(); 4].map(|()| {
            let before = world.view().tasks_on(world.instance("a")).count();
            world.change(|view| engine::interfaces::reconcile(view, world.instance("a"), late));
            before - world.view().tasks_on(world.instance("a")).count()
        });
        assert_eq!(ended, [99, 99, 55, 0]);
    }
}

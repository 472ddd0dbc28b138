//! Network interfaces, announced to an agent before the tasks that use them.
//!
//! Our own agent makes the interface from the payload alone. The stock agent wants to hear of it first, finds a link of the host by the
//! MAC address, and moves that into the task's namespace.

use domain::task::Desired;
use domain::{InstanceId, Site, Snapshot, Task};
use model::acs;
use wire::time::Time;

use super::payload;

/// Our agent's word for itself, among the attributes that it registers with.
const OUR_AGENT: &str = "longshore.capability.agent";
/// How long the stock agent waits for the link to appear.
const WAIT_MS: i64 = 300_000;

/// What is to be said before a payload with these tasks.
pub fn messages(
    view: &Snapshot,
    site: &Site,
    id: InstanceId,
    tasks: &[&Task],
    now: Time,
) -> Vec<acs::AttachTaskNetworkInterfacesMessage> {
    let Some(instance) = view.instance(id).filter(|it| it.attribute(OUR_AGENT).is_none()) else {
        return Vec::new();
    };
    let starting = tasks.iter().filter(|it| it.desired() == Desired::Running);
    let attached = starting.filter_map(|task| Some((task, task.attachment()?)));
    attached
        .map(|(task, attachment)| acs::AttachTaskNetworkInterfacesMessage {
            message_id: None,
            cluster_arn: Some(instance.pool().name().to_owned()),
            container_instance_arn: Some(site.instance_arn(instance.pool().name(), id)),
            generated_at: Some(now.as_millis()),
            task_arn: Some(site.task_arn(task.cluster(), task.id())),
            task_cluster_arn: Some(site.cluster_arn(task.cluster())),
            elastic_network_interfaces: Some(vec![payload::interface(site, task, attachment.id)]),
            wait_timeout_ms: Some(WAIT_MS),
        })
        .collect()
}

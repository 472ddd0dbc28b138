//! Who may ask about whom. A question comes in by a door, and a door says more of its asker than any word in the question: one in a
//! task's own network admits that task alone, one in a container's network that container alone, and at the host's the address tells.

use std::net::Ipv4Addr;

use super::view::{ContainerView, TaskView};
use crate::runtime::Network;

/// Where tasks find the endpoint.
pub const ADDRESS: Ipv4Addr = Ipv4Addr::new(169, 254, 170, 2);

/// Where a question came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Door {
    /// In the network of a task.
    Task { arn: String },
    /// In the network that one container of a task has for itself.
    Container { arn: String, container: String },
    /// In the host's network, from this address.
    Host { peer: Ipv4Addr },
}

/// Whom a flood is laid to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Asker {
    Task(String),
    Address(Ipv4Addr),
}

/// What is known of a question before anything is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Theirs,
    /// Only where the container has this address: the runtime knows.
    IfAddressIs(Ipv4Addr),
    NotTheirs,
}

impl Door {
    /// Whose the questions are that come in here.
    pub fn asker(&self) -> Asker {
        match self {
            Door::Task { arn } | Door::Container { arn, .. } => Asker::Task(arn.clone()),
            Door::Host { peer } => Asker::Address(*peer),
        }
    }

    /// Whether who asks here may hear of this container, whose id the question has named.
    pub fn judge(&self, task: &TaskView, container: &ContainerView) -> Verdict {
        let theirs = match self {
            Door::Task { arn } => *arn == task.labels.arn,
            Door::Container { arn, container: of } => *arn == task.labels.arn && *of == container.spec.container,
            Door::Host { peer } => match container.spec.network {
                Network::Bridge => return Verdict::IfAddressIs(*peer),
                // Who shares the host's network reaches the address without leaving it, and then comes from the address itself. The
                // kernel lets nobody else claim that.
                Network::Host => *peer == ADDRESS,
                Network::Sandbox | Network::None => false,
            },
        };
        if theirs { Verdict::Theirs } else { Verdict::NotTheirs }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::view::tests::view;

    const PEER: Ipv4Addr = Ipv4Addr::new(172, 17, 0, 5);

    fn judged(door: &Door, mode: &str) -> Verdict {
        let view = view("1", mode);
        door.judge(&view, &view.containers[0])
    }

    #[test]
    fn a_tasks_door_is_that_tasks_alone() {
        let arn = view("1", "awsvpc").labels.arn;
        assert_eq!(judged(&Door::Task { arn }, "awsvpc"), Verdict::Theirs);
        let other = view("2", "awsvpc").labels.arn;
        assert_eq!(judged(&Door::Task { arn: other }, "awsvpc"), Verdict::NotTheirs);
    }

    #[test]
    fn a_containers_door_is_that_containers_alone() {
        let door = |container: &str| Door::Container {
            arn: view("1", "bridge").labels.arn,
            container: container.into(),
        };
        assert_eq!(judged(&door("main"), "bridge"), Verdict::Theirs);
        assert_eq!(judged(&door("side"), "bridge"), Verdict::NotTheirs);
    }

    #[test]
    fn at_the_host_the_address_tells() {
        assert_eq!(judged(&Door::Host { peer: PEER }, "bridge"), Verdict::IfAddressIs(PEER));
        assert_eq!(judged(&Door::Host { peer: PEER }, "host"), Verdict::NotTheirs);
        assert_eq!(judged(&Door::Host { peer: ADDRESS }, "host"), Verdict::Theirs);
        for peer in [PEER, ADDRESS] {
            assert_eq!(judged(&Door::Host { peer }, "awsvpc"), Verdict::NotTheirs);
            assert_eq!(judged(&Door::Host { peer }, "none"), Verdict::NotTheirs);
        }
    }
}

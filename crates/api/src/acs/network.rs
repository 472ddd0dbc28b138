//! What an agent is told of the other hosts: which parts of the task network are theirs, and the address that leads there.
//!
//! All of it when it connects, then what changes. Only agents that have said how they are reached hear of it, and only of those that
//! are reached in the same way.

use domain::network::{Cidr, Peers, Reach};
use domain::{InstanceId, Snapshot};
use model::acs::{TaskNetworkMessage, TaskNetworkPeer};
use wire::time::Time;

/// Hosts in one message; with 60 bytes for each it stays below a mebibyte.
const HOSTS_PER_MESSAGE: usize = 12_000;
/// Between messages, so that a thousand hosts that join at once cost a few messages and not a thousand each.
const PACE_S: i64 = 1;

#[derive(Default)]
pub struct Network {
    told: Option<(Reach, Peers)>,
    /// When the next message may go, if there is something that it would say.
    due: Option<Time>,
    told_at: Option<Time>,
}

impl Network {
    /// Messages for what the agent has not been told.
    pub fn news(&mut self, view: &Snapshot, instance: InstanceId, now: Time) -> Vec<TaskNetworkMessage> {
        self.due = None;
        let Some(own) = view.instance(instance).and_then(|it| it.reach()) else {
            return Vec::new();
        };
        let peers = view.peers();
        let same_way = self.told.as_ref().filter(|(told, _)| *told == own);
        if same_way.is_some_and(|(_, told)| told.is_same(peers)) {
            return Vec::new();
        }
        let next_at = self.told_at.map(|at| at.plus_s(PACE_S)).filter(|at| *at > now);
        if next_at.is_some() {
            self.due = next_at;
            return Vec::new();
        }
        let complete = same_way.is_none();
        let (mut put, gone) = match same_way {
            Some((_, told)) => peers.since(told),
            None => peers.since(&Peers::default()),
        };
        put.retain(|it| it.network != own.network && it.link == own.link);
        self.told = Some((own, peers.clone()));
        if !complete && put.is_empty() && gone.is_empty() {
            return Vec::new();
        }
        self.told_at = Some(now);
        messages(&put, &gone, complete)
    }

    /// When there will be news without a commit that makes them.
    pub fn due(&self) -> Option<Time> {
        self.due
    }
}

/// The first one says whether all that was known before is void.
fn messages(put: &[Reach], gone: &[Cidr], complete: bool) -> Vec<TaskNetworkMessage> {
    let mut messages = vec![TaskNetworkMessage {
        complete: Some(complete),
        gone: Some(gone.iter().map(Cidr::to_string).collect()),
        peers: Some(Vec::new()),
        ..Default::default()
    }];
    for (nth, some) in put.chunks(HOSTS_PER_MESSAGE).enumerate() {
        let peers = Some(some.iter().map(shown).collect());
        match nth {
            0 => messages[0].peers = peers,
            _ => messages.push(TaskNetworkMessage {
                complete: Some(false),
                peers,
                ..Default::default()
            }),
        }
    }
    messages
}

fn shown(it: &Reach) -> TaskNetworkPeer {
    TaskNetworkPeer {
        network: Some(it.network.to_string()),
        address: Some(it.address.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use domain::network::Link;

    use super::*;
    use crate::testing::World;

    const START: Time = Time::from_millis(1_700_000_000_000);
    const WORLD: &str = "host a in fargate longshore.task-network=overlay longshore.address=192.0.2.1; \
        host b in fargate longshore.task-network=overlay longshore.address=192.0.2.2; \
        host r in fargate longshore.task-network=routed longshore.address=192.0.2.3; host n in fargate";

    /// What host `a` is told, as `+network=address` and `-network`, with `all` before what is complete.
    fn told(network: &mut Network, world: &World, after_s: i64) -> Vec<String> {
        let news = network.news(&world.view(), world.instance("a"), START.plus_s(after_s));
        let mut words = Vec::new();
        for it in news {
            words.extend(it.complete.filter(|it| *it).map(|_| "all".to_owned()));
            let text = |it: Option<String>| it.unwrap_or_default();
            let peers = it.peers.into_iter().flatten();
            words.extend(peers.map(|it| format!("+{}={}", text(it.network), text(it.address))));
            words.extend(it.gone.into_iter().flatten().map(|it| format!("-{it}")));
        }
        words
    }

    #[test]
    fn an_agent_hears_of_all_who_are_reached_as_it_is_and_then_of_changes() {
        let world = World::new(WORLD);
        let mut network = Network::default();
        assert_eq!(told(&mut network, &world, 0), ["all", "+10.88.2.0/24=192.0.2.2"]);
        assert_eq!(told(&mut network, &world, 5), Vec::<String>::new());

        world.ask(r#"DeleteHost {"host":"$b"}"#);
        assert_eq!(told(&mut network, &world, 9), ["-10.88.2.0/24"]);
        assert_eq!(
            told(&mut Network::default(), &world, 9),
            ["all"],
            "also where there is nobody"
        );
    }

    #[test]
    fn changes_in_quick_succession_wait_for_each_other() {
        let world = World::new(WORLD);
        let mut network = Network::default();
        told(&mut network, &world, 0);
        world.ask(r#"DeleteHost {"host":"$b"}"#);
        assert_eq!(told(&mut network, &world, 0), Vec::<String>::new());
        assert_eq!(network.due(), Some(START.plus_s(PACE_S)));
        assert_eq!(told(&mut network, &world, PACE_S), ["-10.88.2.0/24"]);
        assert_eq!(network.due(), None);
    }

    #[test]
    fn who_has_not_said_how_it_is_reached_is_told_nothing() {
        let world = World::new(WORLD);
        let news = Network::default().news(&world.view(), world.instance("n"), START);
        assert_eq!(news.len(), 0);
    }

    #[test]
    fn thirty_thousand_hosts_take_three_messages() {
        let reach = |n: u16| Reach {
            network: Cidr::parse(&format!("10.{}.{}.0/24", n >> 8, n & 255)).expect("a range"),
            address: std::net::Ipv4Addr::from_bits(u32::from(n)),
            link: Link::Overlay,
        };
        let all: Vec<Reach> = (0..30_000).map(reach).collect();
        let messages = messages(&all, &[], true);
        let complete: Vec<_> = messages.iter().map(|it| it.complete).collect();
        assert_eq!(complete, [Some(true), Some(false), Some(false)]);
        let longest = messages.iter().map(|it| wire::json::to_string(it).len()).max();
        assert!(longest < Some(1 << 20), "{longest:?}");
    }
}

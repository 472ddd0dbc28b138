//! Any list of strategies. Hosts stand in a tree with one level for each strategy: a spread parts them by what is spread over and
//! takes the part with the fewest tasks, a binpack parts them by what they have left and takes the least. Choosing a host and
//! moving it to its new place cost the logarithm of the number of hosts.

use std::collections::{BTreeMap, BTreeSet};

use domain::{InstanceId, Snapshot};

use super::strategy::mix;
use super::{Demand, Room, Spread, Strategy, hosts};

pub(super) fn place(view: &Snapshot, demand: &Demand, count: usize) -> Vec<InstanceId> {
    let mut rooms: Vec<Room<'_>> = hosts(view, demand).map(Room::new).collect();
    for room in &mut rooms {
        room.count(view, demand);
    }
    let mut placed = Vec::new();
    let mut grove = Grove::grow(view, demand, &rooms);
    while placed.len() < count {
        let Some(at) = grove.root.first(&grove.levels, 0) else {
            break;
        };
        grove.remove(&rooms[at], at, true);
        rooms[at].take(demand);
        placed.push(rooms[at].instance.id());
        if demand.sees_tasks() {
            // The task may have opened hosts that were excluded, or excluded some that were open.
            grove = Grove::grow(view, demand, &rooms);
        } else {
            let open = rooms[at].refusal(view, demand).is_none();
            grove.insert(&rooms[at], at, open);
        }
    }
    placed
}

/// The tree, and what its levels mean.
struct Grove<'d> {
    levels: Vec<&'d Strategy>,
    seed: u64,
    root: Node,
}

/// What hosts of one branch have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Host(InstanceId),
    Value(Option<String>),
    Free(u32),
}

#[derive(Default)]
struct Node {
    /// Tasks of the group on all hosts below, open or not.
    tasks: u32,
    /// Open hosts below.
    open: usize,
    /// Below the last level: hosts by lot.
    hosts: BTreeSet<(u64, usize)>,
    branches: BTreeMap<Part, Node>,
    /// Branches with an open host, best first.
    order: BTreeSet<(u32, Part)>,
}

impl<'d> Grove<'d> {
    fn grow(view: &Snapshot, demand: &'d Demand, rooms: &[Room<'_>]) -> Self {
        // What comes after a lot was drawn has no ties left to decide.
        let levels = demand.strategy.iter().take_while(|it| **it != Strategy::Random);
        let mut grove = Self {
            levels: levels.collect(),
            seed: demand.seed,
            root: Node::default(),
        };
        for (at, room) in rooms.iter().enumerate() {
            grove.insert(room, at, room.refusal(view, demand).is_none());
        }
        grove
    }

    fn insert(&mut self, room: &Room<'_>, at: usize, open: bool) {
        let path = self.path(room);
        self.root
            .change(&path, &self.levels, (self.lot(room), at), open, &|node| {
                node.tasks += tasks(room);
                node.open += usize::from(open);
            });
    }

    fn remove(&mut self, room: &Room<'_>, at: usize, open: bool) {
        let path = self.path(room);
        self.root
            .change(&path, &self.levels, (self.lot(room), at), false, &|node| {
                node.tasks -= tasks(room);
                node.open -= usize::from(open);
            });
    }

    fn path(&self, room: &Room<'_>) -> Vec<Part> {
        let part = |level: &&Strategy| match level {
            Strategy::Spread(Spread::Host) => Part::Host(room.instance.id()),
            Strategy::Spread(Spread::Attribute(name)) => {
                Part::Value(room.instance.attribute(name).and_then(|it| it.value.clone()))
            }
            Strategy::Binpack(measure) => Part::Free(room.free(*measure)),
            Strategy::Random => Part::Value(None),
        };
        self.levels.iter().map(part).collect()
    }

    fn lot(&self, room: &Room<'_>) -> u64 {
        let bits = room.instance.id().bits();
        mix(self.seed, (bits as u64) ^ ((bits >> 64) as u64))
    }
}

fn tasks(room: &Room<'_>) -> u32 {
    room.counted.unwrap_or_default() + room.planned
}

impl Node {
    /// Applies `count` to this node and all on the way to the host, and keeps their orders. The host stands at the end if `open`.
    fn change(
        &mut self,
        path: &[Part],
        levels: &[&Strategy],
        host: (u64, usize),
        open: bool,
        count: &dyn Fn(&mut Node),
    ) {
        count(self);
        let (Some((part, path)), Some((level, levels))) = (path.split_first(), levels.split_first()) else {
            match open {
                true => self.hosts.insert(host),
                false => self.hosts.remove(&host),
            };
            return;
        };
        let branch = self.branches.entry(part.clone()).or_default();
        self.order.remove(&(branch.rank(level, part), part.clone()));
        branch.change(path, levels, host, open, count);
        if branch.open > 0 {
            self.order.insert((branch.rank(level, part), part.clone()));
        }
    }

    /// Lowest is best.
    fn rank(&self, level: &Strategy, part: &Part) -> u32 {
        match (level, part) {
            (Strategy::Binpack(_), Part::Free(n)) => *n,
            _ => self.tasks,
        }
    }

    /// The best open host, not taken out.
    fn first(&self, levels: &[&Strategy], depth: usize) -> Option<usize> {
        if depth == levels.len() {
            return self.hosts.first().map(|(_, at)| *at);
        }
        let (_, part) = self.order.first()?;
        self.branches.get(part)?.first(levels, depth + 1)
    }
}

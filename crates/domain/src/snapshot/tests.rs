use super::*;
use crate::task::{Launch, Observed, Origin, Stage, Stop, StopCode, tests::task};
use wire::time::Time;

fn put(records: impl IntoIterator<Item = Record>) -> Changes {
    let mut changes = Changes::none();
    records.into_iter().for_each(|r| changes.put(r));
    changes
}

#[test]
fn a_commit_conflicts_only_on_what_it_touches() {
    let mut now = Snapshot::default();
    let base = now.apply(put([task(1).into(), task(2).into()]));
    now.apply(put([task(1).into()]));

    assert!(now.allows(base, &put([task(2).into()])));
    assert!(!now.allows(base, &put([task(1).into()])));
    assert!(now.allows(base, &put([task(3).into()])));
    let mut reader = put([task(3).into()]);
    reader.require(Key::Task(TaskId::new(1)));
    assert!(!now.allows(base, &reader));
}

#[test]
fn tasks_that_were_launched_alike_share_their_launch_and_the_last_takes_it_along() {
    let mut now = Snapshot::default();
    now.apply(put([task(1).into(), task(2).into()]));
    let mut other = task(3);
    other.retag(vec![crate::tags::Tag {
        key: "a".into(),
        value: "b".into(),
    }]);
    now.apply(put([other.clone().into()]));
    let shares = |a: u128, b: u128| {
        let of = |id| now.task(TaskId::new(id)).expect("put").alike();
        of(a).is_of(&of(b))
    };
    assert!(shares(1, 2) && !shares(1, 3));
    assert_eq!(now.task(TaskId::new(3)), Some(&other), "sharing changes nothing");
    drop(other);
    // A reader holds the snapshot from before, and a launch of another group comes and goes.
    let held = now.clone();
    let launch = Launch {
        group: "other".into(),
        ..Launch::clone(task(4).origin())
    };
    let origin = Origin::new(launch, InstanceId::new(7), Time::from_millis(0));
    now.apply(put([Task::new(TaskId::new(4), origin, Vec::new(), None).into()]));
    for id in 1..=4 {
        let mut end = Changes::none();
        end.delete(Key::Task(TaskId::new(id)));
        now.apply(end);
    }
    assert!(now.launches.is_empty() && !held.launches.is_empty());
}

#[test]
fn tasks_that_ended_alike_share_why_and_what_their_containers_were_made_from() {
    let mut now = Snapshot::default();
    let ended = |id, reason: &str| {
        let mut it = task(id);
        let stop = Stop {
            code: StopCode::UserInitiated,
            reason: reason.into(),
        };
        it.ask_stop(stop, Time::from_millis(1));
        it
    };
    now.apply(put([task(1).into(), task(2).into(), task(3).into()]));
    now.apply(put([
        ended(1, "bye").into(),
        ended(2, "bye").into(),
        ended(3, "else").into(),
    ]));
    let of = |id| now.task(TaskId::new(id)).expect("put").alike();
    assert!(of(1).is_of(&of(2)) && !of(1).is_of(&of(3)));
    let reason = |id| now.task(TaskId::new(id)).and_then(|it| it.stop()).map(|it| &*it.reason);
    assert_eq!((reason(2), reason(3)), (Some("bye"), Some("else")));
}

#[test]
fn tasks_that_ran_the_same_image_share_its_digest_until_a_tag_moves() {
    let mut now = Snapshot::default();
    let started = |id, digest: &str| {
        let mut it = task(id);
        let digest = Some(format!("sha256:{}", digest.repeat(64)));
        it.observe(
            "main",
            Observed {
                image_digest: digest,
                ..Observed::default()
            },
        );
        it
    };
    now.apply(put([task(1).into(), task(2).into(), task(3).into(), task(4).into()]));
    let digests = ["a", "a", "b", "b"];
    now.apply(put((1..).zip(digests).map(|(id, digest)| started(id, digest).into())));
    let of = |id| now.task(TaskId::new(id)).expect("put").alike();
    assert!(of(1).is_of(&of(2)) && of(3).is_of(&of(4)) && !of(1).is_of(&of(3)));
    let told = |id| now.task(TaskId::new(id)).expect("put").containers()[0].image_digest();
    assert_eq!(told(2), Some(format!("sha256:{}", "a".repeat(64))));
}

#[test]
fn a_clone_does_not_see_what_comes_after() {
    let mut now = Snapshot::default();
    now.apply(put([task(1).into()]));
    let then = now.clone();
    now.apply(put([task(2).into()]));
    assert_eq!((then.tasks().count(), now.tasks().count()), (1, 2));
}

#[test]
fn indexes_and_counts_follow_a_task_to_its_end() {
    let mut now = Snapshot::default();
    let cluster = ClusterName::default_cluster();
    let mut it = task(1);
    now.apply(put([it.clone().into()]));
    assert_eq!(now.tally(&cluster).pending_ec2, 1);

    it.advance(Stage::Running, Time::from_millis(1));
    now.apply(put([it.clone().into()]));
    assert_eq!((now.tally(&cluster).pending(), now.tally(&cluster).running_ec2), (0, 1));
    assert_eq!(now.tasks_on(InstanceId::new(7)).count(), 1);

    it.advance(Stage::Stopped, Time::from_millis(2));
    now.apply(put([it.clone().into()]));
    assert_eq!(now.tally(&cluster), Tally::default());
    assert_eq!(now.tasks_on(InstanceId::new(7)).count(), 0);
    let stopped = |now: &Snapshot| {
        let of_family = now.tasks_of_family(&cluster, "web", Desired::Stopped, None).count();
        let of_type = now
            .tasks_in(&cluster, Desired::Stopped, Some(LaunchType::Ec2), None)
            .count();
        (of_family, of_type, now.all_tasks_on(InstanceId::new(7), None).count())
    };
    assert_eq!(stopped(&now), (1, 1, 1));

    let mut end = Changes::none();
    end.delete(Key::Task(it.id()));
    now.apply(end);
    assert_eq!(stopped(&now), (0, 0, 0));
}

#[test]
fn revisions_come_oldest_first_and_only_of_their_family() {
    let mut now = Snapshot::default();
    for (family, revision) in [("web", 10), ("web", 9), ("web-2", 1), ("a", 1)] {
        let id = DefinitionId {
            family: family.into(),
            revision,
        };
        now.apply(put([
            TaskDefinition::new(id, "{}", "me".into(), Time::from_millis(0)).into()
        ]));
    }
    let list = |it: Vec<&DefinitionId>| it.iter().map(|id| id.to_string()).collect::<Vec<_>>().join(" ");
    assert_eq!(list(now.revisions("web", Status::Active).collect()), "web:9 web:10");
    assert_eq!(
        list(now.definitions_with(Status::Active).collect()),
        "a:1 web:9 web:10 web-2:1"
    );
    assert_eq!(list(now.definitions_with(Status::Inactive).collect()), "");
}

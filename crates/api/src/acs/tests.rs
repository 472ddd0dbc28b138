use super::*;
use crate::testing::World;

const START: Time = Time::from_millis(1_700_000_000_000);

fn session(world: &World) -> Session {
    Session::new(world.instance("a"), 5, START)
}

fn look(session: &mut Session, world: &World, after_s: i64) -> Vec<String> {
    session.look(&world.view(), world.site(), START.plus_s(after_s))
}

fn hear(session: &mut Session, world: &World, text: &str, after_s: i64) -> Heard {
    session.hear(&world.view(), world.site(), text, START.plus_s(after_s))
}

fn ack(message: u64) -> String {
    format!(r#"{{"type":"AckRequest","message":{{"messageId":"{message}"}}}}"#)
}

const FIRST: u64 = (5 << COUNTER_BITS) + 1;
const WORLD: &str = "cluster web; host a in web; host b in web; family app; task t1 in web on a; task t2 in web on b";

#[test]
fn an_agent_hears_of_its_own_tasks_and_of_no_others() {
    let world = World::new(WORLD);
    let frames = look(&mut session(&world), &world, 0);
    assert_eq!(frames.len(), 1);
    assert!(frames[0].contains(&world.task("t1").to_string()));
    assert!(!frames[0].contains(&world.task("t2").to_string()));
}

#[test]
fn what_is_not_acknowledged_is_sent_again() {
    let world = World::new(WORLD);
    let mut session = session(&world);
    assert_eq!(look(&mut session, &world, 0).len(), 1);
    assert_eq!(look(&mut session, &world, RESEND_S - 1).len(), 0);
    assert_eq!(look(&mut session, &world, RESEND_S).len(), 1);

    assert_eq!(
        hear(&mut session, &world, &ack(FIRST), 0),
        Heard::Nothing,
        "the number of the first sending is not the last"
    );
    assert_eq!(
        hear(&mut session, &world, &ack(FIRST + 1), 0),
        Heard::Acked(vec![world.task("t1")])
    );
    assert_eq!(
        hear(&mut session, &world, &ack(FIRST + 1), 0),
        Heard::Nothing,
        "once is enough"
    );
    let frames = look(&mut session, &world, 10 * RESEND_S);
    assert!(frames.iter().all(|it| it.contains("TaskManifest")), "{frames:?}");
}

#[test]
fn a_stop_is_sent_even_after_the_start_was_acknowledged() {
    let world = World::new(WORLD);
    let mut session = session(&world);
    look(&mut session, &world, 0);
    hear(&mut session, &world, &ack(FIRST), 0);
    world.ask(r#"StopTask {"cluster":"web","task":"$t1"}"#);
    let frames = look(&mut session, &world, 1);
    assert!(frames[0].contains(r#""desiredStatus":"STOPPED""#), "{frames:?}");
}

#[test]
fn a_silent_agent_is_given_up_and_a_talking_one_is_not() {
    let world = World::new(WORLD);
    let mut session = session(&world);
    assert!(matches!(session.beat(START), Ok(Some(_))));
    assert_eq!(session.beat(START.plus_s(1)), Ok(None));
    assert!(session.beat(session.wake_at()).is_ok_and(|it| it.is_some()));
    hear(
        &mut session,
        &world,
        r#"{"type":"HeartbeatAckRequest","message":{}}"#,
        60,
    );
    assert!(session.beat(START.plus_s(60 + MAX_SILENCE_S - 1)).is_ok());
    assert_eq!(session.beat(START.plus_s(60 + MAX_SILENCE_S)), Err(Silent));
}

#[test]
fn what_is_no_known_message_changes_nothing() {
    let world = World::new(WORLD);
    let mut session = session(&world);
    for text in [
        "",
        "{",
        "[]",
        r#"{"type":"New"}"#,
        r#"{"type":"AckRequest","message":7}"#,
        r#"{"type":"AckRequest","message":{"messageId":"x"}}"#,
    ] {
        assert_eq!(hear(&mut session, &world, text, 0), Heard::Nothing, "{text}");
    }
}

/// A session whose first payload is acknowledged, and the manifest that follows.
fn settled(world: &World) -> (Session, String) {
    let mut session = session(world);
    for frame in look(&mut session, world, 0) {
        assert!(frame.contains("PayloadMessage"), "{frame}");
    }
    hear(&mut session, world, &ack(FIRST), 0);
    let mut frames = look(&mut session, world, 0);
    assert_eq!(frames.len(), 1, "{frames:?}");
    (session, frames.remove(0))
}

fn field<'a>(frame: &'a str, name: &str) -> &'a str {
    let (_, rest) = frame.split_once(&format!(r#""{name}":"#)).unwrap();
    rest.split([',', '}']).next().unwrap().trim_matches('"')
}

fn asks(manifest: &str, arns: &[String]) -> String {
    let id = field(manifest, "messageId");
    let named: Vec<String> = arns.iter().map(|arn| format!(r#"{{"taskArn":"{arn}"}}"#)).collect();
    let named = named.join(",");
    format!(r#"{{"type":"TaskStopVerificationMessage","message":{{"messageId":"{id}","stopCandidates":[{named}]}}}}"#)
}

fn arn(id: impl std::fmt::Display) -> String {
    format!("arn:aws:ecs:us-east-1:123456789012:task/web/{id}")
}

fn strangers(count: u32) -> Vec<String> {
    (0..count).map(|n| arn(format!("{n:032x}"))).collect()
}

#[test]
fn a_manifest_follows_the_last_acknowledgement_and_comes_again_every_five_minutes() {
    let world = World::new(WORLD);
    let mut session = session(&world);
    look(&mut session, &world, 0);
    assert_eq!(
        look(&mut session, &world, 1).len(),
        0,
        "the payload is not acknowledged"
    );
    hear(&mut session, &world, &ack(FIRST), 1);
    let first = look(&mut session, &world, 1).remove(0);
    assert!(first.contains(r#""type":"TaskManifestMessage""#), "{first}");
    assert!(
        first.contains(&format!(r#"{}","taskClusterArn""#, world.task("t1"))),
        "{first}"
    );
    assert!(!first.contains(&world.task("t2").to_string()), "{first}");
    assert_eq!(look(&mut session, &world, 300).len(), 0);
    let second = look(&mut session, &world, 301).remove(0);
    let number = |it| field(it, "timeline").parse::<u64>().unwrap();
    assert!(number(&second) > number(&first));
    assert!(number(&first) > FIRST, "payloads and manifests share one counter");
}

#[test]
fn of_what_an_agent_has_too_much_only_that_is_stopped_which_is_not_wanted_now() {
    let world = World::new(WORLD);
    let (mut session, manifest) = settled(&world);
    let (own, foreign) = (arn(world.task("t1")), arn(world.task("t2")));
    let asked = asks(&manifest, &[own.clone(), foreign.clone()]);
    let Heard::Answer(frame) = hear(&mut session, &world, &asked, 1) else {
        panic!("an answer")
    };
    assert!(frame.contains(r#""type":"TaskStopVerificationAck""#), "{frame}");
    assert_eq!(field(&frame, "messageId"), field(&manifest, "messageId"));
    assert!(frame.contains(&foreign) && !frame.contains(&own), "{frame}");
    assert_eq!(hear(&mut session, &world, &asks(&manifest, &[own]), 1), Heard::Nothing);
}

#[test]
fn a_task_that_was_asked_to_stop_after_the_manifest_is_stopped() {
    let world = World::new(WORLD);
    let (mut session, manifest) = settled(&world);
    world.ask(r#"StopTask {"cluster":"web","task":"$t1"}"#);
    let own = arn(world.task("t1"));
    let Heard::Answer(frame) = hear(&mut session, &world, &asks(&manifest, std::slice::from_ref(&own)), 1) else {
        panic!("an answer")
    };
    assert!(frame.contains(&own), "{frame}");
}

#[test]
fn a_store_that_was_set_back_stops_no_host_empty() {
    let world = World::new(WORLD);
    let (mut session, manifest) = settled(&world);
    assert!(matches!(
        hear(&mut session, &world, &asks(&manifest, &strangers(3)), 1),
        Heard::Answer(_)
    ));
    assert_eq!(
        hear(&mut session, &world, &asks(&manifest, &strangers(4)), 1),
        Heard::Withheld(manifest::Withheld { unknown: 4, of: 5 })
    );
}

#[test]
fn a_tenth_of_many_tasks_may_be_stopped() {
    let tasks: String = (0..90).map(|n| format!("; task n{n:02} in web on a")).collect();
    let world = World::new(&format!("cluster web; host a in web {tasks}"));
    let verdict = |unknown| {
        let candidates: Vec<acs::TaskIdentifier> = strangers(unknown)
            .into_iter()
            .map(|arn| acs::TaskIdentifier {
                task_arn: Some(arn),
                ..Default::default()
            })
            .collect();
        manifest::to_stop(&world.view(), world.site(), world.instance("a"), &candidates).map(|it| it.len())
    };
    assert_eq!(verdict(10), Ok(10));
    assert_eq!(verdict(11), Err(manifest::Withheld { unknown: 11, of: 101 }));
}

#[test]
fn only_the_last_manifest_is_talked_about() {
    let world = World::new(WORLD);
    let (mut session, first) = settled(&world);
    let second = look(&mut session, &world, 300).remove(0);
    assert_eq!(
        hear(&mut session, &world, &asks(&first, &strangers(1)), 300),
        Heard::Nothing
    );
    assert!(matches!(
        hear(&mut session, &world, &asks(&second, &strangers(1)), 300),
        Heard::Answer(_)
    ));
}

fn nack(message: u64) -> String {
    format!(r#"{{"type":"NackRequest","message":{{"messageId":"{message}","reason":"no such runtime"}}}}"#)
}

#[test]
fn tasks_of_a_refused_payload_are_sent_one_by_one_until_it_is_clear_which_is_refused() {
    let world = World::new("cluster web; host a in web; family app; task t1 in web on a; task t3 in web on a");
    let mut session = session(&world);
    assert_eq!(look(&mut session, &world, 0).len(), 1);
    assert_eq!(hear(&mut session, &world, &nack(FIRST), 0), Heard::Nothing);
    assert_eq!(look(&mut session, &world, 0).len(), 2);
    assert_eq!(
        hear(&mut session, &world, &ack(FIRST + 1), 0),
        Heard::Acked(vec![world.task("t1")])
    );
    let refused = Heard::Refused(world.task("t3"), "no such runtime".into());
    assert_eq!(hear(&mut session, &world, &nack(FIRST + 2), 0), refused);
    assert_eq!(hear(&mut session, &world, &nack(FIRST + 7), 0), Heard::Nothing);
}

#[test]
fn who_says_far_too_much_is_told_from_who_works() {
    let world = World::new(WORLD);
    let mut session = session(&world);
    for _ in 0..MAX_FRAMES {
        assert_eq!(hear(&mut session, &world, "{}", 0), Heard::Nothing);
    }
    assert_eq!(hear(&mut session, &world, "{}", 0), Heard::Flood);
    assert_eq!(hear(&mut session, &world, "{}", 1), Heard::Nothing);
}

#[test]
fn an_agent_hears_which_gpu_is_whose() {
    let world = World::new("cluster web; host a in web gpus=2");
    world.ask(
        r#"RegisterTaskDefinition {"family":"train","containerDefinitions":[{"name":"main","image":"app:1","memory":64,"resourceRequirements":[{"type":"GPU","value":"2"}]}]}"#,
    );
    world.ask(r#"RunTask {"cluster":"web","taskDefinition":"train"}"#);
    let frames = look(&mut session(&world), &world, 0);
    let of = |id: &str| {
        format!(r#"{{"name":"{id}","type":"gpu","content":{{"value":"","encoding":"base64"}},"containers":["main"]}}"#)
    };
    let all = format!(r#""associations":[{},{}]"#, of("gpu-1"), of("gpu-2"));
    assert!(frames[0].contains(&all), "{}", frames[0]);
}

#[test]
fn what_a_task_may_write_goes_with_each_container_of_the_fargate_pool_and_with_no_other() {
    let size = |world: &str, run: &str| {
        let world = World::new(world);
        world.ask(run);
        let frames = look(&mut session(&world), &world, 0);
        let found = frames[0]
            .split(r#"StorageOpt\":{\"size\":\""#)
            .nth(1)?
            .split('\\')
            .next();
        found.map(str::to_owned)
    };
    let fargate = "host a in fargate; fargate app";
    let run = |more: &str| {
        format!(
            r#"RunTask {{"taskDefinition":"app","networkConfiguration":{{"awsvpcConfiguration":{{"subnets":["subnet-1"]}}}}{more}}}"#
        )
    };
    assert_eq!(size(fargate, &run("")).as_deref(), Some("20G"));
    let more = run(r#","overrides":{"ephemeralStorage":{"sizeInGiB":30}}"#);
    assert_eq!(size(fargate, &more).as_deref(), Some("30G"));
    let on_host = r#"RunTask {"cluster":"web","taskDefinition":"app"}"#;
    assert_eq!(size("cluster web; host a in web; family app", on_host), None);
}

/// A host with so many tasks that it has not heard of.
fn busy(tasks: usize) -> World {
    let tasks: String = (0..tasks).map(|n| format!("; task n{n} in web on a")).collect();
    World::new(&format!("cluster web; host a in web; family app {tasks}"))
}

#[test]
fn tasks_on_their_way_are_limited_and_go_ten_in_a_message() {
    let world = busy(MAX_IN_FLIGHT + 15);
    let mut session = session(&world);
    let frames = look(&mut session, &world, 0);
    let count = |frame: &String| frame.matches(r#""family":"#).count();
    assert_eq!(frames.iter().map(count).collect::<Vec<_>>(), [10; 10]);
    assert_eq!(look(&mut session, &world, 1).len(), 0, "none is acknowledged");
    let Heard::Acked(first) = hear(&mut session, &world, &ack(FIRST), 1) else {
        panic!("an acknowledgement")
    };
    assert_eq!(first.len(), 10);
    let frames = look(&mut session, &world, 1);
    assert_eq!(frames.iter().map(count).collect::<Vec<_>>(), [10]);
}

#[test]
fn a_list_of_all_tasks_has_so_many_or_is_not_sent() {
    let listed = |tasks| {
        let world = busy(tasks);
        let mut manifest = manifest::Manifest::due_at(START);
        let taken = manifest.take(&world.view(), world.site(), world.instance("a"), 1, START);
        taken.map(|it| it.tasks.map(|it| it.len()))
    };
    assert_eq!(listed(manifest::MAX_TASKS), Some(Some(4000)));
    assert_eq!(listed(manifest::MAX_TASKS + 1), None);
}

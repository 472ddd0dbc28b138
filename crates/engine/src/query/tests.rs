#![allow(clippy::unwrap_used)]

use domain::host::Pool;
use domain::instance::{Attribute, VersionInfo};
use domain::resources::Resources;
use domain::{ClusterName, InstanceId};
use proptest::prelude::*;
use wire::time::Time;

use super::*;

fn instance() -> Instance {
    let pool = Pool::Cluster(ClusterName::default_cluster());
    let registered_at = Time::parse_iso("2018-06-18T22:28:28Z").unwrap().plus_ms(345);
    let mut it = Instance::new(InstanceId::new(0xa1), pool, None, Resources::default(), registered_at);
    it.connect(registered_at);
    *it.version_info = VersionInfo {
        agent_version: Some("1.70.2".into()),
        ..VersionInfo::default()
    };
    let attributes = [
        ("ecs.instance-type", Some("t2.micro")),
        ("ecs.availability-zone", Some("us-east-1a")),
        ("ssd", None),
    ];
    it.attributes = attributes
        .map(|(name, value)| Attribute {
            name: name.into(),
            value: value.map(Into::into),
        })
        .into();
    it
}

fn holds(text: &str) -> bool {
    let expression = Expression::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"));
    expression.holds(Candidate {
        view: &Snapshot::default(),
        instance: &instance(),
        planned: Some("service:db"),
    })
}

#[test]
fn every_subject_and_operator_is_understood() {
    for text in [
        "attribute:ecs.instance-type == t2.micro",
        "attribute:ecs.instance-type==t2.micro",
        "attribute:ecs.instance-type equals 't2.micro'",
        "attribute:ecs.instance-type != t3.micro",
        "attribute:ecs.instance-type not_equals \"t3.micro\"",
        "attribute:absent != x",
        "attribute:ecs.instance-type =~ t2.*",
        "attribute:ecs.instance-type matches (t2|t3)\\.[a-z]+",
        "attribute:ecs.instance-type !~ t2",
        "attribute:ecs.instance-type not_matches t3.*",
        "attribute:ecs.availability-zone in [us-east-1a, us-east-1b]",
        "attribute:ecs.availability-zone !in ['us-east-1c']",
        "attribute:ecs.availability-zone not_in [us-east-1c,us-east-1d]",
        "attribute:ssd exists",
        "attribute:hdd !exists",
        "attribute:hdd not_exists",
        "ec2InstanceId == i-000000000000000a1",
        "ec2InstanceId =~ i-0.*",
        "ec2InstanceId in [i-1, i-000000000000000a1]",
        "agentConnected == true",
        "agentConnected != false",
        "agentConnected in [true]",
        "agentVersion >= 1.70",
        "agentVersion > 1.9.9",
        "agentVersion == 1.70.2.0",
        "agentVersion less_than 1.100",
        "registeredAt == 2018-06-18T22:28:28",
        "registeredAt > 2018-06-18",
        "registeredAt <= 2018-06-18T23:28:28+01:00",
        "registeredAt greater_than_equal 2018-06-18T22:28:28Z",
        "runningTasksCount == 0",
        "runningTasksCount less_than_equal 1",
        "runningTasksCount < 1",
        "task:group == service:db",
        "task:group != service:web",
        "task:group exists",
    ] {
        assert!(holds(text), "{text}");
        assert!(!holds(&format!("not({text})")), "not({text})");
        assert!(!holds(&format!("!({text})")), "!({text})");
    }
}

#[test]
fn or_binds_weaker_than_and_and_and_weaker_than_not() {
    let (yes, no) = ("attribute:ssd exists", "attribute:hdd exists");
    assert!(holds(&format!("{yes} or {no} and {no}")));
    assert!(!holds(&format!("({yes} or {no}) && {no}")));
    assert!(holds(&format!("not {no} and {yes}")));
    assert!(holds(&format!("!{no} && !!{yes} || {no}")));
    assert!(holds(&format!("({yes} and attribute:ecs.instance-type =~ (t2|t3).*)")));
}

#[test]
fn a_text_that_is_no_expression_says_where_and_why() {
    for (text, expected) in [
        (
            "",
            "expected a subject, such as attribute:NAME or task:group (at character 1)",
        ),
        (
            "cpu > 1",
            "'cpu' is no subject: use agentConnected, agentVersion, attribute:NAME, ec2InstanceId, registeredAt, \
             runningTasksCount or task:group (at character 1)",
        ),
        (
            "attribute:a",
            "expected an operator, such as == or exists (at character 12)",
        ),
        ("attribute:a is b", "'is' is no operator (at character 13)"),
        ("attribute:a = b", "unexpected '=' (at character 13)"),
        ("attribute:a ==", "expected a value (at character 15)"),
        ("attribute:a == 'b", "the quote ' is not closed (at character 16)"),
        ("attribute:a in b", "expected a list, such as [a, b] (at character 16)"),
        ("attribute:a in []", "expected a value (at character 17)"),
        ("attribute:a in [b c]", "expected ',' or ']' (at character 19)"),
        (
            "attribute:a < 1",
            "attribute:a cannot be tested with <, <=, > or >= (at character 13)",
        ),
        (
            "agentVersion =~ 1.*",
            "agentVersion cannot be tested with =~ (at character 14)",
        ),
        (
            "agentConnected exists",
            "agentConnected cannot be tested with exists (at character 16)",
        ),
        (
            "agentConnected == yes",
            "'yes' is no value that agentConnected can have (at character 19)",
        ),
        (
            "registeredAt > today",
            "'today' is no value that registeredAt can have (at character 16)",
        ),
        (
            "agentVersion > new",
            "'new' is no value that agentVersion can have (at character 16)",
        ),
        (
            "attribute:a !b",
            "expected 'in' or 'exists' after '!' (at character 14)",
        ),
        ("(attribute:a exists", "expected ')' (at character 20)"),
        (
            "attribute:é exists exists",
            "expected 'and', 'or' or the end (at character 20)",
        ),
        ("attribute:a =~", "expected a regular expression (at character 15)"),
        (
            "attribute:a =~ [b",
            "'[b' is no regular expression that can be used here (at character 16)",
        ),
    ] {
        assert_eq!(Expression::parse(text).unwrap_err().to_string(), expected, "{text}");
    }
}

#[test]
fn length_depth_and_patterns_are_bounded() {
    let deep = format!("{}attribute:a exists{}", "(".repeat(900), ")".repeat(900));
    assert!(
        Expression::parse(&deep)
            .unwrap_err()
            .why
            .starts_with("more than 50 levels")
    );
    let long = format!("attribute:a == {}", "x".repeat(2000));
    assert_eq!(Expression::parse(&long).unwrap_err().at, 2001);
    let huge = "attribute:a =~ ((a{500}){500}){500}";
    assert!(Expression::parse(huge).is_err());
    let slow = format!("attribute:ecs.instance-type =~ {}b", "(a*)*".repeat(50));
    assert!(!holds(&slow));
}

/// Any text as an expression: it is refused at a place within it, or it can be asked of an instance.
fn fuzz_query(text: &str) {
    match Expression::parse(text) {
        Err(wrong) => assert!(wrong.at <= text.chars().count() + 1, "{text:?}: {wrong}"),
        Ok(expression) => {
            let (view, instance) = (Snapshot::default(), instance());
            let of = |planned| Candidate {
                view: &view,
                instance: &instance,
                planned,
            };
            let opposite = Expression::Not(Box::new(expression.clone()));
            for planned in [None, Some("service:db")] {
                assert_ne!(expression.holds(of(planned)), opposite.holds(of(planned)), "{text:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "[ a-z:=!~<>()\\[\\],'\"&|é0-9.*-]{0,60}") {
        fuzz_query(&text);
    }

    #[test]
    fn no_characters_make_it_panic(text in any::<String>()) {
        fuzz_query(&text);
    }

    #[test]
    fn pieces_of_the_language_in_any_order_are_read_or_refused(pieces in prop::collection::vec(prop::sample::select(vec![
        "attribute:a", "task:group", "agentVersion", "==", "!=", "=~", "in", "!", "not", "and", "or", "(", ")", "[", "]", ",",
        "exists", "b", "'c d'", "1.2", "(x|y)*", "&&", "||", "<", "2018-06-18",
    ]), 0..30)) {
        fuzz_query(&pieces.join(" "));
    }
}

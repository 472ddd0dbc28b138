//! `fuzz_decode`: any bytes as a call. The first two choose the operation, the rest are its body. Nothing may panic, and whatever is
//! refused is the caller's fault. The corpus is what boto3 sends.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use proptest::sample::Index;
use wire::schema::Protocol;
use wire::{json, query};

use super::goldens::{recorded, text};
use super::*;
use crate::testing::World;

const WORLD: &str =
    "cluster tour; cluster host; host a in host; family tour-ec2; fargate tour-fargate; task t1 in host on a RUNNING";

fn fuzz_decode(bytes: &[u8]) {
    let Some(([high, low], body)) = bytes.split_first_chunk::<2>() else {
        return;
    };
    let all = SERVICES
        .iter()
        .flat_map(|service| service.model.operations.iter().map(move |it| (service, it)));
    let nth = usize::from(u16::from_be_bytes([*high, *low])) % all.clone().count();
    let (service, operation) = all.clone().nth(nth).unwrap();
    let input = match service.model.protocol {
        Protocol::Json11 => json::parse(body).ok(),
        protocol => {
            let fields = std::str::from_utf8(body).ok().and_then(query::fields);
            fields.map(|it| query::input(protocol, operation.input, &it))
        }
    };
    let Some(input) = input else { return };
    let call = Call {
        service,
        operation,
        input,
    };
    let world = World::new(WORLD);
    if let Err(error) = world.with(|cx| run(cx, &call)) {
        assert!(error.status < 500, "{} {error}", operation.name);
        assert!(!error.code.is_empty() && error.message.len() < 10_000, "{error}");
    }
}

/// What a client sends, under the number of its operation.
fn corpus() -> Vec<Vec<u8>> {
    let all: Vec<_> = SERVICES
        .iter()
        .flat_map(|it| it.model.operations)
        .map(|it| it.name)
        .collect();
    let entry = |(name, golden): (String, Value)| {
        let nth = all.iter().position(|it| *it == name).unwrap() as u16;
        [&nth.to_be_bytes()[..], text(&golden, "body").as_bytes()].concat()
    };
    recorded().into_iter().map(entry).collect()
}

#[test]
fn the_corpus_is_answered() {
    let corpus = corpus();
    assert!(corpus.len() > 40);
    corpus.iter().for_each(|it| fuzz_decode(it));
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        fuzz_decode(&bytes);
    }

    #[test]
    fn what_clients_send_is_answered_when_bytes_are_changed_lost_doubled_or_spliced(
        (which, other) in (any::<Index>(), any::<Index>()),
        damage in prop::collection::vec((any::<Index>(), any::<Index>(), 0..4u8, any::<u8>()), 0..8),
    ) {
        let corpus = corpus();
        let (mut bytes, other) = (which.get(&corpus).clone(), other.get(&corpus));
        for (from, to, how, byte) in damage {
            if bytes.is_empty() {
                break;
            }
            let (a, b) = (from.index(bytes.len()), to.index(bytes.len()));
            let range = a.min(b)..a.max(b);
            match how {
                0 => bytes[a] = byte,
                1 => drop(bytes.drain(range)),
                2 => bytes.extend_from_within(range),
                _ => drop(bytes.splice(range, other.iter().copied().take(64))),
            }
        }
        fuzz_decode(&bytes);
    }
}

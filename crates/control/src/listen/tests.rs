#![allow(clippy::unwrap_used)]

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::time::Instant;

use super::*;
use crate::testing;

const HEALTH: &[u8] = b"GET /_longshore/health HTTP/1.1\r\nhost: a\r\n\r\n";

/// A connection, and the other end of it.
async fn connection() -> DuplexStream {
    let (ours, theirs) = tokio::io::duplex(1 << 20);
    let control = testing::control().await;
    tokio::spawn(async move {
        let graceful = GracefulShutdown::new();
        talk(control, &builder(), "http", theirs, graceful.watcher()).await;
    });
    ours
}

/// Reads to the connection's end. Gives what was said, and how long that took.
async fn until_closed(mut stream: DuplexStream) -> (String, Duration) {
    let begun = Instant::now();
    let mut said = Vec::new();
    // A connection that is cut off ends as well as one that is closed.
    drop(stream.read_to_end(&mut said).await);
    (String::from_utf8_lossy(&said).into_owned(), begun.elapsed())
}

fn is_head_time(it: Duration) -> bool {
    it >= HEAD_TIME && it < HEAD_TIME + Duration::from_secs(2)
}

#[test]
fn connections_leave_files_for_all_else() {
    assert_eq!(most_connections(None), 20_000);
    assert_eq!(most_connections(Some(524_288)), 20_000);
    assert_eq!(most_connections(Some(1024)), 768);
    assert_eq!(most_connections(Some(0)), 1);
}

#[tokio::test]
async fn a_server_that_has_no_room_left_ends_when_it_is_told_to() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let (end, mut ended) = watch::channel(false);
    end.send_replace(true);
    let room = Arc::new(Semaphore::new(0));
    let next = super::next(&listener, &room, &mut ended);
    let next = tokio::time::timeout(Duration::from_secs(30), next).await;
    assert!(next.expect("it does not wait for room").is_none());
}

#[tokio::test(start_paused = true)]
async fn who_asks_nothing_is_cut_off() {
    for begins in ["", "G", "PRI * HTTP/2.0\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"] {
        let mut stream = connection().await;
        stream.write_all(begins.as_bytes()).await.unwrap();
        let (_, after) = until_closed(stream).await;
        assert!(is_head_time(after), "{begins:?}: {after:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn who_never_ends_a_head_is_cut_off() {
    let mut stream = connection().await;
    stream.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
    let begun = Instant::now();
    while stream.write_all(b"x: y\r\n").await.is_ok() {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    assert!(is_head_time(begun.elapsed()), "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_kept_connection_that_asks_nothing_more_is_closed() {
    let mut stream = connection().await;
    stream.write_all(HEALTH).await.unwrap();
    let (said, after) = until_closed(stream).await;
    assert!(said.starts_with("HTTP/1.1 200"), "{said}");
    assert!(is_head_time(after), "{after:?}");
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_arrive_is_not_waited_for() {
    let mut stream = connection().await;
    let head = b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{";
    stream.write_all(head).await.unwrap();
    let (said, after) = until_closed(stream).await;
    assert!(said.starts_with("HTTP/1.1 408"), "{said}");
    assert!(after < HEAD_TIME, "{after:?}");
}

#[tokio::test(start_paused = true)]
async fn a_head_has_so_many_headers_and_so_many_bytes() {
    let answer = async |headers: String| {
        let mut stream = connection().await;
        let head = format!("GET /_longshore/health HTTP/1.1\r\n{headers}\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let (said, _) = until_closed(stream).await;
        said.split(' ').nth(1).unwrap_or_default().to_owned()
    };
    let headers = |count: usize| (0..count).map(|n| format!("x-{n}: y\r\n")).collect::<String>();
    assert_eq!(answer(headers(MAX_HEADERS)).await, "200");
    assert_eq!(answer(headers(MAX_HEADERS + 1)).await, "431");
    assert_eq!(answer(format!("x: {}\r\n", "y".repeat(MAX_HEAD - 1000))).await, "200");
    assert_eq!(answer(format!("x: {}\r\n", "y".repeat(MAX_HEAD))).await, "431");
}

/// A frame of HTTP/2.
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = (payload.len() as u32).to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

const HEADERS: u8 = 1;
const RESET: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const END_HEADERS: u8 = 4;
const ACK: u8 = 1;

async fn http2() -> DuplexStream {
    let mut stream = connection().await;
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await.unwrap();
    stream.write_all(&frame(SETTINGS, 0, 0, &[])).await.unwrap();
    stream
}

/// The next frame of that kind.
async fn next_frame(stream: &mut DuplexStream, wanted: u8) -> (u32, Vec<u8>) {
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await.unwrap();
        let [a, b, c, kind, _, id @ ..] = head;
        let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
        stream.read_exact(&mut payload).await.unwrap();
        if kind == wanted {
            return (u32::from_be_bytes(id), payload);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_of_http2_has_so_many_streams() {
    let mut stream = http2().await;
    let (_, settings) = next_frame(&mut stream, SETTINGS).await;
    let most = [0, 3, 0, 0, 0, MAX_H2_STREAMS as u8];
    assert!(settings.chunks(6).any(|it| it == most), "{settings:?}");
    // POST / of which no body comes, though one was said to be enough.
    let post = [0x83, 0x86, 0x84, 0x41, 1, b'a'];
    let ids: Vec<u32> = (0..=MAX_H2_STREAMS).map(|n| 2 * n + 1).collect();
    for id in &ids {
        stream
            .write_all(&frame(HEADERS, END_HEADERS, *id, &post))
            .await
            .unwrap();
    }
    let (refused, code) = next_frame(&mut stream, RESET).await;
    assert_eq!(Some(&refused), ids.last());
    assert_eq!(code, [0, 0, 0, 7], "REFUSED_STREAM: the client may try again");
}

#[tokio::test(start_paused = true)]
async fn a_silent_peer_of_http2_is_asked_whether_it_is_there() {
    let mut stream = http2().await;
    let get = [0x82, 0x86, 0x84, 0x41, 1, b'a'];
    let whole = END_HEADERS | 1;
    stream.write_all(&frame(HEADERS, whole, 1, &get)).await.unwrap();
    let begun = Instant::now();
    let (_, ping) = next_frame(&mut stream, PING).await;
    assert!(is_head_time(begun.elapsed()), "{:?}", begun.elapsed());
    stream.write_all(&frame(PING, ACK, 0, &ping)).await.unwrap();
    next_frame(&mut stream, PING).await;
    let (_, after) = until_closed(stream).await;
    assert!(is_head_time(after), "{after:?}");
}

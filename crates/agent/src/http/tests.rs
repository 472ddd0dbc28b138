#![allow(clippy::unwrap_used)]

use std::net::Ipv4Addr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;

use super::*;

const QUESTION: &[u8] = b"GET /x HTTP/1.1\r\nhost: a\r\n\r\n";

/// An endpoint that answers whatever it is asked, and where.
async fn endpoint() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve(listener, async |_| Answer::text(StatusCode::OK, "hello")));
    address
}

/// A connection from one of the loopback addresses.
async fn from(last: u8, endpoint: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((Ipv4Addr::new(127, 0, 0, last), 0).into()).unwrap();
    socket.connect(endpoint).await.unwrap()
}

/// What is said to `question`. None where the connection is closed instead.
async fn told(stream: &mut TcpStream, question: &[u8]) -> Option<String> {
    stream.write_all(question).await.ok()?;
    let mut said = vec![0; 4096];
    match stream.read(&mut said).await {
        Ok(length) if length > 0 => Some(String::from_utf8_lossy(&said[..length]).into_owned()),
        Ok(_) | Err(_) => None,
    }
}

#[tokio::test]
async fn of_one_address_and_in_all_so_many_connections_are_held() {
    let endpoint = endpoint().await;
    let (mut held, addresses) = (Vec::new(), MAX_CONNECTIONS / MAX_OF_ONE);
    for last in 1..=addresses as u8 {
        for _ in 0..MAX_OF_ONE {
            let mut stream = from(last, endpoint).await;
            assert!(told(&mut stream, QUESTION).await.is_some());
            held.push(stream);
        }
        if last == 1 {
            let mut one_more = from(last, endpoint).await;
            assert_eq!(told(&mut one_more, QUESTION).await, None);
        }
    }
    assert_eq!(held.len(), MAX_CONNECTIONS);
    let mut waiting = from(200, endpoint).await;
    waiting.write_all(QUESTION).await.unwrap();
    // Who has a connection is answered meanwhile.
    assert!(told(&mut held[0], QUESTION).await.is_some());
    let mut said = [0; 1];
    let early = tokio::time::timeout(Duration::from_millis(100), waiting.read(&mut said)).await;
    assert!(early.is_err(), "one too many was accepted");
    held.pop();
    assert_eq!(waiting.read(&mut said).await.unwrap(), 1);
}

#[tokio::test]
async fn a_head_has_so_many_headers_and_so_many_bytes() {
    let endpoint = endpoint().await;
    let status = async |headers: String| {
        let question = format!("GET /x HTTP/1.1\r\n{headers}\r\n");
        let said = told(&mut from(1, endpoint).await, question.as_bytes()).await;
        said.and_then(|it| it.split(' ').nth(1).map(str::to_owned))
    };
    let headers = |count: usize| (0..count).map(|n| format!("x-{n}: y\r\n")).collect::<String>();
    assert_eq!(status(headers(MAX_HEADERS)).await.as_deref(), Some("200"));
    assert_eq!(status(headers(MAX_HEADERS + 1)).await.as_deref(), Some("431"));
    let long = |bytes| format!("x: {}\r\n", "y".repeat(bytes));
    assert_eq!(status(long(MAX_HEAD - 1000)).await.as_deref(), Some("200"));
    assert_eq!(status(long(MAX_HEAD)).await.as_deref(), Some("431"));
}

#[tokio::test(start_paused = true)]
async fn who_says_nothing_or_never_ends_is_cut_off() {
    let endpoint = endpoint().await;
    let mut stream = from(1, endpoint).await;
    let begun = tokio::time::Instant::now();
    assert_eq!(told(&mut stream, b"GET /x HTTP/1.1\r\n").await, None);
    let passed = begun.elapsed();
    assert!(passed >= HEAD_TIME && passed < 2 * HEAD_TIME, "{passed:?}");

    // One that asks again and again has its time as well.
    let mut stream = from(1, endpoint).await;
    let begun = tokio::time::Instant::now();
    while told(&mut stream, QUESTION).await.is_some() {
        tokio::time::sleep(HEAD_TIME / 2).await;
    }
    let passed = begun.elapsed();
    assert!(
        passed >= CONNECTION_TIME && passed < CONNECTION_TIME + HEAD_TIME,
        "{passed:?}"
    );
}

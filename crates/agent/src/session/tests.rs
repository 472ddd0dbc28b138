#![allow(clippy::unwrap_used)]
use super::*;
use client::{Client, Endpoint};
use model::acs;
use tokio::io::DuplexStream;
use tokio::net::TcpListener;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::protocol::Role;

fn introduction() -> Introduction {
    Introduction {
        instance_arn: "arn".into(),
        cluster: "web".into(),
        version: "1".into(),
        epoch: 1,
    }
}

fn ack(message_id: Option<String>) -> ToServer {
    ToServer::Ack(acs::AckRequest {
        message_id,
        ..Default::default()
    })
}

#[test]
fn a_worker_whose_server_is_away_does_not_wait_for_it() {
    let (answers, mut taken) = Answers::new();
    for _ in 0..10 * ANSWERS {
        answers.give(ack(None));
    }
    let waiting = std::iter::from_fn(|| taken.try_recv().ok()).count();
    assert_eq!(waiting, ANSWERS);
}

#[tokio::test]
async fn of_a_burst_of_messages_every_one_is_answered() {
    const BURST: usize = 3000;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let client = Client::new(Endpoint::parse(&url, None).unwrap(), None, clock::now);
    let (from_server, mut wanted) = mpsc::channel(QUEUE);
    let (answers, to_server) = Answers::new();
    let connect = move |path: String| {
        let client = client.clone();
        async move { client.open_websocket(&path).await }
    };
    tokio::spawn(hold(connect, introduction(), from_server, to_server));
    tokio::spawn(async move {
        while let Some(it) = wanted.recv().await {
            if let FromServer::Payload(it) = it {
                answers.give(ack(it.message_id));
            }
        }
    });
    let (stream, _) = listener.accept().await.unwrap();
    let (mut sink, mut answered) = tokio_tungstenite::accept_async(stream).await.unwrap().split();
    let send = async {
        for n in 0..BURST {
            let frame = format!(r#"{{"type":"PayloadMessage","message":{{"messageId":"{n}"}}}}"#);
            sink.send(Message::text(frame)).await.unwrap();
        }
    };
    let count = async {
        for n in 0..BURST {
            let frame = answered.next().await.unwrap().unwrap();
            assert!(
                frame.to_text().unwrap().contains(&format!(r#""messageId":"{n}""#)),
                "{n}: {frame}"
            );
        }
    };
    let both = async { tokio::join!(send, count) };
    tokio::time::timeout(Duration::from_secs(60), both)
        .await
        .expect("no answer is lost");
}

/// How often a server speaks.
const BEAT: Duration = Duration::from_secs(20);

type Socket = WebSocketStream<DuplexStream>;

async fn pair() -> (Socket, Socket) {
    let (agent, server) = tokio::io::duplex(1 << 16);
    tokio::join!(
        WebSocketStream::from_raw_socket(agent, Role::Client, None),
        WebSocketStream::from_raw_socket(server, Role::Server, None)
    )
}

/// An agent's worker, and the server's end of each connection that is opened to it, with its path.
struct Host {
    wanted: mpsc::Receiver<FromServer>,
    answers: Answers,
    connections: mpsc::Receiver<(String, Socket)>,
}

fn host() -> Host {
    let (from_server, wanted) = mpsc::channel(QUEUE);
    let (answers, to_server) = Answers::new();
    let (opened, connections) = mpsc::channel(1);
    let connect = move |path| {
        let opened = opened.clone();
        async move {
            let (agent, server) = pair().await;
            opened.send((path, server)).await.unwrap();
            Ok(agent)
        }
    };
    tokio::spawn(hold(connect, introduction(), from_server, to_server));
    Host {
        wanted,
        answers,
        connections,
    }
}

impl Host {
    async fn connection(&mut self, number: u32) -> Socket {
        let (path, socket) = self.connections.recv().await.unwrap();
        assert!(path.contains(&format!("&connection={number}&")), "{path}");
        assert!(matches!(self.wanted.recv().await, Some(FromServer::Connected)));
        socket
    }

    /// The number of the payload that comes next.
    async fn payload(&mut self) -> i64 {
        match self.wanted.recv().await {
            Some(FromServer::Payload(it)) => it.seq_num.unwrap(),
            _ => panic!("no payload"),
        }
    }
}

fn payload(number: i64) -> Message {
    Message::text(format!(
        r#"{{"type":"PayloadMessage","message":{{"seqNum":{number}}}}}"#
    ))
}

/// Beats as a server does until the agent has closed the connection. Gives what was heard but for answers to that.
async fn until_closed(mut socket: Socket) -> Vec<String> {
    let mut heard = Vec::new();
    let mut beat = tokio::time::interval(BEAT);
    loop {
        tokio::select! {
            _ = beat.tick() => {
                let text = r#"{"type":"HeartbeatMessage","message":{"messageId":"7"}}"#;
                drop(socket.send(Message::text(text)).await);
            }
            message = socket.next() => match message.unwrap().unwrap() {
                Message::Text(text) if text.contains("HeartbeatAckRequest") => {}
                Message::Text(text) => heard.push(text.to_string()),
                Message::Close(frame) => {
                    let frame = frame.unwrap();
                    assert_eq!(frame.code, CloseCode::Normal);
                    assert_eq!(frame.reason.as_str(), "ConnectionExpired: Reconnect to continue");
                    return heard;
                }
                other => panic!("{other}"),
            },
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_has_a_greatest_age_and_is_replaced_then() {
    let mut host = host();
    let begun = Instant::now();
    let socket = host.connection(1).await;
    until_closed(socket).await;
    let age = begun.elapsed();
    assert!(age >= MAX_AGE && age <= MAX_AGE + MAX_AGE_MORE, "{age:?}");
    host.connection(2).await;
    assert!(begun.elapsed() < age + Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn nothing_is_lost_with_a_connection_that_is_replaced() {
    let mut host = host();
    let mut socket = host.connection(1).await;
    // More than the worker takes: it is busy while the connection comes of age.
    let sent = QUEUE as i64 + 4;
    for number in 1..=sent {
        socket.send(payload(number)).await.unwrap();
    }
    let ids = ["1", "2", "3"].map(|it| Some(it.to_owned()));
    ids.iter().for_each(|id| host.answers.give(ack(id.clone())));
    assert_eq!(until_closed(socket).await, ids.map(|id| ack(id).frame()));
    for number in 1..=sent {
        assert_eq!(host.payload().await, number);
    }

    let mut next = host.connection(2).await;
    next.send(payload(sent + 1)).await.unwrap();
    assert_eq!(host.payload().await, sent + 1);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_says_nothing_is_left() {
    let mut host = host();
    let begun = Instant::now();
    let _silent = host.connection(1).await;
    host.connection(2).await;
    let silence = begun.elapsed();
    assert!(
        silence >= MAX_SILENCE && silence <= 2 * MAX_SILENCE + Duration::from_secs(1),
        "{silence:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_that_takes_its_time_to_end_a_connection_is_not_waited_for() {
    let mut host = host();
    let begun = Instant::now();
    let mut deaf = host.connection(1).await;
    let talks = async {
        loop {
            drop(deaf.send(Message::text("{}")).await);
            tokio::time::sleep(BEAT).await;
        }
    };
    tokio::select! {
        _ = host.connection(2) => {}
        () = talks => {}
    }
    let age = begun.elapsed();
    assert!(
        age >= MAX_AGE && age <= MAX_AGE + MAX_AGE_MORE + 2 * LAST_WORDS,
        "{age:?}"
    );
}

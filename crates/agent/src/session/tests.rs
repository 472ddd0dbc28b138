#![allow(clippy::unwrap_used)]
use super::*;
use client::Endpoint;
use model::acs;
use tokio::net::TcpListener;

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
    let introduction = Introduction {
        instance_arn: "arn".into(),
        cluster: "web".into(),
        version: "1".into(),
        epoch: 1,
    };
    tokio::spawn(hold(move || client.clone(), introduction, from_server, to_server));
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

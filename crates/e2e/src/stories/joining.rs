//! A host that joins over a line on which answers get lost.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;

use crate::lab::Lab;

/// Stands before the server. The first question is passed on and its answer is not; after that all goes through.
fn lossy(server: &str) -> String {
    let server = server.trim_start_matches("http://").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for (nth, client) in listener.incoming().enumerate() {
            let (client, server) = (client.unwrap(), TcpStream::connect(&server).unwrap());
            let (to, from) = (server.try_clone().unwrap(), client.try_clone().unwrap());
            thread::spawn(move || pass(from, to));
            match nth {
                0 => lose(server, client),
                _ => drop(thread::spawn(move || pass(server, client))),
            }
        }
    });
    url
}

fn pass(mut from: TcpStream, mut to: TcpStream) {
    let mut some = [0; 8192];
    while let Ok(count @ 1..) = from.read(&mut some) {
        if to.write_all(&some[..count]).is_err() {
            break;
        }
    }
    to.shutdown(Shutdown::Both).ok();
}

/// Waits for the answer, which is given when what it says is on disk.
fn lose(mut server: TcpStream, client: TcpStream) {
    assert_ne!(server.read(&mut [0; 8192]).unwrap(), 0);
    client.shutdown(Shutdown::Both).ok();
}

#[test]
fn a_token_for_one_host_is_not_spent_by_an_answer_that_was_lost() {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let token = lab.longshore_ok(&["token", "--cluster", "web"]);
    let agent = lab.join_at(&lossy(lab.url()), None, token.trim(), &["--cluster", "web"], &[]);
    lab.until("the host is connected", || {
        let instances = lab.instances("web");
        (instances.len() == 1 && instances[0]["agentConnected"] == true).then_some(())
    });
    assert!(agent.log().contains("joining failed; trying again"), "{}", agent.log());
    let hosts = lab.longshore_ok(&["host", "ls", "--output", "json"]);
    let hosts: serde_json::Value = serde_json::from_str(&hosts).unwrap();
    assert_eq!(hosts["hosts"].as_array().unwrap().len(), 1, "{hosts:#}");
    assert!(!lab.agent_home(0).join("join.nonce").exists());

    // Another machine is another host, for which the token is not good.
    let mut second = lab.join_by(None, token.trim(), &["--cluster", "web"], &[]);
    lab.until("the second is turned away", || second.ended());
    assert!(second.log().contains("used up"), "{}", second.log());
}

//! A web server to try Longshore with. It needs nothing in its image but itself.
//!
//! `PORT` (8080) is where it listens. `/` greets, `/health` is well, `/exit?code=N` ends the process, `/eat` uses all the
//! memory that the container may have.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

const SIGTERM: i32 = 15;
/// A visitor that says nothing for this long is gone.
const PATIENCE: Duration = Duration::from_secs(10);
const MEAL: usize = 16 << 20;

fn main() -> std::io::Result<()> {
    // The first process of a container has no default for SIGTERM: without this it would be killed after stopTimeout.
    signal_hook::flag::register_conditional_shutdown(SIGTERM, 0, std::sync::Arc::new(true.into()))?;
    let port = std::env::var("PORT").unwrap_or_else(|_| "8080".into());
    let listener = TcpListener::bind(format!("0.0.0.0:{port}"))?;
    println!("listening on 0.0.0.0:{port}");
    for stream in listener.incoming() {
        std::thread::spawn(move || stream.and_then(answer));
    }
    Ok(())
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut line = String::new();
    let mut head = BufReader::new(stream.try_clone()?.take(16 << 10));
    head.read_line(&mut line)?;
    let mut header = String::new();
    while head.read_line(&mut header)? > 2 {
        header.clear();
    }
    let target = line.split(' ').nth(1).unwrap_or("/");
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let (status, body) = match path {
        "/" => ("200 OK", format!("Hello from {}!\n", host_name())),
        "/health" => ("200 OK", "well\n".into()),
        "/exit" => std::process::exit(query.strip_prefix("code=").and_then(|it| it.parse().ok()).unwrap_or(0)),
        "/eat" => eat(),
        _ => ("404 Not Found", "There is /, /health, /exit?code=N and /eat.\n".into()),
    };
    println!("{} {target} {}", line.split(' ').next().unwrap_or(""), &status[..3]);
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn host_name() -> String {
    std::fs::read_to_string("/proc/sys/kernel/hostname")
        .unwrap_or_default()
        .trim()
        .to_owned()
}

/// Ends only when the kernel ends the process.
fn eat() -> ! {
    let mut eaten = Vec::new();
    loop {
        // Written, because memory that is only asked for is not used.
        eaten.push(vec![1u8; MEAL]);
        println!("ate {} MiB", eaten.len() * (MEAL >> 20));
    }
}

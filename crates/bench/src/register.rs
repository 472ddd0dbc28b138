//! Durable writes: task definitions by many callers at once, from the first revision to the hundred-thousandth.

use std::fs::File;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Result;
use client::Client;
use model::ecs::{self, ContainerDefinition, RegisterTaskDefinitionRequest, RegisterTaskDefinitionResponse};

use crate::clock::{instant, timed};
use crate::report::Report;
use crate::server::Server;

const CALLERS: usize = 64;
const WINDOW: u32 = 10_000;
const WINDOWS: usize = 10;
const SYNCS: u32 = 200;

pub async fn run(report: &mut Report) -> Result<()> {
    let server = Server::start("server")?;
    let (client, _) = server.first_answer().await?;
    let clients: Vec<Client> = (0..CALLERS).map(|_| client.clone()).collect();
    let clients = Arc::new(clients);
    let mut rates = Vec::new();
    for _ in 0..WINDOWS {
        rates.push(window(&clients).await?);
    }
    let (first, last) = (rates[0], rates[WINDOWS - 1]);
    let syncs = syncs_per_second(&server)?;
    report.compare(
        "RegisterTaskDefinition, durable, 64 callers",
        "/s",
        first,
        ("write and fsync, one caller", syncs),
        "≥ 2,000/s",
    );
    report.compare(
        "the same at 100,000 revisions",
        "/s",
        last,
        ("at the first 10,000", first),
        "ratio near 1",
    );
    Ok(())
}

async fn window(clients: &Arc<Vec<Client>>) -> Result<f64> {
    let left = Arc::new(AtomicU32::new(WINDOW));
    let begun = instant();
    let callers = (0..CALLERS).map(|at| {
        let (clients, left) = (clients.clone(), left.clone());
        tokio::spawn(async move {
            while left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1))
                .is_ok()
            {
                register(&clients[at]).await?;
            }
            anyhow::Ok(())
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await??;
    }
    Ok(f64::from(WINDOW) / begun.elapsed().as_secs_f64())
}

async fn register(client: &Client) -> Result<()> {
    let container = ContainerDefinition {
        name: Some("main".into()),
        image: Some("web:1".into()),
        memory: Some(128),
        ..Default::default()
    };
    let input = RegisterTaskDefinitionRequest {
        family: Some("web".into()),
        container_definitions: Some(vec![container]),
        ..Default::default()
    };
    let _: RegisterTaskDefinitionResponse = client.call(&ecs::API, "RegisterTaskDefinition", &input).await?;
    Ok(())
}

fn syncs_per_second(server: &Server) -> Result<f64> {
    let mut file = File::create(server.dir.path().join("baseline"))?;
    let (result, time) = timed(|| {
        for _ in 0..SYNCS {
            file.write_all(&[1; 1024])?;
            file.sync_data()?;
        }
        std::io::Result::Ok(())
    });
    result?;
    Ok(f64::from(SYNCS) / time.as_secs_f64())
}

//! The kernel's side: what is there, read by `ip`, `bridge`, `iptables` and `nft`, and their commands, run.
//!
//! Programs and not sockets, because the engine uses the same ones: rules must be in the tables that it sees. What they print is JSON or
//! their own rule language.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tokio::io::AsyncWriteExt;

use super::part::Part;
use super::plan::{CHAINS, Command, Device, Far, Jump, Names, State};

/// Longest that one program may take.
const DEADLINE: Duration = Duration::from_secs(30);
/// Where programs are that a service's path may lack.
const PATH: &str = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin";

/// The size of packets that the device with this address takes, or None where no device of this machine has it.
pub async fn mtu(address: Ipv4Addr) -> Result<Option<u32>, String> {
    let all = json("ip", &["-json", "-4", "address", "show"]).await?;
    let has = |link: &&Value| {
        let mut addresses = items(&link["addr_info"]);
        addresses.any(|it| it["local"].as_str() == Some(&address.to_string()))
    };
    let mtu = items(&all).find(has).and_then(|it| it["mtu"].as_u64());
    Ok(mtu.and_then(|it| u32::try_from(it).ok()))
}

/// What is there under these names. `guard` is what the table holds, where it is this process that wrote it.
pub async fn see(names: &Names, guard: Option<&String>) -> Result<State, String> {
    let name = names.device();
    let metric = names.metric().to_string();
    let mut seen = State {
        device: device(&name).await?,
        routes: routes(&json("ip", &["-json", "-4", "route", "show", "metric", &metric]).await?),
        guard: table(&names.table()).await.then(|| guard.cloned().unwrap_or_default()),
        ..State::default()
    };
    if seen.device.is_some() {
        seen.neighbours = neighbours(
            &json(
                "ip",
                &["-json", "-4", "neigh", "show", "dev", &name, "nud", "permanent"],
            )
            .await?,
        );
        seen.forwarding = forwarding(&json("bridge", &["-json", "fdb", "show", "dev", &name]).await?);
    }
    let chain = names.chain();
    for (table, from) in CHAINS {
        // A chain that is not there is no error here.
        if let Ok(text) = run("iptables", &["-w", "-t", table, "-S", &chain], "").await {
            seen.rules.insert(table, rules(&text, &chain));
        }
        let leading = run("iptables", &["-w", "-t", table, "-S", from], "").await;
        if let Some(jump) = jump(&leading.unwrap_or_default(), from, &chain) {
            seen.jumps.insert(table, jump);
        }
    }
    Ok(seen)
}

pub async fn perform(command: &Command) -> Result<(), String> {
    match command {
        Command::Run { program, args, input } => {
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            run(program, &args, input).await.map(drop)
        }
        Command::Write { path, text } => {
            let written = tokio::fs::write(path, text).await;
            written.map_err(|error| format!("{path}: {error}"))
        }
    }
}

async fn device(name: &str) -> Result<Option<Device>, String> {
    // A device that is not there is an error of `ip`, so all of the kind are asked for.
    let all = json("ip", &["-json", "-details", "link", "show", "type", "vxlan"]).await?;
    let Some(link) = items(&all).find(|it| it["ifname"].as_str() == Some(name)) else {
        return Ok(None);
    };
    let data = &link["linkinfo"]["info_data"];
    let number = |it: &Value| it.as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or_default();
    let is_up = items(&link["flags"]).any(|it| it.as_str() == Some("UP"));
    Ok(Some(Device {
        number: number(&data["id"]),
        port: u16::try_from(number(&data["port"])).unwrap_or_default(),
        local: address(&data["local"]),
        mac: text(&link["address"]),
        mtu: number(&link["mtu"]),
        is_up,
    }))
}

fn routes(all: &Value) -> BTreeMap<Part, Ipv4Addr> {
    let one = |it: &Value| Some((Part::parse(it["dst"].as_str()?)?, address(&it["gateway"])?));
    items(all).filter_map(one).collect()
}

fn neighbours(all: &Value) -> BTreeMap<Ipv4Addr, String> {
    let one = |it: &Value| Some((address(&it["dst"])?, text(&it["lladdr"])));
    items(all).filter_map(one).collect()
}

fn forwarding(all: &Value) -> BTreeMap<String, Far> {
    let one = |it: &Value| {
        let far = Far {
            address: address(&it["dst"])?,
            number: u32::try_from(it["vni"].as_u64()?).ok()?,
        };
        Some((text(&it["mac"]), far))
    };
    items(all).filter_map(one).collect()
}

/// The rules of our chain, as `iptables -S` prints them.
fn rules(printed: &str, chain: &str) -> Vec<String> {
    let prefix = format!("-A {chain} ");
    let rules = printed.lines().filter_map(|line| line.strip_prefix(&prefix));
    rules.map(|it| it.trim().to_owned()).collect()
}

/// How the chain `from` leads to ours.
fn jump(printed: &str, from: &str, chain: &str) -> Option<Jump> {
    let ours = format!("-A {from} -j {chain}");
    let decides = |line: &&str| line.ends_with("-j MASQUERADE") || **line == format!("-A {from} -j RETURN");
    let at = printed.lines().position(|line| line.trim() == ours)?;
    match printed.lines().take(at).find(decides) {
        Some(_) => Some(Jump::Late),
        None => Some(Jump::InTime),
    }
}

async fn table(name: &str) -> bool {
    let tables = run("nft", &["list", "tables"], "").await.unwrap_or_default();
    tables.lines().any(|line| line.trim() == format!("table inet {name}"))
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn text(it: &Value) -> String {
    it.as_str().unwrap_or_default().to_owned()
}

fn address(it: &Value) -> Option<Ipv4Addr> {
    it.as_str()?.parse().ok()
}

async fn json(program: &str, args: &[&str]) -> Result<Value, String> {
    let printed = run(program, args, "").await?;
    // Some versions print nothing where there is nothing.
    if printed.trim().is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_str(&printed).map_err(|error| format!("{program} {}: {error}", args.join(" ")))
}

/// What the program printed, or what it complained of.
async fn run(program: &str, args: &[&str], input: &str) -> Result<String, String> {
    let line = format!("{program} {}", args.join(" "));
    let fail = |cause: String| format!("{line}: {cause}");
    let mut child = tokio::process::Command::new(program)
        .args(args)
        .env("PATH", PATH)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                fail("there is no such program (Debian: apt-get install iproute2 iptables nftables)".into())
            }
            _ => fail(error.to_string()),
        })?;
    let mut stdin = child.stdin.take();
    let done = async {
        if let Some(stdin) = &mut stdin {
            stdin.write_all(input.as_bytes()).await?;
        }
        drop(stdin);
        child.wait_with_output().await
    };
    let out = match tokio::time::timeout(DEADLINE, done).await {
        Ok(out) => out.map_err(|error| fail(error.to_string()))?,
        Err(_) => return Err(fail("it takes too long".into())),
    };
    if !out.status.success() {
        return Err(fail(String::from_utf8_lossy(&out.stderr).trim().to_owned()));
    }
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_programs_print_is_read() {
        let read = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
        let found = routes(&read(
            r#"[{"dst":"10.64.2.0/24","gateway":"10.64.2.0","protocol":"static","flags":["onlink"]},{"dst":"default","gateway":"192.0.2.1"}]"#,
        ));
        assert_eq!(found.len(), 1);
        let found = neighbours(&read(
            r#"[{"dst":"10.64.2.0","lladdr":"02:6c:0a:40:02:00","state":["PERMANENT"]}]"#,
        ));
        assert_eq!(found.values().collect::<Vec<_>>(), ["02:6c:0a:40:02:00"]);
        let found = forwarding(&read(
            r#"[{"mac":"02:6c:0a:40:02:00","dst":"192.0.2.2","vni":672256,"flags":["self"],"state":"permanent"},{"mac":"33:33:00:00:00:01"}]"#,
        ));
        assert_eq!(found.values().map(|it| it.number).collect::<Vec<_>>(), [672_256]);
        assert_eq!(items(&Value::Null).count(), 0);
    }

    #[test]
    fn a_jump_after_the_engines_own_rules_is_late() {
        let masquerade = "-A POSTROUTING -s 10.64.1.0/24 ! -o lsb-0 -j MASQUERADE";
        let ours = "-A POSTROUTING -j LONGSHORE-0";
        let read = |lines: &[&str]| jump(&lines.join("\n"), "POSTROUTING", "LONGSHORE-0");
        assert_eq!(read(&["-P POSTROUTING ACCEPT", masquerade]), None);
        assert_eq!(read(&["-P POSTROUTING ACCEPT", ours, masquerade]), Some(Jump::InTime));
        assert_eq!(read(&["-P POSTROUTING ACCEPT", masquerade, ours]), Some(Jump::Late));
        assert_eq!(
            rules("-N X\n-A X -d 10.64.1.0/24 -i a -j ACCEPT\n", "X"),
            ["-d 10.64.1.0/24 -i a -j ACCEPT"]
        );
    }
}

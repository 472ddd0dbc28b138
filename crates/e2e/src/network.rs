//! Hosts that are machines of their own to each other: each in a network namespace with an address, a Docker Engine and an agent, on one
//! switch with the server. Links can be cut and mended, or be long and bad ones.
//!
//! The switch is a namespace too, so that no rule of the machine's own engine sees what crosses it. All of it is gone when it is dropped.

use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::engine::{Containers, Engine};
use crate::lab::Lab;
use crate::machine::BUSYBOX;
use crate::process::Process;

/// How hosts are linked to the switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cable {
    Good,
    /// Each packet takes this long each way, and so many of a thousand are lost.
    Bad {
        delay_ms: u32,
        lost_per_mille: u32,
    },
}

/// Fields are dropped in order: agents before their engines, the server after all, the switch last.
pub struct Site {
    pub hosts: Vec<Machine>,
    pub lab: Lab,
    switch: Switch,
}

pub struct Machine {
    pub name: String,
    pub address: String,
    pub agent: Process,
    pub engine: Engine,
    port: String,
    #[expect(dead_code, reason = "it carries frames for as long as it is held")]
    wire: Option<Wire>,
}

/// Forwards frames between two ends, late and not all of them. The kernel here has no such queue.
struct Wire(Child);

struct Switch {
    namespace: String,
    /// The first three parts of its addresses, and where in the fourth they begin.
    prefix: String,
    first: u32,
}

/// Addresses of one switch, of the range that is set aside for tests of networks.
const PER_SWITCH: u32 = 16;
const SWITCHES: u32 = (1 << 17) / PER_SWITCH;

impl Site {
    /// A server and so many hosts of a cluster `web`, which have joined.
    pub fn start(hosts: usize, cable: Cable, more: &[&str]) -> Self {
        let switch = Switch::new();
        let lab = Lab::start_at(&switch.address(1), "server", &["--insecure-http"]);
        lab.aws("ecs create-cluster --cluster-name web");
        let mut site = Self {
            hosts: Vec::new(),
            lab,
            switch,
        };
        for nth in 0..hosts {
            site.add(nth, cable, more);
        }
        site.until_connected(hosts);
        site
    }

    fn add(&mut self, nth: usize, cable: Cable, more: &[&str]) {
        // As on machines that run for long: what runs survives its engine.
        let engine = Engine::start(Containers::RunOn);
        engine.load(BUSYBOX);
        let address = self.switch.address(nth as u32 + 2);
        let port = format!("p{nth}");
        let wire = self.switch.connect(&port, engine.namespace(), &address, cable);
        let name = format!("edge-{nth}");
        let options = [&["--name", name.as_str()], more].concat();
        let environment = [("DOCKER_HOST".to_owned(), engine.address())];
        let namespace = engine.namespace().to_owned();
        let agent = self
            .lab
            .join_within(Some(&namespace), &["--cluster", "web"], &options, &environment);
        self.hosts.push(Machine {
            name,
            address,
            agent,
            engine,
            port,
            wire,
        });
    }

    pub fn until_connected(&self, hosts: usize) {
        self.lab.until(&format!("{hosts} hosts are connected"), || {
            let instances = self.lab.instances("web");
            let connected = instances.iter().filter(|it| it["agentConnected"] == true).count();
            (connected == hosts).then_some(())
        });
    }

    /// Pulls a host's cable, and puts it back.
    pub fn cut(&self, nth: usize) {
        self.switch.set(&self.hosts[nth].port, "down");
    }

    pub fn mend(&self, nth: usize) {
        self.switch.set(&self.hosts[nth].port, "up");
    }

    /// Runs a program on the switch, as somebody who is no host.
    pub fn outsider(&self, args: &[&str]) -> bool {
        within(&self.switch.namespace, args)
    }

    pub fn outsiders_address(&self) -> String {
        self.switch.address(PER_SWITCH - 2)
    }
}

impl Machine {
    /// Runs a program on this host; true where it succeeds.
    pub fn does(&self, args: &[&str]) -> bool {
        within(self.engine.namespace(), args)
    }

    /// What a program printed on this host.
    pub fn told(&self, args: &[&str]) -> String {
        let out = nsenter(self.engine.namespace(), args).output().unwrap();
        String::from_utf8_lossy(&out.stdout).into_owned()
    }

    /// Whether a task of this host, on its network, gets an answer there.
    pub fn fetches(&self, url: &str) -> bool {
        self.does(&[
            "curl",
            "--silent",
            "--fail",
            "--max-time",
            "5",
            "--output",
            "/dev/null",
            url,
        ])
    }

    /// Agent and engine die at once, as when the machine loses power, except that what runs runs on.
    pub fn kill_9(&mut self) {
        self.agent.kill_9();
        self.engine.kill_9();
    }

    pub fn restart(&mut self) {
        self.engine.restart();
        self.agent.restart();
    }
}

impl Switch {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let id = std::process::id();
        // Several runs share the machine; their numbers are far apart.
        let first = (id.wrapping_mul(8) + count) % SWITCHES * PER_SWITCH;
        let switch = Self {
            namespace: format!("lss-{id}-{count}"),
            prefix: format!("198.{}.{}", 18 + (first >> 16), first >> 8 & 255),
            first: first & 255,
        };
        run(&["netns", "add", &switch.namespace]);
        switch.ip(&["link", "set", "lo", "up"]);
        switch.ip(&["link", "add", "switch", "type", "bridge"]);
        switch.ip(&["link", "set", "switch", "up"]);
        let uplink = switch.uplink();
        run(&[
            "link",
            "add",
            &uplink,
            "type",
            "veth",
            "peer",
            "name",
            "uplink",
            "netns",
            &switch.namespace,
        ]);
        run(&["address", "add", &format!("{}/28", switch.address(1)), "dev", &uplink]);
        run(&["link", "set", &uplink, "up"]);
        switch.plug("uplink");
        let own = switch.address(PER_SWITCH - 2);
        switch.ip(&["address", "add", &format!("{own}/28"), "dev", "switch"]);
        switch
    }

    /// The machine's end of its cable.
    fn uplink(&self) -> String {
        format!("lsu{}", self.namespace.replace("lss-", "").replace('-', "x"))
    }

    fn address(&self, nth: u32) -> String {
        format!("{}.{}", self.prefix, self.first + nth)
    }

    fn ip(&self, args: &[&str]) {
        run(&[&["-netns", self.namespace.as_str()], args].concat());
    }

    fn set(&self, port: &str, state: &str) {
        self.ip(&["link", "set", "dev", port, state]);
    }

    fn plug(&self, port: &str) {
        self.ip(&["link", "set", "dev", port, "master", "switch"]);
        self.set(port, "up");
    }

    /// Links a namespace to a port of the switch.
    fn connect(&self, port: &str, namespace: &str, address: &str, cable: Cable) -> Option<Wire> {
        let wire = match cable {
            Cable::Good => {
                let end = ["type", "veth", "peer", "name", "eth0", "netns", namespace];
                self.ip(&[&["link", "add", port], &end[..]].concat());
                None
            }
            Cable::Bad {
                delay_ms,
                lost_per_mille,
            } => Some(Wire::between(
                (&self.namespace, port),
                (namespace, "eth0"),
                delay_ms,
                lost_per_mille,
            )),
        };
        self.plug(port);
        run(&[
            "-netns",
            namespace,
            "address",
            "add",
            &format!("{address}/28"),
            "dev",
            "eth0",
        ]);
        run(&["-netns", namespace, "link", "set", "eth0", "up"]);
        wire
    }
}

impl Drop for Switch {
    fn drop(&mut self) {
        // The other end of the cable goes with it.
        drop(Command::new("ip").args(["link", "delete", &self.uplink()]).output());
        drop(Command::new("ip").args(["netns", "delete", &self.namespace]).output());
    }
}

impl Wire {
    fn between(one: (&str, &str), other: (&str, &str), delay_ms: u32, lost_per_mille: u32) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/src/wire.py");
        let mut child = Command::new("python3")
            .args([script, one.0, one.1, other.0, other.1])
            .args([delay_ms.to_string(), lost_per_mille.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // It says so when both ends are in place.
        let mut line = String::new();
        let stdout = child.stdout.take().unwrap();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(stdout), &mut line).unwrap();
        assert_eq!(line, "ready\n", "the wire has failed");
        Self(child)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn nsenter(namespace: &str, args: &[&str]) -> Command {
    let mut command = Command::new("nsenter");
    command.arg(format!("--net=/run/netns/{namespace}")).args(args);
    command
}

fn within(namespace: &str, args: &[&str]) -> bool {
    nsenter(namespace, args).output().unwrap().status.success()
}

fn run(args: &[&str]) {
    let out = Command::new("ip").args(args).output().unwrap();
    let told = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "ip {args:?}: {told}");
}

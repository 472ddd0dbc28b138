//! Hosts that are machines of their own: tasks on different ones reach each other, and a host may be drained, cut off, killed and removed.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{bridge, shell};
use crate::lab::Lab;
use crate::network::{Cable, Machine, Site};

/// Serves a page and says who asked for it.
const SERVE: &str = "trap 'exit 0' TERM; echo served > index.html; dd if=/dev/zero of=big bs=1k count=1000 2>/dev/null; \
    httpd -f -v -p 8080 & wait";
const IN_VPC: &str = "--network-configuration 'awsvpcConfiguration={subnets=[subnet-1]}'";

/// A task definition for a cluster's own hosts whose tasks have addresses of their own.
fn awsvpc(family: &str, script: &str) -> Value {
    let mut container = shell("main", script);
    container["memory"] = 64.into();
    json!({"family": family, "networkMode": "awsvpc", "containerDefinitions": [container]})
}

/// Runs tasks in the cluster `web`, until they run.
fn run(lab: &Lab, words: &str) -> Vec<Value> {
    let answer = lab.aws(&format!("ecs run-task --cluster web {words}"));
    assert_eq!(answer["failures"], json!([]));
    let tasks = answer["tasks"].as_array().unwrap();
    let arns = tasks.iter().map(|it| it["taskArn"].as_str().unwrap());
    arns.map(|arn| lab.until_task(arn, "RUNNING")).collect()
}

fn address(task: &Value) -> &str {
    task["containers"][0]["networkInterfaces"][0]["privateIpv4Address"]
        .as_str()
        .unwrap()
}

fn container(task: &Value) -> &str {
    task["containers"][0]["runtimeId"].as_str().unwrap()
}

/// The host that a task is on, and which of the site's it is.
fn host_of<'a>(site: &'a Site, task: &Value) -> (usize, &'a Machine) {
    let listed = hosts(&site.lab);
    let host = listed
        .iter()
        .find(|it| it["containerInstanceArn"] == task["containerInstanceArn"]);
    let name = host.unwrap()["name"].as_str().unwrap().to_owned();
    let mut all = site.hosts.iter().enumerate();
    all.find(|(_, it)| it.name == name).unwrap()
}

fn hosts(lab: &Lab) -> Vec<Value> {
    let answer: Value = serde_json::from_str(&lab.longshore_ok(&["host", "ls", "--output", "json"])).unwrap();
    answer["hosts"].as_array().unwrap().clone()
}

/// Whether a program in a task's container succeeds.
fn does(site: &Site, task: &Value, program: &[&str]) -> bool {
    let (_, host) = host_of(site, task);
    let socket = host.engine.address();
    host.does(&[&["docker", "--host", &socket, "exec", container(task)], program].concat())
}

fn visits(site: &Site, from: &Value, url: &str) -> bool {
    does(site, from, &["timeout", "5", "wget", "-q", "-O", "/dev/null", url])
}

/// Every task gets every other's page.
fn all_reach_each_other(site: &Site, tasks: &[Value]) {
    for from in tasks {
        for to in tasks {
            let url = format!("http://{}:8080/", address(to));
            site.lab.until(&format!("{} gets {url}", address(from)), || {
                visits(site, from, &url).then_some(())
            });
        }
    }
}

fn are_on(site: &Site, tasks: &[Value]) -> HashSet<usize> {
    tasks.iter().map(|it| host_of(site, it).0).collect()
}

#[test]
fn tasks_on_three_hosts_reach_each_other_and_nobody_else_gets_in() {
    let site = Site::start(3, Cable::Good, &[]);
    let lab = &site.lab;
    lab.register(&awsvpc("page", SERVE));
    let refused = lab.aws_refused("ecs run-task --cluster web --task-definition page");
    assert!(
        refused.contains("Network Configuration must be provided when networkMode 'awsvpc' is specified."),
        "{refused}"
    );

    let pages = run(lab, &format!("--task-definition page --count 3 {IN_VPC}"));
    assert_eq!(are_on(&site, &pages).len(), 3, "spread");
    all_reach_each_other(&site, &pages);

    let (one, other) = (&pages[0], &pages[1]);
    let big = format!("http://{}:8080/big", address(other));
    assert!(visits(&site, one, &big), "packets of full size arrive");
    let (at, host) = host_of(&site, other);
    let said = format!("docker --host {} logs {} 2>&1", host.engine.address(), container(other));
    let said = host.told(&["sh", "-c", &said]);
    assert!(
        said.contains(address(one)),
        "the other's address is the real one: {said}"
    );

    let shown = lab.aws("ec2 describe-network-interfaces");
    let shown: HashSet<&str> = shown["NetworkInterfaces"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["PrivateIpAddress"].as_str())
        .collect();
    assert!(pages.iter().all(|it| shown.contains(address(it))), "{shown:?}");

    lab.register(&{
        let mut port = bridge("port", SERVE);
        port["containerDefinitions"][0]["portMappings"] = json!([{"containerPort": 8080, "hostPort": 8099}]);
        port
    });
    let ported = run(lab, "--task-definition port");
    let (at_port, host) = host_of(&site, &ported[0]);
    let url = format!("http://{}:8099/", host.address);
    for (nth, it) in site.hosts.iter().enumerate().filter(|(nth, _)| *nth != at_port) {
        assert!(it.fetches(&url), "host {nth} reaches {url}");
    }

    outsider_is_kept_out(&site, &site.hosts[at], other);
}

/// Somebody on the switch who knows all numbers wraps packets for a task.
fn outsider_is_kept_out(site: &Site, host: &Machine, task: &Value) {
    let own = hosts(&site.lab)
        .into_iter()
        .find(|it| it["name"] == host.name.as_str())
        .unwrap();
    let network = own["taskNetwork"].as_str().unwrap();
    let octets: Vec<u32> = network
        .split(['.', '/'])
        .take(3)
        .map(|it| it.parse().unwrap())
        .collect();
    let number = (octets[0] << 16 | octets[1] << 8 | octets[2]).to_string();
    let mac = format!("02:6c:{:02x}:{:02x}:{:02x}:00", octets[0], octets[1], octets[2]);
    let gateway = network.replace("/24", "");
    let from = site.outsiders_address();
    for line in [
        format!("ip link add forged type vxlan id {number} dstport 4789 nolearning local {from}"),
        "ip address add 10.127.255.9/32 dev forged".into(),
        "ip link set forged up".into(),
        format!("bridge fdb append {mac} dev forged dst {}", host.address),
        format!("ip neigh replace {gateway} lladdr {mac} dev forged nud permanent"),
        format!("ip route replace {network} via {gateway} dev forged onlink src 10.127.255.9"),
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        assert!(site.outsider(&words), "{line}");
    }
    let url = format!("http://{}:8080/", address(task));
    assert!(!site.outsider(&["curl", "--silent", "--max-time", "2", &url]));
    let rules = host.told(&["nft", "list", "ruleset"]);
    let dropped = rules
        .lines()
        .find(|line| line.contains("@hosts") && line.contains("counter"))
        .unwrap();
    assert!(
        !dropped.contains("packets 0 "),
        "the packets came, and were dropped: {rules}"
    );
}

#[test]
fn a_drained_host_keeps_what_it_has_and_a_removed_one_is_forgotten_by_the_others() {
    let mut site = Site::start(2, Cable::Good, &[]);
    let lab = &site.lab;
    lab.register(&awsvpc("page", SERVE));
    let pages = run(lab, &format!("--task-definition page --count 2 {IN_VPC}"));
    all_reach_each_other(&site, &pages);

    lab.longshore_ok(&["host", "drain", "edge-0"]);
    let more = run(lab, &format!("--task-definition page --count 2 {IN_VPC}"));
    assert_eq!(are_on(&site, &more), HashSet::from([1]));
    let table = lab.longshore_ok(&["host", "ls", "--cluster", "web"]);
    let row = table.lines().find(|line| line.contains("edge-0")).unwrap();
    assert!(
        row.contains("DRAINING") && row.contains(&site.hosts[0].address),
        "{table}"
    );
    all_reach_each_other(&site, &pages);

    let out = lab.longshore(&["host", "rm", "edge-0"]);
    assert!(String::from_utf8_lossy(&out.stderr).contains("The host has tasks."));
    let page = pages.iter().find(|it| host_of(&site, it).0 == 0).unwrap();
    lab.aws(&format!(
        "ecs stop-task --cluster web --task {}",
        page["taskArn"].as_str().unwrap()
    ));
    lab.longshore_ok(&["host", "drain", "edge-0", "--wait"]);
    lab.longshore_ok(&["host", "rm", "edge-0"]);
    assert_eq!(hosts(lab).len(), 1);
    for nth in [0, 1] {
        lab.until(&format!("nothing of the other host is left on host {nth}"), || {
            let left = site.hosts[nth].told(&[
                "sh",
                "-c",
                "ip link show type vxlan; nft list tables | grep longshore; iptables -S; iptables -t nat -S",
            ]);
            (!left.contains("lso-") && !left.contains("longshore_") && !left.contains("LONGSHORE-")).then_some(())
        });
    }
    let ended = lab.until("the agent has ended", || site.hosts[0].agent.ended());
    assert_eq!(ended.code(), Some(77));
}

#[test]
fn a_host_that_is_cut_off_runs_on_and_tells_later_what_happened() {
    let mut site = Site::start(3, Cable::Good, &[]);
    let lab = &site.lab;
    lab.register(&awsvpc("page", SERVE));
    let pages = run(lab, &format!("--task-definition page --count 3 {IN_VPC}"));
    all_reach_each_other(&site, &pages);

    site.cut(0);
    // The server gives up after 65 s without a word.
    site.until_connected(2);
    let page = pages.iter().find(|it| host_of(&site, it).0 == 0).unwrap();
    let arn = page["taskArn"].as_str().unwrap();
    assert_eq!(lab.task(arn)["lastStatus"], "RUNNING", "not given up");
    let more = run(lab, &format!("--task-definition page --count 2 {IN_VPC}"));
    assert_eq!(are_on(&site, &more), HashSet::from([1, 2]));

    let engine = &site.hosts[0].engine;
    engine.docker(&["kill", container(page)]);
    let at = engine.docker(&["inspect", "--format", "{{.State.FinishedAt}}", container(page)]);
    site.mend(0);
    site.until_connected(3);
    let task = lab.until_task(arn, "STOPPED");
    assert_eq!(task["containers"][0]["exitCode"], 137);
    let seconds = |text: &str| text[..19].replace('T', " ");
    let told = lab.boto3(&format!(
        "t = ecs.describe_tasks(cluster='web', tasks=['{arn}'])['tasks'][0]['executionStoppedAt']\n\
         import datetime; print(t.astimezone(datetime.timezone.utc).strftime('%Y-%m-%d %H:%M:%S'))"
    ));
    assert_eq!(told, seconds(&at), "when it ended, not when it was told");

    // Power fails, and comes back.
    let rest: Vec<Value> = pages.iter().filter(|it| host_of(&site, it).0 != 0).cloned().collect();
    site.hosts[1].kill_9();
    site.until_connected(2);
    site.hosts[1].restart();
    site.until_connected(3);
    all_reach_each_other(&site, &rest);
    let again = run(&site.lab, &format!("--task-definition page --count 3 {IN_VPC}"));
    all_reach_each_other(&site, &again);
}

#[test]
fn agents_of_one_machine_let_their_tasks_pass_to_each_other() {
    let site = Site::start(1, Cable::Good, &[]);
    let host = &site.hosts[0];
    let environment = [("DOCKER_HOST".to_owned(), host.engine.address())];
    let namespace = Some(host.engine.namespace());
    let second = ["--name", host.name.as_str()];
    let _second = site
        .lab
        .join_within(namespace, &["--cluster", "web"], &second, &environment);
    site.until_connected(2);
    site.lab.register(&awsvpc("page", SERVE));
    let pages = run(&site.lab, &format!("--task-definition page --count 2 {IN_VPC}"));
    assert_ne!(pages[0]["containerInstanceArn"], pages[1]["containerInstanceArn"]);
    all_reach_each_other(&site, &pages);
    assert!(
        !host.told(&["ip", "link", "show"]).contains("vxlan"),
        "nothing leaves the machine"
    );
}

#[test]
fn over_long_and_bad_wires_all_of_it_still_happens() {
    let bad = Cable::Bad {
        delay_ms: 50,
        lost_per_mille: 50,
    };
    let site = Site::start(2, bad, &[]);
    site.lab.register(&awsvpc("page", SERVE));
    let pages = run(&site.lab, &format!("--task-definition page --count 2 {IN_VPC}"));
    assert_eq!(are_on(&site, &pages).len(), 2);
    all_reach_each_other(&site, &pages);
    for page in &pages {
        let arn = page["taskArn"].as_str().unwrap();
        site.lab.aws(&format!("ecs stop-task --cluster web --task {arn}"));
        site.lab.until_task(arn, "STOPPED");
    }
}

#[test]
fn hosts_on_one_link_may_route_instead_and_others_keep_their_own_network() {
    let site = Site::start(2, Cable::Good, &["--task-network", "routed"]);
    site.lab.register(&awsvpc("page", SERVE));
    let pages = run(&site.lab, &format!("--task-definition page --count 2 {IN_VPC}"));
    assert_eq!(are_on(&site, &pages).len(), 2);
    all_reach_each_other(&site, &pages);
    assert!(!site.hosts[0].told(&["ip", "link", "show"]).contains("vxlan"));

    let site = Site::start(2, Cable::Good, &["--task-network", "none"]);
    site.lab.register(&awsvpc("page", SERVE));
    let pages = run(&site.lab, &format!("--task-definition page --count 2 {IN_VPC}"));
    let url = format!("http://{}:8080/", address(&pages[0]));
    assert!(visits(&site, &pages[0], &url) && !visits(&site, &pages[1], &url));
    let left = site.hosts[0].told(&["iptables", "-S"]);
    assert!(!left.contains("LONGSHORE-"), "{left}");
}

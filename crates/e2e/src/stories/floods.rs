//! What one peer that says too much, or very many peers, cost all the others.

use std::collections::HashSet;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use super::bridge;
use super::protocol::{lab, tell};
use crate::lab::{Lab, path};
use crate::machine;

#[test]
fn a_host_that_floods_the_api_is_refused_and_nobody_else_notices() {
    tell(
        &lab(),
        r#"
good, bad = connected(0), connected(1)
ecs.update_container_instances_state(cluster='web', containerInstances=[bad.arn], status='DRAINING')
once = boto3.client('ecs', config=Config(retries={'total_max_attempts': 1}))
flood = Flood(bad.credentials, 'DiscoverPollEndpoint', containerInstance=bad.arn, cluster='web')
wait('the flood is refused', lambda: flood.refused > 500)
assert flood.answered >= 900, flood.answered
def throttled():
    try:
        bad.api.discover_poll_endpoint()
    except Exception as error:
        assert error.response['Error'] == {'Code': 'ThrottlingException', 'Message': 'Rate exceeded'}, error
        return True
wait('a call of its own is refused', throttled)
# Its connections count as its calls do.
def turned_away():
    try:
        bad.telemetry()
    except Refused as error:
        return 'ThrottlingException' in error.body
wait('a connection is refused', turned_away)
for _ in range(20):
    good.api.discover_poll_endpoint()
    once.list_clusters()
serves(good)
flood.end()
# To the SDKs it is temporary.
patient = boto3.client('ecs', aws_access_key_id=bad.credentials.access_key, aws_secret_access_key=bad.credentials.secret_key)
patient.discover_poll_endpoint()
"#,
    );
}

#[test]
fn telemetry_that_is_a_flood_ends_and_no_other_hosts_does() {
    tell(
        &lab(),
        r#"
good, bad = connected(0), connected(1)
for it in (good, bad):
    it.telemetry()
ecs.update_container_instances_state(cluster='web', containerInstances=[bad.arn], status='DRAINING')

def flood():
    try:
        for _ in range(5000):
            bad.tcs.send(said)
    except OSError:
        pass

for kind in ('PublishMetricsRequest', 'PublishHealthRequest', 'PublishNothing'):
    bad.telemetry()
    said = bad.signed(kind, {'metadata': {'cluster': 'web', 'containerInstance': bad.arn}})
    flooding = threading.Thread(target=flood)
    flooding.start()
    assert good.publish('PublishMetricsRequest', taskMetrics=[]) == 'AckPublishMetric'
    ecs.list_clusters()
    assert bad.tcs.until_closed() in (1006, 1008)
    flooding.join()
assert good.publish('PublishMetricsRequest', taskMetrics=[]) == 'AckPublishMetric'
serves(good)
bad.telemetry()
assert bad.publish('PublishMetricsRequest', taskMetrics=[]) == 'AckPublishMetric'
"#,
    );
}

#[test]
fn an_agent_whose_calls_are_too_many_tells_later_and_stays_the_instance_it_is() {
    let lab = lab();
    let mut agent = lab.agent("web");
    lab.register(&bridge("sleeper", "trap 'exit 0' TERM; while true; do sleep 0.2; done"));
    let instance = lab.instances("web")[0]["containerInstanceArn"].clone();
    let identity: Value = serde_json::from_slice(&fs::read(lab.agent_home(0).join("identity.json")).unwrap()).unwrap();
    let (id, secret) = (&identity["accessKeyId"], &identity["secretAccessKey"]);
    let (refused, enough) = (lab.data_dir().join("refused"), lab.data_dir().join("enough"));
    let flood = format!(
        r#"
flood = Flood(Credentials({id}, {secret}), 'DiscoverPollEndpoint')
wait('the flood is refused', lambda: flood.refused > 500)
open({refused:?}, 'w').close()
wait('that is enough', lambda: os.path.exists({enough:?}), 4 * DEADLINE)
flood.end()
"#
    );
    let arn = std::thread::scope(|scope| {
        let flooding = scope.spawn(|| tell(&lab, &flood));
        lab.until("the flood is refused", || refused.exists().then_some(()));
        let arn = lab.run_task("--cluster web --task-definition sleeper");
        lab.until("a report is refused", || {
            let log = agent.log();
            (log.contains("a report was not delivered; trying again") && log.contains("ThrottlingException"))
                .then_some(())
        });
        // Now and then one finds a gap in the flood.
        let mut admitted = 0;
        lab.until("a registration is refused", || {
            let connected = agent.log().matches("connected to the server").count();
            if connected > admitted {
                admitted = connected;
                agent.kill_9();
                agent.restart();
            }
            agent.log().contains("registering failed; trying again").then_some(())
        });
        fs::write(&enough, "").unwrap();
        flooding.join().unwrap();
        arn
    });
    let task = lab.until_task(&arn, "RUNNING");
    assert_eq!(task["containerInstanceArn"], instance);
    assert_eq!(lab.instances("web").len(), 1, "it registered anew");
}

/// Hosts of a cluster, each with a task that runs.
const HOSTS: usize = 1050;

#[test]
fn a_thousand_hosts_and_their_tasks_are_listed_each_on_a_line_of_its_own() {
    let lab = lab();
    let script = r#"
import resource
from concurrent.futures import ThreadPoolExecutor
files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
def host(_):
    agent = Agent('web', cpu=10)
    agent.api = ecs
    agent.register()
    return agent.connect()
def ran(agents):
    wait('they are connected', lambda: all(it['agentConnected'] for it in ecs.describe_container_instances(
        cluster='web', containerInstances=[it.arn for it in agents])['containerInstances']))
    started = ecs.start_task(cluster='web', taskDefinition='app', containerInstances=[it.arn for it in agents])
    return [it['taskArn'] for it in started['tasks']]
def runs(arn):
    ecs.submit_task_state_change(cluster='web', task=arn, status='RUNNING', containers=[{'containerName': 'main', 'status': 'RUNNING'}])
ecs = boto3.client('ecs', config=Config(max_pool_connections=8))
CAPABILITIES = CAPABILITIES[:5]
with ThreadPoolExecutor(8) as pool:
    agents = list(pool.map(host, range(HOSTS)))
    tasks = sum(pool.map(ran, [agents[n:n + 10] for n in range(0, HOSTS, 10)]), [])
    assert len(tasks) == HOSTS, len(tasks)
    list(pool.map(runs, tasks))
"#;
    tell(&lab, &script.replace("HOSTS", &HOSTS.to_string()));

    let table = lab.longshore_ok(&["host", "ls"]);
    let (header, rows) = table.split_once('\n').unwrap();
    let begin = |column: &str| header.find(column).unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    let ids: HashSet<&str> = rows.iter().map(|row| row.split(' ').next().unwrap()).collect();
    assert_eq!((rows.len(), ids.len()), (HOSTS, HOSTS));
    for row in &rows {
        assert_eq!(&row[begin("POOL")..begin("POOL") + 4], "web ", "{header}\n{row}");
        assert_eq!(
            &row[begin("CPU FREE")..begin("CPU FREE") + 8],
            "0 of 10 ",
            "{header}\n{row}"
        );
    }
    let listed: Value = serde_json::from_str(&lab.longshore_ok(&["host", "ls", "--output", "json"])).unwrap();
    assert_eq!(listed["hosts"].as_array().unwrap().len(), HOSTS);
    // Whoever reads only the first line gets that, and no complaint.
    let data_dir = lab.data_dir();
    let line = format!(
        "{} --data-dir {} host ls | head -n 1",
        path(&machine::longshore()),
        path(&data_dir)
    );
    let first = Command::new("sh").args(["-c", &line]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&first.stdout).trim_end(), header.trim_end());
    assert!(first.stderr.is_empty(), "{}", String::from_utf8_lossy(&first.stderr));

    for command in [["top", "--once"].as_slice(), &["ps"]] {
        let table = lab.longshore_ok(&[command, &["--cluster", "web"]].concat());
        let ids: HashSet<&str> = table
            .lines()
            .skip(1)
            .map(|row| row.split(' ').next().unwrap())
            .collect();
        assert_eq!((table.lines().count(), ids.len()), (HOSTS + 1, HOSTS), "{command:?}");
    }
}

/// A connection that has been answered once, and is kept.
fn kept(address: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    ask(&mut stream);
    assert!(answer(&mut stream).is_some_and(|it| it.starts_with("HTTP/1.1 200")));
    stream
}

fn ask(stream: &mut TcpStream) {
    stream
        .write_all(b"GET /_longshore/health HTTP/1.1\r\nHost: a\r\n\r\n")
        .unwrap();
}

/// None where there is none yet.
fn answer(stream: &mut TcpStream) -> Option<String> {
    stream.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    let mut answer = [0; 1024];
    let length = stream.read(&mut answer).ok()?;
    Some(String::from_utf8_lossy(&answer[..length]).into_owned())
}

#[test]
fn connections_beyond_the_limit_wait_until_another_ends() {
    let lab = Lab::bare();
    let program = lab.file(
        "few-files",
        &format!(
            "#!/bin/sh\nulimit -n 512\nexec {} \"$@\"\n",
            path(&machine::longshore())
        ),
    );
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    lab.server().upgrade(&program);
    lab.server().terminate();
    lab.server().restart();
    lab.until_healthy();

    let address = lab.url().trim_start_matches("http://");
    let mut kept: Vec<TcpStream> = (0..384).map(|_| kept(address)).collect();
    let mut waiting = TcpStream::connect(address).unwrap();
    ask(&mut waiting);
    assert_eq!(answer(&mut waiting), None);
    ask(&mut kept[7]);
    assert!(answer(&mut kept[7]).is_some(), "who is there is answered");
    kept.pop();
    let answered = lab.until("the waiting one is answered", || answer(&mut waiting));
    assert!(answered.starts_with("HTTP/1.1 200"), "{answered}");
    kept.clear();
    assert!(!lab.logs().contains("could not be accepted"), "{}", lab.logs());
    lab.aws("ecs list-clusters");
}

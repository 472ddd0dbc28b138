//! The agent's protocol, spoken by a client of our own (`stock.py`) as the stock agent speaks it, and by some that mean no good.

use crate::lab::Lab;

/// A lab with the cluster `web` and the task definition `app`.
pub(super) fn lab() -> Lab {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    lab
}

/// An agent that has joined with one of the tokens, with its session open.
const CONNECTED: &str = "
def connected(n, **more):
    agent = Agent('web', join(TOKENS[n]), **more)
    agent.register()
    agent.connect()
    return agent
";

/// Runs a script with the agent at hand, and `TOKENS` to join with.
pub(super) fn tell(lab: &Lab, script: &str) {
    let tokens: Vec<String> = (0..3)
        .map(|_| lab.longshore_ok(&["token", "--cluster", "web"]).trim().to_owned())
        .collect();
    let script = format!(
        "{}{CONNECTED}\nTOKENS = {tokens:?}\ndefine()\n{script}\nprint('told')",
        include_str!("stock.py")
    );
    assert_eq!(lab.boto3(&script), "told");
}

#[test]
fn a_task_runs_and_ends_as_the_stock_agent_reports_it() {
    tell(
        &lab(),
        r#"
agent = Agent('web', join(TOKENS[0]))
agent.register()
assert len(CAPABILITIES) > 50
assert instance(agent)['agentConnected'] is False and instance(agent)['versionInfo'] == {}
agent.connect()
assert agent.endpoints['telemetryEndpoint'] != agent.endpoints['endpoint']
agent.until('it is connected', lambda: instance(agent)['agentConnected'])
assert instance(agent)['versionInfo'] == {'agentVersion': '1.105.1', 'agentHash': '8dfceca', 'dockerVersion': 'DockerVersion: 20.10.24'}
agent.until_heard('HeartbeatMessage')

define('ported', portMappings=[{'containerPort': 80}])
arn = run(family='ported')[0]
agent.until_desired(arn, 'RUNNING')
task = next(it for kind, it in agent.heard if kind == 'PayloadMessage')['tasks'][0]
assert task['family'] == 'ported' and task['version'] == '1' and task['containers'][0]['essential'] is True, task
json.loads(task['containers'][0]['dockerConfig']['hostConfig'])
agent.until('the ack is noted', lambda: describe(arn).get('connectivity') == 'CONNECTED')

began = time.time() - 5
digest = 'sha256:' + 'a' * 64
assert agent.report(arn, 'PENDING', {'imageDigest': digest}, pullStartedAt=began, pullStoppedAt=began + 1) == 'ACK'
bound = [{'bindIP': '0.0.0.0', 'containerPort': 80, 'hostPort': 32768, 'protocol': 'tcp'}]
agent.report(arn, 'RUNNING', {'status': 'RUNNING', 'runtimeId': 'abc', 'networkBindings': bound})
seen = describe(arn)
assert seen['lastStatus'] == 'RUNNING' and seen['containers'][0]['networkBindings'] == bound, seen
assert seen['containers'][0]['imageDigest'] == digest and abs(seen['pullStartedAt'].timestamp() - began) < 1

# The same container twice in one list, and the exit's own time.
agent.report(arn, 'STOPPED', {'status': 'RUNNING', 'runtimeId': 'abc'}, {'status': 'STOPPED', 'exitCode': 3}, executionStoppedAt=began + 4)
seen = describe(arn)
assert seen['stopCode'] == 'EssentialContainerExited' and seen['containers'][0]['exitCode'] == 3, seen
assert abs(seen['executionStoppedAt'].timestamp() - began - 4) < 1
assert instance(agent)['remainingResources'][0]['integerValue'] == 2048

# An image that is not there: no exit code, no start.
arn = run()[0]
agent.until_desired(arn, 'RUNNING')
agent.report(arn, 'STOPPED', {'status': 'STOPPED', 'reason': 'CannotPullImageManifestError: not found'})
seen = describe(arn)
assert seen['stopCode'] == 'TaskFailedToStart' and 'startedAt' not in seen and 'exitCode' not in seen['containers'][0], seen
"#,
    );
}

#[test]
fn an_agent_that_registers_again_keeps_what_it_had() {
    tell(
        &lab(),
        r#"
agent = connected(0)
arn = run()[0]
agent.until_desired(arn, 'RUNNING')
agent.report(arn, 'RUNNING', {'status': 'RUNNING'})
agent.acs.close()
before = agent.arn
agent.register()
assert agent.arn == before
kept = instance(agent)
assert {'name': 'rack', 'value': 'r1'} in kept['attributes']
assert kept['remainingResources'][0]['integerValue'] == 2048 - 10, 'a task still runs'
"#,
    );
}

#[test]
fn what_was_decided_while_an_agent_was_away_waits_for_it() {
    tell(
        &lab(),
        r#"
agent = connected(0)
stays, goes, ended = run(3)
for arn in (stays, goes, ended):
    agent.until_desired(arn, 'RUNNING')
    agent.report(arn, 'RUNNING', {'status': 'RUNNING'})
agent.acs.close()
agent.until_away = wait('it is away', lambda: not instance(agent)['agentConnected'])
ecs.stop_task(cluster='web', task=goes)
# The exit is told late, and a report of before it comes after.
agent.report(ended, 'STOPPED', {'status': 'STOPPED', 'exitCode': 0})
assert agent.report(ended, 'RUNNING', {'status': 'RUNNING'}) == 'ACK'
assert describe(ended)['lastStatus'] == 'STOPPED'
agent.heard.clear()
agent.connect()
agent.until_desired(goes, 'STOPPED')
agent.until_heard('TaskManifestMessage')
told = [task for kind, it in agent.heard if kind == 'PayloadMessage' for task in it['tasks']]
assert [(it['arn'], it['desiredStatus']) for it in told] == [(goes, 'STOPPED')], told
gone = stays.rsplit('/', 1)[0] + '/' + '0' * 32
assert refused(agent.report, arn=gone, status='RUNNING') == 'InvalidParameterException'
"#,
    );
}

#[test]
fn a_deregistered_agent_is_told_by_the_name_it_looks_for() {
    tell(
        &lab(),
        r#"
def deregistered(agent):
    agent.register()
    agent.connect()
    agent.until_heard('HeartbeatMessage')
    ecs.deregister_container_instance(cluster='web', containerInstance=agent.arn, force=True)
    assert agent.acs.until_closed() == 1000
    return agent

agent = deregistered(Agent('web'))
try:
    agent.connect()
    raise AssertionError('it was admitted')
except Refused as error:
    assert 'InactiveInstanceException' in json.loads(error.body), error.body

# The key of a host that has joined dies with its registration.
from botocore.exceptions import ClientError
joined = deregistered(Agent('web', join(TOKENS[0])))
try:
    joined.connect()
    raise AssertionError('it was admitted')
except ClientError as error:
    assert error.response['Error']['Code'] == 'UnrecognizedClientException', error
"#,
    );
}

#[test]
fn tasks_beyond_the_manifest_are_stopped_unless_they_are_too_many() {
    tell(
        &lab(),
        r#"
agent = connected(0)
own = run()[0]
agent.until_desired(own, 'RUNNING')
agent.report(own, 'RUNNING', {'status': 'RUNNING'})
strays = [own.rsplit('/', 1)[0] + '/%032x' % n for n in range(5)]

def reconnect(count):
    agent.acs.close()
    agent.tasks = {own: 'RUNNING', **{arn: 'RUNNING' for arn in strays[:count]}}
    agent.heard.clear()
    wait('it is away', lambda: not instance(agent)['agentConnected'])
    agent.connect()
    agent.until_heard('TaskManifestMessage')

reconnect(2)
agent.until_heard('TaskStopVerificationAck')
assert [agent.tasks[it] for it in (own, *strays[:2])] == ['RUNNING', 'STOPPED', 'STOPPED']
reconnect(5)
serves(agent)
assert not [kind for kind, _ in agent.heard if kind == 'TaskStopVerificationAck']
assert all(agent.tasks[it] == 'RUNNING' for it in (own, *strays))
"#,
    );
}

#[test]
fn a_payload_that_is_refused_fails_the_task_that_was_in_it() {
    tell(
        &lab(),
        r#"
agent = connected(0)
def decline(it):
    agent.say('NackRequest', cluster=it['clusterArn'], containerInstance=it['containerInstanceArn'], messageId=it['messageId'], reason='no')
agent.ack = decline
arn = run()[0]
agent.until('it has failed', lambda: describe(arn)['lastStatus'] == 'STOPPED')
assert describe(arn)['stoppedReason'] == 'The agent refused the task: no', describe(arn)
"#,
    );
}

#[test]
fn a_second_session_needs_proof_or_a_dead_first_one() {
    let lab = lab();
    tell(
        &lab,
        r#"
def turned_away(agent, **more):
    other = Agent('web', agent.credentials)
    other.arn = agent.arn
    try:
        other.connect(**more)
    except Refused as error:
        return 'live session' in error.body
    raise AssertionError('it was admitted')

stock = connected(0)
stock.until_heard('HeartbeatMessage')
answering = threading.Event()
def answer():
    while not answering.is_set():
        stock.pump()
thread = threading.Thread(target=answer)
thread.start()
assert turned_away(stock) and turned_away(stock, epoch=10 ** 12, connection=1)
# Once it was not heard just now, it is asked whether it is there.
beats = lambda: [kind for kind, _ in stock.heard].count('HeartbeatMessage')
before = beats()
wait('it was asked', lambda: turned_away(stock) and beats() > before)
answering.set()
thread.join()
serves(stock)

# From here on it answers nothing, as a machine that has lost its power.
other = Agent('web', stock.credentials)
other.arn = stock.arn
def admitted():
    try:
        return other.connect()
    except Refused as error:
        assert 'live session' in error.body
wait('the first one is found dead', admitted)
assert stock.acs.until_closed() == 1000
serves(other)
assert instance(other)['agentConnected'], 'the end of the old one undid the new one'

ours = Agent('web', join(TOKENS[1]))
ours.register()
ours.connect(epoch=5, connection=1)
ours.until_heard('HeartbeatMessage')
for epoch, connection in ((5, 1), (4, 99), (5, 0)):
    assert turned_away(ours, epoch=epoch, connection=connection)
ecs.start_task(cluster='web', taskDefinition='app', containerInstances=[ours.arn])
newer = Agent('web', ours.credentials)
newer.arn = ours.arn
newer.connect(epoch=6, connection=1)
assert ours.acs.until_closed() == 1000
newer.until_heard('PayloadMessage')
"#,
    );
    assert!(
        lab.logs().contains("a second connection for an instance was refused"),
        "{}",
        lab.logs()
    );
}

#[test]
fn telemetry_shows_health_and_use() {
    let lab = lab();
    tell(
        &lab,
        r#"
agent, other = connected(0), connected(1)
for it in (agent, other):
    it.telemetry()
arn = ecs.start_task(cluster='web', taskDefinition='app', containerInstances=[agent.arn])['tasks'][0]['taskArn']
agent.until_desired(arn, 'RUNNING')
agent.report(arn, 'RUNNING', {'status': 'RUNNING'})
assert describe(arn)['healthStatus'] == 'UNKNOWN'

def health(who, status):
    containers = [{'containerName': 'main', 'healthStatus': status, 'statusSince': time.time()}]
    assert who.publish('PublishHealthRequest', tasks=[{'taskArn': arn, 'taskDefinitionFamily': 'app', 'containers': containers}]) == 'AckPublishHealth'
    seen = describe(arn)
    assert seen['containers'][0]['healthStatus'] == seen['healthStatus'], seen
    return seen['healthStatus']

assert health(agent, 'HEALTHY') == 'HEALTHY'
version = describe(arn)['version']
assert health(agent, 'HEALTHY') == 'HEALTHY' and describe(arn)['version'] == version
assert health(other, 'UNHEALTHY') == 'HEALTHY', 'another instance was believed'
assert health(agent, 'UNHEALTHY') == 'UNHEALTHY'

def use(who, cpu, memory):
    sets = {'cpuStatsSet': {'min': cpu, 'max': cpu, 'sampleCount': 2, 'sum': 2 * cpu},
            'memoryStatsSet': {'min': memory, 'max': memory, 'sampleCount': 1, 'sum': memory}}
    metric = {'taskArn': arn, 'taskDefinitionFamily': 'app', 'taskDefinitionVersion': '1',
              'containerMetrics': [{'containerName': 'main', **sets}, {'containerName': 'fresh'}]}
    return who.publish('PublishMetricsRequest', taskMetrics=[metric])
assert agent.publish('PublishMetricsRequest', taskMetrics=[]) == 'AckPublishMetric'
assert use(agent, 25.0, 33) == 'AckPublishMetric'
use(other, 99.0, 99)

checked = time.time() - 60
status = {'type': 'ContainerRuntime', 'status': 'IMPAIRED', 'lastUpdated': checked + 1, 'lastStatusChange': checked}
assert agent.publish('PublishInstanceStatusRequest', statuses=[status]) == 'AckPublishInstanceStatus'
seen = instance(agent, include=['CONTAINER_INSTANCE_HEALTH'])['healthStatus']
assert seen['overallStatus'] == 'IMPAIRED' and seen['details'][0]['type'] == 'CONTAINER_RUNTIME', seen
assert abs(seen['details'][0]['lastStatusChange'].timestamp() - checked) < 1
"#,
    );
    let table = lab.longshore_ok(&["top", "--cluster", "web"]);
    let row: Vec<&str> = table.lines().nth(1).unwrap().split_whitespace().skip(1).collect();
    assert_eq!(row, ["app:1", "main", "50.0", "33", "MiB", "64", "MiB", "0"], "{table}");
    let told = lab.longshore_ok(&["top", "--cluster", "web", "--output", "json"]);
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["tasks"][0]["containers"][0]["samples"][0]["cpuUnits"], 512.0);
}

#[test]
fn telemetry_that_is_not_signed_message_by_message_is_not_heard() {
    tell(
        &lab(),
        r#"
agent, other = connected(0), connected(1)
other.telemetry()

def ends(spoil):
    agent.telemetry()
    assert agent.publish('PublishMetricsRequest', taskMetrics=[]) == 'AckPublishMetric'
    agent.tcs.send(spoil(agent.signed('PublishMetricsRequest', {'metadata': {}})))
    assert agent.tcs.until_closed() == 1008

ends(lambda text: text.split('\r\n\r\n')[1])
ends(lambda text: text.replace('metadata', 'metadatA'))
ends(lambda text: other.signed('PublishMetricsRequest', {}))
agent.telemetry()
agent.tcs.send(agent.signed('PublishHealthRequest', {'tasks': [{'taskArn': 'x'}] * 101}))
assert agent.tcs.until_closed() == 1008
try:
    agent.arn = other.arn
    agent.telemetry()
    raise AssertionError('it was admitted')
except Refused as error:
    assert 'AccessDeniedException' in error.body
assert other.publish('PublishMetricsRequest', taskMetrics=[]) == 'AckPublishMetric'
"#,
    );
}

#[test]
fn a_hostile_agent_harms_itself_alone() {
    tell(
        &lab(),
        r#"
good = connected(0)
arn = run()[0]
good.until_desired(arn, 'RUNNING')
bad = connected(1)
bad.until_heard('HeartbeatMessage')

# Another instance's task, and another instance's session.
assert refused(bad.report, arn=arn, status='STOPPED') == 'AccessDeniedException'
assert describe(arn)['lastStatus'] == 'PENDING'
thief = Agent('web', bad.credentials)
thief.arn = good.arn
try:
    thief.connect()
    raise AssertionError('it was admitted')
except Refused as error:
    assert 'AccessDeniedException' in error.body

# Acks and questions about messages of the other session, of before, and of never.
for kind, it in list(good.heard):
    bad.say('AckRequest', messageId=it.get('messageId'))
    bad.say('NackRequest', messageId=it.get('messageId'), reason='spite')
    bad.say('TaskStopVerificationMessage', messageId=it.get('messageId'), stopCandidates=[{'taskArn': arn}])
for text in ('', '{', '[]', '{"type":7}', '{"type":"AckRequest","message":[]}', '{"type":"New","message":{"a":{}}}'):
    bad.acs.send(text)
good.report(arn, 'RUNNING', {'status': 'RUNNING'})
assert describe(arn)['lastStatus'] == 'RUNNING'

# A frame too large, and far too many.
try:
    bad.acs.frame(1, b' ' * (2 << 20))
except OSError:
    pass
assert bad.acs.until_closed() in (1006, 1009)
bad.connect()
try:
    for _ in range(20000):
        bad.acs.send('{"type":"AckRequest","message":{"messageId":"1"}}')
except OSError:
    pass
assert bad.acs.until_closed() in (1006, 1008)

# A recorded handshake, once its session has ended, is the key's own and no other's: it opens nothing of the other instance.
half_open = [socket.create_connection((urllib.parse.urlsplit(ENDPOINT).hostname, urllib.parse.urlsplit(ENDPOINT).port)) for _ in range(200)]
for it in half_open:
    it.sendall(b'GET /ws?containerInstanceArn=x HTTP/1.1\r\nHost: x\r\n')
ecs.update_container_instances_state(cluster='web', containerInstances=[bad.arn], status='DRAINING')
serves(good)
"#,
    );
}

#[test]
fn output_that_an_agent_does_not_bring_is_not_waited_for() {
    tell(
        &lab(),
        r#"
agent = connected(0)
arn = run()[0]
agent.until_desired(arn, 'RUNNING')
url = ENDPOINT + '/_longshore/logs?cluster=web&task=' + arn.rsplit('/')[-1]
signed = AWSRequest('GET', url)
SigV4Auth(ROOT, 'ecs', REGION).add_auth(signed)
try:
    urllib.request.urlopen(urllib.request.Request(url, headers=dict(signed.headers)), timeout=DEADLINE)
    raise AssertionError('there is output')
except urllib.error.HTTPError as error:
    assert 'TargetNotConnectedException' in error.read().decode()
serves(agent)
"#,
    );
}

#[test]
fn a_server_that_ends_tells_its_agents_to_come_back() {
    let lab = lab();
    let ready = lab.data_dir().join("connected");
    std::thread::scope(|scope| {
        let agent = scope.spawn(|| {
            tell(
                &lab,
                &format!(
                    r#"
agent = connected(0)
agent.until_heard('HeartbeatMessage')
agent.telemetry()
open({ready:?}, 'w').close()
assert agent.acs.until_closed() == 1000 and agent.tcs.until_closed() == 1000
"#
                ),
            );
        });
        lab.until("the agent is connected", || ready.exists().then_some(()));
        assert!(lab.server().terminate().success());
        agent.join().unwrap();
    });
}

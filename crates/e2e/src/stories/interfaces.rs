//! Network interfaces for the stock agent: its host has them, and the server says which task gets which.

use super::protocol::{lab, tell};
use crate::machine::BUSYBOX;

/// The task definition `own`, whose tasks have an address, an agent that can have interfaces, and what starts a task on its instance.
const OWN: &str = r#"
ecs.register_task_definition(family='own', networkMode='awsvpc', containerDefinitions=[{'name': 'main', 'image': 'app:1', 'memory': 64}])
VPC = {'awsvpcConfiguration': {'subnets': ['subnet-1']}}
ATTACH = 'AttachTaskNetworkInterfacesMessage'

def start(agent):
    answer = ecs.start_task(cluster='web', taskDefinition='own', containerInstances=[agent.arn], networkConfiguration=VPC)
    assert not answer['failures'], answer['failures']
    return answer['tasks'][0]['taskArn']

def attachment(arn):
    return describe(arn)['attachments'][0]

def ready(n):
    agent = connected(n, interfaces=True)
    agent.until_heard('HeartbeatMessage')
    return agent

def told(agent, arn):
    """What the agent was last told of the task's interface."""
    heard = agent.until(f'the interface of {arn} is told', lambda: [it for kind, it in agent.heard if kind == ATTACH and it['taskArn'] == arn])
    return heard[-1]
"#;

/// How docs/agents.md says that a host gets its links.
fn recipe() -> &'static str {
    let page = include_str!("../../../../docs/agents.md");
    let blocks = page.split("```").skip(1).step_by(2);
    let mut recipes = blocks.filter_map(|it| it.strip_prefix("sh\n").filter(|it| it.contains("ip link add")));
    recipes.next().unwrap()
}

#[test]
fn a_container_serves_from_the_link_that_its_host_was_given_for_it() {
    let setup = format!("RECIPE = {:?}\nIMAGE = {BUSYBOX:?}\n", recipe());
    let script = r#"
import subprocess
def sh(*words):
    ran = subprocess.run(words, capture_output=True, text=True)
    assert ran.returncode == 0, (words, ran.stderr)
    return ran.stdout.strip()

# What the agent's plugin does: it finds the link by its hardware address and makes it the container's.
def plug(host, container, interface):
    pid = sh('docker', 'inspect', '-f', '{{.State.Pid}}', container)
    links = json.loads(sh('ip', '-n', host, '-j', 'link'))
    name, = [it['ifname'] for it in links if it['address'] == interface['macAddress']]
    sh('ip', '-n', host, 'link', 'set', name, 'netns', pid)
    gateway, prefix = interface['subnetGatewayIpv4Address'].split('/')
    address = interface['ipv4Addresses'][0]['privateAddress']
    for words in (f'link set {name} name eth0', f'address add {address}/{prefix} dev eth0', 'link set eth0 up', f'route add default via {gateway}'):
        sh('nsenter', '-t', pid, '-n', 'ip', *words.split())
    return address

agent = ready(0)
host, containers = 'stock-%d' % os.getpid(), []
sh('ip', 'netns', 'add', host)
try:
    part = agent.credentials.task_network.rsplit('.', 1)[0]
    assert 'part=10.64.3 ' in RECIPE
    sh('ip', 'netns', 'exec', host, 'sh', '-ec', RECIPE.replace('part=10.64.3 ', f'part={part} '))
    tasks = [start(agent), start(agent)]
    addresses = []
    for arn in tasks:
        agent.until_desired(arn, 'RUNNING')
        interface, = told(agent, arn)['elasticNetworkInterfaces']
        sent = next(task for kind, it in agent.heard if kind == 'PayloadMessage' for task in it['tasks'] if task['arn'] == arn)
        assert sent['networkMode'] == 'awsvpc' and sent['elasticNetworkInterfaces'] == [interface], sent
        assert not sent['containers'][0]['portMappings']
        serve = 'echo %s > index.html; httpd -f -p 8080' % arn
        containers.append(sh('docker', 'run', '-d', '--network', 'none', IMAGE, 'sh', '-c', serve))
        addresses.append(plug(host, containers[-1], interface))
        agent.report(arn, 'RUNNING', {'status': 'RUNNING', 'runtimeId': containers[-1]})
    assert addresses == [part + '.2', part + '.3'], addresses
    for arn, address in zip(tasks, addresses):
        ask = ['curl', '-sf', '--retry', '30', '--retry-delay', '1', '--retry-connrefused', f'http://{address}:8080/']
        assert sh('ip', 'netns', 'exec', host, *ask) == arn
        seen = describe(arn)
        details = {it['name']: it['value'] for it in seen['attachments'][0]['details']}
        assert seen['lastStatus'] == 'RUNNING' and seen['attachments'][0]['status'] == 'ATTACHED', seen
        assert seen['containers'][0]['networkInterfaces'][0]['privateIpv4Address'] == details['privateIPv4Address'] == address
        shown = boto3.client('ec2').describe_network_interfaces(NetworkInterfaceIds=[details['networkInterfaceId']])['NetworkInterfaces'][0]
        assert shown['MacAddress'] == details['macAddress'] and shown['Attachment']['Status'] == 'attached', shown
    # From one task to the other.
    ask = ['wget', '-qO-', f'http://{addresses[1]}:8080/']
    assert sh('docker', 'exec', containers[0], *ask) == tasks[1]
    assert instance(agent)['runningTasksCount'] == 2
finally:
    for container in containers:
        sh('docker', 'rm', '-f', container)
    sh('ip', 'netns', 'del', host)

ecs.stop_task(cluster='web', task=tasks[0])
agent.until_desired(tasks[0], 'STOPPED')
agent.report(tasks[0], 'STOPPED', {'status': 'STOPPED', 'exitCode': 137})
assert attachment(tasks[0])['status'] == 'DELETED'
again = told(agent, start(agent))['elasticNetworkInterfaces'][0]
assert again['ipv4Addresses'][0]['privateAddress'] == addresses[0], 'the link is free again'
"#;
    tell(&lab(), &format!("{OWN}{setup}{script}"));
}

#[test]
fn an_interface_is_told_until_it_is_taken_on_or_it_is_too_late() {
    let script = r#"
lazy, away, agent = [ready(n) for n in range(3)]
lazy.attaches = False
late, gone = start(lazy), start(away)
away.acs.close()
first = told(lazy, late)
assert 170000 < first['waitTimeoutMs'] <= 180000, first
assert describe(late)['lastStatus'] == 'PROVISIONING' and attachment(late)['status'] == 'CREATED'

# It is told again, by another number, with the time that is left; and of the task not yet.
lazy.acs.close()
wait('it is away', lambda: not instance(lazy)['agentConnected'])
lazy.heard.clear()
lazy.connect()
again = told(lazy, late)
assert again['messageId'] != first['messageId'] and again['elasticNetworkInterfaces'] == first['elasticNetworkInterfaces']
assert 0 < again['waitTimeoutMs'] < first['waitTimeoutMs']
assert not lazy.tasks and not [kind for kind, _ in lazy.heard if kind == 'PayloadMessage']

# What an agent says of an attachment counts if it is its own, in either of the two calls.
arns = start(agent), start(agent)
for arn in arns:
    agent.until_desired(arn, 'RUNNING')
    assert attachment(arn)['status'] == 'ATTACHING'
said = [[{'attachmentArn': told(agent, arn)['elasticNetworkInterfaces'][0]['attachmentArn'], 'status': 'ATTACHED'}] for arn in arns]
spite = [{**it, 'status': 'DETACHED'} for it, in said]
lazy.api.submit_attachment_state_changes(cluster='web', attachments=spite)
assert refused(lazy.report, arn=arns[0], status='PENDING', attachments=spite) == 'AccessDeniedException'
assert [attachment(arn)['status'] for arn in arns] == ['ATTACHING'] * 2
agent.api.submit_attachment_state_changes(cluster='web', attachments=said[0])
agent.report(arns[1], 'PENDING', attachments=said[1])
assert [attachment(arn)['status'] for arn in arns] == ['ATTACHED'] * 2
agent.acs.close()

# Nothing of it has begun on the host, so it ends without the host.
ended = lambda arn: describe(arn)['lastStatus'] == 'STOPPED' and describe(arn)
for arn, ends, seconds in ((late, lambda look: lazy.until('it is too late', look, 240), 15), (gone, lambda look: wait('the sweep', look, 120), 75)):
    seen = ends(lambda: ended(arn))
    assert seen['stopCode'] == 'TaskFailedToStart', seen
    assert seen['stoppedReason'] == 'Timeout waiting for network interface provisioning to complete.', seen
    took = (seen['stoppedAt'] - seen['createdAt']).total_seconds()
    assert 180 <= took < 180 + seconds, took
assert not lazy.tasks
assert instance(lazy)['remainingResources'][1]['integerValue'] == 4096
lazy.attaches = True
arn = start(lazy)
lazy.until_desired(arn, 'RUNNING')
assert told(lazy, arn)['elasticNetworkInterfaces'][0]['macAddress'] == first['elasticNetworkInterfaces'][0]['macAddress']
"#;
    tell(&lab(), &format!("{OWN}{script}"));
}

"""A protocol client that does on the wire what amazon-ecs-agent 1.105 does, and nothing more.

It signs with botocore, asks with boto3, and has a websocket of its own, so that it shares no line with the server it talks to. What it
reports of containers is invented: these stories are about the protocol.
"""
import base64, os, socket, struct, threading, time, urllib.parse, urllib.request, uuid
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

ENDPOINT = os.environ['AWS_ENDPOINT_URL']
REGION = os.environ['AWS_REGION'] if 'AWS_REGION' in os.environ else os.environ['AWS_DEFAULT_REGION']
ROOT = Credentials(os.environ['AWS_ACCESS_KEY_ID'], os.environ['AWS_SECRET_ACCESS_KEY'])
DEADLINE = 60

CAPABILITIES = [
    *('com.amazonaws.ecs.capability.docker-remote-api.1.%d' % n for n in range(17, 45)),
    *('com.amazonaws.ecs.capability.logging-driver.' + it for it in ('json-file', 'awslogs', 'none', 'syslog', 'journald')),
    'com.amazonaws.ecs.capability.privileged-container', 'com.amazonaws.ecs.capability.ecr-auth',
    'com.amazonaws.ecs.capability.task-iam-role', 'com.amazonaws.ecs.capability.task-iam-role-network-host',
    'ecs.capability.docker-plugin.local', 'ecs.capability.private-registry-authentication.secretsmanager',
    'ecs.capability.secrets.ssm.environment-variables', 'ecs.capability.secrets.ssm.bootstrap.log-driver',
    'ecs.capability.secrets.asm.environment-variables', 'ecs.capability.secrets.asm.bootstrap.log-driver',
    'ecs.capability.aws-appmesh', 'ecs.capability.container-health-check', 'ecs.capability.container-ordering',
    'ecs.capability.env-files.s3', 'ecs.capability.execution-role-awslogs', 'ecs.capability.execution-role-ecr-pull',
    'ecs.capability.extensible-ephemeral-storage', 'ecs.capability.full-sync', 'ecs.capability.logging-driver.awsfirelens.log-driver-buffer-limit',
    'ecs.capability.network.container-port-range', 'ecs.capability.pid-ipc-namespace-sharing', 'ecs.capability.task-cpu-mem-limit',
    'ecs.capability.container-restart-policy', 'ecs.capability.external',
]
INTERFACES = ['ecs.capability.task-eni', 'ecs.capability.task-eni-block-instance-metadata', 'ecs.capability.cni-plugin-version']


def wait(what, look, seconds=DEADLINE):
    end = time.time() + seconds
    while time.time() < end:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError('waited in vain until ' + what)


def refused(call, **input):
    """The code with which a call is refused."""
    try:
        call(**input)
    except Exception as error:
        return error.response['Error']['Code']
    raise AssertionError('not refused')


class Refused(Exception):
    def __init__(self, status, body):
        super().__init__(f'{status} {body}')
        self.status, self.body = status, body


class Closed(Exception):
    def __init__(self, code):
        super().__init__(f'closed with {code}')
        self.code = code


class Websocket:
    def __init__(self, endpoint, fields, credentials):
        # Go writes a space as a plus, and its signer signs it as %20.
        sent = urllib.parse.urlencode(sorted(fields.items()))
        base = endpoint.rstrip('/') + '/ws?'
        self.url = base + sent.replace('+', '%20')
        self.credentials = credentials
        signed = AWSRequest('GET', self.url)
        SigV4Auth(credentials, 'ecs', REGION).add_auth(signed)
        target = urllib.parse.urlsplit(base + sent)
        self.host = target.netloc
        self.buffer = b''
        self.socket = socket.create_connection((target.hostname, target.port), DEADLINE)
        lines = [f'GET {target.path}?{target.query} HTTP/1.1', f'Host: {self.host}', 'Upgrade: websocket', 'Connection: Upgrade',
                 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: ' + base64.b64encode(os.urandom(16)).decode()]
        lines += [f'{name}: {value}' for name, value in signed.headers.items()]
        self.handshake = ('\r\n'.join(lines) + '\r\n\r\n').encode()
        self.socket.sendall(self.handshake)
        head = self.head()
        status = int(head.split(' ')[1])
        if status != 101:
            length = next(int(line.split(':')[1]) for line in head.split('\r\n') if line.lower().startswith('content-length'))
            raise Refused(status, self.read(length).decode())

    def head(self):
        head = b''
        while not head.endswith(b'\r\n\r\n'):
            head += self.read(1)
        return head.decode()

    def read(self, count):
        while len(self.buffer) < count:
            some = self.socket.recv(65536)
            if not some:
                raise Closed(1006)
            self.buffer += some
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def frame(self, opcode, data):
        size = len(data)
        length = bytes([128 | size]) if size < 126 else bytes([254]) + struct.pack('>H', size) if size < 65536 \
            else bytes([255]) + struct.pack('>Q', size)
        self.socket.sendall(bytes([128 | opcode]) + length + b'\0\0\0\0' + data)

    def send(self, text):
        self.frame(1, text.encode())

    def receive(self, seconds=DEADLINE):
        """The next text; None where there is none for that long."""
        while True:
            self.socket.settimeout(seconds)
            try:
                first, second = self.read(1)[0], self.read(1)[0]
            except TimeoutError:
                return None
            except ConnectionError:
                raise Closed(1006)
            self.socket.settimeout(DEADLINE)
            size = second & 127
            size = struct.unpack('>H', self.read(2))[0] if size == 126 else struct.unpack('>Q', self.read(8))[0] if size == 127 else size
            data = self.read(size)
            opcode = first & 15
            if opcode == 8:
                raise Closed(struct.unpack('>H', data[:2])[0] if data else 1005)
            if opcode == 9:
                self.frame(10, data)
            if opcode == 1:
                return data.decode()

    def until_closed(self):
        try:
            while True:
                assert self.receive() is not None, 'still open'
        except Closed as closed:
            return closed.code
        except ConnectionError:
            return 1006

    def close(self):
        self.socket.close()


def join(token, name='stock'):
    """A key of the host's own, as docs/agents.md has it."""
    request = urllib.request.Request(ENDPOINT + '/', json.dumps({'token': token, 'hostName': name}).encode(), {
        'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': 'Longshore_20261124.JoinHost'})
    joined = json.load(urllib.request.urlopen(request))
    credentials = Credentials(joined['accessKeyId'], joined['secretAccessKey'])
    credentials.task_network = joined['taskNetwork']
    return credentials


class Flood:
    """One signed call over and over again, by several threads, as fast as the server answers."""

    def __init__(self, credentials, operation, **input):
        request = AWSRequest('POST', ENDPOINT + '/', data=json.dumps(input), headers={
            'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': 'AmazonEC2ContainerServiceV20141113.' + operation})
        SigV4Auth(credentials, 'ecs', REGION).add_auth(request)
        self.target = urllib.parse.urlsplit(ENDPOINT)
        lines = [f'{name}: {value}' for name, value in request.headers.items()]
        lines += ['Host: ' + self.target.netloc, f'Content-Length: {len(request.body)}']
        self.call = ('POST / HTTP/1.1\r\n' + '\r\n'.join(lines) + '\r\n\r\n').encode() + request.body
        self.answered, self.refused, self.enough = 0, 0, False
        self.threads = [threading.Thread(target=self.run, daemon=True) for _ in range(4)]
        for it in self.threads:
            it.start()

    def run(self):
        link, at_once = socket.create_connection((self.target.hostname, self.target.port), DEADLINE), 50
        while not self.enough:
            link.sendall(self.call * at_once)
            told = b''
            while told.count(b'HTTP/1.1 ') < at_once or not told.endswith(b'}'):
                some = link.recv(65536)
                assert some, 'the server has hung up'
                told += some
            refused = told.count(b'"ThrottlingException"')
            assert refused == told.count(b'Rate exceeded') == told.count(b'HTTP/1.1 400'), told
            self.refused += refused
            self.answered += at_once - refused

    def end(self):
        self.enough = True
        for it in self.threads:
            it.join()


class Agent:
    def __init__(self, cluster, credentials=ROOT, custom={'rack': 'r1'}, cpu=2048, interfaces=False):
        self.interfaces, self.attaches = interfaces, True
        self.cluster, self.credentials, self.custom, self.cpu = cluster, credentials, custom, cpu
        self.api = boto3.client('ecs', aws_access_key_id=credentials.access_key, aws_secret_access_key=credentials.secret_key,
                                config=Config(retries={'max_attempts': 0}))
        self.arn, self.acs, self.tcs, self.sequence, self.started = None, None, None, 0, False
        self.tasks, self.heard, self.silent = {}, [], False

    def register(self):
        # An agent that asks EC2's metadata service who it is can have interfaces; an external one never.
        capabilities = [it for it in CAPABILITIES if it != 'ecs.capability.external'] + INTERFACES if self.interfaces else CAPABILITIES
        attributes = [{'name': name} for name in capabilities]
        attributes += [{'name': 'ecs.os-type', 'value': 'linux'}, {'name': 'ecs.os-family', 'value': 'LINUX'},
                       {'name': 'ecs.cpu-architecture', 'value': 'x86_64'}]
        again = {}
        if self.arn:
            again['containerInstanceArn'] = self.arn
        else:
            attributes += [{'name': name, 'value': value} for name, value in self.custom.items()]
        answer = self.api.register_container_instance(
            cluster=self.cluster, attributes=attributes, instanceIdentityDocument='', instanceIdentityDocumentSignature='',
            totalResources=[{'name': 'CPU', 'type': 'INTEGER', 'integerValue': self.cpu},
                            {'name': 'MEMORY', 'type': 'INTEGER', 'integerValue': 4096},
                            {'name': 'PORTS', 'type': 'STRINGSET', 'stringSetValue': ['22', '2375', '2376', '51678', '51679']},
                            {'name': 'PORTS_UDP', 'type': 'STRINGSET', 'stringSetValue': []}], **again)['containerInstance']
        back = {it['name']: it.get('value') for it in answer['attributes']}
        for it in attributes:
            assert it['name'] in back and back[it['name']] == it.get('value'), it
        assert back['ecs.availability-zone']
        self.arn = answer['containerInstanceArn']
        return answer

    def connect(self, **more):
        found = self.api.discover_poll_endpoint(containerInstance=self.arn, cluster=self.cluster)
        self.endpoints = found
        fields = {'clusterArn': self.cluster, 'containerInstanceArn': self.arn, 'agentVersion': '1.105.1', 'agentHash': '8dfceca',
                  'dockerVersion': 'DockerVersion: 20.10.24', 'protocolVersion': '2', 'seqNum': '1',
                  'sendCredentials': str(not self.started).lower(), **{k: str(v) for k, v in more.items()}}
        self.acs = Websocket(found['endpoint'], fields, self.credentials)
        self.started = True
        return self

    def say(self, kind, **message):
        self.acs.send(json.dumps({'type': kind, 'message': message}))

    def pump(self, seconds=0.2):
        """Takes the next frame and does what the agent does with it."""
        text = self.acs.receive(seconds)
        if text is None:
            return
        frame = json.loads(text)
        kind, it = frame['type'], frame['message']
        self.heard.append((kind, it))
        if self.silent:
            return
        if kind == 'HeartbeatMessage':
            self.say('HeartbeatAckRequest', messageId=it['messageId'])
        elif kind == 'PayloadMessage' and it.get('messageId') and it.get('clusterArn') and it.get('containerInstanceArn'):
            self.sequence = max(self.sequence, it['seqNum'])
            for task in it['tasks']:
                if task['desiredStatus'] == 'RUNNING':
                    self.tasks.setdefault(task['arn'], 'RUNNING')
                else:
                    self.tasks[task['arn']] = 'STOPPED'
            self.ack(it)
        elif kind == 'AttachTaskNetworkInterfacesMessage' and self.attaches:
            # Without any of these the message is dropped.
            assert it['messageId'] and it['clusterArn'] and it['containerInstanceArn'] and it['taskArn'] and it['waitTimeoutMs'] > 0, it
            for interface in it['elasticNetworkInterfaces']:
                assert interface['macAddress'] and interface['ec2Id'] and interface['ipv4Addresses'], it
                assert '/' in interface['subnetGatewayIpv4Address'], it
            self.ack(it)
        elif kind == 'TaskManifestMessage' and it['timeline'] > self.sequence:
            self.sequence = it['timeline']
            self.ack(it)
            wanted = {task['taskArn'] for task in it['tasks'] if task['desiredStatus'] == 'RUNNING'}
            surplus = [arn for arn, desired in self.tasks.items() if desired == 'RUNNING' and arn not in wanted]
            if surplus:
                self.say('TaskStopVerificationMessage', messageId=it['messageId'], stopCandidates=[
                    {'taskArn': arn, 'taskClusterArn': it['clusterArn'], 'desiredStatus': 'STOPPED'} for arn in surplus])
        elif kind == 'TaskStopVerificationAck':
            for task in it['stopTasks']:
                self.tasks[task['taskArn']] = 'STOPPED'
        elif kind in ('StageUpdateMessage', 'PerformUpdateMessage'):
            self.say('NackRequest', cluster=it['clusterArn'], containerInstance=it['containerInstanceArn'], messageId=it['messageId'],
                     reason='Updates are disabled')

    def ack(self, it):
        self.say('AckRequest', cluster=it['clusterArn'], containerInstance=it['containerInstanceArn'], messageId=it['messageId'])

    def until(self, what, look, seconds=DEADLINE):
        def pumped():
            found = look()
            if not found:
                self.pump()
            return found
        return wait(what, pumped, seconds)

    def until_heard(self, kind):
        return self.until('the server says ' + kind, lambda: [it for name, it in self.heard if name == kind])

    def until_desired(self, arn, desired):
        self.until(f'{arn} should be {desired}', lambda: self.tasks.get(arn) == desired)

    def report(self, arn, status, *containers, **more):
        return self.api.submit_task_state_change(cluster=self.cluster, task=arn, status=status, reason='', containers=[
            {'containerName': 'main', **it} for it in containers], **more)['acknowledgment']

    def telemetry(self):
        fields = {'cluster': self.cluster, 'containerInstance': self.arn, 'agentVersion': '1.105.1', 'agentHash': '8dfceca',
                  'dockerVersion': 'DockerVersion: 20.10.24'}
        self.tcs = Websocket(self.endpoints['telemetryEndpoint'], fields, self.credentials)
        return self

    def signed(self, kind, message):
        body = json.dumps({'type': kind, 'message': message})
        request = AWSRequest('GET', self.tcs.url, data=body)
        SigV4Auth(self.credentials, 'ecs', REGION).add_auth(request)
        lines = [f'{name}: {value}' for name, value in request.headers.items()] + [f'Host: {self.tcs.host}']
        return '\r\n'.join(lines) + '\r\n\r\n' + body

    def publish(self, kind, **message):
        """Sends one frame and waits for its acknowledgement."""
        metadata = {'cluster': self.cluster, 'containerInstance': self.arn, 'messageId': str(uuid.uuid4()), 'fin': True}
        self.tcs.send(self.signed(kind, {'metadata': metadata, 'timestamp': round(time.time(), 3), **message}))
        while True:
            answer = json.loads(self.tcs.receive())
            if answer['type'].startswith('Ack'):
                return answer['type']


def describe(arn, cluster='web'):
    return ecs.describe_tasks(cluster=cluster, tasks=[arn])['tasks'][0]


def instance(agent, **more):
    return ecs.describe_container_instances(cluster=agent.cluster, containerInstances=[agent.arn], **more)['containerInstances'][0]


def run(count=1, family='app', cluster='web'):
    answer = ecs.run_task(cluster=cluster, taskDefinition=family, count=count)
    assert not answer['failures'], answer['failures']
    return [it['taskArn'] for it in answer['tasks']]


def define(family='app', **container):
    ecs.register_task_definition(family=family, containerDefinitions=[
        {'name': 'main', 'image': 'busybox:local', 'memory': 64, 'cpu': 10, **container}])


def serves(agent):
    """The agent's session still works: a task goes through it."""
    arn = run()[0]
    agent.until_desired(arn, 'RUNNING')
    agent.report(arn, 'STOPPED', {'status': 'STOPPED', 'exitCode': 0})

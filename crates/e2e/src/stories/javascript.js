// The AWS SDK for JavaScript drives a cluster, a task and what it reads about them. Prints what went wrong, or "driven".

const assert = require("node:assert");
const { ECS, ClientException, ClusterNotFoundException, InvalidParameterException } = require("@aws-sdk/client-ecs");
const { paginateListTasks, paginateListAttributes, waitUntilTasksRunning, waitUntilTasksStopped } = require("@aws-sdk/client-ecs");
const { EC2 } = require("@aws-sdk/client-ec2");
const { STS } = require("@aws-sdk/client-sts");

const ecs = new ECS({});
const ec2 = new EC2({});
const cluster = "js";
const soon = { client: ecs, maxWaitTime: 60, minDelay: 1, maxDelay: 1 };

async function refused(call, kind, message) {
    const error = await call.then(() => assert.fail("not refused"), (error) => error);
    assert(error instanceof kind, `${error.name}: ${error.message}`);
    assert.equal(error.message, message);
    assert.equal(error.$metadata.httpStatusCode, 400);
    assert.match(error.$metadata.requestId, /^[0-9a-f-]{36}$/);
}

async function refusals() {
    await refused(ecs.listTasks({ cluster: "none" }), ClusterNotFoundException, "Cluster not found.");
    await refused(ecs.describeTaskDefinition({ taskDefinition: "none" }), ClientException, "Unable to describe task definition.");
    await refused(ecs.stopTask({ cluster, task: "0".repeat(32) }), InvalidParameterException, "The referenced task was not found.");
    await refused(ecs.describeTasks({ cluster, tasks: [] }), InvalidParameterException, "Tasks cannot be empty.");
    const elsewhere = await new ECS({ region: "eu-west-1" }).listClusters({}).catch((error) => error);
    assert.equal(elsewhere.name, "InvalidSignatureException");
    const missing = await ec2.describeVpcs({ VpcIds: ["vpc-1"] }).catch((error) => error);
    assert.equal(missing.name, "InvalidVpcID.NotFound");
}

// An SDK whose clock is wrong reads ours from the refusal, and signs again.
async function clockOfItsOwn() {
    const late = new ECS({ systemClockOffset: -30 * 60 * 1000 });
    assert((await late.listClusters({})).clusterArns.length > 0);
    assert(Math.abs(late.config.systemClockOffset) < 60 * 1000, "it learnt the time");
}

async function register() {
    const container = { name: "main", image: "busybox:local", command: ["sh", "-c", "trap 'exit 0' TERM; sleep 1000 & wait"], stopTimeout: 2 };
    container.environment = [{ name: "Ü", value: "ñ💥" }];
    container.healthCheck = { command: ["CMD-SHELL", "exit 0"] };
    const size = { cpu: ".25 vCPU", memory: "0.5 GB", networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"] };
    const { taskDefinition } = await ecs.registerTaskDefinition({ family: "js", ...size, taskRoleArn: "", containerDefinitions: [container] });
    assert(taskDefinition.registeredAt instanceof Date);
    assert.deepEqual(taskDefinition.containerDefinitions[0].environment, container.environment);
    assert.deepEqual(taskDefinition.containerDefinitions[0].healthCheck, { ...container.healthCheck, interval: 30, timeout: 5, retries: 3 });
    assert.equal(taskDefinition.taskRoleArn, undefined);
    assert.deepEqual([taskDefinition.cpu, taskDefinition.memory], ["256", "512"]);
}

async function run() {
    // As scripts do: the first subnet there is, and a public address.
    const subnet = (await ec2.describeSubnets({})).Subnets[0].SubnetId;
    const networkConfiguration = { awsvpcConfiguration: { subnets: [subnet], assignPublicIp: "ENABLED" } };
    const { tasks, failures } = await ecs.runTask({ cluster, taskDefinition: "js", launchType: "FARGATE", networkConfiguration, count: 2 });
    assert.deepEqual(failures, []);
    const arns = tasks.map((task) => task.taskArn);
    assert.equal((await waitUntilTasksRunning(soon, { cluster, tasks: arns })).state, "SUCCESS");
    return arns;
}

async function read(arns) {
    const { tasks, failures } = await ecs.describeTasks({ cluster, tasks: [...arns, "0".repeat(32)], include: ["TAGS"] });
    assert.deepEqual(failures.map((it) => it.reason), ["MISSING"]);
    assert(tasks[0].startedAt instanceof Date);
    assert.deepEqual(tasks[0].tags, []);
    const details = Object.fromEntries(tasks[0].attachments[0].details.map((it) => [it.name, it.value]));
    const { NetworkInterfaces } = await ec2.describeNetworkInterfaces({ NetworkInterfaceIds: [details.networkInterfaceId] });
    assert.equal(NetworkInterfaces[0].PrivateIpAddress, details.privateIPv4Address);
    assert.equal(NetworkInterfaces[0].Association.PublicIp, details.privateIPv4Address);
    const pages = [];
    for await (const page of paginateListTasks({ client: ecs, pageSize: 1 }, { cluster })) pages.push(page.taskArns);
    assert.deepEqual(pages.flat().sort(), [...arns].sort());
    assert.equal(pages.length, 2);
    for await (const page of paginateListAttributes({ client: ecs }, { cluster, targetType: "container-instance" })) {
        assert.deepEqual(page.attributes, []);
    }
}

async function stop(arns) {
    for (const task of arns) await ecs.stopTask({ cluster, task, reason: "enough" });
    assert.equal((await waitUntilTasksStopped(soon, { cluster, tasks: arns })).state, "SUCCESS");
    const [task] = (await ecs.describeTasks({ cluster, tasks: arns })).tasks;
    assert.deepEqual([task.stopCode, task.stoppedReason, task.containers[0].exitCode], ["UserInitiated", "enough", 0]);
    await ecs.deregisterTaskDefinition({ taskDefinition: "js:1" });
    assert.equal((await ecs.deleteCluster({ cluster })).cluster.status, "INACTIVE");
}

async function main() {
    assert.equal((await new STS({}).getCallerIdentity({})).Account, "000000000000");
    await ecs.createCluster({ clusterName: cluster });
    await refusals();
    await clockOfItsOwn();
    await register();
    const arns = await run();
    await read(arns);
    await stop(arns);
    console.log("driven");
}

main();

"""One answer of every operation of ECS that has behaviour, as boto3's parser reads it, with what differs from run to run masked."""

import re
from datetime import datetime

from botocore.exceptions import ClientError

MASKS = [
    (r"(sha256:)?[0-9a-f]{64}", "DIGEST"),
    (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID"),
    (r"[0-9a-f]{32}", "ID"),
    (r"\b(i|eni)-[0-9a-f]{17}", r"\1-ID"),
    (r"([0-9a-f]{2}:){5}[0-9a-f]{2}", "MAC"),
    (r"127\.0\.0\.1:\d+", "SERVER"),
    (r"ip-\d+(-\d+){3}", "ip-ADDRESS"),
    (r"\b\d+(\.\d+){3}\b", "ADDRESS"),
    (r"x86_64|arm64", "ARCHITECTURE"),
]

# What a host can do is its engine's to say.
ENGINE = re.compile(r"(com\.amazonaws\.)?ecs\.capability\.(docker-remote-api|logging-driver|docker-plugin)\.")


def is_of_engine(value):
    return isinstance(value, dict) and bool(ENGINE.match(str(value.get("name", ""))))


def masked(value, name=""):
    if isinstance(value, dict):
        return {key: masked(it, key) for key, it in value.items() if key != "ResponseMetadata"}
    if isinstance(value, list):
        return [masked(it, name) for it in value if name != "attributes" or not is_of_engine(it)]
    if isinstance(value, datetime):
        return "TIME"
    if name == "version":
        # Counts what an agent has reported, in pieces of its own choice.
        return "COUNT"
    if isinstance(value, str):
        for pattern, mask in MASKS:
            value = re.sub(pattern, mask, value)
    return value


answers = {}


def keep(operation, note="", **request):
    try:
        answer = getattr(ecs, operation)(**request)
    except ClientError as error:
        answer = {"Error": error.response["Error"]}
    answers[f"{operation} {note}".strip()] = masked(answer)
    return answer


def ended(cluster, task):
    ecs.get_waiter("tasks_stopped").wait(cluster=cluster, tasks=[task], WaiterConfig={"Delay": 1})


keep("create_cluster", clusterName="kept", tags=[{"key": "k", "value": "v"}], serviceConnectDefaults={"namespace": "apps"},
     configuration={"executeCommandConfiguration": {"logging": "DEFAULT"}})
keep("update_cluster", cluster="kept", serviceConnectDefaults={"namespace": ""})
keep("update_cluster_settings", cluster="kept", settings=[{"name": "containerInsights", "value": "enhanced"}])
keep("put_cluster_capacity_providers", cluster="kept", capacityProviders=["FARGATE"],
     defaultCapacityProviderStrategy=[{"capacityProvider": "FARGATE", "weight": 1}])
keep("describe_clusters", clusters=["kept", "none"], include=["TAGS", "STATISTICS", "SETTINGS", "CONFIGURATIONS"])
keep("describe_clusters", "plain", clusters=["kept"])
keep("list_clusters")
keep("describe_capacity_providers", capacityProviders=["FARGATE", "none"], include=["TAGS"])

container = {"name": "main", "image": "busybox:local", "command": ["sh", "-c", "exit 7"], "memory": 64,
             "portMappings": [{"containerPort": 80, "name": "web", "appProtocol": "http"}]}
keep("register_task_definition", family="kept", containerDefinitions=[container], tags=[{"key": "k", "value": "v"}])
fargate = dict(networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512")
keep("register_task_definition", "fargate", family="managed", **fargate,
     containerDefinitions=[{k: container[k] for k in ["name", "image", "command"]}])
keep("describe_task_definition", taskDefinition="kept", include=["TAGS"])
keep("list_task_definitions")
keep("list_task_definition_families", familyPrefix="k")

arn = "arn:aws:ecs:us-east-1:000000000000:cluster/kept"
keep("tag_resource", resourceArn=arn, tags=[{"key": "more", "value": "1"}])
keep("untag_resource", resourceArn=arn, tagKeys=["k"])
keep("list_tags_for_resource", resourceArn=arn)

keep("put_account_setting", name="containerInsights", value="enabled")
keep("put_account_setting_default", name="awsvpcTrunking", value="enabled")
keep("list_account_settings")
keep("list_account_settings", "effective", effectiveSettings=True, name="taskLongArnFormat")
keep("delete_account_setting", name="containerInsights")
ecs.delete_account_setting(name="awsvpcTrunking")

resources = [{"name": "CPU", "type": "INTEGER", "integerValue": 1024}, {"name": "MEMORY", "type": "INTEGER", "integerValue": 512}]
made = keep("register_container_instance", cluster="kept", totalResources=resources, tags=[{"key": "k", "value": "v"}])
instance = made["containerInstance"]["containerInstanceArn"]
rack = {"name": "rack", "value": "r1", "targetId": instance}
keep("put_attributes", cluster="kept", attributes=[rack])
keep("list_attributes", cluster="kept", targetType="container-instance", attributeName="rack")
keep("delete_attributes", cluster="kept", attributes=[{"name": "rack", "targetId": instance}])
keep("update_container_instances_state", cluster="kept", containerInstances=[instance, "none"], status="DRAINING")
keep("describe_container_instances", cluster="kept", containerInstances=[instance, "none"],
     include=["TAGS", "CONTAINER_INSTANCE_HEALTH"])
keep("list_container_instances", cluster="kept", status="DRAINING")
keep("update_container_agent", cluster="kept", containerInstance=instance)
keep("discover_poll_endpoint", cluster="kept")

network = {"awsvpcConfiguration": {"subnets": ["subnet-1"]}}
ran = keep("run_task", cluster="kept", taskDefinition="managed", networkConfiguration=network, tags=[{"key": "k", "value": "v"}],
           overrides={"executionRoleArn": "arn:aws:iam::000000000000:role/pull", "containerOverrides": [
               {"name": "main", "command": ["sh", "-c", "exit 8"], "environment": [{"name": "A", "value": "b"}]}]})
task = ran["tasks"][0]["taskArn"]
ended("kept", task)
described = keep("describe_tasks", cluster="kept", tasks=[task, "0" * 32], include=["TAGS"])
keep("stop_task", cluster="kept", task=task)
keep("list_tasks", cluster="kept", desiredStatus="STOPPED")
keep("submit_task_state_change", cluster="kept", task=task, status="RUNNING")
keep("submit_container_state_change", cluster="kept", task=task, containerName="main", status="RUNNING")
keep("submit_attachment_state_changes", cluster="kept", attachments=[])

host = ecs.list_container_instances(cluster="host")["containerInstanceArns"][0]
# Without ports: one that the host is to choose may not be known before so short a task has ended.
ecs.register_task_definition(family="short", containerDefinitions=[{k: container[k] for k in ["name", "image", "command", "memory"]}])
started = keep("start_task", cluster="host", taskDefinition="short", containerInstances=[host, "none"], startedBy="me")
ended("host", started["tasks"][0]["taskArn"])
keep("describe_tasks", "of a host", cluster="host", tasks=[started["tasks"][0]["taskArn"]])
keep("run_task", "without room", cluster="host", taskDefinition="kept", count=1,
     overrides={"containerOverrides": [{"name": "main", "cpu": 10_000_000}]})

keep("deregister_container_instance", cluster="kept", containerInstance=instance)
keep("deregister_task_definition", taskDefinition="kept:1")
keep("delete_task_definitions", taskDefinitions=["kept:1", "none:1"])
keep("delete_cluster", cluster="kept")
print(json.dumps(answers, indent=1, sort_keys=True))

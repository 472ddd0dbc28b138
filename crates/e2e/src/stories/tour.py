"""Every operation that has behaviour, by boto3, with containers that really run in both modes."""

from botocore.exceptions import ClientError


def refused(code, text, call, **request):
    try:
        call(**request)
    except ClientError as error:
        got = error.response["Error"]
        assert got["Code"] == code and text in got["Message"], got
        return
    raise AssertionError(f"{code} was expected")


def pages(name, key, **request):
    paginator = ecs.get_paginator(name)
    return [it for page in paginator.paginate(**request, PaginationConfig={"PageSize": 1}) for it in page[key]]


# Clusters
made = ecs.create_cluster(clusterName="tour", tags=[{"key": "team", "value": "blue"}])["cluster"]
assert made["status"] == "ACTIVE" and made["registeredContainerInstancesCount"] == 0, made
again = ecs.create_cluster(clusterName="tour")["cluster"]
assert again["clusterArn"] == made["clusterArn"]
seen = ecs.describe_clusters(clusters=["tour", "nowhere"], include=["TAGS", "STATISTICS", "SETTINGS"])
assert [it["clusterName"] for it in seen["clusters"]] == ["tour"], seen
assert seen["clusters"][0]["tags"] == [{"key": "team", "value": "blue"}], seen
assert seen["failures"][0]["reason"] == "MISSING", seen
assert {it.split("/")[-1] for it in pages("list_clusters", "clusterArns")} == {"default", "tour", "host"}

settings = [{"name": "containerInsights", "value": "enabled"}]
assert ecs.update_cluster_settings(cluster="tour", settings=settings)["cluster"]["settings"] == settings
assert ecs.update_cluster(cluster="tour")["cluster"]["settings"] == settings

# Tags
ecs.tag_resource(resourceArn=made["clusterArn"], tags=[{"key": "team", "value": "red"}, {"key": "tier", "value": "1"}])
ecs.untag_resource(resourceArn=made["clusterArn"], tagKeys=["tier", "never"])
assert ecs.list_tags_for_resource(resourceArn=made["clusterArn"])["tags"] == [{"key": "team", "value": "red"}]
refused("InvalidParameterException", "ARN", ecs.list_tags_for_resource, resourceArn="tour")

# Task definitions
container = {
    "name": "main",
    "image": "busybox:local",
    "command": ["sh", "-c", "trap 'exit 7' TERM; echo $GREETING; sleep 1000 & wait"],
    "environment": [{"name": "GREETING", "value": "hello"}],
}
fargate = dict(family="tour-fargate", networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512")
first = ecs.register_task_definition(**fargate, containerDefinitions=[container])["taskDefinition"]
second = ecs.register_task_definition(**fargate, containerDefinitions=[container])["taskDefinition"]
assert (first["revision"], second["revision"]) == (1, 2)
ecs.register_task_definition(family="tour-ec2", containerDefinitions=[{**container, "memory": 64}])
described = ecs.describe_task_definition(taskDefinition="tour-fargate", include=["TAGS"])
assert described["taskDefinition"]["revision"] == 2 and described["tags"] == [], described
assert pages("list_task_definition_families", "families", familyPrefix="tour") == ["tour-ec2", "tour-fargate"]
assert pages("list_task_definitions", "taskDefinitionArns", familyPrefix="tour-fargate", sort="DESC") == [
    second["taskDefinitionArn"],
    first["taskDefinitionArn"],
]
gone = ecs.deregister_task_definition(taskDefinition="tour-fargate:1")["taskDefinition"]
assert gone["status"] == "INACTIVE" and "deregisteredAt" in gone, gone
deleted = ecs.delete_task_definitions(taskDefinitions=["tour-fargate:1", "tour-fargate:2"])
assert [it["status"] for it in deleted["taskDefinitions"]] == ["DELETE_IN_PROGRESS"], deleted
assert "still in ACTIVE status" in deleted["failures"][0]["reason"], deleted

# Capacity providers
known = ecs.describe_capacity_providers()["capacityProviders"]
assert [it["name"] for it in known] == ["FARGATE", "FARGATE_SPOT"], known
strategy = [{"capacityProvider": "FARGATE_SPOT", "weight": 1, "base": 0}]
put = ecs.put_cluster_capacity_providers(
    cluster="tour", capacityProviders=["FARGATE", "FARGATE_SPOT"], defaultCapacityProviderStrategy=strategy
)["cluster"]
assert put["defaultCapacityProviderStrategy"] == strategy, put

# A task in the pool
network = {"awsvpcConfiguration": {"subnets": ["subnet-1"], "assignPublicIp": "ENABLED"}}
request = dict(
    cluster="tour", taskDefinition="tour-fargate", launchType="FARGATE", networkConfiguration=network, count=2,
    group="tours", startedBy="a-tour", clientToken="token-1", tags=[{"key": "k", "value": "v"}],
    overrides={"containerOverrides": [{"name": "main", "environment": [{"name": "GREETING", "value": "hi"}]}]},
)
ran = ecs.run_task(**request)
assert len(ran["tasks"]) == 2 and ran["failures"] == [], ran
arns = [it["taskArn"] for it in ran["tasks"]]
assert {it["taskArn"] for it in ecs.run_task(**request)["tasks"]} == set(arns), "a token was used twice"
refused("ConflictException", "", ecs.run_task, **{**request, "count": 1})
ecs.get_waiter("tasks_running").wait(cluster="tour", tasks=arns, WaiterConfig={"Delay": 1})
tasks = ecs.describe_tasks(cluster="tour", tasks=arns, include=["TAGS"])["tasks"]
for task in tasks:
    assert (task["lastStatus"], task["desiredStatus"], task["connectivity"]) == ("RUNNING", "RUNNING", "CONNECTED"), task
    assert task["group"] == "tours" and task["startedBy"] == "a-tour" and task["tags"] == [{"key": "k", "value": "v"}]
    assert task["platformVersion"] and task["platformFamily"] == "Linux" and "containerInstanceArn" not in task, task
    assert task["createdAt"] <= task["pullStartedAt"] <= task["pullStoppedAt"] <= task["startedAt"], task
    details = {it["name"]: it["value"] for it in task["attachments"][0]["details"]}
    assert task["attachments"][0]["status"] == "ATTACHED", task
    assert details["privateIPv4Address"] == task["containers"][0]["networkInterfaces"][0]["privateIpv4Address"], task
assert set(pages("list_tasks", "taskArns", cluster="tour", startedBy="a-tour")) == set(arns)
refused("InvalidParameterException", "cannot specify startedBy", ecs.list_tasks, startedBy="a-tour", family="tour-fargate")
counted = ecs.describe_clusters(clusters=["tour"], include=["STATISTICS"])["clusters"][0]
assert counted["runningTasksCount"] == 2, counted
assert {"name": "runningFargateTasksCount", "value": "2"} in counted["statistics"], counted
refused("ClusterContainsTasksException", "", ecs.delete_cluster, cluster="tour")

# An agent's reports. Those of the past change nothing.
attachment = tasks[0]["attachments"][0]["id"]
assert ecs.submit_task_state_change(cluster="tour", task=arns[0], status="PENDING")["acknowledgment"] == "ACK"
answer = ecs.submit_container_state_change(cluster="tour", task=arns[0], containerName="main", status="PENDING")
assert answer["acknowledgment"] == "ACK", answer
eni = f"arn:aws:ecs:us-east-1:000000000000:attachment/{attachment}"
answer = ecs.submit_attachment_state_changes(cluster="tour", attachments=[{"attachmentArn": eni, "status": "ATTACHED"}])
assert answer["acknowledgment"] == "ACK", answer
assert ecs.discover_poll_endpoint()["endpoint"].startswith("http")
assert ecs.describe_tasks(cluster="tour", tasks=arns[:1])["tasks"][0]["lastStatus"] == "RUNNING"

# Its end
stopping = ecs.stop_task(cluster="tour", task=arns[0], reason="the tour is over")["task"]
assert stopping["desiredStatus"] == "STOPPED" and stopping["stopCode"] == "UserInitiated", stopping
ecs.stop_task(cluster="tour", task=arns[1])
ecs.get_waiter("tasks_stopped").wait(cluster="tour", tasks=arns, WaiterConfig={"Delay": 1})
task = ecs.describe_tasks(cluster="tour", tasks=arns[:1])["tasks"][0]
assert task["stoppedReason"] == "the tour is over" and task["containers"][0]["exitCode"] == 7, task
assert task["startedAt"] <= task["stoppingAt"] <= task["executionStoppedAt"] <= task["stoppedAt"], task
assert set(ecs.list_tasks(cluster="tour", desiredStatus="STOPPED")["taskArns"]) == set(arns)

spot = ecs.run_task(cluster="tour", taskDefinition="tour-fargate", networkConfiguration=network)["tasks"][0]
assert (spot["capacityProviderName"], spot["launchType"]) == ("FARGATE_SPOT", "FARGATE"), spot
ecs.stop_task(cluster="tour", task=spot["taskArn"])
ecs.get_waiter("tasks_stopped").wait(cluster="tour", tasks=[spot["taskArn"]], WaiterConfig={"Delay": 1})

# Account settings
set_to = ecs.put_account_setting(name="containerInsights", value="enabled")["setting"]
assert set_to["value"] == "enabled" and set_to["principalArn"].endswith(":root"), set_to
assert ecs.create_cluster(clusterName="insights")["cluster"]["settings"] == [{"name": "containerInsights", "value": "enabled"}]
ecs.delete_cluster(cluster="insights")
assert ecs.put_account_setting_default(name="awsvpcTrunking", value="enabled")["setting"]["value"] == "enabled"
assert {it["name"] for it in ecs.list_account_settings()["settings"]} == {"awsvpcTrunking", "containerInsights"}
effective = pages("list_account_settings", "settings", effectiveSettings=True)
assert len(effective) > 10 and {"taskLongArnFormat"} < {it["name"] for it in effective}, effective
for name in ["containerInsights", "awsvpcTrunking"]:
    assert ecs.delete_account_setting(name=name)["setting"]["value"] == "disabled"
assert ecs.list_account_settings()["settings"] == []
refused("InvalidParameterException", "", ecs.put_account_setting, name="containerInsights", value="on")

# EC2, to read only
ec2 = boto3.client("ec2")
vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
assert ec2.describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsSupport")["EnableDnsSupport"] == {"Value": True}
subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
zones = ec2.describe_availability_zones()["AvailabilityZones"]
assert {it["AvailabilityZone"] for it in subnets} == {it["ZoneName"] for it in zones}, (subnets, zones)
assert ec2.describe_security_groups(GroupNames=["default"])["SecurityGroups"][0]["VpcId"] == vpc
assert ec2.describe_regions()["Regions"][0]["RegionName"] == zones[0]["RegionName"]
attributes = ec2.describe_account_attributes(AttributeNames=["default-vpc"])["AccountAttributes"]
assert attributes[0]["AttributeValues"][0]["AttributeValue"] == vpc, attributes
with_address = ecs.run_task(cluster="tour", taskDefinition="tour-fargate", networkConfiguration=network)["tasks"][0]["taskArn"]
ecs.get_waiter("tasks_running").wait(cluster="tour", tasks=[with_address], WaiterConfig={"Delay": 1})
task = ecs.describe_tasks(cluster="tour", tasks=[with_address])["tasks"][0]
details = {it["name"]: it["value"] for it in task["attachments"][0]["details"]}
interface = ec2.describe_network_interfaces(NetworkInterfaceIds=[details["networkInterfaceId"]])["NetworkInterfaces"][0]
assert interface["PrivateIpAddress"] == details["privateIPv4Address"] and interface["Status"] == "in-use", interface
ecs.stop_task(cluster="tour", task=with_address)
ecs.get_waiter("tasks_stopped").wait(cluster="tour", tasks=[with_address], WaiterConfig={"Delay": 1})
assert ec2.describe_network_interfaces()["NetworkInterfaces"] == []
refused("InvalidSubnetID.NotFound", "does not exist", ec2.describe_subnets, SubnetIds=["subnet-1"])
refused("DryRunOperation", "DryRun", ec2.describe_vpcs, DryRun=True)

# A task on a host of one's own
instances = ecs.list_container_instances(cluster="host", status="ACTIVE")["containerInstanceArns"]
instance = ecs.describe_container_instances(cluster="host", containerInstances=instances)["containerInstances"][0]
assert instance["agentConnected"] and instance["status"] == "ACTIVE", instance
described = ec2.describe_instances(InstanceIds=[instance["ec2InstanceId"]])["Reservations"][0]["Instances"][0]
assert described["State"]["Name"] == "running" and described["VpcId"] == vpc, described
types = ec2.describe_instance_types(InstanceTypes=[described["InstanceType"]])["InstanceTypes"]
assert types[0]["VCpuInfo"]["DefaultVCpus"] >= 1, types
ecs.tag_resource(resourceArn=instances[0], tags=[{"key": "team", "value": "core"}])
assert [it["Value"] for it in ec2.describe_tags(Filters=[{"Name": "key", "Values": ["te*"]}])["Tags"]] == ["core"]
refused("NoUpdateAvailableException", "", ecs.update_container_agent, cluster="host", containerInstance=instances[0])
for expression, found in [
    ("attribute:ecs.os-type == linux and agentConnected == true", instances),
    ("not(ec2InstanceId in [" + instance["ec2InstanceId"] + "])", []),
]:
    assert ecs.list_container_instances(cluster="host", filter=expression)["containerInstanceArns"] == found, expression
refused("InvalidParameterException", "at character 1", ecs.list_container_instances, cluster="host", filter="size > 3")
constrained = ecs.run_task(
    cluster="host",
    taskDefinition="tour-ec2",
    placementConstraints=[{"type": "memberOf", "expression": "attribute:rack == r1"}],
    placementStrategy=[{"type": "spread", "field": "instanceId"}, {"type": "binpack", "field": "memory"}],
)
assert constrained["tasks"] == [], constrained
assert constrained["failures"][0]["reason"] == "MemberOf placement constraint unsatisfied", constrained
rack = {"name": "rack", "value": "r1", "targetId": instances[0]}
assert ecs.put_attributes(cluster="host", attributes=[rack])["attributes"] == [rack]
found = pages("list_attributes", "attributes", cluster="host", targetType="container-instance", attributeName="rack")
assert found == [rack], found
named = {"name": "rack", "targetId": instances[0]}
assert ecs.delete_attributes(cluster="host", attributes=[named])["attributes"] == [rack]
refused("TargetNotFoundException", "", ecs.delete_attributes, cluster="host", attributes=[named])
drained = ecs.update_container_instances_state(cluster="host", containerInstances=instances, status="DRAINING")
assert drained["containerInstances"][0]["status"] == "DRAINING" and drained["failures"] == [], drained
refusal = ecs.run_task(cluster="host", taskDefinition="tour-ec2", launchType="EC2")
assert refusal["tasks"] == [] and refusal["failures"][0]["reason"] == "INACTIVE", refusal
ecs.update_container_instances_state(cluster="host", containerInstances=instances, status="ACTIVE")
arn = ecs.run_task(cluster="host", taskDefinition="tour-ec2", launchType="EC2")["tasks"][0]["taskArn"]
ecs.get_waiter("tasks_running").wait(cluster="host", tasks=[arn], WaiterConfig={"Delay": 1})
task = ecs.describe_tasks(cluster="host", tasks=[arn])["tasks"][0]
assert task["containerInstanceArn"] == instances[0] and task["launchType"] == "EC2", task
assert ecs.list_tasks(cluster="host", containerInstance=instances[0])["taskArns"] == [arn]
refused("InvalidParameterException", "", ecs.deregister_container_instance, cluster="host", containerInstance=instances[0])
ecs.stop_task(cluster="host", task=arn)
ecs.get_waiter("tasks_stopped").wait(cluster="host", tasks=[arn], WaiterConfig={"Delay": 1})
started = ecs.start_task(cluster="host", taskDefinition="tour-ec2", containerInstances=[instances[0], "none"])
assert [it["reason"] for it in started["failures"]] == ["MISSING"], started
arn = started["tasks"][0]["taskArn"]
ecs.get_waiter("tasks_running").wait(cluster="host", tasks=[arn], WaiterConfig={"Delay": 1})
ecs.stop_task(cluster="host", task=arn)

# Instances, as an agent registers them
resources = [{"name": "CPU", "type": "INTEGER", "integerValue": 1024}, {"name": "MEMORY", "type": "INTEGER", "integerValue": 512}]
registered = ecs.register_container_instance(cluster="tour", totalResources=resources)["containerInstance"]
assert registered["agentConnected"] is False and registered["status"] == "ACTIVE", registered
refused("ClusterContainsContainerInstancesException", "", ecs.delete_cluster, cluster="tour")
instance = registered["containerInstanceArn"]
assert ecs.deregister_container_instance(cluster="tour", containerInstance=instance)["containerInstance"]["status"] == "INACTIVE"

assert ecs.delete_cluster(cluster="tour")["cluster"]["status"] == "INACTIVE"
refused("ClusterNotFoundException", "Cluster not found.", ecs.list_tasks, cluster="tour")
refused("ClusterNotFoundException", "was inactive", ecs.run_task, cluster="tour", taskDefinition="tour-ec2")
refused("InvalidParameterException", "is inactive", ecs.list_tags_for_resource, resourceArn=made["clusterArn"])
assert ecs.describe_tasks(cluster="tour", tasks=arns)["tasks"][0]["lastStatus"] == "STOPPED"

# A cluster of the same name is another
ecs.create_cluster(clusterName="tour")
assert [it["reason"] for it in ecs.describe_tasks(cluster="tour", tasks=arns)["failures"]] == ["MISSING", "MISSING"]
assert ecs.list_tasks(cluster="tour", desiredStatus="STOPPED")["taskArns"] == []
tags = [{"key": "team", "value": "blue"}]
refused("InvalidParameterException", "inconsistent with arguments", ecs.create_cluster, clusterName="tour", tags=tags)
refused("ClientException", "ListServices is not supported", ecs.list_services)
print("toured")

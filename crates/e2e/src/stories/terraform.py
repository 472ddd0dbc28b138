"""Terraform's part: create, read back, compare each field that was sent, plan again, update, destroy. No difference may show."""

from botocore.exceptions import ClientError


def subset(sent, got, path=""):
    """Each field sent must come back as it was sent; what the service adds is its own."""
    if isinstance(sent, dict):
        assert isinstance(got, dict), (path, sent, got)
        for key, value in sent.items():
            assert key in got, f"{path}.{key} was sent and did not come back: {got}"
            subset(value, got[key], f"{path}.{key}")
    elif isinstance(sent, list):
        assert isinstance(got, list) and len(sent) == len(got), (path, sent, got)
        in_order = lambda list: sorted(list, key=lambda it: json.dumps(it, sort_keys=True)) if "tags" in path.lower() else list
        for n, (one, other) in enumerate(zip(in_order(sent), in_order(got))):
            subset(one, other, f"{path}[{n}]")
    else:
        assert sent == got, f"{path}: sent {sent!r}, got {got!r}"


# Cluster
tags = [{"key": "team", "value": "core"}, {"key": "env", "value": "test"}]
cluster = {
    "clusterName": "tf",
    "settings": [{"name": "containerInsights", "value": "enabled"}],
    "configuration": {
        "executeCommandConfiguration": {
            "kmsKeyId": "alias/exec",
            "logging": "OVERRIDE",
            "logConfiguration": {"cloudWatchLogGroupName": "exec", "cloudWatchEncryptionEnabled": True, "s3BucketName": "b", "s3EncryptionEnabled": False, "s3KeyPrefix": "p"},
        }
    },
    "tags": tags,
}
arn = ecs.create_cluster(**cluster)["cluster"]["clusterArn"]
read = lambda: ecs.describe_clusters(clusters=[arn], include=["CONFIGURATIONS", "SETTINGS", "TAGS"])["clusters"][0]
subset(cluster, read())
assert read() == read(), "a second plan is empty"
ecs.update_cluster(cluster=arn, settings=[{"name": "containerInsights", "value": "disabled"}])
subset([{"name": "containerInsights", "value": "disabled"}], read()["settings"])

# Capacity providers of the cluster
providers = {
    "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
    "defaultCapacityProviderStrategy": [
        {"capacityProvider": "FARGATE", "base": 1, "weight": 1},
        {"capacityProvider": "FARGATE_SPOT", "base": 0, "weight": 4},
    ],
}
ecs.put_cluster_capacity_providers(cluster=arn, **providers)
subset(providers, read())
ecs.put_cluster_capacity_providers(cluster=arn, capacityProviders=[], defaultCapacityProviderStrategy=[])
assert read()["capacityProviders"] == [] and read()["defaultCapacityProviderStrategy"] == []

# Tags, changed as the provider does: what goes, then what comes
ecs.untag_resource(resourceArn=arn, tagKeys=["env"])
ecs.tag_resource(resourceArn=arn, tags=[{"key": "team", "value": "platform"}, {"key": "new", "value": ""}])
wanted = [{"key": "team", "value": "platform"}, {"key": "new", "value": ""}]
subset(wanted, ecs.list_tags_for_resource(resourceArn=arn)["tags"], "tags")
subset(wanted, read()["tags"], "tags")

# Task definition with everything that can be said
definition = {
    "family": "tf-app",
    "networkMode": "bridge",
    "requiresCompatibilities": ["EC2"],
    "cpu": "512",
    "memory": "1024",
    "taskRoleArn": "arn:aws:iam::000000000000:role/app",
    "executionRoleArn": "arn:aws:iam::000000000000:role/exec",
    "pidMode": "task",
    "ipcMode": "none",
    "runtimePlatform": {"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"},
    "placementConstraints": [{"type": "memberOf", "expression": "attribute:ecs.os-type == linux"}],
    "volumes": [
        {"name": "scratch", "host": {}},
        {"name": "data", "host": {"sourcePath": "/srv/data"}},
        {"name": "shared", "dockerVolumeConfiguration": {"scope": "shared", "autoprovision": True, "driver": "local", "labels": {"a": "b"}}},
        {"name": "efs", "efsVolumeConfiguration": {"fileSystemId": "fs-1", "rootDirectory": "/", "transitEncryption": "ENABLED", "authorizationConfig": {"accessPointId": "fsap-1", "iam": "ENABLED"}}},
    ],
    "containerDefinitions": [
        {
            "name": "init", "image": "busybox:1", "cpu": 10, "memory": 32, "essential": False, "command": ["true"],
        },
        {
            "name": "app",
            "image": "registry.example.com/team/app:1.2",
            "cpu": 128,
            "memory": 256,
            "memoryReservation": 128,
            "essential": True,
            "entryPoint": ["/bin/app"],
            "command": ["serve", "--port", "8080"],
            "workingDirectory": "/srv",
            "user": "1000:1000",
            "hostname": "app",
            "environment": [{"name": "A", "value": "1"}, {"name": "B", "value": ""}],
            "secrets": [{"name": "TOKEN", "valueFrom": "arn:aws:ssm:us-east-1:000000000000:parameter/token"}],
            "environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::bucket/app.env"}],
            "portMappings": [{"containerPort": 8080, "hostPort": 0, "protocol": "tcp", "name": "http", "appProtocol": "http"}],
            "mountPoints": [{"sourceVolume": "scratch", "containerPath": "/scratch", "readOnly": False}],
            "volumesFrom": [],
            "dependsOn": [{"containerName": "init", "condition": "SUCCESS"}],
            "startTimeout": 30,
            "stopTimeout": 10,
            "links": ["init:setup"],
            "healthCheck": {"command": ["CMD-SHELL", "exit 0"], "interval": 10, "timeout": 5, "retries": 3, "startPeriod": 5},
            "ulimits": [{"name": "nofile", "softLimit": 1024, "hardLimit": 4096}],
            "linuxParameters": {
                "initProcessEnabled": True,
                "capabilities": {"add": ["SYS_PTRACE"], "drop": ["NET_RAW"]},
                "sharedMemorySize": 64,
                "tmpfs": [{"containerPath": "/tmp", "size": 16, "mountOptions": ["noexec"]}],
                "maxSwap": 0,
                "swappiness": 10,
            },
            "systemControls": [{"namespace": "net.core.somaxconn", "value": "1024"}],
            "restartPolicy": {"enabled": True, "ignoredExitCodes": [0], "restartAttemptPeriod": 60},
            "logConfiguration": {"logDriver": "json-file", "options": {"max-size": "10m"}},
            "dockerLabels": {"com.example.team": "core"},
            "dockerSecurityOptions": ["no-new-privileges"],
            "dnsServers": ["10.0.0.2"],
            "dnsSearchDomains": ["example.com"],
            "extraHosts": [{"hostname": "db", "ipAddress": "10.0.0.3"}],
            "readonlyRootFilesystem": True,
            "privileged": False,
            "interactive": False,
            "pseudoTerminal": False,
            "versionConsistency": "disabled",
        },
    ],
}
made = ecs.register_task_definition(**definition, tags=tags)
described = ecs.describe_task_definition(taskDefinition=made["taskDefinition"]["taskDefinitionArn"], include=["TAGS"])
subset(definition, described["taskDefinition"])
subset(tags, described["tags"], "tags")
assert made["taskDefinition"] == described["taskDefinition"], "what was answered is what is there"
# What Terraform sends the next time is what it read: the revision after it must be the same.
own = {"taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities", "registeredAt", "registeredBy"}
sent_again = {key: value for key, value in described["taskDefinition"].items() if key not in own}
again = ecs.register_task_definition(**sent_again)["taskDefinition"]
same = lambda it: {key: value for key, value in it.items() if key not in {"taskDefinitionArn", "revision", "registeredAt"}}
assert same(again) == same(made["taskDefinition"]), (again, made)

# Settings of the account
ecs.put_account_setting_default(name="containerInsights", value="enhanced")
listed = ecs.list_account_settings(name="containerInsights", effectiveSettings=True)["settings"]
assert [it["value"] for it in listed] == ["enhanced"], listed
ecs.delete_account_setting(name="containerInsights")

# Destroy, and find nothing
for revision in [1, 2]:
    ecs.deregister_task_definition(taskDefinition=f"tf-app:{revision}")
gone = ecs.delete_task_definitions(taskDefinitions=["tf-app:1", "tf-app:2"])
assert gone["failures"] == [] and len(gone["taskDefinitions"]) == 2, gone
assert ecs.delete_cluster(cluster=arn)["cluster"]["status"] == "INACTIVE"
assert ecs.describe_clusters(clusters=[arn])["clusters"][0]["status"] == "INACTIVE"
try:
    ecs.list_tasks(cluster=arn)
    raise AssertionError("a cluster that is gone takes no calls")
except ClientError as error:
    assert error.response["Error"]["Code"] == "ClusterNotFoundException", error
print("no difference")

// Written by `cargo xtask codegen` from the service's model. Not for editing.

use wire::{schema as s, shape};

pub static API: s::Service = s::Service {
    signing_name: "ecs",
    target_prefix: "Longshore_20261124",
    version: "2026-11-24",
    xml_namespace: "",
    protocol: s::Protocol::Json11,
    operations: &[
        s::Operation { name: "CreateJoinToken", input: &CREATE_JOIN_TOKEN_REQUEST, errors: &["AccessDeniedException", "ClientException", "ClusterNotFoundException", "InvalidParameterException", "ServerException"] },
        s::Operation { name: "DeleteHost", input: &DELETE_HOST_REQUEST, errors: &["AccessDeniedException", "ClientException", "ClusterNotFoundException", "InvalidParameterException", "ServerException"] },
        s::Operation { name: "DescribeTaskUsage", input: &DESCRIBE_TASK_USAGE_REQUEST, errors: &["AccessDeniedException", "ClientException", "ClusterNotFoundException", "InvalidParameterException", "ServerException"] },
        s::Operation { name: "JoinHost", input: &JOIN_HOST_REQUEST, errors: &["AccessDeniedException", "ClientException", "ClusterNotFoundException", "InvalidParameterException", "ServerException"] },
        s::Operation { name: "ListHosts", input: &LIST_HOSTS_REQUEST, errors: &["AccessDeniedException", "ClientException", "ClusterNotFoundException", "InvalidParameterException", "ServerException"] },
        s::Operation { name: "ListJoinTokens", input: &LIST_JOIN_TOKENS_REQUEST, errors: &["AccessDeniedException", "ClientException", "ClusterNotFoundException", "InvalidParameterException", "ServerException"] },
        s::Operation { name: "ListPlacementDecisions", input: &LIST_PLACEMENT_DECISIONS_REQUEST, errors: &["AccessDeniedException", "ClientException", "ClusterNotFoundException", "InvalidParameterException", "ServerException"] },
        s::Operation { name: "ReportTaskNetwork", input: &REPORT_TASK_NETWORK_REQUEST, errors: &["AccessDeniedException", "ClientException", "ClusterNotFoundException", "InvalidParameterException", "ServerException"] },
        s::Operation { name: "RevokeJoinToken", input: &REVOKE_JOIN_TOKEN_REQUEST, errors: &["AccessDeniedException", "ClientException", "ClusterNotFoundException", "InvalidParameterException", "ServerException"] },
        s::Operation { name: "RotateHostKey", input: &ROTATE_HOST_KEY_REQUEST, errors: &["AccessDeniedException", "ClientException", "ClusterNotFoundException", "InvalidParameterException", "ServerException"] },
        s::Operation { name: "UpdateHost", input: &UPDATE_HOST_REQUEST, errors: &["AccessDeniedException", "ClientException", "ClusterNotFoundException", "InvalidParameterException", "ServerException"] },
    ],
};

static BOOLEAN: s::Schema = s::Schema::Bool;
shape!(ContainerUsage CONTAINER_USAGE {
    name "name" String, &STRING;
    restart_count "restartCount" i32, &INTEGER;
    samples "samples" Vec<UsageSample>, &USAGE_SAMPLES;
});
static CONTAINER_USAGES: s::Schema = s::Schema::List { of: &CONTAINER_USAGE, size: s::Range::ANY };
shape!(CreateJoinTokenRequest CREATE_JOIN_TOKEN_REQUEST {
    cluster "cluster" String, &STRING;
    fargate "fargate" bool, &BOOLEAN;
    expires_in_seconds "expiresInSeconds" i32, &INTEGER;
    uses "uses" i32, &INTEGER;
});
shape!(CreateJoinTokenResponse CREATE_JOIN_TOKEN_RESPONSE {
    token "token" String, &STRING;
    token_id "tokenId" String, &STRING;
    expires_at "expiresAt" wire::time::Time, &TIMESTAMP;
});
shape!(DeleteHostRequest DELETE_HOST_REQUEST {
    host "host" String, &STRING, required;
    force "force" bool, &BOOLEAN;
});
shape!(DeleteHostResponse DELETE_HOST_RESPONSE {
    host "host" Host, &HOST;
});
shape!(DescribeTaskUsageRequest DESCRIBE_TASK_USAGE_REQUEST {
    cluster "cluster" String, &STRING;
    tasks "tasks" Vec<String>, &STRING_LIST, required;
});
shape!(DescribeTaskUsageResponse DESCRIBE_TASK_USAGE_RESPONSE {
    tasks "tasks" Vec<TaskUsage>, &TASK_USAGES;
});
static DOUBLE: s::Schema = s::Schema::Double;
shape!(Host HOST {
    host_id "hostId" String, &STRING;
    name "name" String, &STRING;
    cluster "cluster" String, &STRING;
    fargate "fargate" bool, &BOOLEAN;
    container_instance_arn "containerInstanceArn" String, &STRING;
    status "status" String, &STRING;
    agent_connected "agentConnected" bool, &BOOLEAN;
    health_status "healthStatus" String, &STRING;
    address "address" String, &STRING;
    task_network "taskNetwork" String, &STRING;
    availability_zone "availabilityZone" String, &STRING;
    registered_cpu "registeredCpu" i32, &INTEGER;
    remaining_cpu "remainingCpu" i32, &INTEGER;
    registered_memory "registeredMemory" i32, &INTEGER;
    remaining_memory "remainingMemory" i32, &INTEGER;
    running_tasks_count "runningTasksCount" i32, &INTEGER;
    pending_tasks_count "pendingTasksCount" i32, &INTEGER;
    stopping_tasks_count "stoppingTasksCount" i32, &INTEGER;
    agent_version "agentVersion" String, &STRING;
    joined_at "joinedAt" wire::time::Time, &TIMESTAMP;
});
static HOST_LIST: s::Schema = s::Schema::List { of: &HOST, size: s::Range::ANY };
shape!(HostVerdict HOST_VERDICT {
    container_instance_arn "containerInstanceArn" String, &STRING;
    reason "reason" String, &STRING;
    detail "detail" String, &STRING;
});
static HOST_VERDICTS: s::Schema = s::Schema::List { of: &HOST_VERDICT, size: s::Range::ANY };
static INTEGER: s::Schema = s::Schema::Int(s::Range::ANY);
shape!(JoinHostRequest JOIN_HOST_REQUEST {
    token "token" String, &STRING, required;
    host_name "hostName" String, &STRING, required;
    nonce "nonce" String, &STRING;
});
shape!(JoinHostResponse JOIN_HOST_RESPONSE {
    host_id "hostId" String, &STRING;
    access_key_id "accessKeyId" String, &STRING;
    secret_access_key "secretAccessKey" String, &STRING;
    region "region" String, &STRING;
    cluster "cluster" String, &STRING;
    fargate "fargate" bool, &BOOLEAN;
    task_network "taskNetwork" String, &STRING;
});
shape!(JoinToken JOIN_TOKEN {
    token_id "tokenId" String, &STRING;
    cluster "cluster" String, &STRING;
    fargate "fargate" bool, &BOOLEAN;
    expires_at "expiresAt" wire::time::Time, &TIMESTAMP;
    uses_left "usesLeft" i32, &INTEGER;
});
static JOIN_TOKENS: s::Schema = s::Schema::List { of: &JOIN_TOKEN, size: s::Range::ANY };
shape!(ListHostsRequest LIST_HOSTS_REQUEST {
    cluster "cluster" String, &STRING;
    fargate "fargate" bool, &BOOLEAN;
    max_results "maxResults" i32, &INTEGER;
    next_token "nextToken" String, &STRING;
});
shape!(ListHostsResponse LIST_HOSTS_RESPONSE {
    hosts "hosts" Vec<Host>, &HOST_LIST;
    next_token "nextToken" String, &STRING;
});
shape!(ListJoinTokensRequest LIST_JOIN_TOKENS_REQUEST {
});
shape!(ListJoinTokensResponse LIST_JOIN_TOKENS_RESPONSE {
    tokens "tokens" Vec<JoinToken>, &JOIN_TOKENS;
});
shape!(ListPlacementDecisionsRequest LIST_PLACEMENT_DECISIONS_REQUEST {
    cluster "cluster" String, &STRING;
    group "group" String, &STRING;
});
shape!(ListPlacementDecisionsResponse LIST_PLACEMENT_DECISIONS_RESPONSE {
    decisions "decisions" Vec<PlacementDecision>, &PLACEMENT_DECISIONS;
});
shape!(PlacementDecision PLACEMENT_DECISION {
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    group "group" String, &STRING;
    task_definition_arn "taskDefinitionArn" String, &STRING;
    wanted "wanted" i32, &INTEGER;
    placed "placed" i32, &INTEGER;
    hosts "hosts" Vec<HostVerdict>, &HOST_VERDICTS;
    more_hosts "moreHosts" i32, &INTEGER;
});
static PLACEMENT_DECISIONS: s::Schema = s::Schema::List { of: &PLACEMENT_DECISION, size: s::Range::ANY };
shape!(ReportTaskNetworkRequest REPORT_TASK_NETWORK_REQUEST {
    task_arn "taskArn" String, &STRING, required;
    attachment_arn "attachmentArn" String, &STRING, required;
    private_ipv4_address "privateIpv4Address" String, &STRING, required;
    mac_address "macAddress" String, &STRING;
});
shape!(ReportTaskNetworkResponse REPORT_TASK_NETWORK_RESPONSE {
});
shape!(RevokeJoinTokenRequest REVOKE_JOIN_TOKEN_REQUEST {
    token_id "tokenId" String, &STRING, required;
});
shape!(RevokeJoinTokenResponse REVOKE_JOIN_TOKEN_RESPONSE {
});
shape!(RotateHostKeyRequest ROTATE_HOST_KEY_REQUEST {
});
shape!(RotateHostKeyResponse ROTATE_HOST_KEY_RESPONSE {
    access_key_id "accessKeyId" String, &STRING;
    secret_access_key "secretAccessKey" String, &STRING;
});
static STRING: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
static STRING_LIST: s::Schema = s::Schema::List { of: &STRING, size: s::Range::ANY };
shape!(TaskUsage TASK_USAGE {
    task_arn "taskArn" String, &STRING;
    containers "containers" Vec<ContainerUsage>, &CONTAINER_USAGES;
});
static TASK_USAGES: s::Schema = s::Schema::List { of: &TASK_USAGE, size: s::Range::ANY };
static TIMESTAMP: s::Schema = s::Schema::Time;
shape!(UpdateHostRequest UPDATE_HOST_REQUEST {
    host "host" String, &STRING, required;
    status "status" String, &STRING, required;
});
shape!(UpdateHostResponse UPDATE_HOST_RESPONSE {
    host "host" Host, &HOST;
});
shape!(UsageSample USAGE_SAMPLE {
    timestamp "timestamp" wire::time::Time, &TIMESTAMP;
    cpu_units "cpuUnits" f64, &DOUBLE;
    memory_mib "memoryMib" f64, &DOUBLE;
});
static USAGE_SAMPLES: s::Schema = s::Schema::List { of: &USAGE_SAMPLE, size: s::Range::ANY };

// Written by `cargo xtask codegen` from the service's model. Not for editing.

use wire::{schema as s, shape};

pub static API: s::Service = s::Service {
    signing_name: "ecs",
    target_prefix: "none",
    version: "2014-11-13",
    xml_namespace: "",
    protocol: s::Protocol::Json11,
    operations: &[
        s::Operation { name: "AckPublishHealth", input: &ACK_PUBLISH_HEALTH, errors: &[] },
        s::Operation { name: "AckPublishInstanceStatus", input: &ACK_PUBLISH_INSTANCE_STATUS, errors: &[] },
        s::Operation { name: "AckPublishMetric", input: &ACK_PUBLISH_METRIC, errors: &[] },
        s::Operation { name: "HeartbeatMessage", input: &HEARTBEAT_MESSAGE, errors: &[] },
        s::Operation { name: "PublishHealthRequest", input: &PUBLISH_HEALTH_REQUEST, errors: &[] },
        s::Operation { name: "PublishInstanceStatusRequest", input: &PUBLISH_INSTANCE_STATUS_REQUEST, errors: &[] },
        s::Operation { name: "PublishMetricsRequest", input: &PUBLISH_METRICS_REQUEST, errors: &[] },
    ],
};

shape!(AckPublishHealth ACK_PUBLISH_HEALTH {
    message "message" String, &STRING;
});
shape!(AckPublishInstanceStatus ACK_PUBLISH_INSTANCE_STATUS {
    message "message" String, &STRING;
});
shape!(AckPublishMetric ACK_PUBLISH_METRIC {
    message "message" String, &STRING;
});
static BOOLEAN: s::Schema = s::Schema::Bool;
shape!(ContainerHealth CONTAINER_HEALTH {
    container_name "containerName" String, &STRING;
    health_status "healthStatus" String, &STRING;
    status_since "statusSince" wire::time::Time, &TIMESTAMP;
    status_message "statusMessage" String, &STRING;
});
static CONTAINER_HEALTHS: s::Schema = s::Schema::List { of: &CONTAINER_HEALTH, size: s::Range::ANY };
shape!(ContainerMetric CONTAINER_METRIC {
    container_name "containerName" String, &STRING;
    container_arn "containerArn" String, &STRING;
    cpu_stats_set "cpuStatsSet" StatsSet, &STATS_SET;
    memory_stats_set "memoryStatsSet" StatsSet, &STATS_SET;
    network_stats_set "networkStatsSet" NetworkStatsSet, &NETWORK_STATS_SET;
    storage_stats_set "storageStatsSet" StorageStatsSet, &STORAGE_STATS_SET;
    restart_stats_set "restartStatsSet" RestartStatsSet, &RESTART_STATS_SET;
});
static CONTAINER_METRICS: s::Schema = s::Schema::List { of: &CONTAINER_METRIC, size: s::Range::ANY };
static DOUBLE: s::Schema = s::Schema::Double;
shape!(HealthMetadata HEALTH_METADATA {
    cluster "cluster" String, &STRING;
    container_instance "containerInstance" String, &STRING;
    message_id "messageId" String, &STRING;
    fin "fin" bool, &BOOLEAN;
});
shape!(HeartbeatMessage HEARTBEAT_MESSAGE {
    healthy "healthy" bool, &BOOLEAN;
});
shape!(InstanceStatus INSTANCE_STATUS {
    r#type "type" String, &STRING;
    status "status" String, &STRING;
    last_updated "lastUpdated" wire::time::Time, &TIMESTAMP;
    last_status_change "lastStatusChange" wire::time::Time, &TIMESTAMP;
});
shape!(InstanceStatusMetadata INSTANCE_STATUS_METADATA {
    cluster "cluster" String, &STRING;
    container_instance "containerInstance" String, &STRING;
    request_id "requestId" String, &STRING;
});
static INSTANCE_STATUSES: s::Schema = s::Schema::List { of: &INSTANCE_STATUS, size: s::Range::ANY };
static INTEGER: s::Schema = s::Schema::Int(s::Range::ANY);
static LONG: s::Schema = s::Schema::Long(s::Range::ANY);
shape!(LongStatsSet LONG_STATS_SET {
    min "min" i64, &LONG;
    max "max" i64, &LONG;
    sample_count "sampleCount" i32, &INTEGER;
    sum "sum" i64, &LONG;
    overflow_min "overflowMin" i64, &LONG;
    overflow_max "overflowMax" i64, &LONG;
    overflow_sum "overflowSum" i64, &LONG;
});
shape!(MetricsMetadata METRICS_METADATA {
    cluster "cluster" String, &STRING;
    container_instance "containerInstance" String, &STRING;
    message_id "messageId" String, &STRING;
    idle "idle" bool, &BOOLEAN;
    fin "fin" bool, &BOOLEAN;
});
shape!(NetworkStatsSet NETWORK_STATS_SET {
    rx_bytes "rxBytes" LongStatsSet, &LONG_STATS_SET;
    rx_bytes_per_second "rxBytesPerSecond" StatsSet, &STATS_SET;
    rx_dropped "rxDropped" LongStatsSet, &LONG_STATS_SET;
    rx_errors "rxErrors" LongStatsSet, &LONG_STATS_SET;
    rx_packets "rxPackets" LongStatsSet, &LONG_STATS_SET;
    tx_bytes "txBytes" LongStatsSet, &LONG_STATS_SET;
    tx_bytes_per_second "txBytesPerSecond" StatsSet, &STATS_SET;
    tx_dropped "txDropped" LongStatsSet, &LONG_STATS_SET;
    tx_errors "txErrors" LongStatsSet, &LONG_STATS_SET;
    tx_packets "txPackets" LongStatsSet, &LONG_STATS_SET;
});
shape!(PublishHealthRequest PUBLISH_HEALTH_REQUEST {
    metadata "metadata" HealthMetadata, &HEALTH_METADATA;
    timestamp "timestamp" wire::time::Time, &TIMESTAMP;
    tasks "tasks" Vec<TaskHealth>, &TASK_HEALTHS;
});
shape!(PublishInstanceStatusRequest PUBLISH_INSTANCE_STATUS_REQUEST {
    metadata "metadata" InstanceStatusMetadata, &INSTANCE_STATUS_METADATA;
    timestamp "timestamp" wire::time::Time, &TIMESTAMP;
    statuses "statuses" Vec<InstanceStatus>, &INSTANCE_STATUSES;
});
shape!(PublishMetricsRequest PUBLISH_METRICS_REQUEST {
    metadata "metadata" MetricsMetadata, &METRICS_METADATA;
    timestamp "timestamp" wire::time::Time, &TIMESTAMP;
    task_metrics "taskMetrics" Vec<TaskMetric>, &TASK_METRICS;
});
shape!(RestartStatsSet RESTART_STATS_SET {
    restart_count "restartCount" i64, &LONG;
});
shape!(StatsSet STATS_SET {
    min "min" f64, &DOUBLE;
    max "max" f64, &DOUBLE;
    sample_count "sampleCount" i32, &INTEGER;
    sum "sum" f64, &DOUBLE;
});
shape!(StorageStatsSet STORAGE_STATS_SET {
    read_size_bytes "readSizeBytes" LongStatsSet, &LONG_STATS_SET;
    write_size_bytes "writeSizeBytes" LongStatsSet, &LONG_STATS_SET;
});
static STRING: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
shape!(TaskHealth TASK_HEALTH {
    task_arn "taskArn" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    task_definition_family "taskDefinitionFamily" String, &STRING;
    task_definition_version "taskDefinitionVersion" String, &STRING;
    containers "containers" Vec<ContainerHealth>, &CONTAINER_HEALTHS;
});
static TASK_HEALTHS: s::Schema = s::Schema::List { of: &TASK_HEALTH, size: s::Range::ANY };
shape!(TaskMetric TASK_METRIC {
    task_arn "taskArn" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    task_definition_family "taskDefinitionFamily" String, &STRING;
    task_definition_version "taskDefinitionVersion" String, &STRING;
    container_metrics "containerMetrics" Vec<ContainerMetric>, &CONTAINER_METRICS;
});
static TASK_METRICS: s::Schema = s::Schema::List { of: &TASK_METRIC, size: s::Range::ANY };
static TIMESTAMP: s::Schema = s::Schema::Time;

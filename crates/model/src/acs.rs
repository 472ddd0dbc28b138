// Written by `cargo xtask codegen` from the service's model. Not for editing.

use wire::{schema as s, shape};

pub static API: s::Service = s::Service {
    signing_name: "ecs",
    target_prefix: "none",
    version: "2014-11-13",
    xml_namespace: "",
    protocol: s::Protocol::Json11,
    operations: &[
        s::Operation { name: "AckRequest", input: &ACK_REQUEST, errors: &[] },
        s::Operation { name: "AttachInstanceNetworkInterfacesMessage", input: &ATTACH_INSTANCE_NETWORK_INTERFACES_MESSAGE, errors: &[] },
        s::Operation { name: "AttachTaskNetworkInterfacesMessage", input: &ATTACH_TASK_NETWORK_INTERFACES_MESSAGE, errors: &[] },
        s::Operation { name: "CloseMessage", input: &CLOSE_MESSAGE, errors: &[] },
        s::Operation { name: "ConfirmAttachmentMessage", input: &CONFIRM_ATTACHMENT_MESSAGE, errors: &[] },
        s::Operation { name: "ErrorMessage", input: &ERROR_MESSAGE, errors: &[] },
        s::Operation { name: "HeartbeatAckRequest", input: &HEARTBEAT_ACK_REQUEST, errors: &[] },
        s::Operation { name: "HeartbeatMessage", input: &HEARTBEAT_MESSAGE, errors: &[] },
        s::Operation { name: "IAMRoleCredentialsAckRequest", input: &IAM_ROLE_CREDENTIALS_ACK_REQUEST, errors: &[] },
        s::Operation { name: "IAMRoleCredentialsMessage", input: &IAM_ROLE_CREDENTIALS_MESSAGE, errors: &[] },
        s::Operation { name: "LogStreamMessage", input: &LOG_STREAM_MESSAGE, errors: &[] },
        s::Operation { name: "NackRequest", input: &NACK_REQUEST, errors: &[] },
        s::Operation { name: "PayloadMessage", input: &PAYLOAD_MESSAGE, errors: &[] },
        s::Operation { name: "PerformUpdateMessage", input: &PERFORM_UPDATE_MESSAGE, errors: &[] },
        s::Operation { name: "StageUpdateMessage", input: &STAGE_UPDATE_MESSAGE, errors: &[] },
        s::Operation { name: "TaskManifestMessage", input: &TASK_MANIFEST_MESSAGE, errors: &[] },
        s::Operation { name: "TaskNetworkMessage", input: &TASK_NETWORK_MESSAGE, errors: &[] },
        s::Operation { name: "TaskStopVerificationAck", input: &TASK_STOP_VERIFICATION_ACK, errors: &[] },
        s::Operation { name: "TaskStopVerificationMessage", input: &TASK_STOP_VERIFICATION_MESSAGE, errors: &[] },
    ],
};

shape!(AckRequest ACK_REQUEST {
    cluster "cluster" String, &STRING;
    container_instance "containerInstance" String, &STRING;
    message_id "messageId" String, &STRING;
});
shape!(Association ASSOCIATION {
    name "name" String, &STRING;
    r#type "type" String, &STRING;
    content "content" AssociationContent, &ASSOCIATION_CONTENT;
    containers "containers" Vec<String>, &STRING_LIST;
});
shape!(AssociationContent ASSOCIATION_CONTENT {
    value "value" String, &STRING;
    encoding "encoding" String, &STRING;
});
static ASSOCIATION_LIST: s::Schema = s::Schema::List { of: &ASSOCIATION, size: s::Range::ANY };
shape!(AttachInstanceNetworkInterfacesMessage ATTACH_INSTANCE_NETWORK_INTERFACES_MESSAGE {
    message_id "messageId" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    container_instance_arn "containerInstanceArn" String, &STRING;
    generated_at "generatedAt" i64, &LONG;
    elastic_network_interfaces "elasticNetworkInterfaces" Vec<ElasticNetworkInterface>, &ELASTIC_NETWORK_INTERFACE_LIST;
    wait_timeout_ms "waitTimeoutMs" i64, &LONG;
});
shape!(AttachTaskNetworkInterfacesMessage ATTACH_TASK_NETWORK_INTERFACES_MESSAGE {
    message_id "messageId" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    container_instance_arn "containerInstanceArn" String, &STRING;
    generated_at "generatedAt" i64, &LONG;
    task_arn "taskArn" String, &STRING;
    task_cluster_arn "taskClusterArn" String, &STRING;
    elastic_network_interfaces "elasticNetworkInterfaces" Vec<ElasticNetworkInterface>, &ELASTIC_NETWORK_INTERFACE_LIST;
    wait_timeout_ms "waitTimeoutMs" i64, &LONG;
});
shape!(Attachment ATTACHMENT {
    attachment_arn "attachmentArn" String, &STRING;
    attachment_type "attachmentType" String, &STRING;
    attachment_properties "attachmentProperties" Vec<AttachmentProperty>, &ATTACHMENT_PROPERTY_LIST;
});
shape!(AttachmentProperty ATTACHMENT_PROPERTY {
    name "name" String, &STRING;
    value "value" String, &STRING;
});
static ATTACHMENT_PROPERTY_LIST: s::Schema = s::Schema::List { of: &ATTACHMENT_PROPERTY, size: s::Range::ANY };
static BOOLEAN: s::Schema = s::Schema::Bool;
shape!(CloseMessage CLOSE_MESSAGE {
    message "message" String, &STRING;
});
shape!(ConfirmAttachmentMessage CONFIRM_ATTACHMENT_MESSAGE {
    message_id "messageId" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    container_instance_arn "containerInstanceArn" String, &STRING;
    task_arn "taskArn" String, &STRING;
    task_cluster_arn "taskClusterArn" String, &STRING;
    attachment "attachment" Attachment, &ATTACHMENT;
    wait_timeout_ms "waitTimeoutMs" i64, &LONG;
});
shape!(Container CONTAINER {
    name "name" String, &STRING;
    image "image" String, &STRING;
    command "command" Vec<String>, &STRING_LIST;
    entry_point "entryPoint" Vec<String>, &STRING_LIST;
    environment "environment" std::collections::BTreeMap<String, String>, &STRING_MAP;
    cpu "cpu" i32, &INTEGER;
    memory "memory" i32, &INTEGER;
    essential "essential" bool, &BOOLEAN;
    port_mappings "portMappings" Vec<PortMapping>, &PORT_MAPPING_LIST;
    stop_timeout "stopTimeout" i32, &INTEGER;
    container_arn "containerArn" String, &STRING;
    docker_config "dockerConfig" DockerConfig, &DOCKER_CONFIG;
    links "links" Vec<String>, &STRING_LIST;
    mount_points "mountPoints" Vec<MountPoint>, &MOUNT_POINT_LIST;
    volumes_from "volumesFrom" Vec<VolumeFrom>, &VOLUME_FROM_LIST;
    depends_on "dependsOn" Vec<ContainerDependency>, &CONTAINER_DEPENDENCY_LIST;
    start_timeout "startTimeout" i32, &INTEGER;
    restart_policy "restartPolicy" RestartPolicy, &RESTART_POLICY;
    health_check_type "healthCheckType" String, &STRING;
});
shape!(ContainerDependency CONTAINER_DEPENDENCY {
    container_name "containerName" String, &STRING;
    condition "condition" String, &STRING;
});
static CONTAINER_DEPENDENCY_LIST: s::Schema = s::Schema::List { of: &CONTAINER_DEPENDENCY, size: s::Range::ANY };
static CONTAINER_LIST: s::Schema = s::Schema::List { of: &CONTAINER, size: s::Range::ANY };
shape!(DockerConfig DOCKER_CONFIG {
    version "version" String, &STRING;
    config "config" String, &STRING;
    host_config "hostConfig" String, &STRING;
});
shape!(DockerVolumeConfiguration DOCKER_VOLUME_CONFIGURATION {
    scope "scope" String, &STRING;
    autoprovision "autoprovision" bool, &BOOLEAN;
    driver "driver" String, &STRING;
    driver_opts "driverOpts" std::collections::BTreeMap<String, String>, &STRING_MAP;
    labels "labels" std::collections::BTreeMap<String, String>, &STRING_MAP;
});
static DOUBLE: s::Schema = s::Schema::Double;
shape!(ElasticNetworkInterface ELASTIC_NETWORK_INTERFACE {
    attachment_arn "attachmentArn" String, &STRING;
    ec2_id "ec2Id" String, &STRING;
    mac_address "macAddress" String, &STRING;
    index "index" i32, &INTEGER;
    name "name" String, &STRING;
    ipv4_addresses "ipv4Addresses" Vec<Ipv4Address>, &IPV4_ADDRESS_LIST;
    subnet_gateway_ipv4_address "subnetGatewayIpv4Address" String, &STRING;
    domain_name "domainName" Vec<String>, &STRING_LIST;
    domain_name_servers "domainNameServers" Vec<String>, &STRING_LIST;
    private_dns_name "privateDnsName" String, &STRING;
});
static ELASTIC_NETWORK_INTERFACE_LIST: s::Schema = s::Schema::List { of: &ELASTIC_NETWORK_INTERFACE, size: s::Range::ANY };
shape!(ErrorMessage ERROR_MESSAGE {
    message "message" String, &STRING;
});
shape!(HeartbeatAckRequest HEARTBEAT_ACK_REQUEST {
    message_id "messageId" String, &STRING;
});
shape!(HeartbeatMessage HEARTBEAT_MESSAGE {
    message_id "messageId" String, &STRING;
    healthy "healthy" bool, &BOOLEAN;
});
shape!(HostVolume HOST_VOLUME {
    source_path "sourcePath" String, &STRING;
});
shape!(IAMRoleCredentials IAM_ROLE_CREDENTIALS {
    credentials_id "credentialsId" String, &STRING;
    role_arn "roleArn" String, &STRING;
    access_key_id "accessKeyId" String, &STRING;
    secret_access_key "secretAccessKey" String, &STRING;
    session_token "sessionToken" String, &STRING;
    expiration "expiration" String, &STRING;
    credential_scope "credentialScope" String, &STRING;
});
shape!(IAMRoleCredentialsAckRequest IAM_ROLE_CREDENTIALS_ACK_REQUEST {
    message_id "messageId" String, &STRING;
    expiration "expiration" String, &STRING;
    credentials_id "credentialsId" String, &STRING;
});
shape!(IAMRoleCredentialsMessage IAM_ROLE_CREDENTIALS_MESSAGE {
    message_id "messageId" String, &STRING;
    task_arn "taskArn" String, &STRING;
    task_cluster_arn "taskClusterArn" String, &STRING;
    role_type "roleType" String, &STRING;
    role_credentials "roleCredentials" IAMRoleCredentials, &IAM_ROLE_CREDENTIALS;
});
static INTEGER: s::Schema = s::Schema::Int(s::Range::ANY);
static INTEGER_LIST: s::Schema = s::Schema::List { of: &INTEGER, size: s::Range::ANY };
shape!(Ipv4Address IPV4_ADDRESS {
    private_address "privateAddress" String, &STRING;
    primary "primary" bool, &BOOLEAN;
});
static IPV4_ADDRESS_LIST: s::Schema = s::Schema::List { of: &IPV4_ADDRESS, size: s::Range::ANY };
shape!(LogStreamMessage LOG_STREAM_MESSAGE {
    message_id "messageId" String, &STRING;
    stream_id "streamId" String, &STRING;
    task_arn "taskArn" String, &STRING;
    container_name "containerName" String, &STRING;
    follow "follow" bool, &BOOLEAN;
    tail "tail" i32, &INTEGER;
    stream_url "streamUrl" String, &STRING;
});
static LONG: s::Schema = s::Schema::Long(s::Range::ANY);
shape!(MountPoint MOUNT_POINT {
    source_volume "sourceVolume" String, &STRING;
    container_path "containerPath" String, &STRING;
    read_only "readOnly" bool, &BOOLEAN;
});
static MOUNT_POINT_LIST: s::Schema = s::Schema::List { of: &MOUNT_POINT, size: s::Range::ANY };
shape!(NackRequest NACK_REQUEST {
    cluster "cluster" String, &STRING;
    container_instance "containerInstance" String, &STRING;
    message_id "messageId" String, &STRING;
    reason "reason" String, &STRING;
});
shape!(PayloadMessage PAYLOAD_MESSAGE {
    message_id "messageId" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    container_instance_arn "containerInstanceArn" String, &STRING;
    generated_at "generatedAt" i64, &LONG;
    seq_num "seqNum" i64, &LONG;
    tasks "tasks" Vec<Task>, &TASK_LIST;
});
shape!(PerformUpdateMessage PERFORM_UPDATE_MESSAGE {
    message_id "messageId" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    container_instance_arn "containerInstanceArn" String, &STRING;
    update_info "updateInfo" UpdateInfo, &UPDATE_INFO;
});
shape!(PortMapping PORT_MAPPING {
    container_port "containerPort" i32, &INTEGER;
    host_port "hostPort" i32, &INTEGER;
    protocol "protocol" String, &STRING;
    container_port_range "containerPortRange" String, &STRING;
});
static PORT_MAPPING_LIST: s::Schema = s::Schema::List { of: &PORT_MAPPING, size: s::Range::ANY };
shape!(RestartPolicy RESTART_POLICY {
    enabled "enabled" bool, &BOOLEAN;
    ignored_exit_codes "ignoredExitCodes" Vec<i32>, &INTEGER_LIST;
    restart_attempt_period "restartAttemptPeriod" i32, &INTEGER;
});
shape!(StageUpdateMessage STAGE_UPDATE_MESSAGE {
    message_id "messageId" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    container_instance_arn "containerInstanceArn" String, &STRING;
    update_info "updateInfo" UpdateInfo, &UPDATE_INFO;
});
static STRING: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
static STRING_LIST: s::Schema = s::Schema::List { of: &STRING, size: s::Range::ANY };
static STRING_MAP: s::Schema = s::Schema::Map { of: &STRING };
shape!(Task TASK {
    arn "arn" String, &STRING, required;
    desired_status "desiredStatus" String, &STRING, required;
    family "family" String, &STRING;
    version "version" String, &STRING;
    task_cluster_arn "taskClusterArn" String, &STRING;
    task_definition_account_id "taskDefinitionAccountId" String, &STRING;
    containers "containers" Vec<Container>, &CONTAINER_LIST;
    cpu "cpu" f64, &DOUBLE;
    memory "memory" i32, &INTEGER;
    network_mode "networkMode" String, &STRING;
    elastic_network_interfaces "elasticNetworkInterfaces" Vec<ElasticNetworkInterface>, &ELASTIC_NETWORK_INTERFACE_LIST;
    launch_type "launchType" String, &STRING;
    group "group" String, &STRING;
    service_name "serviceName" String, &STRING;
    volumes "volumes" Vec<Volume>, &VOLUME_LIST;
    pid_mode "pidMode" String, &STRING;
    ipc_mode "ipcMode" String, &STRING;
    associations "associations" Vec<Association>, &ASSOCIATION_LIST;
    attachments "attachments" Vec<Attachment>, &ATTACHMENT_LIST;
});
shape!(TaskIdentifier TASK_IDENTIFIER {
    task_arn "taskArn" String, &STRING;
    task_cluster_arn "taskClusterArn" String, &STRING;
    desired_status "desiredStatus" String, &STRING;
});
static TASK_IDENTIFIER_LIST: s::Schema = s::Schema::List { of: &TASK_IDENTIFIER, size: s::Range::ANY };
static TASK_LIST: s::Schema = s::Schema::List { of: &TASK, size: s::Range::ANY };
shape!(TaskManifestMessage TASK_MANIFEST_MESSAGE {
    message_id "messageId" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    container_instance_arn "containerInstanceArn" String, &STRING;
    generated_at "generatedAt" i64, &LONG;
    timeline "timeline" i64, &LONG;
    tasks "tasks" Vec<TaskIdentifier>, &TASK_IDENTIFIER_LIST;
});
shape!(TaskNetworkMessage TASK_NETWORK_MESSAGE {
    message_id "messageId" String, &STRING;
    complete "complete" bool, &BOOLEAN;
    peers "peers" Vec<TaskNetworkPeer>, &TASK_NETWORK_PEER_LIST;
    gone "gone" Vec<String>, &STRING_LIST;
});
shape!(TaskNetworkPeer TASK_NETWORK_PEER {
    network "network" String, &STRING;
    address "address" String, &STRING;
});
static TASK_NETWORK_PEER_LIST: s::Schema = s::Schema::List { of: &TASK_NETWORK_PEER, size: s::Range::ANY };
shape!(TaskStopVerificationAck TASK_STOP_VERIFICATION_ACK {
    message_id "messageId" String, &STRING;
    generated_at "generatedAt" i64, &LONG;
    stop_tasks "stopTasks" Vec<TaskIdentifier>, &TASK_IDENTIFIER_LIST;
});
shape!(TaskStopVerificationMessage TASK_STOP_VERIFICATION_MESSAGE {
    message_id "messageId" String, &STRING;
    stop_candidates "stopCandidates" Vec<TaskIdentifier>, &TASK_IDENTIFIER_LIST;
});
shape!(UpdateInfo UPDATE_INFO {
    location "location" String, &STRING;
    signature "signature" String, &STRING;
});
shape!(Volume VOLUME {
    name "name" String, &STRING;
    r#type "type" String, &STRING;
    host "host" HostVolume, &HOST_VOLUME;
    docker_volume_configuration "dockerVolumeConfiguration" DockerVolumeConfiguration, &DOCKER_VOLUME_CONFIGURATION;
});
shape!(VolumeFrom VOLUME_FROM {
    source_container "sourceContainer" String, &STRING;
    read_only "readOnly" bool, &BOOLEAN;
});
static VOLUME_FROM_LIST: s::Schema = s::Schema::List { of: &VOLUME_FROM, size: s::Range::ANY };
static VOLUME_LIST: s::Schema = s::Schema::List { of: &VOLUME, size: s::Range::ANY };
static ATTACHMENT_LIST: s::Schema = s::Schema::List { of: &ATTACHMENT, size: s::Range::ANY };

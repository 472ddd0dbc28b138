// Written by `cargo xtask codegen` from the service's model. Not for editing.

use wire::{schema as s, shape};

pub static API: s::Service = s::Service {
    signing_name: "ecs",
    target_prefix: "AmazonEC2ContainerServiceV20141113",
    version: "2014-11-13",
    xml_namespace: "",
    protocol: s::Protocol::Json11,
    operations: &[
        s::Operation { name: "AssociateGatewayWithCluster", input: &ASSOCIATE_GATEWAY_WITH_CLUSTER_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "GatewayNotFoundException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "ContinueServiceDeployment", input: &CONTINUE_SERVICE_DEPLOYMENT_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ServiceDeploymentNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "CreateCapacityProvider", input: &CREATE_CAPACITY_PROVIDER_REQUEST, errors: &["AccessDeniedException", "LimitExceededException", "ServerException", "UpdateInProgressException", "InvalidParameterException", "ClientException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "CreateCluster", input: &CREATE_CLUSTER_REQUEST, errors: &["AccessDeniedException", "NamespaceNotFoundException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "CreateDaemon", input: &CREATE_DAEMON_REQUEST, errors: &["AccessDeniedException", "PlatformUnknownException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "CreateExpressGatewayService", input: &CREATE_EXPRESS_GATEWAY_SERVICE_REQUEST, errors: &["AccessDeniedException", "PlatformUnknownException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException", "PlatformTaskDefinitionIncompatibilityException", "UnsupportedFeatureException"] },
        s::Operation { name: "CreateGateway", input: &CREATE_GATEWAY_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "UnsupportedFeatureException"] },
        s::Operation { name: "CreateService", input: &CREATE_SERVICE_REQUEST, errors: &["AccessDeniedException", "PlatformUnknownException", "NamespaceNotFoundException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException", "PlatformTaskDefinitionIncompatibilityException", "UnsupportedFeatureException"] },
        s::Operation { name: "CreateTaskSet", input: &CREATE_TASK_SET_REQUEST, errors: &["AccessDeniedException", "LimitExceededException", "PlatformUnknownException", "NamespaceNotFoundException", "ServiceNotActiveException", "ServerException", "InvalidParameterException", "ClientException", "ServiceNotFoundException", "ClusterNotFoundException", "PlatformTaskDefinitionIncompatibilityException", "UnsupportedFeatureException"] },
        s::Operation { name: "DeleteAccountSetting", input: &DELETE_ACCOUNT_SETTING_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "DeleteAttributes", input: &DELETE_ATTRIBUTES_REQUEST, errors: &["AccessDeniedException", "TargetNotFoundException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "DeleteCapacityProvider", input: &DELETE_CAPACITY_PROVIDER_REQUEST, errors: &["AccessDeniedException", "ServerException", "UpdateInProgressException", "InvalidParameterException", "ClientException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "DeleteCluster", input: &DELETE_CLUSTER_REQUEST, errors: &["ClusterContainsContainerInstancesException", "AccessDeniedException", "ClusterContainsServicesException", "ClusterContainsCapacityProviderException", "ClusterContainsTasksException", "ServerException", "UpdateInProgressException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "DeleteDaemon", input: &DELETE_DAEMON_REQUEST, errors: &["AccessDeniedException", "DaemonNotFoundException", "DaemonNotActiveException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "DeleteDaemonTaskDefinition", input: &DELETE_DAEMON_TASK_DEFINITION_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "DeleteExpressGatewayService", input: &DELETE_EXPRESS_GATEWAY_SERVICE_REQUEST, errors: &["AccessDeniedException", "ServiceNotActiveException", "ServerException", "InvalidParameterException", "ClientException", "ServiceNotFoundException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "DeleteGateway", input: &DELETE_GATEWAY_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "GatewayNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "DeleteService", input: &DELETE_SERVICE_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ServiceNotFoundException", "ClusterNotFoundException"] },
        s::Operation { name: "DeleteTaskDefinitions", input: &DELETE_TASK_DEFINITIONS_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "DeleteTaskSet", input: &DELETE_TASK_SET_REQUEST, errors: &["AccessDeniedException", "LimitExceededException", "ServiceNotActiveException", "ServerException", "InvalidParameterException", "TaskSetNotFoundException", "ClientException", "ServiceNotFoundException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "DeregisterContainerInstance", input: &DEREGISTER_CONTAINER_INSTANCE_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "DeregisterTaskDefinition", input: &DEREGISTER_TASK_DEFINITION_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "DescribeCapacityProviders", input: &DESCRIBE_CAPACITY_PROVIDERS_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "DescribeClusters", input: &DESCRIBE_CLUSTERS_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "DescribeContainerInstances", input: &DESCRIBE_CONTAINER_INSTANCES_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "DescribeDaemon", input: &DESCRIBE_DAEMON_REQUEST, errors: &["AccessDeniedException", "DaemonNotFoundException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "DescribeDaemonDeployments", input: &DESCRIBE_DAEMON_DEPLOYMENTS_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "DescribeDaemonRevisions", input: &DESCRIBE_DAEMON_REVISIONS_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "DescribeDaemonTaskDefinition", input: &DESCRIBE_DAEMON_TASK_DEFINITION_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "DescribeExpressGatewayService", input: &DESCRIBE_EXPRESS_GATEWAY_SERVICE_REQUEST, errors: &["AccessDeniedException", "ResourceNotFoundException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "DescribeGateway", input: &DESCRIBE_GATEWAY_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "GatewayNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "DescribeGatewayResources", input: &DESCRIBE_GATEWAY_RESOURCES_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "GatewayNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "DescribeGatewayRoute", input: &DESCRIBE_GATEWAY_ROUTE_REQUEST, errors: &["AccessDeniedException", "ResourceNotFoundException", "ServerException", "InvalidParameterException", "ClientException", "UnsupportedFeatureException"] },
        s::Operation { name: "DescribeServiceDeployments", input: &DESCRIBE_SERVICE_DEPLOYMENTS_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ServiceNotFoundException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "DescribeServiceRevisions", input: &DESCRIBE_SERVICE_REVISIONS_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ServiceNotFoundException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "DescribeServices", input: &DESCRIBE_SERVICES_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "DescribeTaskDefinition", input: &DESCRIBE_TASK_DEFINITION_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "DescribeTaskSets", input: &DESCRIBE_TASK_SETS_REQUEST, errors: &["AccessDeniedException", "ServiceNotActiveException", "ServerException", "InvalidParameterException", "ClientException", "ServiceNotFoundException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "DescribeTasks", input: &DESCRIBE_TASKS_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "DisassociateGatewayFromCluster", input: &DISASSOCIATE_GATEWAY_FROM_CLUSTER_REQUEST, errors: &["AccessDeniedException", "ResourceNotFoundException", "ServerException", "InvalidParameterException", "ClientException", "GatewayNotFoundException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "DiscoverPollEndpoint", input: &DISCOVER_POLL_ENDPOINT_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "ExecuteCommand", input: &EXECUTE_COMMAND_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "TargetNotConnectedException", "ClusterNotFoundException"] },
        s::Operation { name: "GetTaskProtection", input: &GET_TASK_PROTECTION_REQUEST, errors: &["AccessDeniedException", "ResourceNotFoundException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "ListAccountSettings", input: &LIST_ACCOUNT_SETTINGS_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "ListAttributes", input: &LIST_ATTRIBUTES_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "ListClusters", input: &LIST_CLUSTERS_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "ListContainerInstances", input: &LIST_CONTAINER_INSTANCES_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "ListDaemonDeployments", input: &LIST_DAEMON_DEPLOYMENTS_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "ListDaemonTaskDefinitions", input: &LIST_DAEMON_TASK_DEFINITIONS_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "ListDaemons", input: &LIST_DAEMONS_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "ListGatewayClusterAssociations", input: &LIST_GATEWAY_CLUSTER_ASSOCIATIONS_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "UnsupportedFeatureException"] },
        s::Operation { name: "ListGatewayRoutes", input: &LIST_GATEWAY_ROUTES_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "GatewayNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "ListGateways", input: &LIST_GATEWAYS_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "UnsupportedFeatureException"] },
        s::Operation { name: "ListServiceDeployments", input: &LIST_SERVICE_DEPLOYMENTS_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ServiceNotFoundException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "ListServices", input: &LIST_SERVICES_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "ListServicesByNamespace", input: &LIST_SERVICES_BY_NAMESPACE_REQUEST, errors: &["AccessDeniedException", "NamespaceNotFoundException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "ListTagsForResource", input: &LIST_TAGS_FOR_RESOURCE_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "ListTaskDefinitionFamilies", input: &LIST_TASK_DEFINITION_FAMILIES_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "ListTaskDefinitions", input: &LIST_TASK_DEFINITIONS_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "ListTasks", input: &LIST_TASKS_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ServiceNotFoundException", "ClusterNotFoundException"] },
        s::Operation { name: "PutAccountSetting", input: &PUT_ACCOUNT_SETTING_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "PutAccountSettingDefault", input: &PUT_ACCOUNT_SETTING_DEFAULT_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "PutAttributes", input: &PUT_ATTRIBUTES_REQUEST, errors: &["AccessDeniedException", "TargetNotFoundException", "ServerException", "AttributeLimitExceededException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "PutClusterCapacityProviders", input: &PUT_CLUSTER_CAPACITY_PROVIDERS_REQUEST, errors: &["AccessDeniedException", "ServerException", "UpdateInProgressException", "InvalidParameterException", "ResourceInUseException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "RegisterContainerInstance", input: &REGISTER_CONTAINER_INSTANCE_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "RegisterDaemonTaskDefinition", input: &REGISTER_DAEMON_TASK_DEFINITION_REQUEST, errors: &["AccessDeniedException", "LimitExceededException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "RegisterTaskDefinition", input: &REGISTER_TASK_DEFINITION_REQUEST, errors: &["AccessDeniedException", "LimitExceededException", "ServerException", "InvalidParameterException", "ClientException"] },
        s::Operation { name: "RunTask", input: &RUN_TASK_REQUEST, errors: &["ConflictException", "AccessDeniedException", "PlatformUnknownException", "ServerException", "InvalidParameterException", "BlockedException", "ClientException", "ClusterNotFoundException", "PlatformTaskDefinitionIncompatibilityException", "UnsupportedFeatureException"] },
        s::Operation { name: "StartTask", input: &START_TASK_REQUEST, errors: &["AccessDeniedException", "NamespaceNotFoundException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "StopServiceDeployment", input: &STOP_SERVICE_DEPLOYMENT_REQUEST, errors: &["ConflictException", "AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ServiceDeploymentNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "StopTask", input: &STOP_TASK_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "SubmitAttachmentStateChanges", input: &SUBMIT_ATTACHMENT_STATE_CHANGES_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "SubmitContainerStateChange", input: &SUBMIT_CONTAINER_STATE_CHANGE_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "SubmitTaskStateChange", input: &SUBMIT_TASK_STATE_CHANGE_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "TagResource", input: &TAG_RESOURCE_REQUEST, errors: &["AccessDeniedException", "LimitExceededException", "ResourceNotFoundException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "UntagResource", input: &UNTAG_RESOURCE_REQUEST, errors: &["AccessDeniedException", "ResourceNotFoundException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "UpdateCapacityProvider", input: &UPDATE_CAPACITY_PROVIDER_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "UpdateCluster", input: &UPDATE_CLUSTER_REQUEST, errors: &["AccessDeniedException", "NamespaceNotFoundException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "UpdateClusterSettings", input: &UPDATE_CLUSTER_SETTINGS_REQUEST, errors: &["AccessDeniedException", "ServerException", "UpdateInProgressException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "UpdateContainerAgent", input: &UPDATE_CONTAINER_AGENT_REQUEST, errors: &["AccessDeniedException", "NoUpdateAvailableException", "MissingVersionException", "ServerException", "UpdateInProgressException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "UpdateContainerInstancesState", input: &UPDATE_CONTAINER_INSTANCES_STATE_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException"] },
        s::Operation { name: "UpdateDaemon", input: &UPDATE_DAEMON_REQUEST, errors: &["AccessDeniedException", "DaemonNotFoundException", "PlatformUnknownException", "DaemonNotActiveException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "UpdateExpressGatewayService", input: &UPDATE_EXPRESS_GATEWAY_SERVICE_REQUEST, errors: &["AccessDeniedException", "ServiceNotActiveException", "ServerException", "InvalidParameterException", "ClientException", "ServiceNotFoundException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "UpdateGateway", input: &UPDATE_GATEWAY_REQUEST, errors: &["AccessDeniedException", "ServerException", "InvalidParameterException", "ClientException", "GatewayNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "UpdateService", input: &UPDATE_SERVICE_REQUEST, errors: &["AccessDeniedException", "PlatformUnknownException", "NamespaceNotFoundException", "ServiceNotActiveException", "ServerException", "InvalidParameterException", "ClientException", "ServiceNotFoundException", "ClusterNotFoundException", "PlatformTaskDefinitionIncompatibilityException", "UnsupportedFeatureException"] },
        s::Operation { name: "UpdateServicePrimaryTaskSet", input: &UPDATE_SERVICE_PRIMARY_TASK_SET_REQUEST, errors: &["AccessDeniedException", "ServiceNotActiveException", "ServerException", "InvalidParameterException", "TaskSetNotFoundException", "ClientException", "ServiceNotFoundException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "UpdateTaskProtection", input: &UPDATE_TASK_PROTECTION_REQUEST, errors: &["AccessDeniedException", "ResourceNotFoundException", "ServerException", "InvalidParameterException", "ClientException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
        s::Operation { name: "UpdateTaskSet", input: &UPDATE_TASK_SET_REQUEST, errors: &["AccessDeniedException", "LimitExceededException", "ServiceNotActiveException", "ServerException", "InvalidParameterException", "TaskSetNotFoundException", "ClientException", "ServiceNotFoundException", "ClusterNotFoundException", "UnsupportedFeatureException"] },
    ],
};

shape!(AcceleratorCountRequest ACCELERATOR_COUNT_REQUEST {
    min "min" i32, &BOXED_INTEGER;
    max "max" i32, &BOXED_INTEGER;
});
static ACCELERATOR_MANUFACTURER: s::Schema = s::Schema::Enum(&["amazon-web-services", "amd", "nvidia", "xilinx", "habana"]);
static ACCELERATOR_MANUFACTURER_SET: s::Schema = s::Schema::List { of: &ACCELERATOR_MANUFACTURER, size: s::Range::ANY };
static ACCELERATOR_NAME: s::Schema = s::Schema::Enum(&["a100", "inferentia", "k520", "k80", "m60", "radeon-pro-v520", "t4", "vu9p", "v100", "a10g", "h100", "t4g", "l40s", "l4"]);
static ACCELERATOR_NAME_SET: s::Schema = s::Schema::List { of: &ACCELERATOR_NAME, size: s::Range::ANY };
shape!(AcceleratorTotalMemoryMiBRequest ACCELERATOR_TOTAL_MEMORY_MI_B_REQUEST {
    min "min" i32, &BOXED_INTEGER;
    max "max" i32, &BOXED_INTEGER;
});
static ACCELERATOR_TYPE: s::Schema = s::Schema::Enum(&["gpu", "fpga", "inference"]);
static ACCELERATOR_TYPE_SET: s::Schema = s::Schema::List { of: &ACCELERATOR_TYPE, size: s::Range::ANY };
static ACCESS_TYPE: s::Schema = s::Schema::Enum(&["PUBLIC", "PRIVATE"]);
static ACCESS_TYPE_LIST: s::Schema = s::Schema::List { of: &ACCESS_TYPE, size: s::Range { min: Some(0), max: Some(2) } };
shape!(AdvancedConfiguration ADVANCED_CONFIGURATION {
    alternate_target_group_arn "alternateTargetGroupArn" String, &STRING;
    production_listener_rule "productionListenerRule" String, &STRING;
    test_listener_rule "testListenerRule" String, &STRING;
    role_arn "roleArn" String, &STRING;
});
static AGENT_UPDATE_STATUS: s::Schema = s::Schema::Enum(&["PENDING", "STAGING", "STAGED", "UPDATING", "UPDATED", "FAILED"]);
static ALLOWED_INSTANCE_TYPE: s::Schema = s::Schema::Str { length: s::Range { min: Some(1), max: Some(30) }, pattern: Some(&s::Pattern { text: "[a-zA-Z0-9\\.\\*\\-]+", ranges: &[('a', 'z'), ('A', 'Z'), ('0', '9'), ('.', '.'), ('*', '*'), ('-', '-')], letters: false, numbers: false, separators: false, one_or_more: true }) };
static ALLOWED_INSTANCE_TYPE_SET: s::Schema = s::Schema::List { of: &ALLOWED_INSTANCE_TYPE, size: s::Range { min: Some(0), max: Some(400) } };
static APPLICATION_PROTOCOL: s::Schema = s::Schema::Enum(&["http", "http2", "grpc"]);
static ASSIGN_PUBLIC_IP: s::Schema = s::Schema::Enum(&["ENABLED", "DISABLED"]);
shape!(AssociateGatewayWithClusterRequest ASSOCIATE_GATEWAY_WITH_CLUSTER_REQUEST {
    gateway "gateway" String, &STRING, required;
    cluster "cluster" String, &STRING, required;
});
shape!(AssociateGatewayWithClusterResponse ASSOCIATE_GATEWAY_WITH_CLUSTER_RESPONSE {
    gateway_arn "gatewayArn" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    status "status" String, &GATEWAY_CLUSTER_ASSOCIATION_STATUS;
});
shape!(Attachment ATTACHMENT {
    id "id" String, &STRING;
    r#type "type" String, &STRING;
    status "status" String, &STRING;
    details "details" Vec<KeyValuePair>, &ATTACHMENT_DETAILS;
});
static ATTACHMENT_DETAILS: s::Schema = s::Schema::List { of: &KEY_VALUE_PAIR, size: s::Range::ANY };
shape!(AttachmentStateChange ATTACHMENT_STATE_CHANGE {
    attachment_arn "attachmentArn" String, &STRING, required;
    status "status" String, &STRING, required;
});
static ATTACHMENT_STATE_CHANGES: s::Schema = s::Schema::List { of: &ATTACHMENT_STATE_CHANGE, size: s::Range::ANY };
static ATTACHMENTS: s::Schema = s::Schema::List { of: &ATTACHMENT, size: s::Range::ANY };
static ATTESTATION_POLICY_STATUS: s::Schema = s::Schema::Enum(&["CONFIGURED"]);
shape!(Attribute ATTRIBUTE {
    name "name" String, &STRING, required;
    value "value" String, &STRING;
    target_type "targetType" String, &TARGET_TYPE;
    target_id "targetId" String, &STRING;
});
static ATTRIBUTES: s::Schema = s::Schema::List { of: &ATTRIBUTE, size: s::Range::ANY };
static AUTO_REPAIR_ACTIONS_STATUS: s::Schema = s::Schema::Enum(&["ENABLED", "DISABLED"]);
shape!(AutoRepairConfiguration AUTO_REPAIR_CONFIGURATION {
    actions_status "actionsStatus" String, &AUTO_REPAIR_ACTIONS_STATUS;
});
shape!(AutoScalingGroupProvider AUTO_SCALING_GROUP_PROVIDER {
    auto_scaling_group_arn "autoScalingGroupArn" String, &STRING, required;
    managed_scaling "managedScaling" ManagedScaling, &MANAGED_SCALING;
    managed_termination_protection "managedTerminationProtection" String, &MANAGED_TERMINATION_PROTECTION;
    managed_draining "managedDraining" String, &MANAGED_DRAINING;
});
shape!(AutoScalingGroupProviderUpdate AUTO_SCALING_GROUP_PROVIDER_UPDATE {
    managed_scaling "managedScaling" ManagedScaling, &MANAGED_SCALING;
    managed_termination_protection "managedTerminationProtection" String, &MANAGED_TERMINATION_PROTECTION;
    managed_draining "managedDraining" String, &MANAGED_DRAINING;
});
static AVAILABILITY_ZONE_REBALANCING: s::Schema = s::Schema::Enum(&["ENABLED", "DISABLED"]);
shape!(AwsVpcConfiguration AWS_VPC_CONFIGURATION {
    subnets "subnets" Vec<String>, &STRING_LIST, required;
    security_groups "securityGroups" Vec<String>, &STRING_LIST;
    assign_public_ip "assignPublicIp" String, &ASSIGN_PUBLIC_IP;
});
static BARE_METAL: s::Schema = s::Schema::Enum(&["included", "required", "excluded"]);
shape!(BaselineEbsBandwidthMbpsRequest BASELINE_EBS_BANDWIDTH_MBPS_REQUEST {
    min "min" i32, &BOXED_INTEGER;
    max "max" i32, &BOXED_INTEGER;
});
static BOOLEAN: s::Schema = s::Schema::Bool;
static BOXED_BOOLEAN: s::Schema = s::Schema::Bool;
static BOXED_DOUBLE: s::Schema = s::Schema::Double;
static BOXED_INTEGER: s::Schema = s::Schema::Int(s::Range::ANY);
static BURSTABLE_PERFORMANCE: s::Schema = s::Schema::Enum(&["included", "required", "excluded"]);
static CPU_ARCHITECTURE: s::Schema = s::Schema::Enum(&["X86_64", "ARM64"]);
shape!(CanaryConfiguration CANARY_CONFIGURATION {
    canary_percent "canaryPercent" f64, &DOUBLE;
    canary_bake_time_in_minutes "canaryBakeTimeInMinutes" i32, &INTEGER;
});
static CAPACITY_OPTION_TYPE: s::Schema = s::Schema::Enum(&["ON_DEMAND", "SPOT", "RESERVED"]);
shape!(CapacityProvider CAPACITY_PROVIDER {
    capacity_provider_arn "capacityProviderArn" String, &STRING;
    name "name" String, &STRING;
    cluster "cluster" String, &STRING;
    status "status" String, &CAPACITY_PROVIDER_STATUS;
    auto_scaling_group_provider "autoScalingGroupProvider" AutoScalingGroupProvider, &AUTO_SCALING_GROUP_PROVIDER;
    managed_instances_provider "managedInstancesProvider" ManagedInstancesProvider, &MANAGED_INSTANCES_PROVIDER;
    update_status "updateStatus" String, &CAPACITY_PROVIDER_UPDATE_STATUS;
    update_status_reason "updateStatusReason" String, &STRING;
    tags "tags" Vec<Tag>, &TAGS;
    r#type "type" String, &CAPACITY_PROVIDER_TYPE;
});
static CAPACITY_PROVIDER_FIELD: s::Schema = s::Schema::Enum(&["TAGS"]);
static CAPACITY_PROVIDER_FIELD_LIST: s::Schema = s::Schema::List { of: &CAPACITY_PROVIDER_FIELD, size: s::Range::ANY };
static CAPACITY_PROVIDER_STATUS: s::Schema = s::Schema::Enum(&["PROVISIONING", "ACTIVE", "DEPROVISIONING", "INACTIVE"]);
static CAPACITY_PROVIDER_STRATEGY: s::Schema = s::Schema::List { of: &CAPACITY_PROVIDER_STRATEGY_ITEM, size: s::Range::ANY };
shape!(CapacityProviderStrategyItem CAPACITY_PROVIDER_STRATEGY_ITEM {
    capacity_provider "capacityProvider" String, &STRING, required;
    weight "weight" i32, &CAPACITY_PROVIDER_STRATEGY_ITEM_WEIGHT;
    base "base" i32, &CAPACITY_PROVIDER_STRATEGY_ITEM_BASE;
});
static CAPACITY_PROVIDER_STRATEGY_ITEM_BASE: s::Schema = s::Schema::Int(s::Range { min: Some(0), max: Some(100000) });
static CAPACITY_PROVIDER_STRATEGY_ITEM_WEIGHT: s::Schema = s::Schema::Int(s::Range { min: Some(0), max: Some(1000) });
static CAPACITY_PROVIDER_TYPE: s::Schema = s::Schema::Enum(&["EC2_AUTOSCALING", "MANAGED_INSTANCES", "FARGATE", "FARGATE_SPOT"]);
static CAPACITY_PROVIDER_UPDATE_STATUS: s::Schema = s::Schema::Enum(&["CREATE_IN_PROGRESS", "CREATE_COMPLETE", "CREATE_FAILED", "DELETE_IN_PROGRESS", "DELETE_COMPLETE", "DELETE_FAILED", "UPDATE_IN_PROGRESS", "UPDATE_COMPLETE", "UPDATE_FAILED"]);
static CAPACITY_PROVIDERS: s::Schema = s::Schema::List { of: &CAPACITY_PROVIDER, size: s::Range::ANY };
static CAPACITY_RESERVATION_PREFERENCE: s::Schema = s::Schema::Enum(&["RESERVATIONS_ONLY", "RESERVATIONS_FIRST", "RESERVATIONS_EXCLUDED"]);
shape!(CapacityReservationRequest CAPACITY_RESERVATION_REQUEST {
    reservation_group_arn "reservationGroupArn" String, &STRING;
    reservation_preference "reservationPreference" String, &CAPACITY_RESERVATION_PREFERENCE;
});
shape!(Cluster CLUSTER {
    cluster_arn "clusterArn" String, &STRING;
    cluster_name "clusterName" String, &STRING;
    configuration "configuration" ClusterConfiguration, &CLUSTER_CONFIGURATION;
    status "status" String, &STRING;
    registered_container_instances_count "registeredContainerInstancesCount" i32, &INTEGER;
    running_tasks_count "runningTasksCount" i32, &INTEGER;
    pending_tasks_count "pendingTasksCount" i32, &INTEGER;
    active_services_count "activeServicesCount" i32, &INTEGER;
    statistics "statistics" Vec<KeyValuePair>, &STATISTICS;
    tags "tags" Vec<Tag>, &TAGS;
    settings "settings" Vec<ClusterSetting>, &CLUSTER_SETTINGS;
    capacity_providers "capacityProviders" Vec<String>, &STRING_LIST;
    default_capacity_provider_strategy "defaultCapacityProviderStrategy" Vec<CapacityProviderStrategyItem>, &CAPACITY_PROVIDER_STRATEGY;
    attachments "attachments" Vec<Attachment>, &ATTACHMENTS;
    attachments_status "attachmentsStatus" String, &STRING;
    service_connect_defaults "serviceConnectDefaults" ClusterServiceConnectDefaults, &CLUSTER_SERVICE_CONNECT_DEFAULTS;
});
shape!(ClusterConfiguration CLUSTER_CONFIGURATION {
    execute_command_configuration "executeCommandConfiguration" ExecuteCommandConfiguration, &EXECUTE_COMMAND_CONFIGURATION;
    managed_storage_configuration "managedStorageConfiguration" ManagedStorageConfiguration, &MANAGED_STORAGE_CONFIGURATION;
});
static CLUSTER_FIELD: s::Schema = s::Schema::Enum(&["ATTACHMENTS", "CONFIGURATIONS", "SETTINGS", "STATISTICS", "TAGS"]);
static CLUSTER_FIELD_LIST: s::Schema = s::Schema::List { of: &CLUSTER_FIELD, size: s::Range::ANY };
shape!(ClusterServiceConnectDefaults CLUSTER_SERVICE_CONNECT_DEFAULTS {
    namespace "namespace" String, &STRING;
});
shape!(ClusterServiceConnectDefaultsRequest CLUSTER_SERVICE_CONNECT_DEFAULTS_REQUEST {
    namespace "namespace" String, &STRING, required;
});
shape!(ClusterSetting CLUSTER_SETTING {
    name "name" String, &CLUSTER_SETTING_NAME;
    value "value" String, &STRING;
});
static CLUSTER_SETTING_NAME: s::Schema = s::Schema::Enum(&["containerInsights"]);
static CLUSTER_SETTINGS: s::Schema = s::Schema::List { of: &CLUSTER_SETTING, size: s::Range::ANY };
static CLUSTERS: s::Schema = s::Schema::List { of: &CLUSTER, size: s::Range::ANY };
static COMPATIBILITY: s::Schema = s::Schema::Enum(&["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"]);
static COMPATIBILITY_LIST: s::Schema = s::Schema::List { of: &COMPATIBILITY, size: s::Range::ANY };
static CONNECTIVITY: s::Schema = s::Schema::Enum(&["CONNECTED", "DISCONNECTED"]);
shape!(Container CONTAINER {
    container_arn "containerArn" String, &STRING;
    task_arn "taskArn" String, &STRING;
    name "name" String, &STRING;
    image "image" String, &STRING;
    image_digest "imageDigest" String, &STRING;
    runtime_id "runtimeId" String, &STRING;
    last_status "lastStatus" String, &STRING;
    exit_code "exitCode" i32, &BOXED_INTEGER;
    reason "reason" String, &STRING;
    network_bindings "networkBindings" Vec<NetworkBinding>, &NETWORK_BINDINGS;
    network_interfaces "networkInterfaces" Vec<NetworkInterface>, &NETWORK_INTERFACES;
    health_status "healthStatus" String, &HEALTH_STATUS;
    managed_agents "managedAgents" Vec<ManagedAgent>, &MANAGED_AGENTS;
    cpu "cpu" String, &STRING;
    memory "memory" String, &STRING;
    memory_reservation "memoryReservation" String, &STRING;
    gpu_ids "gpuIds" Vec<String>, &GPU_IDS;
    neuron_device_ids "neuronDeviceIds" Vec<String>, &NEURON_DEVICE_IDS;
    gpu_sharing_strategy "gpuSharingStrategy" SharingStrategy, &SHARING_STRATEGY;
});
static CONTAINER_CONDITION: s::Schema = s::Schema::Enum(&["START", "COMPLETE", "SUCCESS", "HEALTHY"]);
shape!(ContainerDefinition CONTAINER_DEFINITION {
    name "name" String, &STRING;
    image "image" String, &STRING;
    repository_credentials "repositoryCredentials" RepositoryCredentials, &REPOSITORY_CREDENTIALS;
    cpu "cpu" i32, &INTEGER;
    memory "memory" i32, &BOXED_INTEGER;
    memory_reservation "memoryReservation" i32, &BOXED_INTEGER;
    links "links" Vec<String>, &STRING_LIST;
    port_mappings "portMappings" Vec<PortMapping>, &PORT_MAPPING_LIST;
    essential "essential" bool, &BOXED_BOOLEAN;
    restart_policy "restartPolicy" ContainerRestartPolicy, &CONTAINER_RESTART_POLICY;
    entry_point "entryPoint" Vec<String>, &STRING_LIST;
    command "command" Vec<String>, &STRING_LIST;
    environment "environment" Vec<KeyValuePair>, &ENVIRONMENT_VARIABLES;
    environment_files "environmentFiles" Vec<EnvironmentFile>, &ENVIRONMENT_FILES;
    mount_points "mountPoints" Vec<MountPoint>, &MOUNT_POINT_LIST;
    volumes_from "volumesFrom" Vec<VolumeFrom>, &VOLUME_FROM_LIST;
    linux_parameters "linuxParameters" LinuxParameters, &LINUX_PARAMETERS;
    secrets "secrets" Vec<Secret>, &SECRET_LIST;
    depends_on "dependsOn" Vec<ContainerDependency>, &CONTAINER_DEPENDENCIES;
    start_timeout "startTimeout" i32, &BOXED_INTEGER;
    stop_timeout "stopTimeout" i32, &BOXED_INTEGER;
    version_consistency "versionConsistency" String, &VERSION_CONSISTENCY;
    hostname "hostname" String, &STRING;
    user "user" String, &STRING;
    working_directory "workingDirectory" String, &STRING;
    disable_networking "disableNetworking" bool, &BOXED_BOOLEAN;
    privileged "privileged" bool, &BOXED_BOOLEAN;
    readonly_root_filesystem "readonlyRootFilesystem" bool, &BOXED_BOOLEAN;
    dns_servers "dnsServers" Vec<String>, &STRING_LIST;
    dns_search_domains "dnsSearchDomains" Vec<String>, &STRING_LIST;
    extra_hosts "extraHosts" Vec<HostEntry>, &HOST_ENTRY_LIST;
    docker_security_options "dockerSecurityOptions" Vec<String>, &STRING_LIST;
    interactive "interactive" bool, &BOXED_BOOLEAN;
    pseudo_terminal "pseudoTerminal" bool, &BOXED_BOOLEAN;
    docker_labels "dockerLabels" std::collections::BTreeMap<String, String>, &DOCKER_LABELS_MAP;
    ulimits "ulimits" Vec<Ulimit>, &ULIMIT_LIST;
    log_configuration "logConfiguration" LogConfiguration, &LOG_CONFIGURATION;
    health_check "healthCheck" HealthCheck, &HEALTH_CHECK;
    system_controls "systemControls" Vec<SystemControl>, &SYSTEM_CONTROLS;
    resource_requirements "resourceRequirements" Vec<ResourceRequirement>, &RESOURCE_REQUIREMENTS;
    firelens_configuration "firelensConfiguration" FirelensConfiguration, &FIRELENS_CONFIGURATION;
    credential_specs "credentialSpecs" Vec<String>, &STRING_LIST;
});
static CONTAINER_DEFINITIONS: s::Schema = s::Schema::List { of: &CONTAINER_DEFINITION, size: s::Range::ANY };
static CONTAINER_DEPENDENCIES: s::Schema = s::Schema::List { of: &CONTAINER_DEPENDENCY, size: s::Range::ANY };
shape!(ContainerDependency CONTAINER_DEPENDENCY {
    container_name "containerName" String, &STRING, required;
    condition "condition" String, &CONTAINER_CONDITION, required;
});
shape!(ContainerImage CONTAINER_IMAGE {
    container_name "containerName" String, &STRING;
    image_digest "imageDigest" String, &STRING;
    image "image" String, &STRING;
});
static CONTAINER_IMAGES: s::Schema = s::Schema::List { of: &CONTAINER_IMAGE, size: s::Range::ANY };
shape!(ContainerInstance CONTAINER_INSTANCE {
    container_instance_arn "containerInstanceArn" String, &STRING;
    ec2_instance_id "ec2InstanceId" String, &STRING;
    capacity_provider_name "capacityProviderName" String, &STRING;
    version "version" i64, &LONG;
    version_info "versionInfo" VersionInfo, &VERSION_INFO;
    remaining_resources "remainingResources" Vec<Resource>, &RESOURCES;
    registered_resources "registeredResources" Vec<Resource>, &RESOURCES;
    status "status" String, &STRING;
    status_reason "statusReason" String, &STRING;
    agent_connected "agentConnected" bool, &BOOLEAN;
    running_tasks_count "runningTasksCount" i32, &INTEGER;
    pending_tasks_count "pendingTasksCount" i32, &INTEGER;
    agent_update_status "agentUpdateStatus" String, &AGENT_UPDATE_STATUS;
    attributes "attributes" Vec<Attribute>, &ATTRIBUTES;
    registered_at "registeredAt" wire::time::Time, &TIMESTAMP;
    attachments "attachments" Vec<Attachment>, &ATTACHMENTS;
    tags "tags" Vec<Tag>, &TAGS;
    health_status "healthStatus" ContainerInstanceHealthStatus, &CONTAINER_INSTANCE_HEALTH_STATUS;
    gpu_devices "gpuDevices" Vec<GpuDevice>, &GPU_DEVICES;
});
static CONTAINER_INSTANCE_FIELD: s::Schema = s::Schema::Enum(&["TAGS", "CONTAINER_INSTANCE_HEALTH"]);
static CONTAINER_INSTANCE_FIELD_LIST: s::Schema = s::Schema::List { of: &CONTAINER_INSTANCE_FIELD, size: s::Range::ANY };
shape!(ContainerInstanceHealthStatus CONTAINER_INSTANCE_HEALTH_STATUS {
    overall_status "overallStatus" String, &INSTANCE_HEALTH_CHECK_STATE;
    details "details" Vec<InstanceHealthCheckResult>, &INSTANCE_HEALTH_CHECK_RESULT_LIST;
});
static CONTAINER_INSTANCE_STATUS: s::Schema = s::Schema::Enum(&["ACTIVE", "DRAINING", "REGISTERING", "DEREGISTERING", "REGISTRATION_FAILED"]);
static CONTAINER_INSTANCES: s::Schema = s::Schema::List { of: &CONTAINER_INSTANCE, size: s::Range::ANY };
shape!(ContainerOverride CONTAINER_OVERRIDE {
    name "name" String, &STRING;
    command "command" Vec<String>, &STRING_LIST;
    environment "environment" Vec<KeyValuePair>, &ENVIRONMENT_VARIABLES;
    environment_files "environmentFiles" Vec<EnvironmentFile>, &ENVIRONMENT_FILES;
    cpu "cpu" i32, &BOXED_INTEGER;
    memory "memory" i32, &BOXED_INTEGER;
    memory_reservation "memoryReservation" i32, &BOXED_INTEGER;
    resource_requirements "resourceRequirements" Vec<ResourceRequirement>, &RESOURCE_REQUIREMENTS;
});
static CONTAINER_OVERRIDES: s::Schema = s::Schema::List { of: &CONTAINER_OVERRIDE, size: s::Range::ANY };
shape!(ContainerRestartPolicy CONTAINER_RESTART_POLICY {
    enabled "enabled" bool, &BOXED_BOOLEAN, required;
    ignored_exit_codes "ignoredExitCodes" Vec<i32>, &INTEGER_LIST;
    restart_attempt_period "restartAttemptPeriod" i32, &BOXED_INTEGER;
});
shape!(ContainerStateChange CONTAINER_STATE_CHANGE {
    container_name "containerName" String, &STRING;
    image_digest "imageDigest" String, &STRING;
    runtime_id "runtimeId" String, &STRING;
    exit_code "exitCode" i32, &BOXED_INTEGER;
    network_bindings "networkBindings" Vec<NetworkBinding>, &NETWORK_BINDINGS;
    reason "reason" String, &STRING;
    status "status" String, &STRING;
});
static CONTAINER_STATE_CHANGES: s::Schema = s::Schema::List { of: &CONTAINER_STATE_CHANGE, size: s::Range::ANY };
static CONTAINERS: s::Schema = s::Schema::List { of: &CONTAINER, size: s::Range::ANY };
shape!(ContinueServiceDeploymentRequest CONTINUE_SERVICE_DEPLOYMENT_REQUEST {
    service_deployment_arn "serviceDeploymentArn" String, &STRING, required;
    hook_id "hookId" String, &STRING, required;
    action "action" String, &DEPLOYMENT_LIFECYCLE_HOOK_ACTION;
});
shape!(ContinueServiceDeploymentResponse CONTINUE_SERVICE_DEPLOYMENT_RESPONSE {
    service_deployment_arn "serviceDeploymentArn" String, &STRING;
});
static CPU_MANUFACTURER: s::Schema = s::Schema::Enum(&["intel", "amd", "amazon-web-services"]);
static CPU_MANUFACTURER_SET: s::Schema = s::Schema::List { of: &CPU_MANUFACTURER, size: s::Range::ANY };
shape!(CreateCapacityProviderRequest CREATE_CAPACITY_PROVIDER_REQUEST {
    name "name" String, &STRING, required;
    cluster "cluster" String, &STRING;
    auto_scaling_group_provider "autoScalingGroupProvider" AutoScalingGroupProvider, &AUTO_SCALING_GROUP_PROVIDER;
    managed_instances_provider "managedInstancesProvider" CreateManagedInstancesProviderConfiguration, &CREATE_MANAGED_INSTANCES_PROVIDER_CONFIGURATION;
    tags "tags" Vec<Tag>, &TAGS;
});
shape!(CreateCapacityProviderResponse CREATE_CAPACITY_PROVIDER_RESPONSE {
    capacity_provider "capacityProvider" CapacityProvider, &CAPACITY_PROVIDER;
});
shape!(CreateClusterRequest CREATE_CLUSTER_REQUEST {
    cluster_name "clusterName" String, &STRING;
    tags "tags" Vec<Tag>, &TAGS;
    settings "settings" Vec<ClusterSetting>, &CLUSTER_SETTINGS;
    configuration "configuration" ClusterConfiguration, &CLUSTER_CONFIGURATION;
    capacity_providers "capacityProviders" Vec<String>, &STRING_LIST;
    default_capacity_provider_strategy "defaultCapacityProviderStrategy" Vec<CapacityProviderStrategyItem>, &CAPACITY_PROVIDER_STRATEGY;
    service_connect_defaults "serviceConnectDefaults" ClusterServiceConnectDefaultsRequest, &CLUSTER_SERVICE_CONNECT_DEFAULTS_REQUEST;
});
shape!(CreateClusterResponse CREATE_CLUSTER_RESPONSE {
    cluster "cluster" Cluster, &CLUSTER;
});
shape!(CreateDaemonRequest CREATE_DAEMON_REQUEST {
    daemon_name "daemonName" String, &STRING, required;
    cluster_arn "clusterArn" String, &STRING;
    daemon_task_definition_arn "daemonTaskDefinitionArn" String, &STRING, required;
    capacity_provider_arns "capacityProviderArns" Vec<String>, &STRING_LIST, required;
    deployment_configuration "deploymentConfiguration" DaemonDeploymentConfiguration, &DAEMON_DEPLOYMENT_CONFIGURATION;
    tags "tags" Vec<Tag>, &TAGS;
    propagate_tags "propagateTags" String, &DAEMON_PROPAGATE_TAGS;
    enable_ecs_managed_tags "enableECSManagedTags" bool, &BOOLEAN;
    enable_execute_command "enableExecuteCommand" bool, &BOOLEAN;
    client_token "clientToken" String, &STRING;
    critical "critical" bool, &BOXED_BOOLEAN;
});
shape!(CreateDaemonResponse CREATE_DAEMON_RESPONSE {
    daemon_arn "daemonArn" String, &STRING;
    status "status" String, &DAEMON_STATUS;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    deployment_arn "deploymentArn" String, &STRING;
});
shape!(CreateExpressGatewayServiceRequest CREATE_EXPRESS_GATEWAY_SERVICE_REQUEST {
    execution_role_arn "executionRoleArn" String, &STRING;
    infrastructure_role_arn "infrastructureRoleArn" String, &STRING, required;
    service_name "serviceName" String, &STRING;
    cluster "cluster" String, &STRING;
    health_check_path "healthCheckPath" String, &STRING;
    primary_container "primaryContainer" ExpressGatewayContainer, &EXPRESS_GATEWAY_CONTAINER;
    task_role_arn "taskRoleArn" String, &STRING;
    network_configuration "networkConfiguration" ExpressGatewayServiceNetworkConfiguration, &EXPRESS_GATEWAY_SERVICE_NETWORK_CONFIGURATION;
    cpu "cpu" String, &STRING;
    memory "memory" String, &STRING;
    cpu_architecture "cpuArchitecture" String, &EXPRESS_CPU_ARCHITECTURE;
    scaling_target "scalingTarget" ExpressGatewayScalingTarget, &EXPRESS_GATEWAY_SCALING_TARGET;
    tags "tags" Vec<Tag>, &TAGS;
    task_definition_arn "taskDefinitionArn" String, &STRING;
});
shape!(CreateExpressGatewayServiceResponse CREATE_EXPRESS_GATEWAY_SERVICE_RESPONSE {
    service "service" ECSExpressGatewayService, &ECS_EXPRESS_GATEWAY_SERVICE;
});
shape!(CreateGatewayRequest CREATE_GATEWAY_REQUEST {
    name "name" String, &STRING, required;
    infrastructure_role_arn "infrastructureRoleArn" String, &STRING, required;
    client_token "clientToken" String, &STRING;
    deletion_protection "deletionProtection" bool, &BOXED_BOOLEAN;
    configuration "configuration" GatewayConfiguration, &GATEWAY_CONFIGURATION, required;
    tags "tags" Vec<Tag>, &TAGS;
    propagate_tags "propagateTags" String, &PROPAGATE_GATEWAY_TAGS;
});
shape!(CreateGatewayResponse CREATE_GATEWAY_RESPONSE {
    gateway_arn "gatewayArn" String, &STRING;
    name "name" String, &STRING;
    status "status" String, &GATEWAY_STATUS;
});
shape!(CreateManagedInstancesProviderConfiguration CREATE_MANAGED_INSTANCES_PROVIDER_CONFIGURATION {
    infrastructure_role_arn "infrastructureRoleArn" String, &STRING, required;
    instance_launch_template "instanceLaunchTemplate" InstanceLaunchTemplate, &INSTANCE_LAUNCH_TEMPLATE, required;
    propagate_tags "propagateTags" String, &PROPAGATE_MI_TAGS;
    infrastructure_optimization "infrastructureOptimization" InfrastructureOptimization, &INFRASTRUCTURE_OPTIMIZATION;
    auto_repair_configuration "autoRepairConfiguration" AutoRepairConfiguration, &AUTO_REPAIR_CONFIGURATION;
});
shape!(CreateServiceRequest CREATE_SERVICE_REQUEST {
    cluster "cluster" String, &STRING;
    service_name "serviceName" String, &STRING, required;
    task_definition "taskDefinition" String, &STRING;
    availability_zone_rebalancing "availabilityZoneRebalancing" String, &AVAILABILITY_ZONE_REBALANCING;
    load_balancers "loadBalancers" Vec<LoadBalancer>, &LOAD_BALANCERS;
    service_registries "serviceRegistries" Vec<ServiceRegistry>, &SERVICE_REGISTRIES;
    desired_count "desiredCount" i32, &BOXED_INTEGER;
    client_token "clientToken" String, &STRING;
    launch_type "launchType" String, &LAUNCH_TYPE;
    capacity_provider_strategy "capacityProviderStrategy" Vec<CapacityProviderStrategyItem>, &CAPACITY_PROVIDER_STRATEGY;
    platform_version "platformVersion" String, &STRING;
    role "role" String, &STRING;
    deployment_configuration "deploymentConfiguration" DeploymentConfiguration, &DEPLOYMENT_CONFIGURATION;
    placement_constraints "placementConstraints" Vec<PlacementConstraint>, &PLACEMENT_CONSTRAINTS;
    placement_strategy "placementStrategy" Vec<PlacementStrategy>, &PLACEMENT_STRATEGIES;
    network_configuration "networkConfiguration" NetworkConfiguration, &NETWORK_CONFIGURATION;
    health_check_grace_period_seconds "healthCheckGracePeriodSeconds" i32, &BOXED_INTEGER;
    scheduling_strategy "schedulingStrategy" String, &SCHEDULING_STRATEGY;
    deployment_controller "deploymentController" DeploymentController, &DEPLOYMENT_CONTROLLER;
    tags "tags" Vec<Tag>, &TAGS;
    enable_ecs_managed_tags "enableECSManagedTags" bool, &BOOLEAN;
    propagate_tags "propagateTags" String, &PROPAGATE_TAGS;
    enable_execute_command "enableExecuteCommand" bool, &BOOLEAN;
    service_connect_configuration "serviceConnectConfiguration" ServiceConnectConfiguration, &SERVICE_CONNECT_CONFIGURATION;
    volume_configurations "volumeConfigurations" Vec<ServiceVolumeConfiguration>, &SERVICE_VOLUME_CONFIGURATIONS;
    vpc_lattice_configurations "vpcLatticeConfigurations" Vec<VpcLatticeConfiguration>, &VPC_LATTICE_CONFIGURATIONS;
    gateway_connectors "gatewayConnectors" Vec<GatewayConnector>, &GATEWAY_CONNECTOR_LIST;
    monitoring "monitoring" MonitoringConfiguration, &MONITORING_CONFIGURATION;
});
shape!(CreateServiceResponse CREATE_SERVICE_RESPONSE {
    service "service" Service, &SERVICE;
});
shape!(CreateTaskSetRequest CREATE_TASK_SET_REQUEST {
    service "service" String, &STRING, required;
    cluster "cluster" String, &STRING, required;
    external_id "externalId" String, &STRING;
    task_definition "taskDefinition" String, &STRING, required;
    network_configuration "networkConfiguration" NetworkConfiguration, &NETWORK_CONFIGURATION;
    load_balancers "loadBalancers" Vec<LoadBalancer>, &LOAD_BALANCERS;
    service_registries "serviceRegistries" Vec<ServiceRegistry>, &SERVICE_REGISTRIES;
    launch_type "launchType" String, &LAUNCH_TYPE;
    capacity_provider_strategy "capacityProviderStrategy" Vec<CapacityProviderStrategyItem>, &CAPACITY_PROVIDER_STRATEGY;
    platform_version "platformVersion" String, &STRING;
    scale "scale" Scale, &SCALE;
    client_token "clientToken" String, &STRING;
    tags "tags" Vec<Tag>, &TAGS;
});
shape!(CreateTaskSetResponse CREATE_TASK_SET_RESPONSE {
    task_set "taskSet" TaskSet, &TASK_SET;
});
shape!(CreatedAt CREATED_AT {
    before "before" wire::time::Time, &TIMESTAMP;
    after "after" wire::time::Time, &TIMESTAMP;
});
shape!(DaemonAlarmConfiguration DAEMON_ALARM_CONFIGURATION {
    alarm_names "alarmNames" Vec<String>, &STRING_LIST;
    enable "enable" bool, &BOOLEAN;
});
shape!(DaemonCapacityProvider DAEMON_CAPACITY_PROVIDER {
    arn "arn" String, &STRING;
    running_count "runningCount" i32, &INTEGER;
    without_daemon_count "withoutDaemonCount" i32, &INTEGER;
});
static DAEMON_CAPACITY_PROVIDER_LIST: s::Schema = s::Schema::List { of: &DAEMON_CAPACITY_PROVIDER, size: s::Range::ANY };
shape!(DaemonCircuitBreaker DAEMON_CIRCUIT_BREAKER {
    failure_count "failureCount" i32, &INTEGER;
    status "status" String, &DAEMON_DEPLOYMENT_ROLLBACK_MONITORS_STATUS;
    threshold "threshold" i32, &INTEGER;
});
shape!(DaemonContainerDefinition DAEMON_CONTAINER_DEFINITION {
    name "name" String, &STRING;
    image "image" String, &STRING, required;
    memory "memory" i32, &BOXED_INTEGER;
    memory_reservation "memoryReservation" i32, &BOXED_INTEGER;
    repository_credentials "repositoryCredentials" RepositoryCredentials, &REPOSITORY_CREDENTIALS;
    health_check "healthCheck" HealthCheck, &HEALTH_CHECK;
    cpu "cpu" i32, &INTEGER;
    essential "essential" bool, &BOXED_BOOLEAN;
    entry_point "entryPoint" Vec<String>, &STRING_LIST;
    command "command" Vec<String>, &STRING_LIST;
    working_directory "workingDirectory" String, &STRING;
    environment_files "environmentFiles" Vec<EnvironmentFile>, &ENVIRONMENT_FILES;
    environment "environment" Vec<KeyValuePair>, &ENVIRONMENT_VARIABLES;
    secrets "secrets" Vec<Secret>, &SECRET_LIST;
    readonly_root_filesystem "readonlyRootFilesystem" bool, &BOXED_BOOLEAN;
    mount_points "mountPoints" Vec<MountPoint>, &MOUNT_POINT_LIST;
    log_configuration "logConfiguration" LogConfiguration, &LOG_CONFIGURATION;
    firelens_configuration "firelensConfiguration" FirelensConfiguration, &FIRELENS_CONFIGURATION;
    privileged "privileged" bool, &BOXED_BOOLEAN;
    user "user" String, &STRING;
    ulimits "ulimits" Vec<Ulimit>, &ULIMIT_LIST;
    linux_parameters "linuxParameters" DaemonLinuxParameters, &DAEMON_LINUX_PARAMETERS;
    depends_on "dependsOn" Vec<ContainerDependency>, &CONTAINER_DEPENDENCIES;
    start_timeout "startTimeout" i32, &BOXED_INTEGER;
    stop_timeout "stopTimeout" i32, &BOXED_INTEGER;
    system_controls "systemControls" Vec<SystemControl>, &SYSTEM_CONTROLS;
    interactive "interactive" bool, &BOXED_BOOLEAN;
    pseudo_terminal "pseudoTerminal" bool, &BOXED_BOOLEAN;
    restart_policy "restartPolicy" ContainerRestartPolicy, &CONTAINER_RESTART_POLICY;
});
static DAEMON_CONTAINER_DEFINITION_LIST: s::Schema = s::Schema::List { of: &DAEMON_CONTAINER_DEFINITION, size: s::Range::ANY };
shape!(DaemonContainerImage DAEMON_CONTAINER_IMAGE {
    container_name "containerName" String, &STRING;
    image_digest "imageDigest" String, &STRING;
    image "image" String, &STRING;
});
static DAEMON_CONTAINER_IMAGES: s::Schema = s::Schema::List { of: &DAEMON_CONTAINER_IMAGE, size: s::Range::ANY };
shape!(DaemonDeployment DAEMON_DEPLOYMENT {
    daemon_deployment_arn "daemonDeploymentArn" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    status "status" String, &DAEMON_DEPLOYMENT_STATUS;
    status_reason "statusReason" String, &STRING;
    target_daemon_revision "targetDaemonRevision" DaemonDeploymentRevisionDetail, &DAEMON_DEPLOYMENT_REVISION_DETAIL;
    source_daemon_revisions "sourceDaemonRevisions" Vec<DaemonDeploymentRevisionDetail>, &DAEMON_DEPLOYMENT_REVISION_DETAIL_LIST;
    circuit_breaker "circuitBreaker" DaemonCircuitBreaker, &DAEMON_CIRCUIT_BREAKER;
    alarms "alarms" DaemonDeploymentAlarms, &DAEMON_DEPLOYMENT_ALARMS;
    rollback "rollback" DaemonRollback, &DAEMON_ROLLBACK;
    deployment_configuration "deploymentConfiguration" DaemonDeploymentConfiguration, &DAEMON_DEPLOYMENT_CONFIGURATION;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    started_at "startedAt" wire::time::Time, &TIMESTAMP;
    stopped_at "stoppedAt" wire::time::Time, &TIMESTAMP;
    finished_at "finishedAt" wire::time::Time, &TIMESTAMP;
});
shape!(DaemonDeploymentAlarms DAEMON_DEPLOYMENT_ALARMS {
    status "status" String, &DAEMON_DEPLOYMENT_ROLLBACK_MONITORS_STATUS;
    alarm_names "alarmNames" Vec<String>, &STRING_LIST;
    triggered_alarm_names "triggeredAlarmNames" Vec<String>, &STRING_LIST;
});
shape!(DaemonDeploymentCapacityProvider DAEMON_DEPLOYMENT_CAPACITY_PROVIDER {
    arn "arn" String, &STRING;
    running_instance_count "runningInstanceCount" i32, &BOXED_INTEGER;
    without_daemon_instance_count "withoutDaemonInstanceCount" i32, &BOXED_INTEGER;
    draining_instance_count "drainingInstanceCount" i32, &BOXED_INTEGER;
});
static DAEMON_DEPLOYMENT_CAPACITY_PROVIDER_LIST: s::Schema = s::Schema::List { of: &DAEMON_DEPLOYMENT_CAPACITY_PROVIDER, size: s::Range::ANY };
shape!(DaemonDeploymentConfiguration DAEMON_DEPLOYMENT_CONFIGURATION {
    drain_percent "drainPercent" f64, &DAEMON_DRAIN_PERCENT;
    alarms "alarms" DaemonAlarmConfiguration, &DAEMON_ALARM_CONFIGURATION;
    bake_time_in_minutes "bakeTimeInMinutes" i32, &INTEGER;
});
static DAEMON_DEPLOYMENT_LIST: s::Schema = s::Schema::List { of: &DAEMON_DEPLOYMENT, size: s::Range::ANY };
shape!(DaemonDeploymentRevisionDetail DAEMON_DEPLOYMENT_REVISION_DETAIL {
    arn "arn" String, &STRING;
    capacity_providers "capacityProviders" Vec<DaemonDeploymentCapacityProvider>, &DAEMON_DEPLOYMENT_CAPACITY_PROVIDER_LIST;
    total_running_instance_count "totalRunningInstanceCount" i32, &BOXED_INTEGER;
    total_without_daemon_instance_count "totalWithoutDaemonInstanceCount" i32, &BOXED_INTEGER;
    total_draining_instance_count "totalDrainingInstanceCount" i32, &BOXED_INTEGER;
});
static DAEMON_DEPLOYMENT_REVISION_DETAIL_LIST: s::Schema = s::Schema::List { of: &DAEMON_DEPLOYMENT_REVISION_DETAIL, size: s::Range::ANY };
static DAEMON_DEPLOYMENT_ROLLBACK_MONITORS_STATUS: s::Schema = s::Schema::Enum(&["TRIGGERED", "MONITORING", "MONITORING_COMPLETE", "DISABLED"]);
static DAEMON_DEPLOYMENT_STATUS: s::Schema = s::Schema::Enum(&["PENDING", "SUCCESSFUL", "STOPPED", "STOP_REQUESTED", "IN_PROGRESS", "ROLLBACK_IN_PROGRESS", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED"]);
static DAEMON_DEPLOYMENT_STATUS_LIST: s::Schema = s::Schema::List { of: &DAEMON_DEPLOYMENT_STATUS, size: s::Range::ANY };
shape!(DaemonDeploymentSummary DAEMON_DEPLOYMENT_SUMMARY {
    daemon_deployment_arn "daemonDeploymentArn" String, &STRING;
    daemon_arn "daemonArn" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    status "status" String, &DAEMON_DEPLOYMENT_STATUS;
    status_reason "statusReason" String, &STRING;
    target_daemon_revision_arn "targetDaemonRevisionArn" String, &STRING;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    started_at "startedAt" wire::time::Time, &TIMESTAMP;
    stopped_at "stoppedAt" wire::time::Time, &TIMESTAMP;
    finished_at "finishedAt" wire::time::Time, &TIMESTAMP;
});
static DAEMON_DEPLOYMENT_SUMMARY_LIST: s::Schema = s::Schema::List { of: &DAEMON_DEPLOYMENT_SUMMARY, size: s::Range::ANY };
shape!(DaemonDetail DAEMON_DETAIL {
    daemon_arn "daemonArn" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    status "status" String, &DAEMON_STATUS;
    current_revisions "currentRevisions" Vec<DaemonRevisionDetail>, &DAEMON_REVISION_DETAIL_LIST;
    deployment_arn "deploymentArn" String, &STRING;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP;
});
static DAEMON_DRAIN_PERCENT: s::Schema = s::Schema::Double;
static DAEMON_IPC_MODE: s::Schema = s::Schema::Enum(&["none", "shared"]);
shape!(DaemonLinuxParameters DAEMON_LINUX_PARAMETERS {
    capabilities "capabilities" KernelCapabilities, &KERNEL_CAPABILITIES;
    devices "devices" Vec<Device>, &DEVICES_LIST;
    init_process_enabled "initProcessEnabled" bool, &BOXED_BOOLEAN;
    tmpfs "tmpfs" Vec<Tmpfs>, &TMPFS_LIST;
});
static DAEMON_PID_MODE: s::Schema = s::Schema::Enum(&["none", "shared"]);
static DAEMON_PROPAGATE_TAGS: s::Schema = s::Schema::Enum(&["DAEMON", "NONE"]);
shape!(DaemonRevision DAEMON_REVISION {
    daemon_revision_arn "daemonRevisionArn" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    daemon_arn "daemonArn" String, &STRING;
    daemon_task_definition_arn "daemonTaskDefinitionArn" String, &STRING;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    container_images "containerImages" Vec<DaemonContainerImage>, &DAEMON_CONTAINER_IMAGES;
    propagate_tags "propagateTags" String, &DAEMON_PROPAGATE_TAGS;
    enable_ecs_managed_tags "enableECSManagedTags" bool, &BOXED_BOOLEAN;
    enable_execute_command "enableExecuteCommand" bool, &BOXED_BOOLEAN;
    critical "critical" bool, &BOXED_BOOLEAN;
});
shape!(DaemonRevisionDetail DAEMON_REVISION_DETAIL {
    arn "arn" String, &STRING;
    capacity_providers "capacityProviders" Vec<DaemonCapacityProvider>, &DAEMON_CAPACITY_PROVIDER_LIST;
    total_running_count "totalRunningCount" i32, &INTEGER;
    total_without_daemon_count "totalWithoutDaemonCount" i32, &INTEGER;
});
static DAEMON_REVISION_DETAIL_LIST: s::Schema = s::Schema::List { of: &DAEMON_REVISION_DETAIL, size: s::Range::ANY };
static DAEMON_REVISIONS: s::Schema = s::Schema::List { of: &DAEMON_REVISION, size: s::Range::ANY };
shape!(DaemonRollback DAEMON_ROLLBACK {
    reason "reason" String, &STRING;
    started_at "startedAt" wire::time::Time, &TIMESTAMP;
    rollback_target_daemon_revision_arn "rollbackTargetDaemonRevisionArn" String, &STRING;
    rollback_capacity_providers "rollbackCapacityProviders" Vec<String>, &STRING_LIST;
});
static DAEMON_STATUS: s::Schema = s::Schema::Enum(&["ACTIVE", "DELETE_IN_PROGRESS"]);
static DAEMON_SUMMARIES_LIST: s::Schema = s::Schema::List { of: &DAEMON_SUMMARY, size: s::Range::ANY };
shape!(DaemonSummary DAEMON_SUMMARY {
    daemon_arn "daemonArn" String, &STRING;
    status "status" String, &DAEMON_STATUS;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP;
});
shape!(DaemonTaskDefinition DAEMON_TASK_DEFINITION {
    daemon_task_definition_arn "daemonTaskDefinitionArn" String, &STRING;
    family "family" String, &STRING;
    revision "revision" i32, &INTEGER;
    task_role_arn "taskRoleArn" String, &STRING;
    execution_role_arn "executionRoleArn" String, &STRING;
    container_definitions "containerDefinitions" Vec<DaemonContainerDefinition>, &DAEMON_CONTAINER_DEFINITION_LIST;
    volumes "volumes" Vec<DaemonVolume>, &DAEMON_VOLUME_LIST;
    cpu "cpu" String, &STRING;
    memory "memory" String, &STRING;
    status "status" String, &DAEMON_TASK_DEFINITION_STATUS;
    registered_at "registeredAt" wire::time::Time, &TIMESTAMP;
    delete_requested_at "deleteRequestedAt" wire::time::Time, &TIMESTAMP;
    registered_by "registeredBy" String, &STRING;
    pid_mode "pidMode" String, &DAEMON_PID_MODE;
    ipc_mode "ipcMode" String, &DAEMON_IPC_MODE;
});
static DAEMON_TASK_DEFINITION_REVISION_FILTER: s::Schema = s::Schema::Enum(&["LAST_REGISTERED"]);
static DAEMON_TASK_DEFINITION_STATUS: s::Schema = s::Schema::Enum(&["ACTIVE", "DELETE_IN_PROGRESS", "DELETED"]);
static DAEMON_TASK_DEFINITION_STATUS_FILTER: s::Schema = s::Schema::Enum(&["ACTIVE", "DELETE_IN_PROGRESS", "ALL"]);
static DAEMON_TASK_DEFINITION_SUMMARIES: s::Schema = s::Schema::List { of: &DAEMON_TASK_DEFINITION_SUMMARY, size: s::Range::ANY };
shape!(DaemonTaskDefinitionSummary DAEMON_TASK_DEFINITION_SUMMARY {
    arn "arn" String, &STRING;
    registered_at "registeredAt" wire::time::Time, &TIMESTAMP;
    registered_by "registeredBy" String, &STRING;
    delete_requested_at "deleteRequestedAt" wire::time::Time, &TIMESTAMP;
    status "status" String, &DAEMON_TASK_DEFINITION_STATUS;
});
shape!(DaemonVolume DAEMON_VOLUME {
    name "name" String, &STRING;
    host "host" HostVolumeProperties, &HOST_VOLUME_PROPERTIES;
    log_driver_volume_configuration "logDriverVolumeConfiguration" LogDriverVolumeConfiguration, &LOG_DRIVER_VOLUME_CONFIGURATION;
});
static DAEMON_VOLUME_LIST: s::Schema = s::Schema::List { of: &DAEMON_VOLUME, size: s::Range::ANY };
shape!(DeleteAccountSettingRequest DELETE_ACCOUNT_SETTING_REQUEST {
    name "name" String, &SETTING_NAME, required;
    principal_arn "principalArn" String, &STRING;
});
shape!(DeleteAccountSettingResponse DELETE_ACCOUNT_SETTING_RESPONSE {
    setting "setting" Setting, &SETTING;
});
shape!(DeleteAttributesRequest DELETE_ATTRIBUTES_REQUEST {
    cluster "cluster" String, &STRING;
    attributes "attributes" Vec<Attribute>, &ATTRIBUTES, required;
});
shape!(DeleteAttributesResponse DELETE_ATTRIBUTES_RESPONSE {
    attributes "attributes" Vec<Attribute>, &ATTRIBUTES;
});
shape!(DeleteCapacityProviderRequest DELETE_CAPACITY_PROVIDER_REQUEST {
    capacity_provider "capacityProvider" String, &STRING, required;
    cluster "cluster" String, &STRING;
});
shape!(DeleteCapacityProviderResponse DELETE_CAPACITY_PROVIDER_RESPONSE {
    capacity_provider "capacityProvider" CapacityProvider, &CAPACITY_PROVIDER;
});
shape!(DeleteClusterRequest DELETE_CLUSTER_REQUEST {
    cluster "cluster" String, &STRING, required;
});
shape!(DeleteClusterResponse DELETE_CLUSTER_RESPONSE {
    cluster "cluster" Cluster, &CLUSTER;
});
shape!(DeleteDaemonRequest DELETE_DAEMON_REQUEST {
    daemon_arn "daemonArn" String, &STRING, required;
});
shape!(DeleteDaemonResponse DELETE_DAEMON_RESPONSE {
    daemon_arn "daemonArn" String, &STRING;
    status "status" String, &DAEMON_STATUS;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP;
    deployment_arn "deploymentArn" String, &STRING;
});
shape!(DeleteDaemonTaskDefinitionRequest DELETE_DAEMON_TASK_DEFINITION_REQUEST {
    daemon_task_definition "daemonTaskDefinition" String, &STRING, required;
});
shape!(DeleteDaemonTaskDefinitionResponse DELETE_DAEMON_TASK_DEFINITION_RESPONSE {
    daemon_task_definition_arn "daemonTaskDefinitionArn" String, &STRING;
});
shape!(DeleteExpressGatewayServiceRequest DELETE_EXPRESS_GATEWAY_SERVICE_REQUEST {
    service_arn "serviceArn" String, &STRING, required;
});
shape!(DeleteExpressGatewayServiceResponse DELETE_EXPRESS_GATEWAY_SERVICE_RESPONSE {
    service "service" ECSExpressGatewayService, &ECS_EXPRESS_GATEWAY_SERVICE;
});
shape!(DeleteGatewayRequest DELETE_GATEWAY_REQUEST {
    gateway "gateway" String, &STRING, required;
});
shape!(DeleteGatewayResponse DELETE_GATEWAY_RESPONSE {
    gateway_arn "gatewayArn" String, &STRING;
    name "name" String, &STRING;
    status "status" String, &GATEWAY_STATUS;
});
shape!(DeleteServiceRequest DELETE_SERVICE_REQUEST {
    cluster "cluster" String, &STRING;
    service "service" String, &STRING, required;
    force "force" bool, &BOXED_BOOLEAN;
});
shape!(DeleteServiceResponse DELETE_SERVICE_RESPONSE {
    service "service" Service, &SERVICE;
});
shape!(DeleteTaskDefinitionsRequest DELETE_TASK_DEFINITIONS_REQUEST {
    task_definitions "taskDefinitions" Vec<String>, &STRING_LIST, required;
});
shape!(DeleteTaskDefinitionsResponse DELETE_TASK_DEFINITIONS_RESPONSE {
    task_definitions "taskDefinitions" Vec<TaskDefinition>, &TASK_DEFINITION_LIST;
    failures "failures" Vec<Failure>, &FAILURES;
});
shape!(DeleteTaskSetRequest DELETE_TASK_SET_REQUEST {
    cluster "cluster" String, &STRING, required;
    service "service" String, &STRING, required;
    task_set "taskSet" String, &STRING, required;
    force "force" bool, &BOXED_BOOLEAN;
});
shape!(DeleteTaskSetResponse DELETE_TASK_SET_RESPONSE {
    task_set "taskSet" TaskSet, &TASK_SET;
});
shape!(Deployment DEPLOYMENT {
    id "id" String, &STRING;
    status "status" String, &STRING;
    task_definition "taskDefinition" String, &STRING;
    desired_count "desiredCount" i32, &INTEGER;
    pending_count "pendingCount" i32, &INTEGER;
    running_count "runningCount" i32, &INTEGER;
    failed_tasks "failedTasks" i32, &INTEGER;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP;
    capacity_provider_strategy "capacityProviderStrategy" Vec<CapacityProviderStrategyItem>, &CAPACITY_PROVIDER_STRATEGY;
    launch_type "launchType" String, &LAUNCH_TYPE;
    platform_version "platformVersion" String, &STRING;
    platform_family "platformFamily" String, &STRING;
    network_configuration "networkConfiguration" NetworkConfiguration, &NETWORK_CONFIGURATION;
    rollout_state "rolloutState" String, &DEPLOYMENT_ROLLOUT_STATE;
    rollout_state_reason "rolloutStateReason" String, &STRING;
    service_connect_configuration "serviceConnectConfiguration" ServiceConnectConfiguration, &SERVICE_CONNECT_CONFIGURATION;
    service_connect_resources "serviceConnectResources" Vec<ServiceConnectServiceResource>, &SERVICE_CONNECT_SERVICE_RESOURCE_LIST;
    volume_configurations "volumeConfigurations" Vec<ServiceVolumeConfiguration>, &SERVICE_VOLUME_CONFIGURATIONS;
    fargate_ephemeral_storage "fargateEphemeralStorage" DeploymentEphemeralStorage, &DEPLOYMENT_EPHEMERAL_STORAGE;
    vpc_lattice_configurations "vpcLatticeConfigurations" Vec<VpcLatticeConfiguration>, &VPC_LATTICE_CONFIGURATIONS;
});
shape!(DeploymentAlarms DEPLOYMENT_ALARMS {
    alarm_names "alarmNames" Vec<String>, &STRING_LIST, required;
    rollback "rollback" bool, &BOOLEAN, required;
    enable "enable" bool, &BOOLEAN, required;
});
shape!(DeploymentCircuitBreaker DEPLOYMENT_CIRCUIT_BREAKER {
    enable "enable" bool, &BOOLEAN, required;
    rollback "rollback" bool, &BOOLEAN, required;
    reset_on_healthy_task "resetOnHealthyTask" bool, &BOXED_BOOLEAN;
    threshold_configuration "thresholdConfiguration" ThresholdConfiguration, &THRESHOLD_CONFIGURATION;
});
shape!(DeploymentConfiguration DEPLOYMENT_CONFIGURATION {
    deployment_circuit_breaker "deploymentCircuitBreaker" DeploymentCircuitBreaker, &DEPLOYMENT_CIRCUIT_BREAKER;
    maximum_percent "maximumPercent" i32, &BOXED_INTEGER;
    minimum_healthy_percent "minimumHealthyPercent" i32, &BOXED_INTEGER;
    alarms "alarms" DeploymentAlarms, &DEPLOYMENT_ALARMS;
    strategy "strategy" String, &DEPLOYMENT_STRATEGY;
    bake_time_in_minutes "bakeTimeInMinutes" i32, &BOXED_INTEGER;
    lifecycle_hooks "lifecycleHooks" Vec<DeploymentLifecycleHook>, &DEPLOYMENT_LIFECYCLE_HOOK_LIST;
    linear_configuration "linearConfiguration" LinearConfiguration, &LINEAR_CONFIGURATION;
    canary_configuration "canaryConfiguration" CanaryConfiguration, &CANARY_CONFIGURATION;
    early_success_criteria "earlySuccessCriteria" DeploymentEarlySuccessCriteria, &DEPLOYMENT_EARLY_SUCCESS_CRITERIA;
});
shape!(DeploymentController DEPLOYMENT_CONTROLLER {
    r#type "type" String, &DEPLOYMENT_CONTROLLER_TYPE, required;
});
static DEPLOYMENT_CONTROLLER_TYPE: s::Schema = s::Schema::Enum(&["ECS", "CODE_DEPLOY", "EXTERNAL"]);
shape!(DeploymentEarlySuccessCriteria DEPLOYMENT_EARLY_SUCCESS_CRITERIA {
    enable "enable" bool, &BOOLEAN, required;
    healthy_percent "healthyPercent" i32, &HEALTHY_PERCENT_INTEGER;
    source_service_revision_cleanup "sourceServiceRevisionCleanup" String, &SERVICE_REVISION_CLEANUP;
});
shape!(DeploymentEphemeralStorage DEPLOYMENT_EPHEMERAL_STORAGE {
    kms_key_id "kmsKeyId" String, &STRING;
});
shape!(DeploymentLifecycleHook DEPLOYMENT_LIFECYCLE_HOOK {
    target_type "targetType" String, &DEPLOYMENT_LIFECYCLE_HOOK_TARGET_TYPE;
    hook_target_arn "hookTargetArn" String, &STRING;
    role_arn "roleArn" String, &IAM_ROLE_ARN;
    lifecycle_stages "lifecycleStages" Vec<String>, &DEPLOYMENT_LIFECYCLE_HOOK_STAGE_LIST;
    hook_details "hookDetails" HookDetails, &HOOK_DETAILS;
    timeout_configuration "timeoutConfiguration" DeploymentLifecycleHookTimeoutConfiguration, &DEPLOYMENT_LIFECYCLE_HOOK_TIMEOUT_CONFIGURATION;
});
static DEPLOYMENT_LIFECYCLE_HOOK_ACTION: s::Schema = s::Schema::Enum(&["ROLLBACK", "CONTINUE"]);
shape!(DeploymentLifecycleHookDetail DEPLOYMENT_LIFECYCLE_HOOK_DETAIL {
    hook_id "hookId" String, &STRING;
    target_type "targetType" String, &DEPLOYMENT_LIFECYCLE_HOOK_TARGET_TYPE;
    target_arn "targetArn" String, &STRING;
    status "status" String, &DEPLOYMENT_LIFECYCLE_HOOK_STATUS;
    expires_at "expiresAt" wire::time::Time, &TIMESTAMP;
    timeout_action "timeoutAction" String, &DEPLOYMENT_LIFECYCLE_HOOK_ACTION;
});
static DEPLOYMENT_LIFECYCLE_HOOK_DETAIL_LIST: s::Schema = s::Schema::List { of: &DEPLOYMENT_LIFECYCLE_HOOK_DETAIL, size: s::Range::ANY };
static DEPLOYMENT_LIFECYCLE_HOOK_DURATION: s::Schema = s::Schema::Int(s::Range { min: Some(1), max: Some(20160) });
static DEPLOYMENT_LIFECYCLE_HOOK_LIST: s::Schema = s::Schema::List { of: &DEPLOYMENT_LIFECYCLE_HOOK, size: s::Range::ANY };
static DEPLOYMENT_LIFECYCLE_HOOK_STAGE: s::Schema = s::Schema::Enum(&["RECONCILE_SERVICE", "PRE_SCALE_UP", "POST_SCALE_UP", "TEST_TRAFFIC_SHIFT", "POST_TEST_TRAFFIC_SHIFT", "PRE_PRODUCTION_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT"]);
static DEPLOYMENT_LIFECYCLE_HOOK_STAGE_LIST: s::Schema = s::Schema::List { of: &DEPLOYMENT_LIFECYCLE_HOOK_STAGE, size: s::Range::ANY };
static DEPLOYMENT_LIFECYCLE_HOOK_STATUS: s::Schema = s::Schema::Enum(&["AWAITING_ACTION", "IN_PROGRESS", "SUCCEEDED", "FAILED", "TIMED_OUT"]);
static DEPLOYMENT_LIFECYCLE_HOOK_TARGET_TYPE: s::Schema = s::Schema::Enum(&["AWS_LAMBDA", "PAUSE"]);
shape!(DeploymentLifecycleHookTimeoutConfiguration DEPLOYMENT_LIFECYCLE_HOOK_TIMEOUT_CONFIGURATION {
    timeout_in_minutes "timeoutInMinutes" i32, &DEPLOYMENT_LIFECYCLE_HOOK_DURATION;
    action "action" String, &DEPLOYMENT_LIFECYCLE_HOOK_ACTION;
});
static DEPLOYMENT_ROLLOUT_STATE: s::Schema = s::Schema::Enum(&["COMPLETED", "FAILED", "IN_PROGRESS"]);
static DEPLOYMENT_STRATEGY: s::Schema = s::Schema::Enum(&["ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"]);
static DEPLOYMENTS: s::Schema = s::Schema::List { of: &DEPLOYMENT, size: s::Range::ANY };
shape!(DeregisterContainerInstanceRequest DEREGISTER_CONTAINER_INSTANCE_REQUEST {
    cluster "cluster" String, &STRING;
    container_instance "containerInstance" String, &STRING, required;
    force "force" bool, &BOXED_BOOLEAN;
});
shape!(DeregisterContainerInstanceResponse DEREGISTER_CONTAINER_INSTANCE_RESPONSE {
    container_instance "containerInstance" ContainerInstance, &CONTAINER_INSTANCE;
});
shape!(DeregisterTaskDefinitionRequest DEREGISTER_TASK_DEFINITION_REQUEST {
    task_definition "taskDefinition" String, &STRING, required;
});
shape!(DeregisterTaskDefinitionResponse DEREGISTER_TASK_DEFINITION_RESPONSE {
    task_definition "taskDefinition" TaskDefinition, &TASK_DEFINITION;
});
shape!(DescribeCapacityProvidersRequest DESCRIBE_CAPACITY_PROVIDERS_REQUEST {
    capacity_providers "capacityProviders" Vec<String>, &STRING_LIST;
    cluster "cluster" String, &STRING;
    include "include" Vec<String>, &CAPACITY_PROVIDER_FIELD_LIST;
    max_results "maxResults" i32, &BOXED_INTEGER;
    next_token "nextToken" String, &STRING;
});
shape!(DescribeCapacityProvidersResponse DESCRIBE_CAPACITY_PROVIDERS_RESPONSE {
    capacity_providers "capacityProviders" Vec<CapacityProvider>, &CAPACITY_PROVIDERS;
    failures "failures" Vec<Failure>, &FAILURES;
    next_token "nextToken" String, &STRING;
});
shape!(DescribeClustersRequest DESCRIBE_CLUSTERS_REQUEST {
    clusters "clusters" Vec<String>, &STRING_LIST;
    include "include" Vec<String>, &CLUSTER_FIELD_LIST;
});
shape!(DescribeClustersResponse DESCRIBE_CLUSTERS_RESPONSE {
    clusters "clusters" Vec<Cluster>, &CLUSTERS;
    failures "failures" Vec<Failure>, &FAILURES;
});
shape!(DescribeContainerInstancesRequest DESCRIBE_CONTAINER_INSTANCES_REQUEST {
    cluster "cluster" String, &STRING;
    container_instances "containerInstances" Vec<String>, &STRING_LIST, required;
    include "include" Vec<String>, &CONTAINER_INSTANCE_FIELD_LIST;
});
shape!(DescribeContainerInstancesResponse DESCRIBE_CONTAINER_INSTANCES_RESPONSE {
    container_instances "containerInstances" Vec<ContainerInstance>, &CONTAINER_INSTANCES;
    failures "failures" Vec<Failure>, &FAILURES;
});
shape!(DescribeDaemonDeploymentsRequest DESCRIBE_DAEMON_DEPLOYMENTS_REQUEST {
    daemon_deployment_arns "daemonDeploymentArns" Vec<String>, &STRING_LIST, required;
});
shape!(DescribeDaemonDeploymentsResponse DESCRIBE_DAEMON_DEPLOYMENTS_RESPONSE {
    failures "failures" Vec<Failure>, &FAILURES;
    daemon_deployments "daemonDeployments" Vec<DaemonDeployment>, &DAEMON_DEPLOYMENT_LIST;
});
shape!(DescribeDaemonRequest DESCRIBE_DAEMON_REQUEST {
    daemon_arn "daemonArn" String, &STRING, required;
});
shape!(DescribeDaemonResponse DESCRIBE_DAEMON_RESPONSE {
    daemon "daemon" DaemonDetail, &DAEMON_DETAIL;
});
shape!(DescribeDaemonRevisionsRequest DESCRIBE_DAEMON_REVISIONS_REQUEST {
    daemon_revision_arns "daemonRevisionArns" Vec<String>, &STRING_LIST, required;
});
shape!(DescribeDaemonRevisionsResponse DESCRIBE_DAEMON_REVISIONS_RESPONSE {
    daemon_revisions "daemonRevisions" Vec<DaemonRevision>, &DAEMON_REVISIONS;
    failures "failures" Vec<Failure>, &FAILURES;
});
shape!(DescribeDaemonTaskDefinitionRequest DESCRIBE_DAEMON_TASK_DEFINITION_REQUEST {
    daemon_task_definition "daemonTaskDefinition" String, &STRING, required;
});
shape!(DescribeDaemonTaskDefinitionResponse DESCRIBE_DAEMON_TASK_DEFINITION_RESPONSE {
    daemon_task_definition "daemonTaskDefinition" DaemonTaskDefinition, &DAEMON_TASK_DEFINITION;
});
shape!(DescribeExpressGatewayServiceRequest DESCRIBE_EXPRESS_GATEWAY_SERVICE_REQUEST {
    service_arn "serviceArn" String, &STRING, required;
    include "include" Vec<String>, &EXPRESS_GATEWAY_SERVICE_INCLUDE_LIST;
});
shape!(DescribeExpressGatewayServiceResponse DESCRIBE_EXPRESS_GATEWAY_SERVICE_RESPONSE {
    service "service" ECSExpressGatewayService, &ECS_EXPRESS_GATEWAY_SERVICE;
});
shape!(DescribeGatewayAlbConfiguration DESCRIBE_GATEWAY_ALB_CONFIGURATION {
    network_configuration "networkConfiguration" GatewayElbNetworkConfiguration, &GATEWAY_ELB_NETWORK_CONFIGURATION;
    scheme "scheme" String, &GATEWAY_ELB_SCHEME;
    access_logs "accessLogs" GatewayElbAccessLogConfiguration, &GATEWAY_ELB_ACCESS_LOG_CONFIGURATION;
    web_acl_arn "webACLArn" String, &STRING;
    port "port" i32, &BOXED_INTEGER;
    protocol "protocol" String, &GATEWAY_ALB_PROTOCOL;
    max_alb_count "maxAlbCount" i32, &BOXED_INTEGER;
    current_alb_count "currentAlbCount" i32, &BOXED_INTEGER;
    http_desync "httpDesync" String, &GATEWAY_ALB_DESYNC_MITIGATION_MODE;
    test_traffic_rules "testTrafficRules" GatewayAlbTestTrafficRules, &GATEWAY_ALB_TEST_TRAFFIC_RULES;
});
shape!(DescribeGatewayConfiguration DESCRIBE_GATEWAY_CONFIGURATION {
    host_shared_alb "hostSharedAlb" DescribeGatewayAlbConfiguration, &DESCRIBE_GATEWAY_ALB_CONFIGURATION;
});
shape!(DescribeGatewayRequest DESCRIBE_GATEWAY_REQUEST {
    gateway "gateway" String, &STRING, required;
});
shape!(DescribeGatewayResourcesRequest DESCRIBE_GATEWAY_RESOURCES_REQUEST {
    gateway "gateway" String, &STRING, required;
    max_results "maxResults" i32, &BOXED_INTEGER;
    next_token "nextToken" String, &STRING;
});
shape!(DescribeGatewayResourcesResponse DESCRIBE_GATEWAY_RESOURCES_RESPONSE {
    gateway_resources "gatewayResources" GatewayResources, &GATEWAY_RESOURCES;
    next_token "nextToken" String, &STRING;
});
shape!(DescribeGatewayResponse DESCRIBE_GATEWAY_RESPONSE {
    gateway "gateway" Gateway, &GATEWAY;
});
shape!(DescribeGatewayRouteRequest DESCRIBE_GATEWAY_ROUTE_REQUEST {
    gateway_route_arn "gatewayRouteArn" String, &STRING, required;
});
shape!(DescribeGatewayRouteResponse DESCRIBE_GATEWAY_ROUTE_RESPONSE {
    gateway_route "gatewayRoute" GatewayRoute, &GATEWAY_ROUTE;
});
shape!(DescribeServiceDeploymentsRequest DESCRIBE_SERVICE_DEPLOYMENTS_REQUEST {
    service_deployment_arns "serviceDeploymentArns" Vec<String>, &STRING_LIST, required;
});
shape!(DescribeServiceDeploymentsResponse DESCRIBE_SERVICE_DEPLOYMENTS_RESPONSE {
    service_deployments "serviceDeployments" Vec<ServiceDeployment>, &SERVICE_DEPLOYMENTS;
    failures "failures" Vec<Failure>, &FAILURES;
});
shape!(DescribeServiceRevisionsRequest DESCRIBE_SERVICE_REVISIONS_REQUEST {
    service_revision_arns "serviceRevisionArns" Vec<String>, &STRING_LIST, required;
});
shape!(DescribeServiceRevisionsResponse DESCRIBE_SERVICE_REVISIONS_RESPONSE {
    service_revisions "serviceRevisions" Vec<ServiceRevision>, &SERVICE_REVISIONS;
    failures "failures" Vec<Failure>, &FAILURES;
});
shape!(DescribeServicesRequest DESCRIBE_SERVICES_REQUEST {
    cluster "cluster" String, &STRING;
    services "services" Vec<String>, &STRING_LIST, required;
    include "include" Vec<String>, &SERVICE_FIELD_LIST;
});
shape!(DescribeServicesResponse DESCRIBE_SERVICES_RESPONSE {
    services "services" Vec<Service>, &SERVICES;
    failures "failures" Vec<Failure>, &FAILURES;
});
shape!(DescribeTaskDefinitionRequest DESCRIBE_TASK_DEFINITION_REQUEST {
    task_definition "taskDefinition" String, &STRING, required;
    include "include" Vec<String>, &TASK_DEFINITION_FIELD_LIST;
});
shape!(DescribeTaskDefinitionResponse DESCRIBE_TASK_DEFINITION_RESPONSE {
    task_definition "taskDefinition" TaskDefinition, &TASK_DEFINITION;
    tags "tags" Vec<Tag>, &TAGS;
});
shape!(DescribeTaskSetsRequest DESCRIBE_TASK_SETS_REQUEST {
    cluster "cluster" String, &STRING, required;
    service "service" String, &STRING, required;
    task_sets "taskSets" Vec<String>, &STRING_LIST;
    include "include" Vec<String>, &TASK_SET_FIELD_LIST;
});
shape!(DescribeTaskSetsResponse DESCRIBE_TASK_SETS_RESPONSE {
    task_sets "taskSets" Vec<TaskSet>, &TASK_SETS;
    failures "failures" Vec<Failure>, &FAILURES;
});
shape!(DescribeTasksRequest DESCRIBE_TASKS_REQUEST {
    cluster "cluster" String, &STRING;
    tasks "tasks" Vec<String>, &STRING_LIST, required;
    include "include" Vec<String>, &TASK_FIELD_LIST;
});
shape!(DescribeTasksResponse DESCRIBE_TASKS_RESPONSE {
    tasks "tasks" Vec<Task>, &TASKS;
    failures "failures" Vec<Failure>, &FAILURES;
});
static DESIRED_STATUS: s::Schema = s::Schema::Enum(&["RUNNING", "PENDING", "STOPPED"]);
shape!(Device DEVICE {
    host_path "hostPath" String, &STRING, required;
    container_path "containerPath" String, &STRING;
    permissions "permissions" Vec<String>, &DEVICE_CGROUP_PERMISSIONS;
});
static DEVICE_CGROUP_PERMISSION: s::Schema = s::Schema::Enum(&["read", "write", "mknod"]);
static DEVICE_CGROUP_PERMISSIONS: s::Schema = s::Schema::List { of: &DEVICE_CGROUP_PERMISSION, size: s::Range::ANY };
static DEVICES_LIST: s::Schema = s::Schema::List { of: &DEVICE, size: s::Range::ANY };
shape!(DisassociateGatewayFromClusterRequest DISASSOCIATE_GATEWAY_FROM_CLUSTER_REQUEST {
    gateway "gateway" String, &STRING, required;
    cluster "cluster" String, &STRING, required;
});
shape!(DisassociateGatewayFromClusterResponse DISASSOCIATE_GATEWAY_FROM_CLUSTER_RESPONSE {
    gateway_arn "gatewayArn" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    status "status" String, &GATEWAY_CLUSTER_ASSOCIATION_STATUS;
});
shape!(DiscoverPollEndpointRequest DISCOVER_POLL_ENDPOINT_REQUEST {
    container_instance "containerInstance" String, &STRING;
    cluster "cluster" String, &STRING;
});
shape!(DiscoverPollEndpointResponse DISCOVER_POLL_ENDPOINT_RESPONSE {
    endpoint "endpoint" String, &STRING;
    telemetry_endpoint "telemetryEndpoint" String, &STRING;
    service_connect_endpoint "serviceConnectEndpoint" String, &STRING;
});
static DOCKER_LABELS_MAP: s::Schema = s::Schema::Map { of: &STRING };
shape!(DockerVolumeConfiguration DOCKER_VOLUME_CONFIGURATION {
    scope "scope" String, &SCOPE;
    autoprovision "autoprovision" bool, &BOXED_BOOLEAN;
    driver "driver" String, &STRING;
    driver_opts "driverOpts" std::collections::BTreeMap<String, String>, &STRING_MAP;
    labels "labels" std::collections::BTreeMap<String, String>, &STRING_MAP;
});
static DOUBLE: s::Schema = s::Schema::Double;
static DURATION: s::Schema = s::Schema::Int(s::Range { min: Some(0), max: Some(2147483647) });
static EBSKMS_KEY_ID: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
static EBS_RESOURCE_TYPE: s::Schema = s::Schema::Enum(&["volume"]);
static EBS_SNAPSHOT_ID: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
shape!(EBSTagSpecification EBS_TAG_SPECIFICATION {
    resource_type "resourceType" String, &EBS_RESOURCE_TYPE, required;
    tags "tags" Vec<Tag>, &TAGS;
    propagate_tags "propagateTags" String, &PROPAGATE_TAGS;
});
static EBS_TAG_SPECIFICATIONS: s::Schema = s::Schema::List { of: &EBS_TAG_SPECIFICATION, size: s::Range::ANY };
static EBS_VOLUME_TYPE: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
shape!(ECSExpressGatewayService ECS_EXPRESS_GATEWAY_SERVICE {
    cluster "cluster" String, &STRING;
    service_name "serviceName" String, &STRING;
    service_arn "serviceArn" String, &STRING;
    infrastructure_role_arn "infrastructureRoleArn" String, &STRING;
    status "status" ExpressGatewayServiceStatus, &EXPRESS_GATEWAY_SERVICE_STATUS;
    current_deployment "currentDeployment" String, &STRING;
    active_configurations "activeConfigurations" Vec<ExpressGatewayServiceConfiguration>, &EXPRESS_GATEWAY_SERVICE_CONFIGURATIONS;
    tags "tags" Vec<Tag>, &TAGS;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP;
});
shape!(ECSManagedResources ECS_MANAGED_RESOURCES {
    ingress_paths "ingressPaths" Vec<ManagedIngressPath>, &MANAGED_INGRESS_PATHS;
    auto_scaling "autoScaling" ManagedAutoScaling, &MANAGED_AUTO_SCALING;
    metric_alarms "metricAlarms" Vec<ManagedMetricAlarm>, &MANAGED_METRIC_ALARMS;
    service_security_groups "serviceSecurityGroups" Vec<ManagedSecurityGroup>, &MANAGED_SECURITY_GROUPS;
    log_groups "logGroups" Vec<ManagedLogGroup>, &MANAGED_LOG_GROUPS;
    gateway_connections "gatewayConnections" Vec<GatewayConnection>, &GATEWAY_CONNECTION_LIST;
});
static ECS_VOLUME_NAME: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
shape!(EFSAuthorizationConfig EFS_AUTHORIZATION_CONFIG {
    access_point_id "accessPointId" String, &STRING;
    iam "iam" String, &EFS_AUTHORIZATION_CONFIG_IAM;
});
static EFS_AUTHORIZATION_CONFIG_IAM: s::Schema = s::Schema::Enum(&["ENABLED", "DISABLED"]);
static EFS_TRANSIT_ENCRYPTION: s::Schema = s::Schema::Enum(&["ENABLED", "DISABLED"]);
shape!(EFSVolumeConfiguration EFS_VOLUME_CONFIGURATION {
    file_system_id "fileSystemId" String, &STRING, required;
    root_directory "rootDirectory" String, &STRING;
    transit_encryption "transitEncryption" String, &EFS_TRANSIT_ENCRYPTION;
    transit_encryption_port "transitEncryptionPort" i32, &BOXED_INTEGER;
    authorization_config "authorizationConfig" EFSAuthorizationConfig, &EFS_AUTHORIZATION_CONFIG;
});
shape!(ElbGatewayResources ELB_GATEWAY_RESOURCES {
    load_balancer_arn "loadBalancerArn" String, &STRING;
    listener_arn "listenerArn" String, &STRING;
    security_group "securityGroup" String, &STRING;
    gateway_route_arns "gatewayRouteArns" Vec<String>, &STRING_LIST;
});
static ELB_GATEWAY_RESOURCES_LIST: s::Schema = s::Schema::List { of: &ELB_GATEWAY_RESOURCES, size: s::Range { min: Some(0), max: Some(20) } };
shape!(EnvironmentFile ENVIRONMENT_FILE {
    value "value" String, &STRING, required;
    r#type "type" String, &ENVIRONMENT_FILE_TYPE, required;
});
static ENVIRONMENT_FILE_TYPE: s::Schema = s::Schema::Enum(&["s3"]);
static ENVIRONMENT_FILES: s::Schema = s::Schema::List { of: &ENVIRONMENT_FILE, size: s::Range::ANY };
static ENVIRONMENT_VARIABLES: s::Schema = s::Schema::List { of: &KEY_VALUE_PAIR, size: s::Range::ANY };
shape!(EphemeralStorage EPHEMERAL_STORAGE {
    size_in_gi_b "sizeInGiB" i32, &INTEGER, required;
});
static EXCLUDED_INSTANCE_TYPE: s::Schema = s::Schema::Str { length: s::Range { min: Some(1), max: Some(30) }, pattern: Some(&s::Pattern { text: "[a-zA-Z0-9\\.\\*\\-]+", ranges: &[('a', 'z'), ('A', 'Z'), ('0', '9'), ('.', '.'), ('*', '*'), ('-', '-')], letters: false, numbers: false, separators: false, one_or_more: true }) };
static EXCLUDED_INSTANCE_TYPE_SET: s::Schema = s::Schema::List { of: &EXCLUDED_INSTANCE_TYPE, size: s::Range { min: Some(0), max: Some(400) } };
shape!(ExecuteCommandConfiguration EXECUTE_COMMAND_CONFIGURATION {
    kms_key_id "kmsKeyId" String, &STRING;
    logging "logging" String, &EXECUTE_COMMAND_LOGGING;
    log_configuration "logConfiguration" ExecuteCommandLogConfiguration, &EXECUTE_COMMAND_LOG_CONFIGURATION;
});
shape!(ExecuteCommandLogConfiguration EXECUTE_COMMAND_LOG_CONFIGURATION {
    cloud_watch_log_group_name "cloudWatchLogGroupName" String, &STRING;
    cloud_watch_encryption_enabled "cloudWatchEncryptionEnabled" bool, &BOOLEAN;
    s3_bucket_name "s3BucketName" String, &STRING;
    s3_encryption_enabled "s3EncryptionEnabled" bool, &BOOLEAN;
    s3_key_prefix "s3KeyPrefix" String, &STRING;
});
static EXECUTE_COMMAND_LOGGING: s::Schema = s::Schema::Enum(&["NONE", "DEFAULT", "OVERRIDE"]);
shape!(ExecuteCommandRequest EXECUTE_COMMAND_REQUEST {
    cluster "cluster" String, &STRING;
    container "container" String, &STRING;
    command "command" String, &STRING, required;
    interactive "interactive" bool, &BOOLEAN, required;
    task "task" String, &STRING, required;
});
shape!(ExecuteCommandResponse EXECUTE_COMMAND_RESPONSE {
    cluster_arn "clusterArn" String, &STRING;
    container_arn "containerArn" String, &STRING;
    container_name "containerName" String, &STRING;
    interactive "interactive" bool, &BOOLEAN;
    session "session" Session, &SESSION;
    task_arn "taskArn" String, &STRING;
});
static EXPRESS_CPU_ARCHITECTURE: s::Schema = s::Schema::Enum(&["X86_64", "ARM64"]);
shape!(ExpressGatewayContainer EXPRESS_GATEWAY_CONTAINER {
    image "image" String, &STRING, required;
    container_port "containerPort" i32, &BOXED_INTEGER;
    aws_logs_configuration "awsLogsConfiguration" ExpressGatewayServiceAwsLogsConfiguration, &EXPRESS_GATEWAY_SERVICE_AWS_LOGS_CONFIGURATION;
    repository_credentials "repositoryCredentials" ExpressGatewayRepositoryCredentials, &EXPRESS_GATEWAY_REPOSITORY_CREDENTIALS;
    command "command" Vec<String>, &STRING_LIST;
    environment "environment" Vec<KeyValuePair>, &ENVIRONMENT_VARIABLES;
    secrets "secrets" Vec<Secret>, &SECRET_LIST;
});
shape!(ExpressGatewayRepositoryCredentials EXPRESS_GATEWAY_REPOSITORY_CREDENTIALS {
    credentials_parameter "credentialsParameter" String, &STRING;
});
shape!(ExpressGatewayScalingTarget EXPRESS_GATEWAY_SCALING_TARGET {
    min_task_count "minTaskCount" i32, &BOXED_INTEGER;
    max_task_count "maxTaskCount" i32, &BOXED_INTEGER;
    auto_scaling_metric "autoScalingMetric" String, &EXPRESS_GATEWAY_SERVICE_SCALING_METRIC;
    auto_scaling_target_value "autoScalingTargetValue" i32, &BOXED_INTEGER;
});
shape!(ExpressGatewayServiceAwsLogsConfiguration EXPRESS_GATEWAY_SERVICE_AWS_LOGS_CONFIGURATION {
    log_group "logGroup" String, &STRING, required;
    log_stream_prefix "logStreamPrefix" String, &STRING, required;
});
shape!(ExpressGatewayServiceConfiguration EXPRESS_GATEWAY_SERVICE_CONFIGURATION {
    service_revision_arn "serviceRevisionArn" String, &STRING;
    execution_role_arn "executionRoleArn" String, &STRING;
    task_role_arn "taskRoleArn" String, &STRING;
    task_definition_arn "taskDefinitionArn" String, &STRING;
    cpu "cpu" String, &STRING;
    memory "memory" String, &STRING;
    cpu_architecture "cpuArchitecture" String, &EXPRESS_CPU_ARCHITECTURE;
    network_configuration "networkConfiguration" ExpressGatewayServiceNetworkConfiguration, &EXPRESS_GATEWAY_SERVICE_NETWORK_CONFIGURATION;
    health_check_path "healthCheckPath" String, &STRING;
    primary_container "primaryContainer" ExpressGatewayContainer, &EXPRESS_GATEWAY_CONTAINER;
    scaling_target "scalingTarget" ExpressGatewayScalingTarget, &EXPRESS_GATEWAY_SCALING_TARGET;
    ingress_paths "ingressPaths" Vec<IngressPathSummary>, &INGRESS_PATH_SUMMARIES;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
});
static EXPRESS_GATEWAY_SERVICE_CONFIGURATIONS: s::Schema = s::Schema::List { of: &EXPRESS_GATEWAY_SERVICE_CONFIGURATION, size: s::Range::ANY };
static EXPRESS_GATEWAY_SERVICE_INCLUDE: s::Schema = s::Schema::Enum(&["TAGS"]);
static EXPRESS_GATEWAY_SERVICE_INCLUDE_LIST: s::Schema = s::Schema::List { of: &EXPRESS_GATEWAY_SERVICE_INCLUDE, size: s::Range::ANY };
shape!(ExpressGatewayServiceNetworkConfiguration EXPRESS_GATEWAY_SERVICE_NETWORK_CONFIGURATION {
    security_groups "securityGroups" Vec<String>, &STRING_LIST;
    subnets "subnets" Vec<String>, &STRING_LIST;
});
static EXPRESS_GATEWAY_SERVICE_SCALING_METRIC: s::Schema = s::Schema::Enum(&["AVERAGE_CPU", "AVERAGE_MEMORY", "REQUEST_COUNT_PER_TARGET"]);
shape!(ExpressGatewayServiceStatus EXPRESS_GATEWAY_SERVICE_STATUS {
    status_code "statusCode" String, &EXPRESS_GATEWAY_SERVICE_STATUS_CODE;
    status_reason "statusReason" String, &STRING;
});
static EXPRESS_GATEWAY_SERVICE_STATUS_CODE: s::Schema = s::Schema::Enum(&["ACTIVE", "DRAINING", "INACTIVE"]);
shape!(FSxWindowsFileServerAuthorizationConfig F_SX_WINDOWS_FILE_SERVER_AUTHORIZATION_CONFIG {
    credentials_parameter "credentialsParameter" String, &STRING, required;
    domain "domain" String, &STRING, required;
});
shape!(FSxWindowsFileServerVolumeConfiguration F_SX_WINDOWS_FILE_SERVER_VOLUME_CONFIGURATION {
    file_system_id "fileSystemId" String, &STRING, required;
    root_directory "rootDirectory" String, &STRING, required;
    authorization_config "authorizationConfig" FSxWindowsFileServerAuthorizationConfig, &F_SX_WINDOWS_FILE_SERVER_AUTHORIZATION_CONFIG, required;
});
shape!(Failure FAILURE {
    arn "arn" String, &STRING;
    reason "reason" String, &STRING;
    detail "detail" String, &STRING;
});
static FAILURES: s::Schema = s::Schema::List { of: &FAILURE, size: s::Range::ANY };
shape!(FirelensConfiguration FIRELENS_CONFIGURATION {
    r#type "type" String, &FIRELENS_CONFIGURATION_TYPE, required;
    options "options" std::collections::BTreeMap<String, String>, &FIRELENS_CONFIGURATION_OPTIONS_MAP;
});
static FIRELENS_CONFIGURATION_OPTIONS_MAP: s::Schema = s::Schema::Map { of: &STRING };
static FIRELENS_CONFIGURATION_TYPE: s::Schema = s::Schema::Enum(&["fluentd", "fluentbit"]);
shape!(Gateway GATEWAY {
    gateway_arn "gatewayArn" String, &STRING;
    name "name" String, &STRING;
    status "status" String, &GATEWAY_STATUS;
    status_reason "statusReason" String, &STRING;
    failures "failures" Vec<GatewayResourceFailure>, &GATEWAY_RESOURCE_FAILURE_LIST;
    infrastructure_role_arn "infrastructureRoleArn" String, &STRING;
    deletion_protection "deletionProtection" bool, &BOXED_BOOLEAN;
    configuration "configuration" DescribeGatewayConfiguration, &DESCRIBE_GATEWAY_CONFIGURATION;
    access_type "accessType" String, &ACCESS_TYPE;
    propagate_tags "propagateTags" String, &PROPAGATE_GATEWAY_TAGS;
    tags "tags" Vec<Tag>, &TAGS;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP;
});
static GATEWAY_ALB_DESYNC_MITIGATION_MODE: s::Schema = s::Schema::Enum(&["monitor", "defensive", "strictest"]);
static GATEWAY_ALB_PROTOCOL: s::Schema = s::Schema::Enum(&["HTTP", "HTTPS"]);
shape!(GatewayAlbTestTrafficRules GATEWAY_ALB_TEST_TRAFFIC_RULES {
    header "header" GatewayTestTrafficHeader, &GATEWAY_TEST_TRAFFIC_HEADER;
});
static GATEWAY_CLUSTER_ASSOCIATION_STATUS: s::Schema = s::Schema::Enum(&["ACTIVE", "DISASSOCIATING", "INACTIVE"]);
static GATEWAY_CLUSTER_ASSOCIATION_STATUS_LIST: s::Schema = s::Schema::List { of: &GATEWAY_CLUSTER_ASSOCIATION_STATUS, size: s::Range { min: Some(0), max: Some(3) } };
shape!(GatewayClusterAssociationSummary GATEWAY_CLUSTER_ASSOCIATION_SUMMARY {
    gateway_arn "gatewayArn" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    status "status" String, &GATEWAY_CLUSTER_ASSOCIATION_STATUS;
});
static GATEWAY_CLUSTER_ASSOCIATION_SUMMARY_LIST: s::Schema = s::Schema::List { of: &GATEWAY_CLUSTER_ASSOCIATION_SUMMARY, size: s::Range::ANY };
shape!(GatewayConfiguration GATEWAY_CONFIGURATION {
    host_shared_alb "hostSharedAlb" HostSharedAlbConfiguration, &HOST_SHARED_ALB_CONFIGURATION;
});
shape!(GatewayConnection GATEWAY_CONNECTION {
    gateway_arn "gatewayArn" String, &STRING;
    gateway_route_arn "gatewayRouteArn" String, &STRING;
    port_name "portName" String, &STRING;
    service_url "serviceUrl" String, &STRING;
    access_type "accessType" String, &ACCESS_TYPE;
    status "status" String, &GATEWAY_ROUTE_STATUS;
    resources "resources" GatewayConnectionResources, &GATEWAY_CONNECTION_RESOURCES;
});
shape!(GatewayConnectionAlbResources GATEWAY_CONNECTION_ALB_RESOURCES {
    acm_certificate_arn "acmCertificateArn" String, &STRING;
    load_balancer_arn "loadBalancerArn" String, &STRING;
    load_balancer_security_group_arns "loadBalancerSecurityGroupArns" Vec<String>, &STRING_LIST;
    listener_arn "listenerArn" String, &STRING;
    listener_rule_arn "listenerRuleArn" String, &STRING;
    test_listener_rule_arn "testListenerRuleArn" String, &STRING;
    target_group_arn "targetGroupArn" String, &STRING;
    alternate_target_group_arn "alternateTargetGroupArn" String, &STRING;
});
static GATEWAY_CONNECTION_ALB_RESOURCES_LIST: s::Schema = s::Schema::List { of: &GATEWAY_CONNECTION_ALB_RESOURCES, size: s::Range { min: Some(0), max: Some(1) } };
static GATEWAY_CONNECTION_LIST: s::Schema = s::Schema::List { of: &GATEWAY_CONNECTION, size: s::Range { min: Some(0), max: Some(5) } };
shape!(GatewayConnectionResources GATEWAY_CONNECTION_RESOURCES {
    host_shared_alb "hostSharedAlb" Vec<GatewayConnectionAlbResources>, &GATEWAY_CONNECTION_ALB_RESOURCES_LIST;
});
shape!(GatewayConnector GATEWAY_CONNECTOR {
    port_name "portName" String, &STRING, required;
    health_check "healthCheck" GatewayConnectorHealthCheck, &GATEWAY_CONNECTOR_HEALTH_CHECK;
    filters "filters" GatewayConnectorFilters, &GATEWAY_CONNECTOR_FILTERS;
    deregistration_delay "deregistrationDelay" GatewayConnectorDeregistrationDelay, &GATEWAY_CONNECTOR_DEREGISTRATION_DELAY;
});
shape!(GatewayConnectorDeregistrationDelay GATEWAY_CONNECTOR_DEREGISTRATION_DELAY {
    timeout_seconds "timeoutSeconds" i32, &GATEWAY_CONNECTOR_DEREGISTRATION_DELAY_TIMEOUT_SECONDS_INTEGER;
});
static GATEWAY_CONNECTOR_DEREGISTRATION_DELAY_TIMEOUT_SECONDS_INTEGER: s::Schema = s::Schema::Int(s::Range { min: Some(0), max: Some(3600) });
shape!(GatewayConnectorFilters GATEWAY_CONNECTOR_FILTERS {
    access_types "accessTypes" Vec<String>, &ACCESS_TYPE_LIST;
});
shape!(GatewayConnectorHealthCheck GATEWAY_CONNECTOR_HEALTH_CHECK {
    health_check_protocol "healthCheckProtocol" String, &GATEWAY_CONNECTOR_HEALTH_CHECK_PROTOCOL;
    health_check_port "healthCheckPort" i32, &BOXED_INTEGER;
    health_check_path "healthCheckPath" String, &STRING;
    health_check_timeout_seconds "healthCheckTimeoutSeconds" i32, &BOXED_INTEGER;
    health_check_interval_seconds "healthCheckIntervalSeconds" i32, &BOXED_INTEGER;
    healthy_threshold_count "healthyThresholdCount" i32, &BOXED_INTEGER;
    unhealthy_threshold_count "unhealthyThresholdCount" i32, &BOXED_INTEGER;
    matcher "matcher" GatewayConnectorHealthCheckMatcher, &GATEWAY_CONNECTOR_HEALTH_CHECK_MATCHER;
});
shape!(GatewayConnectorHealthCheckMatcher GATEWAY_CONNECTOR_HEALTH_CHECK_MATCHER {
    http_code "httpCode" String, &STRING;
    grpc_code "grpcCode" String, &STRING;
});
static GATEWAY_CONNECTOR_HEALTH_CHECK_PROTOCOL: s::Schema = s::Schema::Enum(&["HTTP", "HTTPS"]);
static GATEWAY_CONNECTOR_LIST: s::Schema = s::Schema::List { of: &GATEWAY_CONNECTOR, size: s::Range { min: Some(0), max: Some(1) } };
shape!(GatewayElbAccessLogConfiguration GATEWAY_ELB_ACCESS_LOG_CONFIGURATION {
    destination "destination" GatewayElbAccessLogDestination, &GATEWAY_ELB_ACCESS_LOG_DESTINATION;
});
shape!(GatewayElbAccessLogDestination GATEWAY_ELB_ACCESS_LOG_DESTINATION {
    s3 "s3" GatewayElbAccessLogS3Destination, &GATEWAY_ELB_ACCESS_LOG_S3_DESTINATION;
});
shape!(GatewayElbAccessLogS3Destination GATEWAY_ELB_ACCESS_LOG_S3_DESTINATION {
    bucket "bucket" String, &STRING, required;
    prefix "prefix" String, &STRING;
});
static GATEWAY_ELB_IP_ADDRESS_TYPE: s::Schema = s::Schema::Enum(&["ipv4", "dualstack", "dualstack-without-public-ipv4"]);
shape!(GatewayElbNetworkConfiguration GATEWAY_ELB_NETWORK_CONFIGURATION {
    inbound_security_group "inboundSecurityGroup" String, &STRING;
    subnets "subnets" Vec<String>, &STRING_LIST;
    ip_address_type "ipAddressType" String, &GATEWAY_ELB_IP_ADDRESS_TYPE;
});
static GATEWAY_ELB_SCHEME: s::Schema = s::Schema::Enum(&["internet-facing", "internal"]);
shape!(GatewayInfrastructureResources GATEWAY_INFRASTRUCTURE_RESOURCES {
    host_shared_alb "hostSharedAlb" Vec<ElbGatewayResources>, &ELB_GATEWAY_RESOURCES_LIST;
});
shape!(GatewayOperationError GATEWAY_OPERATION_ERROR {
    operation "operation" String, &STRING;
    code "code" String, &STRING;
    message "message" String, &STRING;
});
static GATEWAY_OPERATION_ERROR_LIST: s::Schema = s::Schema::List { of: &GATEWAY_OPERATION_ERROR, size: s::Range { min: Some(0), max: Some(5) } };
shape!(GatewayResourceFailure GATEWAY_RESOURCE_FAILURE {
    arn "arn" String, &STRING;
    errors "errors" Vec<GatewayOperationError>, &GATEWAY_OPERATION_ERROR_LIST;
});
static GATEWAY_RESOURCE_FAILURE_LIST: s::Schema = s::Schema::List { of: &GATEWAY_RESOURCE_FAILURE, size: s::Range { min: Some(0), max: Some(200) } };
shape!(GatewayResources GATEWAY_RESOURCES {
    gateway_arn "gatewayArn" String, &STRING;
    resources "resources" GatewayInfrastructureResources, &GATEWAY_INFRASTRUCTURE_RESOURCES;
});
shape!(GatewayRoute GATEWAY_ROUTE {
    gateway_route_arn "gatewayRouteArn" String, &STRING;
    service_arn "serviceArn" String, &STRING;
    service_container_port_name "serviceContainerPortName" String, &STRING;
    status "status" String, &GATEWAY_ROUTE_STATUS;
    service_url "serviceUrl" String, &STRING;
    resources "resources" GatewayRouteResources, &GATEWAY_ROUTE_RESOURCES;
});
shape!(GatewayRouteAlbResources GATEWAY_ROUTE_ALB_RESOURCES {
    acm_certificate_arn "acmCertificateArn" String, &STRING;
    load_balancer_arn "loadBalancerArn" String, &STRING;
    listener_arn "listenerArn" String, &STRING;
    listener_rule_arn "listenerRuleArn" String, &STRING;
    test_listener_rule_arns "testListenerRuleArns" Vec<String>, &STRING_LIST;
    load_balancer_security_groups "loadBalancerSecurityGroups" Vec<GatewayRouteLoadBalancerSecurityGroup>, &GATEWAY_ROUTE_LOAD_BALANCER_SECURITY_GROUP_LIST;
    service_security_group_arn "serviceSecurityGroupArn" String, &STRING;
});
static GATEWAY_ROUTE_ALB_RESOURCES_LIST: s::Schema = s::Schema::List { of: &GATEWAY_ROUTE_ALB_RESOURCES, size: s::Range::ANY };
shape!(GatewayRouteLoadBalancerSecurityGroup GATEWAY_ROUTE_LOAD_BALANCER_SECURITY_GROUP {
    arn "arn" String, &STRING;
    rule_arns "ruleArns" Vec<String>, &STRING_LIST;
});
static GATEWAY_ROUTE_LOAD_BALANCER_SECURITY_GROUP_LIST: s::Schema = s::Schema::List { of: &GATEWAY_ROUTE_LOAD_BALANCER_SECURITY_GROUP, size: s::Range::ANY };
shape!(GatewayRouteResources GATEWAY_ROUTE_RESOURCES {
    host_shared_alb "hostSharedAlb" Vec<GatewayRouteAlbResources>, &GATEWAY_ROUTE_ALB_RESOURCES_LIST;
});
static GATEWAY_ROUTE_STATUS: s::Schema = s::Schema::Enum(&["ACTIVE", "CREATE_IN_PROGRESS", "CREATE_FAILED", "UPDATE_IN_PROGRESS", "UPDATE_FAILED", "DELETE_IN_PROGRESS", "DELETE_FAILED"]);
static GATEWAY_ROUTE_STATUS_LIST: s::Schema = s::Schema::List { of: &GATEWAY_ROUTE_STATUS, size: s::Range { min: Some(0), max: Some(7) } };
shape!(GatewayRouteSummary GATEWAY_ROUTE_SUMMARY {
    gateway_route_arn "gatewayRouteArn" String, &STRING;
    gateway_arn "gatewayArn" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    service_arn "serviceArn" String, &STRING;
    service_container_port_name "serviceContainerPortName" String, &STRING;
    status "status" String, &GATEWAY_ROUTE_STATUS;
});
static GATEWAY_ROUTE_SUMMARY_LIST: s::Schema = s::Schema::List { of: &GATEWAY_ROUTE_SUMMARY, size: s::Range::ANY };
static GATEWAY_STATUS: s::Schema = s::Schema::Enum(&["ACTIVE", "UPDATE_IN_PROGRESS", "UPDATE_COMPLETE", "UPDATE_FAILED", "DELETED"]);
static GATEWAY_STATUS_LIST: s::Schema = s::Schema::List { of: &GATEWAY_STATUS, size: s::Range { min: Some(0), max: Some(5) } };
shape!(GatewaySummary GATEWAY_SUMMARY {
    gateway_arn "gatewayArn" String, &STRING;
    name "name" String, &STRING;
    status "status" String, &GATEWAY_STATUS;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
});
static GATEWAY_SUMMARY_LIST: s::Schema = s::Schema::List { of: &GATEWAY_SUMMARY, size: s::Range::ANY };
shape!(GatewayTestTrafficHeader GATEWAY_TEST_TRAFFIC_HEADER {
    name "name" String, &STRING, required;
    values "values" Vec<String>, &STRING_LIST, required;
});
shape!(GetTaskProtectionRequest GET_TASK_PROTECTION_REQUEST {
    cluster "cluster" String, &STRING, required;
    tasks "tasks" Vec<String>, &STRING_LIST;
});
shape!(GetTaskProtectionResponse GET_TASK_PROTECTION_RESPONSE {
    protected_tasks "protectedTasks" Vec<ProtectedTask>, &PROTECTED_TASKS;
    failures "failures" Vec<Failure>, &FAILURES;
});
shape!(GpuDevice GPU_DEVICE {
    gpu_id "gpuId" String, &STRING;
    sharing_mode "sharingMode" String, &GPU_SHARING_MODE;
    total_memory_in_mi_b "totalMemoryInMiB" i32, &BOXED_INTEGER;
    remaining_memory_in_mi_b "remainingMemoryInMiB" i32, &BOXED_INTEGER;
    container_count "containerCount" i32, &BOXED_INTEGER;
});
static GPU_DEVICES: s::Schema = s::Schema::List { of: &GPU_DEVICE, size: s::Range::ANY };
static GPU_IDS: s::Schema = s::Schema::List { of: &STRING, size: s::Range::ANY };
static GPU_SHARING_MODE: s::Schema = s::Schema::Enum(&["IDLE", "NVIDIA_MPS", "DEDICATED"]);
shape!(HealthCheck HEALTH_CHECK {
    command "command" Vec<String>, &STRING_LIST, required;
    interval "interval" i32, &BOXED_INTEGER;
    timeout "timeout" i32, &BOXED_INTEGER;
    retries "retries" i32, &BOXED_INTEGER;
    start_period "startPeriod" i32, &BOXED_INTEGER;
});
static HEALTH_STATUS: s::Schema = s::Schema::Enum(&["HEALTHY", "UNHEALTHY", "UNKNOWN"]);
static HEALTHY_PERCENT_INTEGER: s::Schema = s::Schema::Int(s::Range { min: Some(0), max: Some(100) });
shape!(HookDetails HOOK_DETAILS {
});
shape!(HostEntry HOST_ENTRY {
    hostname "hostname" String, &STRING, required;
    ip_address "ipAddress" String, &STRING, required;
});
static HOST_ENTRY_LIST: s::Schema = s::Schema::List { of: &HOST_ENTRY, size: s::Range::ANY };
shape!(HostSharedAlbConfiguration HOST_SHARED_ALB_CONFIGURATION {
    network_configuration "networkConfiguration" GatewayElbNetworkConfiguration, &GATEWAY_ELB_NETWORK_CONFIGURATION;
    scheme "scheme" String, &GATEWAY_ELB_SCHEME;
    web_acl_arn "webACLArn" String, &STRING;
    access_logs "accessLogs" GatewayElbAccessLogConfiguration, &GATEWAY_ELB_ACCESS_LOG_CONFIGURATION;
    port "port" i32, &BOXED_INTEGER;
    protocol "protocol" String, &GATEWAY_ALB_PROTOCOL;
    max_alb_count "maxAlbCount" i32, &BOXED_INTEGER;
    http_desync "httpDesync" String, &GATEWAY_ALB_DESYNC_MITIGATION_MODE;
    test_traffic_rules "testTrafficRules" GatewayAlbTestTrafficRules, &GATEWAY_ALB_TEST_TRAFFIC_RULES;
});
shape!(HostVolumeProperties HOST_VOLUME_PROPERTIES {
    source_path "sourcePath" String, &STRING;
});
static IAM_ROLE_ARN: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
shape!(InferenceAccelerator INFERENCE_ACCELERATOR {
    device_name "deviceName" String, &STRING, required;
    device_type "deviceType" String, &STRING, required;
});
shape!(InferenceAcceleratorOverride INFERENCE_ACCELERATOR_OVERRIDE {
    device_name "deviceName" String, &STRING;
    device_type "deviceType" String, &STRING;
});
static INFERENCE_ACCELERATOR_OVERRIDES: s::Schema = s::Schema::List { of: &INFERENCE_ACCELERATOR_OVERRIDE, size: s::Range::ANY };
static INFERENCE_ACCELERATORS: s::Schema = s::Schema::List { of: &INFERENCE_ACCELERATOR, size: s::Range::ANY };
shape!(InfrastructureOptimization INFRASTRUCTURE_OPTIMIZATION {
    scale_in_after "scaleInAfter" i32, &BOXED_INTEGER;
});
static INGRESS_PATH_SUMMARIES: s::Schema = s::Schema::List { of: &INGRESS_PATH_SUMMARY, size: s::Range::ANY };
shape!(IngressPathSummary INGRESS_PATH_SUMMARY {
    access_type "accessType" String, &ACCESS_TYPE, required;
    endpoint "endpoint" String, &STRING, required;
});
static INSTANCE_GENERATION: s::Schema = s::Schema::Enum(&["current", "previous"]);
static INSTANCE_GENERATION_SET: s::Schema = s::Schema::List { of: &INSTANCE_GENERATION, size: s::Range::ANY };
shape!(InstanceHealthCheckResult INSTANCE_HEALTH_CHECK_RESULT {
    r#type "type" String, &INSTANCE_HEALTH_CHECK_TYPE;
    status "status" String, &INSTANCE_HEALTH_CHECK_STATE;
    status_reason "statusReason" String, &STRING;
    last_updated "lastUpdated" wire::time::Time, &TIMESTAMP;
    last_status_change "lastStatusChange" wire::time::Time, &TIMESTAMP;
});
static INSTANCE_HEALTH_CHECK_RESULT_LIST: s::Schema = s::Schema::List { of: &INSTANCE_HEALTH_CHECK_RESULT, size: s::Range::ANY };
static INSTANCE_HEALTH_CHECK_STATE: s::Schema = s::Schema::Enum(&["OK", "IMPAIRED", "INSUFFICIENT_DATA", "INITIALIZING"]);
static INSTANCE_HEALTH_CHECK_TYPE: s::Schema = s::Schema::Enum(&["CONTAINER_RUNTIME", "ACCELERATED_COMPUTE", "DAEMON", "AGENT_CONNECTIVITY"]);
shape!(InstanceLaunchTemplate INSTANCE_LAUNCH_TEMPLATE {
    ec2_instance_profile_arn "ec2InstanceProfileArn" String, &STRING, required;
    network_configuration "networkConfiguration" ManagedInstancesNetworkConfiguration, &MANAGED_INSTANCES_NETWORK_CONFIGURATION, required;
    storage_configuration "storageConfiguration" ManagedInstancesStorageConfiguration, &MANAGED_INSTANCES_STORAGE_CONFIGURATION;
    local_storage_configuration "localStorageConfiguration" ManagedInstancesLocalStorageConfiguration, &MANAGED_INSTANCES_LOCAL_STORAGE_CONFIGURATION;
    monitoring "monitoring" String, &MANAGED_INSTANCES_MONITORING_OPTIONS;
    capacity_option_type "capacityOptionType" String, &CAPACITY_OPTION_TYPE;
    instance_metadata_tags_propagation "instanceMetadataTagsPropagation" bool, &BOXED_BOOLEAN;
    instance_requirements "instanceRequirements" InstanceRequirementsRequest, &INSTANCE_REQUIREMENTS_REQUEST;
    fips_enabled "fipsEnabled" bool, &BOXED_BOOLEAN;
    capacity_reservations "capacityReservations" CapacityReservationRequest, &CAPACITY_RESERVATION_REQUEST;
    nitro_enclaves_enabled "nitroEnclavesEnabled" bool, &BOXED_BOOLEAN;
});
shape!(InstanceLaunchTemplateUpdate INSTANCE_LAUNCH_TEMPLATE_UPDATE {
    ec2_instance_profile_arn "ec2InstanceProfileArn" String, &STRING;
    network_configuration "networkConfiguration" ManagedInstancesNetworkConfiguration, &MANAGED_INSTANCES_NETWORK_CONFIGURATION;
    storage_configuration "storageConfiguration" ManagedInstancesStorageConfiguration, &MANAGED_INSTANCES_STORAGE_CONFIGURATION;
    instance_metadata_tags_propagation "instanceMetadataTagsPropagation" bool, &BOXED_BOOLEAN;
    local_storage_configuration "localStorageConfiguration" ManagedInstancesLocalStorageConfiguration, &MANAGED_INSTANCES_LOCAL_STORAGE_CONFIGURATION;
    monitoring "monitoring" String, &MANAGED_INSTANCES_MONITORING_OPTIONS;
    instance_requirements "instanceRequirements" InstanceRequirementsRequest, &INSTANCE_REQUIREMENTS_REQUEST;
    capacity_reservations "capacityReservations" CapacityReservationRequest, &CAPACITY_RESERVATION_REQUEST;
});
shape!(InstanceRequirementsRequest INSTANCE_REQUIREMENTS_REQUEST {
    v_cpu_count "vCpuCount" VCpuCountRangeRequest, &V_CPU_COUNT_RANGE_REQUEST, required;
    memory_mi_b "memoryMiB" MemoryMiBRequest, &MEMORY_MI_B_REQUEST, required;
    cpu_manufacturers "cpuManufacturers" Vec<String>, &CPU_MANUFACTURER_SET;
    memory_gi_b_per_v_cpu "memoryGiBPerVCpu" MemoryGiBPerVCpuRequest, &MEMORY_GI_B_PER_V_CPU_REQUEST;
    excluded_instance_types "excludedInstanceTypes" Vec<String>, &EXCLUDED_INSTANCE_TYPE_SET;
    instance_generations "instanceGenerations" Vec<String>, &INSTANCE_GENERATION_SET;
    spot_max_price_percentage_over_lowest_price "spotMaxPricePercentageOverLowestPrice" i32, &BOXED_INTEGER;
    on_demand_max_price_percentage_over_lowest_price "onDemandMaxPricePercentageOverLowestPrice" i32, &BOXED_INTEGER;
    bare_metal "bareMetal" String, &BARE_METAL;
    burstable_performance "burstablePerformance" String, &BURSTABLE_PERFORMANCE;
    require_hibernate_support "requireHibernateSupport" bool, &BOXED_BOOLEAN;
    network_interface_count "networkInterfaceCount" NetworkInterfaceCountRequest, &NETWORK_INTERFACE_COUNT_REQUEST;
    local_storage "localStorage" String, &LOCAL_STORAGE;
    local_storage_types "localStorageTypes" Vec<String>, &LOCAL_STORAGE_TYPE_SET;
    total_local_storage_gb "totalLocalStorageGB" TotalLocalStorageGBRequest, &TOTAL_LOCAL_STORAGE_GB_REQUEST;
    baseline_ebs_bandwidth_mbps "baselineEbsBandwidthMbps" BaselineEbsBandwidthMbpsRequest, &BASELINE_EBS_BANDWIDTH_MBPS_REQUEST;
    accelerator_types "acceleratorTypes" Vec<String>, &ACCELERATOR_TYPE_SET;
    accelerator_count "acceleratorCount" AcceleratorCountRequest, &ACCELERATOR_COUNT_REQUEST;
    accelerator_manufacturers "acceleratorManufacturers" Vec<String>, &ACCELERATOR_MANUFACTURER_SET;
    accelerator_names "acceleratorNames" Vec<String>, &ACCELERATOR_NAME_SET;
    accelerator_total_memory_mi_b "acceleratorTotalMemoryMiB" AcceleratorTotalMemoryMiBRequest, &ACCELERATOR_TOTAL_MEMORY_MI_B_REQUEST;
    network_bandwidth_gbps "networkBandwidthGbps" NetworkBandwidthGbpsRequest, &NETWORK_BANDWIDTH_GBPS_REQUEST;
    allowed_instance_types "allowedInstanceTypes" Vec<String>, &ALLOWED_INSTANCE_TYPE_SET;
    max_spot_price_as_percentage_of_optimal_on_demand_price "maxSpotPriceAsPercentageOfOptimalOnDemandPrice" i32, &BOXED_INTEGER;
});
static INTEGER: s::Schema = s::Schema::Int(s::Range::ANY);
static INTEGER_LIST: s::Schema = s::Schema::List { of: &BOXED_INTEGER, size: s::Range::ANY };
static IPC_MODE: s::Schema = s::Schema::Enum(&["host", "task", "none"]);
static ISOLATION_MODE: s::Schema = s::Schema::Enum(&["SHARED", "ISOLATED_SANDBOX", "CONFIDENTIAL_SANDBOX"]);
shape!(KernelCapabilities KERNEL_CAPABILITIES {
    add "add" Vec<String>, &STRING_LIST;
    drop "drop" Vec<String>, &STRING_LIST;
});
shape!(KeyValuePair KEY_VALUE_PAIR {
    name "name" String, &STRING;
    value "value" String, &STRING;
});
static LAUNCH_TYPE: s::Schema = s::Schema::Enum(&["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"]);
shape!(LinearConfiguration LINEAR_CONFIGURATION {
    step_percent "stepPercent" f64, &DOUBLE;
    step_bake_time_in_minutes "stepBakeTimeInMinutes" i32, &INTEGER;
});
shape!(LinuxParameters LINUX_PARAMETERS {
    capabilities "capabilities" KernelCapabilities, &KERNEL_CAPABILITIES;
    devices "devices" Vec<Device>, &DEVICES_LIST;
    init_process_enabled "initProcessEnabled" bool, &BOXED_BOOLEAN;
    shared_memory_size "sharedMemorySize" i32, &BOXED_INTEGER;
    tmpfs "tmpfs" Vec<Tmpfs>, &TMPFS_LIST;
    max_swap "maxSwap" i32, &BOXED_INTEGER;
    swappiness "swappiness" i32, &BOXED_INTEGER;
});
shape!(ListAccountSettingsRequest LIST_ACCOUNT_SETTINGS_REQUEST {
    name "name" String, &SETTING_NAME;
    value "value" String, &STRING;
    principal_arn "principalArn" String, &STRING;
    effective_settings "effectiveSettings" bool, &BOOLEAN;
    next_token "nextToken" String, &STRING;
    max_results "maxResults" i32, &INTEGER;
});
shape!(ListAccountSettingsResponse LIST_ACCOUNT_SETTINGS_RESPONSE {
    settings "settings" Vec<Setting>, &SETTINGS;
    next_token "nextToken" String, &STRING;
});
shape!(ListAttributesRequest LIST_ATTRIBUTES_REQUEST {
    cluster "cluster" String, &STRING;
    target_type "targetType" String, &TARGET_TYPE, required;
    attribute_name "attributeName" String, &STRING;
    attribute_value "attributeValue" String, &STRING;
    next_token "nextToken" String, &STRING;
    max_results "maxResults" i32, &BOXED_INTEGER;
});
shape!(ListAttributesResponse LIST_ATTRIBUTES_RESPONSE {
    attributes "attributes" Vec<Attribute>, &ATTRIBUTES;
    next_token "nextToken" String, &STRING;
});
shape!(ListClustersRequest LIST_CLUSTERS_REQUEST {
    next_token "nextToken" String, &STRING;
    max_results "maxResults" i32, &BOXED_INTEGER;
});
shape!(ListClustersResponse LIST_CLUSTERS_RESPONSE {
    cluster_arns "clusterArns" Vec<String>, &STRING_LIST;
    next_token "nextToken" String, &STRING;
});
shape!(ListContainerInstancesRequest LIST_CONTAINER_INSTANCES_REQUEST {
    cluster "cluster" String, &STRING;
    filter "filter" String, &STRING;
    next_token "nextToken" String, &STRING;
    max_results "maxResults" i32, &BOXED_INTEGER;
    status "status" String, &CONTAINER_INSTANCE_STATUS;
});
shape!(ListContainerInstancesResponse LIST_CONTAINER_INSTANCES_RESPONSE {
    container_instance_arns "containerInstanceArns" Vec<String>, &STRING_LIST;
    next_token "nextToken" String, &STRING;
});
shape!(ListDaemonDeploymentsRequest LIST_DAEMON_DEPLOYMENTS_REQUEST {
    daemon_arn "daemonArn" String, &STRING, required;
    status "status" Vec<String>, &DAEMON_DEPLOYMENT_STATUS_LIST;
    created_at "createdAt" CreatedAt, &CREATED_AT;
    max_results "maxResults" i32, &BOXED_INTEGER;
    next_token "nextToken" String, &STRING;
});
shape!(ListDaemonDeploymentsResponse LIST_DAEMON_DEPLOYMENTS_RESPONSE {
    next_token "nextToken" String, &STRING;
    daemon_deployments "daemonDeployments" Vec<DaemonDeploymentSummary>, &DAEMON_DEPLOYMENT_SUMMARY_LIST;
});
shape!(ListDaemonTaskDefinitionsRequest LIST_DAEMON_TASK_DEFINITIONS_REQUEST {
    family_prefix "familyPrefix" String, &STRING;
    family "family" String, &STRING;
    revision "revision" String, &DAEMON_TASK_DEFINITION_REVISION_FILTER;
    status "status" String, &DAEMON_TASK_DEFINITION_STATUS_FILTER;
    sort "sort" String, &SORT_ORDER;
    next_token "nextToken" String, &STRING;
    max_results "maxResults" i32, &BOXED_INTEGER;
});
shape!(ListDaemonTaskDefinitionsResponse LIST_DAEMON_TASK_DEFINITIONS_RESPONSE {
    daemon_task_definitions "daemonTaskDefinitions" Vec<DaemonTaskDefinitionSummary>, &DAEMON_TASK_DEFINITION_SUMMARIES;
    next_token "nextToken" String, &STRING;
});
shape!(ListDaemonsRequest LIST_DAEMONS_REQUEST {
    cluster_arn "clusterArn" String, &STRING;
    capacity_provider_arns "capacityProviderArns" Vec<String>, &STRING_LIST;
    max_results "maxResults" i32, &BOXED_INTEGER;
    next_token "nextToken" String, &STRING;
});
shape!(ListDaemonsResponse LIST_DAEMONS_RESPONSE {
    daemon_summaries_list "daemonSummariesList" Vec<DaemonSummary>, &DAEMON_SUMMARIES_LIST;
    next_token "nextToken" String, &STRING;
});
shape!(ListGatewayClusterAssociationsRequest LIST_GATEWAY_CLUSTER_ASSOCIATIONS_REQUEST {
    gateway "gateway" String, &STRING;
    cluster "cluster" String, &STRING;
    status "status" Vec<String>, &GATEWAY_CLUSTER_ASSOCIATION_STATUS_LIST;
    max_results "maxResults" i32, &BOXED_INTEGER;
    next_token "nextToken" String, &STRING;
});
shape!(ListGatewayClusterAssociationsResponse LIST_GATEWAY_CLUSTER_ASSOCIATIONS_RESPONSE {
    gateway_cluster_associations "gatewayClusterAssociations" Vec<GatewayClusterAssociationSummary>, &GATEWAY_CLUSTER_ASSOCIATION_SUMMARY_LIST;
    next_token "nextToken" String, &STRING;
});
shape!(ListGatewayRoutesRequest LIST_GATEWAY_ROUTES_REQUEST {
    gateway "gateway" String, &STRING;
    cluster "cluster" String, &STRING;
    service "service" String, &STRING;
    service_container_port_name "serviceContainerPortName" String, &STRING;
    status "status" Vec<String>, &GATEWAY_ROUTE_STATUS_LIST;
    max_results "maxResults" i32, &BOXED_INTEGER;
    next_token "nextToken" String, &STRING;
});
shape!(ListGatewayRoutesResponse LIST_GATEWAY_ROUTES_RESPONSE {
    gateway_routes "gatewayRoutes" Vec<GatewayRouteSummary>, &GATEWAY_ROUTE_SUMMARY_LIST;
    next_token "nextToken" String, &STRING;
});
shape!(ListGatewaysRequest LIST_GATEWAYS_REQUEST {
    names "names" Vec<String>, &STRING_LIST;
    status "status" Vec<String>, &GATEWAY_STATUS_LIST;
    max_results "maxResults" i32, &BOXED_INTEGER;
    next_token "nextToken" String, &STRING;
});
shape!(ListGatewaysResponse LIST_GATEWAYS_RESPONSE {
    gateways "gateways" Vec<GatewaySummary>, &GATEWAY_SUMMARY_LIST;
    next_token "nextToken" String, &STRING;
});
shape!(ListServiceDeploymentsRequest LIST_SERVICE_DEPLOYMENTS_REQUEST {
    service "service" String, &STRING, required;
    cluster "cluster" String, &STRING;
    status "status" Vec<String>, &SERVICE_DEPLOYMENT_STATUS_LIST;
    created_at "createdAt" CreatedAt, &CREATED_AT;
    next_token "nextToken" String, &STRING;
    max_results "maxResults" i32, &BOXED_INTEGER;
});
shape!(ListServiceDeploymentsResponse LIST_SERVICE_DEPLOYMENTS_RESPONSE {
    service_deployments "serviceDeployments" Vec<ServiceDeploymentBrief>, &SERVICE_DEPLOYMENTS_BRIEF;
    next_token "nextToken" String, &STRING;
});
shape!(ListServicesByNamespaceRequest LIST_SERVICES_BY_NAMESPACE_REQUEST {
    namespace "namespace" String, &STRING, required;
    next_token "nextToken" String, &STRING;
    max_results "maxResults" i32, &BOXED_INTEGER;
});
shape!(ListServicesByNamespaceResponse LIST_SERVICES_BY_NAMESPACE_RESPONSE {
    service_arns "serviceArns" Vec<String>, &STRING_LIST;
    next_token "nextToken" String, &STRING;
});
shape!(ListServicesRequest LIST_SERVICES_REQUEST {
    cluster "cluster" String, &STRING;
    next_token "nextToken" String, &STRING;
    max_results "maxResults" i32, &BOXED_INTEGER;
    launch_type "launchType" String, &LAUNCH_TYPE;
    scheduling_strategy "schedulingStrategy" String, &SCHEDULING_STRATEGY;
    resource_management_type "resourceManagementType" String, &RESOURCE_MANAGEMENT_TYPE;
});
shape!(ListServicesResponse LIST_SERVICES_RESPONSE {
    service_arns "serviceArns" Vec<String>, &STRING_LIST;
    next_token "nextToken" String, &STRING;
});
shape!(ListTagsForResourceRequest LIST_TAGS_FOR_RESOURCE_REQUEST {
    resource_arn "resourceArn" String, &STRING, required;
});
shape!(ListTagsForResourceResponse LIST_TAGS_FOR_RESOURCE_RESPONSE {
    tags "tags" Vec<Tag>, &TAGS;
});
shape!(ListTaskDefinitionFamiliesRequest LIST_TASK_DEFINITION_FAMILIES_REQUEST {
    family_prefix "familyPrefix" String, &STRING;
    status "status" String, &TASK_DEFINITION_FAMILY_STATUS;
    next_token "nextToken" String, &STRING;
    max_results "maxResults" i32, &BOXED_INTEGER;
});
shape!(ListTaskDefinitionFamiliesResponse LIST_TASK_DEFINITION_FAMILIES_RESPONSE {
    families "families" Vec<String>, &STRING_LIST;
    next_token "nextToken" String, &STRING;
});
shape!(ListTaskDefinitionsRequest LIST_TASK_DEFINITIONS_REQUEST {
    family_prefix "familyPrefix" String, &STRING;
    status "status" String, &TASK_DEFINITION_STATUS;
    sort "sort" String, &SORT_ORDER;
    next_token "nextToken" String, &STRING;
    max_results "maxResults" i32, &BOXED_INTEGER;
});
shape!(ListTaskDefinitionsResponse LIST_TASK_DEFINITIONS_RESPONSE {
    task_definition_arns "taskDefinitionArns" Vec<String>, &STRING_LIST;
    next_token "nextToken" String, &STRING;
});
shape!(ListTasksRequest LIST_TASKS_REQUEST {
    cluster "cluster" String, &STRING;
    container_instance "containerInstance" String, &STRING;
    family "family" String, &STRING;
    next_token "nextToken" String, &STRING;
    max_results "maxResults" i32, &BOXED_INTEGER;
    started_by "startedBy" String, &STRING;
    service_name "serviceName" String, &STRING;
    desired_status "desiredStatus" String, &DESIRED_STATUS;
    launch_type "launchType" String, &LAUNCH_TYPE;
    daemon_name "daemonName" String, &STRING;
});
shape!(ListTasksResponse LIST_TASKS_RESPONSE {
    task_arns "taskArns" Vec<String>, &STRING_LIST;
    next_token "nextToken" String, &STRING;
});
shape!(LoadBalancer LOAD_BALANCER {
    target_group_arn "targetGroupArn" String, &STRING;
    load_balancer_name "loadBalancerName" String, &STRING;
    container_name "containerName" String, &STRING;
    container_port "containerPort" i32, &BOXED_INTEGER;
    advanced_configuration "advancedConfiguration" AdvancedConfiguration, &ADVANCED_CONFIGURATION;
});
static LOAD_BALANCERS: s::Schema = s::Schema::List { of: &LOAD_BALANCER, size: s::Range::ANY };
static LOCAL_STORAGE: s::Schema = s::Schema::Enum(&["included", "required", "excluded"]);
static LOCAL_STORAGE_TYPE: s::Schema = s::Schema::Enum(&["hdd", "ssd"]);
static LOCAL_STORAGE_TYPE_SET: s::Schema = s::Schema::List { of: &LOCAL_STORAGE_TYPE, size: s::Range::ANY };
shape!(LogConfiguration LOG_CONFIGURATION {
    log_driver "logDriver" String, &LOG_DRIVER, required;
    options "options" std::collections::BTreeMap<String, String>, &LOG_CONFIGURATION_OPTIONS_MAP;
    secret_options "secretOptions" Vec<Secret>, &SECRET_LIST;
});
static LOG_CONFIGURATION_OPTIONS_MAP: s::Schema = s::Schema::Map { of: &STRING };
static LOG_DRIVER: s::Schema = s::Schema::Enum(&["json-file", "syslog", "journald", "gelf", "fluentd", "awslogs", "splunk", "awsfirelens", "local", "none"]);
shape!(LogDriverVolumeConfiguration LOG_DRIVER_VOLUME_CONFIGURATION {
    driver "driver" String, &LOG_DRIVER, required;
});
static LONG: s::Schema = s::Schema::Long(s::Range::ANY);
shape!(ManagedAgent MANAGED_AGENT {
    last_started_at "lastStartedAt" wire::time::Time, &TIMESTAMP;
    name "name" String, &MANAGED_AGENT_NAME;
    reason "reason" String, &STRING;
    last_status "lastStatus" String, &STRING;
});
static MANAGED_AGENT_NAME: s::Schema = s::Schema::Enum(&["ExecuteCommandAgent"]);
shape!(ManagedAgentStateChange MANAGED_AGENT_STATE_CHANGE {
    container_name "containerName" String, &STRING, required;
    managed_agent_name "managedAgentName" String, &MANAGED_AGENT_NAME, required;
    status "status" String, &STRING, required;
    reason "reason" String, &STRING;
});
static MANAGED_AGENT_STATE_CHANGES: s::Schema = s::Schema::List { of: &MANAGED_AGENT_STATE_CHANGE, size: s::Range::ANY };
static MANAGED_AGENTS: s::Schema = s::Schema::List { of: &MANAGED_AGENT, size: s::Range::ANY };
static MANAGED_APPLICATION_AUTO_SCALING_POLICIES: s::Schema = s::Schema::List { of: &MANAGED_APPLICATION_AUTO_SCALING_POLICY, size: s::Range::ANY };
shape!(ManagedApplicationAutoScalingPolicy MANAGED_APPLICATION_AUTO_SCALING_POLICY {
    arn "arn" String, &STRING;
    status "status" String, &MANAGED_RESOURCE_STATUS, required;
    status_reason "statusReason" String, &STRING;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP, required;
    policy_type "policyType" String, &STRING, required;
    target_value "targetValue" f64, &DOUBLE, required;
    metric "metric" String, &STRING, required;
});
shape!(ManagedAutoScaling MANAGED_AUTO_SCALING {
    scalable_target "scalableTarget" ManagedScalableTarget, &MANAGED_SCALABLE_TARGET;
    application_auto_scaling_policies "applicationAutoScalingPolicies" Vec<ManagedApplicationAutoScalingPolicy>, &MANAGED_APPLICATION_AUTO_SCALING_POLICIES;
});
shape!(ManagedCertificate MANAGED_CERTIFICATE {
    arn "arn" String, &STRING;
    status "status" String, &MANAGED_RESOURCE_STATUS, required;
    status_reason "statusReason" String, &STRING;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP, required;
    domain_name "domainName" String, &STRING, required;
});
static MANAGED_DRAINING: s::Schema = s::Schema::Enum(&["ENABLED", "DISABLED"]);
shape!(ManagedIngressPath MANAGED_INGRESS_PATH {
    access_type "accessType" String, &ACCESS_TYPE, required;
    endpoint "endpoint" String, &STRING, required;
    load_balancer "loadBalancer" ManagedLoadBalancer, &MANAGED_LOAD_BALANCER;
    load_balancer_security_groups "loadBalancerSecurityGroups" Vec<ManagedSecurityGroup>, &MANAGED_SECURITY_GROUPS;
    certificate "certificate" ManagedCertificate, &MANAGED_CERTIFICATE;
    listener "listener" ManagedListener, &MANAGED_LISTENER;
    rule "rule" ManagedListenerRule, &MANAGED_LISTENER_RULE;
    target_groups "targetGroups" Vec<ManagedTargetGroup>, &MANAGED_TARGET_GROUPS;
});
static MANAGED_INGRESS_PATHS: s::Schema = s::Schema::List { of: &MANAGED_INGRESS_PATH, size: s::Range::ANY };
shape!(ManagedInstancesLocalStorageConfiguration MANAGED_INSTANCES_LOCAL_STORAGE_CONFIGURATION {
    use_local_storage "useLocalStorage" bool, &BOOLEAN;
});
static MANAGED_INSTANCES_MONITORING_OPTIONS: s::Schema = s::Schema::Enum(&["BASIC", "DETAILED"]);
shape!(ManagedInstancesNetworkConfiguration MANAGED_INSTANCES_NETWORK_CONFIGURATION {
    subnets "subnets" Vec<String>, &STRING_LIST;
    security_groups "securityGroups" Vec<String>, &STRING_LIST;
});
shape!(ManagedInstancesProvider MANAGED_INSTANCES_PROVIDER {
    infrastructure_role_arn "infrastructureRoleArn" String, &STRING;
    instance_launch_template "instanceLaunchTemplate" InstanceLaunchTemplate, &INSTANCE_LAUNCH_TEMPLATE;
    propagate_tags "propagateTags" String, &PROPAGATE_MI_TAGS;
    infrastructure_optimization "infrastructureOptimization" InfrastructureOptimization, &INFRASTRUCTURE_OPTIMIZATION;
    auto_repair_configuration "autoRepairConfiguration" AutoRepairConfiguration, &AUTO_REPAIR_CONFIGURATION;
});
shape!(ManagedInstancesStorageConfiguration MANAGED_INSTANCES_STORAGE_CONFIGURATION {
    storage_size_gi_b "storageSizeGiB" i32, &TASK_VOLUME_STORAGE_GI_B;
});
shape!(ManagedListener MANAGED_LISTENER {
    arn "arn" String, &STRING;
    status "status" String, &MANAGED_RESOURCE_STATUS, required;
    status_reason "statusReason" String, &STRING;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP, required;
});
shape!(ManagedListenerRule MANAGED_LISTENER_RULE {
    arn "arn" String, &STRING;
    status "status" String, &MANAGED_RESOURCE_STATUS, required;
    status_reason "statusReason" String, &STRING;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP, required;
});
shape!(ManagedLoadBalancer MANAGED_LOAD_BALANCER {
    arn "arn" String, &STRING;
    status "status" String, &MANAGED_RESOURCE_STATUS, required;
    status_reason "statusReason" String, &STRING;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP, required;
    scheme "scheme" String, &STRING, required;
    subnet_ids "subnetIds" Vec<String>, &STRING_LIST;
    security_group_ids "securityGroupIds" Vec<String>, &STRING_LIST;
});
shape!(ManagedLogGroup MANAGED_LOG_GROUP {
    arn "arn" String, &STRING;
    status "status" String, &MANAGED_RESOURCE_STATUS, required;
    status_reason "statusReason" String, &STRING;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP, required;
    log_group_name "logGroupName" String, &STRING, required;
});
static MANAGED_LOG_GROUPS: s::Schema = s::Schema::List { of: &MANAGED_LOG_GROUP, size: s::Range::ANY };
shape!(ManagedMetricAlarm MANAGED_METRIC_ALARM {
    arn "arn" String, &STRING;
    status "status" String, &MANAGED_RESOURCE_STATUS, required;
    status_reason "statusReason" String, &STRING;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP, required;
});
static MANAGED_METRIC_ALARMS: s::Schema = s::Schema::List { of: &MANAGED_METRIC_ALARM, size: s::Range::ANY };
static MANAGED_RESOURCE_STATUS: s::Schema = s::Schema::Enum(&["PROVISIONING", "ACTIVE", "DEPROVISIONING", "DELETED", "FAILED"]);
shape!(ManagedScalableTarget MANAGED_SCALABLE_TARGET {
    arn "arn" String, &STRING;
    status "status" String, &MANAGED_RESOURCE_STATUS, required;
    status_reason "statusReason" String, &STRING;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP, required;
    min_capacity "minCapacity" i32, &INTEGER, required;
    max_capacity "maxCapacity" i32, &INTEGER, required;
});
shape!(ManagedScaling MANAGED_SCALING {
    status "status" String, &MANAGED_SCALING_STATUS;
    target_capacity "targetCapacity" i32, &MANAGED_SCALING_TARGET_CAPACITY;
    minimum_scaling_step_size "minimumScalingStepSize" i32, &MANAGED_SCALING_STEP_SIZE;
    maximum_scaling_step_size "maximumScalingStepSize" i32, &MANAGED_SCALING_STEP_SIZE;
    instance_warmup_period "instanceWarmupPeriod" i32, &MANAGED_SCALING_INSTANCE_WARMUP_PERIOD;
});
static MANAGED_SCALING_INSTANCE_WARMUP_PERIOD: s::Schema = s::Schema::Int(s::Range { min: Some(0), max: Some(10000) });
static MANAGED_SCALING_STATUS: s::Schema = s::Schema::Enum(&["ENABLED", "DISABLED"]);
static MANAGED_SCALING_STEP_SIZE: s::Schema = s::Schema::Int(s::Range { min: Some(1), max: Some(10000) });
static MANAGED_SCALING_TARGET_CAPACITY: s::Schema = s::Schema::Int(s::Range { min: Some(1), max: Some(100) });
shape!(ManagedSecurityGroup MANAGED_SECURITY_GROUP {
    arn "arn" String, &STRING;
    status "status" String, &MANAGED_RESOURCE_STATUS, required;
    status_reason "statusReason" String, &STRING;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP, required;
});
static MANAGED_SECURITY_GROUPS: s::Schema = s::Schema::List { of: &MANAGED_SECURITY_GROUP, size: s::Range::ANY };
shape!(ManagedStorageConfiguration MANAGED_STORAGE_CONFIGURATION {
    kms_key_id "kmsKeyId" String, &STRING;
    fargate_ephemeral_storage_kms_key_id "fargateEphemeralStorageKmsKeyId" String, &STRING;
});
shape!(ManagedTargetGroup MANAGED_TARGET_GROUP {
    arn "arn" String, &STRING;
    status "status" String, &MANAGED_RESOURCE_STATUS, required;
    status_reason "statusReason" String, &STRING;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP, required;
    health_check_path "healthCheckPath" String, &STRING, required;
    health_check_port "healthCheckPort" i32, &INTEGER, required;
    port "port" i32, &INTEGER, required;
});
static MANAGED_TARGET_GROUPS: s::Schema = s::Schema::List { of: &MANAGED_TARGET_GROUP, size: s::Range::ANY };
static MANAGED_TERMINATION_PROTECTION: s::Schema = s::Schema::Enum(&["ENABLED", "DISABLED"]);
shape!(MemoryGiBPerVCpuRequest MEMORY_GI_B_PER_V_CPU_REQUEST {
    min "min" f64, &BOXED_DOUBLE;
    max "max" f64, &BOXED_DOUBLE;
});
shape!(MemoryMiBRequest MEMORY_MI_B_REQUEST {
    min "min" i32, &BOXED_INTEGER, required;
    max "max" i32, &BOXED_INTEGER;
});
shape!(MetricConfiguration METRIC_CONFIGURATION {
    metric_names "metricNames" Vec<String>, &METRIC_NAMES_LIST, required;
    resolution_seconds "resolutionSeconds" i32, &METRIC_RESOLUTION_SECONDS, required;
});
static METRIC_CONFIGURATION_LIST: s::Schema = s::Schema::List { of: &METRIC_CONFIGURATION, size: s::Range { min: Some(0), max: Some(5) } };
static METRIC_NAME: s::Schema = s::Schema::Str { length: s::Range { min: Some(1), max: Some(255) }, pattern: None };
static METRIC_NAMES_LIST: s::Schema = s::Schema::List { of: &METRIC_NAME, size: s::Range { min: Some(1), max: Some(5) } };
static METRIC_RESOLUTION_SECONDS: s::Schema = s::Schema::Int(s::Range { min: Some(20), max: Some(60) });
shape!(MonitoringConfiguration MONITORING_CONFIGURATION {
    metric_configurations "metricConfigurations" Vec<MetricConfiguration>, &METRIC_CONFIGURATION_LIST;
});
shape!(MountPoint MOUNT_POINT {
    source_volume "sourceVolume" String, &STRING;
    container_path "containerPath" String, &STRING;
    read_only "readOnly" bool, &BOXED_BOOLEAN;
});
static MOUNT_POINT_LIST: s::Schema = s::Schema::List { of: &MOUNT_POINT, size: s::Range::ANY };
shape!(NetworkBandwidthGbpsRequest NETWORK_BANDWIDTH_GBPS_REQUEST {
    min "min" f64, &BOXED_DOUBLE;
    max "max" f64, &BOXED_DOUBLE;
});
shape!(NetworkBinding NETWORK_BINDING {
    bind_ip "bindIP" String, &STRING;
    container_port "containerPort" i32, &BOXED_INTEGER;
    host_port "hostPort" i32, &BOXED_INTEGER;
    protocol "protocol" String, &TRANSPORT_PROTOCOL;
    container_port_range "containerPortRange" String, &STRING;
    host_port_range "hostPortRange" String, &STRING;
});
static NETWORK_BINDINGS: s::Schema = s::Schema::List { of: &NETWORK_BINDING, size: s::Range::ANY };
shape!(NetworkConfiguration NETWORK_CONFIGURATION {
    awsvpc_configuration "awsvpcConfiguration" AwsVpcConfiguration, &AWS_VPC_CONFIGURATION;
});
shape!(NetworkInterface NETWORK_INTERFACE {
    attachment_id "attachmentId" String, &STRING;
    private_ipv4_address "privateIpv4Address" String, &STRING;
    ipv6_address "ipv6Address" String, &STRING;
});
shape!(NetworkInterfaceCountRequest NETWORK_INTERFACE_COUNT_REQUEST {
    min "min" i32, &BOXED_INTEGER;
    max "max" i32, &BOXED_INTEGER;
});
static NETWORK_INTERFACES: s::Schema = s::Schema::List { of: &NETWORK_INTERFACE, size: s::Range::ANY };
static NETWORK_MODE: s::Schema = s::Schema::Enum(&["bridge", "host", "awsvpc", "none"]);
static NEURON_DEVICE_IDS: s::Schema = s::Schema::List { of: &STRING, size: s::Range::ANY };
shape!(NvidiaMpsAllocation NVIDIA_MPS_ALLOCATION {
    memory "memory" i32, &NVIDIA_MPS_ALLOCATION_MEMORY_INTEGER, required;
    max_compute_percent "maxComputePercent" i32, &NVIDIA_MPS_ALLOCATION_MAX_COMPUTE_PERCENT_INTEGER;
});
static NVIDIA_MPS_ALLOCATION_MAX_COMPUTE_PERCENT_INTEGER: s::Schema = s::Schema::Int(s::Range { min: Some(1), max: Some(100) });
static NVIDIA_MPS_ALLOCATION_MEMORY_INTEGER: s::Schema = s::Schema::Int(s::Range { min: Some(1), max: None });
static OS_FAMILY: s::Schema = s::Schema::Enum(&["WINDOWS_SERVER_2019_FULL", "WINDOWS_SERVER_2019_CORE", "WINDOWS_SERVER_2016_FULL", "WINDOWS_SERVER_2004_CORE", "WINDOWS_SERVER_2022_CORE", "WINDOWS_SERVER_2022_FULL", "WINDOWS_SERVER_2025_CORE", "WINDOWS_SERVER_2025_FULL", "WINDOWS_SERVER_20H2_CORE", "LINUX"]);
static PID_MODE: s::Schema = s::Schema::Enum(&["host", "task"]);
shape!(PlacementConstraint PLACEMENT_CONSTRAINT {
    r#type "type" String, &PLACEMENT_CONSTRAINT_TYPE;
    expression "expression" String, &STRING;
});
static PLACEMENT_CONSTRAINT_TYPE: s::Schema = s::Schema::Enum(&["distinctInstance", "memberOf"]);
static PLACEMENT_CONSTRAINTS: s::Schema = s::Schema::List { of: &PLACEMENT_CONSTRAINT, size: s::Range::ANY };
static PLACEMENT_STRATEGIES: s::Schema = s::Schema::List { of: &PLACEMENT_STRATEGY, size: s::Range::ANY };
shape!(PlacementStrategy PLACEMENT_STRATEGY {
    r#type "type" String, &PLACEMENT_STRATEGY_TYPE;
    field "field" String, &STRING;
});
static PLACEMENT_STRATEGY_TYPE: s::Schema = s::Schema::Enum(&["random", "spread", "binpack"]);
shape!(PlatformDevice PLATFORM_DEVICE {
    id "id" String, &STRING, required;
    r#type "type" String, &PLATFORM_DEVICE_TYPE, required;
});
static PLATFORM_DEVICE_TYPE: s::Schema = s::Schema::Enum(&["GPU", "NEURON_DEVICE"]);
static PLATFORM_DEVICES: s::Schema = s::Schema::List { of: &PLATFORM_DEVICE, size: s::Range::ANY };
shape!(PortMapping PORT_MAPPING {
    container_port "containerPort" i32, &BOXED_INTEGER;
    host_port "hostPort" i32, &BOXED_INTEGER;
    protocol "protocol" String, &TRANSPORT_PROTOCOL;
    name "name" String, &STRING;
    app_protocol "appProtocol" String, &APPLICATION_PROTOCOL;
    container_port_range "containerPortRange" String, &STRING;
});
static PORT_MAPPING_LIST: s::Schema = s::Schema::List { of: &PORT_MAPPING, size: s::Range::ANY };
static PORT_NUMBER: s::Schema = s::Schema::Int(s::Range { min: Some(0), max: Some(65535) });
static PROPAGATE_GATEWAY_TAGS: s::Schema = s::Schema::Enum(&["NONE", "GATEWAY"]);
static PROPAGATE_MI_TAGS: s::Schema = s::Schema::Enum(&["CAPACITY_PROVIDER", "NONE"]);
static PROPAGATE_TAGS: s::Schema = s::Schema::Enum(&["TASK_DEFINITION", "SERVICE", "NONE"]);
shape!(ProtectedTask PROTECTED_TASK {
    task_arn "taskArn" String, &STRING;
    protection_enabled "protectionEnabled" bool, &BOOLEAN;
    expiration_date "expirationDate" wire::time::Time, &TIMESTAMP;
});
static PROTECTED_TASKS: s::Schema = s::Schema::List { of: &PROTECTED_TASK, size: s::Range::ANY };
shape!(ProxyConfiguration PROXY_CONFIGURATION {
    r#type "type" String, &PROXY_CONFIGURATION_TYPE;
    container_name "containerName" String, &STRING, required;
    properties "properties" Vec<KeyValuePair>, &PROXY_CONFIGURATION_PROPERTIES;
});
static PROXY_CONFIGURATION_PROPERTIES: s::Schema = s::Schema::List { of: &KEY_VALUE_PAIR, size: s::Range::ANY };
static PROXY_CONFIGURATION_TYPE: s::Schema = s::Schema::Enum(&["APPMESH"]);
shape!(PutAccountSettingDefaultRequest PUT_ACCOUNT_SETTING_DEFAULT_REQUEST {
    name "name" String, &SETTING_NAME, required;
    value "value" String, &STRING, required;
});
shape!(PutAccountSettingDefaultResponse PUT_ACCOUNT_SETTING_DEFAULT_RESPONSE {
    setting "setting" Setting, &SETTING;
});
shape!(PutAccountSettingRequest PUT_ACCOUNT_SETTING_REQUEST {
    name "name" String, &SETTING_NAME, required;
    value "value" String, &STRING, required;
    principal_arn "principalArn" String, &STRING;
});
shape!(PutAccountSettingResponse PUT_ACCOUNT_SETTING_RESPONSE {
    setting "setting" Setting, &SETTING;
});
shape!(PutAttributesRequest PUT_ATTRIBUTES_REQUEST {
    cluster "cluster" String, &STRING;
    attributes "attributes" Vec<Attribute>, &ATTRIBUTES, required;
});
shape!(PutAttributesResponse PUT_ATTRIBUTES_RESPONSE {
    attributes "attributes" Vec<Attribute>, &ATTRIBUTES;
});
shape!(PutClusterCapacityProvidersRequest PUT_CLUSTER_CAPACITY_PROVIDERS_REQUEST {
    cluster "cluster" String, &STRING, required;
    capacity_providers "capacityProviders" Vec<String>, &STRING_LIST, required;
    default_capacity_provider_strategy "defaultCapacityProviderStrategy" Vec<CapacityProviderStrategyItem>, &CAPACITY_PROVIDER_STRATEGY, required;
});
shape!(PutClusterCapacityProvidersResponse PUT_CLUSTER_CAPACITY_PROVIDERS_RESPONSE {
    cluster "cluster" Cluster, &CLUSTER;
});
shape!(RegisterContainerInstanceRequest REGISTER_CONTAINER_INSTANCE_REQUEST {
    cluster "cluster" String, &STRING;
    instance_identity_document "instanceIdentityDocument" String, &STRING;
    instance_identity_document_signature "instanceIdentityDocumentSignature" String, &STRING;
    total_resources "totalResources" Vec<Resource>, &RESOURCES;
    version_info "versionInfo" VersionInfo, &VERSION_INFO;
    container_instance_arn "containerInstanceArn" String, &STRING;
    attributes "attributes" Vec<Attribute>, &ATTRIBUTES;
    platform_devices "platformDevices" Vec<PlatformDevice>, &PLATFORM_DEVICES;
    tags "tags" Vec<Tag>, &TAGS;
});
shape!(RegisterContainerInstanceResponse REGISTER_CONTAINER_INSTANCE_RESPONSE {
    container_instance "containerInstance" ContainerInstance, &CONTAINER_INSTANCE;
});
shape!(RegisterDaemonTaskDefinitionRequest REGISTER_DAEMON_TASK_DEFINITION_REQUEST {
    family "family" String, &STRING, required;
    task_role_arn "taskRoleArn" String, &STRING;
    execution_role_arn "executionRoleArn" String, &STRING;
    container_definitions "containerDefinitions" Vec<DaemonContainerDefinition>, &DAEMON_CONTAINER_DEFINITION_LIST, required;
    cpu "cpu" String, &STRING;
    memory "memory" String, &STRING;
    volumes "volumes" Vec<DaemonVolume>, &DAEMON_VOLUME_LIST;
    tags "tags" Vec<Tag>, &TAGS;
    pid_mode "pidMode" String, &DAEMON_PID_MODE;
    ipc_mode "ipcMode" String, &DAEMON_IPC_MODE;
});
shape!(RegisterDaemonTaskDefinitionResponse REGISTER_DAEMON_TASK_DEFINITION_RESPONSE {
    daemon_task_definition_arn "daemonTaskDefinitionArn" String, &STRING;
});
shape!(RegisterTaskDefinitionRequest REGISTER_TASK_DEFINITION_REQUEST {
    family "family" String, &STRING, required;
    task_role_arn "taskRoleArn" String, &STRING;
    execution_role_arn "executionRoleArn" String, &STRING;
    network_mode "networkMode" String, &NETWORK_MODE;
    container_definitions "containerDefinitions" Vec<ContainerDefinition>, &CONTAINER_DEFINITIONS, required;
    volumes "volumes" Vec<Volume>, &VOLUME_LIST;
    placement_constraints "placementConstraints" Vec<TaskDefinitionPlacementConstraint>, &TASK_DEFINITION_PLACEMENT_CONSTRAINTS;
    requires_compatibilities "requiresCompatibilities" Vec<String>, &COMPATIBILITY_LIST;
    cpu "cpu" String, &STRING;
    memory "memory" String, &STRING;
    tags "tags" Vec<Tag>, &TAGS;
    pid_mode "pidMode" String, &PID_MODE;
    ipc_mode "ipcMode" String, &IPC_MODE;
    proxy_configuration "proxyConfiguration" ProxyConfiguration, &PROXY_CONFIGURATION;
    inference_accelerators "inferenceAccelerators" Vec<InferenceAccelerator>, &INFERENCE_ACCELERATORS;
    ephemeral_storage "ephemeralStorage" EphemeralStorage, &EPHEMERAL_STORAGE;
    runtime_platform "runtimePlatform" RuntimePlatform, &RUNTIME_PLATFORM;
    enable_fault_injection "enableFaultInjection" bool, &BOXED_BOOLEAN;
    trusted_execution_configuration "trustedExecutionConfiguration" TrustedExecutionConfiguration, &TRUSTED_EXECUTION_CONFIGURATION;
});
shape!(RegisterTaskDefinitionResponse REGISTER_TASK_DEFINITION_RESPONSE {
    task_definition "taskDefinition" TaskDefinition, &TASK_DEFINITION;
    tags "tags" Vec<Tag>, &TAGS;
});
shape!(RepositoryCredentials REPOSITORY_CREDENTIALS {
    credentials_parameter "credentialsParameter" String, &STRING, required;
});
static REQUIRES_ATTRIBUTES: s::Schema = s::Schema::List { of: &ATTRIBUTE, size: s::Range::ANY };
shape!(ResolvedConfiguration RESOLVED_CONFIGURATION {
    load_balancers "loadBalancers" Vec<ServiceRevisionLoadBalancer>, &SERVICE_REVISION_LOAD_BALANCERS;
    vpc_lattice_configurations "vpcLatticeConfigurations" Vec<ServiceRevisionVpcLatticeConfiguration>, &SERVICE_REVISION_VPC_LATTICE_CONFIGURATIONS;
});
shape!(Resource RESOURCE {
    name "name" String, &STRING;
    r#type "type" String, &STRING;
    double_value "doubleValue" f64, &DOUBLE;
    long_value "longValue" i64, &LONG;
    integer_value "integerValue" i32, &INTEGER;
    string_set_value "stringSetValue" Vec<String>, &STRING_LIST;
});
static RESOURCE_MANAGEMENT_TYPE: s::Schema = s::Schema::Enum(&["CUSTOMER", "ECS"]);
shape!(ResourceRequirement RESOURCE_REQUIREMENT {
    value "value" String, &STRING;
    r#type "type" String, &RESOURCE_TYPE, required;
    sharing_strategy "sharingStrategy" SharingStrategy, &SHARING_STRATEGY;
});
static RESOURCE_REQUIREMENTS: s::Schema = s::Schema::List { of: &RESOURCE_REQUIREMENT, size: s::Range::ANY };
static RESOURCE_TYPE: s::Schema = s::Schema::Enum(&["GPU", "InferenceAccelerator", "NeuronDevice"]);
static RESOURCES: s::Schema = s::Schema::List { of: &RESOURCE, size: s::Range::ANY };
shape!(Rollback ROLLBACK {
    reason "reason" String, &STRING;
    started_at "startedAt" wire::time::Time, &TIMESTAMP;
    service_revision_arn "serviceRevisionArn" String, &STRING;
});
shape!(RunTaskRequest RUN_TASK_REQUEST {
    capacity_provider_strategy "capacityProviderStrategy" Vec<CapacityProviderStrategyItem>, &CAPACITY_PROVIDER_STRATEGY;
    cluster "cluster" String, &STRING;
    count "count" i32, &BOXED_INTEGER;
    enable_ecs_managed_tags "enableECSManagedTags" bool, &BOOLEAN;
    enable_execute_command "enableExecuteCommand" bool, &BOOLEAN;
    group "group" String, &STRING;
    launch_type "launchType" String, &LAUNCH_TYPE;
    network_configuration "networkConfiguration" NetworkConfiguration, &NETWORK_CONFIGURATION;
    overrides "overrides" TaskOverride, &TASK_OVERRIDE;
    placement_constraints "placementConstraints" Vec<PlacementConstraint>, &PLACEMENT_CONSTRAINTS;
    placement_strategy "placementStrategy" Vec<PlacementStrategy>, &PLACEMENT_STRATEGIES;
    platform_version "platformVersion" String, &STRING;
    propagate_tags "propagateTags" String, &PROPAGATE_TAGS;
    reference_id "referenceId" String, &STRING;
    started_by "startedBy" String, &STRING;
    tags "tags" Vec<Tag>, &TAGS;
    task_definition "taskDefinition" String, &STRING, required;
    client_token "clientToken" String, &STRING;
    volume_configurations "volumeConfigurations" Vec<TaskVolumeConfiguration>, &TASK_VOLUME_CONFIGURATIONS;
});
shape!(RunTaskResponse RUN_TASK_RESPONSE {
    tasks "tasks" Vec<Task>, &TASKS;
    failures "failures" Vec<Failure>, &FAILURES;
});
shape!(RuntimePlatform RUNTIME_PLATFORM {
    cpu_architecture "cpuArchitecture" String, &CPU_ARCHITECTURE;
    operating_system_family "operatingSystemFamily" String, &OS_FAMILY;
});
shape!(RuntimePlatformOverride RUNTIME_PLATFORM_OVERRIDE {
    cpu_architecture "cpuArchitecture" String, &STRING;
});
shape!(S3FilesVolumeConfiguration S3_FILES_VOLUME_CONFIGURATION {
    file_system_arn "fileSystemArn" String, &STRING, required;
    root_directory "rootDirectory" String, &STRING;
    transit_encryption_port "transitEncryptionPort" i32, &BOXED_INTEGER;
    access_point_arn "accessPointArn" String, &STRING;
});
shape!(Scale SCALE {
    value "value" f64, &DOUBLE;
    unit "unit" String, &SCALE_UNIT;
});
static SCALE_UNIT: s::Schema = s::Schema::Enum(&["PERCENT"]);
static SCHEDULING_STRATEGY: s::Schema = s::Schema::Enum(&["REPLICA", "DAEMON"]);
static SCOPE: s::Schema = s::Schema::Enum(&["task", "shared"]);
shape!(Secret SECRET {
    name "name" String, &STRING, required;
    value_from "valueFrom" String, &STRING, required;
});
static SECRET_LIST: s::Schema = s::Schema::List { of: &SECRET, size: s::Range::ANY };
static SENSITIVE_STRING: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
shape!(Service SERVICE {
    service_arn "serviceArn" String, &STRING;
    service_name "serviceName" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    load_balancers "loadBalancers" Vec<LoadBalancer>, &LOAD_BALANCERS;
    service_registries "serviceRegistries" Vec<ServiceRegistry>, &SERVICE_REGISTRIES;
    status "status" String, &STRING;
    desired_count "desiredCount" i32, &INTEGER;
    running_count "runningCount" i32, &INTEGER;
    pending_count "pendingCount" i32, &INTEGER;
    launch_type "launchType" String, &LAUNCH_TYPE;
    capacity_provider_strategy "capacityProviderStrategy" Vec<CapacityProviderStrategyItem>, &CAPACITY_PROVIDER_STRATEGY;
    platform_version "platformVersion" String, &STRING;
    platform_family "platformFamily" String, &STRING;
    task_definition "taskDefinition" String, &STRING;
    deployment_configuration "deploymentConfiguration" DeploymentConfiguration, &DEPLOYMENT_CONFIGURATION;
    task_sets "taskSets" Vec<TaskSet>, &TASK_SETS;
    deployments "deployments" Vec<Deployment>, &DEPLOYMENTS;
    role_arn "roleArn" String, &STRING;
    events "events" Vec<ServiceEvent>, &SERVICE_EVENTS;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    current_service_deployment "currentServiceDeployment" String, &STRING;
    current_service_revisions "currentServiceRevisions" Vec<ServiceCurrentRevisionSummary>, &SERVICE_CURRENT_REVISION_SUMMARY_LIST;
    placement_constraints "placementConstraints" Vec<PlacementConstraint>, &PLACEMENT_CONSTRAINTS;
    placement_strategy "placementStrategy" Vec<PlacementStrategy>, &PLACEMENT_STRATEGIES;
    network_configuration "networkConfiguration" NetworkConfiguration, &NETWORK_CONFIGURATION;
    health_check_grace_period_seconds "healthCheckGracePeriodSeconds" i32, &BOXED_INTEGER;
    scheduling_strategy "schedulingStrategy" String, &SCHEDULING_STRATEGY;
    deployment_controller "deploymentController" DeploymentController, &DEPLOYMENT_CONTROLLER;
    tags "tags" Vec<Tag>, &TAGS;
    created_by "createdBy" String, &STRING;
    enable_ecs_managed_tags "enableECSManagedTags" bool, &BOOLEAN;
    propagate_tags "propagateTags" String, &PROPAGATE_TAGS;
    enable_execute_command "enableExecuteCommand" bool, &BOOLEAN;
    availability_zone_rebalancing "availabilityZoneRebalancing" String, &AVAILABILITY_ZONE_REBALANCING;
    resource_management_type "resourceManagementType" String, &RESOURCE_MANAGEMENT_TYPE;
});
shape!(ServiceConnectAccessLogConfiguration SERVICE_CONNECT_ACCESS_LOG_CONFIGURATION {
    format "format" String, &SERVICE_CONNECT_ACCESS_LOGGING_FORMAT, required;
    include_query_parameters "includeQueryParameters" String, &SERVICE_CONNECT_INCLUDE_QUERY_PARAMETERS;
});
static SERVICE_CONNECT_ACCESS_LOGGING_FORMAT: s::Schema = s::Schema::Enum(&["TEXT", "JSON"]);
shape!(ServiceConnectClientAlias SERVICE_CONNECT_CLIENT_ALIAS {
    port "port" i32, &PORT_NUMBER, required;
    dns_name "dnsName" String, &STRING;
    test_traffic_rules "testTrafficRules" ServiceConnectTestTrafficRules, &SERVICE_CONNECT_TEST_TRAFFIC_RULES;
});
static SERVICE_CONNECT_CLIENT_ALIAS_LIST: s::Schema = s::Schema::List { of: &SERVICE_CONNECT_CLIENT_ALIAS, size: s::Range::ANY };
shape!(ServiceConnectConfiguration SERVICE_CONNECT_CONFIGURATION {
    enabled "enabled" bool, &BOOLEAN, required;
    namespace "namespace" String, &STRING;
    services "services" Vec<ServiceConnectService>, &SERVICE_CONNECT_SERVICE_LIST;
    log_configuration "logConfiguration" LogConfiguration, &LOG_CONFIGURATION;
    access_log_configuration "accessLogConfiguration" ServiceConnectAccessLogConfiguration, &SERVICE_CONNECT_ACCESS_LOG_CONFIGURATION;
    container_configurations "containerConfigurations" Vec<ServiceConnectContainerConfiguration>, &SERVICE_CONNECT_CONTAINER_CONFIGURATIONS;
});
shape!(ServiceConnectContainerConfiguration SERVICE_CONNECT_CONTAINER_CONFIGURATION {
    log_level "logLevel" String, &SERVICE_CONNECT_CONTAINER_LOG_LEVEL;
});
static SERVICE_CONNECT_CONTAINER_CONFIGURATIONS: s::Schema = s::Schema::List { of: &SERVICE_CONNECT_CONTAINER_CONFIGURATION, size: s::Range { min: Some(0), max: Some(10) } };
static SERVICE_CONNECT_CONTAINER_LOG_LEVEL: s::Schema = s::Schema::Enum(&["debug", "info"]);
static SERVICE_CONNECT_INCLUDE_QUERY_PARAMETERS: s::Schema = s::Schema::Enum(&["DISABLED", "ENABLED"]);
shape!(ServiceConnectService SERVICE_CONNECT_SERVICE {
    port_name "portName" String, &STRING, required;
    discovery_name "discoveryName" String, &STRING;
    client_aliases "clientAliases" Vec<ServiceConnectClientAlias>, &SERVICE_CONNECT_CLIENT_ALIAS_LIST;
    ingress_port_override "ingressPortOverride" i32, &PORT_NUMBER;
    timeout "timeout" TimeoutConfiguration, &TIMEOUT_CONFIGURATION;
    tls "tls" ServiceConnectTlsConfiguration, &SERVICE_CONNECT_TLS_CONFIGURATION;
});
static SERVICE_CONNECT_SERVICE_LIST: s::Schema = s::Schema::List { of: &SERVICE_CONNECT_SERVICE, size: s::Range::ANY };
shape!(ServiceConnectServiceResource SERVICE_CONNECT_SERVICE_RESOURCE {
    discovery_name "discoveryName" String, &STRING;
    discovery_arn "discoveryArn" String, &STRING;
});
static SERVICE_CONNECT_SERVICE_RESOURCE_LIST: s::Schema = s::Schema::List { of: &SERVICE_CONNECT_SERVICE_RESOURCE, size: s::Range::ANY };
shape!(ServiceConnectTestTrafficHeaderMatchRules SERVICE_CONNECT_TEST_TRAFFIC_HEADER_MATCH_RULES {
    exact "exact" String, &STRING, required;
});
shape!(ServiceConnectTestTrafficHeaderRules SERVICE_CONNECT_TEST_TRAFFIC_HEADER_RULES {
    name "name" String, &STRING, required;
    value "value" ServiceConnectTestTrafficHeaderMatchRules, &SERVICE_CONNECT_TEST_TRAFFIC_HEADER_MATCH_RULES;
});
shape!(ServiceConnectTestTrafficRules SERVICE_CONNECT_TEST_TRAFFIC_RULES {
    header "header" ServiceConnectTestTrafficHeaderRules, &SERVICE_CONNECT_TEST_TRAFFIC_HEADER_RULES, required;
});
shape!(ServiceConnectTlsCertificateAuthority SERVICE_CONNECT_TLS_CERTIFICATE_AUTHORITY {
    aws_pca_authority_arn "awsPcaAuthorityArn" String, &STRING;
});
shape!(ServiceConnectTlsConfiguration SERVICE_CONNECT_TLS_CONFIGURATION {
    issuer_certificate_authority "issuerCertificateAuthority" ServiceConnectTlsCertificateAuthority, &SERVICE_CONNECT_TLS_CERTIFICATE_AUTHORITY, required;
    kms_key "kmsKey" String, &STRING;
    role_arn "roleArn" String, &STRING;
});
shape!(ServiceCurrentRevisionSummary SERVICE_CURRENT_REVISION_SUMMARY {
    arn "arn" String, &STRING;
    requested_task_count "requestedTaskCount" i32, &INTEGER;
    running_task_count "runningTaskCount" i32, &INTEGER;
    pending_task_count "pendingTaskCount" i32, &INTEGER;
});
static SERVICE_CURRENT_REVISION_SUMMARY_LIST: s::Schema = s::Schema::List { of: &SERVICE_CURRENT_REVISION_SUMMARY, size: s::Range::ANY };
shape!(ServiceDeployment SERVICE_DEPLOYMENT {
    service_deployment_arn "serviceDeploymentArn" String, &STRING;
    service_arn "serviceArn" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    started_at "startedAt" wire::time::Time, &TIMESTAMP;
    finished_at "finishedAt" wire::time::Time, &TIMESTAMP;
    stopped_at "stoppedAt" wire::time::Time, &TIMESTAMP;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP;
    source_service_revisions "sourceServiceRevisions" Vec<ServiceRevisionSummary>, &SERVICE_REVISIONS_SUMMARY_LIST;
    target_service_revision "targetServiceRevision" ServiceRevisionSummary, &SERVICE_REVISION_SUMMARY;
    status "status" String, &SERVICE_DEPLOYMENT_STATUS;
    status_reason "statusReason" String, &STRING;
    lifecycle_stage "lifecycleStage" String, &SERVICE_DEPLOYMENT_LIFECYCLE_STAGE;
    lifecycle_hook_details "lifecycleHookDetails" Vec<DeploymentLifecycleHookDetail>, &DEPLOYMENT_LIFECYCLE_HOOK_DETAIL_LIST;
    deployment_configuration "deploymentConfiguration" DeploymentConfiguration, &DEPLOYMENT_CONFIGURATION;
    rollback "rollback" Rollback, &ROLLBACK;
    deployment_circuit_breaker "deploymentCircuitBreaker" ServiceDeploymentCircuitBreaker, &SERVICE_DEPLOYMENT_CIRCUIT_BREAKER;
    alarms "alarms" ServiceDeploymentAlarms, &SERVICE_DEPLOYMENT_ALARMS;
});
shape!(ServiceDeploymentAlarms SERVICE_DEPLOYMENT_ALARMS {
    status "status" String, &SERVICE_DEPLOYMENT_ROLLBACK_MONITORS_STATUS;
    alarm_names "alarmNames" Vec<String>, &STRING_LIST;
    triggered_alarm_names "triggeredAlarmNames" Vec<String>, &STRING_LIST;
});
shape!(ServiceDeploymentBrief SERVICE_DEPLOYMENT_BRIEF {
    service_deployment_arn "serviceDeploymentArn" String, &STRING;
    service_arn "serviceArn" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    started_at "startedAt" wire::time::Time, &TIMESTAMP;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    finished_at "finishedAt" wire::time::Time, &TIMESTAMP;
    target_service_revision_arn "targetServiceRevisionArn" String, &STRING;
    status "status" String, &SERVICE_DEPLOYMENT_STATUS;
    status_reason "statusReason" String, &STRING;
});
shape!(ServiceDeploymentCircuitBreaker SERVICE_DEPLOYMENT_CIRCUIT_BREAKER {
    status "status" String, &SERVICE_DEPLOYMENT_ROLLBACK_MONITORS_STATUS;
    failure_count "failureCount" i32, &INTEGER;
    threshold "threshold" i32, &INTEGER;
});
static SERVICE_DEPLOYMENT_LIFECYCLE_STAGE: s::Schema = s::Schema::Enum(&["RECONCILE_SERVICE", "PRE_SCALE_UP", "SCALE_UP", "POST_SCALE_UP", "TEST_TRAFFIC_SHIFT", "POST_TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT", "BAKE_TIME", "CLEAN_UP"]);
static SERVICE_DEPLOYMENT_ROLLBACK_MONITORS_STATUS: s::Schema = s::Schema::Enum(&["TRIGGERED", "MONITORING", "MONITORING_COMPLETE", "DISABLED"]);
static SERVICE_DEPLOYMENT_STATUS: s::Schema = s::Schema::Enum(&["PENDING", "SUCCESSFUL", "STOPPED", "STOP_REQUESTED", "IN_PROGRESS", "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED"]);
static SERVICE_DEPLOYMENT_STATUS_LIST: s::Schema = s::Schema::List { of: &SERVICE_DEPLOYMENT_STATUS, size: s::Range::ANY };
static SERVICE_DEPLOYMENTS: s::Schema = s::Schema::List { of: &SERVICE_DEPLOYMENT, size: s::Range::ANY };
static SERVICE_DEPLOYMENTS_BRIEF: s::Schema = s::Schema::List { of: &SERVICE_DEPLOYMENT_BRIEF, size: s::Range::ANY };
shape!(ServiceEvent SERVICE_EVENT {
    id "id" String, &STRING;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    message "message" String, &STRING;
});
static SERVICE_EVENTS: s::Schema = s::Schema::List { of: &SERVICE_EVENT, size: s::Range::ANY };
static SERVICE_FIELD: s::Schema = s::Schema::Enum(&["TAGS"]);
static SERVICE_FIELD_LIST: s::Schema = s::Schema::List { of: &SERVICE_FIELD, size: s::Range::ANY };
shape!(ServiceManagedEBSVolumeConfiguration SERVICE_MANAGED_EBS_VOLUME_CONFIGURATION {
    encrypted "encrypted" bool, &BOXED_BOOLEAN;
    kms_key_id "kmsKeyId" String, &EBSKMS_KEY_ID;
    volume_type "volumeType" String, &EBS_VOLUME_TYPE;
    size_in_gi_b "sizeInGiB" i32, &BOXED_INTEGER;
    snapshot_id "snapshotId" String, &EBS_SNAPSHOT_ID;
    volume_initialization_rate "volumeInitializationRate" i32, &BOXED_INTEGER;
    iops "iops" i32, &BOXED_INTEGER;
    throughput "throughput" i32, &BOXED_INTEGER;
    tag_specifications "tagSpecifications" Vec<EBSTagSpecification>, &EBS_TAG_SPECIFICATIONS;
    role_arn "roleArn" String, &IAM_ROLE_ARN, required;
    filesystem_type "filesystemType" String, &TASK_FILESYSTEM_TYPE;
});
static SERVICE_REGISTRIES: s::Schema = s::Schema::List { of: &SERVICE_REGISTRY, size: s::Range::ANY };
shape!(ServiceRegistry SERVICE_REGISTRY {
    registry_arn "registryArn" String, &STRING;
    port "port" i32, &BOXED_INTEGER;
    container_name "containerName" String, &STRING;
    container_port "containerPort" i32, &BOXED_INTEGER;
});
shape!(ServiceRevision SERVICE_REVISION {
    service_revision_arn "serviceRevisionArn" String, &STRING;
    service_arn "serviceArn" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    task_definition "taskDefinition" String, &STRING;
    capacity_provider_strategy "capacityProviderStrategy" Vec<CapacityProviderStrategyItem>, &CAPACITY_PROVIDER_STRATEGY;
    launch_type "launchType" String, &LAUNCH_TYPE;
    platform_version "platformVersion" String, &STRING;
    platform_family "platformFamily" String, &STRING;
    load_balancers "loadBalancers" Vec<LoadBalancer>, &LOAD_BALANCERS;
    service_registries "serviceRegistries" Vec<ServiceRegistry>, &SERVICE_REGISTRIES;
    network_configuration "networkConfiguration" NetworkConfiguration, &NETWORK_CONFIGURATION;
    container_images "containerImages" Vec<ContainerImage>, &CONTAINER_IMAGES;
    guard_duty_enabled "guardDutyEnabled" bool, &BOOLEAN;
    service_connect_configuration "serviceConnectConfiguration" ServiceConnectConfiguration, &SERVICE_CONNECT_CONFIGURATION;
    volume_configurations "volumeConfigurations" Vec<ServiceVolumeConfiguration>, &SERVICE_VOLUME_CONFIGURATIONS;
    fargate_ephemeral_storage "fargateEphemeralStorage" DeploymentEphemeralStorage, &DEPLOYMENT_EPHEMERAL_STORAGE;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    vpc_lattice_configurations "vpcLatticeConfigurations" Vec<VpcLatticeConfiguration>, &VPC_LATTICE_CONFIGURATIONS;
    resolved_configuration "resolvedConfiguration" ResolvedConfiguration, &RESOLVED_CONFIGURATION;
    ecs_managed_resources "ecsManagedResources" ECSManagedResources, &ECS_MANAGED_RESOURCES;
    overrides "overrides" ServiceRevisionOverrides, &SERVICE_REVISION_OVERRIDES;
    gateway_connectors "gatewayConnectors" Vec<GatewayConnector>, &GATEWAY_CONNECTOR_LIST;
    monitoring "monitoring" MonitoringConfiguration, &MONITORING_CONFIGURATION;
});
static SERVICE_REVISION_CLEANUP: s::Schema = s::Schema::Enum(&["BLOCKING", "DEFERRED"]);
shape!(ServiceRevisionLoadBalancer SERVICE_REVISION_LOAD_BALANCER {
    target_group_arn "targetGroupArn" String, &STRING;
    production_listener_rule "productionListenerRule" String, &STRING;
});
static SERVICE_REVISION_LOAD_BALANCERS: s::Schema = s::Schema::List { of: &SERVICE_REVISION_LOAD_BALANCER, size: s::Range::ANY };
shape!(ServiceRevisionOverrides SERVICE_REVISION_OVERRIDES {
    runtime_platform "runtimePlatform" RuntimePlatformOverride, &RUNTIME_PLATFORM_OVERRIDE;
});
shape!(ServiceRevisionSummary SERVICE_REVISION_SUMMARY {
    arn "arn" String, &STRING;
    requested_task_count "requestedTaskCount" i32, &INTEGER;
    running_task_count "runningTaskCount" i32, &INTEGER;
    pending_task_count "pendingTaskCount" i32, &INTEGER;
    requested_test_traffic_weight "requestedTestTrafficWeight" f64, &DOUBLE;
    requested_production_traffic_weight "requestedProductionTrafficWeight" f64, &DOUBLE;
});
shape!(ServiceRevisionVpcLatticeConfiguration SERVICE_REVISION_VPC_LATTICE_CONFIGURATION {
    target_group_arn "targetGroupArn" String, &STRING;
    production_listener_rule "productionListenerRule" String, &STRING;
});
static SERVICE_REVISION_VPC_LATTICE_CONFIGURATIONS: s::Schema = s::Schema::List { of: &SERVICE_REVISION_VPC_LATTICE_CONFIGURATION, size: s::Range::ANY };
static SERVICE_REVISIONS: s::Schema = s::Schema::List { of: &SERVICE_REVISION, size: s::Range::ANY };
static SERVICE_REVISIONS_SUMMARY_LIST: s::Schema = s::Schema::List { of: &SERVICE_REVISION_SUMMARY, size: s::Range::ANY };
shape!(ServiceVolumeConfiguration SERVICE_VOLUME_CONFIGURATION {
    name "name" String, &ECS_VOLUME_NAME, required;
    managed_ebs_volume "managedEBSVolume" ServiceManagedEBSVolumeConfiguration, &SERVICE_MANAGED_EBS_VOLUME_CONFIGURATION;
});
static SERVICE_VOLUME_CONFIGURATIONS: s::Schema = s::Schema::List { of: &SERVICE_VOLUME_CONFIGURATION, size: s::Range::ANY };
static SERVICES: s::Schema = s::Schema::List { of: &SERVICE, size: s::Range::ANY };
shape!(Session SESSION {
    session_id "sessionId" String, &STRING;
    stream_url "streamUrl" String, &STRING;
    token_value "tokenValue" String, &SENSITIVE_STRING;
});
shape!(Setting SETTING {
    name "name" String, &SETTING_NAME;
    value "value" String, &STRING;
    principal_arn "principalArn" String, &STRING;
    r#type "type" String, &SETTING_TYPE;
});
static SETTING_NAME: s::Schema = s::Schema::Enum(&["serviceLongArnFormat", "taskLongArnFormat", "containerInstanceLongArnFormat", "awsvpcTrunking", "containerInsights", "fargateFIPSMode", "tagResourceAuthorization", "fargateTaskRetirementWaitPeriod", "guardDutyActivate", "defaultLogDriverMode", "fargateEventWindows"]);
static SETTING_TYPE: s::Schema = s::Schema::Enum(&["user", "aws_managed"]);
static SETTINGS: s::Schema = s::Schema::List { of: &SETTING, size: s::Range::ANY };
shape!(SharingStrategy SHARING_STRATEGY {
    nvidia_mps "nvidiaMps" NvidiaMpsAllocation, &NVIDIA_MPS_ALLOCATION;
});
static SORT_ORDER: s::Schema = s::Schema::Enum(&["ASC", "DESC"]);
static STABILITY_STATUS: s::Schema = s::Schema::Enum(&["STEADY_STATE", "STABILIZING"]);
shape!(StartTaskRequest START_TASK_REQUEST {
    cluster "cluster" String, &STRING;
    container_instances "containerInstances" Vec<String>, &STRING_LIST, required;
    enable_ecs_managed_tags "enableECSManagedTags" bool, &BOOLEAN;
    enable_execute_command "enableExecuteCommand" bool, &BOOLEAN;
    group "group" String, &STRING;
    network_configuration "networkConfiguration" NetworkConfiguration, &NETWORK_CONFIGURATION;
    overrides "overrides" TaskOverride, &TASK_OVERRIDE;
    propagate_tags "propagateTags" String, &PROPAGATE_TAGS;
    reference_id "referenceId" String, &STRING;
    started_by "startedBy" String, &STRING;
    tags "tags" Vec<Tag>, &TAGS;
    task_definition "taskDefinition" String, &STRING, required;
    volume_configurations "volumeConfigurations" Vec<TaskVolumeConfiguration>, &TASK_VOLUME_CONFIGURATIONS;
});
shape!(StartTaskResponse START_TASK_RESPONSE {
    tasks "tasks" Vec<Task>, &TASKS;
    failures "failures" Vec<Failure>, &FAILURES;
});
static STATISTICS: s::Schema = s::Schema::List { of: &KEY_VALUE_PAIR, size: s::Range::ANY };
shape!(StopServiceDeploymentRequest STOP_SERVICE_DEPLOYMENT_REQUEST {
    service_deployment_arn "serviceDeploymentArn" String, &STRING, required;
    stop_type "stopType" String, &STOP_SERVICE_DEPLOYMENT_STOP_TYPE;
});
shape!(StopServiceDeploymentResponse STOP_SERVICE_DEPLOYMENT_RESPONSE {
    service_deployment_arn "serviceDeploymentArn" String, &STRING;
});
static STOP_SERVICE_DEPLOYMENT_STOP_TYPE: s::Schema = s::Schema::Enum(&["ABORT", "ROLLBACK"]);
shape!(StopTaskRequest STOP_TASK_REQUEST {
    cluster "cluster" String, &STRING;
    task "task" String, &STRING, required;
    reason "reason" String, &STRING;
});
shape!(StopTaskResponse STOP_TASK_RESPONSE {
    task "task" Task, &TASK;
});
static STRING: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
static STRING_LIST: s::Schema = s::Schema::List { of: &STRING, size: s::Range::ANY };
static STRING_MAP: s::Schema = s::Schema::Map { of: &STRING };
shape!(SubmitAttachmentStateChangesRequest SUBMIT_ATTACHMENT_STATE_CHANGES_REQUEST {
    cluster "cluster" String, &STRING;
    attachments "attachments" Vec<AttachmentStateChange>, &ATTACHMENT_STATE_CHANGES, required;
});
shape!(SubmitAttachmentStateChangesResponse SUBMIT_ATTACHMENT_STATE_CHANGES_RESPONSE {
    acknowledgment "acknowledgment" String, &STRING;
});
shape!(SubmitContainerStateChangeRequest SUBMIT_CONTAINER_STATE_CHANGE_REQUEST {
    cluster "cluster" String, &STRING;
    task "task" String, &STRING;
    container_name "containerName" String, &STRING;
    runtime_id "runtimeId" String, &STRING;
    status "status" String, &STRING;
    exit_code "exitCode" i32, &BOXED_INTEGER;
    reason "reason" String, &STRING;
    network_bindings "networkBindings" Vec<NetworkBinding>, &NETWORK_BINDINGS;
});
shape!(SubmitContainerStateChangeResponse SUBMIT_CONTAINER_STATE_CHANGE_RESPONSE {
    acknowledgment "acknowledgment" String, &STRING;
});
shape!(SubmitTaskStateChangeRequest SUBMIT_TASK_STATE_CHANGE_REQUEST {
    cluster "cluster" String, &STRING;
    task "task" String, &STRING;
    status "status" String, &STRING;
    reason "reason" String, &STRING;
    containers "containers" Vec<ContainerStateChange>, &CONTAINER_STATE_CHANGES;
    attachments "attachments" Vec<AttachmentStateChange>, &ATTACHMENT_STATE_CHANGES;
    managed_agents "managedAgents" Vec<ManagedAgentStateChange>, &MANAGED_AGENT_STATE_CHANGES;
    pull_started_at "pullStartedAt" wire::time::Time, &TIMESTAMP;
    pull_stopped_at "pullStoppedAt" wire::time::Time, &TIMESTAMP;
    execution_stopped_at "executionStoppedAt" wire::time::Time, &TIMESTAMP;
});
shape!(SubmitTaskStateChangeResponse SUBMIT_TASK_STATE_CHANGE_RESPONSE {
    acknowledgment "acknowledgment" String, &STRING;
});
shape!(SystemControl SYSTEM_CONTROL {
    namespace "namespace" String, &STRING;
    value "value" String, &STRING;
});
static SYSTEM_CONTROLS: s::Schema = s::Schema::List { of: &SYSTEM_CONTROL, size: s::Range::ANY };
shape!(Tag TAG {
    key "key" String, &TAG_KEY;
    value "value" String, &TAG_VALUE;
});
static TAG_KEY: s::Schema = s::Schema::Str { length: s::Range { min: Some(1), max: Some(128) }, pattern: Some(&s::Pattern { text: "([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)", ranges: &[('_', '_'), ('.', '.'), (':', ':'), ('/', '/'), ('=', '='), ('+', '+'), ('-', '-'), ('@', '@')], letters: true, numbers: true, separators: true, one_or_more: false }) };
static TAG_KEYS: s::Schema = s::Schema::List { of: &TAG_KEY, size: s::Range::ANY };
shape!(TagResourceRequest TAG_RESOURCE_REQUEST {
    resource_arn "resourceArn" String, &STRING, required;
    tags "tags" Vec<Tag>, &TAGS, required;
});
shape!(TagResourceResponse TAG_RESOURCE_RESPONSE {
});
static TAG_VALUE: s::Schema = s::Schema::Str { length: s::Range { min: Some(0), max: Some(256) }, pattern: Some(&s::Pattern { text: "([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)", ranges: &[('_', '_'), ('.', '.'), (':', ':'), ('/', '/'), ('=', '='), ('+', '+'), ('-', '-'), ('@', '@')], letters: true, numbers: true, separators: true, one_or_more: false }) };
static TAGS: s::Schema = s::Schema::List { of: &TAG, size: s::Range { min: Some(0), max: Some(50) } };
static TARGET_TYPE: s::Schema = s::Schema::Enum(&["container-instance"]);
shape!(Task TASK {
    attachments "attachments" Vec<Attachment>, &ATTACHMENTS;
    attributes "attributes" Vec<Attribute>, &ATTRIBUTES;
    availability_zone "availabilityZone" String, &STRING;
    capacity_provider_name "capacityProviderName" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    connectivity "connectivity" String, &CONNECTIVITY;
    connectivity_at "connectivityAt" wire::time::Time, &TIMESTAMP;
    container_instance_arn "containerInstanceArn" String, &STRING;
    containers "containers" Vec<Container>, &CONTAINERS;
    cpu "cpu" String, &STRING;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    desired_status "desiredStatus" String, &STRING;
    enable_execute_command "enableExecuteCommand" bool, &BOOLEAN;
    execution_stopped_at "executionStoppedAt" wire::time::Time, &TIMESTAMP;
    group "group" String, &STRING;
    health_status "healthStatus" String, &HEALTH_STATUS;
    inference_accelerators "inferenceAccelerators" Vec<InferenceAccelerator>, &INFERENCE_ACCELERATORS;
    last_status "lastStatus" String, &STRING;
    launch_type "launchType" String, &LAUNCH_TYPE;
    memory "memory" String, &STRING;
    overrides "overrides" TaskOverride, &TASK_OVERRIDE;
    platform_version "platformVersion" String, &STRING;
    platform_family "platformFamily" String, &STRING;
    pull_started_at "pullStartedAt" wire::time::Time, &TIMESTAMP;
    pull_stopped_at "pullStoppedAt" wire::time::Time, &TIMESTAMP;
    started_at "startedAt" wire::time::Time, &TIMESTAMP;
    started_by "startedBy" String, &STRING;
    stop_code "stopCode" String, &TASK_STOP_CODE;
    stopped_at "stoppedAt" wire::time::Time, &TIMESTAMP;
    stopped_reason "stoppedReason" String, &STRING;
    stopping_at "stoppingAt" wire::time::Time, &TIMESTAMP;
    tags "tags" Vec<Tag>, &TAGS;
    task_arn "taskArn" String, &STRING;
    task_definition_arn "taskDefinitionArn" String, &STRING;
    version "version" i64, &LONG;
    ephemeral_storage "ephemeralStorage" EphemeralStorage, &EPHEMERAL_STORAGE;
    fargate_ephemeral_storage "fargateEphemeralStorage" TaskEphemeralStorage, &TASK_EPHEMERAL_STORAGE;
    trusted_execution_summary "trustedExecutionSummary" TrustedExecutionSummary, &TRUSTED_EXECUTION_SUMMARY;
});
shape!(TaskDefinition TASK_DEFINITION {
    task_definition_arn "taskDefinitionArn" String, &STRING;
    container_definitions "containerDefinitions" Vec<ContainerDefinition>, &CONTAINER_DEFINITIONS;
    family "family" String, &STRING;
    task_role_arn "taskRoleArn" String, &STRING;
    execution_role_arn "executionRoleArn" String, &STRING;
    network_mode "networkMode" String, &NETWORK_MODE;
    revision "revision" i32, &INTEGER;
    volumes "volumes" Vec<Volume>, &VOLUME_LIST;
    status "status" String, &TASK_DEFINITION_STATUS;
    requires_attributes "requiresAttributes" Vec<Attribute>, &REQUIRES_ATTRIBUTES;
    placement_constraints "placementConstraints" Vec<TaskDefinitionPlacementConstraint>, &TASK_DEFINITION_PLACEMENT_CONSTRAINTS;
    compatibilities "compatibilities" Vec<String>, &COMPATIBILITY_LIST;
    runtime_platform "runtimePlatform" RuntimePlatform, &RUNTIME_PLATFORM;
    requires_compatibilities "requiresCompatibilities" Vec<String>, &COMPATIBILITY_LIST;
    cpu "cpu" String, &STRING;
    memory "memory" String, &STRING;
    inference_accelerators "inferenceAccelerators" Vec<InferenceAccelerator>, &INFERENCE_ACCELERATORS;
    pid_mode "pidMode" String, &PID_MODE;
    ipc_mode "ipcMode" String, &IPC_MODE;
    proxy_configuration "proxyConfiguration" ProxyConfiguration, &PROXY_CONFIGURATION;
    registered_at "registeredAt" wire::time::Time, &TIMESTAMP;
    deregistered_at "deregisteredAt" wire::time::Time, &TIMESTAMP;
    delete_requested_at "deleteRequestedAt" wire::time::Time, &TIMESTAMP;
    registered_by "registeredBy" String, &STRING;
    ephemeral_storage "ephemeralStorage" EphemeralStorage, &EPHEMERAL_STORAGE;
    enable_fault_injection "enableFaultInjection" bool, &BOXED_BOOLEAN;
    trusted_execution_configuration "trustedExecutionConfiguration" TrustedExecutionConfiguration, &TRUSTED_EXECUTION_CONFIGURATION;
});
static TASK_DEFINITION_FAMILY_STATUS: s::Schema = s::Schema::Enum(&["ACTIVE", "INACTIVE", "ALL"]);
static TASK_DEFINITION_FIELD: s::Schema = s::Schema::Enum(&["TAGS"]);
static TASK_DEFINITION_FIELD_LIST: s::Schema = s::Schema::List { of: &TASK_DEFINITION_FIELD, size: s::Range::ANY };
static TASK_DEFINITION_LIST: s::Schema = s::Schema::List { of: &TASK_DEFINITION, size: s::Range::ANY };
shape!(TaskDefinitionPlacementConstraint TASK_DEFINITION_PLACEMENT_CONSTRAINT {
    r#type "type" String, &TASK_DEFINITION_PLACEMENT_CONSTRAINT_TYPE;
    expression "expression" String, &STRING;
});
static TASK_DEFINITION_PLACEMENT_CONSTRAINT_TYPE: s::Schema = s::Schema::Enum(&["memberOf"]);
static TASK_DEFINITION_PLACEMENT_CONSTRAINTS: s::Schema = s::Schema::List { of: &TASK_DEFINITION_PLACEMENT_CONSTRAINT, size: s::Range::ANY };
static TASK_DEFINITION_STATUS: s::Schema = s::Schema::Enum(&["ACTIVE", "INACTIVE", "DELETE_IN_PROGRESS"]);
shape!(TaskEphemeralStorage TASK_EPHEMERAL_STORAGE {
    size_in_gi_b "sizeInGiB" i32, &INTEGER;
    kms_key_id "kmsKeyId" String, &STRING;
});
static TASK_FIELD: s::Schema = s::Schema::Enum(&["TAGS"]);
static TASK_FIELD_LIST: s::Schema = s::Schema::List { of: &TASK_FIELD, size: s::Range::ANY };
static TASK_FILESYSTEM_TYPE: s::Schema = s::Schema::Enum(&["ext3", "ext4", "xfs", "ntfs"]);
shape!(TaskManagedEBSVolumeConfiguration TASK_MANAGED_EBS_VOLUME_CONFIGURATION {
    encrypted "encrypted" bool, &BOXED_BOOLEAN;
    kms_key_id "kmsKeyId" String, &EBSKMS_KEY_ID;
    volume_type "volumeType" String, &EBS_VOLUME_TYPE;
    size_in_gi_b "sizeInGiB" i32, &BOXED_INTEGER;
    snapshot_id "snapshotId" String, &EBS_SNAPSHOT_ID;
    volume_initialization_rate "volumeInitializationRate" i32, &BOXED_INTEGER;
    iops "iops" i32, &BOXED_INTEGER;
    throughput "throughput" i32, &BOXED_INTEGER;
    tag_specifications "tagSpecifications" Vec<EBSTagSpecification>, &EBS_TAG_SPECIFICATIONS;
    role_arn "roleArn" String, &IAM_ROLE_ARN, required;
    termination_policy "terminationPolicy" TaskManagedEBSVolumeTerminationPolicy, &TASK_MANAGED_EBS_VOLUME_TERMINATION_POLICY;
    filesystem_type "filesystemType" String, &TASK_FILESYSTEM_TYPE;
});
shape!(TaskManagedEBSVolumeTerminationPolicy TASK_MANAGED_EBS_VOLUME_TERMINATION_POLICY {
    delete_on_termination "deleteOnTermination" bool, &BOXED_BOOLEAN, required;
});
shape!(TaskOverride TASK_OVERRIDE {
    container_overrides "containerOverrides" Vec<ContainerOverride>, &CONTAINER_OVERRIDES;
    cpu "cpu" String, &STRING;
    inference_accelerator_overrides "inferenceAcceleratorOverrides" Vec<InferenceAcceleratorOverride>, &INFERENCE_ACCELERATOR_OVERRIDES;
    execution_role_arn "executionRoleArn" String, &STRING;
    memory "memory" String, &STRING;
    task_role_arn "taskRoleArn" String, &STRING;
    ephemeral_storage "ephemeralStorage" EphemeralStorage, &EPHEMERAL_STORAGE;
});
shape!(TaskSet TASK_SET {
    id "id" String, &STRING;
    task_set_arn "taskSetArn" String, &STRING;
    service_arn "serviceArn" String, &STRING;
    cluster_arn "clusterArn" String, &STRING;
    started_by "startedBy" String, &STRING;
    external_id "externalId" String, &STRING;
    status "status" String, &STRING;
    task_definition "taskDefinition" String, &STRING;
    computed_desired_count "computedDesiredCount" i32, &INTEGER;
    pending_count "pendingCount" i32, &INTEGER;
    running_count "runningCount" i32, &INTEGER;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP;
    launch_type "launchType" String, &LAUNCH_TYPE;
    capacity_provider_strategy "capacityProviderStrategy" Vec<CapacityProviderStrategyItem>, &CAPACITY_PROVIDER_STRATEGY;
    platform_version "platformVersion" String, &STRING;
    platform_family "platformFamily" String, &STRING;
    network_configuration "networkConfiguration" NetworkConfiguration, &NETWORK_CONFIGURATION;
    load_balancers "loadBalancers" Vec<LoadBalancer>, &LOAD_BALANCERS;
    service_registries "serviceRegistries" Vec<ServiceRegistry>, &SERVICE_REGISTRIES;
    scale "scale" Scale, &SCALE;
    stability_status "stabilityStatus" String, &STABILITY_STATUS;
    stability_status_at "stabilityStatusAt" wire::time::Time, &TIMESTAMP;
    tags "tags" Vec<Tag>, &TAGS;
    fargate_ephemeral_storage "fargateEphemeralStorage" DeploymentEphemeralStorage, &DEPLOYMENT_EPHEMERAL_STORAGE;
});
static TASK_SET_FIELD: s::Schema = s::Schema::Enum(&["TAGS"]);
static TASK_SET_FIELD_LIST: s::Schema = s::Schema::List { of: &TASK_SET_FIELD, size: s::Range::ANY };
static TASK_SETS: s::Schema = s::Schema::List { of: &TASK_SET, size: s::Range::ANY };
static TASK_STOP_CODE: s::Schema = s::Schema::Enum(&["TaskFailedToStart", "EssentialContainerExited", "UserInitiated", "ServiceSchedulerInitiated", "SpotInterruption", "TerminationNotice", "InfrastructureHealth"]);
shape!(TaskVolumeConfiguration TASK_VOLUME_CONFIGURATION {
    name "name" String, &ECS_VOLUME_NAME, required;
    managed_ebs_volume "managedEBSVolume" TaskManagedEBSVolumeConfiguration, &TASK_MANAGED_EBS_VOLUME_CONFIGURATION;
});
static TASK_VOLUME_CONFIGURATIONS: s::Schema = s::Schema::List { of: &TASK_VOLUME_CONFIGURATION, size: s::Range::ANY };
static TASK_VOLUME_STORAGE_GI_B: s::Schema = s::Schema::Int(s::Range { min: Some(1), max: None });
static TASKS: s::Schema = s::Schema::List { of: &TASK, size: s::Range::ANY };
shape!(ThresholdConfiguration THRESHOLD_CONFIGURATION {
    r#type "type" String, &THRESHOLD_TYPE, required;
    value "value" i32, &INTEGER, required;
});
static THRESHOLD_TYPE: s::Schema = s::Schema::Enum(&["COUNT", "BOUNDED_PERCENT", "UNBOUNDED_PERCENT"]);
shape!(TimeoutConfiguration TIMEOUT_CONFIGURATION {
    idle_timeout_seconds "idleTimeoutSeconds" i32, &DURATION;
    per_request_timeout_seconds "perRequestTimeoutSeconds" i32, &DURATION;
});
static TIMESTAMP: s::Schema = s::Schema::Time;
shape!(Tmpfs TMPFS {
    container_path "containerPath" String, &STRING, required;
    size "size" i32, &INTEGER, required;
    mount_options "mountOptions" Vec<String>, &STRING_LIST;
});
static TMPFS_LIST: s::Schema = s::Schema::List { of: &TMPFS, size: s::Range::ANY };
shape!(TotalLocalStorageGBRequest TOTAL_LOCAL_STORAGE_GB_REQUEST {
    min "min" f64, &BOXED_DOUBLE;
    max "max" f64, &BOXED_DOUBLE;
});
static TRANSPORT_PROTOCOL: s::Schema = s::Schema::Enum(&["tcp", "udp"]);
shape!(TrustedExecutionConfiguration TRUSTED_EXECUTION_CONFIGURATION {
    isolation_mode "isolationMode" String, &ISOLATION_MODE, required;
    attestation_policy "attestationPolicy" String, &STRING;
});
shape!(TrustedExecutionSummary TRUSTED_EXECUTION_SUMMARY {
    isolation_mode "isolationMode" String, &ISOLATION_MODE, required;
    attestation_policy_status "attestationPolicyStatus" String, &ATTESTATION_POLICY_STATUS;
});
shape!(Ulimit ULIMIT {
    name "name" String, &ULIMIT_NAME, required;
    soft_limit "softLimit" i32, &INTEGER, required;
    hard_limit "hardLimit" i32, &INTEGER, required;
});
static ULIMIT_LIST: s::Schema = s::Schema::List { of: &ULIMIT, size: s::Range::ANY };
static ULIMIT_NAME: s::Schema = s::Schema::Enum(&["core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio", "rttime", "sigpending", "stack"]);
shape!(UntagResourceRequest UNTAG_RESOURCE_REQUEST {
    resource_arn "resourceArn" String, &STRING, required;
    tag_keys "tagKeys" Vec<String>, &TAG_KEYS, required;
});
shape!(UntagResourceResponse UNTAG_RESOURCE_RESPONSE {
});
shape!(UpdateCapacityProviderRequest UPDATE_CAPACITY_PROVIDER_REQUEST {
    name "name" String, &STRING, required;
    cluster "cluster" String, &STRING;
    auto_scaling_group_provider "autoScalingGroupProvider" AutoScalingGroupProviderUpdate, &AUTO_SCALING_GROUP_PROVIDER_UPDATE;
    managed_instances_provider "managedInstancesProvider" UpdateManagedInstancesProviderConfiguration, &UPDATE_MANAGED_INSTANCES_PROVIDER_CONFIGURATION;
});
shape!(UpdateCapacityProviderResponse UPDATE_CAPACITY_PROVIDER_RESPONSE {
    capacity_provider "capacityProvider" CapacityProvider, &CAPACITY_PROVIDER;
});
shape!(UpdateClusterRequest UPDATE_CLUSTER_REQUEST {
    cluster "cluster" String, &STRING, required;
    settings "settings" Vec<ClusterSetting>, &CLUSTER_SETTINGS;
    configuration "configuration" ClusterConfiguration, &CLUSTER_CONFIGURATION;
    service_connect_defaults "serviceConnectDefaults" ClusterServiceConnectDefaultsRequest, &CLUSTER_SERVICE_CONNECT_DEFAULTS_REQUEST;
});
shape!(UpdateClusterResponse UPDATE_CLUSTER_RESPONSE {
    cluster "cluster" Cluster, &CLUSTER;
});
shape!(UpdateClusterSettingsRequest UPDATE_CLUSTER_SETTINGS_REQUEST {
    cluster "cluster" String, &STRING, required;
    settings "settings" Vec<ClusterSetting>, &CLUSTER_SETTINGS, required;
});
shape!(UpdateClusterSettingsResponse UPDATE_CLUSTER_SETTINGS_RESPONSE {
    cluster "cluster" Cluster, &CLUSTER;
});
shape!(UpdateContainerAgentRequest UPDATE_CONTAINER_AGENT_REQUEST {
    cluster "cluster" String, &STRING;
    container_instance "containerInstance" String, &STRING, required;
});
shape!(UpdateContainerAgentResponse UPDATE_CONTAINER_AGENT_RESPONSE {
    container_instance "containerInstance" ContainerInstance, &CONTAINER_INSTANCE;
});
shape!(UpdateContainerInstancesStateRequest UPDATE_CONTAINER_INSTANCES_STATE_REQUEST {
    cluster "cluster" String, &STRING;
    container_instances "containerInstances" Vec<String>, &STRING_LIST, required;
    status "status" String, &CONTAINER_INSTANCE_STATUS, required;
});
shape!(UpdateContainerInstancesStateResponse UPDATE_CONTAINER_INSTANCES_STATE_RESPONSE {
    container_instances "containerInstances" Vec<ContainerInstance>, &CONTAINER_INSTANCES;
    failures "failures" Vec<Failure>, &FAILURES;
});
shape!(UpdateDaemonRequest UPDATE_DAEMON_REQUEST {
    daemon_arn "daemonArn" String, &STRING, required;
    daemon_task_definition_arn "daemonTaskDefinitionArn" String, &STRING, required;
    capacity_provider_arns "capacityProviderArns" Vec<String>, &STRING_LIST, required;
    deployment_configuration "deploymentConfiguration" DaemonDeploymentConfiguration, &DAEMON_DEPLOYMENT_CONFIGURATION;
    propagate_tags "propagateTags" String, &DAEMON_PROPAGATE_TAGS;
    enable_ecs_managed_tags "enableECSManagedTags" bool, &BOOLEAN;
    enable_execute_command "enableExecuteCommand" bool, &BOOLEAN;
    critical "critical" bool, &BOXED_BOOLEAN;
});
shape!(UpdateDaemonResponse UPDATE_DAEMON_RESPONSE {
    daemon_arn "daemonArn" String, &STRING;
    status "status" String, &DAEMON_STATUS;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP;
    deployment_arn "deploymentArn" String, &STRING;
});
shape!(UpdateExpressGatewayServiceRequest UPDATE_EXPRESS_GATEWAY_SERVICE_REQUEST {
    service_arn "serviceArn" String, &STRING, required;
    execution_role_arn "executionRoleArn" String, &STRING;
    health_check_path "healthCheckPath" String, &STRING;
    primary_container "primaryContainer" ExpressGatewayContainer, &EXPRESS_GATEWAY_CONTAINER;
    task_role_arn "taskRoleArn" String, &STRING;
    network_configuration "networkConfiguration" ExpressGatewayServiceNetworkConfiguration, &EXPRESS_GATEWAY_SERVICE_NETWORK_CONFIGURATION;
    cpu "cpu" String, &STRING;
    memory "memory" String, &STRING;
    cpu_architecture "cpuArchitecture" String, &EXPRESS_CPU_ARCHITECTURE;
    scaling_target "scalingTarget" ExpressGatewayScalingTarget, &EXPRESS_GATEWAY_SCALING_TARGET;
    task_definition_arn "taskDefinitionArn" String, &STRING;
});
shape!(UpdateExpressGatewayServiceResponse UPDATE_EXPRESS_GATEWAY_SERVICE_RESPONSE {
    service "service" UpdatedExpressGatewayService, &UPDATED_EXPRESS_GATEWAY_SERVICE;
});
shape!(UpdateGatewayAlbConfiguration UPDATE_GATEWAY_ALB_CONFIGURATION {
    network_configuration "networkConfiguration" UpdateGatewayNetworkConfiguration, &UPDATE_GATEWAY_NETWORK_CONFIGURATION;
    max_alb_count "maxAlbCount" i32, &BOXED_INTEGER;
    web_acl_arn "webACLArn" String, &STRING;
    access_logs "accessLogs" GatewayElbAccessLogConfiguration, &GATEWAY_ELB_ACCESS_LOG_CONFIGURATION;
    http_desync "httpDesync" String, &GATEWAY_ALB_DESYNC_MITIGATION_MODE;
    test_traffic_rules "testTrafficRules" GatewayAlbTestTrafficRules, &GATEWAY_ALB_TEST_TRAFFIC_RULES;
});
shape!(UpdateGatewayConfiguration UPDATE_GATEWAY_CONFIGURATION {
    host_shared_alb "hostSharedAlb" UpdateGatewayAlbConfiguration, &UPDATE_GATEWAY_ALB_CONFIGURATION;
});
shape!(UpdateGatewayNetworkConfiguration UPDATE_GATEWAY_NETWORK_CONFIGURATION {
    inbound_security_group "inboundSecurityGroup" String, &STRING;
});
shape!(UpdateGatewayRequest UPDATE_GATEWAY_REQUEST {
    gateway "gateway" String, &STRING, required;
    infrastructure_role_arn "infrastructureRoleArn" String, &STRING;
    deletion_protection "deletionProtection" bool, &BOXED_BOOLEAN;
    configuration "configuration" UpdateGatewayConfiguration, &UPDATE_GATEWAY_CONFIGURATION;
    propagate_tags "propagateTags" String, &PROPAGATE_GATEWAY_TAGS;
});
shape!(UpdateGatewayResponse UPDATE_GATEWAY_RESPONSE {
    gateway_arn "gatewayArn" String, &STRING;
    name "name" String, &STRING;
    status "status" String, &GATEWAY_STATUS;
});
shape!(UpdateManagedInstancesProviderConfiguration UPDATE_MANAGED_INSTANCES_PROVIDER_CONFIGURATION {
    infrastructure_role_arn "infrastructureRoleArn" String, &STRING, required;
    instance_launch_template "instanceLaunchTemplate" InstanceLaunchTemplateUpdate, &INSTANCE_LAUNCH_TEMPLATE_UPDATE, required;
    propagate_tags "propagateTags" String, &PROPAGATE_MI_TAGS;
    infrastructure_optimization "infrastructureOptimization" InfrastructureOptimization, &INFRASTRUCTURE_OPTIMIZATION;
    auto_repair_configuration "autoRepairConfiguration" AutoRepairConfiguration, &AUTO_REPAIR_CONFIGURATION;
});
shape!(UpdateServicePrimaryTaskSetRequest UPDATE_SERVICE_PRIMARY_TASK_SET_REQUEST {
    cluster "cluster" String, &STRING, required;
    service "service" String, &STRING, required;
    primary_task_set "primaryTaskSet" String, &STRING, required;
});
shape!(UpdateServicePrimaryTaskSetResponse UPDATE_SERVICE_PRIMARY_TASK_SET_RESPONSE {
    task_set "taskSet" TaskSet, &TASK_SET;
});
shape!(UpdateServiceRequest UPDATE_SERVICE_REQUEST {
    cluster "cluster" String, &STRING;
    service "service" String, &STRING, required;
    desired_count "desiredCount" i32, &BOXED_INTEGER;
    task_definition "taskDefinition" String, &STRING;
    capacity_provider_strategy "capacityProviderStrategy" Vec<CapacityProviderStrategyItem>, &CAPACITY_PROVIDER_STRATEGY;
    deployment_configuration "deploymentConfiguration" DeploymentConfiguration, &DEPLOYMENT_CONFIGURATION;
    availability_zone_rebalancing "availabilityZoneRebalancing" String, &AVAILABILITY_ZONE_REBALANCING;
    network_configuration "networkConfiguration" NetworkConfiguration, &NETWORK_CONFIGURATION;
    placement_constraints "placementConstraints" Vec<PlacementConstraint>, &PLACEMENT_CONSTRAINTS;
    placement_strategy "placementStrategy" Vec<PlacementStrategy>, &PLACEMENT_STRATEGIES;
    platform_version "platformVersion" String, &STRING;
    force_new_deployment "forceNewDeployment" bool, &BOOLEAN;
    health_check_grace_period_seconds "healthCheckGracePeriodSeconds" i32, &BOXED_INTEGER;
    deployment_controller "deploymentController" DeploymentController, &DEPLOYMENT_CONTROLLER;
    enable_execute_command "enableExecuteCommand" bool, &BOXED_BOOLEAN;
    enable_ecs_managed_tags "enableECSManagedTags" bool, &BOXED_BOOLEAN;
    load_balancers "loadBalancers" Vec<LoadBalancer>, &LOAD_BALANCERS;
    propagate_tags "propagateTags" String, &PROPAGATE_TAGS;
    service_registries "serviceRegistries" Vec<ServiceRegistry>, &SERVICE_REGISTRIES;
    service_connect_configuration "serviceConnectConfiguration" ServiceConnectConfiguration, &SERVICE_CONNECT_CONFIGURATION;
    volume_configurations "volumeConfigurations" Vec<ServiceVolumeConfiguration>, &SERVICE_VOLUME_CONFIGURATIONS;
    vpc_lattice_configurations "vpcLatticeConfigurations" Vec<VpcLatticeConfiguration>, &VPC_LATTICE_CONFIGURATIONS;
    gateway_connectors "gatewayConnectors" Vec<GatewayConnector>, &GATEWAY_CONNECTOR_LIST;
    monitoring "monitoring" MonitoringConfiguration, &MONITORING_CONFIGURATION;
});
shape!(UpdateServiceResponse UPDATE_SERVICE_RESPONSE {
    service "service" Service, &SERVICE;
});
shape!(UpdateTaskProtectionRequest UPDATE_TASK_PROTECTION_REQUEST {
    cluster "cluster" String, &STRING, required;
    tasks "tasks" Vec<String>, &STRING_LIST, required;
    protection_enabled "protectionEnabled" bool, &BOOLEAN, required;
    expires_in_minutes "expiresInMinutes" i32, &BOXED_INTEGER;
});
shape!(UpdateTaskProtectionResponse UPDATE_TASK_PROTECTION_RESPONSE {
    protected_tasks "protectedTasks" Vec<ProtectedTask>, &PROTECTED_TASKS;
    failures "failures" Vec<Failure>, &FAILURES;
});
shape!(UpdateTaskSetRequest UPDATE_TASK_SET_REQUEST {
    cluster "cluster" String, &STRING, required;
    service "service" String, &STRING, required;
    task_set "taskSet" String, &STRING, required;
    scale "scale" Scale, &SCALE, required;
});
shape!(UpdateTaskSetResponse UPDATE_TASK_SET_RESPONSE {
    task_set "taskSet" TaskSet, &TASK_SET;
});
shape!(UpdatedExpressGatewayService UPDATED_EXPRESS_GATEWAY_SERVICE {
    service_arn "serviceArn" String, &STRING;
    cluster "cluster" String, &STRING;
    service_name "serviceName" String, &STRING;
    status "status" ExpressGatewayServiceStatus, &EXPRESS_GATEWAY_SERVICE_STATUS;
    target_configuration "targetConfiguration" ExpressGatewayServiceConfiguration, &EXPRESS_GATEWAY_SERVICE_CONFIGURATION;
    created_at "createdAt" wire::time::Time, &TIMESTAMP;
    updated_at "updatedAt" wire::time::Time, &TIMESTAMP;
});
shape!(VCpuCountRangeRequest V_CPU_COUNT_RANGE_REQUEST {
    min "min" i32, &BOXED_INTEGER, required;
    max "max" i32, &BOXED_INTEGER;
});
static VERSION_CONSISTENCY: s::Schema = s::Schema::Enum(&["enabled", "disabled"]);
shape!(VersionInfo VERSION_INFO {
    agent_version "agentVersion" String, &STRING;
    agent_hash "agentHash" String, &STRING;
    docker_version "dockerVersion" String, &STRING;
});
shape!(Volume VOLUME {
    name "name" String, &STRING;
    host "host" HostVolumeProperties, &HOST_VOLUME_PROPERTIES;
    docker_volume_configuration "dockerVolumeConfiguration" DockerVolumeConfiguration, &DOCKER_VOLUME_CONFIGURATION;
    efs_volume_configuration "efsVolumeConfiguration" EFSVolumeConfiguration, &EFS_VOLUME_CONFIGURATION;
    s3files_volume_configuration "s3filesVolumeConfiguration" S3FilesVolumeConfiguration, &S3_FILES_VOLUME_CONFIGURATION;
    fsx_windows_file_server_volume_configuration "fsxWindowsFileServerVolumeConfiguration" FSxWindowsFileServerVolumeConfiguration, &F_SX_WINDOWS_FILE_SERVER_VOLUME_CONFIGURATION;
    configured_at_launch "configuredAtLaunch" bool, &BOXED_BOOLEAN;
});
shape!(VolumeFrom VOLUME_FROM {
    source_container "sourceContainer" String, &STRING;
    read_only "readOnly" bool, &BOXED_BOOLEAN;
});
static VOLUME_FROM_LIST: s::Schema = s::Schema::List { of: &VOLUME_FROM, size: s::Range::ANY };
static VOLUME_LIST: s::Schema = s::Schema::List { of: &VOLUME, size: s::Range::ANY };
shape!(VpcLatticeAdvancedConfiguration VPC_LATTICE_ADVANCED_CONFIGURATION {
    alternate_target_group_arn "alternateTargetGroupArn" String, &STRING;
    production_listener_rule "productionListenerRule" String, &STRING;
    test_listener_rule "testListenerRule" String, &STRING;
});
shape!(VpcLatticeConfiguration VPC_LATTICE_CONFIGURATION {
    role_arn "roleArn" String, &IAM_ROLE_ARN, required;
    target_group_arn "targetGroupArn" String, &STRING, required;
    port_name "portName" String, &STRING, required;
    advanced_configuration "advancedConfiguration" VpcLatticeAdvancedConfiguration, &VPC_LATTICE_ADVANCED_CONFIGURATION;
});
static VPC_LATTICE_CONFIGURATIONS: s::Schema = s::Schema::List { of: &VPC_LATTICE_CONFIGURATION, size: s::Range::ANY };

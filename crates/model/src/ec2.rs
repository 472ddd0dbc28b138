// Written by `cargo xtask codegen` from the service's model. Not for editing.

use wire::{schema as s, shape};

pub static API: s::Service = s::Service {
    signing_name: "ec2",
    target_prefix: "",
    version: "2016-11-15",
    xml_namespace: "http://ec2.amazonaws.com/doc/2016-11-15",
    protocol: s::Protocol::Ec2,
    operations: &[
        s::Operation { name: "DescribeAccountAttributes", input: &DESCRIBE_ACCOUNT_ATTRIBUTES_REQUEST, errors: &[] },
        s::Operation { name: "DescribeAvailabilityZones", input: &DESCRIBE_AVAILABILITY_ZONES_REQUEST, errors: &[] },
        s::Operation { name: "DescribeInstanceTypes", input: &DESCRIBE_INSTANCE_TYPES_REQUEST, errors: &[] },
        s::Operation { name: "DescribeInstances", input: &DESCRIBE_INSTANCES_REQUEST, errors: &[] },
        s::Operation { name: "DescribeNetworkInterfaces", input: &DESCRIBE_NETWORK_INTERFACES_REQUEST, errors: &[] },
        s::Operation { name: "DescribeRegions", input: &DESCRIBE_REGIONS_REQUEST, errors: &[] },
        s::Operation { name: "DescribeSecurityGroups", input: &DESCRIBE_SECURITY_GROUPS_REQUEST, errors: &[] },
        s::Operation { name: "DescribeSubnets", input: &DESCRIBE_SUBNETS_REQUEST, errors: &[] },
        s::Operation { name: "DescribeTags", input: &DESCRIBE_TAGS_REQUEST, errors: &[] },
        s::Operation { name: "DescribeVpcAttribute", input: &DESCRIBE_VPC_ATTRIBUTE_REQUEST, errors: &[] },
        s::Operation { name: "DescribeVpcs", input: &DESCRIBE_VPCS_REQUEST, errors: &[] },
    ],
};

shape!(AccountAttribute ACCOUNT_ATTRIBUTE {
    attribute_name "attributeName" String, &STRING;
    attribute_values "attributeValueSet" Vec<AccountAttributeValue>, &ACCOUNT_ATTRIBUTE_VALUE_LIST;
});
static ACCOUNT_ATTRIBUTE_LIST: s::Schema = s::Schema::List { of: &ACCOUNT_ATTRIBUTE, size: s::Range::ANY };
static ACCOUNT_ATTRIBUTE_NAME: s::Schema = s::Schema::Enum(&["supported-platforms", "default-vpc"]);
static ACCOUNT_ATTRIBUTE_NAME_STRING_LIST: s::Schema = s::Schema::List { of: &ACCOUNT_ATTRIBUTE_NAME, size: s::Range::ANY };
shape!(AccountAttributeValue ACCOUNT_ATTRIBUTE_VALUE {
    attribute_value "attributeValue" String, &STRING;
});
static ACCOUNT_ATTRIBUTE_VALUE_LIST: s::Schema = s::Schema::List { of: &ACCOUNT_ATTRIBUTE_VALUE, size: s::Range::ANY };
static ARCHITECTURE_TYPE: s::Schema = s::Schema::Enum(&["i386", "x86_64", "arm64", "x86_64_mac", "arm64_mac"]);
static ARCHITECTURE_TYPE_LIST: s::Schema = s::Schema::List { of: &ARCHITECTURE_TYPE, size: s::Range::ANY };
static ARCHITECTURE_VALUES: s::Schema = s::Schema::Enum(&["i386", "x86_64", "arm64", "x86_64_mac", "arm64_mac"]);
static ATTACHMENT_STATUS: s::Schema = s::Schema::Enum(&["attaching", "attached", "detaching", "detached"]);
shape!(AttributeBooleanValue ATTRIBUTE_BOOLEAN_VALUE {
    value "value" bool, &BOOLEAN;
});
shape!(AvailabilityZone AVAILABILITY_ZONE {
    opt_in_status "optInStatus" String, &AVAILABILITY_ZONE_OPT_IN_STATUS;
    region_name "regionName" String, &STRING;
    zone_name "zoneName" String, &STRING;
    zone_id "zoneId" String, &STRING;
    group_name "groupName" String, &STRING;
    network_border_group "networkBorderGroup" String, &STRING;
    zone_type "zoneType" String, &STRING;
    state "zoneState" String, &AVAILABILITY_ZONE_STATE;
});
static AVAILABILITY_ZONE_LIST: s::Schema = s::Schema::List { of: &AVAILABILITY_ZONE, size: s::Range::ANY };
static AVAILABILITY_ZONE_OPT_IN_STATUS: s::Schema = s::Schema::Enum(&["opt-in-not-required", "opted-in", "not-opted-in"]);
static AVAILABILITY_ZONE_STATE: s::Schema = s::Schema::Enum(&["available", "information", "impaired", "unavailable", "constrained"]);
static BARE_METAL_FLAG: s::Schema = s::Schema::Bool;
static BOOLEAN: s::Schema = s::Schema::Bool;
static CURRENT_GENERATION_FLAG: s::Schema = s::Schema::Bool;
static DIT_MAX_RESULTS: s::Schema = s::Schema::Int(s::Range { min: Some(5), max: Some(100) });
static DATE_TIME: s::Schema = s::Schema::Time;
shape!(DescribeAccountAttributesRequest DESCRIBE_ACCOUNT_ATTRIBUTES_REQUEST {
    dry_run "DryRun" bool, &BOOLEAN;
    attribute_names "AttributeName" Vec<String>, &ACCOUNT_ATTRIBUTE_NAME_STRING_LIST;
});
shape!(DescribeAccountAttributesResult DESCRIBE_ACCOUNT_ATTRIBUTES_RESULT {
    account_attributes "accountAttributeSet" Vec<AccountAttribute>, &ACCOUNT_ATTRIBUTE_LIST;
});
shape!(DescribeAvailabilityZonesRequest DESCRIBE_AVAILABILITY_ZONES_REQUEST {
    zone_names "ZoneName" Vec<String>, &ZONE_NAME_STRING_LIST;
    zone_ids "ZoneId" Vec<String>, &ZONE_ID_STRING_LIST;
    all_availability_zones "AllAvailabilityZones" bool, &BOOLEAN;
    dry_run "DryRun" bool, &BOOLEAN;
    filters "Filter" Vec<Filter>, &FILTER_LIST;
});
shape!(DescribeAvailabilityZonesResult DESCRIBE_AVAILABILITY_ZONES_RESULT {
    availability_zones "availabilityZoneInfo" Vec<AvailabilityZone>, &AVAILABILITY_ZONE_LIST;
});
shape!(DescribeInstanceTypesRequest DESCRIBE_INSTANCE_TYPES_REQUEST {
    dry_run "DryRun" bool, &BOOLEAN;
    instance_types "InstanceType" Vec<String>, &REQUEST_INSTANCE_TYPE_LIST;
    filters "Filter" Vec<Filter>, &FILTER_LIST;
    max_results "MaxResults" i32, &DIT_MAX_RESULTS;
    next_token "NextToken" String, &NEXT_TOKEN;
    include_unsupported_in_region "IncludeUnsupportedInRegion" bool, &INCLUDE_UNSUPPORTED_IN_REGION;
});
shape!(DescribeInstanceTypesResult DESCRIBE_INSTANCE_TYPES_RESULT {
    instance_types "instanceTypeSet" Vec<InstanceTypeInfo>, &INSTANCE_TYPE_INFO_LIST;
    next_token "nextToken" String, &NEXT_TOKEN;
});
shape!(DescribeInstancesRequest DESCRIBE_INSTANCES_REQUEST {
    instance_ids "InstanceId" Vec<String>, &INSTANCE_ID_STRING_LIST;
    include_managed_resources "IncludeManagedResources" bool, &BOOLEAN;
    dry_run "DryRun" bool, &BOOLEAN;
    filters "Filter" Vec<Filter>, &FILTER_LIST;
    next_token "NextToken" String, &STRING;
    max_results "MaxResults" i32, &INTEGER;
});
shape!(DescribeInstancesResult DESCRIBE_INSTANCES_RESULT {
    next_token "nextToken" String, &STRING;
    reservations "reservationSet" Vec<Reservation>, &RESERVATION_LIST;
});
static DESCRIBE_NETWORK_INTERFACES_MAX_RESULTS: s::Schema = s::Schema::Int(s::Range { min: Some(5), max: Some(1000) });
shape!(DescribeNetworkInterfacesRequest DESCRIBE_NETWORK_INTERFACES_REQUEST {
    next_token "NextToken" String, &STRING;
    max_results "MaxResults" i32, &DESCRIBE_NETWORK_INTERFACES_MAX_RESULTS;
    include_managed_resources "IncludeManagedResources" bool, &BOOLEAN;
    dry_run "DryRun" bool, &BOOLEAN;
    network_interface_ids "NetworkInterfaceId" Vec<String>, &NETWORK_INTERFACE_ID_LIST;
    filters "Filter" Vec<Filter>, &FILTER_LIST;
});
shape!(DescribeNetworkInterfacesResult DESCRIBE_NETWORK_INTERFACES_RESULT {
    network_interfaces "networkInterfaceSet" Vec<NetworkInterface>, &NETWORK_INTERFACE_LIST;
    next_token "nextToken" String, &STRING;
});
shape!(DescribeRegionsRequest DESCRIBE_REGIONS_REQUEST {
    region_names "RegionName" Vec<String>, &REGION_NAME_STRING_LIST;
    all_regions "AllRegions" bool, &BOOLEAN;
    dry_run "DryRun" bool, &BOOLEAN;
    filters "Filter" Vec<Filter>, &FILTER_LIST;
});
shape!(DescribeRegionsResult DESCRIBE_REGIONS_RESULT {
    regions "regionInfo" Vec<Region>, &REGION_LIST;
});
static DESCRIBE_SECURITY_GROUPS_MAX_RESULTS: s::Schema = s::Schema::Int(s::Range { min: Some(5), max: Some(1000) });
shape!(DescribeSecurityGroupsRequest DESCRIBE_SECURITY_GROUPS_REQUEST {
    group_ids "GroupId" Vec<String>, &GROUP_ID_STRING_LIST;
    group_names "GroupName" Vec<String>, &GROUP_NAME_STRING_LIST;
    next_token "NextToken" String, &STRING;
    max_results "MaxResults" i32, &DESCRIBE_SECURITY_GROUPS_MAX_RESULTS;
    dry_run "DryRun" bool, &BOOLEAN;
    filters "Filter" Vec<Filter>, &FILTER_LIST;
});
shape!(DescribeSecurityGroupsResult DESCRIBE_SECURITY_GROUPS_RESULT {
    next_token "nextToken" String, &STRING;
    security_groups "securityGroupInfo" Vec<SecurityGroup>, &SECURITY_GROUP_LIST;
});
static DESCRIBE_SUBNETS_MAX_RESULTS: s::Schema = s::Schema::Int(s::Range { min: Some(5), max: Some(1000) });
shape!(DescribeSubnetsRequest DESCRIBE_SUBNETS_REQUEST {
    filters "Filter" Vec<Filter>, &FILTER_LIST;
    subnet_ids "SubnetId" Vec<String>, &SUBNET_ID_STRING_LIST;
    next_token "NextToken" String, &STRING;
    max_results "MaxResults" i32, &DESCRIBE_SUBNETS_MAX_RESULTS;
    dry_run "DryRun" bool, &BOOLEAN;
});
shape!(DescribeSubnetsResult DESCRIBE_SUBNETS_RESULT {
    next_token "nextToken" String, &STRING;
    subnets "subnetSet" Vec<Subnet>, &SUBNET_LIST;
});
shape!(DescribeTagsRequest DESCRIBE_TAGS_REQUEST {
    dry_run "DryRun" bool, &BOOLEAN;
    filters "Filter" Vec<Filter>, &FILTER_LIST;
    max_results "MaxResults" i32, &INTEGER;
    next_token "NextToken" String, &STRING;
});
shape!(DescribeTagsResult DESCRIBE_TAGS_RESULT {
    next_token "nextToken" String, &STRING;
    tags "tagSet" Vec<TagDescription>, &TAG_DESCRIPTION_LIST;
});
shape!(DescribeVpcAttributeRequest DESCRIBE_VPC_ATTRIBUTE_REQUEST {
    attribute "Attribute" String, &VPC_ATTRIBUTE_NAME, required;
    vpc_id "VpcId" String, &VPC_ID, required;
    dry_run "DryRun" bool, &BOOLEAN;
});
shape!(DescribeVpcAttributeResult DESCRIBE_VPC_ATTRIBUTE_RESULT {
    enable_dns_hostnames "enableDnsHostnames" AttributeBooleanValue, &ATTRIBUTE_BOOLEAN_VALUE;
    enable_dns_support "enableDnsSupport" AttributeBooleanValue, &ATTRIBUTE_BOOLEAN_VALUE;
    enable_network_address_usage_metrics "enableNetworkAddressUsageMetrics" AttributeBooleanValue, &ATTRIBUTE_BOOLEAN_VALUE;
    vpc_id "vpcId" String, &STRING;
});
static DESCRIBE_VPCS_MAX_RESULTS: s::Schema = s::Schema::Int(s::Range { min: Some(5), max: Some(1000) });
shape!(DescribeVpcsRequest DESCRIBE_VPCS_REQUEST {
    filters "Filter" Vec<Filter>, &FILTER_LIST;
    vpc_ids "VpcId" Vec<String>, &VPC_ID_STRING_LIST;
    next_token "NextToken" String, &STRING;
    max_results "MaxResults" i32, &DESCRIBE_VPCS_MAX_RESULTS;
    dry_run "DryRun" bool, &BOOLEAN;
});
shape!(DescribeVpcsResult DESCRIBE_VPCS_RESULT {
    next_token "nextToken" String, &STRING;
    vpcs "vpcSet" Vec<Vpc>, &VPC_LIST;
});
static DEVICE_TYPE: s::Schema = s::Schema::Enum(&["ebs", "instance-store"]);
shape!(Filter FILTER {
    name "Name" String, &STRING;
    values "Value" Vec<String>, &VALUE_STRING_LIST;
});
static FILTER_LIST: s::Schema = s::Schema::List { of: &FILTER, size: s::Range::ANY };
static GROUP_ID_STRING_LIST: s::Schema = s::Schema::List { of: &SECURITY_GROUP_ID, size: s::Range::ANY };
shape!(GroupIdentifier GROUP_IDENTIFIER {
    group_id "groupId" String, &STRING;
    group_name "groupName" String, &STRING;
});
static GROUP_IDENTIFIER_LIST: s::Schema = s::Schema::List { of: &GROUP_IDENTIFIER, size: s::Range::ANY };
static GROUP_NAME_STRING_LIST: s::Schema = s::Schema::List { of: &SECURITY_GROUP_NAME, size: s::Range::ANY };
static INCLUDE_UNSUPPORTED_IN_REGION: s::Schema = s::Schema::Bool;
shape!(Instance INSTANCE {
    architecture "architecture" String, &ARCHITECTURE_VALUES;
    network_interfaces "networkInterfaceSet" Vec<InstanceNetworkInterface>, &INSTANCE_NETWORK_INTERFACE_LIST;
    root_device_type "rootDeviceType" String, &DEVICE_TYPE;
    security_groups "groupSet" Vec<GroupIdentifier>, &GROUP_IDENTIFIER_LIST;
    tags "tagSet" Vec<Tag>, &TAG_LIST;
    instance_id "instanceId" String, &STRING;
    image_id "imageId" String, &STRING;
    state "instanceState" InstanceState, &INSTANCE_STATE;
    private_dns_name "privateDnsName" String, &STRING;
    instance_type "instanceType" String, &INSTANCE_TYPE;
    launch_time "launchTime" wire::time::Time, &DATE_TIME;
    placement "placement" Placement, &PLACEMENT;
    subnet_id "subnetId" String, &STRING;
    vpc_id "vpcId" String, &STRING;
    private_ip_address "privateIpAddress" String, &STRING;
});
static INSTANCE_ID: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
static INSTANCE_ID_STRING_LIST: s::Schema = s::Schema::List { of: &INSTANCE_ID, size: s::Range::ANY };
static INSTANCE_LIST: s::Schema = s::Schema::List { of: &INSTANCE, size: s::Range::ANY };
shape!(InstanceNetworkInterface INSTANCE_NETWORK_INTERFACE {
    network_interface_id "networkInterfaceId" String, &STRING;
});
static INSTANCE_NETWORK_INTERFACE_LIST: s::Schema = s::Schema::List { of: &INSTANCE_NETWORK_INTERFACE, size: s::Range::ANY };
shape!(InstanceState INSTANCE_STATE {
    code "code" i32, &INTEGER;
    name "name" String, &INSTANCE_STATE_NAME;
});
static INSTANCE_STATE_NAME: s::Schema = s::Schema::Enum(&["pending", "running", "shutting-down", "terminated", "stopping", "stopped"]);
static INSTANCE_TYPE: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
shape!(InstanceTypeInfo INSTANCE_TYPE_INFO {
    instance_type "instanceType" String, &INSTANCE_TYPE;
    current_generation "currentGeneration" bool, &CURRENT_GENERATION_FLAG;
    supported_usage_classes "supportedUsageClasses" Vec<String>, &USAGE_CLASS_TYPE_LIST;
    bare_metal "bareMetal" bool, &BARE_METAL_FLAG;
    processor_info "processorInfo" ProcessorInfo, &PROCESSOR_INFO;
    v_cpu_info "vCpuInfo" VCpuInfo, &V_CPU_INFO;
    memory_info "memoryInfo" MemoryInfo, &MEMORY_INFO;
});
static INSTANCE_TYPE_INFO_LIST: s::Schema = s::Schema::List { of: &INSTANCE_TYPE_INFO, size: s::Range::ANY };
static INTEGER: s::Schema = s::Schema::Int(s::Range::ANY);
shape!(IpPermission IP_PERMISSION {
    ip_protocol "ipProtocol" String, &STRING;
    user_id_group_pairs "groups" Vec<UserIdGroupPair>, &USER_ID_GROUP_PAIR_LIST;
    ip_ranges "ipRanges" Vec<IpRange>, &IP_RANGE_LIST;
});
static IP_PERMISSION_LIST: s::Schema = s::Schema::List { of: &IP_PERMISSION, size: s::Range::ANY };
shape!(IpRange IP_RANGE {
    cidr_ip "cidrIp" String, &STRING;
});
static IP_RANGE_LIST: s::Schema = s::Schema::List { of: &IP_RANGE, size: s::Range::ANY };
shape!(MemoryInfo MEMORY_INFO {
    size_in_mi_b "sizeInMiB" i64, &MEMORY_SIZE;
});
static MEMORY_SIZE: s::Schema = s::Schema::Long(s::Range::ANY);
shape!(NetworkInterface NETWORK_INTERFACE {
    association "association" NetworkInterfaceAssociation, &NETWORK_INTERFACE_ASSOCIATION;
    attachment "attachment" NetworkInterfaceAttachment, &NETWORK_INTERFACE_ATTACHMENT;
    availability_zone "availabilityZone" String, &STRING;
    description "description" String, &STRING;
    groups "groupSet" Vec<GroupIdentifier>, &GROUP_IDENTIFIER_LIST;
    interface_type "interfaceType" String, &NETWORK_INTERFACE_TYPE;
    mac_address "macAddress" String, &STRING;
    network_interface_id "networkInterfaceId" String, &STRING;
    owner_id "ownerId" String, &STRING;
    private_dns_name "privateDnsName" String, &STRING;
    private_ip_address "privateIpAddress" String, &STRING;
    private_ip_addresses "privateIpAddressesSet" Vec<NetworkInterfacePrivateIpAddress>, &NETWORK_INTERFACE_PRIVATE_IP_ADDRESS_LIST;
    requester_managed "requesterManaged" bool, &BOOLEAN;
    source_dest_check "sourceDestCheck" bool, &BOOLEAN;
    status "status" String, &NETWORK_INTERFACE_STATUS;
    subnet_id "subnetId" String, &STRING;
    tag_set "tagSet" Vec<Tag>, &TAG_LIST;
    vpc_id "vpcId" String, &STRING;
});
shape!(NetworkInterfaceAssociation NETWORK_INTERFACE_ASSOCIATION {
    public_ip "publicIp" String, &STRING;
});
shape!(NetworkInterfaceAttachment NETWORK_INTERFACE_ATTACHMENT {
    attach_time "attachTime" wire::time::Time, &DATE_TIME;
    attachment_id "attachmentId" String, &STRING;
    delete_on_termination "deleteOnTermination" bool, &BOOLEAN;
    device_index "deviceIndex" i32, &INTEGER;
    instance_owner_id "instanceOwnerId" String, &STRING;
    status "status" String, &ATTACHMENT_STATUS;
});
static NETWORK_INTERFACE_ID: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
static NETWORK_INTERFACE_ID_LIST: s::Schema = s::Schema::List { of: &NETWORK_INTERFACE_ID, size: s::Range::ANY };
static NETWORK_INTERFACE_LIST: s::Schema = s::Schema::List { of: &NETWORK_INTERFACE, size: s::Range::ANY };
shape!(NetworkInterfacePrivateIpAddress NETWORK_INTERFACE_PRIVATE_IP_ADDRESS {
    association "association" NetworkInterfaceAssociation, &NETWORK_INTERFACE_ASSOCIATION;
    primary "primary" bool, &BOOLEAN;
    private_ip_address "privateIpAddress" String, &STRING;
});
static NETWORK_INTERFACE_PRIVATE_IP_ADDRESS_LIST: s::Schema = s::Schema::List { of: &NETWORK_INTERFACE_PRIVATE_IP_ADDRESS, size: s::Range::ANY };
static NETWORK_INTERFACE_STATUS: s::Schema = s::Schema::Enum(&["available", "associated", "attaching", "in-use", "detaching"]);
static NETWORK_INTERFACE_TYPE: s::Schema = s::Schema::Enum(&["interface", "natGateway", "efa", "efa-only", "trunk", "load_balancer", "network_load_balancer", "vpc_endpoint", "branch", "transit_gateway", "lambda", "quicksight", "global_accelerator_managed", "api_gateway_managed", "gateway_load_balancer", "gateway_load_balancer_endpoint", "iot_rules_managed", "aws_codestar_connections_managed"]);
static NEXT_TOKEN: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
shape!(Placement PLACEMENT {
    tenancy "tenancy" String, &TENANCY;
    availability_zone "availabilityZone" String, &STRING;
});
shape!(ProcessorInfo PROCESSOR_INFO {
    supported_architectures "supportedArchitectures" Vec<String>, &ARCHITECTURE_TYPE_LIST;
});
shape!(Region REGION {
    opt_in_status "optInStatus" String, &STRING;
    region_name "regionName" String, &STRING;
    endpoint "regionEndpoint" String, &STRING;
});
static REGION_LIST: s::Schema = s::Schema::List { of: &REGION, size: s::Range::ANY };
static REGION_NAME_STRING_LIST: s::Schema = s::Schema::List { of: &STRING, size: s::Range::ANY };
static REQUEST_INSTANCE_TYPE_LIST: s::Schema = s::Schema::List { of: &INSTANCE_TYPE, size: s::Range { min: Some(0), max: Some(100) } };
shape!(Reservation RESERVATION {
    reservation_id "reservationId" String, &STRING;
    owner_id "ownerId" String, &STRING;
    groups "groupSet" Vec<GroupIdentifier>, &GROUP_IDENTIFIER_LIST;
    instances "instancesSet" Vec<Instance>, &INSTANCE_LIST;
});
static RESERVATION_LIST: s::Schema = s::Schema::List { of: &RESERVATION, size: s::Range::ANY };
static RESOURCE_TYPE: s::Schema = s::Schema::Enum(&["capacity-reservation", "client-vpn-endpoint", "customer-gateway", "carrier-gateway", "coip-pool", "declarative-policies-report", "dedicated-host", "dhcp-options", "egress-only-internet-gateway", "elastic-ip", "elastic-gpu", "export-image-task", "export-instance-task", "fca-policy", "fleet", "fpga-image", "host-reservation", "image", "image-usage-report", "import-image-task", "import-snapshot-task", "instance", "instance-event-window", "internet-gateway", "ipam", "ipam-pool", "ipam-scope", "ipv4pool-ec2", "ipv6pool-ec2", "key-pair", "launch-template", "local-gateway", "local-gateway-route-table", "local-gateway-virtual-interface", "local-gateway-virtual-interface-group", "local-gateway-route-table-vpc-association", "local-gateway-route-table-virtual-interface-group-association", "natgateway", "network-acl", "network-interface", "network-insights-analysis", "network-insights-path", "network-insights-access-scope", "network-insights-access-scope-analysis", "outpost-lag", "placement-group", "prefix-list", "replace-root-volume-task", "reserved-instances", "route-table", "security-group", "security-group-rule", "service-link-virtual-interface", "snapshot", "spot-fleet-request", "spot-instances-request", "subnet", "subnet-cidr-reservation", "traffic-mirror-filter", "traffic-mirror-session", "traffic-mirror-target", "transit-gateway", "transit-gateway-attachment", "transit-gateway-connect-peer", "transit-gateway-multicast-domain", "transit-gateway-policy-table", "transit-gateway-metering-policy", "transit-gateway-route-table", "transit-gateway-route-table-announcement", "volume", "vpc", "vpc-endpoint", "vpc-endpoint-connection", "vpc-endpoint-service", "vpc-endpoint-service-permission", "vpc-peering-connection", "vpn-connection", "vpn-gateway", "vpc-flow-log", "capacity-reservation-fleet", "traffic-mirror-filter-rule", "vpc-endpoint-connection-device-type", "verified-access-instance", "verified-access-group", "verified-access-endpoint", "verified-access-policy", "verified-access-trust-provider", "vpn-connection-device-type", "vpc-block-public-access-exclusion", "vpc-encryption-control", "route-server", "route-server-endpoint", "route-server-peer", "ipam-resource-discovery", "ipam-resource-discovery-association", "instance-connect-endpoint", "verified-access-endpoint-target", "ipam-external-resource-verification-token", "capacity-block", "mac-modification-task", "ipam-prefix-list-resolver", "ipam-policy", "ipam-prefix-list-resolver-target", "ipam-internet-registry-association", "secondary-interface", "secondary-network", "secondary-subnet", "capacity-manager-data-export", "vpn-concentrator", "ipam-pool-allocation", "capacity-reservation-cancellation-quote", "application-status-check", "capacity-reservation-modification-quote", "metric-category"]);
shape!(SecurityGroup SECURITY_GROUP {
    group_id "groupId" String, &STRING;
    ip_permissions_egress "ipPermissionsEgress" Vec<IpPermission>, &IP_PERMISSION_LIST;
    tags "tagSet" Vec<Tag>, &TAG_LIST;
    vpc_id "vpcId" String, &STRING;
    security_group_arn "securityGroupArn" String, &STRING;
    owner_id "ownerId" String, &STRING;
    group_name "groupName" String, &STRING;
    description "groupDescription" String, &STRING;
    ip_permissions "ipPermissions" Vec<IpPermission>, &IP_PERMISSION_LIST;
});
static SECURITY_GROUP_ID: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
static SECURITY_GROUP_LIST: s::Schema = s::Schema::List { of: &SECURITY_GROUP, size: s::Range::ANY };
static SECURITY_GROUP_NAME: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
static STRING: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
shape!(Subnet SUBNET {
    availability_zone_id "availabilityZoneId" String, &STRING;
    owner_id "ownerId" String, &STRING;
    assign_ipv6_address_on_creation "assignIpv6AddressOnCreation" bool, &BOOLEAN;
    tags "tagSet" Vec<Tag>, &TAG_LIST;
    subnet_arn "subnetArn" String, &STRING;
    subnet_id "subnetId" String, &STRING;
    state "state" String, &SUBNET_STATE;
    vpc_id "vpcId" String, &STRING;
    cidr_block "cidrBlock" String, &STRING;
    available_ip_address_count "availableIpAddressCount" i32, &INTEGER;
    availability_zone "availabilityZone" String, &STRING;
    default_for_az "defaultForAz" bool, &BOOLEAN;
    map_public_ip_on_launch "mapPublicIpOnLaunch" bool, &BOOLEAN;
});
static SUBNET_ID: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
static SUBNET_ID_STRING_LIST: s::Schema = s::Schema::List { of: &SUBNET_ID, size: s::Range::ANY };
static SUBNET_LIST: s::Schema = s::Schema::List { of: &SUBNET, size: s::Range::ANY };
static SUBNET_STATE: s::Schema = s::Schema::Enum(&["pending", "available", "unavailable", "failed", "failed-insufficient-capacity"]);
shape!(Tag TAG {
    key "key" String, &STRING;
    value "value" String, &STRING;
});
shape!(TagDescription TAG_DESCRIPTION {
    key "key" String, &STRING;
    resource_id "resourceId" String, &STRING;
    resource_type "resourceType" String, &RESOURCE_TYPE;
    value "value" String, &STRING;
});
static TAG_DESCRIPTION_LIST: s::Schema = s::Schema::List { of: &TAG_DESCRIPTION, size: s::Range::ANY };
static TAG_LIST: s::Schema = s::Schema::List { of: &TAG, size: s::Range::ANY };
static TENANCY: s::Schema = s::Schema::Enum(&["default", "dedicated", "host"]);
static USAGE_CLASS_TYPE: s::Schema = s::Schema::Enum(&["spot", "on-demand", "capacity-block"]);
static USAGE_CLASS_TYPE_LIST: s::Schema = s::Schema::List { of: &USAGE_CLASS_TYPE, size: s::Range::ANY };
shape!(UserIdGroupPair USER_ID_GROUP_PAIR {
    user_id "userId" String, &STRING;
    group_id "groupId" String, &STRING;
});
static USER_ID_GROUP_PAIR_LIST: s::Schema = s::Schema::List { of: &USER_ID_GROUP_PAIR, size: s::Range::ANY };
static V_CPU_COUNT: s::Schema = s::Schema::Int(s::Range::ANY);
shape!(VCpuInfo V_CPU_INFO {
    default_v_cpus "defaultVCpus" i32, &V_CPU_COUNT;
});
static VALUE_STRING_LIST: s::Schema = s::Schema::List { of: &STRING, size: s::Range::ANY };
shape!(Vpc VPC {
    owner_id "ownerId" String, &STRING;
    instance_tenancy "instanceTenancy" String, &TENANCY;
    cidr_block_association_set "cidrBlockAssociationSet" Vec<VpcCidrBlockAssociation>, &VPC_CIDR_BLOCK_ASSOCIATION_SET;
    is_default "isDefault" bool, &BOOLEAN;
    tags "tagSet" Vec<Tag>, &TAG_LIST;
    vpc_id "vpcId" String, &STRING;
    state "state" String, &VPC_STATE;
    cidr_block "cidrBlock" String, &STRING;
    dhcp_options_id "dhcpOptionsId" String, &STRING;
});
static VPC_ATTRIBUTE_NAME: s::Schema = s::Schema::Enum(&["enableDnsSupport", "enableDnsHostnames", "enableNetworkAddressUsageMetrics"]);
shape!(VpcCidrBlockAssociation VPC_CIDR_BLOCK_ASSOCIATION {
    association_id "associationId" String, &STRING;
    cidr_block "cidrBlock" String, &STRING;
    cidr_block_state "cidrBlockState" VpcCidrBlockState, &VPC_CIDR_BLOCK_STATE;
});
static VPC_CIDR_BLOCK_ASSOCIATION_SET: s::Schema = s::Schema::List { of: &VPC_CIDR_BLOCK_ASSOCIATION, size: s::Range::ANY };
shape!(VpcCidrBlockState VPC_CIDR_BLOCK_STATE {
    state "state" String, &VPC_CIDR_BLOCK_STATE_CODE;
    status_message "statusMessage" String, &STRING;
});
static VPC_CIDR_BLOCK_STATE_CODE: s::Schema = s::Schema::Enum(&["associating", "associated", "disassociating", "disassociated", "failing", "failed"]);
static VPC_ID: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
static VPC_ID_STRING_LIST: s::Schema = s::Schema::List { of: &VPC_ID, size: s::Range::ANY };
static VPC_LIST: s::Schema = s::Schema::List { of: &VPC, size: s::Range::ANY };
static VPC_STATE: s::Schema = s::Schema::Enum(&["pending", "available", "deleting"]);
static ZONE_ID_STRING_LIST: s::Schema = s::Schema::List { of: &STRING, size: s::Range::ANY };
static ZONE_NAME_STRING_LIST: s::Schema = s::Schema::List { of: &STRING, size: s::Range::ANY };

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
static INSTANCE_TYPE: s::Schema = s::Schema::Enum(&["a1.medium", "a1.large", "a1.xlarge", "a1.2xlarge", "a1.4xlarge", "a1.metal", "c1.medium", "c1.xlarge", "c3.large", "c3.xlarge", "c3.2xlarge", "c3.4xlarge", "c3.8xlarge", "c4.large", "c4.xlarge", "c4.2xlarge", "c4.4xlarge", "c4.8xlarge", "c5.large", "c5.xlarge", "c5.2xlarge", "c5.4xlarge", "c5.9xlarge", "c5.12xlarge", "c5.18xlarge", "c5.24xlarge", "c5.metal", "c5a.large", "c5a.xlarge", "c5a.2xlarge", "c5a.4xlarge", "c5a.8xlarge", "c5a.12xlarge", "c5a.16xlarge", "c5a.24xlarge", "c5ad.large", "c5ad.xlarge", "c5ad.2xlarge", "c5ad.4xlarge", "c5ad.8xlarge", "c5ad.12xlarge", "c5ad.16xlarge", "c5ad.24xlarge", "c5d.large", "c5d.xlarge", "c5d.2xlarge", "c5d.4xlarge", "c5d.9xlarge", "c5d.12xlarge", "c5d.18xlarge", "c5d.24xlarge", "c5d.metal", "c5n.large", "c5n.xlarge", "c5n.2xlarge", "c5n.4xlarge", "c5n.9xlarge", "c5n.18xlarge", "c5n.metal", "c6g.medium", "c6g.large", "c6g.xlarge", "c6g.2xlarge", "c6g.4xlarge", "c6g.8xlarge", "c6g.12xlarge", "c6g.16xlarge", "c6g.metal", "c6gd.medium", "c6gd.large", "c6gd.xlarge", "c6gd.2xlarge", "c6gd.4xlarge", "c6gd.8xlarge", "c6gd.12xlarge", "c6gd.16xlarge", "c6gd.metal", "c6gn.medium", "c6gn.large", "c6gn.xlarge", "c6gn.2xlarge", "c6gn.4xlarge", "c6gn.8xlarge", "c6gn.12xlarge", "c6gn.16xlarge", "c6i.large", "c6i.xlarge", "c6i.2xlarge", "c6i.4xlarge", "c6i.8xlarge", "c6i.12xlarge", "c6i.16xlarge", "c6i.24xlarge", "c6i.32xlarge", "c6i.metal", "cc1.4xlarge", "cc2.8xlarge", "cg1.4xlarge", "cr1.8xlarge", "d2.xlarge", "d2.2xlarge", "d2.4xlarge", "d2.8xlarge", "d3.xlarge", "d3.2xlarge", "d3.4xlarge", "d3.8xlarge", "d3en.xlarge", "d3en.2xlarge", "d3en.4xlarge", "d3en.6xlarge", "d3en.8xlarge", "d3en.12xlarge", "dl1.24xlarge", "f1.2xlarge", "f1.4xlarge", "f1.16xlarge", "g2.2xlarge", "g2.8xlarge", "g3.4xlarge", "g3.8xlarge", "g3.16xlarge", "g3s.xlarge", "g4ad.xlarge", "g4ad.2xlarge", "g4ad.4xlarge", "g4ad.8xlarge", "g4ad.16xlarge", "g4dn.xlarge", "g4dn.2xlarge", "g4dn.4xlarge", "g4dn.8xlarge", "g4dn.12xlarge", "g4dn.16xlarge", "g4dn.metal", "g5.xlarge", "g5.2xlarge", "g5.4xlarge", "g5.8xlarge", "g5.12xlarge", "g5.16xlarge", "g5.24xlarge", "g5.48xlarge", "g5g.xlarge", "g5g.2xlarge", "g5g.4xlarge", "g5g.8xlarge", "g5g.16xlarge", "g5g.metal", "hi1.4xlarge", "hpc6a.48xlarge", "hs1.8xlarge", "h1.2xlarge", "h1.4xlarge", "h1.8xlarge", "h1.16xlarge", "i2.xlarge", "i2.2xlarge", "i2.4xlarge", "i2.8xlarge", "i3.large", "i3.xlarge", "i3.2xlarge", "i3.4xlarge", "i3.8xlarge", "i3.16xlarge", "i3.metal", "i3en.large", "i3en.xlarge", "i3en.2xlarge", "i3en.3xlarge", "i3en.6xlarge", "i3en.12xlarge", "i3en.24xlarge", "i3en.metal", "im4gn.large", "im4gn.xlarge", "im4gn.2xlarge", "im4gn.4xlarge", "im4gn.8xlarge", "im4gn.16xlarge", "inf1.xlarge", "inf1.2xlarge", "inf1.6xlarge", "inf1.24xlarge", "is4gen.medium", "is4gen.large", "is4gen.xlarge", "is4gen.2xlarge", "is4gen.4xlarge", "is4gen.8xlarge", "m1.small", "m1.medium", "m1.large", "m1.xlarge", "m2.xlarge", "m2.2xlarge", "m2.4xlarge", "m3.medium", "m3.large", "m3.xlarge", "m3.2xlarge", "m4.large", "m4.xlarge", "m4.2xlarge", "m4.4xlarge", "m4.10xlarge", "m4.16xlarge", "m5.large", "m5.xlarge", "m5.2xlarge", "m5.4xlarge", "m5.8xlarge", "m5.12xlarge", "m5.16xlarge", "m5.24xlarge", "m5.metal", "m5a.large", "m5a.xlarge", "m5a.2xlarge", "m5a.4xlarge", "m5a.8xlarge", "m5a.12xlarge", "m5a.16xlarge", "m5a.24xlarge", "m5ad.large", "m5ad.xlarge", "m5ad.2xlarge", "m5ad.4xlarge", "m5ad.8xlarge", "m5ad.12xlarge", "m5ad.16xlarge", "m5ad.24xlarge", "m5d.large", "m5d.xlarge", "m5d.2xlarge", "m5d.4xlarge", "m5d.8xlarge", "m5d.12xlarge", "m5d.16xlarge", "m5d.24xlarge", "m5d.metal", "m5dn.large", "m5dn.xlarge", "m5dn.2xlarge", "m5dn.4xlarge", "m5dn.8xlarge", "m5dn.12xlarge", "m5dn.16xlarge", "m5dn.24xlarge", "m5dn.metal", "m5n.large", "m5n.xlarge", "m5n.2xlarge", "m5n.4xlarge", "m5n.8xlarge", "m5n.12xlarge", "m5n.16xlarge", "m5n.24xlarge", "m5n.metal", "m5zn.large", "m5zn.xlarge", "m5zn.2xlarge", "m5zn.3xlarge", "m5zn.6xlarge", "m5zn.12xlarge", "m5zn.metal", "m6a.large", "m6a.xlarge", "m6a.2xlarge", "m6a.4xlarge", "m6a.8xlarge", "m6a.12xlarge", "m6a.16xlarge", "m6a.24xlarge", "m6a.32xlarge", "m6a.48xlarge", "m6g.metal", "m6g.medium", "m6g.large", "m6g.xlarge", "m6g.2xlarge", "m6g.4xlarge", "m6g.8xlarge", "m6g.12xlarge", "m6g.16xlarge", "m6gd.metal", "m6gd.medium", "m6gd.large", "m6gd.xlarge", "m6gd.2xlarge", "m6gd.4xlarge", "m6gd.8xlarge", "m6gd.12xlarge", "m6gd.16xlarge", "m6i.large", "m6i.xlarge", "m6i.2xlarge", "m6i.4xlarge", "m6i.8xlarge", "m6i.12xlarge", "m6i.16xlarge", "m6i.24xlarge", "m6i.32xlarge", "m6i.metal", "mac1.metal", "p2.xlarge", "p2.8xlarge", "p2.16xlarge", "p3.2xlarge", "p3.8xlarge", "p3.16xlarge", "p3dn.24xlarge", "p4d.24xlarge", "r3.large", "r3.xlarge", "r3.2xlarge", "r3.4xlarge", "r3.8xlarge", "r4.large", "r4.xlarge", "r4.2xlarge", "r4.4xlarge", "r4.8xlarge", "r4.16xlarge", "r5.large", "r5.xlarge", "r5.2xlarge", "r5.4xlarge", "r5.8xlarge", "r5.12xlarge", "r5.16xlarge", "r5.24xlarge", "r5.metal", "r5a.large", "r5a.xlarge", "r5a.2xlarge", "r5a.4xlarge", "r5a.8xlarge", "r5a.12xlarge", "r5a.16xlarge", "r5a.24xlarge", "r5ad.large", "r5ad.xlarge", "r5ad.2xlarge", "r5ad.4xlarge", "r5ad.8xlarge", "r5ad.12xlarge", "r5ad.16xlarge", "r5ad.24xlarge", "r5b.large", "r5b.xlarge", "r5b.2xlarge", "r5b.4xlarge", "r5b.8xlarge", "r5b.12xlarge", "r5b.16xlarge", "r5b.24xlarge", "r5b.metal", "r5d.large", "r5d.xlarge", "r5d.2xlarge", "r5d.4xlarge", "r5d.8xlarge", "r5d.12xlarge", "r5d.16xlarge", "r5d.24xlarge", "r5d.metal", "r5dn.large", "r5dn.xlarge", "r5dn.2xlarge", "r5dn.4xlarge", "r5dn.8xlarge", "r5dn.12xlarge", "r5dn.16xlarge", "r5dn.24xlarge", "r5dn.metal", "r5n.large", "r5n.xlarge", "r5n.2xlarge", "r5n.4xlarge", "r5n.8xlarge", "r5n.12xlarge", "r5n.16xlarge", "r5n.24xlarge", "r5n.metal", "r6g.medium", "r6g.large", "r6g.xlarge", "r6g.2xlarge", "r6g.4xlarge", "r6g.8xlarge", "r6g.12xlarge", "r6g.16xlarge", "r6g.metal", "r6gd.medium", "r6gd.large", "r6gd.xlarge", "r6gd.2xlarge", "r6gd.4xlarge", "r6gd.8xlarge", "r6gd.12xlarge", "r6gd.16xlarge", "r6gd.metal", "r6i.large", "r6i.xlarge", "r6i.2xlarge", "r6i.4xlarge", "r6i.8xlarge", "r6i.12xlarge", "r6i.16xlarge", "r6i.24xlarge", "r6i.32xlarge", "r6i.metal", "t1.micro", "t2.nano", "t2.micro", "t2.small", "t2.medium", "t2.large", "t2.xlarge", "t2.2xlarge", "t3.nano", "t3.micro", "t3.small", "t3.medium", "t3.large", "t3.xlarge", "t3.2xlarge", "t3a.nano", "t3a.micro", "t3a.small", "t3a.medium", "t3a.large", "t3a.xlarge", "t3a.2xlarge", "t4g.nano", "t4g.micro", "t4g.small", "t4g.medium", "t4g.large", "t4g.xlarge", "t4g.2xlarge", "u-6tb1.56xlarge", "u-6tb1.112xlarge", "u-9tb1.112xlarge", "u-12tb1.112xlarge", "u-6tb1.metal", "u-9tb1.metal", "u-12tb1.metal", "u-18tb1.metal", "u-24tb1.metal", "vt1.3xlarge", "vt1.6xlarge", "vt1.24xlarge", "x1.16xlarge", "x1.32xlarge", "x1e.xlarge", "x1e.2xlarge", "x1e.4xlarge", "x1e.8xlarge", "x1e.16xlarge", "x1e.32xlarge", "x2iezn.2xlarge", "x2iezn.4xlarge", "x2iezn.6xlarge", "x2iezn.8xlarge", "x2iezn.12xlarge", "x2iezn.metal", "x2gd.medium", "x2gd.large", "x2gd.xlarge", "x2gd.2xlarge", "x2gd.4xlarge", "x2gd.8xlarge", "x2gd.12xlarge", "x2gd.16xlarge", "x2gd.metal", "z1d.large", "z1d.xlarge", "z1d.2xlarge", "z1d.3xlarge", "z1d.6xlarge", "z1d.12xlarge", "z1d.metal", "x2idn.16xlarge", "x2idn.24xlarge", "x2idn.32xlarge", "x2iedn.xlarge", "x2iedn.2xlarge", "x2iedn.4xlarge", "x2iedn.8xlarge", "x2iedn.16xlarge", "x2iedn.24xlarge", "x2iedn.32xlarge", "c6a.large", "c6a.xlarge", "c6a.2xlarge", "c6a.4xlarge", "c6a.8xlarge", "c6a.12xlarge", "c6a.16xlarge", "c6a.24xlarge", "c6a.32xlarge", "c6a.48xlarge", "c6a.metal", "m6a.metal", "i4i.large", "i4i.xlarge", "i4i.2xlarge", "i4i.4xlarge", "i4i.8xlarge", "i4i.16xlarge", "i4i.32xlarge", "i4i.metal", "x2idn.metal", "x2iedn.metal", "c7g.medium", "c7g.large", "c7g.xlarge", "c7g.2xlarge", "c7g.4xlarge", "c7g.8xlarge", "c7g.12xlarge", "c7g.16xlarge", "mac2.metal", "c6id.large", "c6id.xlarge", "c6id.2xlarge", "c6id.4xlarge", "c6id.8xlarge", "c6id.12xlarge", "c6id.16xlarge", "c6id.24xlarge", "c6id.32xlarge", "c6id.metal", "m6id.large", "m6id.xlarge", "m6id.2xlarge", "m6id.4xlarge", "m6id.8xlarge", "m6id.12xlarge", "m6id.16xlarge", "m6id.24xlarge", "m6id.32xlarge", "m6id.metal", "r6id.large", "r6id.xlarge", "r6id.2xlarge", "r6id.4xlarge", "r6id.8xlarge", "r6id.12xlarge", "r6id.16xlarge", "r6id.24xlarge", "r6id.32xlarge", "r6id.metal", "r6a.large", "r6a.xlarge", "r6a.2xlarge", "r6a.4xlarge", "r6a.8xlarge", "r6a.12xlarge", "r6a.16xlarge", "r6a.24xlarge", "r6a.32xlarge", "r6a.48xlarge", "r6a.metal", "p4de.24xlarge", "u-3tb1.56xlarge", "u-18tb1.112xlarge", "u-24tb1.112xlarge", "trn1.2xlarge", "trn1.32xlarge", "hpc6id.32xlarge", "c6in.large", "c6in.xlarge", "c6in.2xlarge", "c6in.4xlarge", "c6in.8xlarge", "c6in.12xlarge", "c6in.16xlarge", "c6in.24xlarge", "c6in.32xlarge", "m6in.large", "m6in.xlarge", "m6in.2xlarge", "m6in.4xlarge", "m6in.8xlarge", "m6in.12xlarge", "m6in.16xlarge", "m6in.24xlarge", "m6in.32xlarge", "m6idn.large", "m6idn.xlarge", "m6idn.2xlarge", "m6idn.4xlarge", "m6idn.8xlarge", "m6idn.12xlarge", "m6idn.16xlarge", "m6idn.24xlarge", "m6idn.32xlarge", "r6in.large", "r6in.xlarge", "r6in.2xlarge", "r6in.4xlarge", "r6in.8xlarge", "r6in.12xlarge", "r6in.16xlarge", "r6in.24xlarge", "r6in.32xlarge", "r6idn.large", "r6idn.xlarge", "r6idn.2xlarge", "r6idn.4xlarge", "r6idn.8xlarge", "r6idn.12xlarge", "r6idn.16xlarge", "r6idn.24xlarge", "r6idn.32xlarge", "c7g.metal", "m7g.medium", "m7g.large", "m7g.xlarge", "m7g.2xlarge", "m7g.4xlarge", "m7g.8xlarge", "m7g.12xlarge", "m7g.16xlarge", "m7g.metal", "r7g.medium", "r7g.large", "r7g.xlarge", "r7g.2xlarge", "r7g.4xlarge", "r7g.8xlarge", "r7g.12xlarge", "r7g.16xlarge", "r7g.metal", "c6in.metal", "m6in.metal", "m6idn.metal", "r6in.metal", "r6idn.metal", "inf2.xlarge", "inf2.8xlarge", "inf2.24xlarge", "inf2.48xlarge", "trn1n.32xlarge", "i4g.large", "i4g.xlarge", "i4g.2xlarge", "i4g.4xlarge", "i4g.8xlarge", "i4g.16xlarge", "hpc7g.4xlarge", "hpc7g.8xlarge", "hpc7g.16xlarge", "c7gn.medium", "c7gn.large", "c7gn.xlarge", "c7gn.2xlarge", "c7gn.4xlarge", "c7gn.8xlarge", "c7gn.12xlarge", "c7gn.16xlarge", "p5.48xlarge", "m7i.large", "m7i.xlarge", "m7i.2xlarge", "m7i.4xlarge", "m7i.8xlarge", "m7i.12xlarge", "m7i.16xlarge", "m7i.24xlarge", "m7i.48xlarge", "m7i-flex.large", "m7i-flex.xlarge", "m7i-flex.2xlarge", "m7i-flex.4xlarge", "m7i-flex.8xlarge", "m7a.medium", "m7a.large", "m7a.xlarge", "m7a.2xlarge", "m7a.4xlarge", "m7a.8xlarge", "m7a.12xlarge", "m7a.16xlarge", "m7a.24xlarge", "m7a.32xlarge", "m7a.48xlarge", "m7a.metal-48xl", "hpc7a.12xlarge", "hpc7a.24xlarge", "hpc7a.48xlarge", "hpc7a.96xlarge", "c7gd.medium", "c7gd.large", "c7gd.xlarge", "c7gd.2xlarge", "c7gd.4xlarge", "c7gd.8xlarge", "c7gd.12xlarge", "c7gd.16xlarge", "m7gd.medium", "m7gd.large", "m7gd.xlarge", "m7gd.2xlarge", "m7gd.4xlarge", "m7gd.8xlarge", "m7gd.12xlarge", "m7gd.16xlarge", "r7gd.medium", "r7gd.large", "r7gd.xlarge", "r7gd.2xlarge", "r7gd.4xlarge", "r7gd.8xlarge", "r7gd.12xlarge", "r7gd.16xlarge", "r7a.medium", "r7a.large", "r7a.xlarge", "r7a.2xlarge", "r7a.4xlarge", "r7a.8xlarge", "r7a.12xlarge", "r7a.16xlarge", "r7a.24xlarge", "r7a.32xlarge", "r7a.48xlarge", "c7i.large", "c7i.xlarge", "c7i.2xlarge", "c7i.4xlarge", "c7i.8xlarge", "c7i.12xlarge", "c7i.16xlarge", "c7i.24xlarge", "c7i.48xlarge", "mac2-m2pro.metal", "r7iz.large", "r7iz.xlarge", "r7iz.2xlarge", "r7iz.4xlarge", "r7iz.8xlarge", "r7iz.12xlarge", "r7iz.16xlarge", "r7iz.32xlarge", "c7a.medium", "c7a.large", "c7a.xlarge", "c7a.2xlarge", "c7a.4xlarge", "c7a.8xlarge", "c7a.12xlarge", "c7a.16xlarge", "c7a.24xlarge", "c7a.32xlarge", "c7a.48xlarge", "c7a.metal-48xl", "r7a.metal-48xl", "r7i.large", "r7i.xlarge", "r7i.2xlarge", "r7i.4xlarge", "r7i.8xlarge", "r7i.12xlarge", "r7i.16xlarge", "r7i.24xlarge", "r7i.48xlarge", "dl2q.24xlarge", "mac2-m2.metal", "i4i.12xlarge", "i4i.24xlarge", "c7i.metal-24xl", "c7i.metal-48xl", "m7i.metal-24xl", "m7i.metal-48xl", "r7i.metal-24xl", "r7i.metal-48xl", "r7iz.metal-16xl", "r7iz.metal-32xl", "c7gd.metal", "m7gd.metal", "r7gd.metal", "g6.xlarge", "g6.2xlarge", "g6.4xlarge", "g6.8xlarge", "g6.12xlarge", "g6.16xlarge", "g6.24xlarge", "g6.48xlarge", "gr6.4xlarge", "gr6.8xlarge", "c7i-flex.large", "c7i-flex.xlarge", "c7i-flex.2xlarge", "c7i-flex.4xlarge", "c7i-flex.8xlarge", "u7i-12tb.224xlarge", "u7in-16tb.224xlarge", "u7in-24tb.224xlarge", "u7in-32tb.224xlarge", "u7ib-12tb.224xlarge", "c7gn.metal", "r8g.medium", "r8g.large", "r8g.xlarge", "r8g.2xlarge", "r8g.4xlarge", "r8g.8xlarge", "r8g.12xlarge", "r8g.16xlarge", "r8g.24xlarge", "r8g.48xlarge", "r8g.metal-24xl", "r8g.metal-48xl", "mac2-m1ultra.metal", "g6e.xlarge", "g6e.2xlarge", "g6e.4xlarge", "g6e.8xlarge", "g6e.12xlarge", "g6e.16xlarge", "g6e.24xlarge", "g6e.48xlarge", "c8g.medium", "c8g.large", "c8g.xlarge", "c8g.2xlarge", "c8g.4xlarge", "c8g.8xlarge", "c8g.12xlarge", "c8g.16xlarge", "c8g.24xlarge", "c8g.48xlarge", "c8g.metal-24xl", "c8g.metal-48xl", "m8g.medium", "m8g.large", "m8g.xlarge", "m8g.2xlarge", "m8g.4xlarge", "m8g.8xlarge", "m8g.12xlarge", "m8g.16xlarge", "m8g.24xlarge", "m8g.48xlarge", "m8g.metal-24xl", "m8g.metal-48xl", "x8g.medium", "x8g.large", "x8g.xlarge", "x8g.2xlarge", "x8g.4xlarge", "x8g.8xlarge", "x8g.12xlarge", "x8g.16xlarge", "x8g.24xlarge", "x8g.48xlarge", "x8g.metal-24xl", "x8g.metal-48xl", "i7ie.large", "i7ie.xlarge", "i7ie.2xlarge", "i7ie.3xlarge", "i7ie.6xlarge", "i7ie.12xlarge", "i7ie.18xlarge", "i7ie.24xlarge", "i7ie.48xlarge", "i8g.large", "i8g.xlarge", "i8g.2xlarge", "i8g.4xlarge", "i8g.8xlarge", "i8g.12xlarge", "i8g.16xlarge", "i8g.24xlarge", "i8g.metal-24xl", "u7i-6tb.112xlarge", "u7i-8tb.112xlarge", "u7inh-32tb.480xlarge", "p5e.48xlarge", "p5en.48xlarge", "f2.12xlarge", "f2.48xlarge", "trn2.48xlarge", "c7i-flex.12xlarge", "c7i-flex.16xlarge", "m7i-flex.12xlarge", "m7i-flex.16xlarge", "i7ie.metal-24xl", "i7ie.metal-48xl", "i8g.48xlarge", "c8gd.medium", "c8gd.large", "c8gd.xlarge", "c8gd.2xlarge", "c8gd.4xlarge", "c8gd.8xlarge", "c8gd.12xlarge", "c8gd.16xlarge", "c8gd.24xlarge", "c8gd.48xlarge", "c8gd.metal-24xl", "c8gd.metal-48xl", "i7i.large", "i7i.xlarge", "i7i.2xlarge", "i7i.4xlarge", "i7i.8xlarge", "i7i.12xlarge", "i7i.16xlarge", "i7i.24xlarge", "i7i.48xlarge", "i7i.metal-24xl", "i7i.metal-48xl", "p6-b200.48xlarge", "m8gd.medium", "m8gd.large", "m8gd.xlarge", "m8gd.2xlarge", "m8gd.4xlarge", "m8gd.8xlarge", "m8gd.12xlarge", "m8gd.16xlarge", "m8gd.24xlarge", "m8gd.48xlarge", "m8gd.metal-24xl", "m8gd.metal-48xl", "r8gd.medium", "r8gd.large", "r8gd.xlarge", "r8gd.2xlarge", "r8gd.4xlarge", "r8gd.8xlarge", "r8gd.12xlarge", "r8gd.16xlarge", "r8gd.24xlarge", "r8gd.48xlarge", "r8gd.metal-24xl", "r8gd.metal-48xl", "c8gn.medium", "c8gn.large", "c8gn.xlarge", "c8gn.2xlarge", "c8gn.4xlarge", "c8gn.8xlarge", "c8gn.12xlarge", "c8gn.16xlarge", "c8gn.24xlarge", "c8gn.48xlarge", "c8gn.metal-24xl", "c8gn.metal-48xl", "f2.6xlarge", "p6e-gb200.36xlarge", "g6f.large", "g6f.xlarge", "g6f.2xlarge", "g6f.4xlarge", "gr6f.4xlarge", "p5.4xlarge", "r8i.large", "r8i.xlarge", "r8i.2xlarge", "r8i.4xlarge", "r8i.8xlarge", "r8i.12xlarge", "r8i.16xlarge", "r8i.24xlarge", "r8i.32xlarge", "r8i.48xlarge", "r8i.96xlarge", "r8i.metal-48xl", "r8i.metal-96xl", "r8i-flex.large", "r8i-flex.xlarge", "r8i-flex.2xlarge", "r8i-flex.4xlarge", "r8i-flex.8xlarge", "r8i-flex.12xlarge", "r8i-flex.16xlarge", "m8i.large", "m8i.xlarge", "m8i.2xlarge", "m8i.4xlarge", "m8i.8xlarge", "m8i.12xlarge", "m8i.16xlarge", "m8i.24xlarge", "m8i.32xlarge", "m8i.48xlarge", "m8i.96xlarge", "m8i.metal-48xl", "m8i.metal-96xl", "m8i-flex.large", "m8i-flex.xlarge", "m8i-flex.2xlarge", "m8i-flex.4xlarge", "m8i-flex.8xlarge", "m8i-flex.12xlarge", "m8i-flex.16xlarge", "i8ge.large", "i8ge.xlarge", "i8ge.2xlarge", "i8ge.3xlarge", "i8ge.6xlarge", "i8ge.12xlarge", "i8ge.18xlarge", "i8ge.24xlarge", "i8ge.48xlarge", "i8ge.metal-24xl", "i8ge.metal-48xl", "mac-m4.metal", "mac-m4pro.metal", "r8gn.medium", "r8gn.large", "r8gn.xlarge", "r8gn.2xlarge", "r8gn.4xlarge", "r8gn.8xlarge", "r8gn.12xlarge", "r8gn.16xlarge", "r8gn.24xlarge", "r8gn.48xlarge", "r8gn.metal-24xl", "r8gn.metal-48xl", "c8i.large", "c8i.xlarge", "c8i.2xlarge", "c8i.4xlarge", "c8i.8xlarge", "c8i.12xlarge", "c8i.16xlarge", "c8i.24xlarge", "c8i.32xlarge", "c8i.48xlarge", "c8i.96xlarge", "c8i.metal-48xl", "c8i.metal-96xl", "c8i-flex.large", "c8i-flex.xlarge", "c8i-flex.2xlarge", "c8i-flex.4xlarge", "c8i-flex.8xlarge", "c8i-flex.12xlarge", "c8i-flex.16xlarge", "r8gb.medium", "r8gb.large", "r8gb.xlarge", "r8gb.2xlarge", "r8gb.4xlarge", "r8gb.8xlarge", "r8gb.12xlarge", "r8gb.16xlarge", "r8gb.24xlarge", "r8gb.metal-24xl", "m8a.medium", "m8a.large", "m8a.xlarge", "m8a.2xlarge", "m8a.4xlarge", "m8a.8xlarge", "m8a.12xlarge", "m8a.16xlarge", "m8a.24xlarge", "m8a.48xlarge", "m8a.metal-24xl", "m8a.metal-48xl", "trn2.3xlarge", "r8a.medium", "r8a.large", "r8a.xlarge", "r8a.2xlarge", "r8a.4xlarge", "r8a.8xlarge", "r8a.12xlarge", "r8a.16xlarge", "r8a.24xlarge", "r8a.48xlarge", "r8a.metal-24xl", "r8a.metal-48xl", "p6-b300.48xlarge", "c8a.medium", "c8a.large", "c8a.xlarge", "c8a.2xlarge", "c8a.4xlarge", "c8a.8xlarge", "c8a.12xlarge", "c8a.16xlarge", "c8a.24xlarge", "c8a.48xlarge", "c8a.metal-24xl", "c8a.metal-48xl", "c8gb.12xlarge", "c8gb.16xlarge", "c8gb.24xlarge", "c8gb.2xlarge", "c8gb.4xlarge", "c8gb.8xlarge", "c8gb.large", "c8gb.medium", "c8gb.metal-24xl", "c8gb.xlarge", "c8gb.48xlarge", "c8gb.metal-48xl", "m8gb.12xlarge", "m8gb.16xlarge", "m8gb.24xlarge", "m8gb.2xlarge", "m8gb.4xlarge", "m8gb.8xlarge", "m8gb.large", "m8gb.medium", "m8gb.xlarge", "m8gb.48xlarge", "m8gb.metal-24xl", "m8gb.metal-48xl", "m8gn.12xlarge", "m8gn.16xlarge", "m8gn.24xlarge", "m8gn.2xlarge", "m8gn.48xlarge", "m8gn.4xlarge", "m8gn.8xlarge", "m8gn.large", "m8gn.medium", "m8gn.xlarge", "m8gn.metal-24xl", "m8gn.metal-48xl", "x8aedz.12xlarge", "x8aedz.24xlarge", "x8aedz.3xlarge", "x8aedz.6xlarge", "x8aedz.large", "x8aedz.metal-12xl", "x8aedz.metal-24xl", "x8aedz.xlarge", "m8azn.medium", "m8azn.large", "m8azn.xlarge", "m8azn.3xlarge", "m8azn.6xlarge", "m8azn.12xlarge", "m8azn.24xlarge", "m8azn.metal-12xl", "m8azn.metal-24xl", "x8i.large", "x8i.xlarge", "x8i.2xlarge", "x8i.4xlarge", "x8i.8xlarge", "x8i.12xlarge", "x8i.16xlarge", "x8i.24xlarge", "x8i.32xlarge", "x8i.48xlarge", "x8i.64xlarge", "x8i.96xlarge", "x8i.metal-48xl", "x8i.metal-96xl", "mac-m4max.metal", "g7e.2xlarge", "g7e.4xlarge", "g7e.8xlarge", "g7e.12xlarge", "g7e.24xlarge", "g7e.48xlarge", "r8id.large", "r8id.xlarge", "r8id.2xlarge", "r8id.4xlarge", "r8id.8xlarge", "r8id.12xlarge", "r8id.16xlarge", "r8id.24xlarge", "r8id.32xlarge", "r8id.48xlarge", "r8id.96xlarge", "r8id.metal-48xl", "r8id.metal-96xl", "c8id.large", "c8id.xlarge", "c8id.2xlarge", "c8id.4xlarge", "c8id.8xlarge", "c8id.12xlarge", "c8id.16xlarge", "c8id.24xlarge", "c8id.32xlarge", "c8id.48xlarge", "c8id.96xlarge", "c8id.metal-48xl", "c8id.metal-96xl", "m8id.large", "m8id.xlarge", "m8id.2xlarge", "m8id.4xlarge", "m8id.8xlarge", "m8id.12xlarge", "m8id.16xlarge", "m8id.24xlarge", "m8id.32xlarge", "m8id.48xlarge", "m8id.96xlarge", "m8id.metal-48xl", "m8id.metal-96xl", "hpc8a.96xlarge", "c8in.large", "c8in.xlarge", "c8in.2xlarge", "c8in.4xlarge", "c8in.8xlarge", "c8in.12xlarge", "c8in.16xlarge", "c8in.24xlarge", "c8in.32xlarge", "c8in.48xlarge", "c8in.96xlarge", "c8in.metal-48xl", "c8in.metal-96xl", "c8ib.large", "c8ib.xlarge", "c8ib.2xlarge", "c8ib.4xlarge", "c8ib.8xlarge", "c8ib.12xlarge", "c8ib.16xlarge", "c8ib.24xlarge", "c8ib.32xlarge", "c8ib.48xlarge", "c8ib.96xlarge", "c8ib.metal-48xl", "c8ib.metal-96xl", "r8in.large", "r8in.xlarge", "r8in.2xlarge", "r8in.4xlarge", "r8in.8xlarge", "r8in.12xlarge", "r8in.16xlarge", "r8in.24xlarge", "r8in.32xlarge", "r8in.48xlarge", "r8in.96xlarge", "r8ib.large", "r8ib.xlarge", "r8ib.2xlarge", "r8ib.4xlarge", "r8ib.8xlarge", "r8ib.12xlarge", "r8ib.16xlarge", "r8ib.24xlarge", "r8ib.32xlarge", "r8ib.48xlarge", "r8ib.96xlarge", "m8in.large", "m8in.xlarge", "m8in.2xlarge", "m8in.4xlarge", "m8in.8xlarge", "m8in.12xlarge", "m8in.16xlarge", "m8in.24xlarge", "m8in.32xlarge", "m8in.48xlarge", "m8in.96xlarge", "m8ib.large", "m8ib.xlarge", "m8ib.2xlarge", "m8ib.4xlarge", "m8ib.8xlarge", "m8ib.12xlarge", "m8ib.16xlarge", "m8ib.24xlarge", "m8ib.32xlarge", "m8ib.48xlarge", "m8ib.96xlarge", "m8ine.large", "m8ine.xlarge", "m8ine.2xlarge", "m8ine.4xlarge", "m8ine.8xlarge", "m8ine.12xlarge", "c8ine.large", "c8ine.xlarge", "c8ine.2xlarge", "c8ine.4xlarge", "c8ine.8xlarge", "c8ine.12xlarge", "m8idn.large", "m8idn.xlarge", "m8idn.2xlarge", "m8idn.4xlarge", "m8idn.8xlarge", "m8idn.12xlarge", "m8idn.16xlarge", "m8idn.24xlarge", "m8idn.32xlarge", "m8idn.48xlarge", "m8idn.96xlarge", "r8idn.large", "r8idn.xlarge", "r8idn.2xlarge", "r8idn.4xlarge", "r8idn.8xlarge", "r8idn.12xlarge", "r8idn.16xlarge", "r8idn.24xlarge", "r8idn.32xlarge", "r8idn.48xlarge", "r8idn.96xlarge", "m8idb.large", "m8idb.xlarge", "m8idb.2xlarge", "m8idb.4xlarge", "m8idb.8xlarge", "m8idb.12xlarge", "m8idb.16xlarge", "m8idb.24xlarge", "m8idb.32xlarge", "m8idb.48xlarge", "m8idb.96xlarge", "r8idb.large", "r8idb.xlarge", "r8idb.2xlarge", "r8idb.4xlarge", "r8idb.8xlarge", "r8idb.12xlarge", "r8idb.16xlarge", "r8idb.24xlarge", "r8idb.32xlarge", "r8idb.48xlarge", "r8idb.96xlarge", "mac-m3ultra.metal", "m9g.large", "m9g.xlarge", "m9g.2xlarge", "m9g.4xlarge", "m9g.8xlarge", "m9g.12xlarge", "m9g.16xlarge", "m9g.24xlarge", "m9g.48xlarge", "m9g.metal-24xl", "m9g.metal-48xl", "m9gd.large", "m9gd.xlarge", "m9gd.2xlarge", "m9gd.4xlarge", "m9gd.8xlarge", "m9gd.12xlarge", "m9gd.16xlarge", "m9gd.24xlarge", "m9gd.48xlarge", "m9gd.metal-24xl", "m9gd.metal-48xl", "r8in.metal-48xl", "r8in.metal-96xl", "r8ib.metal-48xl", "r8ib.metal-96xl", "r8idn.metal-48xl", "r8idn.metal-96xl", "r8idb.metal-48xl", "r8idb.metal-96xl", "m8in.metal-48xl", "m8in.metal-96xl", "m8ib.metal-48xl", "m8ib.metal-96xl", "m8idn.metal-48xl", "m8idn.metal-96xl", "m8idb.metal-48xl", "m8idb.metal-96xl", "g7.2xlarge", "g7.4xlarge", "g7.8xlarge", "g7.12xlarge", "g7.24xlarge", "g7.48xlarge", "c9g.medium", "c9g.large", "c9g.xlarge", "c9g.2xlarge", "c9g.4xlarge", "c9g.8xlarge", "c9g.12xlarge", "c9g.16xlarge", "c9g.24xlarge", "c9g.48xlarge", "c9g.metal-48xl", "c9gd.medium", "c9gd.large", "c9gd.xlarge", "c9gd.2xlarge", "c9gd.4xlarge", "c9gd.8xlarge", "c9gd.12xlarge", "c9gd.16xlarge", "c9gd.24xlarge", "c9gd.48xlarge", "c9gd.metal-48xl", "r9g.medium", "r9g.large", "r9g.xlarge", "r9g.2xlarge", "r9g.4xlarge", "r9g.8xlarge", "r9g.12xlarge", "r9g.16xlarge", "r9g.24xlarge", "r9g.48xlarge", "r9g.metal-48xl", "r9gd.medium", "r9gd.large", "r9gd.xlarge", "r9gd.2xlarge", "r9gd.4xlarge", "r9gd.8xlarge", "r9gd.12xlarge", "r9gd.16xlarge", "r9gd.24xlarge", "r9gd.48xlarge", "r9gd.metal-48xl", "m9g.medium", "t8i.nano", "t8i.micro", "t8i.small", "t8i.medium", "i8g.metal-48xl", "r8gb.48xlarge", "r8gb.metal-48xl", "m9gd.medium", "trn2u.48xlarge"]);
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

use expect_test::expect;

use crate::testing::{World, check};

const WORLD: &str = "cluster web; host a in web zone=us-east-1b ecs.instance-type=m5.large; host f in fargate; fargate app; task t1 in web on f";
const ATTACHED: &str = r#"as f ReportTaskNetwork {"taskArn":"arn:aws:ecs:us-east-1:123456789012:task/web/$t1","attachmentArn":"arn:aws:ecs:us-east-1:123456789012:attachment/web/$eni.t1","privateIpv4Address":"10.88.0.7","macAddress":"02:00:00:00:00:07"} ; "#;

#[test]
fn there_is_one_vpc_with_a_subnet_for_each_zone_and_one_group() {
    check(
        WORLD,
        r#"DescribeVpcs {}"#,
        expect![[r#"
            200 {"vpcSet":[{"ownerId":"123456789012","instanceTenancy":"default","cidrBlockAssociationSet":[{"associationId":"vpc-cidr-assoc-e753a4fd3f4b097f2","cidrBlock":"10.64.0.0/10","cidrBlockState":{"state":"associated"}}],"isDefault":true,"tagSet":[],"vpcId":"vpc-e753a4fd3f4b097f2","state":"available","cidrBlock":"10.64.0.0/10","dhcpOptionsId":"default"}]}
        "#]],
    );
    check(
        WORLD,
        r#"DescribeSubnets {"Filter":[{"Name":"availability-zone","Value":["*1b"]}]}"#,
        expect![[r#"
            200 {"subnetSet":[{"availabilityZoneId":"us-east-1b","ownerId":"123456789012","assignIpv6AddressOnCreation":false,"tagSet":[],"subnetArn":"arn:aws:ec2:us-east-1:123456789012:subnet/subnet-3824b18a0f9c390aa","subnetId":"subnet-3824b18a0f9c390aa","state":"available","vpcId":"vpc-e753a4fd3f4b097f2","cidrBlock":"10.64.0.0/10","availableIpAddressCount":4194302,"availabilityZone":"us-east-1b","defaultForAz":true,"mapPublicIpOnLaunch":false}]}
        "#]],
    );
    check(
        WORLD,
        r#"DescribeSecurityGroups {"GroupName":["default"]}"#,
        expect![[r#"
            200 {"securityGroupInfo":[{"groupId":"sg-b843eba6e2669ae24","ipPermissionsEgress":[{"ipProtocol":"-1","groups":[],"ipRanges":[{"cidrIp":"0.0.0.0/0"}]}],"tagSet":[],"vpcId":"vpc-e753a4fd3f4b097f2","securityGroupArn":"arn:aws:ec2:us-east-1:123456789012:security-group/sg-b843eba6e2669ae24","ownerId":"123456789012","groupName":"default","groupDescription":"default VPC security group","ipPermissions":[{"ipProtocol":"-1","groups":[{"userId":"123456789012","groupId":"sg-b843eba6e2669ae24"}],"ipRanges":[]}]}]}
        "#]],
    );
}

#[test]
fn the_vpc_resolves_names() {
    check(
        WORLD,
        r#"DescribeVpcAttribute {"VpcId":"vpc-e753a4fd3f4b097f2","Attribute":"enableDnsSupport"}"#,
        expect![[r#"
            200 {"enableDnsSupport":{"value":true},"vpcId":"vpc-e753a4fd3f4b097f2"}
        "#]],
    );
    check(
        WORLD,
        r#"DescribeVpcAttribute {"VpcId":"vpc-1","Attribute":"enableDnsSupport"}"#,
        expect![[r#"
            400 InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist
        "#]],
    );
}

/// Traefik and the OpenTelemetry observer reach a task of a host by the host's address.
#[test]
fn an_instance_has_the_address_of_its_host() {
    let shown = r#"DescribeInstances {"Filter":[{"Name":"private-ip-address","Value":["192.0.2.*"]}]} -> reservationSet.0.instancesSet.0.privateIpAddress reservationSet.0.instancesSet.0.privateDnsName"#;
    check(
        "cluster web; host a in web longshore.address=192.0.2.7",
        shown,
        expect![[r#"
            200 reservationSet.0.instancesSet.0.privateIpAddress="192.0.2.7" reservationSet.0.instancesSet.0.privateDnsName="ip-192-0-2-7.ec2.internal"
        "#]],
    );
    check(
        "cluster web; host a in web longshore.address=127.0.0.1",
        shown,
        expect![[r#"
            200 reservationSet.0.instancesSet.0.privateIpAddress=- reservationSet.0.instancesSet.0.privateDnsName=-
        "#]],
    );
}

/// Scripts and dask read a task's public address from its interface.
#[test]
fn a_task_with_a_public_address_is_reached_by_its_own() {
    let shown = |assigned: &str| {
        format!(
            r#"RunTask {{"taskDefinition":"app","networkConfiguration":{{"awsvpcConfiguration":{{"subnets":["subnet-1"],"assignPublicIp":"{assigned}"}}}}}} ; as f ReportTaskNetwork {{"taskArn":"arn:aws:ecs:us-east-1:123456789012:task/default/7ada6bfbcb3740f94f1b849f8493217d","attachmentArn":"x","privateIpv4Address":"10.88.0.7","macAddress":"02:00:00:00:00:07"}} ; DescribeNetworkInterfaces {{}} -> networkInterfaceSet.0.association networkInterfaceSet.0.privateIpAddressesSet"#
        )
    };
    check(
        WORLD,
        &shown("ENABLED"),
        expect![[r#"
        200 networkInterfaceSet.0.association={"publicIp":"10.88.0.7"} networkInterfaceSet.0.privateIpAddressesSet=[{"association":{"publicIp":"10.88.0.7"},"primary":true,"privateIpAddress":"10.88.0.7"}]
    "#]],
    );
    check(
        WORLD,
        &shown("DISABLED"),
        expect![[r#"
        200 networkInterfaceSet.0.association=- networkInterfaceSet.0.privateIpAddressesSet=[{"primary":true,"privateIpAddress":"10.88.0.7"}]
    "#]],
    );
}

#[test]
fn a_host_is_found_by_its_image() {
    check(
        "cluster web; host a in web ecs.ami-id=ami-1; host b in web",
        r#"DescribeInstances {"Filter":[{"Name":"image-id","Value":["ami-1"]}]} -> reservationSet.0.instancesSet.0.instanceId reservationSet.1"#,
        expect![[r#"
            200 reservationSet.0.instancesSet.0.instanceId="i-0000000000000a001" reservationSet.1=-
        "#]],
    );
}

/// A stock agent's host is given the address before it has the interface.
#[test]
fn an_interface_that_its_host_has_not_taken_on_is_attaching() {
    let world = World::new("cluster web; host a in web ecs.capability.task-eni=");
    world.ask(r#"RegisterTaskDefinition {"family":"own","networkMode":"awsvpc","containerDefinitions":[{"name":"main","image":"app:1","memory":64}]}"#);
    world.ask(r#"RunTask {"cluster":"web","taskDefinition":"own","networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1"]}}}"#);
    let with = |status: &str| {
        let call =
            format!(r#"DescribeNetworkInterfaces {{"Filter":[{{"Name":"attachment.status","Value":["{status}"]}}]}}"#);
        world.ask(&call).show(Some("networkInterfaceSet.0.attachment.status"))
    };
    assert_eq!(
        with("attaching"),
        "200 networkInterfaceSet.0.attachment.status=\"attaching\"\n"
    );
    assert_eq!(with("attached"), "200 networkInterfaceSet.0.attachment.status=-\n");
}

/// A filter that AWS knows selects; what nothing here has, such as a key's name, selects nothing.
#[test]
fn filters_that_clients_use_are_known() {
    let selects = |operation: &str, shown: &str, filters: &[(&str, &str)]| {
        for (name, value) in filters {
            let world = World::new(WORLD);
            assert!(
                world
                    .ask(ATTACHED.trim_end_matches(" ; "))
                    .show(None)
                    .starts_with("200")
            );
            let call = format!(r#"{operation} {{"Filter":[{{"Name":"{name}","Value":["{value}"]}}]}}"#);
            let told = world.ask(&call).show(Some(shown));
            let found = !told.contains("=-");
            assert!(told.starts_with("200") && found != (*value == "none"), "{call}: {told}");
        }
    };
    selects(
        "DescribeInstances",
        "reservationSet.0.instancesSet.0.instanceId",
        &[
            ("instance.group-name", "default"),
            ("reservation-id", "r-*"),
            ("root-device-type", "ebs"),
            ("image-id", "none"),
            ("key-name", "none"),
            ("instance-lifecycle", "none"),
        ],
    );
    selects(
        "DescribeNetworkInterfaces",
        "networkInterfaceSet.0.networkInterfaceId",
        &[
            ("attachment.attachment-id", "eni-attach-*"),
            ("attachment.status", "attached"),
            ("private-dns-name", "ip-10-88-0-7.*"),
            ("requester-managed", "true"),
            ("source-dest-check", "true"),
            ("association.public-ip", "none"),
        ],
    );
    selects(
        "DescribeSubnets",
        "subnetSet.0.subnetId",
        &[
            ("availability-zone-id", "us-east-1a"),
            ("cidr", "10.64.0.0/10"),
            ("state", "none"),
        ],
    );
}

#[test]
fn zones_and_regions_are_those_of_the_site() {
    check(
        WORLD,
        r#"DescribeAvailabilityZones {"ZoneName":["us-east-1a"]}"#,
        expect![[r#"
            200 {"availabilityZoneInfo":[{"optInStatus":"opt-in-not-required","regionName":"us-east-1","zoneName":"us-east-1a","zoneId":"us-east-1a","groupName":"us-east-1","networkBorderGroup":"us-east-1","zoneType":"availability-zone","zoneState":"available"}]}
        "#]],
    );
    check(
        WORLD,
        r#"DescribeRegions {}"#,
        expect![[r#"
        200 {"regionInfo":[{"optInStatus":"opt-in-not-required","regionName":"us-east-1","regionEndpoint":"http://127.0.0.1:4566"}]}
    "#]],
    );
}

#[test]
fn hosts_that_users_own_are_instances() {
    check(
        WORLD,
        r#"DescribeInstances {"Filter":[{"Name":"instance-state-name","Value":["running","pending"]}]}"#,
        expect![[r#"
            200 {"reservationSet":[{"reservationId":"r-0000000000000a001","ownerId":"123456789012","groupSet":[],"instancesSet":[{"architecture":"x86_64","networkInterfaceSet":[],"rootDeviceType":"ebs","groupSet":[{"groupId":"sg-b843eba6e2669ae24","groupName":"default"}],"tagSet":[],"instanceId":"i-0000000000000a001","instanceState":{"code":16,"name":"running"},"instanceType":"m5.large","launchTime":0.000,"placement":{"tenancy":"default","availabilityZone":"us-east-1b"},"subnetId":"subnet-3824b18a0f9c390aa","vpcId":"vpc-e753a4fd3f4b097f2"}]}]}
        "#]],
    );
    check(
        WORLD,
        r#"DescribeInstanceTypes {}"#,
        expect![[r#"
        200 {"instanceTypeSet":[{"instanceType":"m5.large","currentGeneration":true,"supportedUsageClasses":["on-demand"],"bareMetal":true,"processorInfo":{"supportedArchitectures":["x86_64"]},"vCpuInfo":{"defaultVCpus":4},"memoryInfo":{"sizeInMiB":4096}}]}
    "#]],
    );
    check(
        WORLD,
        r#"TagResource {"resourceArn":"arn:aws:ecs:us-east-1:123456789012:container-instance/web/$a","tags":[{"key":"team","value":"core"}]} ; DescribeTags {"Filter":[{"Name":"key","Value":["t*"]}]}"#,
        expect![[r#"
            200 {"tagSet":[{"key":"team","resourceId":"i-0000000000000a001","resourceType":"instance","value":"core"}]}
        "#]],
    );
}

#[test]
fn addresses_of_tasks_are_interfaces() {
    check(
        WORLD,
        "DescribeNetworkInterfaces {}",
        expect![[r#"
        200 {"networkInterfaceSet":[]}
    "#]],
    );
    check(
        WORLD,
        &format!("{ATTACHED}DescribeNetworkInterfaces {{}}"),
        expect![[r#"
            200 {"networkInterfaceSet":[{"attachment":{"attachTime":1699999999.000,"attachmentId":"eni-attach-0000000000000e003","deleteOnTermination":true,"deviceIndex":1,"instanceOwnerId":"123456789012","status":"attached"},"availabilityZone":"us-east-1a","description":"arn:aws:ecs:us-east-1:123456789012:attachment/web/00000000-0000-0000-0000-00000000e003","groupSet":[{"groupId":"sg-b843eba6e2669ae24","groupName":"default"}],"interfaceType":"interface","macAddress":"02:00:00:00:00:07","networkInterfaceId":"eni-0000000000000e003","ownerId":"123456789012","privateDnsName":"ip-10-88-0-7.ec2.internal","privateIpAddress":"10.88.0.7","privateIpAddressesSet":[{"primary":true,"privateIpAddress":"10.88.0.7"}],"requesterManaged":true,"sourceDestCheck":true,"status":"in-use","subnetId":"subnet-1","tagSet":[],"vpcId":"vpc-e753a4fd3f4b097f2"}]}
        "#]],
    );
    check(
        WORLD,
        &format!(
            r#"{ATTACHED}DescribeNetworkInterfaces {{"Filter":[{{"Name":"private-ip-address","Value":["10.88.0.8"]}}]}}"#
        ),
        expect![[r#"
            200 {"networkInterfaceSet":[]}
        "#]],
    );
}

#[test]
fn pages_follow_each_other() {
    let zones = ["d", "e", "f"]
        .map(|zone| format!("; host {zone} in web zone=us-east-1{zone}"))
        .concat();
    check(
        &format!("cluster web{zones}"),
        r#"DescribeSubnets {"MaxResults":5} -> subnetSet.4.state subnetSet.5"#,
        expect![[r#"
            200 subnetSet.4.state="available" subnetSet.5=-
        "#]],
    );
    check(
        WORLD,
        r#"DescribeSubnets {"MaxResults":2} -> subnetSet.2 subnetSet.1.availabilityZone"#,
        expect![[r#"
            400 InvalidParameterValue: 1 validation error detected: Value '2' at 'MaxResults' failed to satisfy constraint: Member must have value greater than or equal to 5
        "#]],
    );
    check(
        WORLD,
        r#"DescribeSubnets {"NextToken":"forged"}"#,
        expect![[r#"
        400 InvalidParameterValue: Invalid token. The nextToken is not one that this list gave.
    "#]],
    );
}

#[test]
fn what_is_unknown_is_named_in_ec2s_words() {
    check(
        WORLD,
        r#"DescribeVpcs {"VpcId":["vpc-1"]}"#,
        expect![[r#"
        400 InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist
    "#]],
    );
    check(
        WORLD,
        r#"DescribeSubnets {"SubnetId":["subnet-1"]}"#,
        expect![[r#"
        400 InvalidSubnetID.NotFound: The subnet ID 'subnet-1' does not exist
    "#]],
    );
    check(
        WORLD,
        r#"DescribeSecurityGroups {"GroupId":["sg-1"]}"#,
        expect![[r#"
            400 InvalidGroup.NotFound: The security group 'sg-1' does not exist
        "#]],
    );
    check(
        WORLD,
        r#"DescribeSecurityGroups {"GroupName":["web"]}"#,
        expect![[r#"
            400 InvalidGroup.NotFound: The security group 'web' does not exist in default VPC 'vpc-e753a4fd3f4b097f2'
        "#]],
    );
    check(
        WORLD,
        r#"DescribeInstances {"InstanceId":["i-1"]}"#,
        expect![[r#"
        400 InvalidInstanceID.NotFound: The instance ID 'i-1' does not exist
    "#]],
    );
    check(
        WORLD,
        r#"DescribeNetworkInterfaces {"NetworkInterfaceId":["eni-1"]}"#,
        expect![[r#"
            400 InvalidNetworkInterfaceID.NotFound: The networkInterface ID 'eni-1' does not exist
        "#]],
    );
}

#[test]
fn types_zones_regions_and_filters_that_are_unknown_are_named_too() {
    check(
        WORLD,
        r#"DescribeInstanceTypes {"InstanceType":["t3.micro"]}"#,
        expect![[r#"
            400 InvalidInstanceType: The following supplied instance types do not exist: [t3.micro]
        "#]],
    );
    check(
        WORLD,
        r#"DescribeAvailabilityZones {"ZoneName":["eu-west-1a"]}"#,
        expect![[r#"
            400 InvalidParameterValue: Invalid availability zone: [eu-west-1a]
        "#]],
    );
    check(
        WORLD,
        r#"DescribeRegions {"RegionName":["eu-west-1"]}"#,
        expect![[r#"
            400 InvalidParameterValue: Invalid region: [eu-west-1]
        "#]],
    );
    check(
        WORLD,
        r#"DescribeTags {"Filter":[{"Name":"colour","Value":["red"]}]}"#,
        expect![[r#"
            400 InvalidParameterValue: The filter 'colour' is invalid
        "#]],
    );
    check(
        WORLD,
        r#"DescribeVpcs {"DryRun":true}"#,
        expect![[r#"
        412 DryRunOperation: Request would have succeeded, but DryRun flag is set.
    "#]],
    );
}

#[test]
fn a_token_fits_the_question_that_it_came_from_alone() {
    let zones = ["d", "e", "f"]
        .map(|zone| format!("; host {zone} in web zone=us-east-1{zone}"))
        .concat();
    let world = World::new(&format!("cluster web{zones}"));
    let ask = |more: &str| world.ask(&format!(r#"DescribeSubnets {{"MaxResults":5{more}}}"#));
    let token = ask("").get("nextToken").expect("there are six");
    let rest = ask(&format!(r#","NextToken":{token}"#)).show(Some("subnetSet.0.state subnetSet.1 nextToken"));
    assert_eq!(rest, "200 subnetSet.0.state=\"available\" subnetSet.1=- nextToken=-\n");
    let filter = r#","Filter":[{"Name":"state","Value":["available"]}]"#;
    expect![[r#"
        400 InvalidParameterValue: Invalid token. The nextToken is not one that this list gave.
    "#]]
    .assert_eq(&ask(&format!(r#","NextToken":{token}{filter}"#)).show(None));
}

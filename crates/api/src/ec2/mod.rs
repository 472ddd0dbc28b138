//! Amazon EC2, to read only: the network that tasks are in, the hosts as instances, the tasks' addresses as interfaces.
//!
//! Nothing of it is stored. Clients of ECS ask EC2 where things are; what they get follows from the site and the snapshot.

mod describe_account_attributes;
mod describe_availability_zones;
mod describe_instance_types;
mod describe_instances;
mod describe_network_interfaces;
mod describe_regions;
mod describe_security_groups;
mod describe_subnets;
mod describe_tags;
mod describe_vpc_attribute;
mod describe_vpcs;
pub(crate) mod place;
mod select;

crate::call::operations! {
    DescribeAccountAttributes => describe_account_attributes::describe_account_attributes, Account;
    DescribeAvailabilityZones => describe_availability_zones::describe_availability_zones, Account;
    DescribeInstanceTypes => describe_instance_types::describe_instance_types, Account;
    DescribeInstances => describe_instances::describe_instances, Account;
    DescribeNetworkInterfaces => describe_network_interfaces::describe_network_interfaces, Account;
    DescribeRegions => describe_regions::describe_regions, Account;
    DescribeSecurityGroups => describe_security_groups::describe_security_groups, Account;
    DescribeSubnets => describe_subnets::describe_subnets, Account;
    DescribeTags => describe_tags::describe_tags, Account;
    DescribeVpcAttribute => describe_vpc_attribute::describe_vpc_attribute, Account;
    DescribeVpcs => describe_vpcs::describe_vpcs, Account;
}

#[cfg(test)]
mod tests;

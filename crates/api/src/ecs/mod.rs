//! Amazon ECS. One file an operation; this table is all that knows which there are.

mod create_cluster;
mod delete_cluster;
mod deregister_container_instance;
mod deregister_task_definition;
mod describe_clusters;
mod describe_container_instances;
mod describe_task_definition;
mod describe_tasks;
mod discover_poll_endpoint;
mod errors;
mod inert;
mod list_clusters;
mod list_container_instances;
mod list_task_definition_families;
mod list_task_definitions;
mod list_tasks;
mod register_container_instance;
mod register_task_definition;
pub(crate) mod report;
pub(crate) mod resolve;
mod run_task;
pub(crate) mod shape;
mod stop_task;
mod submit_attachment_state_changes;
mod submit_container_state_change;
mod submit_task_state_change;
mod tags;
mod validation;

pub use report::acked;

crate::call::operations! {
    CreateCluster => create_cluster::create_cluster, Account;
    DeleteCluster => delete_cluster::delete_cluster, Account;
    DeregisterContainerInstance => deregister_container_instance::deregister_container_instance, Hosts;
    DeregisterTaskDefinition => deregister_task_definition::deregister_task_definition, Account;
    DescribeClusters => describe_clusters::describe_clusters, Account;
    DescribeContainerInstances => describe_container_instances::describe_container_instances, Account;
    DescribeTaskDefinition => describe_task_definition::describe_task_definition, Account;
    DescribeTasks => describe_tasks::describe_tasks, Account;
    DiscoverPollEndpoint => discover_poll_endpoint::discover_poll_endpoint, Hosts;
    ListClusters => list_clusters::list_clusters, Account;
    ListContainerInstances => list_container_instances::list_container_instances, Account;
    ListTaskDefinitionFamilies => list_task_definition_families::list_task_definition_families, Account;
    ListTaskDefinitions => list_task_definitions::list_task_definitions, Account;
    ListTasks => list_tasks::list_tasks, Account;
    RegisterContainerInstance => register_container_instance::register_container_instance, Hosts;
    RegisterTaskDefinition => register_task_definition::register_task_definition, Account;
    RunTask => run_task::run_task, Account;
    StopTask => stop_task::stop_task, Account;
    SubmitAttachmentStateChanges => submit_attachment_state_changes::submit_attachment_state_changes, Hosts;
    SubmitContainerStateChange => submit_container_state_change::submit_container_state_change, Hosts;
    SubmitTaskStateChange => submit_task_state_change::submit_task_state_change, Hosts;
}

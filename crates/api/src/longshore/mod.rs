//! Longshore's own service: what ECS has no call for. Its model is `models/longshore`.

mod create_join_token;
mod delete_host;
mod describe_task_usage;
mod hosts;
mod join_host;
mod list_hosts;
mod list_join_tokens;
mod list_placement_decisions;
mod report_task_network;
mod revoke_join_token;
mod rotate_host_key;
mod update_host;

crate::call::operations! {
    CreateJoinToken => create_join_token::create_join_token, Account;
    DeleteHost => delete_host::delete_host, Account;
    DescribeTaskUsage => describe_task_usage::describe_task_usage, Account;
    JoinHost => join_host::join_host, Anyone;
    ListHosts => list_hosts::list_hosts, Account;
    ListJoinTokens => list_join_tokens::list_join_tokens, Account;
    ListPlacementDecisions => list_placement_decisions::list_placement_decisions, Account;
    ReportTaskNetwork => report_task_network::report_task_network, Hosts;
    RevokeJoinToken => revoke_join_token::revoke_join_token, Account;
    RotateHostKey => rotate_host_key::rotate_host_key, Hosts;
    UpdateHost => update_host::update_host, Account;
}

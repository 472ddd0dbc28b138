//! Security Token Service: who am I.

mod get_caller_identity;

crate::call::operations! {
    GetCallerIdentity => get_caller_identity::get_caller_identity, Hosts;
}

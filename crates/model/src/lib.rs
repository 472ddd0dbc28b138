//! Wire shapes and operation tables, generated from the services' models by `cargo xtask codegen`.
//!
//! `ec2`, `ecs` and `sts` come from botocore's data; `acs` and `tcs` (what agents and the server say to each other) and `longshore`
//! (what ECS has no call for) from models of our own in the same form. None of the files is edited.

#[rustfmt::skip]
pub mod acs;
#[rustfmt::skip]
pub mod ec2;
#[rustfmt::skip]
pub mod ecs;
#[rustfmt::skip]
pub mod longshore;
#[rustfmt::skip]
pub mod sts;
#[rustfmt::skip]
pub mod tcs;

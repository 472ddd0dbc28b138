//! What exists, and how it may change.
//!
//! Entities with private state and named moves, the `Snapshot` that holds them all, and `Changes`, the only way from one
//! snapshot to the next. Nothing here knows a wire shape, a clock or a disk: times and ids come in as arguments, and AWS's
//! spelling of our words lives in `api`'s shape files.

pub mod changes;
pub mod cluster;
pub mod decision;
pub mod host;
pub mod id;
pub mod index;
pub mod instance;
mod launches;
pub mod network;
pub mod record;
pub mod resources;
pub mod setting;
pub mod site;
pub mod snapshot;
pub mod spec;
pub mod tags;
pub mod task;
pub mod task_definition;
pub mod token;

pub use changes::Changes;
pub use cluster::Cluster;
pub use decision::Decision;
pub use host::{Host, JoinToken};
pub use id::{ClusterName, DefinitionId, HostId, InstanceId, TaskId};
pub use instance::Instance;
pub use network::{Cidr, TaskNetwork};
pub use record::{Key, Record};
pub use setting::AccountSetting;
pub use site::Site;
pub use snapshot::{Rev, Snapshot};
pub use task::Task;
pub use task_definition::{Family, TaskDefinition};
pub use token::RunToken;

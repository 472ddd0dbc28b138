//! What containers use, as the kernel counts it.

use std::collections::BTreeMap;

/// What a container has used up to a moment. Counters only grow while it runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Milliseconds since 1970.
    pub at_ms: i64,
    pub cpu: CpuUsage,
    pub memory: MemoryUsage,
    pub pids: u64,
    pub io: Vec<IoUsage>,
    /// By the interface's name in the container.
    pub networks: BTreeMap<String, NetworkUsage>,
}

/// In nanoseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CpuUsage {
    pub total_ns: u64,
    pub user_ns: u64,
    pub kernel_ns: u64,
    /// All that the machine's cores had to give, idle time included.
    pub system_ns: u64,
    pub cores: u32,
    pub periods: u64,
    pub throttled_periods: u64,
    pub throttled_ns: u64,
}

/// In bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemoryUsage {
    pub usage: u64,
    /// Where the kernel keeps it.
    pub max_usage: Option<u64>,
    pub limit: u64,
    /// The kernel's own account, by its names.
    pub detail: BTreeMap<String, u64>,
}

impl MemoryUsage {
    /// What it holds, without pages of files that the kernel could drop at once.
    pub fn in_use(&self) -> u64 {
        let droppable = ["total_inactive_file", "inactive_file"]
            .iter()
            .find_map(|name| self.detail.get(*name));
        self.usage.saturating_sub(droppable.copied().unwrap_or_default())
    }
}

/// Bytes read from or written to one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IoUsage {
    pub major: u64,
    pub minor: u64,
    pub read: u64,
    pub write: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetworkUsage {
    pub rx_bytes: u64,
    pub rx_packets: u64,
    pub rx_errors: u64,
    pub rx_dropped: u64,
    pub tx_bytes: u64,
    pub tx_packets: u64,
    pub tx_errors: u64,
    pub tx_dropped: u64,
}

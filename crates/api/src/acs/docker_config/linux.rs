//! What the kernel is asked for, in Docker's words and units.

use model::ecs::{ContainerDefinition, Device, LinuxParameters, Tmpfs, Ulimit};
use wire::Value;

use super::{list, object, switch, text, values};

const MIB: i64 = 1 << 20;

pub fn sysctls(it: &ContainerDefinition) -> Option<Value> {
    let controls = it.system_controls.iter().flatten();
    let members: Vec<_> = controls
        .filter_map(|it| Some((it.namespace.clone()?, text(it.value.as_deref()?))))
        .collect();
    (!members.is_empty()).then_some(Value::Map(members))
}

pub fn ulimits(it: &ContainerDefinition) -> Option<Value> {
    let number = |n: Option<i32>| Value::Int(i64::from(n.unwrap_or_default()));
    let limit = |it: &Ulimit| {
        object(vec![
            ("Name", it.name.as_deref().map(text)),
            ("Soft", Some(number(it.soft_limit))),
            ("Hard", Some(number(it.hard_limit))),
        ])
    };
    values(it.ulimits.iter().flatten().map(limit))
}

/// `memory_mib` is what the container may have without swap.
pub fn parameters(it: &LinuxParameters, memory_mib: Option<u32>) -> [(&'static str, Option<Value>); 8] {
    let capabilities = it.capabilities.clone().unwrap_or_default();
    let mib = |n: i32| Value::Int(i64::from(n) * MIB);
    let with_swap = it
        .max_swap
        .zip(memory_mib)
        .map(|(swap, memory)| i64::from(swap) + i64::from(memory));
    let tmpfs: Vec<_> = it.tmpfs.iter().flatten().map(mount).collect();
    [
        ("CapAdd", list(&capabilities.add)),
        ("CapDrop", list(&capabilities.drop)),
        ("Devices", values(it.devices.iter().flatten().map(device))),
        ("Init", switch(it.init_process_enabled)),
        ("ShmSize", it.shared_memory_size.map(mib)),
        ("Tmpfs", (!tmpfs.is_empty()).then_some(Value::Map(tmpfs))),
        ("MemorySwap", with_swap.map(|mib| Value::Int(mib * MIB))),
        // Without a bound on swap of its own a container has none, and so nothing to weigh.
        (
            "MemorySwappiness",
            it.max_swap.and(it.swappiness).map(|n| Value::Int(i64::from(n))),
        ),
    ]
}

fn device(it: &Device) -> Value {
    let host = it.host_path.as_deref().unwrap_or_default();
    let inside = it.container_path.as_deref().filter(|it| !it.is_empty()).unwrap_or(host);
    let given = it.permissions.as_deref().unwrap_or_default();
    let letter = |it: &String| match it.as_str() {
        "read" => "r",
        "write" => "w",
        _ => "m",
    };
    let permissions: String = match given {
        [] => "rwm".into(),
        given => given.iter().map(letter).collect(),
    };
    object(vec![
        ("PathOnHost", Some(text(host))),
        ("PathInContainer", Some(text(inside))),
        ("CgroupPermissions", Some(text(&permissions))),
    ])
}

fn mount(it: &Tmpfs) -> (String, Value) {
    let size = format!("size={}m", it.size.unwrap_or_default());
    let options = it.mount_options.iter().flatten().cloned();
    let all: Vec<String> = [size].into_iter().chain(options).collect();
    (it.container_path.clone().unwrap_or_default(), text(&all.join(",")))
}

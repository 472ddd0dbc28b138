//! DescribeInstanceTypes shows the types of the hosts: what the largest of each has.

use std::collections::BTreeMap;

use domain::Instance;
use model::ec2::{
    DescribeInstanceTypesRequest, DescribeInstanceTypesResult, InstanceTypeInfo, MemoryInfo, ProcessorInfo, VCpuInfo,
};
use wire::ApiError;

use super::place;
use super::select::{Selection, not_dry, page, properties};
use crate::call::Reply;
use crate::cx::Cx;

pub fn describe_instance_types(
    cx: &Cx<'_>,
    input: DescribeInstanceTypesRequest,
) -> Result<Reply<DescribeInstanceTypesResult>, ApiError> {
    not_dry(input.dry_run)?;
    let mut largest: BTreeMap<String, &Instance> = BTreeMap::new();
    for host in place::hosts(cx.view) {
        let kept = largest.entry(place::instance_type(host)).or_insert(host);
        if host.registered.memory_mib > kept.registered.memory_mib {
            *kept = host;
        }
    }
    let selection = Selection {
        ids: input.instance_types,
        missing: ("InvalidInstanceType", |id| {
            format!("The following supplied instance types do not exist: [{id}]")
        }),
        filters: input.filters,
        known: &[
            "current-generation",
            "instance-type",
            "memory-info.size-in-mib",
            "processor-info.supported-architecture",
            "vcpu-info.default-vcpus",
        ],
    };
    let found = selection.of(largest.into_iter(), |(name, it)| {
        let facts = properties([
            ("current-generation", "true".into()),
            ("instance-type", name.clone()),
            ("memory-info.size-in-mib", it.registered.memory_mib.to_string()),
            ("processor-info.supported-architecture", place::architecture(it).into()),
            ("vcpu-info.default-vcpus", cpus(it).to_string()),
        ]);
        (name.clone(), facts)
    })?;
    let page = page(
        cx,
        "DescribeInstanceTypes",
        input.max_results,
        input.next_token.as_deref(),
        found,
    )?;
    let shown = |(name, it): (String, &Instance)| InstanceTypeInfo {
        instance_type: Some(name),
        current_generation: Some(true),
        supported_usage_classes: Some(vec!["on-demand".into()]),
        bare_metal: Some(true),
        processor_info: Some(ProcessorInfo {
            supported_architectures: Some(vec![place::architecture(it).into()]),
        }),
        v_cpu_info: Some(VCpuInfo {
            default_v_cpus: Some(cpus(it) as i32),
        }),
        memory_info: Some(MemoryInfo {
            size_in_mi_b: Some(i64::from(it.registered.memory_mib)),
        }),
    };
    Ok(Reply::new(DescribeInstanceTypesResult {
        instance_types: Some(page.items.into_iter().map(shown).collect()),
        next_token: page.next_token,
    }))
}

fn cpus(it: &Instance) -> u32 {
    it.registered.cpu / 1024
}

//! Volumes that a definition leaves open until the launch, as the call configures them.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use domain::TaskDefinition;
use domain::tags::Tags;
use domain::task::{Filesystem, ManagedVolume, OnTermination, VolumeType};
use model::ecs::{self, EBSTagSpecification, RunTaskRequest, TaskManagedEBSVolumeConfiguration};
use wire::ApiError;

use crate::ecs::{errors, tags, validation};

/// Of MiB/s, how many a gp3 volume may have for each of its IOPS, as a divisor.
const IOPS_PER_THROUGHPUT: u32 = 4;
const INITIALIZATION_RATE: RangeInclusive<i32> = 100..=300;

/// One for each volume that the definition leaves open, and none beside.
pub(super) fn volumes(
    input: &RunTaskRequest,
    definition: &TaskDefinition,
    document: &ecs::TaskDefinition,
) -> Result<Vec<ManagedVolume>, ApiError> {
    let open: Vec<&str> = document
        .volumes
        .iter()
        .flatten()
        .filter(|it| it.configured_at_launch == Some(true))
        .filter_map(|it| it.name.as_deref())
        .collect();
    let mut named = HashSet::new();
    let mut all = Vec::new();
    for given in input.volume_configurations.iter().flatten() {
        let name = given.name.as_deref().unwrap_or_default();
        if !open.contains(&name) {
            return Err(errors::invalid(format!(
                "The task definition has no volume '{name}' that is configured at launch."
            )));
        }
        if !named.insert(name) {
            return Err(wrong(name, "It is configured more than once."));
        }
        match &given.managed_ebs_volume {
            Some(it) => all.push(managed(name, it, definition)?),
            None => return Err(wrong(name, "It needs a managedEBSVolume.")),
        }
    }
    match open.into_iter().find(|name| !named.contains(name)) {
        Some(name) => Err(errors::invalid(format!(
            "A volume configuration must be given for the volume '{name}', which the task definition configures at launch."
        ))),
        None => Ok(all),
    }
}

fn wrong(name: &str, why: impl std::fmt::Display) -> ApiError {
    errors::invalid(format!("Invalid configuration of volume '{name}'. {why}"))
}

fn managed(
    name: &str,
    it: &TaskManagedEBSVolumeConfiguration,
    definition: &TaskDefinition,
) -> Result<ManagedVolume, ApiError> {
    let role_arn = it.role_arn.clone().unwrap_or_default();
    if !validation::is_role_arn(&role_arn) {
        return Err(wrong(name, "The 'roleArn' is not the ARN of a role."));
    }
    if it.kms_key_id.is_some() && it.encrypted != Some(true) {
        return Err(wrong(name, "A 'kmsKeyId' needs 'encrypted' to be true."));
    }
    let volume_type = volume_type(name, it.volume_type.as_deref())?;
    let limits = Limits::of(volume_type);
    let size_gib = within(name, "sizeInGiB", it.size_in_gi_b, Some(limits.size_gib))?;
    source(name, it)?;
    let iops = within(name, "iops", it.iops, limits.iops)?;
    if iops.is_none() && matches!(volume_type, VolumeType::Io1 | VolumeType::Io2) {
        return Err(wrong(name, "Volumes of the types io1 and io2 need 'iops'."));
    }
    let throughput = within(name, "throughput", it.throughput, limits.throughput)?;
    let least_iops = throughput.unwrap_or_default() * IOPS_PER_THROUGHPUT;
    if least_iops > iops.unwrap_or(Limits::GP3_BASE_IOPS) {
        return Err(wrong(
            name,
            format_args!("Its 'throughput' needs at least {least_iops} 'iops'."),
        ));
    }
    let policy = it.termination_policy.as_ref();
    Ok(ManagedVolume {
        name: name.to_owned(),
        role_arn,
        size_gib,
        snapshot_id: it.snapshot_id.clone(),
        volume_type,
        iops,
        throughput,
        encrypted: it.encrypted == Some(true),
        kms_key_id: it.kms_key_id.clone(),
        filesystem: filesystem(it.filesystem_type.as_deref()),
        on_termination: match policy.and_then(|it| it.delete_on_termination) {
            Some(false) => OnTermination::Keep,
            Some(true) | None => OnTermination::Delete,
        },
        tags: volume_tags(name, it.tag_specifications.as_deref().unwrap_or_default(), definition)?,
    })
}

/// An empty volume has a size; one from a snapshot may have the snapshot's, and a rate at which it is filled.
fn source(name: &str, it: &TaskManagedEBSVolumeConfiguration) -> Result<(), ApiError> {
    let Some(snapshot) = &it.snapshot_id else {
        return match (it.size_in_gi_b, it.volume_initialization_rate) {
            (None, _) => Err(wrong(name, "Either 'sizeInGiB' or 'snapshotId' must be given.")),
            (Some(_), Some(_)) => Err(wrong(name, "A 'volumeInitializationRate' needs a 'snapshotId'.")),
            (Some(_), None) => Ok(()),
        };
    };
    let digits = snapshot.strip_prefix("snap-").unwrap_or_default();
    if !matches!(digits.len(), 8 | 17) || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(wrong(name, "The 'snapshotId' is not the id of a snapshot."));
    }
    let rate = it.volume_initialization_rate;
    within(name, "volumeInitializationRate", rate, Some(INITIALIZATION_RATE)).map(drop)
}

fn volume_type(name: &str, given: Option<&str>) -> Result<VolumeType, ApiError> {
    Ok(match given {
        None | Some("gp3") => VolumeType::Gp3,
        Some("gp2") => VolumeType::Gp2,
        Some("io1") => VolumeType::Io1,
        Some("io2") => VolumeType::Io2,
        Some("sc1") => VolumeType::Sc1,
        Some("st1") => VolumeType::St1,
        Some("standard") => VolumeType::Standard,
        Some(other) => {
            return Err(wrong(
                name,
                format_args!("The 'volumeType' {other} should be one of [gp2, gp3, io1, io2, sc1, st1, standard]."),
            ));
        }
    })
}

/// The model allows no other words.
fn filesystem(given: Option<&str>) -> Filesystem {
    match given {
        Some("ext3") => Filesystem::Ext3,
        Some("ext4") => Filesystem::Ext4,
        Some("ntfs") => Filesystem::Ntfs,
        _ => Filesystem::Xfs,
    }
}

/// What EBS gives volumes of a type. None where the type has no such setting.
struct Limits {
    size_gib: RangeInclusive<i32>,
    iops: Option<RangeInclusive<i32>>,
    throughput: Option<RangeInclusive<i32>>,
}

impl Limits {
    const GP3_BASE_IOPS: u32 = 3000;

    fn of(it: VolumeType) -> Self {
        let (size_gib, iops, throughput) = match it {
            VolumeType::Gp2 => (1..=16384, None, None),
            VolumeType::Gp3 => (1..=16384, Some(3000..=16000), Some(125..=1000)),
            VolumeType::Io1 | VolumeType::Io2 => (4..=16384, Some(100..=64000), None),
            VolumeType::Sc1 | VolumeType::St1 => (125..=16384, None, None),
            VolumeType::Standard => (1..=1024, None, None),
        };
        Self {
            size_gib,
            iops,
            throughput,
        }
    }
}

fn within(
    name: &str,
    field: &str,
    given: Option<i32>,
    allowed: Option<RangeInclusive<i32>>,
) -> Result<Option<u32>, ApiError> {
    match (given, allowed) {
        (None, _) => Ok(None),
        (Some(n), Some(range)) if range.contains(&n) => Ok(Some(n.unsigned_abs())),
        (Some(n), Some(range)) => Err(wrong(
            name,
            format_args!(
                "The '{field}' {n} must be between {} and {}.",
                range.start(),
                range.end()
            ),
        )),
        (Some(_), None) => Err(wrong(name, format_args!("Its type has no '{field}'."))),
    }
}

fn volume_tags(name: &str, given: &[EBSTagSpecification], definition: &TaskDefinition) -> Result<Tags, ApiError> {
    let mut all = Tags::new();
    for spec in given {
        if spec.propagate_tags.as_deref() == Some("SERVICE") {
            return Err(wrong(
                name,
                "Tags can only be propagated from a service when the task is part of one.",
            ));
        }
        all.extend(tags::parse(spec.tags.clone())?);
        if spec.propagate_tags.as_deref() == Some("TASK_DEFINITION") {
            tags::inherit(&mut all, &definition.tags);
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    const FAMILY: &str = r#"RegisterTaskDefinition {"family":"disk","containerDefinitions":[{"name":"main","image":"app:1","memory":64}],"volumes":[{"name":"data","configuredAtLaunch":true}]}"#;

    /// What is said of each of these configurations of the volume `data`.
    fn each(configurations: &[&str], expected: expect_test::Expect) {
        let mut said = String::new();
        for it in configurations {
            let world = crate::testing::World::new("cluster web; host a in web");
            world.ask(FAMILY);
            let call = format!(r#"RunTask {{"cluster":"web","taskDefinition":"disk","volumeConfigurations":[{it}]}}"#);
            said += &world.ask(&call).show(Some("tasks.0.lastStatus"));
        }
        expected.assert_eq(&said);
    }

    #[test]
    fn a_volume_can_only_be_configured_if_the_definition_leaves_it_open() {
        check(
            "cluster web; host a in web; family app",
            r#"RunTask {"cluster":"web","taskDefinition":"app","volumeConfigurations":[{"name":"data","managedEBSVolume":{"roleArn":"arn:aws:iam::123456789012:role/ebs","sizeInGiB":1}}]}"#,
            expect![[r#"
                400 InvalidParameterException: The task definition has no volume 'data' that is configured at launch.
            "#]],
        );
    }

    #[test]
    fn one_that_is_left_open_must_be_configured_once() {
        let good =
            r#"{"name":"data","managedEBSVolume":{"roleArn":"arn:aws:iam::123456789012:role/ebs","sizeInGiB":1}}"#;
        each(
            &["", r#"{"name":"data"}"#, &format!("{good},{good}"), good],
            expect![[r#"
                400 InvalidParameterException: A volume configuration must be given for the volume 'data', which the task definition configures at launch.
                400 InvalidParameterException: Invalid configuration of volume 'data'. It needs a managedEBSVolume.
                400 InvalidParameterException: Invalid configuration of volume 'data'. It is configured more than once.
                200 tasks.0.lastStatus=-
                put decision wanted=1 placed=0 verdicts=1
            "#]],
        );
    }

    #[test]
    fn sizes_and_speeds_are_those_of_the_type() {
        let bad = [
            r#""#,
            r#","sizeInGiB":0"#,
            r#","sizeInGiB":16385"#,
            r#","sizeInGiB":1,"volumeType":"floppy""#,
            r#","sizeInGiB":3,"volumeType":"io1","iops":100"#,
            r#","sizeInGiB":4,"volumeType":"io2""#,
            r#","sizeInGiB":124,"volumeType":"st1""#,
            r#","sizeInGiB":1025,"volumeType":"standard""#,
            r#","sizeInGiB":1,"volumeType":"gp2","iops":3000"#,
            r#","sizeInGiB":1,"iops":2999"#,
            r#","sizeInGiB":1,"throughput":1001"#,
            r#","sizeInGiB":1,"throughput":1000"#,
            r#","sizeInGiB":1,"volumeInitializationRate":100"#,
            r#","snapshotId":"snap-12345678","volumeInitializationRate":99"#,
            r#","snapshotId":"12345678""#,
            r#","sizeInGiB":1,"kmsKeyId":"k""#,
            r#","sizeInGiB":1,"tagSpecifications":[{"resourceType":"volume","propagateTags":"SERVICE"}]"#,
        ];
        let bad = bad.map(|it| {
            format!(r#"{{"name":"data","managedEBSVolume":{{"roleArn":"arn:aws:iam::123456789012:role/ebs"{it}}}}}"#)
        });
        each(
            &bad.each_ref().map(String::as_str),
            expect![[r#"
            400 InvalidParameterException: Invalid configuration of volume 'data'. Either 'sizeInGiB' or 'snapshotId' must be given.
            400 InvalidParameterException: Invalid configuration of volume 'data'. The 'sizeInGiB' 0 must be between 1 and 16384.
            400 InvalidParameterException: Invalid configuration of volume 'data'. The 'sizeInGiB' 16385 must be between 1 and 16384.
            400 InvalidParameterException: Invalid configuration of volume 'data'. The 'volumeType' floppy should be one of [gp2, gp3, io1, io2, sc1, st1, standard].
            400 InvalidParameterException: Invalid configuration of volume 'data'. The 'sizeInGiB' 3 must be between 4 and 16384.
            400 InvalidParameterException: Invalid configuration of volume 'data'. Volumes of the types io1 and io2 need 'iops'.
            400 InvalidParameterException: Invalid configuration of volume 'data'. The 'sizeInGiB' 124 must be between 125 and 16384.
            400 InvalidParameterException: Invalid configuration of volume 'data'. The 'sizeInGiB' 1025 must be between 1 and 1024.
            400 InvalidParameterException: Invalid configuration of volume 'data'. Its type has no 'iops'.
            400 InvalidParameterException: Invalid configuration of volume 'data'. The 'iops' 2999 must be between 3000 and 16000.
            400 InvalidParameterException: Invalid configuration of volume 'data'. The 'throughput' 1001 must be between 125 and 1000.
            400 InvalidParameterException: Invalid configuration of volume 'data'. Its 'throughput' needs at least 4000 'iops'.
            400 InvalidParameterException: Invalid configuration of volume 'data'. A 'volumeInitializationRate' needs a 'snapshotId'.
            400 InvalidParameterException: Invalid configuration of volume 'data'. The 'volumeInitializationRate' 99 must be between 100 and 300.
            400 InvalidParameterException: Invalid configuration of volume 'data'. The 'snapshotId' is not the id of a snapshot.
            400 InvalidParameterException: Invalid configuration of volume 'data'. A 'kmsKeyId' needs 'encrypted' to be true.
            400 InvalidParameterException: Invalid configuration of volume 'data'. Tags can only be propagated from a service when the task is part of one.
        "#]],
        );
        each(
            &[r#"{"name":"data","managedEBSVolume":{"roleArn":"ebs","sizeInGiB":1}}"#],
            expect![[r#"
                400 InvalidParameterException: Invalid configuration of volume 'data'. The 'roleArn' is not the ARN of a role.
            "#]],
        );
    }
}

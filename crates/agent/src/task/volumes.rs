//! What a task must have before its containers are created: its sandbox, its volumes, and where each container mounts them.

use std::collections::BTreeMap;

use model::acs;

use super::spec::{InvalidTask, runtime_name};
use super::{Action, Desired, SandboxState, TaskMachine, report};
use crate::runtime::{
    Access, Driver, Missing, Mount, MountSource, SandboxSpec, TaskLabels, VolumeEnd, VolumeKind, VolumeSpec,
};

/// Whether the volumes are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VolumesState {
    Wanted,
    Asked,
    /// There, not needed, or not to be had.
    Settled,
}

impl VolumesState {
    pub(super) fn of(volumes: &[VolumeSpec]) -> Self {
        if volumes.is_empty() {
            Self::Settled
        } else {
            Self::Wanted
        }
    }

    /// A container that runs has its volumes.
    pub(super) fn recover(&mut self, any_runs: bool) {
        if any_runs {
            *self = Self::Settled;
        }
    }
}

impl TaskMachine {
    pub fn sandbox_spec(&self) -> SandboxSpec {
        self.sandbox_spec
    }

    pub fn volumes(&self) -> &[VolumeSpec] {
        &self.volumes
    }

    /// Something for the task as a whole could not be had.
    pub(super) fn cannot_start(&mut self, reason: String) {
        self.memory.reason.get_or_insert(report::cut(reason));
        self.memory.desired = Desired::Stopped;
    }

    /// Asks for the volumes once. False until they are there.
    pub(super) fn plan_volumes(&mut self, actions: &mut Vec<Action>) -> bool {
        if self.volumes_state == VolumesState::Wanted {
            self.volumes_state = VolumesState::Asked;
            actions.push(Action::CreateVolumes);
        }
        self.volumes_state == VolumesState::Settled
    }

    /// Something for the task as a whole was asked of the runtime and must be answered before it is taken down: it may be half there.
    pub(super) fn is_preparing(&self) -> bool {
        self.sandbox == SandboxState::Asked || self.volumes_state == VolumesState::Asked
    }
}

/// The volumes of a task, by the names that its definition gives them.
pub(super) struct Volumes(BTreeMap<String, Volume>);

enum Volume {
    Path(String),
    Created(VolumeSpec),
}

impl Volumes {
    pub(super) fn read(task: &acs::Task, labels: &TaskLabels) -> Result<Self, InvalidTask> {
        let mut all = BTreeMap::new();
        for it in task.volumes.iter().flatten() {
            let name = it.name.clone().unwrap_or_default();
            let own = runtime_name(labels, &name);
            let volume = match it.r#type.as_deref() {
                Some("host") | None => match it.host.as_ref().and_then(|host| host.source_path.clone()) {
                    Some(path) if !path.is_empty() => Volume::Path(path),
                    Some(_) | None => Volume::Created(VolumeSpec {
                        name: own,
                        kind: VolumeKind::Task(Driver::default()),
                    }),
                },
                Some("docker") => Volume::Created(of_docker(&name, own, it)),
                Some("attachment") => Volume::Created(VolumeSpec {
                    name: own,
                    kind: attached(task, &name)?,
                }),
                Some(other) => return Err(InvalidTask(format!("volumes of the type {other:?} are not known here"))),
            };
            all.insert(name, volume);
        }
        Ok(Self(all))
    }

    pub(super) fn to_create(&self) -> Vec<VolumeSpec> {
        let created = |it: &Volume| match it {
            Volume::Path(_) => None,
            Volume::Created(spec) => Some(spec.clone()),
        };
        self.0.values().filter_map(created).collect()
    }

    pub(super) fn mounts(&self, it: &acs::Container) -> Result<Vec<Mount>, InvalidTask> {
        let mount = |it: &acs::MountPoint| {
            let name = it.source_volume.as_deref().unwrap_or_default();
            let volume = self.0.get(name);
            let volume = volume.ok_or_else(|| InvalidTask(format!("it mounts {name:?} and has no such volume")))?;
            Ok(Mount {
                source: match volume {
                    Volume::Path(path) => MountSource::Host(path.clone()),
                    Volume::Created(spec) => match spec.kind {
                        VolumeKind::Task(_) | VolumeKind::Shared { .. } => MountSource::Volume(spec.name.clone()),
                        VolumeKind::Sized { .. } => MountSource::Sized(spec.name.clone()),
                    },
                },
                path: it.container_path.clone().unwrap_or_default(),
                access: access(it.read_only),
            })
        };
        it.mount_points.iter().flatten().map(mount).collect()
    }
}

/// Other containers whose mounts this one has too.
pub(super) fn from(it: &acs::Container, labels: &TaskLabels) -> Vec<(String, Access)> {
    let from = |it: &acs::VolumeFrom| {
        let other = it.source_container.as_deref().unwrap_or_default();
        (runtime_name(labels, other), access(it.read_only))
    };
    it.volumes_from.iter().flatten().map(from).collect()
}

fn access(read_only: Option<bool>) -> Access {
    match read_only {
        Some(true) => Access::ReadOnly,
        Some(false) | None => Access::ReadWrite,
    }
}

/// One of scope shared has the name that it was given; one of the task has a name of the task's.
fn of_docker(name: &str, own: String, it: &acs::Volume) -> VolumeSpec {
    let given = it.docker_volume_configuration.clone().unwrap_or_default();
    let driver = Driver {
        name: given.driver.unwrap_or_default(),
        options: given.driver_opts.unwrap_or_default(),
        labels: given.labels.unwrap_or_default(),
    };
    if given.scope.as_deref() != Some("shared") {
        return VolumeSpec {
            name: own,
            kind: VolumeKind::Task(driver),
        };
    }
    let missing = match given.autoprovision {
        Some(true) => Missing::Create,
        Some(false) | None => Missing::Fail,
    };
    VolumeSpec {
        name: name.to_owned(),
        kind: VolumeKind::Shared { driver, missing },
    }
}

/// What the attachment of that name says.
fn attached(task: &acs::Task, name: &str) -> Result<VolumeKind, InvalidTask> {
    let property = |it: &acs::Attachment, name: &str| {
        let mut all = it.attachment_properties.iter().flatten();
        let found = all.find(|it| it.name.as_deref() == Some(name));
        found.and_then(|it| it.value.clone())
    };
    let mut all = task.attachments.iter().flatten();
    let found = all.find(|it| property(it, "volumeName").as_deref() == Some(name));
    let found = found.ok_or_else(|| InvalidTask(format!("nothing is attached for its volume {name:?}")))?;
    let gib = property(found, "volumeSizeGib").and_then(|it| it.parse().ok());
    Ok(VolumeKind::Sized {
        gib: gib.ok_or_else(|| InvalidTask(format!("its volume {name:?} has no size")))?,
        filesystem: property(found, "fileSystem").unwrap_or_default(),
        end: match property(found, "deleteOnTermination").as_deref() {
            Some("false") => VolumeEnd::Keep,
            Some(_) | None => VolumeEnd::Delete,
        },
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::fake::payload;
    use crate::task::spec;

    fn task(volumes: &str, container: &str) -> acs::Task {
        use wire::shape::Shape;
        let text = format!(r#"{{"volumes":[{volumes}],"containers":[{{"name":"a",{container}}}]}}"#);
        let given = acs::Task::decode(wire::json::parse(text.as_bytes()).unwrap()).unwrap();
        acs::Task {
            volumes: given.volumes,
            containers: given.containers,
            ..payload("t1", &[])
        }
    }

    #[test]
    fn each_kind_of_volume_is_named_so_that_it_is_found_again() {
        let read = spec::read(&task(
            r#"{"name":"path","host":{"sourcePath":"/srv"}},{"name":"none","host":{}},{"name":"mine","type":"docker","dockerVolumeConfiguration":{"scope":"task","driver":"local","driverOpts":{"o":"x"}}},{"name":"ours","type":"docker","dockerVolumeConfiguration":{"scope":"shared","autoprovision":true}}"#,
            r#""mountPoints":[{"sourceVolume":"path","containerPath":"/p","readOnly":true},{"sourceVolume":"none","containerPath":"/n"},{"sourceVolume":"mine","containerPath":"/m"},{"sourceVolume":"ours","containerPath":"/o"}],"volumesFrom":[{"sourceContainer":"b","readOnly":true}],"links":["b","c:d"]"#,
        ))
        .unwrap();
        let names: Vec<_> = read.volumes.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["ecs-app-1-mine-t1", "ecs-app-1-none-t1", "ours"]);
        let spec = &read.specs[0].spec;
        let mounts: Vec<_> = spec
            .mounts
            .iter()
            .map(|it| (&it.source, it.path.as_str(), it.access))
            .collect();
        let volume = |name: &str| MountSource::Volume(name.into());
        assert_eq!(
            mounts,
            [
                (&MountSource::Host("/srv".into()), "/p", Access::ReadOnly),
                (&volume("ecs-app-1-none-t1"), "/n", Access::ReadWrite),
                (&volume("ecs-app-1-mine-t1"), "/m", Access::ReadWrite),
                (&volume("ours"), "/o", Access::ReadWrite),
            ]
        );
        assert_eq!(spec.volumes_from, [("ecs-app-1-b-t1".to_owned(), Access::ReadOnly)]);
        assert_eq!(spec.links, ["ecs-app-1-b-t1:b", "ecs-app-1-c-t1:d"]);
    }

    #[test]
    fn what_cannot_be_mounted_makes_the_task_invalid() {
        let refused = |volumes: &str, container: &str| spec::read(&task(volumes, container)).err().unwrap().0;
        let mount = r#""mountPoints":[{"sourceVolume":"v","containerPath":"/v"}]"#;
        assert_eq!(refused("", mount), r#"it mounts "v" and has no such volume"#);
        assert_eq!(
            refused(r#"{"name":"v","type":"efs"}"#, mount),
            r#"volumes of the type "efs" are not known here"#
        );
        assert_eq!(
            refused(r#"{"name":"v","type":"attachment"}"#, mount),
            r#"nothing is attached for its volume "v""#
        );
    }
}

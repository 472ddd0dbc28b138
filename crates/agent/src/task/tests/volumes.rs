use super::*;

fn with_volume(volume: acs::Volume) -> acs::Task {
    acs::Task {
        volumes: Some(vec![volume]),
        ..payload("1", &["a"])
    }
}

pub(super) fn own() -> acs::Volume {
    acs::Volume {
        name: Some("data".into()),
        ..Default::default()
    }
}

impl Host {
    pub(super) async fn create_volumes(&self, labels: &TaskLabels) -> Event {
        let mut made = Ok(());
        for volume in self.machine.volumes() {
            made = made.and(self.runtime.create_volume(labels, volume).await);
        }
        made.map_or_else(|e| Event::VolumesFailed(e.to_string()), |()| Event::VolumesReady)
    }
}

#[tokio::test]
async fn containers_wait_for_their_volumes_which_go_with_the_task() {
    let mut host = Host::new(with_volume(own()), None);
    let todo = host.machine.step(Event::Desired(Desired::Running), NOW);
    assert_eq!(todo, [Action::CreateVolumes, Action::Pull(0)]);
    let pulled = Event::Pulled {
        container: 0,
        digest: None,
    };
    assert_eq!(host.machine.step(pulled, NOW), []);
    host.perform(Action::CreateVolumes).await;
    assert_eq!(host.runtime.volumes(), 1);
    host.feed(Event::VolumesReady).await;
    assert!(host.runs("a"));
    host.exit("a", 0, false).await;
    assert_eq!(host.runtime.volumes(), 0);
}

#[tokio::test]
async fn a_volume_that_cannot_be_had_ends_the_task_with_the_reason() {
    let mut host = Host::new(
        with_volume(acs::Volume {
            r#type: Some("docker".into()),
            docker_volume_configuration: Some(acs::DockerVolumeConfiguration {
                scope: Some("shared".into()),
                ..Default::default()
            }),
            ..own()
        }),
        None,
    );
    host.feed(Event::Desired(Desired::Running)).await;
    assert_eq!(host.statuses(), [Status::Stopped]);
    assert_eq!(
        host.last().reason.as_deref(),
        Some("CannotCreateVolumeError: no such volume")
    );
}

#[tokio::test]
async fn a_task_that_is_stopped_while_its_volumes_are_made_leaves_none() {
    let mut host = Host::new(with_volume(own()), None);
    host.machine.step(Event::Desired(Desired::Running), NOW);
    let todo = host.machine.step(Event::Desired(Desired::Stopped), NOW);
    assert!(
        !todo.contains(&Action::TakeDown),
        "what was asked must be answered first"
    );
    host.perform(Action::CreateVolumes).await;
    host.feed(Event::VolumesReady).await;
    assert_eq!(host.runtime.volumes(), 0);
}

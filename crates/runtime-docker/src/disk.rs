//! Whether the engine can bound what one container writes: with btrfs or zfs, or with overlay2 on an xfs that keeps quotas of projects.

use bollard::models::SystemInfo;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quota {
    Kept,
    /// An engine refuses a size then, so none is asked for.
    Unknown,
}

impl Quota {
    pub fn of(info: &SystemInfo) -> Self {
        let mounts = std::fs::read_to_string("/proc/mounts").unwrap_or_default();
        decide(info, &mounts)
    }
}

/// From the engine's words on itself and the kernel's on what is mounted.
fn decide(info: &SystemInfo, mounts: &str) -> Quota {
    let status = info.driver_status.iter().flatten();
    let on_xfs = status.into_iter().any(|it| it == &["Backing Filesystem", "xfs"]);
    let root = info.docker_root_dir.as_deref().unwrap_or_default();
    let kept = options(root, mounts)
        .split(',')
        .any(|it| it == "prjquota" || it == "pquota");
    match info.driver.as_deref() {
        Some("btrfs" | "zfs") => Quota::Kept,
        Some("overlay2") if on_xfs && kept => Quota::Kept,
        _ => Quota::Unknown,
    }
}

/// Of the mount that `path` is in: the innermost, and of those on one place the last.
fn options<'a>(path: &str, mounts: &'a str) -> &'a str {
    let mount = |line: &'a str| {
        let mut words = line.split(' ');
        Some((words.nth(1)?, words.nth(1)?))
    };
    let holds = |at: &str| {
        let rest = path.strip_prefix(at.trim_end_matches('/'));
        rest.is_some_and(|it| it.is_empty() || it.starts_with('/'))
    };
    let found = mounts.lines().filter_map(mount).filter(|(at, _)| holds(at));
    found.max_by_key(|(at, _)| at.len()).map_or("", |(_, options)| options)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "/dev/vda / ext4 rw,relatime 0 0\n\
        /dev/vdb /var xfs rw,prjquota 0 0\n\
        /dev/vdc /var/lib/docker xfs rw,noquota 0 0\n\
        /dev/loop0 /srv/data xfs rw,relatime,attr2,inode64,prjquota 0 0\n";

    fn decided(driver: &str, filesystem: &str, root: &str) -> Quota {
        let info = SystemInfo {
            driver: Some(driver.into()),
            driver_status: Some(vec![vec!["Backing Filesystem".into(), filesystem.into()]]),
            docker_root_dir: Some(root.into()),
            ..Default::default()
        };
        decide(&info, MOUNTS)
    }

    #[test]
    fn a_container_is_bounded_by_file_systems_that_keep_quotas() {
        assert_eq!(decided("btrfs", "", "/var/lib/docker"), Quota::Kept);
        assert_eq!(decided("overlay2", "xfs", "/srv/data"), Quota::Kept);
        assert_eq!(decided("overlay2", "xfs", "/srv/data/docker"), Quota::Kept);
        for (driver, filesystem, root) in [
            ("vfs", "xfs", "/srv/data"),
            ("overlay2", "extfs", "/srv/data"),
            ("overlay2", "xfs", "/var/lib/docker"),
            ("overlay2", "xfs", "/srv/database"),
            ("overlay2", "xfs", ""),
        ] {
            assert_eq!(
                decided(driver, filesystem, root),
                Quota::Unknown,
                "{driver} {filesystem} {root}"
            );
        }
    }
}

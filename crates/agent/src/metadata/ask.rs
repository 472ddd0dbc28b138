//! What is asked of the endpoint, by its path alone, and in which words ECS refuses it.

/// Longest part of a path that is repeated in an answer.
const MAX_SHOWN: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    V3,
    V4,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Container,
    Task,
    TaskWithTags,
    ContainerStats,
    TaskStats,
}

/// One question, with the id that it is asked under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask<'a> {
    Metadata {
        version: Version,
        what: What,
        id: &'a str,
    },
    /// Of the task-protection endpoint.
    Protection {
        id: &'a str,
    },
    /// Of the fault-injection endpoint.
    Fault {
        id: &'a str,
    },
    /// Of a role's credentials.
    Credentials {
        id: &'a str,
    },
    Nothing,
}

/// Reads a path and its query.
pub fn read<'a>(path: &'a str, query: Option<&'a str>) -> Ask<'a> {
    let mut parts = path.trim_start_matches('/').splitn(3, '/');
    let (door, id, rest) = (parts.next(), parts.next().unwrap_or_default(), parts.next());
    let rest = rest.unwrap_or_default().trim_end_matches('/');
    match door {
        Some("v4") => metadata(Version::V4, id, rest),
        Some("v3") => metadata(Version::V3, id, rest),
        Some("api") if rest == "task-protection/v1/state" => Ask::Protection { id },
        Some("api") if rest.starts_with("fault/v1/") => Ask::Fault { id },
        Some("v2") if id == "credentials" => Ask::Credentials { id: rest },
        Some("v1") if id == "credentials" => Ask::Credentials {
            id: query.and_then(|it| it.strip_prefix("id=")).unwrap_or_default(),
        },
        _ => Ask::Nothing,
    }
}

fn metadata<'a>(version: Version, id: &'a str, rest: &str) -> Ask<'a> {
    let what = match rest {
        "" => What::Container,
        "task" => What::Task,
        "taskWithTags" => What::TaskWithTags,
        "stats" => What::ContainerStats,
        "task/stats" => What::TaskStats,
        _ => return Ask::Nothing,
    };
    Ask::Metadata { version, what, id }
}

/// What whoever asks under an id that is not theirs is told; it is the same where the id is nobody's.
pub fn unknown(version: Version, what: What, id: &str) -> String {
    let version = match version {
        Version::V3 => "V3",
        Version::V4 => "V4",
    };
    let id = shown(id);
    let task = format!("unable to get task arn from request: unable to get task Arn from v3 endpoint ID: {id}");
    match what {
        What::Container => format!(
            "{version} container metadata handler: unable to get container ID from request: unable to get docker ID from v3 endpoint ID: {id}"
        ),
        What::Task | What::TaskWithTags => format!("{version} task metadata handler: {task}"),
        What::ContainerStats => format!("{version} container stats handler: {task}"),
        What::TaskStats => format!("{version} task stats handler: {task}"),
    }
}

/// No more of what a stranger wrote than helps to recognise it.
pub fn shown(text: &str) -> String {
    text.chars().take(MAX_SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_both_versions_are_read() {
        let asked = |path| match read(path, None) {
            Ask::Metadata { version, what, id } => Some((version, what, id.to_owned())),
            _ => None,
        };
        let id = || "x".to_owned();
        assert_eq!(asked("/v4/x"), Some((Version::V4, What::Container, id())));
        assert_eq!(asked("/v4/x/"), Some((Version::V4, What::Container, id())));
        assert_eq!(asked("/v3/x/task"), Some((Version::V3, What::Task, id())));
        assert_eq!(
            asked("/v4/x/taskWithTags"),
            Some((Version::V4, What::TaskWithTags, id()))
        );
        assert_eq!(asked("/v4/x/stats"), Some((Version::V4, What::ContainerStats, id())));
        assert_eq!(asked("/v4/x/task/stats"), Some((Version::V4, What::TaskStats, id())));
        for odd in ["/", "/v4x/x", "/v5/x", "/v4/x/../y", "/v4/x/task/more", "//v2/metadata"] {
            assert_eq!(asked(odd), None, "{odd}");
        }
    }

    #[test]
    fn the_other_doors_are_known_by_name() {
        assert_eq!(
            read("/api/x/task-protection/v1/state", None),
            Ask::Protection { id: "x" }
        );
        assert_eq!(
            read("/api/x/fault/v1/network-latency/start", None),
            Ask::Fault { id: "x" }
        );
        assert_eq!(read("/v2/credentials/x", None), Ask::Credentials { id: "x" });
        assert_eq!(read("/v1/credentials", Some("id=x")), Ask::Credentials { id: "x" });
        assert_eq!(read("/v2/credentials", None), Ask::Credentials { id: "" });
        assert_eq!(read("/api/x", None), Ask::Nothing);
    }

    #[test]
    fn a_refusal_repeats_little_of_a_long_id() {
        let text = unknown(Version::V4, What::Task, &"x".repeat(5000));
        assert!(text.len() < 300, "{text}");
        assert!(text.starts_with("V4 task metadata handler: unable to get task arn from request: "));
    }
}

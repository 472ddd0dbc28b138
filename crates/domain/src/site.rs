//! Where this Longshore stands, in AWS's terms, and the ARNs that follow from it.

use serde::{Deserialize, Serialize};

use crate::id::{self, ClusterName, DefinitionId, InstanceId, TaskId};

/// One account in one region. A data directory belongs to exactly one site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// Twelve digits.
    pub account: String,
    /// As in `us-east-1`.
    pub region: String,
}

impl Site {
    /// AWS's partition for the region, which is the second part of every ARN.
    pub fn partition(&self) -> &'static str {
        if self.region.starts_with("cn-") {
            "aws-cn"
        } else if self.region.starts_with("us-gov-") {
            "aws-us-gov"
        } else {
            "aws"
        }
    }

    /// The zone that hosts are in unless they say otherwise.
    pub fn default_zone(&self) -> String {
        format!("{}a", self.region)
    }

    /// `arn:P:ecs:R:A:` and the rest.
    pub fn ecs_arn(&self, rest: std::fmt::Arguments<'_>) -> String {
        format!("arn:{}:ecs:{}:{}:{rest}", self.partition(), self.region, self.account)
    }

    pub fn root_arn(&self) -> String {
        format!("arn:{}:iam::{}:root", self.partition(), self.account)
    }

    pub fn cluster_arn(&self, name: &ClusterName) -> String {
        self.ecs_arn(format_args!("cluster/{name}"))
    }

    pub fn definition_arn(&self, id: &DefinitionId) -> String {
        self.ecs_arn(format_args!("task-definition/{id}"))
    }

    pub fn task_arn(&self, cluster: &ClusterName, id: TaskId) -> String {
        self.ecs_arn(format_args!("task/{cluster}/{id}"))
    }

    /// `pool` is the cluster's name, or the Fargate pool's.
    pub fn instance_arn(&self, pool: &str, id: InstanceId) -> String {
        self.ecs_arn(format_args!("container-instance/{pool}/{id}"))
    }

    pub fn container_arn(&self, cluster: &ClusterName, task: TaskId, container: u128) -> String {
        self.ecs_arn(format_args!("container/{cluster}/{task}/{}", id::uuid(container)))
    }

    pub fn attachment_arn(&self, cluster: &ClusterName, attachment: u128) -> String {
        self.ecs_arn(format_args!("attachment/{cluster}/{}", id::uuid(attachment)))
    }
}

/// The parts of `arn:partition:service:region:account:resource`, not yet judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    pub service: &'a str,
    pub region: &'a str,
    pub account: &'a str,
    /// As in `task/web/0123…`.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        if parts.next()? != "arn" {
            return None;
        }
        parts.next()?;
        Some(Self {
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        })
    }

    /// The resource's path after `kind/`, or None where it is of another kind.
    pub fn path(&self, kind: &str) -> Option<&'a str> {
        self.resource.strip_prefix(kind)?.strip_prefix('/')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_have_the_long_form() {
        let site = Site {
            account: "123456789012".into(),
            region: "cn-north-1".into(),
        };
        let cluster = ClusterName::default_cluster();
        assert_eq!(
            site.task_arn(&cluster, TaskId::new(1)),
            "arn:aws-cn:ecs:cn-north-1:123456789012:task/default/00000000000000000000000000000001"
        );
    }

    #[test]
    fn an_arn_comes_apart_at_its_first_five_colons() {
        let arn = Arn::parse("arn:aws:ecs:us-east-1:1:task-definition/web:3").expect("well formed");
        assert_eq!(arn.path("task-definition"), Some("web:3"));
        assert_eq!(arn.path("task"), None);
        assert_eq!(Arn::parse("web:3"), None);
    }
}

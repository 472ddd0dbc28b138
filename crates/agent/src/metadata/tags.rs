//! Tags of a task and of its instance, as the server has them now.

use std::collections::BTreeMap;

use client::CallError;
use model::ecs::{self, ListTagsForResourceRequest, ListTagsForResourceResponse};

use super::Metadata;
use super::document::TagsError;
use super::fresh::Fresh;
use super::view::TaskView;
use crate::runtime::Runtime;

/// What the server said last, by task.
pub type Cache = Fresh<(Tags, Tags)>;

type Tags = Result<BTreeMap<String, String>, TagsError>;

impl<R: Runtime> Metadata<R> {
    /// Those of the task, and those of the instance. A host of the Fargate pool is nobody's instance and has none to show.
    pub(super) async fn tags(&self, view: &TaskView) -> (Tags, Tags) {
        self.tags
            .get(&view.labels.arn, async || self.fetch_tags(view).await)
            .await
    }

    async fn fetch_tags(&self, view: &TaskView) -> (Tags, Tags) {
        let client = self.client();
        let fetch = async |arn: &str, field| {
            let request = ListTagsForResourceRequest {
                resource_arn: Some(arn.to_owned()),
            };
            let answer: Result<ListTagsForResourceResponse, _> =
                client.call(&ecs::API, "ListTagsForResource", &request).await;
            answer.map(tags).map_err(|error| failed(&error, field, arn))
        };
        let task = fetch(&view.labels.arn, "TaskTags").await;
        let instance = match &self.place.cluster {
            Some(_) => fetch(&self.place.instance_arn, "ContainerInstanceTags").await,
            None => Ok(BTreeMap::new()),
        };
        (task, instance)
    }
}

fn tags(answer: ListTagsForResourceResponse) -> BTreeMap<String, String> {
    let all = answer.tags.into_iter().flatten();
    all.filter_map(|it| Some((it.key?, it.value.unwrap_or_default())))
        .collect()
}

fn failed(error: &CallError, error_field: &'static str, arn: &str) -> TagsError {
    let (code, message, status_code) = match error {
        CallError::Refused { code, message, status } => (code.as_str(), message.as_str(), *status),
        // Where the server is, is no business of a task.
        CallError::Unreachable { .. } => ("ServerException", "the server cannot be reached", 503),
    };
    TagsError {
        error_field,
        error_code: code.to_owned(),
        error_message: message.to_owned(),
        status_code,
        resource_arn: arn.to_owned(),
    }
}

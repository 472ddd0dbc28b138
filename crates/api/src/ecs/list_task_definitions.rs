//! ListTaskDefinitions names revisions in order of family and number. `familyPrefix`, despite its name, is a whole family.

use domain::DefinitionId;
use domain::task_definition::Status;
use model::ecs::{ListTaskDefinitionsRequest, ListTaskDefinitionsResponse};
use wire::ApiError;

use super::errors;
use crate::call::Reply;
use crate::cx::Cx;
use crate::page::Paging;

pub fn list_task_definitions(
    cx: &Cx<'_>,
    input: ListTaskDefinitionsRequest,
) -> Result<Reply<ListTaskDefinitionsResponse>, ApiError> {
    let family = input.family_prefix.as_deref().filter(|it| !it.is_empty());
    let status = match input.status.as_deref() {
        None | Some("ACTIVE") => Some(Status::Active),
        Some("INACTIVE") => Some(Status::Inactive),
        Some("DELETE_IN_PROGRESS") => Some(Status::DeleteInProgress),
        Some(_) => None,
    };
    let newest_first = input.sort.as_deref() == Some("DESC");
    let question = format!("ListTaskDefinitions {family:?} {status:?} {newest_first}");
    let paging = Paging {
        question: &question,
        max_results: input.max_results,
        most: 100,
        next_token: input.next_token.as_deref(),
    };
    let after = paging.after(cx)?.map(|name| parse(&name)).transpose()?;

    let beyond = |id: &&DefinitionId| match &after {
        None => true,
        Some(last) if newest_first => *id < last,
        Some(last) => *id > last,
    };
    let all: Box<dyn DoubleEndedIterator<Item = &DefinitionId>> = match (status, family) {
        (None, _) => Box::new(std::iter::empty()),
        (Some(status), None) => Box::new(cx.view.definitions_with(status)),
        (Some(status), Some(family)) => Box::new(cx.view.revisions(family, status)),
    };
    let ordered: Box<dyn Iterator<Item = &DefinitionId>> = if newest_first { Box::new(all.rev()) } else { all };
    let page = paging.cut(cx, ordered.filter(beyond), |id| id.to_string())?;
    let arns = page.items.into_iter().map(|id| cx.site.definition_arn(id)).collect();
    Ok(Reply::new(ListTaskDefinitionsResponse {
        task_definition_arns: Some(arns),
        next_token: page.next_token,
    }))
}

fn parse(name: &str) -> Result<DefinitionId, ApiError> {
    let id = name.split_once(':').and_then(|(family, n)| {
        Some(DefinitionId {
            family: family.into(),
            revision: n.parse().ok()?,
        })
    });
    id.ok_or_else(|| errors::invalid("Invalid token."))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    const WORLD: &str = "family web; family web; family web-2; family api";

    #[test]
    fn revisions_come_in_order_of_family_and_number() {
        check(
            WORLD,
            "ListTaskDefinitions {}",
            expect![[r#"
                200 {"taskDefinitionArns":["arn:aws:ecs:us-east-1:123456789012:task-definition/api:1","arn:aws:ecs:us-east-1:123456789012:task-definition/web:1","arn:aws:ecs:us-east-1:123456789012:task-definition/web:2","arn:aws:ecs:us-east-1:123456789012:task-definition/web-2:1"]}
            "#]],
        );
        check(
            WORLD,
            r#"ListTaskDefinitions {"familyPrefix":"web","sort":"DESC"}"#,
            expect![[r#"
                200 {"taskDefinitionArns":["arn:aws:ecs:us-east-1:123456789012:task-definition/web:2","arn:aws:ecs:us-east-1:123456789012:task-definition/web:1"]}
            "#]],
        );
    }

    #[test]
    fn deregistered_revisions_are_listed_only_when_asked_for() {
        let end = r#"DeregisterTaskDefinition {"taskDefinition":"web:1"}"#;
        check(
            WORLD,
            &format!(r#"{end} ; ListTaskDefinitions {{"familyPrefix":"web"}}"#),
            expect![[r#"
                200 {"taskDefinitionArns":["arn:aws:ecs:us-east-1:123456789012:task-definition/web:2"]}
            "#]],
        );
        check(
            WORLD,
            &format!(r#"{end} ; ListTaskDefinitions {{"status":"INACTIVE"}}"#),
            expect![[r#"
                200 {"taskDefinitionArns":["arn:aws:ecs:us-east-1:123456789012:task-definition/web:1"]}
            "#]],
        );
    }

    #[test]
    fn a_page_ends_with_a_token_when_there_is_more() {
        check(
            WORLD,
            r#"ListTaskDefinitions {"maxResults":3} -> taskDefinitionArns.2 taskDefinitionArns.3"#,
            expect![[r#"
                200 taskDefinitionArns.2="arn:aws:ecs:us-east-1:123456789012:task-definition/web:2" taskDefinitionArns.3=-
            "#]],
        );
    }
}

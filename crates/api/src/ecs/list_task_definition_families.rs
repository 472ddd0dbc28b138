//! ListTaskDefinitionFamilies names families by prefix. An active family has at least one active revision; one of which every
//! revision is deleted is not named.

use domain::Family;
use domain::task_definition::Status;
use model::ecs::{ListTaskDefinitionFamiliesRequest, ListTaskDefinitionFamiliesResponse};
use wire::ApiError;

use crate::call::Reply;
use crate::cx::Cx;
use crate::page::Paging;

pub fn list_task_definition_families(
    cx: &Cx<'_>,
    input: ListTaskDefinitionFamiliesRequest,
) -> Result<Reply<ListTaskDefinitionFamiliesResponse>, ApiError> {
    let prefix = input.family_prefix.as_deref().unwrap_or_default();
    let status = input.status.as_deref().unwrap_or("ALL");
    let question = format!("ListTaskDefinitionFamilies {prefix:?} {status}");
    let paging = Paging {
        question: &question,
        max_results: input.max_results,
        most: 100,
        next_token: input.next_token.as_deref(),
    };
    let after = paging.after(cx)?.unwrap_or_default();

    let has = |family: &Family, status| cx.view.revisions(&family.name, status).next().is_some();
    let retired = |family: &Family| has(family, Status::Inactive) || has(family, Status::DeleteInProgress);
    let wanted = |family: &&Family| match status {
        "ACTIVE" => has(family, Status::Active),
        "INACTIVE" => !has(family, Status::Active) && retired(family),
        _ => has(family, Status::Active) || retired(family),
    };
    let families = cx
        .view
        .families()
        .filter(|it| it.name.starts_with(prefix) && *it.name > *after)
        .filter(wanted);
    let page = paging.cut(cx, families, |it| it.name.to_string())?;
    let names = page.items.iter().map(|it| it.name.to_string()).collect();
    Ok(Reply::new(ListTaskDefinitionFamiliesResponse {
        families: Some(names),
        next_token: page.next_token,
    }))
}

#[cfg(test)]
mod tests {
    use crate::testing::{World, check};
    use expect_test::expect;

    #[test]
    fn families_are_found_by_prefix_and_state() {
        let world = "family web; family web-2; family api";
        check(
            world,
            r#"ListTaskDefinitionFamilies {"familyPrefix":"web"}"#,
            expect![[r#"
                200 {"families":["web","web-2"]}
            "#]],
        );
        let end = r#"DeregisterTaskDefinition {"taskDefinition":"api:1"}"#;
        check(
            world,
            &format!(r#"{end} ; ListTaskDefinitionFamilies {{"status":"ACTIVE"}}"#),
            expect![[r#"
                200 {"families":["web","web-2"]}
            "#]],
        );
        check(
            world,
            &format!(r#"{end} ; ListTaskDefinitionFamilies {{"status":"INACTIVE"}}"#),
            expect![[r#"
                200 {"families":["api"]}
            "#]],
        );
        check(
            world,
            &format!("{end} ; ListTaskDefinitionFamilies {{}}"),
            expect![[r#"
                200 {"families":["api","web","web-2"]}
            "#]],
        );
    }

    #[test]
    fn one_of_which_all_is_deleted_is_named_no_more() {
        let world = World::new("family app");
        let listed = |status: &str| {
            let call = format!(r#"ListTaskDefinitionFamilies {{"status":"{status}"}}"#);
            world.ask(&call).list("families").len()
        };
        world.ask(r#"DeregisterTaskDefinition {"taskDefinition":"app:1"}"#);
        world.ask(r#"DeleteTaskDefinitions {"taskDefinitions":["app:1"]}"#);
        assert_eq!((listed("ALL"), listed("INACTIVE"), listed("ACTIVE")), (1, 1, 0));

        world.reap();
        assert_eq!((listed("ALL"), listed("INACTIVE"), listed("ACTIVE")), (0, 0, 0));
        let register = r#"RegisterTaskDefinition {"family":"app","containerDefinitions":[{"name":"main","image":"app:1","memory":64}]}"#;
        let revision = world.ask(register).get("taskDefinition.revision");
        assert_eq!(revision.as_deref(), Some("2"), "a number is not used twice");
    }
}

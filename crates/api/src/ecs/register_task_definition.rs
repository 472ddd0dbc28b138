//! RegisterTaskDefinition adds a revision to a family. Equal content makes a new revision all the same.

use domain::{DefinitionId, Family, TaskDefinition};
use model::ecs::{RegisterTaskDefinitionRequest, RegisterTaskDefinitionResponse};
use wire::ApiError;

use super::{errors, shape, tags, validation};
use crate::call::Reply;
use crate::cx::Cx;

pub fn register_task_definition(
    cx: &Cx<'_>,
    mut input: RegisterTaskDefinitionRequest,
) -> Result<Reply<RegisterTaskDefinitionResponse>, ApiError> {
    if input.tags.as_ref().is_some_and(Vec::is_empty) {
        return Err(errors::client("Tags can not be empty."));
    }
    let tags = tags::parse(input.tags.take())?;
    let normal = validation::normalise(input)?;
    let document = shape::document(&normal);
    if document.len() > validation::MAX_DOCUMENT_BYTES {
        return Err(errors::client(format!(
            "The task definition is larger than {} bytes.",
            validation::MAX_DOCUMENT_BYTES
        )));
    }

    let name = normal.family.as_deref().unwrap_or_default();
    let last = cx.view.family(name).map_or(0, |family| family.last);
    let family = Family {
        name: name.into(),
        last: last + 1,
    };
    let id = DefinitionId {
        family: family.name.clone(),
        revision: family.last,
    };
    let mut definition = TaskDefinition::new(id, &document, cx.site.root_arn(), cx.now);
    definition.tags = tags;

    let output = RegisterTaskDefinitionResponse {
        task_definition: Some(shape::definition(cx, &definition)),
        tags: Some(shape::tags(&definition.tags)),
    };
    Ok(Reply::new(output).put(family).put(definition))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn what_was_left_out_is_filled_in() {
        check(
            "",
            r#"RegisterTaskDefinition {"family":"web","containerDefinitions":[{"name":"main","image":"web:1","memory":64,"portMappings":[{"containerPort":80}]}]}"#,
            expect![[r#"
                200 {"taskDefinition":{"taskDefinitionArn":"arn:aws:ecs:us-east-1:123456789012:task-definition/web:1","containerDefinitions":[{"name":"main","image":"web:1","cpu":0,"memory":64,"portMappings":[{"containerPort":80,"hostPort":0,"protocol":"tcp"}],"essential":true,"environment":[],"mountPoints":[],"volumesFrom":[],"systemControls":[]}],"family":"web","revision":1,"volumes":[],"status":"ACTIVE","requiresAttributes":[{"name":"com.amazonaws.ecs.capability.docker-remote-api.1.18"}],"placementConstraints":[],"compatibilities":["EXTERNAL","EC2"],"registeredAt":1700000000.123,"registeredBy":"arn:aws:iam::123456789012:root"},"tags":[]}
                put family web last=1
                put definition web:1
            "#]],
        );
    }

    #[test]
    fn a_health_check_is_shown_with_its_defaults() {
        check(
            "",
            r#"RegisterTaskDefinition {"family":"web","containerDefinitions":[{"name":"a","image":"b","memory":64,"healthCheck":{"command":["CMD-SHELL","exit 0"]}}]} -> taskDefinition.containerDefinitions.0.healthCheck"#,
            expect![[r#"
                200 taskDefinition.containerDefinitions.0.healthCheck={"command":["CMD-SHELL","exit 0"],"interval":30,"timeout":5,"retries":3}
                put family web last=1
                put definition web:1
            "#]],
        );
    }

    /// Ansible's module always sends taskRoleArn, empty where there is none.
    #[test]
    fn an_empty_role_is_none() {
        check(
            "",
            r#"RegisterTaskDefinition {"family":"web","taskRoleArn":"","executionRoleArn":"","containerDefinitions":[{"name":"a","image":"b","memory":64}]} -> taskDefinition.taskRoleArn taskDefinition.executionRoleArn"#,
            expect![[r#"
                200 taskDefinition.taskRoleArn=- taskDefinition.executionRoleArn=-
                put family web last=1
                put definition web:1
            "#]],
        );
    }

    #[test]
    fn revisions_count_on_even_after_the_last_was_deregistered() {
        check(
            "family web; family web",
            r#"DeregisterTaskDefinition {"taskDefinition":"web:2"} ; RegisterTaskDefinition {"family":"web","containerDefinitions":[{"name":"a","image":"b","memory":64}]} -> taskDefinition.revision taskDefinition.taskDefinitionArn"#,
            expect![[r#"
                200 taskDefinition.revision=3 taskDefinition.taskDefinitionArn="arn:aws:ecs:us-east-1:123456789012:task-definition/web:3"
                put family web last=3
                put definition web:3
            "#]],
        );
    }

    fn refuses(definition: &str, expected: expect_test::Expect) {
        check("", &format!("RegisterTaskDefinition {definition}"), expected);
    }

    #[test]
    fn containers_need_a_name_an_image_and_memory() {
        refuses(
            r#"{"family":"web","containerDefinitions":[]}"#,
            expect![[r#"
                400 ClientException: Container list cannot be empty.
            "#]],
        );
        refuses(
            r#"{"family":"a b","containerDefinitions":[{"name":"a","image":"b","memory":64}]}"#,
            expect![[r#"
                400 ClientException: Family contains invalid characters.
            "#]],
        );
        refuses(
            r#"{"family":"web","containerDefinitions":[{"name":"a","memory":64}]}"#,
            expect![[r#"
                400 ClientException: Container.image should not be null or empty.
            "#]],
        );
        refuses(
            r#"{"family":"web","containerDefinitions":[{"name":"a","image":"b"}]}"#,
            expect![[r#"
                400 ClientException: Invalid setting for container 'a'. At least one of 'memory' or 'memoryReservation' must be specified.
            "#]],
        );
        refuses(
            r#"{"family":"web","containerDefinitions":[{"name":"a","image":"b","memory":64,"memoryReservation":65}]}"#,
            expect![[r#"
                400 ClientException: Invalid setting for container 'a'. The 'memory' value must be greater than the 'memoryReservation' value.
            "#]],
        );
        refuses(
            r#"{"family":"web","containerDefinitions":[{"name":"a","image":"b","memory":64},{"name":"a","image":"b","memory":64}]}"#,
            expect![[r#"
                400 ClientException: Container names must be unique within a Task Definition.
            "#]],
        );
        refuses(
            r#"{"family":"web","containerDefinitions":[{"name":"a","image":"b","memory":64,"essential":false}]}"#,
            expect![[r#"
                400 ClientException: A task definition must have at least one essential container.
            "#]],
        );
    }

    #[test]
    fn fargate_wants_awsvpc_and_a_size_of_its_table() {
        let fargate = |rest: &str| {
            format!(
                r#"{{"family":"web","requiresCompatibilities":["FARGATE"],"containerDefinitions":[{{"name":"a","image":"b"}}]{rest}}}"#
            )
        };
        refuses(
            &fargate(""),
            expect![[r#"
                400 ClientException: Fargate only supports network mode ‘awsvpc’.
            "#]],
        );
        refuses(
            &fargate(r#","networkMode":"awsvpc""#),
            expect![[r#"
                400 ClientException: Fargate requires that 'cpu' be defined at the task level.
            "#]],
        );
        refuses(
            &fargate(r#","networkMode":"awsvpc","cpu":"256","memory":"4096""#),
            expect![[r#"
                400 ClientException: No Fargate configuration exists for given values: 256 CPU, 4096 memory. See the Amazon ECS documentation for the valid values.
            "#]],
        );
    }

    #[test]
    fn ports_follow_the_network_mode() {
        let with = |mode: &str, ports: &str| {
            format!(
                r#"{{"family":"web","networkMode":"{mode}","containerDefinitions":[{{"name":"a","image":"b","memory":64,"portMappings":[{ports}]}}]}}"#
            )
        };
        refuses(
            &with("awsvpc", r#"{"containerPort":80,"hostPort":81}"#),
            expect![[r#"
                400 ClientException: When networkMode=awsvpc, the host ports and container ports in port mappings must match.
            "#]],
        );
        refuses(
            &with("none", r#"{"containerPort":80}"#),
            expect![[r#"
                400 ClientException: Port mappings are not supported when networkMode=none.
            "#]],
        );
        refuses(
            &with("bridge", r#"{"containerPort":0}"#),
            expect![[r#"
                400 ClientException: Invalid 'containerPort' setting for container 'a': 0.
            "#]],
        );
        refuses(
            &with("bridge", r#"{"containerPort":80,"hostPort":70000}"#),
            expect![[r#"
                400 ClientException: Invalid 'hostPort' setting for container 'a': 70000.
            "#]],
        );
    }

    #[test]
    fn no_tags_are_left_out_rather_than_sent_empty() {
        check(
            "",
            r#"RegisterTaskDefinition {"family":"app","containerDefinitions":[{"name":"main","image":"app:1","memory":64}],"tags":[]}"#,
            expect![[r#"
                400 ClientException: Tags can not be empty.
            "#]],
        );
        check(
            "",
            r#"RegisterTaskDefinition {"family":"","containerDefinitions":[{"name":"main","image":"app:1","memory":64}]}"#,
            expect![[r#"
                400 ClientException: Family can not be blank.
            "#]],
        );
        let many = (0..11).map(|n| format!(r#"{{"name":"c{n}","image":"app:1","memory":64}}"#));
        check(
            "",
            &format!(
                r#"RegisterTaskDefinition {{"family":"app","containerDefinitions":[{}]}}"#,
                many.collect::<Vec<_>>().join(",")
            ),
            expect![[r#"
                400 ClientException: Too many containers.
            "#]],
        );
    }
}

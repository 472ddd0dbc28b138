//! Placement constraints and strategies as callers write them.

use domain::Instance;
use engine::placement::{Constraint, Measure, Spread, Strategy};
use engine::query::Expression;
use model::ecs::PlacementStrategy;
use wire::ApiError;

use super::errors::invalid;

/// Of definition and call together.
const MAX_CONSTRAINTS: usize = 10;
const MAX_STRATEGIES: usize = 5;

/// Reads pairs of type and expression.
pub fn constraints<'a>(
    given: impl Iterator<Item = (Option<&'a str>, Option<&'a str>)>,
) -> Result<Vec<Constraint>, ApiError> {
    let all = given.map(|(kind, expression)| constraint(kind, expression));
    let all = all.collect::<Result<Vec<_>, _>>()?;
    if all.len() > MAX_CONSTRAINTS {
        return Err(invalid(format!(
            "A task can have at most {MAX_CONSTRAINTS} placement constraints."
        )));
    }
    Ok(all)
}

fn constraint(kind: Option<&str>, text: Option<&str>) -> Result<Constraint, ApiError> {
    let text = text.filter(|it| !it.is_empty());
    match (kind, text) {
        (Some("distinctInstance"), None) => Ok(Constraint::DistinctInstance),
        (Some("distinctInstance"), Some(_)) => Err(invalid(
            "Expression should not be specified for a distinctInstance placement constraint.",
        )),
        (Some(_), Some(text)) => Ok(Constraint::MemberOf {
            expression: expression(text)?,
            text: text.to_owned(),
        }),
        (Some(_), None) => Err(invalid(
            "Expression must be specified for a memberOf placement constraint.",
        )),
        (None, _) => Err(invalid("Placement constraint type should not be null or empty.")),
    }
}

/// An expression of the cluster query language.
pub fn expression(text: &str) -> Result<Expression, ApiError> {
    Expression::parse(text).map_err(|wrong| invalid(format!("Invalid expression '{}': {wrong}.", brief(text))))
}

fn brief(text: &str) -> String {
    const MOST: usize = 100;
    match text.char_indices().nth(MOST) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", &text[..at]),
    }
}

pub fn strategy(given: &[PlacementStrategy]) -> Result<Vec<Strategy>, ApiError> {
    if given.len() > MAX_STRATEGIES {
        return Err(invalid(format!(
            "A task can have at most {MAX_STRATEGIES} placement strategies."
        )));
    }
    given.iter().map(step).collect()
}

fn step(it: &PlacementStrategy) -> Result<Strategy, ApiError> {
    let field = it.field.as_deref().filter(|field| !field.is_empty());
    let wrong = |kind: &str, wanted: &str| {
        invalid(format!(
            "Invalid field '{}' for placement strategy {kind}. Use {wanted}.",
            field.unwrap_or_default()
        ))
    };
    match (it.r#type.as_deref(), field) {
        (Some("random"), None) => Ok(Strategy::Random),
        (Some("random"), Some(_)) => Err(invalid("Field should not be specified for placement strategy random.")),
        (Some("spread"), Some("instanceId" | "host")) => Ok(Strategy::Spread(Spread::Host)),
        (Some("spread"), Some(field)) => match field.strip_prefix("attribute:") {
            Some(name) if !name.is_empty() => Ok(Strategy::Spread(Spread::Attribute(name.into()))),
            _ => Err(wrong(
                "spread",
                &format!(
                    "instanceId, host or attribute:NAME, such as attribute:{}",
                    Instance::ZONE
                ),
            )),
        },
        (Some("spread"), None) => Err(wrong("spread", "instanceId, host or attribute:NAME")),
        (Some("binpack"), field) => match field.map(str::to_ascii_lowercase).as_deref() {
            Some("cpu") => Ok(Strategy::Binpack(Measure::Cpu)),
            Some("memory") => Ok(Strategy::Binpack(Measure::Memory)),
            _ => Err(wrong("binpack", "cpu or memory")),
        },
        _ => Err(invalid("Placement strategy type should not be null or empty.")),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    const WORLD: &str = "cluster web; host a in web zone=us-east-1a; host b in web zone=us-east-1b rack=1; family app";

    fn runs(placement: &str, expected: expect_test::Expect) {
        check(
            WORLD,
            &format!(
                r#"RunTask {{"cluster":"web","taskDefinition":"app","count":2,{placement}}} -> tasks.0.containerInstanceArn tasks.1.containerInstanceArn failures.0.reason failures.0.detail failures.1"#
            ),
            expected,
        );
    }

    fn refuses(placement: &str, expected: expect_test::Expect) {
        check(
            WORLD,
            &format!(r#"RunTask {{"cluster":"web","taskDefinition":"app",{placement}}}"#),
            expected,
        );
    }

    #[test]
    fn constraints_bind() {
        runs(
            r#""placementConstraints":[{"type":"memberOf","expression":"attribute:rack == 1"}]"#,
            expect![[r#"
                200 tasks.0.containerInstanceArn="arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a002" tasks.1.containerInstanceArn="arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a002" failures.0.reason=- failures.0.detail=- failures.1=-
                put instance reserved cpu=512 memory=1024
                put task Pending desired=Running
                put task Pending desired=Running
            "#]],
        );
        runs(
            r#""placementConstraints":[{"type":"distinctInstance"},{"type":"memberOf","expression":"attribute:rack exists"}]"#,
            expect![[r#"
                200 tasks.0.containerInstanceArn="arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a002" tasks.1.containerInstanceArn=- failures.0.reason="MemberOf placement constraint unsatisfied" failures.0.detail="is none of: attribute:rack exists" failures.1={"arn":"arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a002","reason":"DistinctInstance placement constraint unsatisfied","detail":"runs a task of the same group already"}
                put instance reserved cpu=256 memory=512
                put decision wanted=2 placed=1 verdicts=2
                put task Pending desired=Running
            "#]],
        );
    }

    #[test]
    fn strategies_choose() {
        runs(
            r#""placementStrategy":[{"type":"spread","field":"attribute:ecs.availability-zone"},{"type":"binpack","field":"MEMORY"}]"#,
            expect![[r#"
                200 tasks.0.containerInstanceArn="arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a001" tasks.1.containerInstanceArn="arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a002" failures.0.reason=- failures.0.detail=- failures.1=-
                put instance reserved cpu=256 memory=512
                put instance reserved cpu=256 memory=512
                put task Pending desired=Running
                put task Pending desired=Running
            "#]],
        );
        runs(
            r#""placementStrategy":[{"type":"binpack","field":"cpu"}]"#,
            expect![[r#"
                200 tasks.0.containerInstanceArn="arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a001" tasks.1.containerInstanceArn="arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a001" failures.0.reason=- failures.0.detail=- failures.1=-
                put instance reserved cpu=512 memory=1024
                put task Pending desired=Running
                put task Pending desired=Running
            "#]],
        );
    }

    #[test]
    fn what_cannot_be_understood_is_refused() {
        refuses(
            r#""placementConstraints":[{"type":"memberOf"}]"#,
            expect![[r#"
            400 InvalidParameterException: Expression must be specified for a memberOf placement constraint.
        "#]],
        );
        refuses(
            r#""placementConstraints":[{"type":"memberOf","expression":"cpu > 1"}]"#,
            expect![[r#"
                400 InvalidParameterException: Invalid expression 'cpu > 1': 'cpu' is no subject: use agentConnected, agentVersion, attribute:NAME, ec2InstanceId, registeredAt, runningTasksCount or task:group (at character 1).
            "#]],
        );
        refuses(
            r#""placementConstraints":[{"type":"distinctInstance","expression":"a"}]"#,
            expect![[r#"
                400 InvalidParameterException: Expression should not be specified for a distinctInstance placement constraint.
            "#]],
        );
        refuses(
            r#""placementConstraints":[{"expression":"task:group == a"}]"#,
            expect![[r#"
                400 InvalidParameterException: Placement constraint type should not be null or empty.
            "#]],
        );
        refuses(
            r#""placementStrategy":[{"type":"random","field":"cpu"}]"#,
            expect![[r#"
                400 InvalidParameterException: Field should not be specified for placement strategy random.
            "#]],
        );
        refuses(
            r#""placementStrategy":[{"type":"spread","field":"rack"}]"#,
            expect![[r#"
                400 InvalidParameterException: Invalid field 'rack' for placement strategy spread. Use instanceId, host or attribute:NAME, such as attribute:ecs.availability-zone.
            "#]],
        );
        refuses(
            r#""placementStrategy":[{"type":"spread"}]"#,
            expect![[r#"
            400 InvalidParameterException: Invalid field '' for placement strategy spread. Use instanceId, host or attribute:NAME.
        "#]],
        );
        refuses(
            r#""placementStrategy":[{"type":"binpack","field":"disk"}]"#,
            expect![[r#"
                400 InvalidParameterException: Invalid field 'disk' for placement strategy binpack. Use cpu or memory.
            "#]],
        );
        refuses(
            r#""placementStrategy":[{"field":"cpu"}]"#,
            expect![[r#"
            400 InvalidParameterException: Placement strategy type should not be null or empty.
        "#]],
        );
    }
}

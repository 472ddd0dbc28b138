//! UpdateClusterSettings changes a cluster's settings.

use model::ecs::{UpdateClusterSettingsRequest, UpdateClusterSettingsResponse};
use wire::ApiError;

use super::{resolve, settings, shape};
use crate::call::Reply;
use crate::cx::Cx;

pub fn update_cluster_settings(
    cx: &Cx<'_>,
    input: UpdateClusterSettingsRequest,
) -> Result<Reply<UpdateClusterSettingsResponse>, ApiError> {
    let mut cluster = resolve::named_cluster(cx, input.cluster.as_deref())?.clone();
    cluster.insights = settings::insights(&input.settings.unwrap_or_default(), cluster.insights)?;
    let output = UpdateClusterSettingsResponse {
        cluster: Some(shape::cluster(cx, &cluster, shape::ClusterDetail::ALL)),
    };
    Ok(Reply::new(output).put(cluster))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn the_new_setting_is_shown_from_then_on() {
        let update =
            r#"UpdateClusterSettings {"cluster":"web","settings":[{"name":"containerInsights","value":"enhanced"}]}"#;
        check(
            "cluster web",
            &format!("{update} -> cluster.settings"),
            expect![[r#"
                200 cluster.settings=[{"name":"containerInsights","value":"enhanced"}]
                put cluster web
            "#]],
        );
        check(
            "cluster web",
            &format!(
                r#"{update} ; DescribeClusters {{"clusters":["web"],"include":["SETTINGS"]}} -> clusters.0.settings"#
            ),
            expect![[r#"
                200 clusters.0.settings=[{"name":"containerInsights","value":"enhanced"}]
            "#]],
        );
    }

    #[test]
    fn an_unknown_value_is_refused() {
        check(
            "cluster web",
            r#"UpdateClusterSettings {"cluster":"web","settings":[{"name":"containerInsights","value":"loud"}]}"#,
            expect![[r#"
                400 InvalidParameterException: Invalid setting value 'loud': use enabled, disabled or enhanced.
            "#]],
        );
    }
}

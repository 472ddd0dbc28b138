//! UpdateCluster changes what a cluster was created with.

use model::ecs::{UpdateClusterRequest, UpdateClusterResponse};
use wire::ApiError;

use super::{resolve, settings, shape};
use crate::call::Reply;
use crate::cx::Cx;

pub fn update_cluster(cx: &Cx<'_>, input: UpdateClusterRequest) -> Result<Reply<UpdateClusterResponse>, ApiError> {
    settings::refuse_what_cannot_act(&[("serviceConnectDefaults", input.service_connect_defaults.is_some())])?;
    let mut cluster = resolve::cluster(cx, input.cluster.as_deref())?.clone();
    cluster.insights = settings::insights(&input.settings.unwrap_or_default(), cluster.insights)?;
    if let Some(given) = &input.configuration {
        cluster.configuration = Some(settings::configuration(given)?);
    }
    let output = UpdateClusterResponse {
        cluster: Some(shape::cluster(cx, &cluster, shape::ClusterDetail::ALL)),
    };
    Ok(Reply::new(output).put(cluster))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn what_is_not_named_stays() {
        check(
            "cluster web",
            r#"UpdateCluster {"cluster":"web","settings":[{"name":"containerInsights","value":"enabled"}]} ; UpdateCluster {"cluster":"web"} -> cluster.settings"#,
            expect![[r#"
                200 cluster.settings=[{"name":"containerInsights","value":"enabled"}]
                put cluster web
            "#]],
        );
    }

    #[test]
    fn what_cannot_act_and_who_is_not_there_is_refused() {
        check(
            "cluster web",
            r#"UpdateCluster {"cluster":"web","serviceConnectDefaults":{"namespace":"x"}}"#,
            expect![[r#"
                400 ClientException: serviceConnectDefaults is not supported by Longshore yet. Leave it out.
            "#]],
        );
        check(
            "",
            r#"UpdateCluster {"cluster":"web"}"#,
            expect![[r#"
            400 ClusterNotFoundException: Cluster not found.
        "#]],
        );
    }
}

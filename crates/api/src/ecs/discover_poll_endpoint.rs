//! DiscoverPollEndpoint tells an agent where to connect: here, by the name under which it reached us.

use model::ecs::{DiscoverPollEndpointRequest, DiscoverPollEndpointResponse};
use wire::ApiError;

use crate::call::Reply;
use crate::cx::Cx;

pub fn discover_poll_endpoint(
    cx: &Cx<'_>,
    _input: DiscoverPollEndpointRequest,
) -> Result<Reply<DiscoverPollEndpointResponse>, ApiError> {
    let here = Some(format!("{}/", cx.endpoint.trim_end_matches('/')));
    Ok(Reply::new(DiscoverPollEndpointResponse {
        endpoint: here.clone(),
        telemetry_endpoint: here.as_ref().map(|here| format!("{here}tcs/")),
        service_connect_endpoint: here,
    }))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn agents_are_sent_to_where_they_found_us() {
        check(
            "",
            "DiscoverPollEndpoint {}",
            expect![[r#"
                200 {"endpoint":"http://127.0.0.1:4566/","telemetryEndpoint":"http://127.0.0.1:4566/tcs/","serviceConnectEndpoint":"http://127.0.0.1:4566/"}
            "#]],
        );
    }
}

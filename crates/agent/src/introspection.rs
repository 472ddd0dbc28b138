//! What people and programs on this host may ask the agent: who it is and which tasks it has, in the stock agent's forms. On the loopback
//! address alone, and of no use to a browser that was led here.

use std::net::Ipv4Addr;
use std::sync::Arc;

use hyper::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use wire::query;

use crate::http::{self, Answer, Asked};
use crate::metadata::Metadata;
use crate::metadata::view::TaskView;
use crate::runtime::Runtime;

/// Licence of the program, as the stock agent shows its own.
const LICENSE: &str = include_str!("../../../LICENSE");

/// What is asked, by path and query.
#[derive(Debug, PartialEq, Eq)]
enum Ask {
    Commands,
    Metadata,
    Tasks,
    TaskOfArn(String),
    TaskOfContainer(String),
    License,
    Nothing,
}

fn read(path: &str, query: Option<&str>) -> Ask {
    let fields = query::fields(query.unwrap_or_default()).unwrap_or_default();
    let field = |name: &str| {
        fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
    };
    match path {
        "/" => Ask::Commands,
        "/v1/metadata" => Ask::Metadata,
        "/v1/tasks" => match (field("taskarn"), field("dockerid")) {
            (Some(arn), _) => Ask::TaskOfArn(arn),
            (None, Some(id)) => Ask::TaskOfContainer(id),
            (None, None) if query.unwrap_or_default().is_empty() => Ask::Tasks,
            (None, None) => Ask::Nothing,
        },
        "/license" => Ask::License,
        _ => Ask::Nothing,
    }
}

/// Serves until it is dropped. Where the port is taken, by another agent perhaps, there is none.
pub async fn serve<R: Runtime>(metadata: Arc<Metadata<R>>, port: u16) {
    let listener = match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
        Ok(listener) => listener,
        Err(error) => {
            return tracing::info!(
                port,
                %error,
                "no introspection endpoint; another port is chosen with --introspection-port"
            );
        }
    };
    let handler = move |asked: Asked| {
        let metadata = metadata.clone();
        async move { answer(&metadata, &asked).await }
    };
    http::serve(listener, handler).await;
}

async fn answer<R: Runtime>(metadata: &Metadata<R>, asked: &Asked) -> Answer {
    let host = asked.host.as_deref().unwrap_or("localhost");
    let name = host.split(':').next().unwrap_or_default();
    if asked.passed_on || !["localhost", "127.0.0.1"].contains(&name) {
        return Answer::text(StatusCode::FORBIDDEN, "Forbidden");
    }
    if asked.method != Method::GET {
        return Answer::text(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed");
    }
    match read(&asked.path, asked.query.as_deref()) {
        Ask::Commands => ok(json!({"AvailableCommands": ["/v1/metadata", "/v1/tasks", "/license"]})),
        Ask::Metadata => {
            let place = metadata.place();
            ok(json!({
                "Cluster": place.cluster.as_deref().unwrap_or_default(),
                "ContainerInstanceArn": place.instance_arn,
                "Version": concat!("Longshore agent - v", env!("CARGO_PKG_VERSION")),
            }))
        }
        Ask::Tasks => {
            let mut tasks = Vec::new();
            for view in metadata.all() {
                tasks.push(metadata.introspect(&view).await);
            }
            ok(json!({ "Tasks": tasks }))
        }
        Ask::TaskOfArn(arn) => one(metadata, |view| view.labels.arn == arn).await,
        Ask::TaskOfContainer(id) => {
            let has = |view: &TaskView| {
                let mut ids = view.containers.iter().filter_map(|it| it.report.runtime_id.as_deref());
                !id.is_empty() && ids.any(|it| it.starts_with(&id))
            };
            one(metadata, has).await
        }
        Ask::License => Answer::text(StatusCode::OK, LICENSE),
        Ask::Nothing => Answer::text(StatusCode::NOT_FOUND, "404 page not found"),
    }
}

async fn one<R: Runtime>(metadata: &Metadata<R>, wanted: impl Fn(&TaskView) -> bool) -> Answer {
    match metadata.all().iter().find(|it| wanted(it)) {
        Some(view) => ok(json!(metadata.introspect(view).await)),
        None => Answer::json(StatusCode::NOT_FOUND, &json!({})),
    }
}

fn ok(body: Value) -> Answer {
    Answer::json(StatusCode::OK, &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_those_of_the_stock_agent() {
        assert_eq!(read("/v1/tasks", None), Ask::Tasks);
        for arn in ["arn:a/b", "arn%3Aa%2Fb"] {
            let query = format!("taskarn={arn}");
            assert_eq!(read("/v1/tasks", Some(&query)), Ask::TaskOfArn("arn:a/b".into()));
        }
        assert_eq!(
            read("/v1/tasks", Some("dockerid=79c0")),
            Ask::TaskOfContainer("79c0".into())
        );
        assert_eq!(read("/v1/tasks", Some("other=1")), Ask::Nothing);
        assert_eq!(read("/v1/metadata", None), Ask::Metadata);
        assert_eq!(read("/license", None), Ask::License);
        assert_eq!(read("/v2/metadata", None), Ask::Nothing);
    }
}

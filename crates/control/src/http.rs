//! One request: which door it is for, who knocks, what it asks, and the answer in the protocol it came in.

use std::convert::Infallible;
use std::sync::Arc;

use api::{Access, Call, Caller, Service};
use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HOST, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use wire::schema::Protocol;
use wire::{ApiError, Value, json, query, sigv4, xml};

use crate::limits::{BODY_TIME, MAX_BODY, MAX_HEADERS};
use crate::{Control, agents, clock, logs, telemetry};

pub type Body = UnsyncBoxBody<Bytes, Infallible>;

const QUERY_NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// Services without forms whose clients read XML; clients of all others read JSON.
const XML_SERVICES: [&str; 3] = ["s3", "route53", "cloudfront"];

/// Where agents open their sessions. DiscoverPollEndpoint tells them all but the last part.
const AGENTS: &str = "/ws";
const TELEMETRY: &str = "/tcs/ws";

/// Answers one request. Never fails: what goes wrong is an answer too.
pub async fn answer(
    control: Arc<Control>,
    scheme: &'static str,
    request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    let request_id = domain::id::uuid(u128::from_be_bytes(clock::random()));
    let mut response = route(&control, scheme, request, &request_id).await;
    let id = HeaderValue::from_str(&request_id).expect("a UUID is ASCII");
    response.headers_mut().insert("x-amzn-requestid", id);
    Ok(response)
}

async fn route(
    control: &Arc<Control>,
    scheme: &'static str,
    mut request: Request<Incoming>,
    request_id: &str,
) -> Response<Body> {
    let path = request.uri().path();
    if path == "/_longshore/health" && request.method() == Method::GET {
        return health(control);
    }
    let upgrades = path == AGENTS || path == TELEMETRY || path.starts_with("/_longshore/streams/");
    let upgrade = upgrades.then(|| hyper::upgrade::on(&mut request));
    let (head, body) = request.into_parts();
    let received = match receive(head, body, scheme).await {
        Ok(received) => received,
        Err(error) => return refusal(&error, Protocol::Json11, request_id),
    };
    let path = received.head.uri.path();
    match upgrade {
        Some(upgrade) if path == AGENTS => agents::connect(control, &received, upgrade).await,
        Some(upgrade) if path == TELEMETRY => telemetry::connect(control, &received, upgrade).await,
        Some(upgrade) => logs::attach(control, &received, upgrade).await,
        None if path == "/_longshore/logs" => logs::read(control, &received).await,
        None => call(control, &received, request_id).await,
    }
}

fn health(control: &Control) -> Response<Body> {
    if control.needs_host && !control.agents.any() {
        let body = r#"{"status":"starting","waitingFor":"a host"}"#;
        return text(StatusCode::SERVICE_UNAVAILABLE, "application/json", body);
    }
    text(StatusCode::OK, "application/json", r#"{"status":"ok"}"#)
}

/// A request with its whole body.
pub struct Received {
    pub head: hyper::http::request::Parts,
    body: Bytes,
    /// As in `http://127.0.0.1:4566`: where the caller reached us.
    endpoint: String,
    /// The host header, or HTTP/2's authority in its place.
    host: String,
}

async fn receive(head: hyper::http::request::Parts, body: Incoming, scheme: &str) -> Result<Received, ApiError> {
    if head.headers.len() > MAX_HEADERS {
        return Err(ApiError::new(
            "RequestHeaderSectionTooLarge",
            format!("At most {MAX_HEADERS} headers are read."),
        )
        .with_status(431));
    }
    let whole = tokio::time::timeout(BODY_TIME, Limited::new(body, MAX_BODY).collect()).await;
    let body = match whole {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
            return Err(ApiError::new(
                "RequestEntityTooLargeException",
                format!("A request may have at most {MAX_BODY} bytes."),
            )
            .with_status(413));
        }
        Ok(Err(error)) => {
            return Err(ApiError::new(
                "IncompleteBody",
                format!("The body could not be read: {error}"),
            ));
        }
        Err(_) => {
            return Err(ApiError::new(
                "RequestTimeoutException",
                format!("The body did not arrive within {} s.", BODY_TIME.as_secs()),
            )
            .with_status(408));
        }
    };
    let header = head.headers.get(HOST).and_then(|it| it.to_str().ok());
    let host = header
        .or(head.uri.authority().map(|it| it.as_str()))
        .unwrap_or_default()
        .to_owned();
    Ok(Received {
        endpoint: format!("{scheme}://{host}"),
        head,
        body,
        host,
    })
}

impl Received {
    pub fn query(&self) -> &str {
        self.head.uri.query().unwrap_or_default()
    }

    /// A field of the URL's query.
    pub fn field(&self, name: &str) -> Option<String> {
        query::fields(self.query())?
            .into_iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.headers.get(name).and_then(|it| it.to_str().ok())
    }

    /// Who sent it, by its signature, unless they send too much.
    pub async fn caller(&self, control: &Control) -> Result<(&'static Service, Caller), ApiError> {
        let mut headers: Vec<(&str, &[u8])> = self
            .head
            .headers
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_bytes()))
            .collect();
        if !self.head.headers.contains_key(HOST) && !self.host.is_empty() {
            headers.push(("host", self.host.as_bytes()));
        }
        let request = sigv4::Request {
            method: self.head.method.as_str(),
            path: self.head.uri.path(),
            query: self.query(),
            headers: &headers,
            body: &self.body,
        };
        let (service, caller) = control.authenticate(&request).await.map_err(|(service, refusal)| {
            let protocol = service.map_or_else(|| self.protocol(), |it| it.model.protocol);
            refusal.into_error(protocol)
        })?;
        // Only now: whoever merely names a host's key must not use up what it may say.
        match control.allows(&caller) {
            true => Ok((service, caller)),
            false => Err(throttled()),
        }
    }

    /// The protocol in which a caller reads what is refused: that of the service it names, or else of the kind of call it is.
    fn protocol(&self) -> Protocol {
        if self.header("x-amz-target").is_some() {
            return Protocol::Json11;
        }
        let fields = query::fields(self.form()).unwrap_or_default();
        let version = fields.iter().find(|(key, _)| key == "Version");
        match version.and_then(|(_, version)| form_service(Some(version))) {
            Some(service) => service.model.protocol,
            None if version.is_some() || self.signs_for(&XML_SERVICES) => Protocol::Query,
            None => Protocol::Json11,
        }
    }

    /// Whether it claims to be signed for one of these. The claim need not be true.
    fn signs_for(&self, services: &[&str]) -> bool {
        let claim = self.header("authorization").unwrap_or_default();
        services.iter().any(|it| claim.contains(&format!("/{it}/aws4_request")))
    }

    /// The fields of a Query call: in the body or, presigned, in the URL.
    fn form(&self) -> &str {
        match self.body.is_empty() {
            true => self.query(),
            false => std::str::from_utf8(&self.body).unwrap_or_default(),
        }
    }
}

/// One call of an operation.
async fn call(control: &Control, received: &Received, request_id: &str) -> Response<Body> {
    let protocol = received.protocol();
    let outcome = async {
        let (call, caller) = judge(control, received).await?;
        let answer = control.run(&call, &caller, &received.endpoint).await?;
        Ok((call, answer))
    };
    match outcome.await {
        Ok((call, answer)) => match call.service.model.protocol {
            Protocol::Json11 => text(
                StatusCode::OK,
                "application/x-amz-json-1.1",
                json::write(&*answer.output),
            ),
            Protocol::Query => {
                let namespace = call.service.model.xml_namespace;
                let body = xml::response(call.operation.name, namespace, &*answer.output, request_id);
                text(StatusCode::OK, "text/xml", body)
            }
            Protocol::Ec2 => {
                let namespace = call.service.model.xml_namespace;
                let body = xml::ec2_response(call.operation.name, namespace, &*answer.output, request_id);
                text(StatusCode::OK, "text/xml;charset=UTF-8", body)
            }
        },
        Err(error) => {
            log_failure(&error, request_id);
            refusal(&error, protocol, request_id)
        }
    }
}

fn log_failure(error: &ApiError, request_id: &str) {
    if error.status >= 500 {
        tracing::error!(request_id, code = %error.code, message = %error.message, "a call failed");
    }
}

/// Authenticates and reads a call. An operation that anyone may call is known by its target alone.
async fn judge(control: &Control, received: &Received) -> Result<(Call, Caller), ApiError> {
    if let Some(call) = target(received)?.filter(is_open) {
        return Ok((call, Caller::Anonymous));
    }
    let (signed_for, caller) = received.caller(control).await?;
    let call = match target(received)? {
        Some(call) => call,
        None if signed_for.model.protocol == Protocol::Json11 => {
            return Err(ApiError::new(
                "UnknownOperationException",
                "The X-Amz-Target header names no operation.",
            ));
        }
        None => query_call(received)?,
    };
    if call.service.model.signing_name != signed_for.model.signing_name {
        let text = format!(
            "Credential should be scoped to correct service: '{}'.",
            call.service.model.signing_name
        );
        return Err(sigv4::Refusal::Scope(text).into_error(call.service.model.protocol));
    }
    Ok((call, caller))
}

fn is_open(call: &Call) -> bool {
    call.service
        .handler(call.operation.name)
        .is_some_and(|it| it.access == Access::Anyone)
}

/// The JSON call that `X-Amz-Target` names, or None where there is no such header.
fn target(received: &Received) -> Result<Option<Call>, ApiError> {
    let Some(target) = received.header("x-amz-target") else {
        return Ok(None);
    };
    let unknown = || {
        ApiError::new(
            "UnknownOperationException",
            format!("The operation {target} is not known."),
        )
        .with_status(400)
    };
    let (prefix, name) = target.split_once('.').ok_or_else(unknown)?;
    let service = api::service(|it| it.target_prefix == prefix && it.protocol == Protocol::Json11)
        .ok_or_else(|| ApiError::unserved(prefix, Protocol::Json11))?;
    let operation = service.model.operation(name).ok_or_else(unknown)?;
    if received.head.method != Method::POST {
        return Err(ApiError::new(
            "UnknownOperationException",
            "Operations are called by POST.",
        ));
    }
    let input = json::parse(&received.body).map_err(|it| ApiError::new("SerializationException", it.0))?;
    Ok(Some(Call {
        service,
        operation,
        input,
    }))
}

/// The service whose version a form names. Without one it is the only service that has always been there.
fn form_service(version: Option<&str>) -> Option<&'static Service> {
    api::service(|it| match version {
        Some(version) => it.protocol != Protocol::Json11 && it.version == version,
        None => it.protocol == Protocol::Query,
    })
}

/// The Query call that the form names.
fn query_call(received: &Received) -> Result<Call, ApiError> {
    let fields = query::fields(received.form())
        .ok_or_else(|| ApiError::new("MalformedQueryString", "The request is not a form."))?;
    let field = |name: &str| {
        fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let (action, version) = (field("Action"), field("Version"));
    let service = form_service(version);
    let found = service
        .zip(action)
        .and_then(|(service, name)| Some((service, service.model.operation(name)?)));
    let (service, operation) = found.ok_or_else(|| {
        let named = action.unwrap_or("none");
        ApiError::new(
            "InvalidAction",
            format!(
                "Could not find operation {named} for version {}.",
                version.unwrap_or("none")
            ),
        )
    })?;
    let input: Value = query::input(service.model.protocol, operation.input, &fields);
    Ok(Call {
        service,
        operation,
        input,
    })
}

/// The answer to who asks too much. Every SDK takes it for temporary.
pub fn throttled() -> ApiError {
    ApiError::new("ThrottlingException", "Rate exceeded")
}

pub fn refusal(error: &ApiError, protocol: Protocol, request_id: &str) -> Response<Body> {
    let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match protocol {
        Protocol::Json11 => text(status, "application/x-amz-json-1.1", error.to_json()),
        Protocol::Query => text(status, "text/xml", xml::error(error, QUERY_NAMESPACE, request_id)),
        Protocol::Ec2 => text(status, "text/xml;charset=UTF-8", xml::ec2_error(error, request_id)),
    }
}

pub fn text(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Response<Body> {
    let mut response = Response::new(Full::new(body.into()).boxed_unsync());
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

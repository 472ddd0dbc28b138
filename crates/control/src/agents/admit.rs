//! Who may connect as an instance's agent.

use std::sync::Arc;

use api::Caller;
use api::acs::{Proof, Standing, standing};
use domain::InstanceId;
use domain::instance::{Status, VersionInfo};
use hyper::upgrade::OnUpgrade;
use hyper::{Response, StatusCode};
use wire::ApiError;
use wire::schema::Protocol;

use super::connection::{Opening, serve};
use crate::http::{Body, Received, refusal, text};
use crate::{Control, ws};

/// Admits an agent's connection, or says why not.
pub async fn connect(control: &Arc<Control>, received: &Received, upgrade: OnUpgrade) -> Response<Body> {
    match admit(control, received).await {
        Ok((opening, response)) => {
            let control = control.clone();
            tokio::spawn(async move { serve(control, opening, upgrade).await });
            response
        }
        Err(error) => refused(error),
    }
}

/// How an agent is told that it may not connect.
pub fn refused(error: ApiError) -> Response<Body> {
    if error.code != "InactiveInstanceException" {
        return refusal(&error, Protocol::Json11, "");
    }
    // The agent looks for the name of the exception as a member of its own.
    let value = wire::Value::Map(vec![(error.code.to_string(), wire::Value::Str(error.message))]);
    text(
        StatusCode::BAD_REQUEST,
        "application/json",
        wire::json::write_value(&value),
    )
}

async fn admit(control: &Control, received: &Received) -> Result<(Opening, Response<Body>), ApiError> {
    let (_, caller) = received.caller(control).await?;
    let id = owned_instance(control, &caller, received.field("containerInstanceArn"))?;
    let response = ws::accept(&received.head.headers)?;
    let field = |name| received.field(name);
    let proof = Proof::parse(field("epoch").as_deref(), field("connection").as_deref());
    let opening = Opening {
        instance: id,
        proof,
        against: against(control, id, proof).await?,
        version: VersionInfo {
            agent_version: field("agentVersion"),
            agent_hash: field("agentHash"),
            docker_version: field("dockerVersion"),
        },
        wants_credentials: field("sendCredentials").as_deref() == Some("true"),
    };
    Ok((opening, response))
}

/// The instance that an agent connects for, which must be its own.
pub fn owned_instance(control: &Control, caller: &Caller, arn: Option<String>) -> Result<InstanceId, ApiError> {
    let id = arn
        .as_deref()
        .and_then(|arn| arn.rsplit('/').next())
        .and_then(InstanceId::parse);
    let view = control.store.durable();
    let instance = id.and_then(|id| view.instance(id)).ok_or_else(|| {
        ApiError::new(
            "InvalidInstanceException",
            "The container instance is not known here. Register it.",
        )
    })?;
    let own = match caller {
        Caller::Root => true,
        Caller::Host { id, .. } => instance.host == Some(*id),
        Caller::Anonymous => false,
    };
    if !own {
        return Err(ApiError::new(
            "AccessDeniedException",
            "This key belongs to another container instance.",
        ));
    }
    match instance.status() {
        Status::Inactive => Err(ApiError::new(
            "InactiveInstanceException",
            "The container instance has been deregistered.",
        )),
        Status::Active | Status::Draining => Ok(instance.id()),
    }
}

/// The seat that the connection may take, if one is taken.
async fn against(control: &Control, id: InstanceId, new: Option<Proof>) -> Result<Option<u64>, ApiError> {
    let Some(live) = control.agents.line(id) else {
        return Ok(None);
    };
    let stays = match standing(live.proof, new) {
        Standing::Newer => false,
        Standing::Older => true,
        Standing::Unproven => live.is_alive().await,
    };
    if !stays {
        return Ok(Some(live.seat));
    }
    tracing::warn!(
        instance = %id,
        "a second connection for an instance was refused: its agent is connected. Either two machines run as one, from a copied \
         disk or data directory, or someone else has the host's key"
    );
    Err(ApiError::new(
        "ClientException",
        "The container instance has a live session, and this connection is not proven to be newer. \
         Is another agent running with the same identity?",
    ))
}

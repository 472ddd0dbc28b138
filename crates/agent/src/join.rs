//! Becoming, and staying, a host of the server's: join, register, rotate the key.

use std::time::Duration;

use client::{CallError, Client, Credentials};
use model::ecs::{RegisterContainerInstanceRequest, RegisterContainerInstanceResponse, VersionInfo};
use model::longshore::{JoinHostRequest, JoinHostResponse, RotateHostKeyRequest, RotateHostKeyResponse};
use model::{ecs, longshore};

use crate::host::{Facts, RuntimeFacts};
use crate::metadata::Place;
use crate::state::Identity;
use crate::{AgentState, Config, Error, clock, host, network};

/// Between attempts to reach a server that does not answer.
const RETRY_FIRST: Duration = Duration::from_millis(250);
const RETRY_MOST: Duration = Duration::from_secs(10);
/// How old a key may get.
pub const KEY_LIFE: Duration = Duration::from_secs(12 * 60 * 60);

/// Doubles from `RETRY_FIRST` to `RETRY_MOST`.
pub struct Backoff(Duration);

impl Backoff {
    pub fn new() -> Self {
        Self(RETRY_FIRST)
    }

    pub async fn wait(&mut self) {
        tokio::time::sleep(clock::jittered(self.0)).await;
        self.0 = (self.0 * 2).min(RETRY_MOST);
    }
}

/// The identity from an earlier start, or a new one for the join token.
pub async fn identity(config: &Config, state: &AgentState) -> Result<Identity, Error> {
    if let Some(identity) = state.identity()? {
        return Ok(identity);
    }
    let token = config.join_token.clone().ok_or(Error::NoToken)?;
    let request = JoinHostRequest {
        token: Some(token),
        host_name: Some(config.host_name.clone()),
        nonce: Some(state.join_nonce()?),
    };
    let client = Client::new(config.endpoint.clone(), None, clock::now);
    let mut backoff = Backoff::new();
    let joined: JoinHostResponse = loop {
        match client.call(&longshore::API, "JoinHost", &request).await {
            Ok(joined) => break joined,
            Err(error) if error.is_temporary() => {
                tracing::warn!(%error, "joining failed; trying again");
                backoff.wait().await;
            }
            Err(error) => return Err(Error::NotAdmitted(error.to_string())),
        }
    };
    let identity = Identity {
        host_id: joined.host_id.unwrap_or_default(),
        access_key_id: joined.access_key_id.unwrap_or_default(),
        secret_access_key: joined.secret_access_key.unwrap_or_default(),
        region: joined.region.unwrap_or_default(),
        cluster: joined.cluster,
        task_network: joined.task_network.unwrap_or_default(),
        instance_arn: None,
    };
    state.put_identity(&identity)?;
    state.forget_join_nonce();
    tracing::info!(host = identity.host_id, "joined");
    Ok(identity)
}

pub fn client(config: &Config, identity: &Identity) -> Client {
    let credentials = Credentials {
        access_key_id: identity.access_key_id.clone(),
        secret_access_key: identity.secret_access_key.clone(),
        region: identity.region.clone(),
    };
    Client::new(config.endpoint.clone(), Some(credentials), clock::now)
}

/// Where this host is.
pub fn place(config: &Config, identity: &Identity) -> Place {
    let first_zone = || format!("{}a", identity.region);
    Place {
        region: identity.region.clone(),
        availability_zone: config.machine.availability_zone.clone().unwrap_or_else(first_zone),
        instance_arn: identity.instance_arn.clone().unwrap_or_default(),
        cluster: identity.cluster.clone(),
    }
}

/// Registers this host, again under its ARN where it has one. Waits for a server that does not answer.
pub async fn register(
    config: &Config,
    state: &AgentState,
    identity: &mut Identity,
    runtime: &RuntimeFacts,
) -> Result<(), Error> {
    let facts = Facts::of_this_machine(&config.machine);
    let network = host::network_attributes(config.task_network, network::address(config).await);
    let client = client(config, identity);
    let mut backoff = Backoff::new();
    loop {
        let request = RegisterContainerInstanceRequest {
            cluster: identity.cluster.clone(),
            container_instance_arn: identity.instance_arn.clone(),
            total_resources: Some(facts.resources(&config.machine)),
            attributes: Some(
                [
                    facts.attributes(&config.machine, &identity.region, runtime),
                    network.clone(),
                ]
                .concat(),
            ),
            platform_devices: Some(facts.devices()),
            version_info: Some(VersionInfo {
                agent_version: Some(env!("CARGO_PKG_VERSION").into()),
                agent_hash: None,
                docker_version: Some(runtime.version.clone()),
            }),
            ..Default::default()
        };
        let answer: Result<RegisterContainerInstanceResponse, _> =
            client.call(&ecs::API, "RegisterContainerInstance", &request).await;
        match answer {
            Ok(answer) => {
                let arn = answer.container_instance.and_then(|it| it.container_instance_arn);
                // What is on disk already need not be written: the disk may be full.
                if arn != identity.instance_arn {
                    identity.instance_arn = arn;
                    state.put_identity(identity)?;
                }
                tracing::info!(instance = identity.instance_arn, "registered");
                return Ok(());
            }
            Err(error) => match refused(&error, identity.instance_arn.is_some()) {
                Refused::Again => {
                    tracing::warn!(%error, "registering failed; trying again");
                    backoff.wait().await;
                }
                Refused::Anew => {
                    tracing::warn!(%error, "the old registration is not accepted; registering as a new instance");
                    identity.instance_arn = None;
                }
                Refused::Deregistered => return Err(Error::Deregistered(error.to_string())),
                Refused::NotAdmitted => return Err(Error::NotAdmitted(error.to_string())),
            },
        }
    }
}

/// What a registration that failed means.
#[derive(Debug, PartialEq, Eq)]
enum Refused {
    /// Nothing: it may be accepted later, and what is registered stays.
    Again,
    /// The instance is gone, or the machine has another size: it is a new instance then.
    Anew,
    /// A key dies with its instance.
    Deregistered,
    NotAdmitted,
}

fn refused(error: &CallError, has_instance: bool) -> Refused {
    match error.code() {
        _ if error.is_temporary() => Refused::Again,
        Some("UnrecognizedClientException") => Refused::Deregistered,
        Some("AccessDeniedException") => Refused::NotAdmitted,
        _ if has_instance => Refused::Anew,
        _ => Refused::NotAdmitted,
    }
}

/// Gets the next key and keeps it before it is used, so that at every moment one key that works is on disk.
pub async fn rotate(client: &Client, state: &AgentState, identity: &mut Identity) -> Result<Client, String> {
    let mut backoff = Backoff::new();
    let next: RotateHostKeyResponse = loop {
        let answer = client
            .call(&longshore::API, "RotateHostKey", &RotateHostKeyRequest {})
            .await;
        match answer {
            Ok(next) => break next,
            // A server that is gone for long is asked by the next rotation.
            Err(error @ CallError::Refused { .. }) if error.is_temporary() => backoff.wait().await,
            Err(error) => return Err(error.to_string()),
        }
    };
    let (Some(id), Some(secret)) = (next.access_key_id, next.secret_access_key) else {
        return Err("the server's answer has no key in it".into());
    };
    identity.access_key_id = id.clone();
    identity.secret_access_key = secret.clone();
    state.put_identity(identity).map_err(|e| e.to_string())?;
    Ok(client.with_credentials(Credentials {
        access_key_id: id,
        secret_access_key: secret,
        region: identity.region.clone(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registration_is_given_up_only_where_the_server_will_never_take_it() {
        let after = |code: &str, status, has_instance| {
            let error = CallError::Refused {
                code: code.into(),
                message: String::new(),
                status,
            };
            refused(&error, has_instance)
        };
        for has_instance in [false, true] {
            assert_eq!(after("ThrottlingException", 400, has_instance), Refused::Again);
            assert_eq!(after("ServerException", 500, has_instance), Refused::Again);
            let gone = after("UnrecognizedClientException", 400, has_instance);
            assert_eq!(gone, Refused::Deregistered);
            let denied = after("AccessDeniedException", 400, has_instance);
            assert_eq!(denied, Refused::NotAdmitted);
        }
        let invalid = |has_instance| after("InvalidParameterException", 400, has_instance);
        assert_eq!((invalid(true), invalid(false)), (Refused::Anew, Refused::NotAdmitted));
        let unreachable = CallError::Unreachable {
            endpoint: String::new(),
            cause: String::new(),
        };
        assert_eq!(refused(&unreachable, true), Refused::Again);
    }
}

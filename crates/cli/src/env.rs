//! `longshore env`: the four variables that every AWS client understands.

use std::process::ExitCode;

use anyhow::Result;

use crate::Connect;
use crate::output::say;

#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(connect: &Connect) -> Result<ExitCode> {
    let local = connect.local()?;
    let credentials = &local.credentials;
    say(&format!("export AWS_ENDPOINT_URL={}", local.url));
    say(&format!("export AWS_ACCESS_KEY_ID={}", credentials.access_key_id));
    say(&format!(
        "export AWS_SECRET_ACCESS_KEY={}",
        credentials.secret_access_key
    ));
    say(&format!(
        "export AWS_REGION={0} AWS_DEFAULT_REGION={0}",
        credentials.region
    ));
    say("unset AWS_SESSION_TOKEN AWS_PROFILE");
    Ok(ExitCode::SUCCESS)
}

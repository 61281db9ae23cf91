//! `operator add`.

use crate::failure::Failure;
use crate::input;
use crate::output;
use crate::session::Session;
use secrecy::SecretString;
use serde::Serialize;
use staffetta_domain::limits::DESCRIPTION_MAX;
use staffetta_domain::{OperatorId, Phrase, Rights, ServiceId};
use staffetta_store::passwords::{HashedPassword, PASSWORD_MIN, PasswordError, hash_password};
use staffetta_words::say;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Name by which they sign in
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Services enabled to them, by name, separated by commas; none if left out
    #[arg(long, value_name = "SERVICES", value_delimiter = ',')]
    services: Vec<String>,
    /// What they may do with those: look, compose, send, single, separated by commas; or admin, for the
    /// whole ente
    #[arg(long, value_name = "RIGHTS", default_value = "look")]
    rights: Rights,
}

#[derive(Serialize)]
struct Added<'a> {
    id: OperatorId,
    name: &'a str,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let admin = arguments.rights.include(Rights::ADMIN);
    let mut services = Vec::with_capacity(arguments.services.len());
    for name in &arguments.services {
        services.push((session.service(name).await?.id, arguments.rights));
    }
    let password = input::new_password()?;
    let name = arguments.name.trim();
    let id = make_operator(session, name, password, admin, &services).await?;
    if session.settings.json {
        return output::json(&Added { id, name });
    }
    output::line(&say(&Phrase::new("cli-operator-added").with("name", name)))?;
    if !admin && services.is_empty() {
        output::notice(&staffetta_words::text("cli-operator-without-services"));
    }
    Ok(())
}

/// Adds an operator, with a password that may be taken.
pub(crate) async fn make_operator(
    session: &Session,
    name: &str,
    password: SecretString,
    admin: bool,
    services: &[(ServiceId, Rights)],
) -> Result<OperatorId, Failure> {
    let name = name.trim();
    if !(1..=DESCRIPTION_MAX).contains(&name.chars().count()) {
        return Err(Failure::usage(Phrase::new("cli-name-length").with("max", DESCRIPTION_MAX)));
    }
    let hashed = hashed(password).await?;
    let (store, organization) = (&session.store, session.organization.id);
    let added = store.add_operator(organization, name, &hashed, admin, services, session.now()).await?;
    added.ok_or_else(|| Failure::failed(Phrase::new("cli-operator-name-taken").with("name", name)))
}

/// A password that may be taken, as the ledger keeps it.
pub(super) async fn hashed(password: SecretString) -> Result<HashedPassword, Failure> {
    // It takes tens of milliseconds of work, on purpose.
    let hashed = tokio::task::spawn_blocking(move || hash_password(&password)).await;
    match hashed {
        Ok(Ok(hashed)) => Ok(hashed),
        Ok(Err(PasswordError::Short)) => {
            Err(Failure::failed(Phrase::new("cli-password-short").with("min", PASSWORD_MIN)))
        }
        Ok(Err(PasswordError::Unhashable)) | Err(_) => {
            Err(Failure::failed(Phrase::new("cli-password-fault")))
        }
    }
}

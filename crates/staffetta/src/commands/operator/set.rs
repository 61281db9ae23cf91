//! `operator set`: other services, other rights, another password.

use super::add::hashed;
use crate::failure::Failure;
use crate::input;
use crate::output;
use crate::session::Session;
use serde::Serialize;
use staffetta_domain::{OperatorId, Phrase, Rights, ServiceId};
use staffetta_store::operators::{Operator, OperatorChange};
use staffetta_words::say;

#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("a change").args(["services", "rights", "password"]).multiple(true).required(true))]
pub(crate) struct Arguments {
    /// Which operator
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Services enabled to them from now on, by name, separated by commas; those they had go
    #[arg(long, value_name = "SERVICES", value_delimiter = ',', requires = "rights")]
    services: Vec<String>,
    /// What they may do with those, or with the ones they have: look, compose, send, single, separated by
    /// commas; or admin, for the whole ente
    #[arg(long, value_name = "RIGHTS")]
    rights: Option<Rights>,
    /// Ask for a new password, or read it from the first line of standard input; where they are signed in ends
    #[arg(long)]
    password: bool,
}

#[derive(Serialize)]
struct Changed<'a> {
    id: OperatorId,
    name: &'a str,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let (store, organization) = (&session.store, session.organization.id);
    let name = arguments.name.trim();
    let missing = || Failure::failed(Phrase::new("cli-no-operator").with("name", name));
    let operators = store.operators(organization).await?;
    let operator = operators.into_iter().find(|operator| operator.name == name).ok_or_else(missing)?;
    let services = match arguments.rights {
        Some(rights) => Some(services(session, &arguments.services, rights, &operator).await?),
        None => None,
    };
    let password = match arguments.password {
        true => Some(hashed(input::new_password()?).await?),
        false => None,
    };
    let change = OperatorChange {
        password: password.as_ref(),
        admin: arguments.rights.map(|rights| rights.include(Rights::ADMIN)),
        services: services.as_deref(),
    };
    if !store.change_operator(organization, operator.id, &change).await? {
        return Err(missing());
    }
    if session.settings.json {
        return output::json(&Changed { id: operator.id, name });
    }
    output::line(&say(&Phrase::new("cli-operator-changed").with("name", name)))?;
    if change.services.is_some_and(<[_]>::is_empty) && change.admin == Some(false) {
        output::notice(&staffetta_words::text("cli-operator-without-services"));
    }
    Ok(())
}

/// Those that are named, else those that the operator has; an administrator needs none.
async fn services(
    session: &Session,
    names: &[String],
    rights: Rights,
    operator: &Operator,
) -> Result<Vec<(ServiceId, Rights)>, Failure> {
    if names.is_empty() {
        return Ok(operator.services.iter().map(|(service, _)| (*service, rights)).collect());
    }
    let mut services = Vec::with_capacity(names.len());
    for name in names {
        services.push((session.service(name).await?.id, rights));
    }
    Ok(services)
}

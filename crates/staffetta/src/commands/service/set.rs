//! `service set`: how a wrong key is put right.

use super::{KeyArguments, amount, base_url, io_service_id};
use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use serde::Serialize;
use staffetta_domain::{Amount, Phrase, ServiceId};
use staffetta_store::services::{ServiceChange, ServiceChanged};
use staffetta_words::say;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Which service, by name
    #[arg(value_name = "SERVICE")]
    service: String,
    /// Another name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Another id on IO
    #[arg(long, value_name = "ID", value_parser = io_service_id)]
    io_service_id: Option<String>,
    #[command(flatten)]
    key: KeyArguments,
    /// Another address; the key must be given again with it
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Another largest amount of a payment, in euro
    #[arg(long, value_name = "EURO", value_parser = amount)]
    max_amount: Option<Amount>,
}

#[derive(Serialize)]
struct Changed<'a> {
    id: ServiceId,
    name: &'a str,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let service = session.service(&arguments.service).await?;
    let base_url = match arguments.base_url.as_deref() {
        Some(text) => Some(base_url(session, text).await?),
        None => None,
    };
    let key = arguments.key.read()?;
    let name = arguments.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let change = ServiceChange {
        name,
        io_service_id: arguments.io_service_id.as_deref(),
        base_url: base_url.as_ref().map(|url| url.as_str()),
        key: key.as_ref(),
        max_amount: arguments.max_amount,
    };
    let done = session.store.change_service(&session.scope, service.id, &change, session.now()).await?;
    let name = name.unwrap_or(&service.name);
    match done {
        ServiceChanged::Done if session.settings.json => output::json(&Changed { id: service.id, name }),
        ServiceChanged::Done => output::line(&say(&Phrase::new("cli-service-changed").with("name", name))),
        ServiceChanged::NameTaken => {
            Err(Failure::failed(Phrase::new("service-name-taken").with("name", name)))
        }
        ServiceChanged::KeyNeeded => Err(Failure::failed(Phrase::new("service-key-needed"))),
        ServiceChanged::Missing => Err(Failure::failed(Phrase::new("cli-no-service").with("name", name))),
    }
}

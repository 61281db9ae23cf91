//! `service add`.

use super::{KeyArguments, amount, base_url, io_service_id};
use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use serde::Serialize;
use staffetta_domain::limits::{DESCRIPTION_MAX, SERVICE_AMOUNT_DEFAULT_CENTS};
use staffetta_domain::{Amount, Phrase, ServiceId};
use staffetta_store::services::NewService;
use staffetta_words::say;

#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("a key").args(["key", "key_file"]).required(true))]
pub(crate) struct Arguments {
    /// Name by which it is called here
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Its id on IO, shown to tell services apart
    #[arg(long, value_name = "ID", value_parser = io_service_id)]
    io_service_id: Option<String>,
    #[command(flatten)]
    key: KeyArguments,
    /// Where IO's API is, usually <https://api.io.pagopa.it/api/v1>
    #[arg(long, value_name = "URL")]
    base_url: String,
    /// Largest amount of a payment, in euro; IO allows 10000 to a new service
    #[arg(long, value_name = "EURO", value_parser = amount)]
    max_amount: Option<Amount>,
}

#[derive(Serialize)]
struct Added<'a> {
    id: ServiceId,
    name: &'a str,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let name = arguments.name.trim();
    if !(1..=DESCRIPTION_MAX).contains(&name.chars().count()) {
        return Err(Failure::usage(Phrase::new("name-length").with("max", DESCRIPTION_MAX)));
    }
    let base_url = base_url(session, &arguments.base_url).await?;
    let key = arguments.key.read()?.ok_or_else(|| Failure::usage(Phrase::new("service-key-not-text")))?;
    let usual = Amount::from_cents(SERVICE_AMOUNT_DEFAULT_CENTS).unwrap_or(Amount::MAX);
    let new = NewService {
        name,
        io_service_id: arguments.io_service_id.as_deref(),
        base_url: base_url.as_str(),
        key: &key,
        max_amount: arguments.max_amount.unwrap_or(usual),
    };
    let added = session.store.add_service(&session.scope, &new, session.now()).await?;
    let id = added.ok_or_else(|| Failure::failed(Phrase::new("service-name-taken").with("name", name)))?;
    if session.settings.json {
        return output::json(&Added { id, name });
    }
    output::line(&say(&Phrase::new("cli-service-added").with("name", name)))
}

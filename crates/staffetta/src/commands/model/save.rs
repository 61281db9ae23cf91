//! `model save`.

use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use serde::Serialize;
use staffetta_desk::save_model;
use staffetta_domain::{FlowId, ModelId, Phrase};
use staffetta_words::say;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Number of the flow
    #[arg(long, value_name = "ID")]
    flow: FlowId,
    /// Name of the new model
    #[arg(long, value_name = "NAME")]
    name: String,
}

#[derive(Serialize)]
struct Saved<'a> {
    id: ModelId,
    name: &'a str,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let Arguments { flow, name } = arguments;
    let name = name.trim();
    let id = save_model(&session.store, &session.scope, flow, name, session.now()).await?;
    if session.settings.json {
        return output::json(&Saved { id, name });
    }
    output::line(&say(&Phrase::new("cli-model-saved").with("id", id).with("name", name)))
}

//! `flow decide`: all uncertain outcomes of a flow.

use super::engine_needed;
use crate::commands::doubts::Decided;
use crate::failure::Failure;
use crate::follow;
use crate::session::Session;
use staffetta_domain::FlowId;
use staffetta_store::ledger::Doubts;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Number of the flow
    #[arg(value_name = "ID")]
    id: FlowId,
    #[command(flatten)]
    decided: Decided,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    follow::find(session, arguments.id).await?;
    arguments.decided.confirm()?;
    arguments.decided.decide(session, Doubts::OfFlow(arguments.id)).await?;
    engine_needed(session).await
}

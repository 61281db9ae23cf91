//! `flow decide`: all uncertain outcomes of a flow.

use super::engine_needed;
use crate::commands::doubts::Decided;
use crate::failure::Failure;
use crate::follow;
use crate::session::Session;
use staffetta_domain::{FlowId, NotificationState, Phrase};
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
    let id = arguments.id;
    let flow = follow::find(session, id).await?;
    let last = session.store.last_doubt(&session.scope, id).await?;
    let last = last.ok_or_else(|| Failure::failed(Phrase::new("cli-nothing-uncertain")))?;
    arguments.decided.confirm(flow.tally.count(NotificationState::Uncertain))?;
    arguments.decided.decide(session, Doubts::OfFlow(id, last)).await?;
    engine_needed(session).await
}

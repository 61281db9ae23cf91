//! `notification decide`: one uncertain outcome.

use crate::commands::doubts::Decided;
use crate::commands::flow::engine_needed;
use crate::failure::Failure;
use crate::session::Session;
use staffetta_domain::NotificationId;
use staffetta_store::ledger::Doubts;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Number of the notification
    #[arg(value_name = "ID")]
    id: NotificationId,
    #[command(flatten)]
    decided: Decided,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    arguments.decided.confirm()?;
    arguments.decided.decide(session, Doubts::One(arguments.id)).await?;
    engine_needed(session).await
}

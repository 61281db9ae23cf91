//! `notification decide`: one uncertain outcome.

use crate::commands::doubts::Decided;
use crate::commands::flow::engine_needed;
use crate::failure::Failure;
use crate::session::Session;
use staffetta_domain::{NotificationId, Phrase};
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
    let id = arguments.id;
    let found = session.store.find_notification(&session.scope, id).await?;
    let detail = found.ok_or_else(|| Failure::failed(Phrase::new("cli-no-notification").with("id", id)))?;
    // The doubt about which the person is asked, not one that comes while they think.
    arguments.decided.confirm(1)?;
    arguments.decided.decide(session, Doubts::One(id, detail.attempt)).await?;
    engine_needed(session).await
}

//! `flow cancel`: *Interrompi l'invio*.

use super::{Flows, switched};
use crate::failure::Failure;
use crate::follow;
use crate::input;
use crate::session::Session;
use staffetta_domain::{FlowId, FlowState, NotificationState, Phrase};
use staffetta_words::{number, say};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(super) flows: Flows,
    /// Interrupt without asking; needed where nobody can be asked
    #[arg(long)]
    yes: bool,
}

pub(crate) async fn run(session: &Session, id: FlowId, arguments: &Arguments) -> Result<(), Failure> {
    let flow = follow::find(session, id).await?;
    if flow.state == FlowState::Sending && !arguments.yes {
        confirm(id, flow.tally.count(NotificationState::Queued))?;
    }
    let done = session.store.interrupt_flow(&session.scope, id, session.now()).await?;
    switched(session, id, done, "cli-flow-interrupted").await
}

fn confirm(id: FlowId, waiting: i64) -> Result<(), Failure> {
    let about = |key| Phrase::new(key).with("flow", id);
    let question = about("cli-interrupt-confirm").with("count", waiting).with("shown", number(waiting));
    let (nobody, otherwise) = (about("cli-interrupt-needs-yes"), about("cli-interrupt-not-confirmed"));
    input::word(&say(&question), "cli-interrupt-word", nobody, otherwise)
}

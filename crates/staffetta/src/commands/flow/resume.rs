//! `flow resume`: the flow goes on, and its service if that paused itself.

use super::{engine_needed, switched};
use crate::failure::Failure;
use crate::session::Session;
use staffetta_domain::{FlowId, FlowState, Phrase};
use staffetta_store::ledger::Switched;

pub(crate) async fn run(session: &Session, id: FlowId) -> Result<(), Failure> {
    let found = session.store.find_flow(&session.scope, id).await?;
    let found = found.ok_or_else(|| Failure::failed(Phrase::new("cli-no-flow").with("flow", id)))?;
    let now = session.now();
    let done = session.store.resume_flow(&session.scope, id, now).await?;
    // A service that met a fault stays shut until a person says that the cause is gone: this is where it is said.
    let sending = found.summary.state == FlowState::Sending;
    let reopened =
        sending && session.store.resume_service(&session.scope, found.summary.service, now).await?;
    let done = if reopened { Switched::Done } else { done };
    switched(session, id, done, "cli-flow-resumed").await?;
    engine_needed(session).await
}

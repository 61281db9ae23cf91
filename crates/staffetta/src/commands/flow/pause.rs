//! `flow pause`.

use super::switched;
use crate::failure::Failure;
use crate::session::Session;
use staffetta_domain::FlowId;

pub(crate) async fn run(session: &Session, id: FlowId) -> Result<(), Failure> {
    let done = session.store.pause_flow(&session.scope, id, session.now()).await?;
    switched(session, id, done, "cli-flow-paused").await
}

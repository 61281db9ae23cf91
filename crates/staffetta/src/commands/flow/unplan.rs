//! `flow unplan`.

use super::switched;
use crate::failure::Failure;
use crate::session::Session;
use staffetta_domain::FlowId;

pub(crate) async fn run(session: &Session, id: FlowId) -> Result<(), Failure> {
    let done = session.store.unplan_start(&session.scope, id, session.now()).await?;
    switched(session, id, done, "cli-flow-unplanned").await
}

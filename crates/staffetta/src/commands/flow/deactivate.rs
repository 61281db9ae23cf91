//! `flow deactivate`.

use super::{changed, held_or_not_now};
use crate::failure::Failure;
use crate::session::Session;
use staffetta_domain::FlowId;

pub(crate) async fn run(session: &Session, id: FlowId) -> Result<(), Failure> {
    if session.store.deactivate_flow(&session.scope, id, session.now()).await? {
        return changed(session, id, "cli-flow-deactivated").await;
    }
    Err(held_or_not_now(session, id).await)
}

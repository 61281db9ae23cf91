//! `flow delete`.

use super::held_or_not_now;
use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use serde::Serialize;
use staffetta_domain::{FlowId, Phrase};
use staffetta_words::say;

#[derive(Serialize)]
struct Deleted {
    id: FlowId,
    deleted: bool,
}

pub(crate) async fn run(session: &Session, id: FlowId) -> Result<(), Failure> {
    if !session.store.delete_flow(&session.scope, id, session.now()).await? {
        return Err(held_or_not_now(session, id).await);
    }
    if session.settings.json {
        return output::json(&Deleted { id, deleted: true });
    }
    output::line(&say(&Phrase::new("cli-flow-deleted").with("flow", id)))
}

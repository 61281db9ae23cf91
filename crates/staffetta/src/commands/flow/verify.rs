//! `flow verify`: has IO asked now for every outcome of a flow that is not final.

use super::engine_needed;
use crate::failure::Failure;
use crate::follow;
use crate::output;
use crate::session::Session;
use serde::Serialize;
use staffetta_domain::{FlowId, Phrase};
use staffetta_words::say;

#[derive(Serialize)]
struct Asked {
    id: FlowId,
    verifying: u64,
}

pub(crate) async fn run(session: &Session, id: FlowId) -> Result<(), Failure> {
    follow::find(session, id).await?;
    let verifying = session.store.verify_flow(&session.scope, id, session.now()).await?;
    if session.settings.json {
        return output::json(&Asked { id, verifying });
    }
    if verifying == 0 {
        return output::line(&say(&Phrase::new("cli-nothing-to-verify")));
    }
    output::line(&say(&Phrase::new("cli-verifying").with("count", verifying)))?;
    engine_needed(session).await
}

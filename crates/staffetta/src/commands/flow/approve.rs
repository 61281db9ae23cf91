//! `flow approve`.

use super::{changed, not_now};
use crate::failure::Failure;
use crate::session::Session;
use staffetta_domain::{FlowId, Phrase};
use staffetta_store::approvals::Approved;

pub(crate) async fn run(session: &Session, id: FlowId) -> Result<(), Failure> {
    let found = session.store.find_flow(&session.scope, id).await?;
    let found = found.ok_or_else(|| Failure::failed(Phrase::new("cli-no-flow").with("flow", id)))?;
    let Some(activated_at) = found.activated_at else { return Err(not_now(session, id).await) };
    match session.store.approve_flow(&session.scope, id, activated_at, session.now()).await? {
        Approved::Done => changed(session, id, "cli-flow-approved").await,
        Approved::SamePerson => {
            Err(Failure::failed(Phrase::new("cli-flow-approved-by-same").with("flow", id)))
        }
        Approved::NotNow => Err(not_now(session, id).await),
    }
}

//! `flow activate`.

use super::{balance, changed, not_now};
use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use staffetta_desk::{NotReady, readiness};
use staffetta_domain::{FlowId, FlowState, Phrase};

pub(crate) async fn run(session: &Session, id: FlowId) -> Result<(), Failure> {
    let found = session.store.find_flow(&session.scope, id).await?;
    let found = found.ok_or_else(|| Failure::failed(Phrase::new("cli-no-flow").with("flow", id)))?;
    if found.summary.state != FlowState::Inactive {
        return Err(not_now(session, id).await);
    }
    // Frozen is what was there when it was looked at: a list that someone changes meanwhile is not.
    let list = match readiness(&found) {
        Ok(list) => list,
        Err(NotReady::NoFile) => {
            return Err(Failure::failed(Phrase::new("cli-flow-without-list").with("flow", id)));
        }
        Err(other) => return Err(Failure::failed(other.phrase())),
    };
    let reckoned = staffetta_desk::balance(&session.store, &session.scope, id, session.now()).await;
    if session.store.activate_flow(&session.scope, id, list.id, session.now()).await? {
        if let Ok(reckoned) = reckoned
            && !session.settings.json
        {
            balance::of_list(&reckoned, session.now()).iter().try_for_each(|line| output::line(line))?;
        }
        return changed(session, id, "cli-flow-activated").await;
    }
    let service = session.store.service(&session.scope, found.summary.service).await?;
    Err(match service {
        Some(service) if !service.enabled => {
            Failure::failed(Phrase::new("cli-service-disabled").with("name", service.name))
        }
        _ => not_now(session, id).await,
    })
}

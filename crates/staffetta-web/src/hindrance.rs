//! What keeps all calls of a service from being made, until somebody does something.

use crate::app::App;
use crate::fault::Fault;
use staffetta_domain::ServiceId;
use staffetta_store::Scope;
use staffetta_words::{say, text};

/// In words; none where the engine is free to call.
pub(crate) async fn hindrance(app: &App, scope: &Scope, service: ServiceId) -> Result<Option<String>, Fault> {
    let ente = app.store().organization(scope.organization).await?;
    if ente.is_some_and(|ente| ente.held.is_some()) {
        return Ok(Some(text("flow-held")));
    }
    let service = app.store().service(scope, service).await?;
    if let Some(pause) = service.as_ref().and_then(|service| service.paused.as_ref()) {
        return Ok(Some(say(&pause.reason.phrase())));
    }
    if service.is_some_and(|service| !service.enabled) {
        return Ok(Some(text("flow-service-disabled")));
    }
    let at_work = app.store().engine_is_at_work(app.now()).await?;
    Ok((!at_work).then(|| text("frame-asleep")))
}

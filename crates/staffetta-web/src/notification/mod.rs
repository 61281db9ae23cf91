//! One notification: its page, and its outcome followed until it is final.

mod done;
mod history;
mod outcome;
mod page;
mod verify;

pub(crate) use done::Done;
pub(crate) use page::not_now;

use crate::app::App;
use crate::fault::Fault;
use axum::Router;
use axum::routing::{get, post};
use staffetta_domain::{NotificationId, Rights};
use staffetta_store::Scope;
use staffetta_store::notifications::NotificationDetail;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/notifiche/{id}", get(page::show))
        .route("/notifiche/{id}/esito", get(outcome::show))
        .route("/notifiche/{id}/verifica", post(verify::verify))
}

/// The address of a notification's page.
pub(crate) fn address(id: NotificationId) -> String {
    format!("/notifiche/{id}")
}

/// Whether the person may decide on a notification and have its status asked for: one of a flow is of those who may
/// send, a single one of those who may write such.
pub(crate) async fn may_act(app: &App, scope: &Scope, detail: &NotificationDetail) -> Result<bool, Fault> {
    let needed = if detail.row.flow.is_some() { Rights::SEND } else { Rights::SINGLE };
    let rights = app.store().rights_on(scope, detail.row.service).await?;
    Ok(rights.is_some_and(|rights| rights.include(needed)))
}

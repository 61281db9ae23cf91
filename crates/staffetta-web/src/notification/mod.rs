//! One notification: its page, and its outcome followed until it is final.

mod history;
mod outcome;
mod page;

use crate::app::App;
use axum::Router;
use axum::routing::get;
use staffetta_domain::NotificationId;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/notifiche/{id}", get(page::show)).route("/notifiche/{id}/esito", get(outcome::show))
}

/// The address of a notification's page.
pub(crate) fn address(id: NotificationId) -> String {
    format!("/notifiche/{id}")
}

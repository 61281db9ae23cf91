//! Deciding on uncertain outcomes: one notification, or all of a flow. Who decided, when and why stays in the
//! timeline.

mod choice;
mod flow;
mod notification;
pub(crate) mod why;

use crate::app::App;
use axum::Router;
use axum::routing::get;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/notifiche/{id}/decidi/{choice}", get(notification::ask).post(notification::decide))
        .route("/flussi/{id}/decidi/{choice}", get(flow::ask).post(flow::decide))
}

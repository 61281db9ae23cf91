//! The pages: what the command line does, in the browser.
//!
//! Handlers read forms, call the desk and the store, and fill templates. Nothing is decided here that the
//! desk could decide, and nothing is sent: the engine meets the pages only in the database. Every right is
//! checked in the store's statements; a page only leaves out what would be refused.

mod about_to_send;
mod address;
mod app;
mod assets;
mod buttons;
mod choice;
mod citizen;
mod compose;
mod correct;
mod decide;
mod download;
mod ente_now;
mod fault;
mod filters;
mod flow;
mod flows;
mod forecast;
mod frame;
mod hindrance;
mod left_files;
mod live;
mod message;
mod models;
mod money;
mod nodes;
mod notification;
mod notifications;
mod organization;
mod profile;
mod resend;
mod saved_form;
mod security;
mod services;
mod sign_in;
mod single;
mod states;
mod test_send;
mod time_needed;
mod timeline;
mod watched;
mod went_back;

pub use app::{App, AppOptions};
pub use left_files::sweep_left_files;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::Redirect;
use axum::routing::get;

/// All pages, ready to be served.
pub fn router(app: App) -> Router {
    let pages = Router::new()
        .route("/", get(async || Redirect::to(flows::LIST)))
        .merge(sign_in::routes())
        .merge(flows::routes())
        .merge(flow::routes())
        .merge(forecast::routes())
        .merge(models::routes())
        .merge(citizen::routes())
        .merge(notifications::routes())
        .merge(notification::routes())
        .merge(single::routes())
        .merge(decide::routes())
        .merge(correct::routes())
        .merge(resend::routes())
        .merge(services::routes())
        .merge(organization::routes())
        .merge(nodes::routes())
        .merge(profile::routes())
        .merge(compose::routes())
        .merge(test_send::routes())
        .fallback(async || fault::Fault::NotFound)
        .layer(from_fn_with_state(app.clone(), fault::draw))
        .with_state(app.clone());
    security::around(pages.nest("/assets", assets::routes()), &app)
}

//! *Cosa ha ricevuto*: everything that was sent to the person at the counter, and the record of who looked for whom.

mod page;
mod record;

use crate::app::App;
use axum::Router;
use axum::routing::get;

/// What a person received.
pub(crate) const CITIZEN: &str = "/persona";
/// Who looked for whom.
pub(crate) const RECORD: &str = "/ente/consultazioni";

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(CITIZEN, get(page::show).post(page::look))
        .route(RECORD, get(record::show).post(record::of_person))
}

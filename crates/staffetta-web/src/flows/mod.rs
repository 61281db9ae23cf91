//! *Gestione flussi*.

mod form;
mod list;

use crate::app::App;
use axum::Router;
use axum::routing::{get, post};

/// The list of flows.
pub(crate) const LIST: &str = "/flussi";
const SEARCH: &str = "/flussi/elenca";

pub(crate) fn routes() -> Router<App> {
    Router::new().route(LIST, get(list::show)).route(SEARCH, post(list::search))
}

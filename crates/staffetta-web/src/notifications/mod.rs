//! *Archivio notifiche*.

mod export;
mod form;
pub(crate) mod line;
mod list;

pub(crate) use list::{PAGE_ROWS, cut};

use crate::app::App;
use axum::Router;
use axum::routing::{get, post};

/// The archive.
pub(crate) const ARCHIVE: &str = "/notifiche";
const SEARCH: &str = "/notifiche/elenca";
const EXPORT: &str = "/notifiche/esporta";

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(ARCHIVE, get(list::show))
        .route(SEARCH, post(list::search))
        .route(EXPORT, get(export::give))
}

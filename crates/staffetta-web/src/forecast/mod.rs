//! *Verifica raggiungibilità*: how many of a flow's recipients are on IO with the service on, before it is sent.

mod acts;
mod line;
mod page;

pub(crate) use line::ForecastLine;

use crate::app::App;
use axum::Router;
use axum::routing::{get, post};
use staffetta_domain::FlowId;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/flussi/{id}/raggiungibilita", get(page::show).post(acts::ask))
        .route("/flussi/{id}/raggiungibilita/andamento", get(page::again))
        .route("/flussi/{id}/raggiungibilita/ferma", post(acts::stop))
}

/// The address of a flow's forecast.
fn address(flow: FlowId) -> String {
    format!("/flussi/{flow}/raggiungibilita")
}

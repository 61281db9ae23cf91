//! *Nuovo flusso*, the page on which a flow is composed, and *Attiva*. Its sending is not here.

mod activate;
mod already;
mod checked;
mod columns;
mod draft;
mod example;
mod exclusion;
mod fix;
mod form;
mod list;
mod model_choice;
mod new;
mod page;
mod part;
mod paste;
mod placeholders;
mod preview;
mod reading;
mod recipients;
mod report;
mod save;
mod seek;
mod spool;
mod upload;
mod wrong_rows;

pub(crate) use new::keep_brought;
pub(crate) use reading::Readings;

use crate::app::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use staffetta_domain::FlowId;
use staffetta_store::Scope;

/// A new flow.
pub(crate) const NEW: &str = "/flussi/nuovo";

pub(crate) fn routes() -> Router<App> {
    let largest = usize::try_from(spool::BODY_MAX_BYTES).unwrap_or(usize::MAX);
    let excluding = post(exclusion::take).layer(DefaultBodyLimit::max(largest));
    let pasting = post(paste::take).layer(DefaultBodyLimit::max(paste::PASTED_MAX_BYTES));
    let recipients = get(list::show).post(upload::take).layer(DefaultBodyLimit::max(largest));
    Router::new()
        .route(NEW, get(new::show).post(new::make))
        .route("/flussi/{id}/componi", get(page::show))
        .route("/flussi/{id}/bozza", post(save::save))
        .route("/flussi/{id}/destinatari", recipients)
        .route("/flussi/{id}/destinatari/leggi", post(list::read))
        .route("/flussi/{id}/destinatari/incolla", pasting)
        .route("/flussi/{id}/destinatari/foglio", post(columns::read_sheet))
        .route("/flussi/{id}/destinatari/colonne", post(columns::read_columns))
        .route("/flussi/{id}/destinatari/cella", post(fix::fix))
        .route("/flussi/{id}/destinatari/esclusi", excluding)
        .route("/flussi/{id}/destinatari/esclusi/togli", post(exclusion::remove))
        .route("/flussi/{id}/destinatari/gia-ricevuto", post(already::leave_out))
        .route("/flussi/{id}/destinatari/gia-ricevuto/rimetti", post(already::put_back))
        .route("/flussi/{id}/gia-ricevuto", get(already::show))
        .route("/flussi/{id}/gia-ricevuto/elenco", get(already::give))
        .route("/flussi/{id}/foglio-di-esempio", get(example::give))
        .route("/flussi/{id}/elenco-controllato", get(checked::give))
        .route("/flussi/{id}/righe-da-correggere", get(wrong_rows::give))
        .route("/flussi/{id}/anteprima", get(preview::show).post(seek::seek))
        .route("/flussi/{id}/dividi", post(part::part))
        .route("/flussi/{id}/divisi", get(part::show))
        .route("/flussi/{id}/attiva", get(activate::ask).post(activate::activate))
}

/// Begins to read the file that a draft has, for the page on which it is composed.
pub(crate) async fn begin_reading(app: &App, scope: &Scope, flow: FlowId) {
    reading::begin(app, scope, flow, reading::What::Kept { accept_valid: false }).await;
}

/// The address of a flow's page.
fn flow_address(flow: FlowId) -> String {
    format!("/flussi/{flow}")
}

/// The address where it is composed.
pub(crate) fn address(flow: FlowId) -> String {
    format!("/flussi/{flow}/componi")
}

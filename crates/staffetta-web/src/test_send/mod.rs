//! *Invia una prova a me*: one page that says what will happen, and the sending.

mod page;
mod send;

use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use axum::Router;
use axum::routing::get;
use staffetta_domain::{FlowId, Rights};
use staffetta_store::flows::FlowDetail;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/flussi/{id}/prova", get(page::show).post(send::send))
}

/// The flow of an address, if the person may send themselves a test of it.
async fn find(app: &App, person: &Person, id: &str) -> Result<FlowDetail, Fault> {
    let flow: FlowId = id.parse().map_err(|_| Fault::NotFound)?;
    let flow = app.store().find_flow(person.scope(), flow).await?.ok_or(Fault::NotFound)?;
    let rights = app.store().rights_on(person.scope(), flow.summary.service).await?;
    if rights.is_some_and(Rights::let_test) { Ok(flow) } else { Err(Fault::Forbidden) }
}

//! *Esporta Excel* of a flow: its rows in the order of the office's file, with the office's own columns.

use super::Found;
use crate::address::number;
use crate::app::App;
use crate::download;
use crate::fault::Fault;
use crate::frame::Person;
use axum::extract::{Path, State};
use axum::response::Response;
use staffetta_desk::{FlowPart, export_flow};
use staffetta_domain::FlowId;

pub(super) async fn give(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let flow: FlowId = number(&id)?;
    Found::of(&app, &person, flow).await?;
    let (store, scope) = (app.store(), person.scope());
    download::xlsx(&app, &format!("flusso-{flow}.xlsx"), async |path| {
        export_flow(store, scope, flow, FlowPart::All, path).await
    })
    .await
}

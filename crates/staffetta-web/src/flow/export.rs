//! *File dei risultati* and *Elenco non raggiunti*: the office's own rows with what became of each.

use super::Found;
use crate::address::number;
use crate::app::App;
use crate::download::{self, Kind};
use crate::fault::Fault;
use crate::frame::Person;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use staffetta_desk::{ResultFormat, ResultPart, result_file};
use staffetta_domain::FlowId;

#[derive(Deserialize)]
pub(super) struct Asked {
    /// `csv` for another program; an Excel file otherwise.
    formato: Option<String>,
}

pub(super) async fn results(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    give(&app, &person, number(&id)?, &asked, ResultPart::All).await
}

pub(super) async fn unreached(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    give(&app, &person, number(&id)?, &asked, ResultPart::Unreached).await
}

async fn give(
    app: &App,
    person: &Person,
    flow: FlowId,
    asked: &Asked,
    part: ResultPart,
) -> Result<Response, Fault> {
    Found::of(app, person, flow).await?;
    let (kind, format) = match asked.formato.as_deref() {
        Some("csv") => (Kind::Csv, ResultFormat::Csv),
        _ => (Kind::Xlsx, ResultFormat::Xlsx),
    };
    let name = match part {
        ResultPart::All => format!("flusso-{flow}-risultati"),
        ResultPart::Unreached => format!("flusso-{flow}-non-raggiunti"),
    };
    download::file(app, &name, kind, async |path| {
        result_file(app.store(), person.scope(), (flow, part), format, path).await
    })
    .await
}

//! *Scarica l'elenco controllato*: the office's own file, with what is wrong beside each row.

use super::draft::{Away, draft};
use crate::app::App;
use crate::download::{self, Kind};
use crate::frame::Person;
use crate::live::Live;
use axum::extract::{Path, State};
use axum::response::Response;
use staffetta_desk::checked_file;
use staffetta_domain::Rights;

pub(super) async fn give(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, Live::Page).await?.summary.id;
    let name = format!("elenco-controllato-flusso-{flow}");
    let now = app.now();
    let given = download::file(&app, &name, Kind::Xlsx, async |path| {
        checked_file(app.store(), person.scope(), flow, now, path).await
    });
    Ok(given.await?)
}

//! *Esporta Excel*: all that a search found.

use super::form::ArchiveForm;
use crate::app::App;
use crate::download::{self, Kind};
use crate::fault::Fault;
use crate::frame::Person;
use crate::saved_form;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use staffetta_desk::export_notifications;

#[derive(Deserialize)]
pub(super) struct Asked {
    ricerca: String,
}

pub(super) async fn give(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    // A name that is no more kept must not become a search for everything.
    let form: Option<ArchiveForm> = saved_form::find(&app, person.operator(), Some(&asked.ricerca)).await?;
    let (search, faults) = form.ok_or(Fault::NotFound)?.search();
    if !faults.is_empty() {
        return Err(Fault::BadRequest);
    }
    let (store, scope) = (app.store(), person.scope());
    download::file(&app, "notifiche", Kind::Xlsx, async |path| {
        export_notifications(store, scope, &search, path).await
    })
    .await
}

//! *Riattiva*: a service that paused itself goes on.

use super::{Admin, find, told};
use crate::app::App;
use crate::fault::Fault;
use axum::extract::{Path, State};
use axum::response::Redirect;

pub(super) async fn resume(
    State(app): State<App>,
    Admin(person): Admin,
    Path(service): Path<String>,
) -> Result<Redirect, Fault> {
    let id = find(&app, &person, &service).await?.id;
    let resumed = app.store().resume_service(person.scope(), id, app.now()).await?;
    Ok(Redirect::to(&told(id, if resumed { "riattivato" } else { "attivo" })))
}

//! *Scarica il foglio di esempio*.

use super::find;
use crate::app::App;
use crate::download;
use crate::fault::Fault;
use crate::frame::Person;
use axum::extract::{Path, State};
use axum::response::Response;
use staffetta_desk::write_model_example;

pub(super) async fn give(
    State(app): State<App>,
    person: Person,
    Path(key): Path<String>,
) -> Result<Response, Fault> {
    let model = find(&app, &person, &key).await?;
    let (name, now) = (format!("esempio-{}", model.key), app.now());
    download::workbook(&app, &name, move |path| write_model_example(&model, now, path)).await
}

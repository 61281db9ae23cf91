//! *Scarica il foglio di esempio*.

use super::find;
use crate::app::App;
use crate::download::{self, Kind};
use crate::fault::Fault;
use crate::frame::Person;
use axum::extract::{Path, State};
use axum::response::Response;
use staffetta_desk::{ExportError, write_model_example};

pub(super) async fn give(
    State(app): State<App>,
    person: Person,
    Path(key): Path<String>,
) -> Result<Response, Fault> {
    let model = find(&app, &person, &key).await?;
    let (name, now) = (format!("esempio-{}", model.key), app.now());
    download::file(&app, &name, Kind::Xlsx, async |path| {
        let writing = tokio::task::spawn_blocking(move || write_model_example(&model, now, path));
        let written = writing.await.map_err(|error| Fault::Internal(error.to_string()))?;
        written.map_err(|error| Fault::from(ExportError::from(error)))
    })
    .await
}

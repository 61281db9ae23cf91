//! *Scarica un foglio di esempio*: a file with the columns that a draft's text needs.

use super::draft::{Away, draft};
use crate::app::App;
use crate::download;
use crate::frame::Person;
use crate::live::Live;
use axum::extract::{Path, State};
use axum::response::Response;
use staffetta_desk::write_message_example;
use staffetta_domain::Rights;

pub(super) async fn give(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, Live::Page).await?;
    let (name, now) = (format!("esempio-flusso-{}", flow.summary.id), app.now());
    let given = download::workbook(&app, &name, move |path| {
        write_message_example((&flow.subject, &flow.markdown, flow.payment), now, path)
    });
    Ok(given.await?)
}

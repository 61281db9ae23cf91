//! A cell of the office's file is put right on the page; the list is then read again.

use super::draft::{Away, draft};
use super::list::{self, Beside};
use super::reading::{What, begin};
use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use crate::live::Live;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use staffetta_desk::{DraftError, NotFixed, fix_cell};
use staffetta_domain::{DraftFileId, Rights};

/// The cell that the person saw, and what is to stand there.
#[derive(Deserialize)]
pub(super) struct Fixed {
    file: i64,
    line: i64,
    column: String,
    value: String,
}

pub(super) async fn fix(
    State(app): State<App>,
    person: Person,
    live: Live,
    Path(id): Path<String>,
    Form(fixed): Form<Fixed>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, live).await?.summary.id;
    let cell = (DraftFileId(fixed.file), fixed.line, fixed.column.as_str(), fixed.value.as_str());
    match fix_cell(app.store(), person.scope(), flow, cell, app.now()).await {
        Ok(()) => {
            begin(&app, person.scope(), flow, What::Kept { accept_valid: false }).await;
            list::answer(&app, &person, flow, live, StatusCode::OK).await
        }
        Err(NotFixed::Draft(DraftError::Store(error))) => Err(Fault::Store(error).into()),
        Err(why) => {
            let told = (StatusCode::CONFLICT, Beside::List, (why.phrase(), None));
            list::answer_told(&app, &person, flow, live, told).await
        }
    }
}

//! The office's file arrives. Who may not compose the flow is told before a byte of it is read.

use super::draft::{Away, draft};
use super::list;
use super::reading::{What, begin};
use super::spool::{NotArrived, receive};
use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use crate::live::Live;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use staffetta_desk::{DraftError, ListRead};
use staffetta_domain::Rights;
use staffetta_sheets::SheetError;

pub(super) async fn take(
    State(app): State<App>,
    person: Person,
    live: Live,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, live).await?;
    let form = form.map_err(|_| Fault::BadRequest)?;
    let mut status = StatusCode::OK;
    match receive(&app, &headers, form).await {
        Ok(file) => begin(&app, person.scope(), flow.summary.id, What::Arrived(file)).await,
        Err(NotArrived::Broken) => return Err(Fault::BadRequest.into()),
        Err(NotArrived::TooLarge) => {
            status = StatusCode::PAYLOAD_TOO_LARGE;
            app.readings().refuse(&flow, String::new(), Ok(ListRead::Sheet(SheetError::CsvTooLarge)));
        }
        Err(NotArrived::NoFile) => {
            status = StatusCode::UNPROCESSABLE_ENTITY;
            app.readings().refuse(&flow, String::new(), Ok(ListRead::NoFile));
        }
        Err(NotArrived::Disk(error)) => {
            tracing::error!(%error, "an uploaded file cannot be written");
            status = StatusCode::INTERNAL_SERVER_ERROR;
            app.readings().refuse(&flow, String::new(), Err(DraftError::Disk(error.kind())));
        }
    }
    list::answer(&app, &person, flow.summary.id, live, status).await
}

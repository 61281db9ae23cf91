//! The part of the page that tells of the recipients, shown again by itself; and the kept file, read again.

use super::address;
use super::draft::{Away, draft};
use super::reading::{What, begin};
use super::recipients::Recipients;
use super::report::Told;
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Person};
use crate::live::Live;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_domain::{FlowId, Phrase, Rights};

/// Tells the parts of the page that show recipients that these may be others now.
const HAPPENED: [(HeaderName, &str); 1] = [(HeaderName::from_static("hx-trigger"), "list-read")];

#[derive(Template)]
#[template(path = "compose/recipients_answer.html")]
struct Part {
    recipients: Recipients,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    accept_valid: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    live: Live,
    Path(id): Path<String>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, live).await?;
    answer(&app, &person, flow.summary.id, live, StatusCode::OK).await
}

/// Reads the kept file again.
pub(super) async fn read(
    State(app): State<App>,
    person: Person,
    live: Live,
    Path(id): Path<String>,
    Form(asked): Form<Asked>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, live).await?.summary.id;
    begin(&app, person.scope(), flow, What::Kept { accept_valid: asked.accept_valid }).await;
    answer(&app, &person, flow, live, StatusCode::OK).await
}

/// Beside what something is told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    /// The list, before all else that is said of it.
    List,
    /// The button of the second file, of which nothing was taken.
    Exclusion,
}

/// The same with something to be told. Without a script a refusal is a page of its own.
pub(super) async fn answer_told(
    app: &App,
    person: &Person,
    flow: FlowId,
    live: Live,
    (status, place, (what, remedy)): (StatusCode, Beside, (Phrase, Option<Phrase>)),
) -> Result<Response, Away> {
    if live == Live::Page && !status.is_success() {
        return Err(Fault::NotNow(what).into());
    }
    part_or_page(app, person, flow, live, (status, Some((place, Told::from((what, remedy)))))).await
}

/// The part of the page, or the page.
pub(super) async fn answer(
    app: &App,
    person: &Person,
    flow: FlowId,
    live: Live,
    status: StatusCode,
) -> Result<Response, Away> {
    part_or_page(app, person, flow, live, (status, None)).await
}

async fn part_or_page(
    app: &App,
    person: &Person,
    flow: FlowId,
    live: Live,
    (status, told): (StatusCode, Option<(Beside, Told)>),
) -> Result<Response, Away> {
    if live == Live::Page {
        return Ok(Redirect::to(&format!("{}#destinatari", address(flow))).into_response());
    }
    let found = app.store().find_flow(person.scope(), flow).await?.ok_or(Fault::NotFound)?;
    let mut recipients = Recipients::of(app, person, &found).await?;
    recipients.read_by_itself();
    match told {
        Some((Beside::List, told)) => recipients.told.insert(0, told),
        Some((Beside::Exclusion, told)) => recipients.excluding = Some(told),
        None => {}
    }
    let is_reading = recipients.is_reading;
    let part = (status, frame::page(&Part { recipients })?);
    Ok(if is_reading { part.into_response() } else { (HAPPENED, part).into_response() })
}

//! The page on which a flow is composed.

use super::draft::{Away, draft, natures, services};
use super::form::{DraftForm, Faults};
use super::preview::{Asked, Ready, Shown};
use super::recipients::Recipients;
use super::seek::Sought;
use crate::app::App;
use crate::choice::Choice;
use crate::fault::Fault;
use crate::filters;
use crate::flow::errata_note::IsErrata;
use crate::frame::{self, Frame, Person, Place};
use crate::live::Live;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use staffetta_domain::limits::{DESCRIPTION_MAX, MARKDOWN_MAX, SUBJECT_MAX};
use staffetta_domain::{FlowId, Rights};
use staffetta_store::flows::FlowDetail;

/// What a saving without a script left to be shown: the text as it was typed, and why it is not all saved.
pub(super) struct Typed {
    pub(super) form: DraftForm,
    pub(super) faults: Faults,
    pub(super) words: String,
    pub(super) status: StatusCode,
}

#[derive(Template)]
#[template(path = "compose/page.html")]
struct Page {
    frame: Frame,
    flow: FlowId,
    description: String,
    form: DraftForm,
    faults: Faults,
    /// Why the text is not saved.
    unsaved: Option<String>,
    services: Vec<Choice>,
    natures: Vec<Choice>,
    recipients: Recipients,
    preview: Shown,
    ready: Ready,
    is_errata: Option<IsErrata>,
}

pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, Live::Page).await?;
    Ok(page(&app, &person, &flow, None, asked.position()).await?)
}

pub(super) async fn page(
    app: &App,
    person: &Person,
    flow: &FlowDetail,
    typed: Option<Typed>,
    position: i64,
) -> Result<Response, Fault> {
    let known = app.store().natures(person.scope().organization).await?;
    let (form, faults, unsaved, status) = match typed {
        Some(typed) => (typed.form, typed.faults, Some(typed.words), typed.status),
        None => (DraftForm::of(flow, &known), Faults::new(), None, StatusCode::OK),
    };
    let page = Page {
        frame: Frame::of(app, person, Place::Flows).await?,
        flow: flow.summary.id,
        description: flow.summary.description.clone(),
        services: services(app, person, &form.service).await?,
        natures: natures(known, &form.nature),
        form,
        faults,
        unsaved,
        recipients: Recipients::of(app, person, flow).await?,
        preview: Shown::of(app, person, flow, position, Sought::default()).await?,
        ready: Ready::of(app, person, flow).await?,
        is_errata: IsErrata::of(app, person, flow.summary.id).await?,
    };
    Ok((status, frame::page(&page)?).into_response())
}

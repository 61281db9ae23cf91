//! The flow's page.

use super::Found;
use super::after::AfterSending;
use super::done::Done;
use super::errata_note::{IsErrata, Made};
use super::progress::{Progress, is_under_way};
use super::rows::{self, Filter};
use crate::address::{number, with};
use crate::app::App;
use crate::choice::Choice;
use crate::fault::Fault;
use crate::filters;
use crate::forecast::ForecastLine;
use crate::frame::{self, Frame, Person, Place};
use crate::notifications::line::Line;
use crate::time_needed::time_words;
use crate::timeline::Happened;
use crate::watched::Seen;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use futures_util::TryFutureExt as _;
use serde::Deserialize;
use staffetta_desk::sending_time;
use staffetta_domain::limits::DESCRIPTION_MAX;
use staffetta_domain::{FlowId, FlowState, Phrase, Rights};
use staffetta_store::flows::{FlowDetail, FlowSummary};
use staffetta_words::say;

/// Events shown of a flow.
const EVENTS: usize = 200;

#[derive(Deserialize)]
pub(super) struct Asked {
    /// Which notifications.
    stato: Option<String>,
    /// The last one of the page before.
    dopo: Option<String>,
    /// What was just done, and to how many.
    fatto: Option<String>,
    quante: Option<i64>,
}

impl Asked {
    /// Nothing in particular.
    const NONE: Self = Self { stato: None, dopo: None, fatto: None, quante: None };

    fn done(&self) -> Option<String> {
        let done = self.fatto.as_deref().and_then(Done::from_code)?;
        Some(done.words(self.quante?))
    }
}

/// What was typed into the form of nature and description, and what is wrong with it.
pub(super) struct Typed {
    pub(super) nature: String,
    pub(super) description: String,
    pub(super) fault: String,
}

#[derive(Template)]
#[template(path = "flow/page.html")]
struct Page {
    frame: Frame,
    flow: FlowDetail,
    progress: Progress,
    /// The page follows the flow, from this address.
    follow: Option<String>,
    problem: Option<String>,
    done: Option<String>,
    natures: Vec<Choice>,
    description: String,
    description_max: usize,
    fault: Option<String>,
    may_compose: bool,
    is_draft: bool,
    /// How long sending it takes, while it is or can be sent.
    time: Option<String>,
    forecast: Option<ForecastLine>,
    lines: Vec<Line>,
    is_first: bool,
    first: String,
    next: Option<String>,
    events: Vec<Happened>,
    after: Option<AfterSending>,
    is_errata: Option<IsErrata>,
    errata: Vec<Made>,
}

pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let found = Found::of(&app, &person, number(&id)?).await?;
    render(&app, &person, found, &asked, None, None).await
}

/// The page as it is now, with why something could not be done.
pub(crate) async fn not_now(
    app: &App,
    person: &Person,
    flow: FlowId,
    why: &Phrase,
) -> Result<Response, Fault> {
    let found = Found::of(app, person, flow).await?;
    let page = render(app, person, found, &Asked::NONE, Some(say(why)), None).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// The page with what was typed, which cannot be taken.
pub(super) async fn with_fault(
    app: &App,
    person: &Person,
    found: Found,
    typed: Typed,
) -> Result<Response, Fault> {
    let page = render(app, person, found, &Asked::NONE, None, Some(typed)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn render(
    app: &App,
    person: &Person,
    found: Found,
    asked: &Asked,
    problem: Option<String>,
    typed: Option<Typed>,
) -> Result<Html<String>, Fault> {
    let (store, scope) = (app.store(), person.scope());
    let Found { detail, rights } = found;
    let flow = &detail.summary;
    let filter = Filter::from_code(asked.stato.as_deref());
    let chosen = typed.as_ref().map_or_else(|| flow.nature.to_string(), |typed| typed.nature.clone());
    // None of these waits for another: a database on another machine is waited for once.
    let ((lines, next), frame, progress, events, natures, time, forecast, is_errata, errata) = tokio::try_join!(
        rows::page(app, person, flow, filter, asked.dopo.as_deref()),
        Frame::of(app, person, Place::Flows),
        store.flow_progress(scope, flow.id).err_into(),
        store.events_of_flow(scope, flow.id, EVENTS).err_into(),
        natures(app, person, &detail, &chosen),
        time_needed(app, person, flow),
        ForecastLine::of(app, person, flow),
        IsErrata::of(app, person, flow.id),
        Made::all(app, person, flow.id)
    )?;
    let progress = progress.ok_or(Fault::NotFound)?;
    let is_due = progress.summary.planned.is_some_and(|planned| planned.at <= app.now());
    let seen = Seen { progress, asleep: frame.asleep, ente: frame.ente, is_due, minutes_left: None };
    let first = filter.on(super::address(flow.id));
    let follow = is_under_way(flow).then(|| filter.on(format!("/flussi/{}/avanzamento", flow.id)));
    let (description, fault) = match typed {
        Some(typed) => (typed.description, Some(typed.fault)),
        None => (flow.description.clone(), None),
    };
    let page = Page {
        frame,
        progress: Progress::of(&seen, filter, rights),
        follow,
        problem,
        done: asked.done(),
        natures,
        description,
        description_max: DESCRIPTION_MAX,
        fault,
        may_compose: rights.include(Rights::COMPOSE),
        is_draft: flow.state == FlowState::Inactive,
        time,
        forecast,
        lines,
        is_first: asked.dopo.is_none(),
        next: next.map(|place| with(&first, "dopo", &place)),
        first,
        events: events.into_iter().map(Happened::from).collect(),
        after: AfterSending::of(&detail, rights),
        is_errata,
        errata,
        flow: detail,
    };
    frame::page(&page)
}

/// How long sending it takes, while it is or can be sent.
async fn time_needed(app: &App, person: &Person, flow: &FlowSummary) -> Result<Option<String>, Fault> {
    let can_go_on = flow.state == FlowState::Active || flow.state == FlowState::Sending && !flow.paused;
    if !can_go_on || flow.service_paused.is_some() {
        return Ok(None);
    }
    let time = sending_time(app.store(), person.scope().organization, flow, app.now()).await?;
    Ok(Some(time_words(time, app.now())))
}

/// The natures that the flow may get: after activation only those that carry a payment as much or as little.
async fn natures(app: &App, person: &Person, flow: &FlowDetail, chosen: &str) -> Result<Vec<Choice>, Fault> {
    let natures = app.store().natures(person.scope().organization).await?;
    let is_draft = flow.summary.state == FlowState::Inactive;
    Ok(natures
        .into_iter()
        .filter(|one| is_draft || one.nature.payment == flow.payment)
        .map(|one| Choice::new(one.id, one.nature.name, chosen))
        .collect())
}

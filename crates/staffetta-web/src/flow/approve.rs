//! *Controlla e approva*: a second person looks at what somebody else activated, and lets it be sent or says why not.

use super::facts::Facts;
use super::{Found, acts, address, page};
use crate::about_to_send::Start;
use crate::address::number;
use crate::app::App;
use crate::decide::why;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_domain::{FlowId, Phrase, Rights, UnixMillis, typed_number};
use staffetta_store::approvals::{Approval, Approved};
use staffetta_store::flows::FlowDetail;
use staffetta_store::ledger::WHY_MAX;
use staffetta_words::{number as shown, say, text};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    recipients: String,
    why: String,
    /// When what was looked at was activated.
    activated: String,
}

impl Typed {
    fn activated_at(&self) -> Option<UnixMillis> {
        self.activated.parse().ok().map(UnixMillis)
    }
}

#[derive(Template)]
#[template(path = "flow/approve.html")]
struct Page {
    frame: Frame,
    flow: FlowDetail,
    facts: Facts,
    /// Who activated it, and above how many recipients a second person is wanted.
    what: String,
    typed: Typed,
    fault: Option<String>,
    why_max: usize,
    why_fault: Option<String>,
}

impl Page {
    /// What the form of a reason wants.
    fn why(&self) -> &str {
        &self.typed.why
    }
}

/// What is wrong in which of the two forms.
#[derive(Default)]
struct Faults {
    recipients: Option<String>,
    why: Option<String>,
}

pub(super) async fn ask(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let found = Found::with_right(&app, &person, number(&id)?, Rights::SEND).await?;
    show(&app, &person, found.detail, Typed::default(), Faults::default()).await
}

pub(super) async fn approve(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let flow: FlowId = number(&id)?;
    let found = Found::with_right(&app, &person, flow, Rights::SEND).await?;
    let recipients = found.detail.summary.recipients;
    let seen = match typed.activated_at() {
        Some(at) if typed_number(&typed.recipients) == Some(recipients) => at,
        _ => {
            let phrase = Phrase::new("approve-wrong-number").with("recipients", shown(recipients));
            let faults = Faults { recipients: Some(say(&phrase)), ..Faults::default() };
            return show(&app, &person, found.detail, typed, faults).await;
        }
    };
    let done = app.store().approve_flow(person.scope(), flow, seen, app.now()).await?;
    answer(&app, &person, flow, done).await
}

pub(super) async fn refuse(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let flow: FlowId = number(&id)?;
    let found = Found::with_right(&app, &person, flow, Rights::SEND).await?;
    let seen = typed.activated_at().ok_or(Fault::BadRequest)?;
    let why = match why::read(&typed.why) {
        Ok(why) => why,
        Err(words) => {
            let faults = Faults { why: Some(words), ..Faults::default() };
            return show(&app, &person, found.detail, typed, faults).await;
        }
    };
    let done = app.store().refuse_flow(person.scope(), flow, seen, why, app.now()).await?;
    answer(&app, &person, flow, done).await
}

async fn answer(app: &App, person: &Person, flow: FlowId, done: Approved) -> Result<Response, Fault> {
    let why = match done {
        Approved::Done => return Ok(Redirect::to(&address(flow)).into_response()),
        Approved::SamePerson => "approve-same-person",
        Approved::NotNow => acts::held_or(app, person, "approve-not-now").await?,
    };
    page::not_now(app, person, flow, &Phrase::new(why)).await
}

async fn show(
    app: &App,
    person: &Person,
    flow: FlowDetail,
    typed: Typed,
    faults: Faults,
) -> Result<Response, Fault> {
    let same_person = flow.activated_by.as_deref() == Some(person.scope().actor.as_str());
    if flow.summary.approval != Approval::Awaited || same_person {
        let why = if flow.summary.approval == Approval::Awaited {
            "approve-same-person"
        } else {
            "approve-not-now"
        };
        return page::not_now(app, person, flow.summary.id, &Phrase::new(why)).await;
    }
    let ente = app.store().organization(person.scope().organization).await?.ok_or(Fault::NotFound)?;
    let what = Phrase::new("approve-what")
        .with("name", flow.activated_by.as_deref().unwrap_or_default())
        .with("above", shown(ente.approval_above.unwrap_or_default().into()));
    let start = flow.summary.planned.map_or(Start::OnceSent, |planned| Start::At(planned.at));
    let wrong = faults.recipients.is_some() || faults.why.is_some();
    let page = Page {
        frame: Frame::of(app, person, Place::Flows).await?,
        facts: Facts::of(app, person, &flow, (start, None)).await?,
        what: say(&what),
        typed,
        fault: faults.recipients,
        why_max: WHY_MAX,
        why_fault: faults.why,
        flow,
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, frame::page(&page)?).into_response())
}

/// Beside the state of a flow: that it waits for a second person, or has one.
pub(crate) fn words(approval: Approval) -> Option<String> {
    match approval {
        Approval::NotNeeded => None,
        Approval::Awaited => Some(text("flow-approval-awaited")),
        Approval::Given => Some(text("flow-approval-given")),
    }
}

//! Deciding on all uncertain outcomes of a flow at once: their number is typed by hand, as for *Invia*.

use super::choice::Choice;
use super::why;
use crate::address::number;
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::flow::{self, Done, Found};
use crate::frame::{self, Frame, Person, Place};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_domain::{NotificationState, Phrase, Rights, UnixMillis, typed_number};
use staffetta_store::flows::FlowDetail;
use staffetta_store::ledger::{Doubts, WHY_MAX};
use staffetta_words::{number as shown, say};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    why: String,
    count: String,
    /// Since when the last doubt that the person saw is one.
    until: i64,
}

#[derive(Template)]
#[template(path = "decide/flow.html")]
struct Page {
    frame: Frame,
    flow: FlowDetail,
    choice: Choice,
    /// How many they are, in words.
    doubts: String,
    typed: Typed,
    /// Since when the last of them is uncertain.
    until: i64,
    why_max: usize,
    why_fault: Option<String>,
    count_fault: Option<String>,
}

pub(super) async fn ask(
    State(app): State<App>,
    person: Person,
    Path((id, choice)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let choice = Choice::from_address(&choice)?;
    let found = Found::with_right(&app, &person, number(&id)?, Rights::SEND).await?;
    show(&app, &person, found.detail, choice, None).await
}

pub(super) async fn decide(
    State(app): State<App>,
    person: Person,
    Path((id, choice)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let choice = Choice::from_address(&choice)?;
    let found = Found::with_right(&app, &person, number(&id)?, Rights::SEND).await?;
    let flow = found.detail.summary.id;
    let why = match why::read(&typed.why) {
        Ok(why) if typed_number(&typed.count) == Some(doubts(&found.detail)) => why,
        _ => return show(&app, &person, found.detail, choice, Some(typed)).await,
    };
    let (all, decision) = (Doubts::OfFlow(flow, UnixMillis(typed.until)), choice.decision());
    let decided = app.store().decide_uncertain(person.scope(), all, decision, why, app.now()).await?;
    if decided == 0 {
        let last = app.store().last_doubt(person.scope(), flow).await?;
        let is_open = last.is_some_and(|last| last.0 <= typed.until);
        let why = if is_open { "decide-on-the-wire" } else { "decide-too-late-flow" };
        return flow::not_now(&app, &person, flow, &Phrase::new(why)).await;
    }
    let done = if choice.is_resend() { Done::Resent } else { Done::ConsideredSent };
    Ok(Redirect::to(&done.address(flow, decided)).into_response())
}

fn doubts(flow: &FlowDetail) -> i64 {
    flow.summary.tally.count(NotificationState::Uncertain)
}

async fn show(
    app: &App,
    person: &Person,
    flow: FlowDetail,
    choice: Choice,
    typed: Option<Typed>,
) -> Result<Response, Fault> {
    let count = doubts(&flow);
    if count == 0 {
        return flow::not_now(app, person, flow.summary.id, &Phrase::new("decide-too-late-flow")).await;
    }
    let last = app.store().last_doubt(person.scope(), flow.summary.id).await?;
    let wrong = |typed: &&Typed| typed_number(&typed.count) != Some(count);
    let told = Phrase::new("decide-many").with("count", count).with("shown", shown(count));
    let page = Page {
        frame: Frame::of(app, person, Place::Flows).await?,
        choice,
        doubts: say(&told),
        until: last.map_or(0, |at| at.0),
        why_max: WHY_MAX,
        why_fault: typed.as_ref().and_then(|typed| why::read(&typed.why).err()),
        count_fault: typed
            .as_ref()
            .filter(wrong)
            .map(|_| say(&Phrase::new("decide-wrong-count").with("count", shown(count)))),
        flow,
        typed: typed.unwrap_or_default(),
    };
    let status = if page.why_fault.is_some() || page.count_fault.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, frame::page(&page)?).into_response())
}

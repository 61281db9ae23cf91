//! *Invia i primi 20 e fermati*: a pilot, after which the flow waits for a person.

use super::Found;
use super::notes::outcomes_words;
use super::send::{self, Typed, Way};
use crate::address::number;
use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use staffetta_domain::{FlowId, FlowState, Phrase, Rights};
use staffetta_store::flows::FlowSummary;
use staffetta_words::{number as shown, say};

/// The first recipients whom a pilot writes to.
pub(super) const FIRST: u16 = 20;

/// Whether there is more to send than the pilot.
pub(super) fn is_offered(flow: &FlowSummary) -> bool {
    flow.state == FlowState::Active && flow.recipients > i64::from(FIRST)
}

pub(super) async fn ask(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let found = Found::with_right(&app, &person, number(&id)?, Rights::SEND).await?;
    send::show(&app, &person, found, Way::First, None).await
}

pub(super) async fn start(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let flow: FlowId = number(&id)?;
    let found = Found::with_right(&app, &person, flow, Rights::SEND).await?;
    if !is_offered(&found.detail.summary) || !typed.has(FIRST.into(), &found.detail) {
        return send::show(&app, &person, found, Way::First, Some(typed)).await;
    }
    let done = app.store().start_pilot(person.scope(), flow, FIRST, typed.seen(), app.now()).await?;
    send::answer(&app, &person, flow, Way::First, typed, done).await
}

/// How far the pilot is; once its rows were handled, that the rest waits for a person.
pub(super) fn words(flow: &FlowSummary) -> Option<String> {
    let (rows, done) = (flow.pilot?, handled(flow));
    let phrase = |key| Phrase::new(key).with("count", rows);
    Some(say(&match (flow.paused, done >= rows) {
        (true, true) => phrase("flow-pilot-over")
            .with("outcomes", outcomes_words(flow))
            .with("left", shown(flow.tally.open())),
        (true, false) => phrase("flow-paused-pilot-note"),
        (false, _) => phrase("flow-pilot-under-way").with("done", done.min(rows)),
    }))
}

/// Nothing but the pilot's rows was handled yet.
fn handled(flow: &FlowSummary) -> i64 {
    flow.tally.total() - flow.tally.open()
}

//! *Elenca*: the list of flows.

use super::form::{Faults, FlowForm};
use super::{LIST, SEARCH};
use crate::app::App;
use crate::choice::Choice;
use crate::fault::Fault;
use crate::filters;
use crate::flow::approve;
use crate::flow::progress::{pilot_phrase, planned_phrase};
use crate::frame::{self, Frame, Person, Place};
use crate::saved_form;
use crate::states::StateShown;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Html, Redirect};
use futures_util::TryFutureExt as _;
use serde::Deserialize;
use staffetta_domain::{FlowId, FlowState, NotificationState, Rights, UnixMillis};
use staffetta_store::flows::{FlowCursor, FlowSummary};
use staffetta_words::say;

/// Flows on a page.
const PAGE_ROWS: usize = 50;

#[derive(Deserialize)]
pub(super) struct Asked {
    /// The search, by its name.
    ricerca: Option<String>,
    /// The last flow of the page before.
    dopo: Option<String>,
}

struct Line {
    flow: FlowSummary,
    state: StateShown,
    accepted: i64,
    available: i64,
    unreachable: i64,
    to_examine: i64,
    /// *Programmato*.
    planned: Option<String>,
    approval: Option<String>,
    /// *Solo i primi 20*.
    pilot: Option<String>,
}

#[derive(Template)]
#[template(path = "flows/list.html")]
struct Page {
    frame: Frame,
    form: FlowForm,
    faults: Faults,
    services: Vec<Choice>,
    natures: Vec<Choice>,
    states: Vec<Choice>,
    /// Who may have made a flow.
    operators: Vec<String>,
    lines: Vec<Line>,
    may_compose: bool,
    any_filter: bool,
    is_first: bool,
    first: String,
    next: Option<String>,
}

pub(super) async fn search(
    State(app): State<App>,
    person: Person,
    Form(form): Form<FlowForm>,
) -> Result<Redirect, Fault> {
    if form == FlowForm::default() {
        return Ok(Redirect::to(LIST));
    }
    if let Some(code) = form.search(&[]).0.fiscal_code {
        app.store().record_lookup(person.scope(), &code, app.now()).await?;
    }
    let name = saved_form::keep(&app, person.operator(), &form).await?;
    Ok(Redirect::to(&format!("{LIST}?ricerca={name}")))
}

pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let (store, scope) = (app.store(), person.scope());
    let form: FlowForm = saved_form::find(&app, person.operator(), asked.ricerca.as_deref()).await?;
    let operators = store.operator_names(scope).await?;
    let (wanted, faults) = form.search(&operators);
    let after = asked.dopo.as_deref().map(cursor).transpose()?;
    let find = async || match faults.is_empty() {
        true => Ok::<_, Fault>(store.search_flows(scope, &wanted, after, PAGE_ROWS + 1).await?),
        false => Ok(Vec::new()),
    };
    // None of these waits for another: a database on another machine is waited for once.
    let (mut flows, frame, services, composing, natures) = tokio::try_join!(
        find(),
        Frame::of(&app, &person, Place::Flows),
        store.services(scope, Rights::LOOK).err_into(),
        store.services(scope, Rights::COMPOSE).err_into(),
        store.natures(scope.organization).err_into()
    )?;
    let has_more = flows.len() > PAGE_ROWS;
    flows.truncate(PAGE_ROWS);
    let first = asked.ricerca.map_or_else(|| LIST.to_owned(), |name| format!("{LIST}?ricerca={name}"));
    let joint = if first.contains('?') { '&' } else { '?' };
    let next = flows.last().filter(|_| has_more).map(|last| {
        let FlowCursor { created_at, id } = last.cursor();
        format!("{first}{joint}dopo={}.{id}", created_at.0)
    });
    let page = Page {
        frame,
        services: services.into_iter().map(|one| Choice::new(one.id, one.name, &form.service)).collect(),
        natures: natures.into_iter().map(|one| Choice::new(one.id, one.nature.name, &form.nature)).collect(),
        states: FlowState::ALL
            .map(StateShown::from)
            .map(|state| Choice::new(state.code, state.words, &form.state))
            .into(),
        operators,
        lines: flows.into_iter().map(line).collect(),
        may_compose: !composing.is_empty(),
        any_filter: form != FlowForm::default(),
        is_first: after.is_none(),
        form,
        faults,
        first,
        next,
    };
    frame::page(&page)
}

fn line(flow: FlowSummary) -> Line {
    let count = |state| flow.tally.count(state);
    let available = count(NotificationState::Delivered);
    Line {
        state: flow.state.into(),
        // What IO took; of errors the tally does not tell at which end they came up.
        accepted: count(NotificationState::Accepted) + available + count(NotificationState::Rejected),
        available,
        unreachable: count(NotificationState::Unreachable),
        to_examine: flow.tally.to_examine(),
        approval: approve::words(flow.approval),
        planned: flow.planned.map(|planned| say(&planned_phrase(planned))),
        pilot: flow.pilot.map(|rows| say(&pilot_phrase(rows))),
        flow,
    }
}

impl Line {
    fn is_incomplete(&self) -> bool {
        self.flow.state == FlowState::Incomplete
    }

    /// Only what has to be examined alarms: most lists hold people who are not on IO.
    fn is_alarming(&self) -> bool {
        self.is_incomplete() && self.to_examine > 0
    }
}

/// The place after which a page begins: `instant.number`.
fn cursor(text: &str) -> Result<FlowCursor, Fault> {
    let (at, id) = text.split_once('.').ok_or(Fault::BadRequest)?;
    let read = |text: &str| text.parse::<i64>().map_err(|_| Fault::BadRequest);
    Ok(FlowCursor { created_at: UnixMillis(read(at)?), id: FlowId(read(id)?) })
}

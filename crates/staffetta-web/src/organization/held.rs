//! An ente whose sending is held: what happened, what to look at, and two ways to go on, each with its word typed by
//! hand.

use super::{HELD, SETTINGS};
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Admin, Frame, Person, Place};
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_domain::{FlowState, NotificationState, Phrase, UnixMillis};
use staffetta_store::flows::{FlowSearch, FlowSummary};
use staffetta_store::ledger::Waiting;
use staffetta_words::{say, text};

/// Flows of a kind that are shown.
const FLOWS: usize = 50;

/// A way to go on.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Choice {
    Riprendi,
    Incerto,
}

impl Choice {
    /// The word that is typed for it.
    fn word(self) -> String {
        text(match self {
            Self::Riprendi => "held-resume-word",
            Self::Incerto => "held-in-doubt-word",
        })
    }

    const fn waiting(self) -> Waiting {
        match self {
            Self::Riprendi => Waiting::GoesOn,
            Self::Incerto => Waiting::MayHaveLeft,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Typed {
    choice: Choice,
    #[serde(default)]
    word: String,
    /// Since when the ente is held, as the person saw it.
    #[serde(default)]
    held: i64,
}

#[derive(Template)]
#[template(path = "organization/held.html")]
struct Page {
    frame: Frame,
    kinds: Vec<Kind>,
    /// Since when it is held.
    since: i64,
    /// What the person saw is not what there is.
    held_anew: bool,
    resume_fault: Option<String>,
    doubt_fault: Option<String>,
}

/// Flows of which the same is to be thought, if there are any.
struct Kind {
    /// There are older ones, which are not shown.
    more: bool,
    /// Names the table, for who does not see it.
    id: &'static str,
    title: &'static str,
    what: &'static str,
    /// What is counted.
    counted: &'static str,
    lines: Vec<Line>,
}

/// One of them.
struct Line {
    flow: FlowSummary,
    /// To how many it may be sent now, or again.
    count: i64,
}

pub(super) async fn ask(State(app): State<App>, Admin(person): Admin) -> Result<Response, Fault> {
    show(&app, &person, None).await
}

pub(super) async fn release(
    State(app): State<App>,
    Admin(person): Admin,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let Typed { choice, word, held } = typed;
    if !word.trim().eq_ignore_ascii_case(&choice.word()) {
        return show(&app, &person, Some(Wrong::Word(choice))).await;
    }
    let (waiting, seen) = (choice.waiting(), UnixMillis(held));
    let released = app.store().release_organization(person.scope(), waiting, seen, app.now()).await?;
    if released.is_none() && held_since(&app, &person).await?.is_some() {
        return show(&app, &person, Some(Wrong::Anew)).await;
    }
    let told = match (released, choice) {
        (None, _) => "nonfermi".to_owned(),
        (Some(_), Choice::Riprendi) => "ripresi".to_owned(),
        (Some(count), Choice::Incerto) => format!("incerti&quanti={count}"),
    };
    Ok(Redirect::to(&format!("{SETTINGS}?fatto={told}")).into_response())
}

/// Why the page is shown again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    /// The word of a choice was not right.
    Word(Choice),
    /// The ente was let go and held again since the person looked.
    Anew,
}

async fn held_since(app: &App, person: &Person) -> Result<Option<UnixMillis>, Fault> {
    let ente = app.store().organization(person.scope().organization).await?;
    Ok(ente.and_then(|ente| ente.held).map(|held| held.since))
}

/// The page; again where something was wrong.
async fn show(app: &App, person: &Person, wrong: Option<Wrong>) -> Result<Response, Fault> {
    let Some(since) = held_since(app, person).await? else {
        return Ok(Redirect::to(&format!("{SETTINGS}?fatto=nonfermi")).into_response());
    };
    let frame = Frame::of(app, person, Place::Settings).await?;
    let fault = |choice: Choice| {
        let phrase = Phrase::new("held-wrong-word").with("word", choice.word());
        (wrong == Some(Wrong::Word(choice))).then(|| say(&phrase))
    };
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page {
        frame,
        kinds: vec![
            kind(app, person, FlowState::Sending).await?,
            kind(app, person, FlowState::Active).await?,
            kind(app, person, FlowState::Incomplete).await?,
        ],
        since: since.0,
        held_anew: wrong == Some(Wrong::Anew),
        resume_fault: fault(Choice::Riprendi),
        doubt_fault: fault(Choice::Incerto),
    };
    Ok((status, frame::page(&page)?).into_response())
}

async fn kind(app: &App, person: &Person, state: FlowState) -> Result<Kind, Fault> {
    let search = FlowSearch { state: Some(state), ..FlowSearch::default() };
    let mut flows = app.store().search_flows(person.scope(), &search, None, FLOWS + 1).await?;
    let more = flows.len() > FLOWS;
    flows.truncate(FLOWS);
    let (id, title, what, counted) = match state {
        FlowState::Active => ("ready", "held-ready", "held-ready-flows", "held-left"),
        FlowState::Incomplete => ("over", "held-over", "held-over-flows", "held-unsuccessful"),
        _ => ("waiting", "held-waiting", "held-flows", "held-left"),
    };
    let lines = flows.into_iter().map(|flow| Line { count: count(&flow), flow });
    Ok(Kind { id, title, what, counted, more, lines: lines.filter(|line| line.count > 0).collect() })
}

/// To how many a flow is still to be sent, or could be sent again.
fn count(flow: &FlowSummary) -> i64 {
    let of_state = |state: NotificationState| match flow.state {
        FlowState::Incomplete => state.can_be_sent_again(),
        _ => state == NotificationState::Queued,
    };
    flow.tally.iter().filter(|(state, _)| of_state(*state)).map(|(_, count)| count).sum()
}

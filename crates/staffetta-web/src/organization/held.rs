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
use staffetta_domain::{FlowState, NotificationState, Phrase};
use staffetta_store::flows::{FlowSearch, FlowSummary};
use staffetta_store::ledger::Waiting;
use staffetta_words::{say, text};

/// Flows under way that are shown.
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
}

#[derive(Template)]
#[template(path = "organization/held.html")]
struct Page {
    frame: Frame,
    /// Flows under way with somebody still to write to.
    flows: Vec<Line>,
    resume_fault: Option<String>,
    doubt_fault: Option<String>,
}

/// A flow under way.
struct Line {
    flow: FlowSummary,
    /// To how many it has still to write.
    left: i64,
}

pub(super) async fn ask(State(app): State<App>, Admin(person): Admin) -> Result<Response, Fault> {
    show(&app, &person, None).await
}

pub(super) async fn release(
    State(app): State<App>,
    Admin(person): Admin,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let Typed { choice, word } = typed;
    if !word.trim().eq_ignore_ascii_case(&choice.word()) {
        return show(&app, &person, Some(choice)).await;
    }
    let released = app.store().release_organization(person.scope(), choice.waiting(), app.now()).await?;
    let told = match (released, choice) {
        (None, _) => "nonfermi".to_owned(),
        (Some(_), Choice::Riprendi) => "ripresi".to_owned(),
        (Some(count), Choice::Incerto) => format!("incerti&quanti={count}"),
    };
    Ok(Redirect::to(&format!("{SETTINGS}?fatto={told}")).into_response())
}

/// The page; again where the word of a choice was not right.
async fn show(app: &App, person: &Person, wrong: Option<Choice>) -> Result<Response, Fault> {
    let frame = Frame::of(app, person, Place::Settings).await?;
    if frame.held.is_none() {
        return Ok(Redirect::to(&format!("{SETTINGS}?fatto=nonfermi")).into_response());
    }
    let under_way = FlowSearch { state: Some(FlowState::Sending), ..FlowSearch::default() };
    let flows = app.store().search_flows(person.scope(), &under_way, None, FLOWS).await?;
    let fault = |choice: Choice| {
        let phrase = Phrase::new("held-wrong-word").with("word", choice.word());
        (wrong == Some(choice)).then(|| say(&phrase))
    };
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page {
        frame,
        flows: flows.into_iter().map(line).filter(|line| line.left > 0).collect(),
        resume_fault: fault(Choice::Riprendi),
        doubt_fault: fault(Choice::Incerto),
    };
    Ok((status, frame::page(&page)?).into_response())
}

fn line(flow: FlowSummary) -> Line {
    Line { left: flow.tally.count(NotificationState::Queued), flow }
}

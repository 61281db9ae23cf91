//! *Reinvia i non riusciti*: of a flow that is over, those that ended in one way for one reason are sent again. Their
//! number is typed by hand, as for *Invia*.

use crate::address::number;
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::flow::{self, Done, Found};
use crate::frame::{self, Frame, Person, Place};
use crate::went_back::AllTheSame;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Form, Router};
use serde::Deserialize;
use staffetta_domain::{Phrase, Rights, typed_number};
use staffetta_store::flows::{FlowDetail, OutcomeCount};
use staffetta_store::resends::Unsuccessful;
use staffetta_words::{number as shown, say, text};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/flussi/{id}/reinvia", get(ask).post(resend))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    /// State and number of the reason: `failed.10`.
    which: String,
    count: String,
    /// Also where they may have been sent again already.
    all_the_same: bool,
}

/// An outcome that may be chosen.
struct Choosable {
    code: String,
    words: String,
    count: i64,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "resend/page.html")]
struct Page {
    frame: Frame,
    flow: FlowDetail,
    outcomes: Vec<Choosable>,
    typed: Typed,
    which_fault: Option<String>,
    count_fault: Option<String>,
    /// They may have been sent again already.
    forgotten: Option<AllTheSame>,
}

async fn ask(State(app): State<App>, person: Person, Path(id): Path<String>) -> Result<Response, Fault> {
    let found = Found::with_right(&app, &person, number(&id)?, Rights::SEND).await?;
    show(&app, &person, found.detail, None).await
}

async fn resend(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let found = Found::with_right(&app, &person, number(&id)?, Rights::SEND).await?;
    let flow = found.detail.summary.id;
    let outcomes = unsuccessful(&app, &person, &found.detail).await?;
    let chosen = outcomes.iter().find(|one| code(one) == typed.which);
    let Some(chosen) = chosen.filter(|one| typed_number(&typed.count) == Some(one.count)) else {
        return show(&app, &person, found.detail, Some(typed)).await;
    };
    if !typed.all_the_same && forgotten(&app, &person, &found.detail, true).await?.is_some() {
        return show(&app, &person, found.detail, Some(typed)).await;
    }
    let (state, reason, all_the_same) = (chosen.state, chosen.reason, typed.all_the_same);
    let which = Unsuccessful { state, reason, all_the_same };
    let resent = app.store().resend_unsuccessful(person.scope(), flow, which, app.now()).await?;
    if resent == 0 {
        return flow::not_now(&app, &person, flow, &Phrase::new("resend-too-late")).await;
    }
    Ok(Redirect::to(&Done::Resent.address(flow, resent)).into_response())
}

/// The outcomes after which a person may send again, with how many ended so.
async fn unsuccessful(app: &App, person: &Person, flow: &FlowDetail) -> Result<Vec<OutcomeCount>, Fault> {
    let mut outcomes = app.store().flow_outcomes(person.scope(), flow.summary.id).await?;
    outcomes.retain(|one| one.state.can_be_sent_again());
    Ok(outcomes)
}

fn code(outcome: &OutcomeCount) -> String {
    format!("{}.{}", outcome.state.code(), outcome.reason.map_or(0, |reason| reason as i16))
}

async fn show(app: &App, person: &Person, flow: FlowDetail, typed: Option<Typed>) -> Result<Response, Fault> {
    let found = unsuccessful(app, person, &flow).await?;
    if found.is_empty() {
        return flow::not_now(app, person, flow.summary.id, &Phrase::new("resend-nothing")).await;
    }
    let status = if typed.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let chosen = typed.as_ref().map(|typed| found.iter().find(|one| code(one) == typed.which));
    let (which_fault, count_fault) = match chosen {
        None => (None, None),
        Some(None) => (Some(text("resend-choose")), None),
        Some(Some(one)) => {
            let is_wrong = typed.as_ref().is_some_and(|typed| typed_number(&typed.count) != Some(one.count));
            let wrong = || say(&Phrase::new("resend-wrong-count").with("count", shown(one.count)));
            (None, is_wrong.then(wrong))
        }
    };
    let missed = typed.as_ref().is_some_and(|typed| !typed.all_the_same);
    let forgotten = forgotten(app, person, &flow, missed).await?;
    let typed = typed.unwrap_or_default();
    let option = |one: &OutcomeCount| Choosable {
        code: code(one),
        words: words(one),
        count: one.count,
        chosen: code(one) == typed.which,
    };
    let page = Page {
        frame: Frame::of(app, person, Place::Flows).await?,
        outcomes: found.iter().map(option).collect(),
        flow,
        typed,
        which_fault,
        count_fault,
        forgotten,
    };
    Ok((status, frame::page(&page)?).into_response())
}

async fn forgotten(
    app: &App,
    person: &Person,
    flow: &FlowDetail,
    missed: bool,
) -> Result<Option<AllTheSame>, Fault> {
    let ente = app.store().organization(person.scope().organization).await?.ok_or(Fault::NotFound)?;
    Ok(AllTheSame::of(&ente, flow.summary.created_at, "went-back-resend", missed))
}

fn words(outcome: &OutcomeCount) -> String {
    let state = say(&outcome.state.phrase());
    match outcome.reason {
        Some(reason) => format!("{state}: {}", say(&reason.phrase())),
        None => state,
    }
}

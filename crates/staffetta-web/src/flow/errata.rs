//! *Errata corrige*: who got the wrong message, whom the new one is for, and the draft that is made of that.

use super::acts::{held_or, is_held};
use super::errata_note::Made;
use super::{Found, page};
use crate::address::number;
use crate::app::App;
use crate::compose;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_desk::{DraftError, ErrataRequest, NoErrata, is_over, make_errata};
use staffetta_domain::{ErrataKind, FlowId, Phrase, Receipts, Rights, Taking};
use staffetta_store::flows::FlowDetail;
use staffetta_words::{number as shown, say, text};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    kind: String,
    /// A box that is not ticked is not sent at all.
    uncertain: Option<String>,
    declared: Option<String>,
    /// The last errata of the flow that the page knew of.
    seen: String,
}

/// One thing that the message may say.
struct Kind {
    code: &'static str,
    words: String,
    help: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "flow/errata.html")]
struct Page {
    frame: Frame,
    flow: FlowDetail,
    receipts: Receipts,
    total: i64,
    kinds: Vec<Kind>,
    typed: Typed,
    made: Vec<Made>,
    seen: i64,
    problem: Option<String>,
    kind_fault: Option<String>,
    take_uncertain: String,
    take_declared: String,
}

pub(super) async fn ask(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let found = Found::with_right(&app, &person, number(&id)?, Rights::COMPOSE).await?;
    show(&app, &person, found.detail, Typed::default(), None).await
}

pub(super) async fn make(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let flow: FlowId = number(&id)?;
    let found = Found::with_right(&app, &person, flow, Rights::COMPOSE).await?;
    let Some(kind) = ErrataKind::from_code(&typed.kind) else {
        return show(&app, &person, found.detail, typed, Some(Wrong::Kind)).await;
    };
    let seen = typed.seen.parse().map_err(|_| Fault::BadRequest)?;
    let taking = Taking { uncertain: typed.uncertain.is_some(), declared: typed.declared.is_some() };
    let request = ErrataRequest { kind, taking, seen };
    match make_errata(app.store(), person.scope(), flow, request, app.now()).await {
        Ok((draft, _)) => {
            compose::begin_reading(&app, person.scope(), draft).await;
            Ok(Redirect::to(&compose::address(draft)).into_response())
        }
        Err(NoErrata::NoFlow) => Err(Fault::NotFound),
        Err(NoErrata::Draft(DraftError::Store(error))) => Err(error.into()),
        Err(NoErrata::Draft(error)) => Err(Fault::Internal(error.to_string())),
        Err(NoErrata::NotOver) => not_over(&app, &person, flow).await,
        Err(why) => show(&app, &person, found.detail, typed, Some(Wrong::Told(why.phrase()))).await,
    }
}

/// Why nothing was made.
enum Wrong {
    Kind,
    Told(Phrase),
}

async fn show(
    app: &App,
    person: &Person,
    flow: FlowDetail,
    typed: Typed,
    wrong: Option<Wrong>,
) -> Result<Response, Fault> {
    let id = flow.summary.id;
    if !is_over(&flow) || is_held(app, person).await? {
        return not_over(app, person, id).await;
    }
    let (store, scope) = (app.store(), person.scope());
    let receipts = store.receipts(scope, id).await?;
    if receipts.reached + receipts.uncertain + receipts.declared == 0 {
        return page::not_now(app, person, id, &NoErrata::Nobody.phrase()).await;
    }
    let (status, problem, kind_fault) = match wrong {
        None => (StatusCode::OK, None, None),
        Some(Wrong::Kind) => (StatusCode::UNPROCESSABLE_ENTITY, None, Some(text("errata-choose-kind"))),
        Some(Wrong::Told(why)) => (StatusCode::CONFLICT, Some(say(&why)), None),
    };
    let counted = |key, count| say(&Phrase::new(key).with("count", count).with("written", shown(count)));
    // Read before what is shown: one that is made meanwhile is shown, perhaps, but not taken for known.
    let seen = store.last_errata(scope, id).await?;
    let page = Page {
        frame: Frame::of(app, person, Place::Flows).await?,
        made: Made::all(app, person, id).await?,
        kinds: ErrataKind::ALL.map(|kind| Kind::of(kind, &typed.kind)).into(),
        take_uncertain: counted("errata-take-uncertain", receipts.uncertain),
        take_declared: counted("errata-take-declared", receipts.declared),
        total: receipts.total(),
        receipts,
        typed,
        seen,
        problem,
        kind_fault,
        flow,
    };
    Ok((status, frame::page(&page)?).into_response())
}

/// While the ente is held nobody knows who got what.
async fn not_over(app: &App, person: &Person, flow: FlowId) -> Result<Response, Fault> {
    let why = held_or(app, person, "errata-not-over").await?;
    page::not_now(app, person, flow, &Phrase::new(why)).await
}

impl Kind {
    fn of(kind: ErrataKind, chosen: &str) -> Self {
        let code = kind.code();
        Self {
            code,
            words: text(&format!("errata-kind-{code}")),
            help: text(&format!("errata-kind-{code}-help")),
            chosen: code == chosen,
        }
    }
}

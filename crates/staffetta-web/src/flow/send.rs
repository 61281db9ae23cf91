//! The ways to send a flow: now, only to the first recipients, at a planned time. Each shows what is about to happen
//! and wants a number typed by hand, which cannot be given by habit, as a yes can.

use super::facts::Facts;
use super::{Found, acts, page, pilot, plan};
use crate::about_to_send::Start;
use crate::address::number;
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use crate::went_back::AllTheSame;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use staffetta_domain::time::italian_date_time;
use staffetta_domain::{FlowId, FlowState, Phrase, Rights, SendingHours, UnixMillis, typed_number};
use staffetta_store::approvals::Approval;
use staffetta_store::flows::FlowDetail;
use staffetta_store::ledger::{ActiveSeen, Switched};
use staffetta_words::{number as shown, say, text};

/// How a flow is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Now,
    First,
    Planned,
}

impl Way {
    /// The key of a word of this way.
    const fn key(self, keys: [&'static str; 3]) -> &'static str {
        let [now, first, planned] = keys;
        match self {
            Self::Now => now,
            Self::First => first,
            Self::Planned => planned,
        }
    }

    const fn title(self) -> &'static str {
        self.key(["send-title", "pilot-title", "plan-title"])
    }

    const fn what(self) -> &'static str {
        self.key(["send-what", "pilot-what", "plan-what"])
    }

    const fn button(self) -> &'static str {
        self.key(["flow-send", "flow-pilot", "flow-plan"])
    }

    const fn label(self) -> &'static str {
        self.key(["send-type-number", "pilot-type-number", "plan-type-number"])
    }

    const fn action(self) -> &'static str {
        self.key(["invia", "primi", "programma"])
    }

    fn is_planned(self) -> bool {
        self == Self::Planned
    }

    /// The number to be typed.
    fn number(self, recipients: i64) -> i64 {
        if self == Self::First { pilot::FIRST.into() } else { recipients }
    }
}

#[derive(Template)]
#[template(path = "flow/send.html")]
struct Page {
    frame: Frame,
    way: Way,
    facts: Facts,
    /// The ente's hours, where it has any.
    hours: Option<String>,
    /// What is sent now leaves only then.
    rest: Option<String>,
    typed: Typed,
    fault: Option<String>,
    time_fault: Option<String>,
    /// It may have been sent already.
    forgotten: Option<AllTheSame>,
    flow: FlowDetail,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    recipients: String,
    /// When it is to start.
    pub(super) at: String,
    /// When what was looked at was activated.
    activated: String,
    /// Also where it may have been sent already.
    all_the_same: bool,
}

impl Typed {
    /// Whether this number was typed, of what is to be sent now: somebody else may have changed and activated it anew
    /// since the page was opened.
    pub(super) fn has(&self, number: i64, flow: &FlowDetail) -> bool {
        typed_number(&self.recipients) == Some(number) && self.saw(flow)
    }

    fn saw(&self, flow: &FlowDetail) -> bool {
        self.activated.parse().ok() == flow.activated_at.map(|at| at.0)
    }

    /// What the ledger is told of it; of a form made by hand, nothing that was ever active.
    pub(super) fn seen(&self) -> ActiveSeen {
        let activated_at = UnixMillis(self.activated.parse().unwrap_or(i64::MIN));
        ActiveSeen { activated_at, all_the_same: self.all_the_same }
    }
}

pub(super) async fn ask(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let found = Found::with_right(&app, &person, number(&id)?, Rights::SEND).await?;
    show(&app, &person, found, Way::Now, None).await
}

pub(super) async fn start(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let flow: FlowId = number(&id)?;
    let found = Found::with_right(&app, &person, flow, Rights::SEND).await?;
    if !typed.has(found.detail.summary.recipients, &found.detail) {
        return show(&app, &person, found, Way::Now, Some(typed)).await;
    }
    let done = app.store().start_flow(person.scope(), flow, typed.seen(), app.now()).await?;
    answer(&app, &person, flow, Way::Now, typed, done).await
}

/// Where the flow is another by now, or may have been sent already, the page is shown as it is by now.
pub(super) async fn answer(
    app: &App,
    person: &Person,
    flow: FlowId,
    way: Way,
    typed: Typed,
    done: Switched,
) -> Result<Response, Fault> {
    match done {
        Switched::NotNow | Switched::MayHaveBeenSent => {
            let found = Found::with_right(app, person, flow, Rights::SEND).await?;
            show(app, person, found, way, Some(typed)).await
        }
        other => acts::answer(app, person, flow, other, "flow-not-sent").await,
    }
}

/// The page; again with what was typed, if it was wrong.
pub(super) async fn show(
    app: &App,
    person: &Person,
    found: Found,
    way: Way,
    typed: Option<Typed>,
) -> Result<Response, Fault> {
    let flow = found.detail;
    let is_offered = match way {
        Way::First => pilot::is_offered(&flow.summary),
        Way::Now | Way::Planned => flow.summary.state == FlowState::Active,
    };
    if is_offered && !way.is_planned() && flow.summary.approval == Approval::Awaited {
        return page::not_now(app, person, flow.summary.id, &Phrase::new("flow-unapproved")).await;
    }
    if !is_offered {
        let why = way.key(["flow-not-sent", "flow-no-pilot", "flow-not-planned"]);
        return page::not_now(app, person, flow.summary.id, &Phrase::new(why)).await;
    }
    let (organization, recipients) = (person.scope().organization, flow.summary.recipients);
    let number = way.number(recipients);
    let fault =
        typed.as_ref().filter(|typed| !typed.has(number, &flow)).map(|typed| match typed.saw(&flow) {
            true => wrong_number(way, number),
            false => text("send-changed-meanwhile"),
        });
    let time_fault = match &typed {
        Some(typed) if way.is_planned() => plan::read(&typed.at, app.now()).err(),
        _ => None,
    };
    let status = if typed.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let ente = app.store().organization(organization).await?.ok_or(Fault::NotFound)?;
    let missed = typed.as_ref().is_some_and(|typed| !typed.all_the_same);
    let known_at = flow.summary.planned.filter(|planned| planned.at > app.now());
    let about = match way {
        Way::Now => (Start::Now, None),
        Way::First => (Start::Now, Some(number)),
        Way::Planned => (known_at.map_or(Start::Chosen, |planned| Start::At(planned.at)), None),
    };
    let frame = Frame::of(app, person, Place::Flows).await?;
    let rest = frame
        .ente
        .rests_until
        .filter(|_| !way.is_planned())
        .map(|at| say(&Phrase::new("send-rests").with("at", italian_date_time(at))));
    let page = Page {
        frame,
        rest,
        way,
        facts: Facts::of(app, person, &flow, about).await?,
        hours: (ente.hours != SendingHours::ANY).then(|| say(&ente.hours.phrase())),
        forgotten: AllTheSame::of(&ente, flow.summary.created_at, "went-back-flow", missed),
        typed: typed.unwrap_or_else(|| Typed {
            at: known_at.map(|planned| plan::field_value(planned.at)).unwrap_or_default(),
            ..Typed::default()
        }),
        fault,
        time_fault,
        flow,
    };
    Ok((status, frame::page(&page)?).into_response())
}

fn wrong_number(way: Way, number: i64) -> String {
    let key = way.key(["send-wrong-number", "pilot-wrong-number", "plan-wrong-number"]);
    say(&Phrase::new(key).with("recipients", shown(number)))
}

//! *Attiva*: the balance of what would be frozen, and the yes of a person who saw it.

use super::draft::{Away, draft};
use super::flow_address;
use super::recipients::already_words;
use crate::about_to_send::{Start, about_to_send};
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::flow::{amounts, dues};
use crate::forecast::ForecastLine;
use crate::frame::{self, Frame, Person, Place};
use crate::live::Live;
use crate::time_needed::time_words;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_desk::{
    Activation, Balance, NotReady, PlannedFor, activate as activate_flow, balance, earlier_phrase,
    text_warnings,
};
use staffetta_domain::time::italian_date_time;
use staffetta_domain::{FlowId, ListId, Phrase, Rights, SendingHours, UnixMillis};
use staffetta_store::flows::FlowDetail;
use staffetta_words::{number, say, text};

#[derive(Template)]
#[template(path = "compose/activate.html")]
struct Page {
    frame: Frame,
    flow: FlowDetail,
    /// Why it was not activated, or cannot be.
    problem: Option<String>,
    /// What is wrong with the consent to several messages for one person, and with that to dates that have passed.
    fault: Option<String>,
    past_fault: Option<String>,
    /// The same with that to a day of sending that has passed.
    start_fault: Option<String>,
    balance: Option<Shown>,
    /// What to know of the text, for the last time.
    warnings: Vec<String>,
    /// Whether the start is to be planned, as the person left it.
    plan_start: bool,
    forecast: Option<ForecastLine>,
}

/// A balance in words.
struct Shown {
    /// What is about to be sent.
    sentence: String,
    list: ListId,
    recipients: i64,
    wrong: i64,
    repaired: i64,
    same: i64,
    different: i64,
    excluded: i64,
    corrected: i64,
    /// First and last due date.
    dues: Option<[String; 2]>,
    /// Some due dates have passed: that is to be agreed to.
    past_due: Option<String>,
    /// The list has several days of sending, and would go out all together.
    starts: Option<String>,
    /// When the list's one day of sending begins: the question whether it is planned, or that it has passed.
    start: Option<StartShown>,
    /// Some already got the same message.
    already: Option<String>,
    /// What has to be agreed to.
    consent: String,
    /// In euro: all together, the smallest, the largest.
    amounts: Option<[String; 3]>,
    time: String,
    /// A flow with the same list and the same message, and the warning.
    earlier: Option<(FlowId, String)>,
}

/// What is asked about the list's day of sending.
enum StartShown {
    Planned(String),
    Past(String),
}

#[derive(Deserialize)]
pub(super) struct Agreed {
    list: String,
    #[serde(default)]
    accept_different: Option<String>,
    #[serde(default)]
    accept_past_due: Option<String>,
    #[serde(default)]
    accept_past_start: Option<String>,
    #[serde(default)]
    plan_start: Option<String>,
}

pub(super) async fn ask(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::SEND, Live::Page).await?;
    Ok(page(&app, &person, flow, None, true).await?)
}

pub(super) async fn activate(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Form(agreed): Form<Agreed>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::SEND, Live::Page).await?;
    let number = flow.summary.id;
    let list = agreed.list.parse().map_err(|_| Fault::BadRequest)?;
    let activation = Activation {
        list,
        accept_different: agreed.accept_different.is_some(),
        accept_past_due: agreed.accept_past_due.is_some(),
        accept_past_start: agreed.accept_past_start.is_some(),
        plan_start: agreed.plan_start.is_some(),
    };
    match activate_flow(app.store(), person.scope(), number, activation, app.now()).await {
        Ok(()) => Ok(Redirect::to(&flow_address(number)).into_response()),
        Err(NotReady::Store(error)) => Err(error.into()),
        // Another window was quicker: its page tells what the flow is now.
        Err(NotReady::State(_)) => Err(Away::Flow(number, Live::Page)),
        Err(why) => Ok(page(&app, &person, flow, Some(why), activation.plan_start).await?),
    }
}

async fn page(
    app: &App,
    person: &Person,
    flow: FlowDetail,
    why: Option<NotReady>,
    plan_start: bool,
) -> Result<Response, Fault> {
    let found = balance(app.store(), person.scope(), flow.summary.id, app.now()).await;
    let status = match &why {
        None => StatusCode::OK,
        Some(NotReady::DifferentRows(_) | NotReady::PastDue(_) | NotReady::PastStart(_)) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Some(_) => StatusCode::CONFLICT,
    };
    let (balance, missing) = match found {
        Ok(balance) => {
            let ente = app.store().organization(person.scope().organization).await?.ok_or(Fault::NotFound)?;
            (Some(Shown::of(&flow, balance, &ente.hours, app.now())), None)
        }
        Err(NotReady::Store(error)) => return Err(error.into()),
        Err(missing) => (None, Some(say(&missing.phrase()))),
    };
    let (mut problem, mut fault, mut past_fault, mut start_fault) = (missing, None, None, None);
    match why {
        Some(NotReady::DifferentRows(_)) => fault = Some(text("activate-consent-missing")),
        Some(NotReady::PastDue(_)) => past_fault = Some(text("activate-consent-missing")),
        Some(NotReady::PastStart(_)) => start_fault = Some(text("activate-consent-missing")),
        // What is missing now says more than what was missing a moment ago.
        Some(why) => problem = problem.or_else(|| Some(say(&why.phrase()))),
        None => {}
    }
    let frame = Frame::of(app, person, Place::Flows).await?;
    let forecast = ForecastLine::of(app, person, &flow.summary).await?;
    let warnings = text_warnings(&flow.subject, &flow.markdown).iter().map(say).collect();
    let page = Page {
        frame,
        flow,
        problem,
        fault,
        past_fault,
        start_fault,
        balance,
        warnings,
        plan_start,
        forecast,
    };
    Ok((status, frame::page(&page)?).into_response())
}

impl Shown {
    fn of(flow: &FlowDetail, balance: Balance, hours: &SendingHours, now: UnixMillis) -> Self {
        let facts = &balance.facts;
        let planned = balance.start.filter(|start| !start.passed);
        let start = planned.map_or(Start::OnceSent, |start| Start::At(start.at));
        Self {
            sentence: about_to_send(flow, start, None, (hours, balance.time), now),
            list: balance.list,
            recipients: balance.recipients,
            wrong: facts.wrong_rows,
            repaired: facts.repaired_rows,
            same: facts.same_rows,
            different: facts.different_rows,
            excluded: facts.excluded_rows,
            corrected: facts.corrected_cells,
            dues: dues(facts),
            past_due: balance
                .past_due
                .map(|first| say(&Phrase::new("activate-past-due").with("date", first.italian()))),
            starts: (balance.starts > 1)
                .then(|| say(&Phrase::new("activate-starts").with("count", balance.starts))),
            start: balance.start.map(StartShown::of),
            already: balance.already.and_then(already_words),
            consent: consent(facts.different_rows),
            amounts: amounts(facts),
            time: time_words(balance.time, start.reckoned_from(now)),
            earlier: balance.earlier.map(|(flow, at)| (flow, say(&earlier_phrase(flow, at)))),
        }
    }
}

impl StartShown {
    fn of(start: PlannedFor) -> Self {
        if start.passed {
            let day = start.day.italian();
            return Self::Past(say(&Phrase::new("activate-past-start").with("day", day)));
        }
        Self::Planned(say(&Phrase::new("activate-plan").with("at", italian_date_time(start.at))))
    }
}

fn consent(rows: i64) -> String {
    say(&Phrase::new("activate-consent").with("rows", rows).with("shown", number(rows)))
}

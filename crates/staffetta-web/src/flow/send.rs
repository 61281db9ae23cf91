//! *Invia*: what is about to happen, and the number of recipients typed by hand. A number cannot be given by
//! habit, as a yes can.

use super::{Found, acts, page};
use crate::address::number;
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use crate::money::euro;
use crate::time_needed::time_words;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use staffetta_desk::sending_time;
use staffetta_domain::{FlowId, FlowState, Phrase, Rights};
use staffetta_store::flows::{FlowDetail, ListDetail};
use staffetta_words::{number as shown, say};

#[derive(Template)]
#[template(path = "flow/send.html")]
struct Page {
    frame: Frame,
    recipients: i64,
    /// Amounts of the list, in euro: all together, the smallest, the largest.
    amounts: Option<[String; 3]>,
    list: Option<ListDetail>,
    /// How long it takes.
    time: String,
    typed: String,
    fault: Option<String>,
    flow: FlowDetail,
}

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    recipients: String,
}

pub(super) async fn ask(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let found = Found::with_right(&app, &person, number(&id)?, Rights::SEND).await?;
    show(&app, &person, found, None).await
}

pub(super) async fn start(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let flow: FlowId = number(&id)?;
    let found = Found::with_right(&app, &person, flow, Rights::SEND).await?;
    if typed_number(&typed.recipients) != Some(found.detail.summary.recipients) {
        return show(&app, &person, found, Some(typed.recipients)).await;
    }
    let done = app.store().start_flow(person.scope(), flow, app.now()).await?;
    acts::answer(&app, &person, flow, done, "flow-not-sent").await
}

/// The page; again with what was typed, if it was wrong.
async fn show(app: &App, person: &Person, found: Found, typed: Option<String>) -> Result<Response, Fault> {
    let flow = found.detail;
    if flow.summary.state != FlowState::Active {
        return page::not_now(app, person, flow.summary.id, &Phrase::new("flow-not-sent")).await;
    }
    let (organization, recipients) = (person.scope().organization, flow.summary.recipients);
    let fault =
        typed.is_some().then(|| say(&Phrase::new("send-wrong-number").with("recipients", shown(recipients))));
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page {
        frame: Frame::of(app, person, Place::Flows).await?,
        recipients,
        amounts: flow.list.as_ref().and_then(amounts),
        list: flow.list.clone(),
        time: time_words(sending_time(app.store(), organization, &flow.summary, app.now()).await?, app.now()),
        typed: typed.unwrap_or_default(),
        fault,
        flow,
    };
    Ok((status, frame::page(&page)?).into_response())
}

fn amounts(list: &ListDetail) -> Option<[String; 3]> {
    let facts = &list.facts;
    let (total, min, max) = (facts.total_cents?, facts.min_cents?, facts.max_cents?);
    Some([total, min, max].map(euro))
}

/// `14.990`, `14990`, ` 14 990`: the same number.
fn typed_number(typed: &str) -> Option<i64> {
    let digits: String =
        typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '\'' | '’')).collect();
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        for typed in ["14.990", "14990", " 14 990 ", "14\u{a0}990", "14'990"] {
            assert_eq!(typed_number(typed), Some(14_990), "{typed}");
        }
        for typed in ["", "sì", "14,990", "-14990", "14.990 destinatari"] {
            assert_ne!(typed_number(typed), Some(14_990), "{typed}");
        }
    }
}

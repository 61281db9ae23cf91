//! Deciding on one notification.

use super::choice::Choice;
use super::why;
use crate::address::number;
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use crate::notification::{self, Done};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_domain::{NotificationState, Phrase};
use staffetta_store::ledger::{Doubts, WHY_MAX};
use staffetta_store::notifications::NotificationDetail;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    why: String,
    /// The attempt whose outcome the person saw to be uncertain.
    attempt: i16,
}

#[derive(Template)]
#[template(path = "decide/notification.html")]
struct Page {
    frame: Frame,
    detail: NotificationDetail,
    fiscal_code: String,
    choice: Choice,
    why: String,
    why_max: usize,
    why_fault: Option<String>,
}

pub(super) async fn ask(
    State(app): State<App>,
    person: Person,
    Path((id, choice)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let (choice, detail) = found(&app, &person, &id, &choice).await?;
    show(&app, &person, detail, choice, None).await
}

pub(super) async fn decide(
    State(app): State<App>,
    person: Person,
    Path((id, choice)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let (choice, detail) = found(&app, &person, &id, &choice).await?;
    let Ok(why) = why::read(&typed.why) else {
        return show(&app, &person, detail, choice, Some(typed)).await;
    };
    let (id, decision) = (detail.row.id, choice.decision());
    let one = Doubts::One(id, typed.attempt);
    let decided = app.store().decide_uncertain(person.scope(), one, decision, why, app.now()).await?;
    if decided == 0 {
        let now = app.store().find_notification(person.scope(), id).await?.ok_or(Fault::NotFound)?;
        let is_open = now.row.state == NotificationState::Uncertain && now.attempt == typed.attempt;
        let why = if is_open { "decide-on-the-wire" } else { "decide-too-late" };
        return notification::not_now(&app, &person, id, &Phrase::new(why)).await;
    }
    let done = if choice.is_resend() { Done::Resent } else { Done::ConsideredSent };
    Ok(Redirect::to(&done.address(id)).into_response())
}

/// The notification, if the person may decide on it.
async fn found(
    app: &App,
    person: &Person,
    id: &str,
    choice: &str,
) -> Result<(Choice, NotificationDetail), Fault> {
    let choice = Choice::from_address(choice)?;
    let detail = app.store().find_notification(person.scope(), number(id)?).await?.ok_or(Fault::NotFound)?;
    if !notification::may_act(app, person.scope(), &detail).await? {
        return Err(Fault::Forbidden);
    }
    Ok((choice, detail))
}

async fn show(
    app: &App,
    person: &Person,
    detail: NotificationDetail,
    choice: Choice,
    typed: Option<Typed>,
) -> Result<Response, Fault> {
    if detail.row.state != NotificationState::Uncertain {
        return notification::not_now(app, person, detail.row.id, &Phrase::new("decide-too-late")).await;
    }
    let status = if typed.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page {
        frame: Frame::of(app, person, Place::Notifications).await?,
        fiscal_code: detail.row.fiscal_code.as_str().to_owned(),
        choice,
        why_fault: typed.as_ref().and_then(|typed| why::read(&typed.why).err()),
        why: typed.map(|typed| typed.why).unwrap_or_default(),
        why_max: WHY_MAX,
        detail,
    };
    Ok((status, frame::page(&page)?).into_response())
}

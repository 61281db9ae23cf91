//! The page of a notification.

use super::done::Done;
use super::outcome::Outcome;
use super::{history, may_act};
use crate::address::number;
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use crate::message::{Message, payment_words};
use crate::single::NEW;
use crate::timeline::Happened;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use staffetta_desk::{NotAMessage, citizen_content};
use staffetta_domain::{NotificationId, Payment, Phrase, UnixMillis};
use staffetta_store::notifications::NotificationDetail;
use staffetta_words::{say, text};

#[derive(Deserialize)]
pub(super) struct Asked {
    /// It was added just now; `corretto` if its fiscal code was put right.
    aggiunta: Option<String>,
    /// What was done to it just now.
    fatto: Option<String>,
}

#[derive(Template)]
#[template(path = "notification/page.html")]
struct Page {
    frame: Frame,
    detail: NotificationDetail,
    outcome: Outcome,
    /// What became of the form, if the page comes after one.
    added: Vec<String>,
    done: Option<String>,
    problem: Option<String>,
    /// None where text and data make no message.
    message: Option<Message>,
    /// Whether what is shown is what IO got.
    sameness: Option<String>,
    fiscal_code: String,
    payment: Option<(String, String)>,
    due_date: Option<String>,
    /// How often the outcome was asked of IO, and when it is asked next.
    checks: Option<String>,
    history: Vec<Happened>,
}

pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    render(&app, &person, number(&id)?, &asked, None).await
}

/// The page as it is now, with why something could not be done.
pub(crate) async fn not_now(
    app: &App,
    person: &Person,
    id: NotificationId,
    why: &Phrase,
) -> Result<Response, Fault> {
    let nothing = Asked { aggiunta: None, fatto: None };
    let page = render(app, person, id, &nothing, Some(say(why))).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

async fn render(
    app: &App,
    person: &Person,
    id: NotificationId,
    asked: &Asked,
    problem: Option<String>,
) -> Result<Html<String>, Fault> {
    let scope = person.scope();
    let detail = app.store().find_notification(scope, id).await?.ok_or(Fault::NotFound)?;
    let row = &detail.row;
    let may_act = may_act(app, scope, &detail).await?;
    let content = match citizen_content(&detail) {
        Ok(content) => Some(content),
        Err(NotAMessage::Unmade) => None,
        Err(NotAMessage::Store(error)) => return Err(error.into()),
    };
    let sent = detail.content_hash.filter(|_| detail.row.handled_at.is_some());
    let sameness = content.as_ref().zip(sent).map(|(content, sent)| {
        text(if content.hash() == sent { "notification-same" } else { "notification-not-same" })
    });
    let payment = row.amount.zip(row.notice_number).filter(|_| detail.payment);
    let page = Page {
        frame: Frame::of(app, person, Place::Notifications).await?,
        outcome: Outcome::of(app, scope, &detail, may_act, 0).await?,
        added: added(asked.aggiunta.as_deref()),
        done: asked.fatto.as_deref().and_then(Done::from_code).map(Done::words),
        problem,
        message: content.as_ref().map(|content| Message::of(&row.service_name, content)),
        sameness,
        fiscal_code: row.fiscal_code.as_str().to_owned(),
        payment: payment.map(|(amount, notice_number)| {
            payment_words(&Payment { amount, notice_number, terms: row.terms })
        }),
        due_date: row.due_date.map(|date| date.italian()),
        checks: checks(&detail),
        history: history::of(app, scope, &detail).await?,
        detail,
    };
    frame::page(&page)
}

fn added(how: Option<&str>) -> Vec<String> {
    match how {
        None => Vec::new(),
        Some("prova") => vec![text("test-added")],
        Some("corretto") => vec![text("single-added"), text("single-repaired")],
        Some(_) => vec![text("single-added")],
    }
}

fn checks(detail: &NotificationDetail) -> Option<String> {
    let times =
        (detail.checks > 0).then(|| say(&Phrase::new("notification-checks").with("count", detail.checks)));
    let next = |at: UnixMillis| {
        let at = staffetta_domain::time::italian_date_time(at);
        say(&Phrase::new("notification-next-check").with("at", at))
    };
    let parts: Vec<String> = times.into_iter().chain(detail.next_check_at.map(next)).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

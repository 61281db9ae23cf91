//! What the citizen would read, while it is written.

use super::form::{Faults, SingleForm};
use super::{KEEP, kept, page, services};
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Person};
use crate::message::{Message, payment_words};
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use staffetta_desk::text_warnings;
use staffetta_domain::text::tidy_line;
use staffetta_domain::{Amount, DueDate, NoticeNumber, Payment, PaymentTerms};
use staffetta_store::services::Service;
use staffetta_words::say;

#[derive(Template)]
#[template(path = "single/preview.html")]
struct Preview {
    message: Message,
    warnings: Vec<String>,
}

/// What takes its place when the session is over.
#[derive(Template)]
#[template(path = "single/session_over.html")]
struct SessionOver;

/// The part of the page, or all of it where no script asks.
pub(super) async fn show(
    State(app): State<App>,
    person: Result<Person, Fault>,
    headers: HeaderMap,
    Form(form): Form<SingleForm>,
) -> Result<Response, Fault> {
    let is_part = headers.contains_key("hx-request");
    let person = match person {
        Ok(person) => person,
        // In the middle of writing: the page stays, with all that was typed, and its button takes it along.
        Err(Fault::SignedOut(_) | Fault::SessionOver) if is_part => {
            return Ok((StatusCode::UNAUTHORIZED, frame::page(&SessionOver)?).into_response());
        }
        Err(Fault::SignedOut(_)) => return kept::sign_in_first(&app, &form).await,
        Err(fault) => return Err(fault),
    };
    let services = services(&app, &person).await?;
    if services.is_empty() {
        return Err(Fault::Forbidden);
    }
    kept::keep(&app, person.operator(), &form).await?;
    if !is_part {
        return Ok(page::with(&app, &person, form, Faults::new(), None).await?.into_response());
    }
    let preview = Preview { message: message(&services, &form), warnings: warnings(&form) };
    Ok(frame::page(&preview)?.into_response())
}

/// What the person should know of the texts, before anything is sent.
pub(super) fn warnings(form: &SingleForm) -> Vec<String> {
    text_warnings(&form.subject, &form.contents()).iter().map(say).collect()
}

/// The message as far as it is written; what cannot be read yet is left out.
pub(super) fn message(services: &[Service], form: &SingleForm) -> Message {
    let sender = services.iter().find(|service| Some(service.id) == form.service());
    let sender = sender.map(|service| service.name.as_str()).unwrap_or_default();
    let amount = Amount::read(&form.amount).ok();
    let payment = amount.zip(NoticeNumber::read(&form.notice_number).ok());
    Message {
        due_date: DueDate::read(&form.due_date).ok().map(DueDate::italian),
        payment: payment.map(|(amount, notice_number)| {
            payment_words(&Payment { amount, notice_number, terms: PaymentTerms::default() })
        }),
        ..Message::text(sender, &tidy_line(&form.subject), &form.contents())
    }
}

//! What is being written stays with its person: a session that ends or a browser that closes loses nothing, and
//! nothing is sent by it. Kept at every preview and with every fault; the last window in which it is written counts.

use super::NEW;
use super::form::SingleForm;
use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use crate::notifications;
use crate::sign_in;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_domain::time::italian_date_time;
use staffetta_domain::{OperatorId, Phrase};
use staffetta_words::say;

/// Keeps what is written.
pub(super) async fn keep(app: &App, operator: OperatorId, form: &SingleForm) -> Result<(), Fault> {
    if !form.has_token() {
        return Ok(());
    }
    let text = serde_json::to_string(form).map_err(|error| Fault::Internal(error.to_string()))?;
    Ok(app.store().keep_single_draft(operator, &form.form_token, &text, app.now()).await?)
}

/// What the person was writing, and the words that say so.
pub(super) async fn find(app: &App, person: &Person) -> Result<Option<(SingleForm, String)>, Fault> {
    let found = app.store().single_draft(person.scope(), person.operator(), app.now()).await?;
    let Some(draft) = found else { return Ok(None) };
    let Ok(form) = serde_json::from_str::<SingleForm>(&draft.form) else { return Ok(None) };
    if form.is_blank() {
        return Ok(None);
    }
    let words = match form.corrects() {
        Some(id) => Phrase::new("single-corrects").with("id", id),
        None => Phrase::new("single-kept").with("at", italian_date_time(draft.written_at)),
    };
    Ok(Some((form, say(&words))))
}

/// The form of a person whose session is over goes with them through the sign-in page.
pub(super) async fn sign_in_first(app: &App, form: &SingleForm) -> Result<Response, Fault> {
    if !form.has_token() {
        return Err(Fault::SignedOut(NEW.to_owned()));
    }
    let text = serde_json::to_string(form).map_err(|error| Fault::Internal(error.to_string()))?;
    sign_in::first(app, NEW, text, &Phrase::new("single-session-over")).await
}

/// What a person brought through the sign-in page.
pub(crate) async fn keep_brought(app: &App, operator: OperatorId, brought: &str) -> Result<(), Fault> {
    match serde_json::from_str::<SingleForm>(brought) {
        Ok(form) => keep(app, operator, &form).await,
        Err(_) => Ok(()),
    }
}

/// Leads back to the form, by way of the sign-in page where that is needed. It never sends.
pub(super) async fn save(
    State(app): State<App>,
    person: Result<Person, Fault>,
    Form(form): Form<SingleForm>,
) -> Result<Response, Fault> {
    match person {
        Ok(person) => {
            keep(&app, person.operator(), &form).await?;
            Ok(Redirect::to(NEW).into_response())
        }
        Err(Fault::SignedOut(_)) => sign_in_first(&app, &form).await,
        Err(fault) => Err(fault),
    }
}

#[derive(Deserialize)]
pub(super) struct GivenUp {
    #[serde(default)]
    form_token: String,
    /// Whether another is to be written at once.
    #[serde(default)]
    then: String,
}

/// What was written is of no use any more.
pub(super) async fn give_up(
    State(app): State<App>,
    person: Person,
    Form(given_up): Form<GivenUp>,
) -> Result<Redirect, Fault> {
    app.store().end_single_draft(person.operator(), &given_up.form_token, app.now()).await?;
    Ok(Redirect::to(if given_up.then == "new" { NEW } else { notifications::ARCHIVE }))
}

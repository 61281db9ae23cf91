//! The operator changes their own password: the old one is asked for, because a page may stand open on a desk.

use super::PROFILE;
use super::page::{self, Faults, Typed};
use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use crate::sign_in;
use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use secrecy::SecretString;
use serde::Deserialize;
use staffetta_domain::Phrase;
use staffetta_store::operators::{OperatorChange, Verified};
use staffetta_store::passwords::{HashedPassword, PASSWORD_MIN, PasswordError, hash_password};
use staffetta_words::say;

#[derive(Deserialize)]
pub(super) struct Changed {
    current: String,
    new: String,
    again: String,
}

/// Every other session of theirs ends; here a new one begins.
pub(super) async fn change(
    State(app): State<App>,
    person: Person,
    headers: HeaderMap,
    Form(changed): Form<Changed>,
) -> Result<Response, Fault> {
    let scope = person.scope();
    let hashed = match new_password(&app, &person, changed).await? {
        Ok(hashed) => hashed,
        Err((field, words)) => {
            let typed = Typed { faults: Faults::from([(field, say(&words))]), ..Typed::default() };
            return page::with(&app, &person, &headers, typed).await;
        }
    };
    let change = OperatorChange { password: Some(&hashed), ..OperatorChange::default() };
    if !app.store().change_operator(scope.organization, person.operator(), &change).await? {
        return Err(Fault::NotFound);
    }
    let jar = sign_in::begin(&app, scope.organization, person.operator()).await?;
    Ok((jar, Redirect::to(&format!("{PROFILE}?fatto=password"))).into_response())
}

/// The hash of the new password, or which field is wrong and why.
async fn new_password(
    app: &App,
    person: &Person,
    changed: Changed,
) -> Result<Result<HashedPassword, (&'static str, Phrase)>, Fault> {
    let scope = person.scope();
    if changed.new != changed.again {
        return Ok(Err(("again", Phrase::new("profile-password-differs"))));
    }
    let short = || Phrase::new("profile-password-short").with("min", PASSWORD_MIN);
    if changed.new.chars().count() < PASSWORD_MIN {
        return Ok(Err(("new", short())));
    }
    let (current, new, now) =
        (SecretString::from(changed.current), SecretString::from(changed.new), app.now());
    match app.store().verify_operator(scope.organization, &scope.actor, current, now).await? {
        Verified::Right(operator) if operator == person.operator() => {}
        Verified::Locked { until } => {
            let minutes = sign_in::minutes(now, until);
            return Ok(Err(("current", Phrase::new("sign-in-locked").with("minutes", minutes))));
        }
        Verified::Right(_) | Verified::Wrong => {
            return Ok(Err(("current", Phrase::new("profile-password-wrong"))));
        }
    }
    let hashing = tokio::task::spawn_blocking(move || hash_password(&new)).await;
    match hashing.map_err(|error| Fault::Internal(error.to_string()))? {
        Ok(hashed) => Ok(Ok(hashed)),
        Err(PasswordError::Short) => Ok(Err(("new", short()))),
        Err(error @ PasswordError::Unhashable) => Err(Fault::Internal(error.to_string())),
    }
}

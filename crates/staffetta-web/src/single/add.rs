//! *Aggiungi*: the notification is recorded, and the engine finds it in the ledger.

use super::form::{SingleForm, fault, faults};
use super::{kept, page};
use crate::app::{App, unguessable};
use crate::fault::Fault;
use crate::frame::Person;
use crate::notification;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use staffetta_desk::{SingleError, add_single};
use staffetta_domain::{Phrase, Rights};
use staffetta_words::say;

pub(super) async fn add(
    State(app): State<App>,
    person: Result<Person, Fault>,
    Form(mut form): Form<SingleForm>,
) -> Result<Response, Fault> {
    let person = match person {
        Ok(person) => person,
        Err(Fault::SignedOut(_)) => return kept::sign_in_first(&app, &form).await,
        Err(fault) => return Err(fault),
    };
    let mine = app.store().services(person.scope(), Rights::SINGLE).await?;
    let is_mine = |id| mine.iter().any(|service| service.id == id);
    if mine.is_empty() || form.service().is_some_and(|id| !is_mine(id)) {
        return Err(Fault::Forbidden);
    }
    if !form.has_token() {
        return Err(Fault::BadRequest);
    }
    let contents = form.contents();
    let added = add_single(app.store(), person.scope(), form.request(&contents), app.now()).await;
    let (faults, problem) = match added {
        Ok(recorded) => {
            app.store().end_single_draft(person.operator(), &form.form_token, app.now()).await?;
            let how = if recorded.repaired { "corretto" } else { "si" };
            let page = format!("{}?aggiunta={how}", notification::address(recorded.id));
            return Ok(Redirect::to(&page).into_response());
        }
        Err(SingleError::Fields(problems)) => (faults(&problems), None),
        Err(SingleError::NoService) => (fault("service", &Phrase::new("create-no-service")), None),
        Err(SingleError::ReferenceTaken) => {
            (fault("reference", &Phrase::new("single-reference-taken")), None)
        }
        Err(SingleError::FormUsed(id)) => {
            // Written after going back: what comes of it is another notification, if that is what they want.
            form.form_token = unguessable()?;
            (Default::default(), Some(say(&Phrase::new("single-form-used").with("id", id))))
        }
        Err(SingleError::Corrected(by)) => {
            let why = by.map_or_else(
                || Phrase::new("rewrite-too-late"),
                |id| Phrase::new("rewrite-done-already").with("id", id),
            );
            (Default::default(), Some(say(&why)))
        }
        Err(SingleError::Store(error)) => return Err(error.into()),
    };
    kept::keep(&app, person.operator(), &form).await?;
    let page = page::with(&app, &person, form, faults, problem).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

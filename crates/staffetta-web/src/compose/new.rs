//! *Nuovo flusso*: service, nature and description make a draft, which from then on saves itself.

use super::draft::{natures, services};
use super::form::{DraftForm, Faults, faults};
use super::{NEW, address};
use crate::app::App;
use crate::choice::Choice;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use crate::{saved_form, sign_in};
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_desk::{DraftError, create_draft};
use staffetta_domain::limits::DESCRIPTION_MAX;
use staffetta_domain::{OperatorId, Phrase};

#[derive(Template)]
#[template(path = "compose/new.html")]
struct Page {
    frame: Frame,
    form: DraftForm,
    faults: Faults,
    services: Vec<Choice>,
    natures: Vec<Choice>,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    /// The name of a form that was brought through the sign-in page.
    modulo: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let form = saved_form::find(&app, person.operator(), asked.modulo.as_deref()).await?;
    page(&app, &person, form, Faults::new()).await
}

/// What a person wrote before they had to sign in: the address of the page that shows it again.
pub(crate) async fn keep_brought(app: &App, operator: OperatorId, brought: &str) -> Result<String, Fault> {
    let Ok(form) = serde_json::from_str::<DraftForm>(brought) else { return Ok(NEW.to_owned()) };
    match saved_form::keep(app, operator, &form).await {
        Ok(name) => Ok(format!("{NEW}?modulo={name}")),
        // Longer than any form of a person: made by hand.
        Err(Fault::BadRequest) => Ok(NEW.to_owned()),
        Err(fault) => Err(fault),
    }
}

pub(super) async fn make(
    State(app): State<App>,
    person: Result<Person, Fault>,
    Form(form): Form<DraftForm>,
) -> Result<Response, Fault> {
    let person = match person {
        Err(Fault::SignedOut(_)) => return sign_in_first(&app, &form).await,
        other => other?,
    };
    let blank = form.blank();
    if !blank.is_empty() {
        return page(&app, &person, form, blank).await;
    }
    let contents = form.contents();
    let made = create_draft(app.store(), person.scope(), form.text(&contents), app.now()).await;
    match made {
        Ok(flow) => Ok(Redirect::to(&address(flow)).into_response()),
        Err(DraftError::Store(error)) => Err(error.into()),
        Err(error) => {
            let faults = faults([&error]);
            page(&app, &person, form, faults).await
        }
    }
}

/// The form of a person whose session is over goes with them through the sign-in page.
async fn sign_in_first(app: &App, form: &DraftForm) -> Result<Response, Fault> {
    let text = serde_json::to_string(form).map_err(|error| Fault::Internal(error.to_string()))?;
    sign_in::first(app, NEW, text, &Phrase::new("compose-session-over-new")).await
}

async fn page(app: &App, person: &Person, form: DraftForm, faults: Faults) -> Result<Response, Fault> {
    let services = services(app, person, &form.service).await?;
    if services.is_empty() {
        return Err(Fault::Forbidden);
    }
    let known = app.store().natures(person.scope().organization).await?;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Page {
        frame: Frame::of(app, person, Place::Flows).await?,
        services,
        natures: natures(known, &form.nature),
        form,
        faults,
    };
    Ok((status, frame::page(&page)?).into_response())
}

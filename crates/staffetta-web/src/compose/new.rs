//! *Nuovo flusso*: service, nature and description make a draft, which from then on saves itself.

use super::draft::{natures, services};
use super::form::{DraftForm, Faults, faults};
use super::{NEW, address};
use crate::app::App;
use crate::choice::Choice;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use staffetta_desk::{DraftError, create_draft};
use staffetta_domain::limits::DESCRIPTION_MAX;

#[derive(Template)]
#[template(path = "compose/new.html")]
struct Page {
    frame: Frame,
    form: DraftForm,
    faults: Faults,
    services: Vec<Choice>,
    natures: Vec<Choice>,
}

pub(super) async fn show(State(app): State<App>, person: Person) -> Result<Response, Fault> {
    page(&app, &person, DraftForm::default(), Faults::new()).await
}

pub(super) async fn make(
    State(app): State<App>,
    person: Person,
    Form(form): Form<DraftForm>,
) -> Result<Response, Fault> {
    let blank = form.blank();
    if !blank.is_empty() {
        return page(&app, &person, form, blank).await;
    }
    let made = create_draft(app.store(), person.scope(), form.text(), app.now()).await;
    match made {
        Ok(flow) => Ok(Redirect::to(&address(flow)).into_response()),
        Err(DraftError::Store(error)) => Err(error.into()),
        Err(error) => {
            let faults = faults([&error]);
            page(&app, &person, form, faults).await
        }
    }
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

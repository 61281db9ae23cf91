//! *Nuovo flusso*: service, nature and description make a draft, perhaps with a model's text, which from then on saves
//! itself.

use super::draft::{natures, services};
use super::form::{DraftForm, Faults, faults};
use super::model_choice::{ModelChoices, chosen};
use super::{NEW, address};
use crate::app::App;
use crate::choice::Choice;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use crate::models::ModelShown;
use crate::{saved_form, sign_in};
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_desk::{DraftError, Model, create_draft, create_draft_from};
use staffetta_domain::limits::DESCRIPTION_MAX;
use staffetta_domain::{FlowId, OperatorId, Phrase};
use staffetta_words::text;

#[derive(Template)]
#[template(path = "compose/new.html")]
struct Page {
    frame: Frame,
    form: DraftForm,
    faults: Faults,
    services: Vec<Choice>,
    natures: Vec<Choice>,
    models: ModelChoices,
    /// The model that is chosen.
    shown: Option<ModelShown>,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    /// The name of a form that was brought through the sign-in page.
    modulo: Option<String>,
}

/// The form as it is so far: a model that was just chosen gives its nature, and its name where none was written.
pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Asked>,
    Query(form): Query<DraftForm>,
) -> Result<Response, Fault> {
    if asked.modulo.is_some() {
        let form = saved_form::find(&app, person.operator(), asked.modulo.as_deref()).await?;
        return page(&app, &person, form, Faults::new()).await;
    }
    let form = match chosen(&app, &person, &form.model).await? {
        Some(model) => {
            let models = ModelChoices::of(&app, &person, &form.model).await?;
            form.with_model(&model, |name| models.have(name))
        }
        None => form,
    };
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
    let model = chosen(&app, &person, &form.model).await?;
    // Without a script nothing is filled in when the model is chosen.
    let form = match &model {
        Some(model) if form.nature.is_empty() => form.with_model(model, |_| false),
        _ => form,
    };
    let mut blank = form.blank();
    if model.is_none() && !form.model.is_empty() {
        blank.insert("model", text("compose-model-gone"));
    }
    if !blank.is_empty() {
        return page(&app, &person, form, blank).await;
    }
    match make_draft(&app, &person, &form, model.as_ref()).await {
        Ok(flow) => Ok(Redirect::to(&address(flow)).into_response()),
        Err(DraftError::Store(error)) => Err(error.into()),
        Err(error) => {
            let faults = faults([&error]);
            page(&app, &person, form, faults).await
        }
    }
}

async fn make_draft(
    app: &App,
    person: &Person,
    form: &DraftForm,
    model: Option<&Model>,
) -> Result<FlowId, DraftError> {
    let (store, scope, now) = (app.store(), person.scope(), app.now());
    let contents = form.contents();
    match model {
        Some(model) => create_draft_from(store, scope, form.text(&contents), model, now).await,
        None => create_draft(store, scope, form.text(&contents), now).await,
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
    let frame = Frame::of(app, person, Place::Flows).await?;
    let model = chosen(app, person, &form.model).await?;
    let page = Page {
        models: ModelChoices::of(app, person, &form.model).await?,
        shown: model.map(|model| ModelShown::of(&model, &frame.organization, app.now())),
        frame,
        services,
        natures: natures(known, &form.nature),
        form,
        faults,
    };
    Ok((status, frame::page(&page)?).into_response())
}

//! *Salva come modello*, from a flow.

use super::address;
use crate::address::{number, with};
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::flow::Found;
use crate::frame::{self, Frame, Person, Place};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_desk::{ModelKey, ModelNotSaved, save_model};
use staffetta_domain::limits::DESCRIPTION_MAX;
use staffetta_domain::{FlowId, Rights};
use staffetta_store::flows::FlowDetail;
use staffetta_words::say;

#[derive(Template)]
#[template(path = "models/save.html")]
struct Page {
    frame: Frame,
    flow: FlowDetail,
    name: String,
    fault: Option<String>,
    name_max: usize,
}

#[derive(Deserialize)]
pub(super) struct Named {
    name: String,
}

pub(super) async fn ask(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let found = Found::with_right(&app, &person, number(&id)?, Rights::COMPOSE).await?;
    let name = found.detail.summary.description.clone();
    page(&app, &person, found.detail, name, None).await
}

pub(super) async fn save(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Form(named): Form<Named>,
) -> Result<Response, Fault> {
    let flow: FlowId = number(&id)?;
    let found = Found::with_right(&app, &person, flow, Rights::COMPOSE).await?;
    match save_model(app.store(), person.scope(), flow, &named.name, app.now()).await {
        Ok(model) => {
            let to = with(&address(ModelKey::Own(model)), "fatto", "salvato");
            Ok(Redirect::to(&to).into_response())
        }
        Err(ModelNotSaved::Store(error)) => Err(error.into()),
        Err(error) => page(&app, &person, found.detail, named.name, Some(say(&error.phrase()))).await,
    }
}

async fn page(
    app: &App,
    person: &Person,
    flow: FlowDetail,
    name: String,
    fault: Option<String>,
) -> Result<Response, Fault> {
    let frame = Frame::of(app, person, Place::Flows).await?;
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page { frame, flow, name, fault, name_max: DESCRIPTION_MAX };
    Ok((status, frame::page(&page)?).into_response())
}

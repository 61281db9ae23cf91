//! A model of the ente gets another name, or goes: for who saved it, and for the administrators.

use super::page::page;
use super::{LIST, address, find};
use crate::address::with;
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_desk::{Model, ModelKey, ModelNotSaved, rename_model};
use staffetta_domain::ModelId;
use staffetta_words::say;

#[derive(Template)]
#[template(path = "models/delete.html")]
struct Confirm {
    frame: Frame,
    model: Model,
}

#[derive(Deserialize)]
pub(super) struct Renamed {
    name: String,
}

/// The model, if the person may change it.
async fn changeable(app: &App, person: &Person, key: &str) -> Result<(Model, ModelId), Fault> {
    let model = find(app, person, key).await?;
    match model.key {
        ModelKey::Own(id) if model.may_change => Ok((model, id)),
        _ => Err(Fault::Forbidden),
    }
}

pub(super) async fn rename(
    State(app): State<App>,
    person: Person,
    Path(key): Path<String>,
    Form(renamed): Form<Renamed>,
) -> Result<Response, Fault> {
    let (model, id) = changeable(&app, &person, &key).await?;
    match rename_model(app.store(), person.scope(), id, &renamed.name, app.now()).await {
        Ok(_) => Ok(Redirect::to(&with(&address(model.key), "fatto", "rinominato")).into_response()),
        Err(ModelNotSaved::Store(error)) => Err(error.into()),
        Err(error) => {
            let typed = (renamed.name, say(&error.phrase()));
            page(&app, &person, model, None, Some(typed)).await
        }
    }
}

pub(super) async fn ask_delete(
    State(app): State<App>,
    person: Person,
    Path(key): Path<String>,
) -> Result<Html<String>, Fault> {
    let (model, _) = changeable(&app, &person, &key).await?;
    frame::page(&Confirm { frame: Frame::of(&app, &person, Place::Models).await?, model })
}

pub(super) async fn delete(
    State(app): State<App>,
    person: Person,
    Path(key): Path<String>,
) -> Result<Redirect, Fault> {
    let (_, id) = changeable(&app, &person, &key).await?;
    if !app.store().delete_model(person.scope(), id, app.now()).await? {
        return Err(Fault::NotFound);
    }
    Ok(Redirect::to(&with(LIST, "fatto", "eliminato")))
}

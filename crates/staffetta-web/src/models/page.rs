//! One model: what it says, what its file must have, what can be done with it.

use super::shown::ModelShown;
use super::{Asked, LIST, find, may_compose};
use crate::app::App;
use crate::compose::NEW;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use staffetta_desk::Model;
use staffetta_domain::limits::DESCRIPTION_MAX;

#[derive(Template)]
#[template(path = "models/page.html")]
struct Page {
    frame: Frame,
    done: Option<String>,
    model: Model,
    nature: String,
    shown: ModelShown,
    may_compose: bool,
    /// The new name, as it was typed.
    name: String,
    fault: Option<String>,
    name_max: usize,
}

pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    Path(key): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let model = find(&app, &person, &key).await?;
    page(&app, &person, model, asked.fatto.map(super::Done::words), None).await
}

/// The page of a model; `typed` is a new name that cannot be taken, and why.
pub(super) async fn page(
    app: &App,
    person: &Person,
    model: Model,
    done: Option<String>,
    typed: Option<(String, String)>,
) -> Result<Response, Fault> {
    let frame = Frame::of(app, person, Place::Models).await?;
    let natures = app.store().natures(person.scope().organization).await?;
    let nature = natures.into_iter().find(|one| one.nature.code == model.nature);
    let status = if typed.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (name, fault) = match typed {
        Some((name, fault)) => (name, Some(fault)),
        None => (model.name.clone(), None),
    };
    let page = Page {
        shown: ModelShown::of(&model, &frame.organization, app.now()),
        frame,
        done,
        nature: nature.map(|one| one.nature.name).unwrap_or_default(),
        may_compose: may_compose(app, person).await?,
        name,
        fault,
        name_max: DESCRIPTION_MAX,
        model,
    };
    Ok((status, frame::page(&page)?).into_response())
}

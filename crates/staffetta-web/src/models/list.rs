//! The list of models.

use super::{Asked, LIST, may_compose};
use crate::app::App;
use crate::compose::NEW;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use staffetta_desk::{Model, own_models, shared_models};
use staffetta_store::models::OwnModelLine;

#[derive(Template)]
#[template(path = "models/list.html")]
struct Page {
    frame: Frame,
    done: Option<String>,
    may_compose: bool,
    own: Vec<OwnModelLine>,
    shared: &'static [Model],
}

pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    frame::page(&Page {
        frame: Frame::of(&app, &person, Place::Models).await?,
        done: asked.fatto.map(super::Done::words),
        may_compose: may_compose(&app, &person).await?,
        own: own_models(app.store(), person.scope()).await?,
        shared: shared_models(),
    })
}

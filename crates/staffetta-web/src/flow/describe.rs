//! Nature and description, which stay editable for the whole life of a flow.

use super::page::{self, Typed};
use super::{Found, address};
use crate::address::number;
use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_domain::limits::DESCRIPTION_MAX;
use staffetta_domain::{FlowId, NatureId, Phrase, Rights};
use staffetta_words::say;

#[derive(Deserialize)]
pub(super) struct Described {
    nature: String,
    description: String,
}

pub(super) async fn save(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Form(described): Form<Described>,
) -> Result<Response, Fault> {
    let flow: FlowId = number(&id)?;
    let found = Found::with_right(&app, &person, flow, Rights::COMPOSE).await?;
    let nature: NatureId = described.nature.parse().map_err(|_| Fault::BadRequest)?;
    let description = described.description.trim();
    if description.is_empty() || description.chars().count() > DESCRIPTION_MAX {
        let fault = say(&Phrase::new("flow-bad-description").with("max", DESCRIPTION_MAX));
        let typed = Typed { nature: described.nature, description: described.description, fault };
        return page::with_fault(&app, &person, found, typed).await;
    }
    let known = &found.detail.summary;
    let is_new = known.nature != nature || known.description != description;
    if is_new && !app.store().describe_flow(person.scope(), flow, nature, description, app.now()).await? {
        return page::not_now(&app, &person, flow, &Phrase::new("flow-not-described")).await;
    }
    Ok(Redirect::to(&address(flow)).into_response())
}

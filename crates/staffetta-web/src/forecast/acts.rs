//! Asking for a forecast, and stopping it.

use super::address;
use crate::address::number;
use crate::app::App;
use crate::fault::Fault;
use crate::flow::{self, Found};
use crate::frame::Person;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use staffetta_domain::{FlowId, Phrase, Rights};
use staffetta_store::ledger::Switched;

pub(super) async fn ask(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let id: FlowId = number(&id)?;
    Found::with_right(&app, &person, id, Rights::COMPOSE).await?;
    let asked = app.store().ask_forecast(person.scope(), id, app.now()).await?;
    let goes_on = app.store().forecast(person.scope(), id).await?.is_some_and(|one| one.ended_at.is_none());
    if asked == Switched::Done || goes_on {
        return Ok(Redirect::to(&address(id)).into_response());
    }
    flow::not_now(&app, &person, id, &Phrase::new("forecast-not-asked")).await
}

/// One that is over already is stopped.
pub(super) async fn stop(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let id: FlowId = number(&id)?;
    Found::with_right(&app, &person, id, Rights::COMPOSE).await?;
    app.store().stop_forecast(person.scope(), id, app.now()).await?;
    Ok(Redirect::to(&address(id)).into_response())
}

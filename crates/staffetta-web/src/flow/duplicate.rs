//! *Duplica*: a new flow with the texts of this one.

use super::{Found, page};
use crate::address::number;
use crate::app::App;
use crate::compose;
use crate::fault::Fault;
use crate::frame::Person;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use staffetta_desk::{DraftError, duplicate_flow};
use staffetta_domain::{FlowId, Rights};

pub(super) async fn duplicate(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let flow: FlowId = number(&id)?;
    Found::with_right(&app, &person, flow, Rights::COMPOSE).await?;
    match duplicate_flow(app.store(), person.scope(), flow, app.now()).await {
        Ok(copy) => Ok(Redirect::to(&compose::address(copy)).into_response()),
        Err(DraftError::Store(error)) => Err(error.into()),
        // Its service is disabled: nothing new is prepared for it.
        Err(error) => page::not_now(&app, &person, flow, &error.phrase()).await,
    }
}

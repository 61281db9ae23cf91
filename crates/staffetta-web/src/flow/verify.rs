//! *Verifica stato*: IO is asked now for the final outcomes that it has not told yet.

use super::done::Done;
use super::{Found, page};
use crate::address::number;
use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use staffetta_domain::{FlowId, Phrase, Rights};

pub(super) async fn verify(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let flow: FlowId = number(&id)?;
    Found::with_right(&app, &person, flow, Rights::SEND).await?;
    let asked = app.store().verify_flow(person.scope(), flow, app.now()).await?;
    match i64::try_from(asked) {
        Ok(count @ 1..) => Ok(Redirect::to(&Done::Verified.address(flow, count)).into_response()),
        _ => page::not_now(&app, &person, flow, &Phrase::new("flow-nothing-to-verify")).await,
    }
}

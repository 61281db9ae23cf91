//! The sending: the test is recorded, and the engine finds it in the ledger.

use super::{find, page};
use crate::app::{App, is_form_token};
use crate::fault::Fault;
use crate::frame::Person;
use crate::notification;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use staffetta_desk::{NotTested, TestRequest, send_test};

#[derive(Deserialize)]
pub(super) struct Confirmed {
    posizione: i64,
    seen: String,
    form_token: String,
    /// Ticked: the payment notice goes along.
    with_payment: Option<String>,
}

pub(super) async fn send(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Form(confirmed): Form<Confirmed>,
) -> Result<Response, Fault> {
    let flow = find(&app, &person, &id).await?;
    if !is_form_token(&confirmed.form_token) {
        return Err(Fault::BadRequest);
    }
    let request = TestRequest {
        flow: flow.summary.id,
        position: confirmed.posizione,
        seen: &confirmed.seen,
        with_payment: confirmed.with_payment.is_some(),
        form_token: &confirmed.form_token,
    };
    match send_test(app.store(), person.scope(), person.operator(), request, app.now()).await {
        Ok(id) => Ok(Redirect::to(&format!("{}?aggiunta=prova", notification::address(id))).into_response()),
        Err(NotTested::NoFlow) => Err(Fault::NotFound),
        Err(NotTested::Store(error)) => Err(error.into()),
        Err(why) => page::with(&app, &person, &flow, confirmed.posizione, Some(&why)).await,
    }
}

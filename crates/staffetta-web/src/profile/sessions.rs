//! The operator ends their sessions on other browsers.

use super::PROFILE;
use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use crate::sign_in::token_of;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Redirect;

pub(super) async fn end_others(
    State(app): State<App>,
    person: Person,
    headers: HeaderMap,
) -> Result<Redirect, Fault> {
    let token = token_of(&headers).ok_or(Fault::SessionOver)?;
    app.store().end_other_sessions(person.operator(), token.as_bytes()).await?;
    Ok(Redirect::to(&format!("{PROFILE}?fatto=sessioni")))
}

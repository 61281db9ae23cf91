//! *Verifica stato*: IO is asked now for the final outcome.

use super::done::Done;
use super::{may_act, page};
use crate::address::number;
use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use staffetta_domain::{NotificationId, Phrase};

pub(super) async fn verify(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let id: NotificationId = number(&id)?;
    let (store, scope) = (app.store(), person.scope());
    let detail = store.find_notification(scope, id).await?.ok_or(Fault::NotFound)?;
    if !may_act(&app, scope, &detail).await? {
        return Err(Fault::Forbidden);
    }
    // One that is being asked for already needs no second asking, and its page follows it.
    let is_asked = detail.next_check_at.is_some_and(|at| at <= app.now());
    if is_asked || store.verify_notification(scope, id, app.now()).await? {
        return Ok(Redirect::to(&Done::Verified.address(id)).into_response());
    }
    page::not_now(&app, &person, id, &Phrase::new("notification-nothing-to-verify")).await
}

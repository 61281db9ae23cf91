//! *Nuovo*: a single notification, which leaves as soon as it is added.

mod add;
mod form;
mod kept;
mod page;
mod preview;
mod rewrite;

pub(crate) use kept::keep_brought;
pub(crate) use rewrite::can_be_rewritten;

use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use axum::Router;
use axum::routing::{get, post};
use staffetta_domain::Rights;
use staffetta_store::services::Service;

/// The form of a new one.
pub(crate) const NEW: &str = "/notifiche/nuova";
const PREVIEW: &str = "/notifiche/anteprima";
const KEEP: &str = "/notifiche/nuova/bozza";
const GIVE_UP: &str = "/notifiche/nuova/scarta";

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(NEW, get(page::show).post(add::add))
        .route(PREVIEW, post(preview::show))
        .route(KEEP, post(kept::save))
        .route(GIVE_UP, post(kept::give_up))
        .route("/notifiche/{id}/riscrivi", post(rewrite::begin))
}

/// Whether the person may write single notifications with some service.
pub(crate) async fn may_write(app: &App, person: &Person) -> Result<bool, Fault> {
    Ok(!services(app, person).await?.is_empty())
}

/// The services with which the person may.
async fn services(app: &App, person: &Person) -> Result<Vec<Service>, Fault> {
    let mut services = app.store().services(person.scope(), Rights::SINGLE).await?;
    services.retain(|service| service.enabled);
    Ok(services)
}

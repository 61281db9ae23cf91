//! *Nuovo*: a single notification, which leaves as soon as it is added.

mod add;
mod form;
mod page;
mod preview;

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

pub(crate) fn routes() -> Router<App> {
    Router::new().route(NEW, get(page::show).post(add::add)).route(PREVIEW, post(preview::show))
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

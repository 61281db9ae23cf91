//! *Gestione servizi*, for administrators: the services of the ente, their keys, their pauses.

mod edit;
mod form;
mod history;
mod list;
mod resume;
mod trial;

use crate::app::App;
use crate::fault::Fault;
use crate::frame::{Admin, Person};
use axum::Router;
use axum::routing::{get, post};
use serde::Deserialize;
use staffetta_domain::ServiceId;
use staffetta_store::services::Service;

const LIST: &str = "/servizi";
const NEW: &str = "/servizi/nuovo";

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(LIST, get(list::show))
        .route(NEW, get(edit::blank).post(edit::add))
        .route("/servizi/{service}", get(edit::show).post(edit::save))
        .route("/servizi/{service}/riattiva", post(resume::resume))
        .route("/servizi/{service}/prova", post(trial::try_key))
}

/// What was just done, as an address tells it: never more than one of our own words.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Done {
    Aggiunto,
    Salvato,
    Niente,
    Riattivato,
    Attivo,
    Provata,
}

#[derive(Deserialize)]
struct Asked {
    fatto: Option<Done>,
}

/// The address of a service.
fn address(id: ServiceId) -> String {
    format!("{LIST}/{id}")
}

/// Where a service's page tells what was just done.
fn told(id: ServiceId, done: &str) -> String {
    format!("{LIST}/{id}?fatto={done}")
}

async fn find(app: &App, person: &Person, service: &str) -> Result<Service, Fault> {
    let id: ServiceId = service.parse().map_err(|_| Fault::NotFound)?;
    app.store().service(person.scope(), id).await?.ok_or(Fault::NotFound)
}

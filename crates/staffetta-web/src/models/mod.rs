//! *Modelli*: texts to begin a flow with, the ente's own and the shared ones. Their use is in *Nuovo flusso*.

mod change;
mod example;
mod list;
mod page;
mod save;
mod shown;

pub(crate) use shown::ModelShown;

use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use axum::Router;
use axum::routing::{get, post};
use serde::Deserialize;
use staffetta_desk::{Model, ModelKey, find_model};
use staffetta_domain::Rights;
use staffetta_store::StoreError;

pub(crate) const LIST: &str = "/modelli";

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(LIST, get(list::show))
        .route("/modelli/{key}", get(page::show))
        .route("/modelli/{key}/esempio", get(example::give))
        .route("/modelli/{key}/nome", post(change::rename))
        .route("/modelli/{key}/elimina", get(change::ask_delete).post(change::delete))
        .route("/flussi/{id}/modello", get(save::ask).post(save::save))
}

/// What was just done, as an address tells it.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Done {
    Salvato,
    Rinominato,
    Eliminato,
}

impl Done {
    fn words(self) -> String {
        staffetta_words::text(match self {
            Self::Salvato => "model-saved",
            Self::Rinominato => "model-renamed",
            Self::Eliminato => "model-deleted",
        })
    }
}

#[derive(Deserialize)]
struct Asked {
    fatto: Option<Done>,
}

/// The address of a model.
fn address(key: ModelKey) -> String {
    format!("{LIST}/{key}")
}

/// The model of an address.
async fn find(app: &App, person: &Person, key: &str) -> Result<Model, Fault> {
    let key: ModelKey = key.parse().map_err(|_| Fault::NotFound)?;
    find_model(app.store(), person.scope(), key).await?.ok_or(Fault::NotFound)
}

/// Whether the person composes for some service.
async fn may_compose(app: &App, person: &Person) -> Result<bool, StoreError> {
    let services = app.store().services(person.scope(), Rights::COMPOSE).await?;
    Ok(services.iter().any(|service| service.enabled))
}

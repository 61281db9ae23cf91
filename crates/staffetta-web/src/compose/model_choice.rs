//! *Parti da un modello*: the models that a new flow can begin with, and the one that is chosen.

use crate::app::App;
use crate::choice::Choice;
use crate::fault::Fault;
use crate::frame::Person;
use staffetta_desk::{Model, ModelKey, find_model, own_models, shared_models};

/// The models to choose from.
pub(super) struct ModelChoices {
    pub(super) own: Vec<Choice>,
    pub(super) shared: Vec<Choice>,
}

impl ModelChoices {
    pub(super) async fn of(app: &App, person: &Person, chosen: &str) -> Result<Self, Fault> {
        let own = own_models(app.store(), person.scope()).await?;
        let shared = shared_models().iter();
        Ok(Self {
            own: own.into_iter().map(|one| Choice::new(one.id, one.name, chosen)).collect(),
            shared: shared.map(|one| Choice::new(one.key, one.name.clone(), chosen)).collect(),
        })
    }

    /// Whether a model has this name.
    pub(super) fn have(&self, name: &str) -> bool {
        self.own.iter().chain(&self.shared).any(|one| one.name == name)
    }
}

/// The model that a form names, if it is there.
pub(super) async fn chosen(app: &App, person: &Person, key: &str) -> Result<Option<Model>, Fault> {
    match key.parse::<ModelKey>() {
        Ok(key) => Ok(find_model(app.store(), person.scope(), key).await?),
        Err(_) => Ok(None),
    }
}

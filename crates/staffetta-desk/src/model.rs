//! Models: texts to begin a flow with, the shared ones and the ente's own. Both are shown and used alike.
//!
//! Nobody's data stand in a model: its columns have names and meanings, and the rows of its example are invented.

use crate::shared_models::{shared, shared_named};
use staffetta_domain::{Columns, Meaning, ModelId, UnixMillis};
use staffetta_store::models::{OwnModel, OwnModelLine};
use staffetta_store::{Scope, Store, StoreError};
use std::fmt;
use std::str::FromStr;

/// Own models that are listed.
const LISTED: usize = 1_000;

/// Which model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelKey {
    /// One of the ente.
    Own(ModelId),
    /// One that comes with the program, by its word.
    Shared(&'static str),
}

impl fmt::Display for ModelKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own(id) => id.fmt(out),
            Self::Shared(word) => out.write_str(word),
        }
    }
}

/// There is no such model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such model")]
pub struct NoSuchModel;

impl FromStr for ModelKey {
    type Err = NoSuchModel;

    fn from_str(text: &str) -> Result<Self, NoSuchModel> {
        if let Ok(id) = text.parse() {
            return Ok(Self::Own(id));
        }
        shared().iter().find(|model| model.key.is(text)).map(|model| model.key).ok_or(NoSuchModel)
    }
}

impl ModelKey {
    fn is(self, word: &str) -> bool {
        matches!(self, Self::Shared(own) if own == word)
    }
}

/// A model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// Which one it is.
    pub key: ModelKey,
    /// Its name.
    pub name: String,
    /// What it is for; own models say it by their name alone.
    pub purpose: Option<String>,
    /// Word of its nature.
    pub nature: String,
    /// *Oggetto*, with placeholders.
    pub subject: String,
    /// *Contenuto*, with placeholders.
    pub markdown: String,
    /// The columns that its file has.
    pub columns: Vec<ModelColumn>,
    /// A person said what the columns mean; otherwise their names say it.
    pub is_meaning_chosen: bool,
    /// No notice can be paid after its due date.
    pub invalid_after_due_date: bool,
    /// Who made it and when; nobody here where it is shared.
    pub made: Option<(String, UnixMillis)>,
    /// Whether this person may rename and delete it.
    pub may_change: bool,
}

/// A column of a model's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelColumn {
    /// Its name.
    pub name: String,
    /// What Staffetta reads in it.
    pub meaning: Option<Meaning>,
    /// What is to be written in it.
    pub about: Option<String>,
    /// What its example holds; where nothing is said, what name and meaning suggest.
    pub examples: Option<Examples>,
}

/// The cells of an example's column.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(untagged)]
pub enum Examples {
    /// As they are.
    Texts([String; 3]),
    /// Dates.
    Days {
        /// So many days from today.
        days: [i16; 3],
    },
}

impl Model {
    /// Its columns with what they mean.
    #[must_use]
    pub fn columns(&self) -> Columns {
        let names = self.columns.iter().map(|column| column.name.clone()).collect();
        Columns::from_ledger(names).meaning(Some(&self.meanings()))
    }

    pub(crate) fn meanings(&self) -> Vec<Option<Meaning>> {
        self.columns.iter().map(|column| column.meaning).collect()
    }

    fn own(model: OwnModel) -> Self {
        let is_meaning_chosen = model.meanings.is_some();
        let columns = Columns::from_ledger(model.columns).meaning(model.meanings.as_deref());
        Self {
            key: ModelKey::Own(model.line.id),
            name: model.line.name,
            purpose: None,
            nature: model.nature,
            subject: model.line.subject,
            markdown: model.markdown,
            columns: with_meanings(&columns),
            is_meaning_chosen,
            invalid_after_due_date: model.invalid_after_due_date,
            made: Some((model.line.created_by, model.line.created_at)),
            may_change: model.may_change,
        }
    }
}

/// Columns of which nothing but name and meaning is known.
pub(crate) fn with_meanings(columns: &Columns) -> Vec<ModelColumn> {
    let column =
        |name: &str, meaning| ModelColumn { name: name.to_owned(), meaning, about: None, examples: None };
    columns.iter().map(|one| column(&one.name, one.meaning)).collect()
}

/// The models that come with the program, by name.
#[must_use]
pub fn shared_models() -> &'static [Model] {
    shared()
}

/// The ente's own models that the person may use, by name.
///
/// # Errors
/// The ledger.
pub async fn own_models(store: &Store, scope: &Scope) -> Result<Vec<OwnModelLine>, StoreError> {
    store.models(scope, LISTED).await
}

/// A model; `None` if it is not there, or not this person's to use.
///
/// # Errors
/// The ledger.
pub async fn find_model(store: &Store, scope: &Scope, key: ModelKey) -> Result<Option<Model>, StoreError> {
    Ok(match key {
        ModelKey::Own(id) => store.find_model(scope, id).await?.map(Model::own),
        ModelKey::Shared(word) => shared().iter().find(|model| model.key.is(word)).cloned(),
    })
}

/// The model with this name, word or number; of an own and a shared one with the same name the own one.
///
/// # Errors
/// The ledger.
pub async fn model_named(store: &Store, scope: &Scope, name: &str) -> Result<Option<Model>, StoreError> {
    let own = store.model_by_name(scope, name).await?.map(Model::own);
    match (own.or_else(|| shared_named(name).cloned()), name.parse()) {
        (None, Ok(key)) => find_model(store, scope, key).await,
        (found, _) => Ok(found),
    }
}

//! *Salva come modello*, and another name for a model.

use crate::copied::Copied;
use crate::draft_text::name_of;
use crate::needed_columns::needed_columns;
use staffetta_domain::limits::DESCRIPTION_MAX;
use staffetta_domain::{FlowId, ModelId, Phrase, UnixMillis};
use staffetta_store::draft_files::Meanings;
use staffetta_store::flows::FlowDetail;
use staffetta_store::models::{ModelSaved, NewModel};
use staffetta_store::{Scope, Store, StoreError};

/// Why a model was not saved. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ModelNotSaved {
    /// The flow or the model is not there, or not this person's to take or to change.
    #[error("no such flow or model, or not this person's")]
    NotTheirs,
    /// The name is missing or too long.
    #[error("the name is empty or too long")]
    Name,
    /// Another model of the ente has the name.
    #[error("the name is taken")]
    NameTaken,
    /// The flow has no text yet.
    #[error("the flow has no text")]
    NoText,
    /// The ledger.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ModelNotSaved {
    /// What happened, and what to do.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::NotTheirs => Phrase::new("model-not-theirs"),
            Self::Name => Phrase::new("model-bad-name").with("max", DESCRIPTION_MAX),
            Self::NameTaken => Phrase::new("model-name-taken"),
            Self::NoText => Phrase::new("model-no-text"),
            Self::Store(_) => Phrase::new("draft-fault"),
        }
    }
}

/// Keeps what a flow says, and the columns of its file without its people, as a model of the ente.
///
/// # Errors
/// See [`ModelNotSaved`].
pub async fn save_model(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    name: &str,
    now: UnixMillis,
) -> Result<ModelId, ModelNotSaved> {
    let name = name_of(name).ok_or(ModelNotSaved::Name)?;
    let found = store.find_flow(scope, flow).await?.ok_or(ModelNotSaved::NotTheirs)?;
    let copied = Copied::of(&found);
    if copied.markdown.trim().is_empty() {
        return Err(ModelNotSaved::NoText);
    }
    let (columns, meanings) = columns(store, scope, &found).await?;
    let model = NewModel {
        name,
        nature: copied.nature,
        subject: copied.subject,
        markdown: copied.markdown,
        columns,
        meanings,
        invalid_after_due_date: copied.invalid_after_due_date,
    };
    saved(store.save_model(scope, flow, &model, now).await?)
}

/// Gives a model another name.
///
/// # Errors
/// See [`ModelNotSaved`].
pub async fn rename_model(
    store: &Store,
    scope: &Scope,
    model: ModelId,
    name: &str,
    now: UnixMillis,
) -> Result<ModelId, ModelNotSaved> {
    let name = name_of(name).ok_or(ModelNotSaved::Name)?;
    saved(store.rename_model(scope, model, &name, now).await?)
}

const fn saved(saved: ModelSaved) -> Result<ModelId, ModelNotSaved> {
    match saved {
        ModelSaved::Saved(id) => Ok(id),
        ModelSaved::NameTaken => Err(ModelNotSaved::NameTaken),
        ModelSaved::NotTheirs => Err(ModelNotSaved::NotTheirs),
    }
}

/// The columns of the flow's file, or of the list that it became; of a flow without one, what its text needs.
async fn columns(
    store: &Store,
    scope: &Scope,
    flow: &FlowDetail,
) -> Result<(Vec<String>, Meanings), StoreError> {
    if let Some(file) = store.draft_file(scope, flow.summary.id).await? {
        return Ok((file.columns, file.meanings));
    }
    if let Some(list) = &flow.list {
        return Ok((list.columns.clone(), list.meanings.clone()));
    }
    let needed = needed_columns(&flow.subject, &flow.markdown, flow.payment);
    Ok((needed.names().map(str::to_owned).collect(), None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_words() {
        use ModelNotSaved as N;
        for reason in [N::NotTheirs, N::Name, N::NameTaken, N::NoText, N::Store(StoreError::DiskFull)] {
            let words = staffetta_words::say(&reason.phrase());
            assert!(words.len() > 20 && !words.contains(['[', '{']), "{reason:?}: {words}");
        }
    }
}

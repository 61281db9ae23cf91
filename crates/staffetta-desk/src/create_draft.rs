//! A draft is made: from then on it saves itself.

use crate::draft_error::DraftError;
use crate::draft_text::DraftText;
use crate::how_to_read::columns_hash;
use crate::model::Model;
use staffetta_domain::{FlowId, UnixMillis};
use staffetta_store::models::Start;
use staffetta_store::{Scope, Store};

/// Makes a flow, *Inattivo*, that has no list yet and may have no texts.
///
/// # Errors
/// See [`DraftError`]; then nothing was made.
pub async fn create_draft(
    store: &Store,
    scope: &Scope,
    text: DraftText<'_>,
    now: UnixMillis,
) -> Result<FlowId, DraftError> {
    make(store, scope, text, Start::default(), now).await
}

/// Makes a flow with a model's texts in the place of its own; a file with the model's columns is read as they mean.
///
/// # Errors
/// See [`DraftError`]; then nothing was made.
pub async fn create_draft_from(
    store: &Store,
    scope: &Scope,
    text: DraftText<'_>,
    model: &Model,
    now: UnixMillis,
) -> Result<FlowId, DraftError> {
    let names: Vec<String> = model.columns.iter().map(|column| column.name.clone()).collect();
    let (hash, meanings) = (columns_hash(&names), model.meanings());
    let start = Start {
        columns: model.is_meaning_chosen.then_some((&hash[..], &meanings[..])),
        invalid_after_due_date: model.invalid_after_due_date,
    };
    let text = DraftText { subject: &model.subject, markdown: &model.markdown, ..text };
    make(store, scope, text, start, now).await
}

async fn make(
    store: &Store,
    scope: &Scope,
    text: DraftText<'_>,
    start: Start<'_>,
    now: UnixMillis,
) -> Result<FlowId, DraftError> {
    let nature = text.nature(store, scope).await?;
    let new = text.new_flow(nature)?;
    if let Some(flow) = store.create_draft_from(scope, &new, start, now).await? {
        return Ok(flow);
    }
    match &new.reference {
        Some(reference) if text.service_is_good(store, scope).await? => {
            let taken = store.flow_by_reference(scope, reference).await?;
            Err(DraftError::ReferenceTaken(taken.map(|(flow, _)| flow)))
        }
        _ => Err(DraftError::NoService),
    }
}

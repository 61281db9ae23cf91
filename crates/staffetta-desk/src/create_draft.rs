//! A draft is made: from then on it saves itself.

use crate::draft_error::DraftError;
use crate::draft_text::DraftText;
use staffetta_domain::{FlowId, UnixMillis};
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
    let nature = text.nature(store, scope).await?;
    let new = text.new_flow(nature)?;
    if let Some(flow) = store.create_draft(scope, &new, now).await? {
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

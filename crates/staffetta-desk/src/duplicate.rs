//! *Duplica*: another flow with the service, nature and texts of one, and without its people.

use crate::copied::Copied;
use crate::draft_error::DraftError;
use staffetta_domain::limits::DESCRIPTION_MAX;
use staffetta_domain::{FlowId, Phrase, UnixMillis};
use staffetta_store::flows::NewFlow;
use staffetta_store::models::Start;
use staffetta_store::{Scope, Store};
use staffetta_words::say;

/// Makes it, *Inattivo*; its description says of which flow it is a copy.
///
/// # Errors
/// See [`DraftError`]; then nothing was made.
pub async fn duplicate_flow(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    now: UnixMillis,
) -> Result<FlowId, DraftError> {
    let known = store.find_flow(scope, flow).await?.ok_or(DraftError::NoDraft)?;
    let copied = Copied::of(&known);
    let new = NewFlow {
        service: known.summary.service,
        nature: copied.nature,
        description: copy_of(&known.summary.description),
        reference: None,
        subject: copied.subject,
        markdown: copied.markdown,
    };
    let start = Start { columns: None, invalid_after_due_date: copied.invalid_after_due_date };
    store.create_draft_from(scope, &new, start, now).await?.ok_or(DraftError::NoService)
}

fn copy_of(description: &str) -> String {
    let copy = say(&Phrase::new("flow-copy-of").with("description", description));
    copy.chars().take(DESCRIPTION_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_says_so_and_is_not_too_long() {
        assert_eq!(copy_of("TARI 2026"), "Copia di TARI 2026");
        assert_eq!(copy_of(&"è".repeat(DESCRIPTION_MAX)).chars().count(), DESCRIPTION_MAX);
    }
}

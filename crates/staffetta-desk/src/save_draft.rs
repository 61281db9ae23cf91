//! A draft is saved, again and again while it is written.

use crate::draft_error::DraftError;
use crate::draft_text::{DraftText, kept};
use staffetta_domain::{FlowId, FlowState, Phrase};
use staffetta_store::flows::{DraftSaved, FlowText};
use staffetta_store::{Scope, Store};

/// What became of a saving.
#[derive(Debug)]
pub enum DraftSaving {
    /// The texts are saved.
    Saved {
        /// The version of the message now: what the next saving has seen.
        version: i64,
        /// Why the description or the reference stayed as it was: [`DraftError::Description`],
        /// [`DraftError::Reference`] or [`DraftError::ReferenceTaken`]. The rest is saved all the same.
        kept_back: Vec<DraftError>,
    },
    /// Nothing was saved: another window, or another person, changed the message after it was seen.
    Moved,
}

impl DraftSaving {
    /// What is to be said of it, if anything.
    #[must_use]
    pub fn phrases(&self) -> Vec<Phrase> {
        match self {
            Self::Saved { kept_back, .. } if kept_back.is_empty() => Vec::new(),
            Self::Saved { kept_back, .. } => {
                kept_back.iter().map(DraftError::phrase).chain([Phrase::new("draft-rest-saved")]).collect()
            }
            Self::Moved => vec![Phrase::new("draft-moved")],
        }
    }
}

/// Saves all that a person wrote. `seen` is the version that was being changed, from the page or from the
/// saving before; with `None` the last to save wins.
///
/// # Errors
/// See [`DraftError`]; then nothing was saved.
pub async fn save_draft(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    text: DraftText<'_>,
    seen: Option<i64>,
) -> Result<DraftSaving, DraftError> {
    let known = store.find_flow(scope, flow).await?;
    let known = known.filter(|known| known.summary.state == FlowState::Inactive);
    let known = known.ok_or(DraftError::NoDraft)?.summary;
    let nature = text.nature(store, scope).await?;
    let mut kept_back = Vec::new();
    let description = text.description().unwrap_or_else(|| {
        kept_back.push(DraftError::Description);
        known.description.clone()
    });
    let reference = text.reference().unwrap_or_else(|| {
        kept_back.push(DraftError::Reference);
        known.reference.clone()
    });
    let mut new = FlowText {
        service: text.service,
        nature,
        description,
        reference,
        subject: kept(text.subject),
        markdown: kept(text.markdown),
    };
    let mut saved = store.update_draft(scope, flow, &new, seen).await?;
    if saved == DraftSaved::ReferenceTaken {
        let taken = match &new.reference {
            Some(reference) => store.flow_by_reference(scope, reference).await?,
            None => None,
        };
        kept_back.push(DraftError::ReferenceTaken(taken.map(|(flow, _)| flow)));
        // What was written must not be lost for a name.
        new.reference = known.reference;
        saved = store.update_draft(scope, flow, &new, seen).await?;
    }
    match saved {
        DraftSaved::Saved { version } => Ok(DraftSaving::Saved { version, kept_back }),
        DraftSaved::Moved | DraftSaved::ReferenceTaken => Ok(DraftSaving::Moved),
        DraftSaved::NotDraft => Err(not_saved(store, scope, &text).await?),
    }
}

/// Whether it was the service that could not be had, or the flow.
async fn not_saved(store: &Store, scope: &Scope, text: &DraftText<'_>) -> Result<DraftError, DraftError> {
    let good = text.service_is_good(store, scope).await?;
    Ok(if good { DraftError::NoDraft } else { DraftError::NoService })
}

//! What of a flow another one, or a model, says again: all that a citizen reads, and nobody it was written to.

use staffetta_domain::NatureId;
use staffetta_store::flows::FlowDetail;

/// What is copied.
pub(crate) struct Copied {
    pub(crate) nature: NatureId,
    pub(crate) subject: String,
    /// With the buttons of the message, which stand in it.
    pub(crate) markdown: String,
    pub(crate) invalid_after_due_date: bool,
}

impl Copied {
    pub(crate) fn of(flow: &FlowDetail) -> Self {
        Self {
            nature: flow.summary.nature,
            subject: flow.subject.clone(),
            markdown: flow.markdown.clone(),
            invalid_after_due_date: flow.invalid_after_due_date,
        }
    }
}

//! States as a page shows them: their words, and the class that gives them a colour.

use staffetta_domain::{FlowState, NotificationState};
use staffetta_words::say;

/// A state on a page.
pub(crate) struct StateShown {
    /// Its code, in classes and forms.
    pub(crate) code: &'static str,
    pub(crate) words: String,
}

impl From<FlowState> for StateShown {
    fn from(state: FlowState) -> Self {
        Self { code: state.code(), words: say(&state.phrase()) }
    }
}

impl From<NotificationState> for StateShown {
    fn from(state: NotificationState) -> Self {
        Self { code: state.code(), words: say(&state.phrase()) }
    }
}

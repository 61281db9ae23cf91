//! Who did what, as pages tell it.

use staffetta_domain::{Phrase, UnixMillis};
use staffetta_store::events::{Event, MACHINE};
use staffetta_words::{say, text};

/// One thing that happened.
pub(crate) struct Happened {
    pub(crate) at: UnixMillis,
    /// Who did it; none where nobody did.
    pub(crate) who: Option<String>,
    pub(crate) what: String,
    pub(crate) detail: Option<String>,
}

impl Happened {
    /// Something that no person did.
    pub(crate) fn by_itself(at: UnixMillis, what: &Phrase) -> Self {
        Self { at, who: None, what: say(what), detail: None }
    }
}

impl From<Event> for Happened {
    fn from(event: Event) -> Self {
        let who = if event.actor == MACHINE { text("event-machine") } else { event.actor };
        // A kind has its words under its own name.
        let what = text(&format!("event-{}", event.kind));
        Self { at: event.at, who: Some(who), what, detail: event.detail }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_event_of_a_flow_has_its_words() {
        for kind in [
            "flow-created",
            "flow-described",
            "flow-activated",
            "flow-deactivated",
            "flow-sent",
            "flow-paused",
            "flow-resumed",
            "flow-taken-back",
            "flow-interrupted",
            "flow-deleted",
        ] {
            let words = text(&format!("event-{kind}"));
            assert!(!words.starts_with('['), "{words}");
        }
    }
}

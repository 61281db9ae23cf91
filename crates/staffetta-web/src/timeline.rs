//! Who did what, as pages tell it.

use staffetta_domain::time::italian_date_time;
use staffetta_domain::{Phrase, UnixMillis};
use staffetta_store::deeds::Deeds;
use staffetta_store::events::{Event, MACHINE};
use staffetta_words::{number, say, text};

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
        let detail = event.detail.map(|detail| match event.kind.as_str() {
            "flow-planned" => planned_words(detail),
            "flow-resent" => say(&Phrase::new("event-resent-count").with("count", detail)),
            "flow-parted" => say(&Phrase::new("event-parted-into").with("flows", detail)),
            "flow-renamed" | "flow-nature-changed" => say(&Phrase::new("event-now").with("value", detail)),
            "single-rewritten" | "single-corrects" | "flow-tested" => {
                say(&Phrase::new("event-notification").with("id", detail))
            }
            "flow-errata-made" | "flow-errata-of" => {
                say(&Phrase::new("event-errata-flow").with("flow", detail))
            }
            "flow-not-approved" => say(&Phrase::new("event-decided-why").with("why", detail)),
            "uncertain-resent" | "uncertain-considered-sent" => {
                decided_words(&detail, event.about.flow.is_some())
            }
            _ => detail,
        });
        Self { at: event.at, who: Some(who), what, detail }
    }
}

impl From<Deeds> for Happened {
    /// Many of one kind: told together, at the time of the last.
    fn from(deeds: Deeds) -> Self {
        let who = if deeds.actor == MACHINE { text("event-machine") } else { deeds.actor };
        let detail = (deeds.count > 1).then(|| {
            let times = Phrase::new("event-times").with("count", number(deeds.count));
            say(&times.with("since", italian_date_time(deeds.first_at)))
        });
        Self { at: deeds.last_at, who: Some(who), what: text(&format!("event-{}", deeds.kind)), detail }
    }
}

/// A planned time is kept in milliseconds.
fn planned_words(detail: String) -> String {
    let at = detail.parse().map(UnixMillis).map_or(detail, italian_date_time);
    say(&Phrase::new("event-planned-at").with("at", at))
}

/// A person's reason, after the number of notifications where all of a flow were decided on.
fn decided_words(detail: &str, of_flow: bool) -> String {
    let many = detail.split_once(" · ").filter(|_| of_flow);
    say(&match many {
        Some((count, why)) => Phrase::new("event-decided-many").with("count", count).with("why", why),
        None => Phrase::new("event-decided-why").with("why", detail),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_are_told_in_words() {
        assert_eq!(planned_words("1795000000000".to_owned()), "per il 18/11/2026 12:06");
        assert_eq!(decided_words("mancava la rete", false), "perché: mancava la rete");
        assert_eq!(decided_words("1 · era spenta", false), "perché: 1 · era spenta");
        assert_eq!(decided_words("3 · rete · spenta", true), "3 notifiche, perché: rete · spenta");
    }

    #[test]
    fn every_kind_of_event_of_a_flow_has_its_words() {
        for kind in [
            "flow-created",
            "flow-described",
            "flow-renamed",
            "flow-nature-changed",
            "flow-activated",
            "flow-deactivated",
            "flow-sent",
            "flow-paused",
            "flow-resumed",
            "flow-taken-back",
            "flow-interrupted",
            "flow-deleted",
            "flow-tested",
            "flow-planned",
            "flow-unplanned",
            "flow-begun-as-planned",
            "flow-start-missed",
            "flow-pilot-sent",
            "flow-pilot-over",
            "uncertain-resent",
            "taken-twice",
            "uncertain-considered-sent",
            "flow-forecast-asked",
            "row-corrected",
            "row-resent",
            "flow-resent",
            "flow-approved",
            "single-rewritten",
            "single-corrects",
            "flow-not-approved",
            "flow-errata-made",
            "flow-errata-of",
            "list-cell-fixed",
        ] {
            let words = text(&format!("event-{kind}"));
            assert!(!words.starts_with('['), "{words}");
        }
    }
}

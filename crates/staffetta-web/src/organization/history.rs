//! What was done to the ente, in words: who changed what, and when.

use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use crate::money::euro;
use staffetta_domain::{Phrase, Quota, SendingHours, UnixMillis};
use staffetta_store::events::{Event, MACHINE};
use staffetta_words::{say, text};

/// Events shown.
const SHOWN: usize = 30;

/// A line of the history.
pub(super) struct Entry {
    pub(super) at: UnixMillis,
    pub(super) actor: String,
    pub(super) what: String,
}

/// The newest first.
pub(super) async fn of(app: &App, person: &Person) -> Result<Vec<Entry>, Fault> {
    let events = app.store().events_of_organization(person.scope(), SHOWN).await?;
    Ok(events.into_iter().map(entry).collect())
}

fn entry(event: Event) -> Entry {
    let what = say(&what(&event.kind, event.detail.as_deref().unwrap_or_default()));
    let actor = if event.actor == MACHINE { text("event-machine") } else { event.actor };
    Entry { at: event.at, actor, what }
}

fn what(kind: &str, detail: &str) -> Phrase {
    match kind {
        "organization-renamed" => Phrase::new("settings-event-renamed").with("name", detail),
        "organization-quota-set" => match detail.parse::<Quota>() {
            Ok(Quota { calls: Some(calls), window_ms }) => {
                Phrase::new("settings-event-quota").with("calls", calls).with("seconds", window_ms / 1_000)
            }
            _ => Phrase::new("settings-event-no-quota"),
        },
        "organization-quota-share-set" => {
            let share: u8 = detail.parse().unwrap_or(100);
            Phrase::new("settings-event-left").with("percent", 100_u8.saturating_sub(share))
        }
        "organization-content-min-set" => Phrase::new("settings-event-content-min").with("min", detail),
        "organization-hours-set" => detail.parse::<SendingHours>().unwrap_or_default().phrase(),
        "organization-approval-set" if detail == "none" => Phrase::new("settings-event-no-approval"),
        "organization-approval-set" => Phrase::new("settings-event-approval").with("above", detail),
        "organization-repeat-days-set" => Phrase::new("settings-event-repeat-days").with("days", detail),
        "organization-letter-cost-set" => match detail.parse() {
            Ok(cents) => Phrase::new("settings-event-letter").with("cost", euro(cents)),
            Err(_) => Phrase::new("settings-event-no-letter"),
        },
        "organization-held" => Phrase::new("settings-event-held"),
        "organization-silent" => Phrase::new("settings-event-silent"),
        "operator-code-set" => Phrase::new("profile-event-code-set"),
        "operator-code-removed" => Phrase::new("profile-event-code-removed"),
        "organization-released" => Phrase::new("settings-event-released"),
        "organization-released-in-doubt" => Phrase::new("settings-event-released-in-doubt"),
        "model-saved" => Phrase::new("settings-event-model-saved").with("name", detail),
        "model-renamed" => Phrase::new("settings-event-model-renamed").with("name", detail),
        "model-deleted" => Phrase::new("settings-event-model-deleted").with("name", detail),
        kind => Phrase::new("service-event-other").with("kind", kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_told_in_words() {
        for (kind, detail, words) in [
            ("organization-quota-set", "200/5", "Limite di chiamate: 200 ogni 5 secondi"),
            ("organization-quota-set", "none", "Limite di chiamate: nessuno"),
            ("organization-quota-share-set", "70", "Quota lasciata ad altri programmi: 30%"),
            ("organization-content-min-set", "80", "Lunghezza minima del contenuto: 80 caratteri"),
            ("organization-hours-set", "any", "I flussi si inviano a qualunque ora."),
            ("organization-renamed", "Comune", "Nome: Comune"),
            ("organization-repeat-days-set", "60", "Stesso messaggio: si guardano gli ultimi 60 giorni"),
            ("organization-letter-cost-set", "105", "Costo di una lettera: 1,05 €"),
            ("organization-letter-cost-set", "none", "Costo di una lettera: non indicato"),
            ("model-saved", "TARI", "Modello salvato: TARI"),
            ("model-renamed", "TARI", "Modello rinominato: TARI"),
            ("model-deleted", "TARI", "Modello eliminato: TARI"),
            ("organization-approval-set", "none", "Approvazione di una seconda persona: mai"),
            (
                "organization-approval-set",
                "500",
                "Approvazione di una seconda persona: oltre 500 destinatari",
            ),
        ] {
            assert_eq!(say(&what(kind, detail)), words);
        }
        for kind in ["operator-code-set", "operator-code-removed"] {
            assert!(say(&what(kind, "")).starts_with("Codice fiscale nel proprio profilo"));
        }
        for kind in ["held", "silent", "released", "released-in-doubt"] {
            let words = say(&what(&format!("organization-{kind}"), ""));
            assert!(!words.starts_with('[') && !words.contains("organization"), "{words}");
        }
    }
}

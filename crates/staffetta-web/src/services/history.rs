//! What was done to a service, in words: who changed what, and when.

use super::edit::Told;
use super::trial::{self, Outcome};
use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use staffetta_domain::{Phrase, Reason, ServiceId, UnixMillis};
use staffetta_store::events::{Event, MACHINE};
use staffetta_words::{say, text};

/// Events shown.
const SHOWN: usize = 20;

/// A line of the history.
pub(super) struct Entry {
    pub(super) at: UnixMillis,
    pub(super) actor: String,
    pub(super) what: String,
    /// Of the trial of a key.
    trial: Option<Outcome>,
}

/// The newest first.
pub(super) async fn of(app: &App, person: &Person, id: ServiceId) -> Result<Vec<Entry>, Fault> {
    let events = app.store().events_of_service(person.scope(), id, SHOWN).await?;
    Ok(events.into_iter().map(entry).collect())
}

/// What the last trial told.
pub(super) fn last_trial(history: &[Entry]) -> Option<Told> {
    let outcome = history.iter().find_map(|entry| entry.trial)?;
    Some(Told { words: outcome.words(), good: outcome == Outcome::Right })
}

fn entry(event: Event) -> Entry {
    let detail = event.detail.as_deref().unwrap_or_default();
    let trial = (event.kind == trial::EVENT).then(|| Outcome::from_code(detail)).flatten();
    let phrase = match event.kind.as_str() {
        "service-added" => Phrase::new("service-event-added"),
        "service-changed" => Phrase::new("service-event-changed").with("what", parts(detail)),
        "service-enabled" => Phrase::new("service-event-enabled"),
        "service-disabled" => Phrase::new("service-event-disabled"),
        "service-resumed" => Phrase::new("service-event-resumed"),
        "service-paused" => {
            let reason = Reason::ALL.into_iter().find(|reason| reason.code() == detail);
            let why = reason.map_or_else(|| detail.to_owned(), |reason| say(&reason.phrase()));
            Phrase::new("service-event-paused").with("why", why)
        }
        trial::EVENT => {
            let what = trial.map_or_else(|| detail.to_owned(), Outcome::words);
            Phrase::new("service-event-tried").with("what", what)
        }
        kind => Phrase::new("service-event-other").with("kind", kind),
    };
    let machine = event.actor.is_empty() || event.actor == MACHINE;
    Entry {
        at: event.at,
        actor: if machine { text("service-machine") } else { event.actor },
        what: say(&phrase),
        trial,
    }
}

/// Names of what was changed.
fn parts(detail: &str) -> String {
    detail.split(',').map(|part| text(&format!("service-part-{part}"))).collect::<Vec<_>>().join(", ")
}

//! *Stato Mail*: what became of the copy by e-mail, for the pages and for the exports.

use staffetta_domain::{NotificationState, Phrase};
use staffetta_store::notifications::NotificationRow;

/// IO's word with its meaning. IO stopped telling, which is said of what it took: an empty place would leave open
/// whether there was a copy. `None` where IO has no message.
#[must_use]
pub fn email_phrase(row: &NotificationRow) -> Option<Phrase> {
    told(row.email_status.as_deref(), row.state)
}

fn told(word: Option<&str>, state: NotificationState) -> Option<Phrase> {
    match word {
        Some("SENT") => Some(Phrase::new("email-sent")),
        Some("THROTTLED") => Some(Phrase::new("email-throttled")),
        Some("EXPIRED") => Some(Phrase::new("email-expired")),
        Some("FAILED") => Some(Phrase::new("email-failed")),
        // Words that IO may have one day: better as they are than not at all.
        Some(word) => Some(Phrase::new("email-other").with("word", word)),
        None => is_io_s(state).then(|| Phrase::new("email-not-told")),
    }
}

/// Whether IO has or had the message.
const fn is_io_s(state: NotificationState) -> bool {
    use NotificationState::{Accepted, Delivered, Rejected};
    matches!(state, Accepted | Delivered | Rejected)
}

#[cfg(test)]
mod tests {
    use super::told;
    use staffetta_domain::NotificationState as State;
    use staffetta_words::say;

    #[test]
    fn every_word_of_io_has_a_meaning_beside_it() {
        let words = |word, state| told(word, state).map(|phrase| say(&phrase));
        for (word, shown) in [
            ("SENT", "Inviata (SENT)"),
            ("THROTTLED", "In ritardo, IO riprova (THROTTLED)"),
            ("EXPIRED", "Tempo scaduto (EXPIRED)"),
            ("FAILED", "Non riuscita (FAILED)"),
            ("BOUNCED", "BOUNCED"),
        ] {
            assert_eq!(words(Some(word), State::Delivered).as_deref(), Some(shown));
        }
    }

    #[test]
    fn where_io_does_not_tell_only_what_it_took_says_so() {
        for state in State::ALL {
            let is_said = told(None, state).is_some();
            assert_eq!(is_said, matches!(state, State::Accepted | State::Delivered | State::Rejected));
        }
    }
}

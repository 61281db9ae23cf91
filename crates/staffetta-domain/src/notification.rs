//! The states of a notification and every passage between them.

use crate::Phrase;

/// State of a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(i16)]
pub enum NotificationState {
    /// Da inviare: waits for its turn, or for its next attempt.
    Queued = 0,
    /// In trasmissione: claimed; the call may be on the wire.
    InFlight = 1,
    /// Accettata da IO: IO answered 201.
    Accepted = 2,
    /// Disponibile su IO: IO says PROCESSED.
    Delivered = 3,
    /// Non recapitata: IO says REJECTED.
    Rejected = 4,
    /// Non raggiungibile: not on IO, or the service is off.
    Unreachable = 5,
    /// Errore: refused for a reason that is shown, or IO says FAILED.
    Failed = 6,
    /// Esito incerto: the answer was lost; only a person decides.
    Uncertain = 7,
    /// Non inviata: stopped before sending.
    Cancelled = 8,
}

impl NotificationState {
    /// All states, by number.
    pub const ALL: [Self; 9] = [
        Self::Queued,
        Self::InFlight,
        Self::Accepted,
        Self::Delivered,
        Self::Rejected,
        Self::Unreachable,
        Self::Failed,
        Self::Uncertain,
        Self::Cancelled,
    ];

    /// Whether the program or a person may ever move a notification from this state to `next`.
    ///
    /// The store guards each change by the old state; this is the list of the changes that exist.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        match self {
            // The claim; the profile check; the end of the retries; Interrompi; of an ente whose ledger went back, a
            // person who says that what waits may have left, and IO's answer to a call whose claim was lost.
            Self::Queued => matches!(
                next,
                Self::InFlight
                    | Self::Unreachable
                    | Self::Failed
                    | Self::Cancelled
                    | Self::Uncertain
                    | Self::Accepted
            ),
            // The answer, its loss, or an answer that says "certainly not taken, try later".
            Self::InFlight => matches!(next, Self::Accepted | Self::Queued | Self::Failed | Self::Uncertain),
            // Status checks.
            Self::Accepted => matches!(next, Self::Delivered | Self::Rejected | Self::Failed),
            // A late answer of the same attempt, or a person: resend, or consider sent.
            Self::Uncertain => matches!(next, Self::Accepted | Self::Failed | Self::Queued),
            // A person sends again.
            Self::Rejected | Self::Unreachable | Self::Failed | Self::Cancelled => {
                matches!(next, Self::Queued)
            }
            Self::Delivered => false,
        }
    }

    /// Whether the sending of this notification is still to be done.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::InFlight)
    }

    /// Whether the outcome makes a flow *Invio incompleto*.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        matches!(self, Self::Rejected | Self::Unreachable | Self::Failed | Self::Uncertain | Self::Cancelled)
    }

    /// Whether a person may have it sent again without a risk: it ended, and IO has certainly not put the message
    /// before the citizen.
    #[must_use]
    pub const fn can_be_sent_again(self) -> bool {
        self.is_negative() && !matches!(self, Self::Uncertain)
    }

    /// Word in JSON and on the command line.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::InFlight => "in_flight",
            Self::Accepted => "accepted",
            Self::Delivered => "delivered",
            Self::Rejected => "rejected",
            Self::Unreachable => "unreachable",
            Self::Failed => "failed",
            Self::Uncertain => "uncertain",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state with this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The state with this number in the ledger.
    #[must_use]
    pub fn from_number(number: i16) -> Option<Self> {
        usize::try_from(number).ok().and_then(|index| Self::ALL.get(index).copied())
    }

    /// Its name on screen.
    #[must_use]
    pub const fn phrase(self) -> Phrase {
        Phrase::new(match self {
            Self::Queued => "notification-state-queued",
            Self::InFlight => "notification-state-in-flight",
            Self::Accepted => "notification-state-accepted",
            Self::Delivered => "notification-state-delivered",
            Self::Rejected => "notification-state-rejected",
            Self::Unreachable => "notification-state-unreachable",
            Self::Failed => "notification-state-failed",
            Self::Uncertain => "notification-state-uncertain",
            Self::Cancelled => "notification-state-cancelled",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use NotificationState as State;

    #[test]
    fn numbers_and_codes_read_back() {
        for (number, state) in (0_i16..).zip(State::ALL) {
            assert_eq!(state as i16, number);
            assert_eq!(State::from_number(number), Some(state));
            assert_eq!(State::from_code(state.code()), Some(state));
        }
        assert_eq!(State::from_number(-1), None);
        assert_eq!(State::from_number(9), None);
    }

    #[test]
    fn nothing_returns_to_the_queue_that_may_have_been_taken_by_io() {
        for state in [State::Accepted, State::Delivered] {
            assert!(!state.may_become(State::Queued), "{state:?}");
            assert!(!state.may_become(State::InFlight), "{state:?}");
        }
        for state in State::ALL {
            assert_eq!(state.may_become(State::InFlight), state == State::Queued, "{state:?}");
        }
    }
}

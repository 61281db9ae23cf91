//! The five states of a flow and every passage between them.

use crate::Phrase;

/// State of a flow. *In pausa* and *Interrotto* are attributes beside it, not states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(i16)]
pub enum FlowState {
    /// Inattivo: being prepared, everything editable.
    Inactive = 0,
    /// Attivo: checked, frozen, ready.
    Active = 1,
    /// In invio: under way, perhaps paused.
    Sending = 2,
    /// Inviato: every recipient's message was taken by IO.
    Sent = 3,
    /// Invio incompleto: the sending phase ended and some outcomes are negative.
    Incomplete = 4,
}

/// What happens to a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowEvent {
    /// A person declares it ready.
    Activate,
    /// A person takes it back to preparation.
    Deactivate,
    /// A person sends it.
    Start,
    /// A person interrupts it before any call left.
    TakeBack,
    /// Nothing is Queued or InFlight any more; `negative` if any outcome is.
    Ended {
        /// Some recipient has a negative outcome.
        negative: bool,
    },
    /// After the end an outcome changed; `negative` if any outcome is now.
    Settled {
        /// Some recipient has a negative outcome.
        negative: bool,
    },
    /// Some recipients wait to be sent again: a person wants it, or a late answer said that a message was
    /// certainly not taken.
    Resend,
}

impl FlowState {
    /// All states, in the order of a flow's life.
    pub const ALL: [Self; 5] = [Self::Inactive, Self::Active, Self::Sending, Self::Sent, Self::Incomplete];

    /// The state after `event`, or `None` where the event has no place.
    #[must_use]
    pub const fn after(self, event: FlowEvent) -> Option<Self> {
        match (self, event) {
            (Self::Inactive, FlowEvent::Activate) => Some(Self::Active),
            (Self::Active, FlowEvent::Deactivate) => Some(Self::Inactive),
            (Self::Active, FlowEvent::Start) => Some(Self::Sending),
            (Self::Sending, FlowEvent::TakeBack) => Some(Self::Inactive),
            (Self::Sending, FlowEvent::Ended { negative: false })
            | (Self::Sent | Self::Incomplete, FlowEvent::Settled { negative: false }) => Some(Self::Sent),
            (Self::Sending, FlowEvent::Ended { negative: true })
            | (Self::Sent | Self::Incomplete, FlowEvent::Settled { negative: true }) => {
                Some(Self::Incomplete)
            }
            (Self::Sent | Self::Incomplete, FlowEvent::Resend) => Some(Self::Sending),
            _ => None,
        }
    }

    /// Word in JSON and on the command line.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Inactive => "inactive",
            Self::Active => "active",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Incomplete => "incomplete",
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
        Self::ALL.into_iter().find(|state| *state as i16 == number)
    }

    /// Its name on screen.
    #[must_use]
    pub const fn phrase(self) -> Phrase {
        Phrase::new(match self {
            Self::Inactive => "flow-state-inactive",
            Self::Active => "flow-state-active",
            Self::Sending => "flow-state-sending",
            Self::Sent => "flow-state-sent",
            Self::Incomplete => "flow-state-incomplete",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENTS: [FlowEvent; 9] = [
        FlowEvent::Activate,
        FlowEvent::Deactivate,
        FlowEvent::Start,
        FlowEvent::TakeBack,
        FlowEvent::Ended { negative: false },
        FlowEvent::Ended { negative: true },
        FlowEvent::Settled { negative: false },
        FlowEvent::Settled { negative: true },
        FlowEvent::Resend,
    ];

    #[test]
    fn every_passage_is_known() {
        let passages: Vec<_> = FlowState::ALL
            .into_iter()
            .flat_map(|from| {
                EVENTS.into_iter().filter_map(move |event| Some((from, event, from.after(event)?)))
            })
            .map(|(from, event, to)| format!("{from:?} -{event:?}-> {to:?}"))
            .collect();
        assert_eq!(
            passages,
            [
                "Inactive -Activate-> Active",
                "Active -Deactivate-> Inactive",
                "Active -Start-> Sending",
                "Sending -TakeBack-> Inactive",
                "Sending -Ended { negative: false }-> Sent",
                "Sending -Ended { negative: true }-> Incomplete",
                "Sent -Settled { negative: false }-> Sent",
                "Sent -Settled { negative: true }-> Incomplete",
                "Sent -Resend-> Sending",
                "Incomplete -Settled { negative: false }-> Sent",
                "Incomplete -Settled { negative: true }-> Incomplete",
                "Incomplete -Resend-> Sending",
            ]
        );
    }

    #[test]
    fn codes_and_numbers_read_back() {
        for state in FlowState::ALL {
            assert_eq!(FlowState::from_code(state.code()), Some(state));
            assert_eq!(FlowState::from_number(state as i16), Some(state));
        }
        assert_eq!(FlowState::from_number(9), None);
    }
}

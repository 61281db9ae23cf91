//! Whether a citizen can be written to, as IO says when it is asked for the profile.

use crate::{Reason, UnixMillis};

/// How long the answer of a reach forecast stands for the profile check before sending, in milliseconds: 24 hours.
pub const FORECAST_HOLDS_MS: i64 = 24 * 60 * 60 * 1_000;

/// What IO said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// On IO, with the service on.
    Reachable,
    /// Not: [`Reason::NotOnIo`] or [`Reason::ServiceOff`]; with another reason IO would not tell.
    Not(Reason),
}

impl Reach {
    /// Its number in the ledger: 0, or the reason's.
    #[must_use]
    pub const fn number(self) -> i16 {
        match self {
            Self::Reachable => 0,
            Self::Not(reason) => reason as i16,
        }
    }

    /// The one with this number.
    #[must_use]
    pub fn from_number(number: i16) -> Option<Self> {
        if number == 0 { Some(Self::Reachable) } else { Reason::from_number(number).map(Self::Not) }
    }

    /// Whether a message that would be sent now may rely on it, asked for at `asked_at`. Where IO would not tell, it
    /// is asked again.
    #[must_use]
    pub const fn holds(self, asked_at: UnixMillis, now: UnixMillis) -> bool {
        let told = matches!(self, Self::Reachable | Self::Not(Reason::NotOnIo | Reason::ServiceOff));
        let age_ms = now.since_ms(asked_at);
        told && age_ms >= 0 && age_ms < FORECAST_HOLDS_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_comes_back_from_its_number() {
        for reach in [Reach::Reachable, Reach::Not(Reason::NotOnIo), Reach::Not(Reason::ServiceOff)] {
            assert_eq!(Reach::from_number(reach.number()), Some(reach));
        }
        assert_eq!(Reach::from_number(-1), None);
    }

    #[test]
    fn an_answer_stands_for_a_day_and_only_where_io_told() {
        let asked = UnixMillis(1_000);
        let holds = |reach: Reach, after_ms| reach.holds(asked, asked.plus_ms(after_ms));
        for told in [Reach::Reachable, Reach::Not(Reason::NotOnIo), Reach::Not(Reason::ServiceOff)] {
            assert!(holds(told, 0) && holds(told, FORECAST_HOLDS_MS - 1));
            assert!(!holds(told, FORECAST_HOLDS_MS));
            assert!(!holds(told, -1), "a clock that jumped");
        }
        assert!(!holds(Reach::Not(Reason::PayloadRefused), 0));
    }
}

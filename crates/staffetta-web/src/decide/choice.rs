//! The two decisions, as addresses and words name them.

use crate::fault::Fault;
use staffetta_domain::protocol::Decision;

/// What may be decided.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    Resend,
    ConsiderSent,
}

impl Choice {
    /// From an address.
    pub(super) fn from_address(word: &str) -> Result<Self, Fault> {
        [Self::Resend, Self::ConsiderSent]
            .into_iter()
            .find(|choice| choice.address() == word)
            .ok_or(Fault::NotFound)
    }

    pub(super) const fn address(self) -> &'static str {
        match self {
            Self::Resend => "reinvia",
            Self::ConsiderSent => "considera-inviata",
        }
    }

    pub(super) const fn decision(self) -> Decision {
        match self {
            Self::Resend => Decision::Resend,
            Self::ConsiderSent => Decision::ConsiderSent,
        }
    }

    /// The key of a word of this decision.
    pub(super) const fn key(self, resend: &'static str, consider_sent: &'static str) -> &'static str {
        match self {
            Self::Resend => resend,
            Self::ConsiderSent => consider_sent,
        }
    }

    pub(super) const fn is_resend(self) -> bool {
        matches!(self, Self::Resend)
    }
}

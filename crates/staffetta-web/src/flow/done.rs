//! What was just done to many notifications of a flow, as its page tells it: an address carries one of our own words
//! and a number.

use crate::address::with;
use staffetta_domain::{FlowId, Phrase};
use staffetta_words::{number, say};

/// What was just done.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    Resent,
    ConsideredSent,
    Verified,
}

impl Done {
    const ALL: [Self; 3] = [Self::Resent, Self::ConsideredSent, Self::Verified];

    const fn code(self) -> &'static str {
        match self {
            Self::Resent => "reinviate",
            Self::ConsideredSent => "considerate",
            Self::Verified => "verifica",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.code() == code)
    }

    /// Where the flow's page tells of it.
    pub(crate) fn address(self, flow: FlowId, count: i64) -> String {
        let told = with(&super::address(flow), "fatto", self.code());
        with(&told, "quante", &count.to_string())
    }

    pub(super) fn words(self, count: i64) -> String {
        let key = match self {
            Self::Resent => "flow-done-resent",
            Self::ConsideredSent => "flow-done-considered-sent",
            Self::Verified => "flow-done-verified",
        };
        say(&Phrase::new(key).with("count", count).with("shown", number(count)))
    }
}

//! What was just done to a notification, as its page tells it.

use crate::address::with;
use staffetta_domain::NotificationId;
use staffetta_words::text;

/// What was just done.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    Resent,
    Corrected,
    ConsideredSent,
    Verified,
}

impl Done {
    const ALL: [Self; 4] = [Self::Resent, Self::Corrected, Self::ConsideredSent, Self::Verified];

    const fn code(self) -> &'static str {
        match self {
            Self::Resent => "reinviata",
            Self::Corrected => "corretta",
            Self::ConsideredSent => "considerata",
            Self::Verified => "verifica",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.code() == code)
    }

    /// Where the notification's page tells of it.
    pub(crate) fn address(self, id: NotificationId) -> String {
        with(&super::address(id), "fatto", self.code())
    }

    pub(super) fn words(self) -> String {
        text(match self {
            Self::Resent => "notification-done-resent",
            Self::Corrected => "notification-done-corrected",
            Self::ConsideredSent => "notification-done-considered-sent",
            Self::Verified => "notification-done-verified",
        })
    }
}

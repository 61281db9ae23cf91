//! Whether a flow can be activated, and why not.

use staffetta_domain::{DueDate, Expedition, FlowState, Phrase, UnixMillis};
use staffetta_store::StoreError;
use staffetta_store::flows::{FlowDetail, ListDetail};

/// Why a flow cannot be activated.
#[derive(Debug, thiserror::Error)]
pub enum NotReady {
    /// It is not there, or not this person's.
    #[error("no such flow")]
    NoFlow,
    /// It is in another state.
    #[error("the flow is not being prepared")]
    State(FlowState),
    /// No file of recipients was uploaded.
    #[error("no file was uploaded")]
    NoFile,
    /// A file was uploaded, but its rows are not the recipients yet: a text is missing, or something is
    /// wrong that the person has to see.
    #[error("the file was not taken yet")]
    NotTaken,
    /// The message was changed after the list was checked: the kept file is to be read again.
    #[error("the list was not checked for this message")]
    NotChecked,
    /// The message was changed after the list was checked, and no file is kept to read it again.
    #[error("the list was not checked for this message, and its file is gone")]
    FileGone,
    /// The list is not the one that the person saw.
    #[error("the list is another one than what was seen")]
    OtherList,
    /// Some people would get more than one message, which the person did not agree to.
    #[error("some people would get more than one message")]
    DifferentRows(i64),
    /// Some messages have a due date that has passed, which the person did not agree to; the first of them.
    #[error("some due dates have passed")]
    PastDue(DueDate),
    /// The day of sending has passed, which the person did not agree to.
    #[error("the day of sending has passed")]
    PastStart(Expedition),
    /// The service is disabled.
    #[error("the service is disabled")]
    ServiceDisabled(String),
    /// The person may not activate for this service, or something changed at the last moment.
    #[error("it may not be activated by this person, or not now")]
    NotNow,
    /// The ledger.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl NotReady {
    /// What is said: what is missing, and what to do.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::NoFlow => Phrase::new("ready-no-flow"),
            Self::State(state) => Phrase::new("ready-state").with("state", state.code()),
            Self::NoFile => Phrase::new("ready-no-file"),
            Self::NotTaken => Phrase::new("ready-not-taken"),
            Self::NotChecked => Phrase::new("ready-not-checked"),
            Self::FileGone => Phrase::new("ready-file-gone"),
            Self::OtherList => Phrase::new("ready-other-list"),
            Self::DifferentRows(rows) => Phrase::new("ready-different-rows").with("rows", rows),
            Self::PastDue(first) => Phrase::new("ready-past-due").with("date", first.italian()),
            Self::PastStart(day) => Phrase::new("ready-past-start").with("day", day.italian()),
            Self::ServiceDisabled(name) => Phrase::new("ready-service-disabled").with("name", name),
            Self::NotNow => Phrase::new("ready-not-now"),
            Self::Store(_) => Phrase::new("draft-fault"),
        }
    }
}

/// The first due date of a list, if it has passed.
#[must_use]
pub(crate) fn past_due(list: &ListDetail, now: UnixMillis) -> Option<DueDate> {
    let first = DueDate::at(UnixMillis(list.facts.first_due_at?));
    (first.instant() < now).then_some(first)
}

/// The list with which a flow can be activated as it is now.
///
/// # Errors
/// What is missing.
pub fn readiness(flow: &FlowDetail) -> Result<&ListDetail, NotReady> {
    if flow.summary.state != FlowState::Inactive {
        return Err(NotReady::State(flow.summary.state));
    }
    if let Some(list) = flow.checked_list() {
        return Ok(list);
    }
    Err(match (&flow.list, flow.file, flow.checked_version) {
        (None, None, _) => NotReady::NoFile,
        (Some(_), None, _) => NotReady::FileGone,
        (None, Some(_), _) | (Some(_), Some(_), None) => NotReady::NotTaken,
        (Some(_), Some(_), Some(_)) => NotReady::NotChecked,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_words() {
        use NotReady as N;
        let mut reasons = vec![N::NoFlow, N::NoFile, N::NotTaken, N::NotChecked, N::FileGone, N::OtherList];
        reasons.extend([N::DifferentRows(1), N::DifferentRows(7), N::NotNow, N::Store(StoreError::DiskFull)]);
        reasons.push(N::PastDue(DueDate::at(UnixMillis(0))));
        reasons.extend(Expedition::from_ledger("2027-01-03").map(N::PastStart));
        reasons.push(N::ServiceDisabled("Tributi".to_owned()));
        reasons.extend(FlowState::ALL.map(N::State));
        for reason in reasons {
            let words = staffetta_words::say(&reason.phrase());
            assert!(words.len() > 20 && !words.contains(['[', '{']), "{reason:?}: {words}");
        }
        let sent = staffetta_words::say(&N::State(FlowState::Incomplete).phrase());
        assert!(sent.contains("Invio incompleto"), "{sent}");
    }
}

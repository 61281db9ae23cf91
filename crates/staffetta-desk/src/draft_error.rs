//! Why a draft could not be worked on.

use staffetta_domain::limits::DESCRIPTION_MAX;
use staffetta_domain::{FlowId, Phrase};
use staffetta_store::StoreError;
use std::io;

/// Why a draft could not be worked on. It is as it was.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// The flow is not there, no more being prepared, or not this person's.
    #[error("no such draft")]
    NoDraft,
    /// The service is not there, disabled, or not this person's.
    #[error("no such service")]
    NoService,
    /// The nature is not in the ente's list.
    #[error("no such nature")]
    NoNature,
    /// The description is missing or too long.
    #[error("the description is empty or too long")]
    Description,
    /// The reference is too long.
    #[error("the reference is too long")]
    Reference,
    /// Another flow has this reference; its number, if the person may know it.
    #[error("the reference is taken by another flow")]
    ReferenceTaken(Option<FlowId>),
    /// The uploaded file cannot be read back, or no temporary one written.
    #[error("a temporary file: {0}")]
    Disk(io::ErrorKind),
    /// The ledger.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A thread stopped: a fault of the program.
    #[error("the reading of the file stopped unexpectedly")]
    Reader,
}

impl DraftError {
    /// What happened, and what to do.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::NoDraft => Phrase::new("draft-gone"),
            Self::NoService => Phrase::new("create-no-service"),
            Self::NoNature => Phrase::new("create-no-nature"),
            Self::Description => Phrase::new("draft-description").with("max", DESCRIPTION_MAX),
            Self::Reference => Phrase::new("draft-reference").with("max", DESCRIPTION_MAX),
            Self::ReferenceTaken(Some(flow)) => Phrase::new("draft-reference-taken").with("flow", flow),
            Self::ReferenceTaken(None) => Phrase::new("draft-reference-taken-unseen"),
            Self::Disk(_) | Self::Store(StoreError::DiskFull) => Phrase::new("draft-disk"),
            Self::Store(StoreError::ListTooLong) => Phrase::new("draft-list-too-long"),
            Self::Store(_) | Self::Reader => Phrase::new("draft-fault"),
        }
    }
}

impl From<io::Error> for DraftError {
    fn from(error: io::Error) -> Self {
        Self::Disk(error.kind())
    }
}

impl From<tokio::task::JoinError> for DraftError {
    fn from(_: tokio::task::JoinError) -> Self {
        Self::Reader
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_words() {
        use DraftError as E;
        let mut reasons =
            vec![E::NoDraft, E::NoService, E::NoNature, E::Description, E::Reference, E::Reader];
        reasons.extend([E::ReferenceTaken(Some(FlowId(7))), E::ReferenceTaken(None)]);
        reasons.push(E::Disk(io::ErrorKind::StorageFull));
        reasons.extend([StoreError::DiskFull, StoreError::ListTooLong, StoreError::EpochLost].map(E::Store));
        for reason in reasons {
            let words = staffetta_words::say(&reason.phrase());
            assert!(words.len() > 20 && !words.contains(['[', '{']), "{reason:?}: {words}");
        }
    }
}

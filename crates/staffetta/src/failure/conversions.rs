//! Failures of the crates below, in words.

use super::{Failure, system_words};
use staffetta_desk::{CreateError, ExportError, ModelNotSaved, SingleError};
use staffetta_domain::Phrase;
use staffetta_engine::EngineError;
use staffetta_store::{RestoreError, StoreError};

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let fault = |error: &dyn std::fmt::Display| {
            Self::failed(Phrase::new("cli-store-database").with("error", error))
                .remedy(Phrase::new("cli-store-database-remedy"))
        };
        match error {
            StoreError::Url => Self::usage(Phrase::new("cli-store-url")),
            StoreError::NewerSchema => Self::failed(Phrase::new("cli-store-newer")),
            StoreError::OtherKey => {
                Self::failed(Phrase::new("cli-store-other-key")).remedy(Phrase::new("cli-store-key-remedy"))
            }
            StoreError::KeyFile { path, source } => Self::failed(
                Phrase::new("cli-store-key-file").with("path", path).with("error", system_words(&source)),
            )
            .remedy(Phrase::new("cli-store-key-remedy")),
            StoreError::KeyFileContent(path) => {
                Self::failed(Phrase::new("cli-store-key-content").with("path", path))
                    .remedy(Phrase::new("cli-store-key-remedy"))
            }
            StoreError::LockFile { path, source } => Self::failed(
                Phrase::new("cli-store-lock-file").with("path", path).with("error", system_words(&source)),
            ),
            StoreError::MarkFile { path, source } => Self::failed(
                Phrase::new("cli-store-mark-file").with("path", path).with("error", system_words(&source)),
            ),
            StoreError::CopyFile { path, source } if source.kind() == std::io::ErrorKind::AlreadyExists => {
                Self::failed(Phrase::new("cli-backup-is-there").with("path", path))
            }
            StoreError::CopyFile { path, source } => Self::failed(
                Phrase::new("cli-cannot-make").with("path", path).with("error", system_words(&source)),
            ),
            StoreError::NotADatabase => Self::failed(Phrase::new("cli-store-not-a-database"))
                .remedy(Phrase::new("cli-store-not-a-database-remedy")),
            StoreError::NoAnswer => Self::failed(Phrase::new("cli-store-no-answer"))
                .remedy(Phrase::new("cli-store-database-remedy")),
            StoreError::DiskFull => Self::failed(Phrase::new("cli-store-disk-full")),
            StoreError::EpochLost => Self::failed(Phrase::new("cli-engine-taken-over")),
            StoreError::ListTooLong => Self::failed(Phrase::new("cli-store-list-too-long")),
            error @ (StoreError::Database(_) | StoreError::Corrupt(_)) => fault(&error),
        }
    }
}

impl From<ModelNotSaved> for Failure {
    fn from(error: ModelNotSaved) -> Self {
        match error {
            ModelNotSaved::Store(error) => error.into(),
            error => Self::failed(error.phrase()),
        }
    }
}

impl From<RestoreError> for Failure {
    fn from(error: RestoreError) -> Self {
        match error {
            RestoreError::NotSqlite => Self::failed(Phrase::new("cli-backup-postgres")),
            RestoreError::InUse => Self::failed(Phrase::new("cli-restore-in-use")),
            RestoreError::Damaged => Self::failed(Phrase::new("cli-restore-damaged")),
            RestoreError::File { path, source } => Self::failed(
                Phrase::new("cli-cannot-make").with("path", path).with("error", system_words(&source)),
            ),
            RestoreError::Store(error) => error.into(),
        }
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Store(error) => error.into(),
            EngineError::Stopped => Self::failed(Phrase::new("cli-engine-stopped")),
        }
    }
}

impl From<CreateError> for Failure {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::Store(error) => error.into(),
            CreateError::WrongRows(_) => {
                let said = error.phrases().into_iter().map(|(what, _)| what);
                // Here the choice has a name.
                Self::all(said.map(|what| (what, Some(Phrase::new("cli-wrong-rows-remedy")))).collect())
            }
            error => Self::all(error.phrases()),
        }
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::NoFlow => Self::failed(Phrase::new("cli-no-flow-of-yours")),
            ExportError::Write(error) => Self::all(vec![(error.phrase(), Some(error.remedy()))]),
            ExportError::Store(error) => error.into(),
            ExportError::Writer => Self::failed(Phrase::new("cli-export-fault")),
        }
    }
}

impl From<SingleError> for Failure {
    fn from(error: SingleError) -> Self {
        match error {
            SingleError::Fields(problems) => Self::all(
                problems.into_iter().map(|problem| (problem.reason, Some(problem.remedy))).collect(),
            ),
            SingleError::NoService => Self::failed(Phrase::new("create-no-service")),
            SingleError::FormUsed(id) => Self::failed(Phrase::new("single-form-used").with("id", id)),
            SingleError::Corrected(_) => Self::failed(Phrase::new("rewrite-too-late")),
            SingleError::ReferenceTaken => Self::failed(Phrase::new("cli-single-reference-taken")),
            SingleError::Store(error) => error.into(),
        }
    }
}

impl From<std::io::Error> for Failure {
    /// Of standard output: whoever reads it may leave early, and needs no words for it.
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            Self::told()
        } else {
            Self::system("cli-output", &error)
        }
    }
}

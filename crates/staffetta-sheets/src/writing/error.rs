//! Why a file cannot be written.

use rust_xlsxwriter::XlsxError;
use staffetta_domain::Phrase;
use std::any::Any;
use std::io;

/// Why a file cannot be written. Nothing of it is left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// No room on the disk, or over the quota of who writes.
    #[error("the disk is full")]
    DiskFull,
    /// The operating system would not let it be written.
    #[error("the file cannot be written: {0}")]
    Unwritable(io::ErrorKind),
    /// The workbook's rules were broken: a fault of this program.
    #[error("the workbook could not be put together")]
    Internal,
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Self::DiskFull
            }
            kind => Self::Unwritable(kind),
        }
    }
}

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => error.into(),
            XlsxError::ZipError(error) => io::Error::from(error).into(),
            _ => Self::Internal,
        }
    }
}

impl WriteError {
    /// What the library's panic was about. It panics where its temporary file cannot be written, and all
    /// that it leaves is a text with the name of the error in it.
    pub(super) fn from_panic(payload: &(dyn Any + Send)) -> Self {
        let text = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied())
            .unwrap_or_default();
        if ["StorageFull", "QuotaExceeded", "FileTooLarge"].iter().any(|kind| text.contains(kind)) {
            Self::DiskFull
        } else if text.contains("kind: ") {
            Self::Unwritable(io::ErrorKind::Other)
        } else {
            Self::Internal
        }
    }

    /// What happened, for the operator.
    #[must_use]
    pub const fn phrase(&self) -> Phrase {
        Phrase::new(match self {
            Self::DiskFull => "sheet-write-disk-full",
            Self::Unwritable(_) => "sheet-write-unwritable",
            Self::Internal => "sheet-write-internal",
        })
    }

    /// What to do next, for the operator.
    #[must_use]
    pub const fn remedy(&self) -> Phrase {
        Phrase::new(match self {
            Self::DiskFull => "remedy-sheet-write-disk-full",
            Self::Unwritable(_) => "remedy-sheet-write-unwritable",
            Self::Internal => "remedy-sheet-write-internal",
        })
    }
}

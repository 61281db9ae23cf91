//! Why a file cannot be read as a list.

use super::{CSV_MAX_BYTES, RowProblem, XLSX_EXPANDED_MAX_BYTES, XLSX_MAX_BYTES, XLSX_RESIDENT_MAX_BYTES};
use staffetta_domain::{Phrase, limits};
use std::io;

/// A file that is not a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A PDF.
    Pdf,
    /// A web page or other markup, often with the name of an Excel file: some programs export so.
    Html,
    /// A picture.
    Image,
    /// A document of Word or `LibreOffice` Writer.
    Word,
    /// A binary workbook of Excel (.xlsb).
    Xlsb,
    /// Another compressed archive.
    Archive,
    /// An older Office file: .xls or .doc.
    OldOffice,
}

/// Why a file cannot be read as a list. Nothing of its content is in here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// The operating system would not let it be read.
    #[error("the file cannot be read: {0}")]
    Unreadable(io::ErrorKind),
    /// No bytes, or only blank rows.
    #[error("the file is empty")]
    Empty,
    /// The first row holds data, not names.
    #[error("the first row does not name the columns")]
    NoHeader,
    /// The first row is itself damaged.
    #[error("the header on line {line} cannot be read: {problem}")]
    BadHeader {
        /// Physical line, counted from 1.
        line: u64,
        /// What is wrong with it.
        problem: RowProblem,
    },
    /// More columns than [`limits::COLUMNS_MAX`].
    #[error("the header names too many columns")]
    TooManyColumns,
    /// A header and nothing under it.
    #[error("there are no rows under the header")]
    NoRows,
    /// Neither text nor a workbook.
    #[error("the file is binary")]
    Binary,
    /// Another kind of file, recognised.
    #[error("the file is of another kind: {0:?}")]
    NotASheet(FileKind),
    /// A workbook that opens only with a password.
    #[error("the workbook is protected by a password")]
    PasswordProtected,
    /// A text file over [`CSV_MAX_BYTES`].
    #[error("the text file is too large")]
    CsvTooLarge,
    /// A workbook over [`XLSX_MAX_BYTES`].
    #[error("the workbook is too large")]
    XlsxTooLarge,
    /// A workbook that unfolds beyond [`XLSX_EXPANDED_MAX_BYTES`] or [`XLSX_RESIDENT_MAX_BYTES`], or has a
    /// cell beyond a row's limit, as a file made to choke its reader has.
    #[error("the workbook unfolds into too much")]
    ExpandsTooMuch,
    /// A workbook with no worksheet.
    #[error("the workbook has no worksheet")]
    NoWorksheet,
    /// No sheet with the name that was asked for.
    #[error("the file has no sheet of that name")]
    NoSuchSheet,
    /// A workbook broken in the middle, or changed while being read.
    #[error("the workbook is damaged")]
    Damaged,
}

impl From<io::Error> for SheetError {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error.kind())
    }
}

impl SheetError {
    /// What happened, for the operator.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        let mebi = |bytes: u64| bytes / (1024 * 1024);
        match self {
            Self::Unreadable(_) => Phrase::new("sheet-unreadable"),
            Self::Empty => Phrase::new("sheet-empty"),
            Self::NoHeader => Phrase::new("sheet-no-header"),
            Self::BadHeader { line, .. } => Phrase::new("sheet-bad-header").with("line", line),
            Self::TooManyColumns => Phrase::new("sheet-too-many-columns").with("limit", limits::COLUMNS_MAX),
            Self::NoRows => Phrase::new("sheet-no-rows"),
            Self::Binary => Phrase::new("sheet-binary"),
            Self::NotASheet(kind) => Phrase::new(kind.key()),
            Self::PasswordProtected => Phrase::new("sheet-password"),
            Self::CsvTooLarge => Phrase::new("sheet-too-large").with("limit", mebi(CSV_MAX_BYTES)),
            Self::XlsxTooLarge => Phrase::new("sheet-too-large").with("limit", mebi(XLSX_MAX_BYTES)),
            Self::ExpandsTooMuch => Phrase::new("sheet-expands-too-much")
                .with("resident", mebi(XLSX_RESIDENT_MAX_BYTES))
                .with("expanded", mebi(XLSX_EXPANDED_MAX_BYTES)),
            Self::NoWorksheet => Phrase::new("sheet-no-worksheet"),
            Self::NoSuchSheet => Phrase::new("sheet-no-such-sheet"),
            Self::Damaged => Phrase::new("sheet-damaged"),
        }
    }

    /// What to do next, for the operator.
    #[must_use]
    pub fn remedy(&self) -> Phrase {
        match self {
            Self::Unreadable(_) => Phrase::new("remedy-sheet-unreadable"),
            Self::Empty | Self::NoRows | Self::NoWorksheet => Phrase::new("remedy-sheet-fill"),
            Self::NoSuchSheet => Phrase::new("remedy-sheet-no-such-sheet"),
            Self::NoHeader => Phrase::new("remedy-sheet-no-header"),
            Self::BadHeader { problem, .. } => problem.remedy(),
            Self::TooManyColumns => Phrase::new("remedy-sheet-too-many-columns"),
            Self::Binary | Self::NotASheet(_) => Phrase::new("remedy-sheet-save-as"),
            Self::PasswordProtected => Phrase::new("remedy-sheet-password"),
            Self::CsvTooLarge | Self::XlsxTooLarge => Phrase::new("remedy-sheet-split"),
            Self::ExpandsTooMuch => Phrase::new("remedy-sheet-expands-too-much"),
            Self::Damaged => Phrase::new("remedy-sheet-damaged"),
        }
    }
}

impl FileKind {
    const fn key(self) -> &'static str {
        match self {
            Self::Pdf => "sheet-is-pdf",
            Self::Html => "sheet-is-html",
            Self::Image => "sheet-is-image",
            Self::Word => "sheet-is-word",
            Self::Xlsb => "sheet-is-xlsb",
            Self::Archive => "sheet-is-archive",
            Self::OldOffice => "sheet-is-old-office",
        }
    }
}

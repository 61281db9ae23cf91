//! Spreadsheets in and out: the office's list becomes rows, the ledger becomes an archive.
//!
//! [`Sheet`] reads CSV, XLSX and ODS in constant memory and yields rows *and* problems, never stopping
//! at the first bad row. [`ArchiveWriter`], [`ResultWriter`], [`CheckedListWriter`]
//! and [`WrongRowsWriter`] write files whole or not at all.
//!
//! What is *not* done here: a cell is text and stays text. Which column is the fiscal code, whether
//! an amount is right, which columns are named twice: all that is the domain's. Nor are there words
//! for people: problems are a [`staffetta_domain::Phrase`], and the writers are given the one who says it.

mod panics;
mod reading;
mod writing;

pub use panics::panic_becomes_error;
pub use reading::{
    CSV_MAX_BYTES, CellError, Cells, Encoding, FileKind, Kind, RowCounts, RowProblem, Separator, Sheet,
    SheetError, XLSX_EXPANDED_MAX_BYTES, XLSX_MAX_BYTES, XLSX_RESIDENT_MAX_BYTES,
};
pub use writing::{
    ArchiveRow, ArchiveWriter, CheckedListWriter, ExampleWriter, OfficeRowsWriter, ResultFormat, ResultRow,
    ResultWriter, Say, WriteError, WrongRow, WrongRowsWriter,
};

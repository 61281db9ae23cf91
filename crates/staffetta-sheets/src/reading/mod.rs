//! The office's file, read row by row.
//!
//! [`Sheet::open`] finds out what the file is and reads its header; [`Sheet::for_each_row`] then
//! hands over one row at a time, borrowed: nothing is kept, so a file of any size takes the same memory
//! (an XLSX also keeps the texts that its cells share, see [`XLSX_RESIDENT_MAX_BYTES`]).

mod archive;
mod cell_text;
mod cells;
mod decoded;
mod encoding;
mod error;
mod gather;
mod guard;
mod header;
mod kind;
mod lists;
mod lost_digits;
mod number_text;
mod ods;
mod problem;
mod record_cells;
mod records;
mod separator;
mod sniff;
mod split;
mod tabs;
mod text;
mod window;
mod workbook;
mod xlsx;

pub use cells::Cells;
pub use error::{FileKind, SheetError};
pub use kind::{Encoding, Kind, Separator};
pub use problem::{CellError, RowProblem};

use archive::Book;
use ods::{OdsBook, OdsGrid};
use sniff::Found;
use std::fs::File;
use std::ops::ControlFlow;
use std::path::Path;
use text::TextSource;
use workbook::WorkbookSource;
use xlsx::{XlsxBook, XlsxGrid};

/// Largest text file, in bytes: 2 GiB, more than ten million rows.
pub const CSV_MAX_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// Largest workbook, in bytes as it lies on the disk: Excel's own 1,048,576 full rows stay well below.
pub const XLSX_MAX_BYTES: u64 = 512 * 1024 * 1024;
/// Largest worksheets of a workbook once unfolded, in bytes. They are streamed, so this bounds time, not memory.
pub const XLSX_EXPANDED_MAX_BYTES: u64 = 4 * 1024 * 1024 * 1024;
/// Most unfolded bytes of an .xlsx beside its worksheets, in bytes: the texts shared among cells, the
/// styles, the pictures. The shared texts are kept in memory while the file is read, so this bounds memory;
/// where elements are written shorter than what they take there, that counts.
pub const XLSX_RESIDENT_MAX_BYTES: u64 = 256 * 1024 * 1024;

/// An office's file with its header read.
pub struct Sheet {
    kind: Kind,
    header: Vec<String>,
    source: Source,
}

enum Source {
    Text(TextSource),
    Xlsx(Box<WorkbookSource<XlsxGrid>>),
    Ods(WorkbookSource<OdsGrid>),
}

/// What went by in one reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// Rows handed over whole.
    pub rows: u64,
    /// Rows handed over as a problem.
    pub problems: u64,
}

impl Sheet {
    /// Opens a file and reads its header.
    ///
    /// A text file is read through once, to know its encoding before its first row is handed over.
    ///
    /// # Errors
    /// Whatever keeps the file from being read as a list, with what to do about it.
    pub fn open(path: &Path) -> Result<Self, SheetError> {
        Self::from_file(File::open(path)?)
    }

    /// The same of a file already open, from its beginning.
    ///
    /// # Errors
    /// As [`Sheet::open`].
    pub fn from_file(file: File) -> Result<Self, SheetError> {
        Self::from_file_named(file, None)
    }

    /// The same, of the sheet with this name; without a name, of the first that is not hidden.
    ///
    /// # Errors
    /// As [`Sheet::open`]; and [`SheetError::NoSuchSheet`], also where a text is asked for a sheet.
    pub fn from_file_named(mut file: File, sheet: Option<&str>) -> Result<Self, SheetError> {
        match find_book(&mut file)? {
            None if sheet.is_some() => Err(SheetError::NoSuchSheet),
            None => {
                let (source, header, kind) = TextSource::open(file)?;
                Ok(Self { kind, header, source: Source::Text(source) })
            }
            Some(Book::Xlsx) => {
                let book = XlsxBook::open(file)?;
                let (sheet, sheets) = (book.tabs().choose(sheet)?, book.tabs().names().len());
                let (source, header) = WorkbookSource::open(book.sheet(sheet.clone()))?;
                Ok(Self {
                    kind: Kind::Xlsx { sheet, sheets },
                    header,
                    source: Source::Xlsx(Box::new(source)),
                })
            }
            Some(Book::Ods) => {
                let book = OdsBook::open(file)?;
                let (sheet, sheets) = (book.tabs().choose(sheet)?, book.tabs().names().len());
                let (source, header) = WorkbookSource::open(book.sheet(sheet.clone()))?;
                Ok(Self { kind: Kind::Ods { sheet, sheets }, header, source: Source::Ods(source) })
            }
        }
    }

    /// Names of the sheets of a workbook among which an operator can choose, in its order: those that are
    /// not hidden. None for a text.
    ///
    /// # Errors
    /// As [`Sheet::open`].
    pub fn sheet_names(mut file: File) -> Result<Vec<String>, SheetError> {
        Ok(match find_book(&mut file)? {
            None => Vec::new(),
            Some(Book::Xlsx) => XlsxBook::open(file)?.tabs().names(),
            Some(Book::Ods) => OdsBook::open(file)?.tabs().names(),
        })
    }

    /// Those of these sheets that have a header and a row, and so can be a list; none for a text.
    ///
    /// # Errors
    /// As [`Sheet::open`], of what keeps the whole file from being read.
    pub fn lists(mut file: File) -> Result<Vec<String>, SheetError> {
        match find_book(&mut file)? {
            None => Ok(Vec::new()),
            Some(Book::Xlsx) => lists::of_xlsx(XlsxBook::open(file)?),
            Some(Book::Ods) => lists::of_ods(OdsBook::open(file)?),
        }
    }

    /// What the file turned out to be, to be said to the operator.
    #[must_use]
    pub const fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Names of the columns, trimmed, in the file's order. Some may be empty or equal: that is the domain's to judge.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Says which column holds amounts in euro: in a workbook a number there is written as one. Where nothing is said
    /// its name tells.
    pub const fn set_amounts(&mut self, column: Option<usize>) {
        match &mut self.source {
            Source::Text(_) => {}
            Source::Xlsx(source) => source.set_amounts(column),
            Source::Ods(source) => source.set_amounts(column),
        }
    }

    /// Hands over every row after the header, from the first, each time it is called.
    ///
    /// A row comes with the physical line on which it starts (in an XLSX, its row number), counted from 1,
    /// and with exactly as many cells as the header; or with the reason why it could not be taken.
    /// Blank rows are skipped. `visit` may stop the reading.
    ///
    /// # Errors
    /// The file has no rows, or can no longer be read; the rows before that were handed over.
    pub fn for_each_row<F>(&mut self, visit: F) -> Result<RowCounts, SheetError>
    where
        F: for<'row> FnMut(u64, Result<Cells<'row>, RowProblem>) -> ControlFlow<()>,
    {
        self.for_each_row_fixed(&|_, _| false, visit)
    }

    /// The same, where `fixed` tells of a line and a column that the caller has another value for it: a cell without
    /// a value of its own is then no problem.
    ///
    /// # Errors
    /// As [`Sheet::for_each_row`].
    pub fn for_each_row_fixed<F>(
        &mut self,
        fixed: &impl Fn(u64, usize) -> bool,
        mut visit: F,
    ) -> Result<RowCounts, SheetError>
    where
        F: for<'row> FnMut(u64, Result<Cells<'row>, RowProblem>) -> ControlFlow<()>,
    {
        let mut counts = RowCounts::default();
        let counted = |line: u64, row: Result<Cells<'_>, RowProblem>| {
            let row = row.and_then(|cells| {
                match lost_digits::columns_of(cells).find(|column| !fixed(line, *column)) {
                    None => Ok(cells),
                    Some(column) => Err(RowProblem::DigitsLost { column }),
                }
            });
            match row {
                Ok(_) => counts.rows += 1,
                Err(_) => counts.problems += 1,
            }
            visit(line, row)
        };
        let columns = self.header.len();
        match &mut self.source {
            Source::Text(source) => source.for_each_row(columns, counted)?,
            Source::Xlsx(source) => source.for_each_row(columns, fixed, counted)?,
            Source::Ods(source) => source.for_each_row(columns, fixed, counted)?,
        }
        if counts == RowCounts::default() { Err(SheetError::NoRows) } else { Ok(counts) }
    }
}

/// Which workbook a file is; none for a text.
fn find_book(file: &mut File) -> Result<Option<Book>, SheetError> {
    match sniff::sniff(file)? {
        Found::Text => Ok(None),
        Found::Archive => archive::recognise(file).map(Some),
        Found::OldOffice if xlsx::has_password(file) => Err(SheetError::PasswordProtected),
        Found::OldOffice => Err(SheetError::NotASheet(FileKind::OldOffice)),
    }
}

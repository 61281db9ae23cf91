//! A sheet of an .ods, row by row.
//!
//! calamine reads .ods too, but takes every sheet of the file into memory before it gives the first cell,
//! and does not come back from some broken files. Its kinds of values are used here, its reader is not.

mod bounded;
mod cell;
mod content;

use super::XLSX_EXPANDED_MAX_BYTES;
use super::cells::Cells;
use super::error::{FileKind, SheetError};
use super::gather::{Outcome, Row, Wanted};
use super::tabs::{SHEETS_MAX, Tab, Tabs};
use super::workbook::Grid;
use content::{Seen, walk};
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::ops::ControlFlow;
use zip::ZipArchive;
use zip::result::ZipError;

/// Most rows of a sheet, as in Excel.
const ROWS_MAX: u32 = 1_048_576;
/// Most bytes of the list of a file's parts, where it is said that they are encrypted.
const MANIFEST_MAX_BYTES: u64 = 1024 * 1024;
const MIMETYPE: &[u8] = b"application/vnd.oasis.opendocument.";

/// An .ods, looked through once.
pub(super) struct OdsBook {
    file: File,
    tabs: Tabs,
    /// Bytes of its content.
    unfolded: u64,
}

impl OdsBook {
    pub(super) fn open(mut file: File) -> Result<Self, SheetError> {
        let mut archive = archive(&mut file)?;
        kind(&mut archive)?;
        let mut tabs = Vec::new();
        let unfolded = walk(content(&mut archive)?, XLSX_EXPANDED_MAX_BYTES, |seen| {
            if let Seen::Sheet { name, hidden } = seen {
                tabs.push(Tab { name: name.to_owned(), hidden });
            }
            if tabs.len() > SHEETS_MAX {
                return Err(SheetError::ExpandsTooMuch);
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(Self { file, tabs: Tabs(tabs), unfolded })
    }

    pub(super) const fn tabs(&self) -> &Tabs {
        &self.tabs
    }

    /// Bytes that one look at a sheet may unfold.
    pub(super) const fn unfolded(&self) -> u64 {
        self.unfolded
    }

    pub(super) fn sheet(self, name: String) -> OdsGrid {
        OdsGrid { file: self.file, sheet: name }
    }
}

/// One sheet of it.
pub(super) struct OdsGrid {
    file: File,
    sheet: String,
}

impl OdsGrid {
    /// Another sheet of the same file.
    pub(super) fn turn_to(&mut self, name: String) {
        self.sheet = name;
    }
}

impl Grid for OdsGrid {
    fn rows<F>(&mut self, wanted: Wanted, visit: F) -> Result<(), SheetError>
    where
        F: for<'row> FnMut(Outcome, Cells<'row>) -> ControlFlow<()>,
    {
        let mut archive = archive(&mut self.file)?;
        let mut rows =
            Rows { wanted, visit, row: Row::default(), number: 0, repeats: 1, column: 0, bytes: 0 };
        let mut in_sheet = false;
        walk(content(&mut archive)?, XLSX_EXPANDED_MAX_BYTES, |seen| match seen {
            Seen::Sheet { name, .. } => {
                in_sheet = name == self.sheet;
                Ok(ControlFlow::Continue(()))
            }
            Seen::SheetEnd if in_sheet => Ok(ControlFlow::Break(())),
            _ if in_sheet => rows.see(seen),
            _ => Ok(ControlFlow::Continue(())),
        })?;
        Ok(())
    }
}

/// Rows of a sheet being gathered.
struct Rows<F> {
    wanted: Wanted,
    visit: F,
    row: Row,
    /// Of the row, counted from 0.
    number: u32,
    /// Of the row.
    repeats: u32,
    /// Of the next cell, counted from 0.
    column: u32,
    /// Of all rows that were visited.
    bytes: u64,
}

impl<F> Rows<F>
where
    F: for<'row> FnMut(Outcome, Cells<'row>) -> ControlFlow<()>,
{
    fn see(&mut self, seen: Seen<'_>) -> Result<ControlFlow<()>, SheetError> {
        match seen {
            Seen::Row { repeats } => {
                self.repeats = repeats;
                self.column = 0;
                self.row.start(Some(self.number));
            }
            Seen::Cell { value, repeats } => {
                let columns = u32::try_from(self.wanted.columns).unwrap_or(u32::MAX);
                let next = self.column.saturating_add(repeats);
                let mut add = |column| {
                    let value = value.as_ref().map_err(|fault| *fault);
                    self.row.add(column, value, self.wanted);
                };
                (self.column..next.min(columns)).for_each(&mut add);
                // Beyond the last column one cell says as much as many.
                if next > columns {
                    add(next - 1);
                }
                self.column = next;
            }
            Seen::RowEnd => return self.row_end(),
            Seen::Sheet { .. } | Seen::SheetEnd => {}
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Visits the row as often as it stands there.
    fn row_end(&mut self) -> Result<ControlFlow<()>, SheetError> {
        let (bytes, written) = self.row.weight();
        let next = self.number.saturating_add(self.repeats);
        if written {
            // A few bytes can stand for a million rows: they are bounded as if they had been written.
            let bytes = u64::try_from(bytes).unwrap_or(u64::MAX).saturating_mul(u64::from(self.repeats));
            self.bytes = self.bytes.saturating_add(bytes);
            if next > ROWS_MAX || self.bytes > XLSX_EXPANDED_MAX_BYTES {
                return Err(SheetError::ExpandsTooMuch);
            }
            for number in (self.number..next).filter(|number| self.wanted.has(*number)) {
                self.row.repeat_as(number);
                if self.row.finish(self.wanted.columns, &mut self.visit).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        self.number = next;
        Ok(ControlFlow::Continue(()))
    }
}

type Archive<'a> = ZipArchive<BufReader<&'a mut File>>;

fn archive(file: &mut File) -> Result<Archive<'_>, SheetError> {
    file.rewind()?;
    ZipArchive::new(BufReader::new(file)).map_err(|_| SheetError::Damaged)
}

fn content(archive: &mut Archive<'_>) -> Result<impl Read, SheetError> {
    archive.by_name("content.xml").map_err(|_| SheetError::Damaged)
}

/// Lets pass a spreadsheet that can be opened without a password.
fn kind(archive: &mut Archive<'_>) -> Result<(), SheetError> {
    let mut mimetype = Vec::new();
    part(archive, "mimetype", 256, &mut mimetype)?;
    let kind = mimetype.strip_prefix(MIMETYPE).unwrap_or(&[]);
    if kind.starts_with(b"text") {
        return Err(SheetError::NotASheet(FileKind::Word));
    }
    if !kind.starts_with(b"spreadsheet") {
        return Err(SheetError::NotASheet(FileKind::Archive));
    }
    let mut manifest = Vec::new();
    part(archive, "META-INF/manifest.xml", MANIFEST_MAX_BYTES, &mut manifest)?;
    let encrypted = memchr::memmem::find(&manifest, b"encryption-data").is_some();
    if encrypted || archive.index_for_name("encrypted-package").is_some() {
        return Err(SheetError::PasswordProtected);
    }
    Ok(())
}

/// Appends the start of a part; nothing if there is none.
fn part(archive: &mut Archive<'_>, name: &str, limit: u64, bytes: &mut Vec<u8>) -> Result<(), SheetError> {
    match archive.by_name(name) {
        Ok(part) => part.take(limit).read_to_end(bytes).map(|_| ()).map_err(|_| SheetError::Damaged),
        Err(ZipError::FileNotFound) => Ok(()),
        Err(_) => Err(SheetError::Damaged),
    }
}

//! A workbook of one table, over as many sheets as it takes.

use super::WriteError;
use super::clean::clean;
use super::value::Value;
use crate::panics::caught;
use jiff::tz::TimeZone;
use rust_xlsxwriter::{Color, Format, FormatAlign, IgnoreError, Workbook};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Rows of a sheet under its header: Excel's 1,048,576 less one.
pub(super) const SHEET_ROWS_MAX: u32 = 1_048_575;
/// From here on the zip is written in its 64-bit form, which needs saying beforehand; below, it is left
/// out, since some programs cannot read it.
const LARGE_BYTES: u64 = 3 * 1024 * 1024 * 1024;

/// Excel's own number for the format `@`.
const TEXT_FORMAT: u8 = 49;
/// Excel's own number for the format `0`.
const INTEGER_FORMAT: u8 = 1;

/// A column: what is in it and how wide it is, in characters.
pub(super) struct Column {
    pub(super) title: String,
    pub(super) width: f64,
    pub(super) style: Style,
}

/// How the cells of a column are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Text, also if someone edits the cell: a code stays as it is.
    Text,
    /// Date and time.
    Moment,
    /// Euro.
    Amount,
    /// A whole number.
    Integer,
}

/// The workbook being written.
pub(super) struct Book {
    path: PathBuf,
    folder: PathBuf,
    workbook: Workbook,
    sheet_name: String,
    columns: Vec<Column>,
    formats: Formats,
    rome: TimeZone,
    rows_per_sheet: u32,
    /// Sheets so far and rows in the last of them.
    sheets: usize,
    sheet_rows: u32,
    rows: u64,
    /// A generous guess of the XML's bytes.
    bytes: u64,
    failed: Option<WriteError>,
}

struct Formats {
    header: Format,
    text: Format,
    moment: Format,
    amount: Format,
    integer: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            header: Format::new()
                .set_bold()
                .set_background_color(Color::RGB(0xE6_ECF2))
                .set_align(FormatAlign::VerticalCenter),
            text: Format::new().set_num_format_index(TEXT_FORMAT),
            moment: Format::new().set_num_format("dd/mm/yyyy hh:mm"),
            amount: Format::new().set_num_format("#,##0.00\\ \"€\""),
            integer: Format::new().set_num_format_index(INTEGER_FORMAT),
        }
    }

    const fn of(&self, style: Style) -> &Format {
        match style {
            Style::Text => &self.text,
            Style::Moment => &self.moment,
            Style::Amount => &self.amount,
            Style::Integer => &self.integer,
        }
    }
}

impl Book {
    /// Begins a workbook that will be at `path`, with its first sheet and header.
    pub(super) fn create(
        path: &Path,
        sheet_name: String,
        columns: Vec<Column>,
        rows_per_sheet: u32,
    ) -> Result<Self, WriteError> {
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder.to_owned(),
            _ => PathBuf::from("."),
        };
        let mut workbook = Workbook::new();
        // Also tells at once if nothing can be written there.
        workbook.set_tempdir(&folder)?;
        let mut book = Self {
            path: path.to_owned(),
            folder,
            workbook,
            sheet_name,
            columns,
            formats: Formats::new(),
            rome: TimeZone::get("Europe/Rome").map_err(|_| WriteError::Internal)?,
            rows_per_sheet,
            sheets: 0,
            sheet_rows: 0,
            rows: 0,
            bytes: 0,
            failed: None,
        };
        book.add_sheet()?;
        Ok(book)
    }

    /// Writes a row; values beyond the columns are left out.
    pub(super) fn push<'a>(&mut self, values: impl Iterator<Item = Value<'a>>) -> Result<(), WriteError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let outcome = self.try_push(values);
        self.failed = outcome.err();
        outcome
    }

    fn try_push<'a>(&mut self, values: impl Iterator<Item = Value<'a>>) -> Result<(), WriteError> {
        if self.sheet_rows == self.rows_per_sheet {
            self.end_sheet()?;
            self.add_sheet()?;
        }
        let sheet = self.workbook.worksheet_from_index(self.sheets - 1)?;
        let row = self.sheet_rows + 1;
        let (rome, columns) = (&self.rome, self.columns.len());
        let mut bytes = 0;
        guarded(|| {
            for (column, value) in (0_u16..).zip(values.take(columns)) {
                bytes += value.write(sheet, row, column, rome)?;
            }
            Ok(())
        })?;
        self.bytes += bytes;
        self.sheet_rows += 1;
        self.rows += 1;
        Ok(())
    }

    /// Puts the file in its place and tells how many rows it has.
    pub(super) fn finish(mut self) -> Result<u64, WriteError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        self.end_sheet()?;
        self.workbook.use_zip_large_file(self.bytes > LARGE_BYTES);
        // Readable by its owner only, as befits citizens' data; gone by itself if anything fails.
        let mut file = NamedTempFile::new_in(&self.folder)?;
        let workbook = &mut self.workbook;
        guarded(|| {
            let mut writer = BufWriter::with_capacity(1 << 18, file.as_file_mut());
            workbook.save_to_writer(&mut writer)?;
            Ok(writer.flush()?)
        })?;
        file.as_file().sync_all()?;
        file.persist(&self.path).map_err(|error| error.error)?;
        Ok(self.rows)
    }

    fn add_sheet(&mut self) -> Result<(), WriteError> {
        self.sheets += 1;
        self.sheet_rows = 0;
        let name = match self.sheets {
            1 => self.sheet_name.clone(),
            number => format!("{} {number}", self.sheet_name),
        };
        let Self { workbook, columns, formats, .. } = self;
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        guarded(|| {
            for (index, column) in (0_u16..).zip(columns.iter()) {
                sheet.set_column_width(index, column.width)?;
                sheet.set_column_format(index, formats.of(column.style))?;
                sheet.write_string_with_format(0, index, clean(&column.title), &formats.header)?;
            }
            Ok(())
        })
    }

    fn end_sheet(&mut self) -> Result<(), WriteError> {
        let last_column = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let sheet = self.workbook.worksheet_from_index(self.sheets - 1)?;
        sheet.autofilter(0, 0, self.sheet_rows, last_column)?;
        // A code of digits is meant to be text: no green corner to "correct" it.
        let reason = IgnoreError::NumberStoredAsText;
        sheet.ignore_error_range(0, 0, self.sheet_rows, last_column, reason)?;
        Ok(())
    }
}

/// Does `work` with the library, which panics instead of telling when its temporary file cannot be written
/// (a full disk). The workbook is not used again after that.
fn guarded(work: impl FnOnce() -> Result<(), WriteError>) -> Result<(), WriteError> {
    caught(work).unwrap_or_else(|panic| Err(WriteError::from_panic(&*panic)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error() {
        let outcome = guarded(|| panic!("Couldn't write to xml file: Os {{ code: 28, kind: StorageFull }}"));
        assert_eq!(outcome, Err(WriteError::DiskFull));
        assert_eq!(guarded(|| panic!("other")), Err(WriteError::Internal));
    }
}

//! A workbook of one table, over as many sheets as it takes.

use super::WriteError;
use super::clean::clean;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rust_xlsxwriter::{Color, Format, FormatAlign, IgnoreError, Workbook, Worksheet};
use staffetta_domain::UnixMillis;
use std::io::{BufWriter, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Rows of a sheet under its header: Excel's 1,048,576 less one.
pub(super) const SHEET_ROWS_MAX: u32 = 1_048_575;
/// The day that Excel counts as 0, 30 December 1899, lies this many days before 1970.
const EXCEL_DAYS_TO_1970: f64 = 25_569.0;
const SECONDS_OF_A_DAY: f64 = 86_400.0;
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

/// A cell.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    /// An empty cell.
    Nothing,
    /// Text whatever it looks like.
    Text(&'a str),
    /// Shown in Rome's time.
    Moment(UnixMillis),
    /// Euro cents.
    Cents(i64),
    /// A whole number.
    Integer(i64),
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
                bytes += write(sheet, row, column, value, rome)?;
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

/// Writes a cell and tells about how many bytes of XML it takes. Only typed writes: nothing is guessed.
fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: Value<'_>,
    rome: &TimeZone,
) -> Result<u64, WriteError> {
    /// A cell's tags, and how much escaping can stretch a character.
    const TAGS: u64 = 64;
    const STRETCH: u64 = 6;
    match value {
        Value::Nothing | Value::Text("") => return Ok(0),
        Value::Text(text) => {
            sheet.write_string(row, column, clean(text))?;
            return Ok(TAGS + STRETCH * u64::try_from(text.len()).unwrap_or(u64::MAX / 16));
        }
        Value::Moment(moment) => {
            if let Some(days) = excel_days(moment, rome) {
                sheet.write_number(row, column, days)?;
            }
        }
        Value::Cents(cents) => {
            sheet.write_number(row, column, float(cents) / 100.0)?;
        }
        Value::Integer(number) => {
            sheet.write_number(row, column, float(number))?;
        }
    }
    Ok(TAGS)
}

/// Days and fraction of a day as Excel counts them, on Rome's clocks; none where Excel has no dates.
fn excel_days(moment: UnixMillis, rome: &TimeZone) -> Option<f64> {
    let instant = Timestamp::from_millisecond(moment.0).ok()?;
    let seconds = moment.0.div_euclid(1000) + i64::from(rome.to_offset(instant).seconds());
    let days = EXCEL_DAYS_TO_1970 + float(seconds) / SECONDS_OF_A_DAY;
    (days >= 1.0).then_some(days)
}

/// The same number; exact up to 2⁵³, beyond any that is written here.
fn float(number: i64) -> f64 {
    let high = i32::try_from(number >> 32).unwrap_or_default();
    let low = u32::try_from(number & 0xffff_ffff).unwrap_or_default();
    f64::from(high) * 4_294_967_296.0 + f64::from(low)
}

/// Does `work` with the library, which panics instead of telling when its temporary file cannot be written
/// (a full disk). The workbook is not used again after that.
fn guarded(work: impl FnOnce() -> Result<(), WriteError>) -> Result<(), WriteError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(WriteError::from_panic(&*panic)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_moments_are_exact() {
        for number in [0, 1, -1, 4_294_967_296, -4_294_967_297, 9_007_199_254_740_992] {
            assert_eq!(format!("{:.0}", float(number)), number.to_string());
        }
        let rome = TimeZone::get("Europe/Rome").unwrap();
        // 2026-12-15T09:30:00Z is 10:30 in Rome; 2026-07-01T22:00:00Z is midnight there.
        assert_eq!(excel_days(UnixMillis(1_797_327_000_000), &rome), Some(46_371.437_5));
        assert_eq!(excel_days(UnixMillis(1_782_943_200_000), &rome), Some(46_205.0));
        assert_eq!(excel_days(UnixMillis(-2_300_000_000_000), &rome), None);
    }

    #[test]
    fn a_panic_becomes_an_error() {
        let outcome = guarded(|| panic!("Couldn't write to xml file: Os {{ code: 28, kind: StorageFull }}"));
        assert_eq!(outcome, Err(WriteError::DiskFull));
        assert_eq!(guarded(|| panic!("other")), Err(WriteError::Internal));
    }
}

//! A sheet of an .xlsx, cell by cell.
//!
//! The library panics at some files that no program writes; that is a damaged file, as any other.

use super::cells::Cells;
use super::error::SheetError;
use super::gather::{Outcome, Row, Wanted};
use super::guard;
use super::tabs::{SHEETS_MAX, Tab, Tabs};
use super::workbook::Grid;
use crate::panics::caught;
use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;

/// An .xlsx, looked through and opened.
pub(super) struct XlsxBook {
    workbook: Xlsx<BufReader<File>>,
    /// Bytes of its worksheets.
    unfolded: u64,
}

impl XlsxBook {
    pub(super) fn open(mut file: File) -> Result<Self, SheetError> {
        let unfolded = guard::inspect(&mut file)?;
        let opened = caught(|| Xlsx::new(BufReader::new(file))).map_err(|_| SheetError::Damaged)?;
        let workbook = opened.map_err(|error| fatal(&error))?;
        if workbook.sheets_metadata().len() > SHEETS_MAX {
            return Err(SheetError::ExpandsTooMuch);
        }
        Ok(Self { workbook, unfolded })
    }

    pub(super) fn tabs(&self) -> Tabs {
        let sheets = self.workbook.sheets_metadata().iter();
        let tab =
            |name: &String, visible| Tab { name: name.clone(), hidden: visible != SheetVisible::Visible };
        let worksheets = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet);
        Tabs(worksheets.map(|sheet| tab(&sheet.name, sheet.visible)).collect())
    }

    /// Bytes that one look at a sheet may unfold: several sheets may be one part of the file.
    pub(super) const fn unfolded(&self) -> u64 {
        self.unfolded
    }

    pub(super) fn sheet(self, name: String) -> XlsxGrid {
        XlsxGrid { workbook: self.workbook, sheet: name }
    }
}

/// Whether an old Office file is an .xlsx behind a password, which has the same container.
pub(super) fn has_password(file: &mut File) -> bool {
    matches!(caught(|| Xlsx::new(BufReader::new(file))), Ok(Err(XlsxError::Password)))
}

/// One sheet of it.
pub(super) struct XlsxGrid {
    workbook: Xlsx<BufReader<File>>,
    sheet: String,
}

impl XlsxGrid {
    /// Another sheet of the same workbook.
    pub(super) fn turn_to(&mut self, name: String) {
        self.sheet = name;
    }
}

impl Grid for XlsxGrid {
    fn rows<F>(&mut self, wanted: Wanted, mut visit: F) -> Result<(), SheetError>
    where
        F: for<'row> FnMut(Outcome, Cells<'row>) -> ControlFlow<()>,
    {
        let reader = caught(|| self.workbook.worksheet_cells_reader(&self.sheet));
        let mut reader = reader.map_err(|_| SheetError::Damaged)?.map_err(|error| fatal(&error))?;
        let mut row = Row::default();
        let mut under_header = false;
        let mut last = 0;
        loop {
            let cell = match caught(|| reader.next_cell()).map_err(|_| SheetError::Damaged)? {
                Ok(Some(cell)) => cell,
                Ok(None) => break,
                // The reader does not say which cell it is.
                Err(error) if is_of_a_cell(&error) => {
                    row.fail_with_the_next();
                    continue;
                }
                Err(error) => return Err(fatal(&error)),
            };
            let (number, column) = cell.get_position();
            // Rows go down; a row that came before would be read twice, under the same number.
            if number < last {
                return Err(SheetError::Damaged);
            }
            last = number;
            under_header |= wanted.has(number);
            if !under_header {
                row.start(None);
                continue;
            }
            if row.number() != Some(number) {
                if row.finish(wanted.columns, &mut visit).is_break() {
                    return Ok(());
                }
                row.start(Some(number));
            }
            row.add(column, Ok(cell.get_value()), wanted);
        }
        // Whether the caller wants more is of no interest after the last row.
        let _ = row.finish(wanted.columns, &mut visit);
        Ok(())
    }
}

/// What one cell is to blame for: the reading can go on.
const fn is_of_a_cell(error: &XlsxError) -> bool {
    matches!(
        error,
        XlsxError::CellError(_)
            | XlsxError::CellTAttribute(_)
            | XlsxError::ParseFloat(_)
            | XlsxError::Unrecognized { .. }
            | XlsxError::Unexpected(_)
    )
}

/// What keeps the rest of the workbook from being read.
fn fatal(error: &XlsxError) -> SheetError {
    match error {
        XlsxError::Io(error) => SheetError::Unreadable(error.kind()),
        XlsxError::Password => SheetError::PasswordProtected,
        XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_) => SheetError::NoWorksheet,
        _ => SheetError::Damaged,
    }
}

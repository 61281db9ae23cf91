//! The first sheet of an .xlsx as a list, cell by cell.

use super::cell_text;
use super::cells::{CellBuffer, Cells};
use super::error::{FileKind, SheetError};
use super::problem::{CellError, RowProblem};
use super::{Kind, guard, header};
use calamine::{Cell, DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use staffetta_domain::{Columns, limits};
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::ops::ControlFlow;

/// A workbook whose header was read.
pub(super) struct WorkbookSource {
    workbook: Xlsx<BufReader<File>>,
    sheet: String,
    sheets: usize,
    /// Row of the header, counted from 0.
    header_row: u32,
    /// Place of the column of amounts.
    amounts: Option<usize>,
}

impl WorkbookSource {
    /// Finds the sheet and its header.
    pub(super) fn open(mut file: File) -> Result<(Self, Vec<String>), SheetError> {
        let mut magic = [0; 2];
        file.rewind()?;
        file.read_exact(&mut magic)?;
        if magic != *b"PK" {
            return Err(match Xlsx::new(BufReader::new(file)) {
                Err(XlsxError::Password) => SheetError::PasswordProtected,
                _ => SheetError::NotASheet(FileKind::OldOffice),
            });
        }
        guard::inspect(&mut file)?;
        let mut workbook = Xlsx::new(BufReader::new(file)).map_err(|error| fatal(&error))?;
        let worksheets = || workbook.sheets_metadata().iter().filter(|one| one.typ == SheetType::WorkSheet);
        let first = worksheets().find(|one| one.visible == SheetVisible::Visible).or(worksheets().next());
        let sheet = first.ok_or(SheetError::NoWorksheet)?.name.clone();
        let sheets = worksheets().count();

        let mut names = None;
        let wanted = Wanted { after: None, columns: limits::COLUMNS_MAX, amounts: None };
        rows(&mut workbook, &sheet, wanted, |row, cells| {
            if row.is_ok() && cells.is_blank() {
                return ControlFlow::Continue(());
            }
            names = Some((row, header::names(cells)));
            ControlFlow::Break(())
        })?;
        let (row, names) = names.ok_or(SheetError::Empty)?;
        let (header_row, names) = match row {
            Ok(row) => (row, names?),
            Err((_, RowProblem::TooManyCells { .. })) => return Err(SheetError::TooManyColumns),
            Err((row, problem)) => return Err(SheetError::BadHeader { line: line(row), problem }),
        };
        let amounts = Columns::from_header(&names).ok().and_then(|columns| columns.amount());
        Ok((Self { workbook, sheet, sheets, header_row, amounts }, names))
    }

    pub(super) fn kind(&self) -> Kind {
        Kind::Xlsx { sheet: self.sheet.clone(), sheets: self.sheets }
    }

    /// Hands over every row under the header.
    pub(super) fn for_each_row<F>(&mut self, columns: usize, mut visit: F) -> Result<(), SheetError>
    where
        F: for<'row> FnMut(u64, Result<Cells<'row>, RowProblem>) -> ControlFlow<()>,
    {
        let wanted = Wanted { after: Some(self.header_row), columns, amounts: self.amounts };
        rows(&mut self.workbook, &self.sheet, wanted, |row, cells| match row {
            Ok(_) if cells.is_blank() => ControlFlow::Continue(()),
            Ok(row) => visit(line(row), Ok(cells)),
            Err((row, problem)) => visit(line(row), Err(problem)),
        })
    }
}

/// Number of a row as Excel shows it.
fn line(row: u32) -> u64 {
    u64::from(row) + 1
}

/// Row number, or that and what is wrong with the row.
type Outcome = Result<u32, (u32, RowProblem)>;

/// Which rows are wanted, and how.
#[derive(Clone, Copy)]
struct Wanted {
    /// Those after this one.
    after: Option<u32>,
    /// Padded to this many columns.
    columns: usize,
    /// With amounts in this one.
    amounts: Option<usize>,
}

/// Gathers the cells of the rows that are wanted and visits each row that has some.
fn rows<F>(
    workbook: &mut Xlsx<BufReader<File>>,
    sheet: &str,
    wanted: Wanted,
    mut visit: F,
) -> Result<(), SheetError>
where
    F: for<'row> FnMut(Outcome, Cells<'row>) -> ControlFlow<()>,
{
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(|error| fatal(&error))?;
    let Wanted { after, columns, .. } = wanted;
    let mut row = Row::default();
    let mut under_header = after.is_none();
    loop {
        let cell = match reader.next_cell() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            Err(error) => {
                row.unreadable(&error)?;
                continue;
            }
        };
        let (number, column) = cell.get_position();
        under_header |= after.is_some_and(|after| number > after);
        if !under_header {
            row.start(None);
            continue;
        }
        if row.number != Some(number) {
            if row.finish(columns, &mut visit).is_break() {
                return Ok(());
            }
            row.start(Some(number));
        }
        row.add(&cell, column, wanted);
    }
    // Whether the caller wants more is of no interest after the last row.
    let _ = row.finish(columns, &mut visit);
    Ok(())
}

/// A row being gathered.
#[derive(Default)]
struct Row {
    number: Option<u32>,
    cells: CellBuffer,
    problem: Option<RowProblem>,
    /// A cell that could not be read, somewhere in the row that is next or in this one.
    stray: bool,
}

impl Row {
    fn start(&mut self, number: Option<u32>) {
        self.number = number;
        self.cells.clear();
        self.problem = self.stray.then_some(RowProblem::UnreadableCell);
        self.stray = false;
    }

    fn add(&mut self, cell: &Cell<DataRef<'_>>, column: u32, Wanted { columns, amounts, .. }: Wanted) {
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        let value = cell.get_value();
        if column >= columns {
            let blank = match value {
                DataRef::Empty => true,
                DataRef::String(text) => text.trim().is_empty(),
                DataRef::SharedString(text) => text.trim().is_empty(),
                _ => false,
            };
            if !blank {
                let found = column.saturating_add(1);
                self.fail(RowProblem::TooManyCells { found, expected: columns });
            }
            return;
        }
        if column < self.cells.cells().len() {
            return self.fail(RowProblem::UnreadableCell);
        }
        self.cells.pad_to(column);
        let mut error: Option<CellError> = None;
        let append = if amounts == Some(column) { cell_text::append_amount } else { cell_text::append };
        self.cells.push_with(|text| error = append(text, value).err());
        if let Some(error) = error {
            self.fail(RowProblem::FormulaError { column, error });
        }
        if self.cells.bytes() > limits::ROW_MAX_BYTES {
            self.fail(RowProblem::TooLong);
            self.cells.clear();
        }
    }

    /// Keeps the first problem of the row.
    fn fail(&mut self, problem: RowProblem) {
        self.problem.get_or_insert(problem);
    }

    /// A cell that the reader could not make out. It does not say which: it may be the last of this row or
    /// the first of the next, and so both are held back.
    fn unreadable(&mut self, error: &XlsxError) -> Result<(), SheetError> {
        if matches!(
            error,
            XlsxError::CellError(_)
                | XlsxError::CellTAttribute(_)
                | XlsxError::ParseFloat(_)
                | XlsxError::Unrecognized { .. }
                | XlsxError::Unexpected(_)
        ) {
            self.fail(RowProblem::UnreadableCell);
            self.stray = true;
            Ok(())
        } else {
            Err(fatal(error))
        }
    }

    fn finish<F>(&mut self, columns: usize, visit: &mut F) -> ControlFlow<()>
    where
        F: for<'row> FnMut(Outcome, Cells<'row>) -> ControlFlow<()>,
    {
        let Some(number) = self.number else { return ControlFlow::Continue(()) };
        self.cells.pad_to(columns);
        visit(self.problem.map_or(Ok(number), |problem| Err((number, problem))), self.cells.cells())
    }
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

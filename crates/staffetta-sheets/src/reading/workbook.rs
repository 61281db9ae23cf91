//! A sheet of a workbook as a list, whatever the workbook's format.

use super::cells::Cells;
use super::error::SheetError;
use super::gather::{Outcome, Wanted};
use super::header::{self, Header};
use super::problem::RowProblem;
use staffetta_domain::{Columns, limits};
use std::ops::ControlFlow;

/// A sheet that gives its rows from the first, each time it is asked.
pub(super) trait Grid {
    /// Visits each wanted row in which a cell is written.
    fn rows<F>(&mut self, wanted: Wanted, visit: F) -> Result<(), SheetError>
    where
        F: for<'row> FnMut(Outcome, Cells<'row>) -> ControlFlow<()>;
}

impl<G: Grid> Grid for &mut G {
    fn rows<F>(&mut self, wanted: Wanted, visit: F) -> Result<(), SheetError>
    where
        F: for<'row> FnMut(Outcome, Cells<'row>) -> ControlFlow<()>,
    {
        (**self).rows(wanted, visit)
    }
}

/// A sheet whose header was read.
pub(super) struct WorkbookSource<G> {
    grid: G,
    /// Row of the header, counted from 0; none if the sheet is a list of codes without one.
    header_row: Option<u32>,
    /// Place of the column of amounts.
    amounts: Option<usize>,
}

impl<G: Grid> WorkbookSource<G> {
    /// Finds the header.
    pub(super) fn open(mut grid: G) -> Result<(Self, Vec<String>), SheetError> {
        let mut first = None;
        let wanted = Wanted { after: None, columns: limits::COLUMNS_MAX, amounts: None };
        grid.rows(wanted, |row, cells| {
            if row.is_ok() && cells.is_blank() {
                return ControlFlow::Continue(());
            }
            first = Some((row, header::read(cells)));
            ControlFlow::Break(())
        })?;
        let (row, header) = first.ok_or(SheetError::Empty)?;
        let (row, header) = match row {
            Ok(row) => (row, header?),
            Err((_, RowProblem::TooManyCells { .. })) => return Err(SheetError::TooManyColumns),
            Err((row, problem)) => return Err(SheetError::BadHeader { line: line(row), problem }),
        };
        let header_row = matches!(header, Header::Names(_)).then_some(row);
        let names = header.into_names();
        let amounts = Columns::from_ledger(names.clone()).amount();
        Ok((Self { grid, header_row, amounts }, names))
    }

    /// Says which is the column of amounts, where a person knows better than its name.
    pub(super) const fn set_amounts(&mut self, column: Option<usize>) {
        self.amounts = column;
    }

    /// Hands over every row under the header; one whose only wrong cell was put right elsewhere is a good one.
    pub(super) fn for_each_row<F>(
        &mut self,
        columns: usize,
        fixed: &impl Fn(u64, usize) -> bool,
        mut visit: F,
    ) -> Result<(), SheetError>
    where
        F: for<'row> FnMut(u64, Result<Cells<'row>, RowProblem>) -> ControlFlow<()>,
    {
        let wanted = Wanted { after: self.header_row, columns, amounts: self.amounts };
        self.grid.rows(wanted, |row, cells| match row {
            Ok(_) if cells.is_blank() => ControlFlow::Continue(()),
            Ok(row) => visit(line(row), Ok(cells)),
            Err((row, problem)) => match problem.column() {
                Some(column) if !cells.is_empty() && fixed(line(row), column) => visit(line(row), Ok(cells)),
                _ => visit(line(row), Err(problem)),
            },
        })
    }
}

/// Number of a row as a spreadsheet shows it.
fn line(row: u32) -> u64 {
    u64::from(row) + 1
}

//! The cells of a workbook gathered into rows.

use super::cell_text::{self, CellFault};
use super::cells::{CellBuffer, Cells};
use super::problem::RowProblem;
use calamine::DataRef;
use staffetta_domain::limits;
use std::ops::ControlFlow;

/// Number of a row, counted from 0, or that and what is wrong with the row.
pub(super) type Outcome = Result<u32, (u32, RowProblem)>;

/// Which rows are wanted, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// Those after this one, counted from 0; all if there is none.
    pub(super) after: Option<u32>,
    /// Padded to this many columns.
    pub(super) columns: usize,
    /// With amounts in this one.
    pub(super) amounts: Option<usize>,
}

impl Wanted {
    /// Whether this row is.
    pub(super) fn has(&self, row: u32) -> bool {
        self.after.is_none_or(|after| row > after)
    }
}

/// A row being gathered.
#[derive(Default)]
pub(super) struct Row {
    number: Option<u32>,
    cells: CellBuffer,
    problem: Option<RowProblem>,
    /// More than one of its cells has no value.
    several: bool,
    /// A cell that could not be read, somewhere in the row that is next or in this one.
    stray: bool,
}

impl Row {
    pub(super) const fn number(&self) -> Option<u32> {
        self.number
    }

    /// Begins a row, or one that is not wanted.
    pub(super) fn start(&mut self, number: Option<u32>) {
        self.number = number;
        self.cells.clear();
        self.problem = self.stray.then_some(RowProblem::UnreadableCell);
        self.stray = false;
        self.several = false;
    }

    /// Adds a cell to the right of those before it.
    pub(super) fn add(&mut self, column: u32, value: Result<&DataRef<'_>, CellFault>, wanted: Wanted) {
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= wanted.columns {
            let blank = match value {
                Ok(DataRef::Empty) => true,
                Ok(DataRef::String(text)) => text.trim().is_empty(),
                Ok(DataRef::SharedString(text)) => text.trim().is_empty(),
                _ => false,
            };
            if !blank {
                let found = column.saturating_add(1);
                self.fail(RowProblem::TooManyCells { found, expected: wanted.columns });
            }
            return;
        }
        if column < self.cells.cells().len() {
            return self.fail(RowProblem::UnreadableCell);
        }
        self.cells.pad_to(column);
        let append =
            if wanted.amounts == Some(column) { cell_text::append_amount } else { cell_text::append };
        let mut appended = Ok(());
        self.cells.push_with(|text| appended = value.and_then(|value| append(text, value)));
        if let Err(fault) = appended {
            self.several |= self.problem.is_some();
            self.fail(fault.in_column(column));
        }
        if self.cells.bytes() > limits::ROW_MAX_BYTES {
            self.fail(RowProblem::TooLong);
            self.cells.clear();
        }
    }

    /// Keeps the first problem of the row.
    pub(super) fn fail(&mut self, problem: RowProblem) {
        self.problem.get_or_insert(problem);
    }

    /// A cell could not be read, and it may be the last of this row or the first of the next: both are held back.
    pub(super) fn fail_with_the_next(&mut self) {
        self.fail(RowProblem::UnreadableCell);
        self.stray = true;
    }

    /// Visits the row, if one was begun that is wanted.
    pub(super) fn finish<F>(&mut self, columns: usize, visit: &mut F) -> ControlFlow<()>
    where
        F: for<'row> FnMut(Outcome, Cells<'row>) -> ControlFlow<()>,
    {
        let Some(number) = self.number else { return ControlFlow::Continue(()) };
        self.cells.pad_to(columns);
        // A row is put right one cell at a time: where another would stay empty, nobody may take it for whole.
        let whole = self.problem.is_none_or(|problem| problem.column().is_some() && !self.several);
        let cells = if whole { self.cells.cells() } else { Cells::new("", &[]) };
        visit(self.problem.map_or(Ok(number), |problem| Err((number, problem))), cells)
    }

    /// The row's bytes and whether there is something in it.
    pub(super) fn weight(&self) -> (usize, bool) {
        (self.cells.bytes(), self.problem.is_some() || !self.cells.cells().is_blank())
    }

    /// The same row again, further down.
    pub(super) fn repeat_as(&mut self, number: u32) {
        self.number = Some(number);
    }
}

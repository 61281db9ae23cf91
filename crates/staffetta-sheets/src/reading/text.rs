//! A text file as a list.

use super::cells::{CellBuffer, Cells};
use super::encoding::{self, UTF8_MARK};
use super::error::SheetError;
use super::header;
use super::kind::{Encoding, Separator};
use super::problem::RowProblem;
use super::records::{Records, Step};
use super::separator;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::ControlFlow;

/// Bytes looked at to find the separator.
const SAMPLE_BYTES: u64 = 64 * 1024;

/// A text file whose header was read.
pub(super) struct TextSource {
    file: File,
    separator: Separator,
    encoding: Encoding,
    /// Where the first row starts, in bytes and lines.
    rows_at: (u64, u64),
}

impl TextSource {
    /// Finds encoding, separator and header.
    pub(super) fn open(mut file: File) -> Result<(Self, Vec<String>, Separator, Encoding), SheetError> {
        file.rewind()?;
        let encoding = encoding::find(&mut file)?;
        file.rewind()?;
        let mut sample = Vec::new();
        file.by_ref().take(SAMPLE_BYTES).read_to_end(&mut sample)?;
        let at_end = sample.len() < usize::try_from(SAMPLE_BYTES).unwrap_or(usize::MAX);
        let mark = if sample.starts_with(UTF8_MARK) { UTF8_MARK.len() } else { 0 };
        let start = sample.get(mark..).unwrap_or(&[]);
        let (separator, skip, line) = match separator::declared(start) {
            Some((separator, length)) => (separator, mark + length, 2),
            None => (separator::guess(start, at_end), mark, 1),
        };
        let header_at = u64::try_from(skip).unwrap_or(u64::MAX);
        file.seek(SeekFrom::Start(header_at))?;

        let mut records = Records::new(&mut file, separator.byte(), line);
        let mut scratch = CellBuffer::default();
        let names = loop {
            let line = match records.next()? {
                Step::End => return Err(SheetError::Empty),
                Step::Problem { line, problem } => return Err(SheetError::BadHeader { line, problem }),
                Step::Record { line } => line,
            };
            let cells = encoding::decode(records.current(), encoding, &mut scratch)
                .map_err(|problem| SheetError::BadHeader { line, problem })?;
            if !cells.is_blank() {
                break header::names(cells)?;
            }
        };
        let (bytes, line) = records.position();
        let source = Self { file, separator, encoding, rows_at: (header_at + bytes, line) };
        Ok((source, names, separator, encoding))
    }

    /// Hands over every row under the header.
    pub(super) fn for_each_row<F>(&mut self, columns: usize, mut visit: F) -> Result<(), SheetError>
    where
        F: for<'row> FnMut(u64, Result<Cells<'row>, RowProblem>) -> ControlFlow<()>,
    {
        let (offset, line) = self.rows_at;
        self.file.seek(SeekFrom::Start(offset))?;
        let mut records = Records::new(&mut self.file, self.separator.byte(), line);
        let mut scratch = CellBuffer::default();
        loop {
            let (line, row) = match records.next()? {
                Step::End => return Ok(()),
                Step::Problem { line, problem } => (line, Err(problem)),
                Step::Record { line } => {
                    let row = encoding::decode(records.current(), self.encoding, &mut scratch);
                    if row.is_ok_and(|cells| cells.is_blank()) {
                        continue;
                    }
                    (line, row.and_then(|cells| fit(cells, columns)))
                }
            };
            if visit(line, row).is_break() {
                return Ok(());
            }
        }
    }
}

/// The row with as many cells as the header; empty ones at its end, which Excel leaves behind, do not count.
///
/// A row with fewer is refused and not filled up: it may be the first half of a row broken in two.
fn fit(cells: Cells<'_>, expected: usize) -> Result<Cells<'_>, RowProblem> {
    let found = cells.len();
    if found < expected {
        Err(RowProblem::TooFewCells { found, expected })
    } else if found > expected && !cells.after(expected).is_blank() {
        Err(RowProblem::TooManyCells { found, expected })
    } else {
        Ok(cells.first(expected))
    }
}

//! A text file as a list.

use super::cells::{CellBuffer, Cells};
use super::decoded::Decoded;
use super::encoding::{self, UTF8_MARK};
use super::error::SheetError;
use super::header::{self, Header};
use super::kind::{Encoding, Kind, Separator};
use super::problem::RowProblem;
use super::record_cells::cells_of;
use super::records::{Records, Step};
use super::separator;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

/// Bytes looked at to find encoding and separator.
const SAMPLE_BYTES: u64 = 64 * 1024;

/// A text file whose header was read.
pub(super) struct TextSource {
    file: File,
    separator: Separator,
    encoding: Encoding,
    /// Where the first row starts, in bytes once decoded and in lines.
    rows_at: (u64, u64),
}

impl TextSource {
    /// Finds encoding, separator and header.
    pub(super) fn open(mut file: File) -> Result<(Self, Vec<String>, Kind), SheetError> {
        let head = sample(&mut file, Encoding::Utf8)?;
        let encoding = match encoding::at_start(&head) {
            Some(encoding) => encoding,
            None => {
                file.rewind()?;
                encoding::find(&mut file)?
            }
        };
        let sample = sample(&mut file, encoding)?;
        let at_end = sample.len() < usize::try_from(SAMPLE_BYTES).unwrap_or(usize::MAX);
        let mark = if sample.starts_with(UTF8_MARK) { UTF8_MARK.len() } else { 0 };
        let start = sample.get(mark..).unwrap_or(&[]);
        let (separator, skip, line) = match separator::declared(start) {
            Some((separator, length)) => (separator, mark + length, 2),
            None => (separator::guess(start, at_end), mark, 1),
        };
        let header_at = (u64::try_from(skip).unwrap_or(u64::MAX), line);
        let mut source = Self { file, separator, encoding, rows_at: header_at };

        let mut records = source.records()?;
        let mut scratch = CellBuffer::default();
        let header = loop {
            let line = match records.next()? {
                Step::End => return Err(SheetError::Empty),
                Step::Problem { line, problem } => return Err(SheetError::BadHeader { line, problem }),
                Step::Record { line } => line,
            };
            let cells = cells_of(records.current(), &mut scratch)
                .map_err(|problem| SheetError::BadHeader { line, problem })?;
            if !cells.is_blank() {
                break header::read(cells)?;
            }
        };
        let (bytes, line) = match header {
            Header::Names(_) => records.after_current(),
            Header::FirstCode => records.before_current(),
        };
        source.rows_at = (header_at.0 + bytes, line);
        let kind = match header {
            Header::Names(_) => Kind::Csv { separator, encoding },
            Header::FirstCode => Kind::Codes { encoding },
        };
        Ok((source, header.into_names(), kind))
    }

    /// The records from [`Self::rows_at`].
    fn records(&mut self) -> io::Result<Records<Decoded<&mut File>>> {
        let (skip, line) = self.rows_at;
        // What is not UTF-8 has no place in the file that corresponds to one in its decoded text.
        let as_it_is = self.encoding == Encoding::Utf8;
        self.file.seek(SeekFrom::Start(if as_it_is { skip } else { 0 }))?;
        let mut text = Decoded::new(&mut self.file, self.encoding);
        if !as_it_is {
            io::copy(&mut text.by_ref().take(skip), &mut io::sink())?;
        }
        Ok(Records::new(text, self.separator.byte(), line))
    }

    /// Hands over every row under the header.
    pub(super) fn for_each_row<F>(&mut self, columns: usize, mut visit: F) -> Result<(), SheetError>
    where
        F: for<'row> FnMut(u64, Result<Cells<'row>, RowProblem>) -> ControlFlow<()>,
    {
        let mut records = self.records()?;
        let mut scratch = CellBuffer::default();
        loop {
            let (line, row) = match records.next()? {
                Step::End => return Ok(()),
                Step::Problem { line, problem } => (line, Err(problem)),
                Step::Record { line } => {
                    let row = cells_of(records.current(), &mut scratch);
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

/// The start of the file, decoded.
fn sample(file: &mut File, encoding: Encoding) -> io::Result<Vec<u8>> {
    file.rewind()?;
    let mut sample = Vec::new();
    Decoded::new(file, encoding).take(SAMPLE_BYTES).read_to_end(&mut sample)?;
    Ok(sample)
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

//! The records of a text file, one after the other, with the line on which each starts.
//!
//! A record that cannot be cut costs its own physical line and no more: the reading goes on with the
//! next line, so one stray quote never hides the rows after it.

use super::cells::Span;
use super::problem::RowProblem;
use super::split::{Split, count_lines, split};
use super::window::Window;
use staffetta_domain::limits::ROW_MAX_BYTES;
use std::io::{self, Read};

/// Most physical lines of one record. A cell of an address or of a text has a few; more means that a quote
/// was opened by mistake and met another one far below, with other people's rows in between.
const RECORD_LINES_MAX: u64 = 200;

/// What came next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The file is over.
    End,
    /// A record, to be had from [`Records::current`].
    Record {
        /// Where it starts, counted from 1.
        line: u64,
    },
    /// A line that is no record.
    Problem {
        /// The line, counted from 1.
        line: u64,
        /// What is wrong with it.
        problem: RowProblem,
    },
}

/// The bytes of a record and where its cells are.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawRecord<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) spans: &'a [Span],
    /// Some cell may hold doubled quotes.
    pub(super) quoted: bool,
}

/// Cuts what a reader gives into records.
pub(super) struct Records<R> {
    window: Window<R>,
    separator: u8,
    line: u64,
    /// Bytes from the start of what was opened to the window.
    offset: u64,
    spans: Vec<Span>,
    /// The current record, still at the window's start: length, length with its line end, lines, quotes.
    current: (usize, usize, u64, bool),
}

impl<R: Read> Records<R> {
    /// Reads records from `reader`, whose first byte is the start of this line.
    pub(super) fn new(reader: R, separator: u8, line: u64) -> Self {
        Self {
            window: Window::new(reader),
            separator,
            line,
            offset: 0,
            spans: Vec::new(),
            current: (0, 0, 0, false),
        }
    }

    /// Bytes and line where the current record starts.
    pub(super) const fn before_current(&self) -> (u64, u64) {
        (self.offset, self.line)
    }

    /// Bytes and line after the current record.
    pub(super) fn after_current(&self) -> (u64, u64) {
        let (_, consumed, lines, _) = self.current;
        (self.offset + u64::try_from(consumed).unwrap_or(u64::MAX), self.line + lines)
    }

    /// The record that the last step announced.
    pub(super) fn current(&self) -> RawRecord<'_> {
        let (length, _, _, quoted) = self.current;
        RawRecord { bytes: self.window.bytes().get(..length).unwrap_or(&[]), spans: &self.spans, quoted }
    }

    /// Goes to the next record or problem; blank lines are passed over.
    pub(super) fn next(&mut self) -> io::Result<Step> {
        let (_, consumed, lines, _) = std::mem::take(&mut self.current);
        self.take(consumed, lines);
        if !self.skip_blank_lines()? {
            return Ok(Step::End);
        }
        loop {
            let (bytes, at_end) = (self.window.bytes(), self.window.at_end());
            match split(bytes, at_end, self.separator, &mut self.spans) {
                Split::Record { length, .. } if length > ROW_MAX_BYTES => {
                    return self.refuse_line(RowProblem::TooLong);
                }
                Split::Record { length, consumed, quoted } => {
                    let lines = if quoted { count_lines(bytes.get(..consumed).unwrap_or(&[])) } else { 1 };
                    if lines > RECORD_LINES_MAX {
                        return self.refuse_line(RowProblem::QuoteNotClosed);
                    }
                    self.current = (length, consumed, lines, quoted);
                    return Ok(Step::Record { line: self.line });
                }
                Split::QuoteMisplaced => return self.refuse_line(RowProblem::QuoteMisplaced),
                Split::Incomplete { in_quotes } if at_end || bytes.len() > ROW_MAX_BYTES => {
                    return self.refuse_line(if in_quotes {
                        RowProblem::QuoteNotClosed
                    } else {
                        RowProblem::TooLong
                    });
                }
                Split::Incomplete { .. } => self.window.more()?,
            }
        }
    }

    fn take(&mut self, count: usize, lines: u64) {
        self.window.consume(count);
        self.offset += u64::try_from(count).unwrap_or(u64::MAX);
        self.line += lines;
    }

    /// Whether anything follows the blank lines.
    fn skip_blank_lines(&mut self) -> io::Result<bool> {
        loop {
            let bytes = self.window.bytes();
            let line_end = match (bytes.first(), bytes.get(1)) {
                (Some(b'\r'), Some(b'\n')) => 2,
                (Some(b'\r'), None) if !self.window.at_end() => 0,
                (Some(b'\r' | b'\n'), _) => 1,
                (Some(_), _) => return Ok(true),
                (None, _) if self.window.at_end() => return Ok(false),
                (None, _) => 0,
            };
            if line_end == 0 {
                self.window.more()?;
            } else {
                self.take(line_end, 1);
            }
        }
    }

    /// Passes over this physical line, however long, and tells why.
    fn refuse_line(&mut self, problem: RowProblem) -> io::Result<Step> {
        let line = self.line;
        loop {
            let bytes = self.window.bytes();
            let Some(end) = memchr::memchr2(b'\n', b'\r', bytes) else {
                let held = bytes.len();
                self.take(held, 0);
                if self.window.at_end() {
                    return Ok(Step::Problem { line, problem });
                }
                self.window.more()?;
                continue;
            };
            self.take(end, 0);
            if self.window.bytes().len() < 2 && !self.window.at_end() {
                self.window.more()?;
            }
            let length = if self.window.bytes().starts_with(b"\r\n") { 2 } else { 1 };
            self.take(length, 1);
            return Ok(Step::Problem { line, problem });
        }
    }
}

//! The office's own list, with what is wrong beside each row.

use super::book::{Book, Column, SHEET_ROWS_MAX, Style};
use super::value::Value;
use super::{Say, WriteError};
use staffetta_domain::Phrase;
use std::path::Path;

/// Writes a list as the office has it, row by row, in constant memory.
pub struct CheckedListWriter {
    book: Book,
    columns: usize,
}

impl CheckedListWriter {
    /// Begins the file that will be at `path`, with the office's columns between the line and what is wrong.
    ///
    /// # Errors
    /// Nothing can be written in the folder of `path`.
    pub fn create(path: &Path, columns: &[String], say: Say) -> Result<Self, WriteError> {
        let own = |key: &'static str, width, style| Column { title: say(&Phrase::new(key)), width, style };
        let mut all = vec![own("export-wrong-line", 9.0, Style::Integer)];
        all.extend(columns.iter().map(|name| Column {
            title: name.clone(),
            width: 22.0,
            style: Style::Text,
        }));
        all.push(own("export-checked-problem", 60.0, Style::Text));
        all.push(own("export-wrong-remedy", 60.0, Style::Text));
        let sheet = say(&Phrase::new("export-sheet-checked"));
        Ok(Self { book: Book::create(path, sheet, all, SHEET_ROWS_MAX)?, columns: columns.len() })
    }

    /// Adds a row: its line, its cells, what is wrong with it and what to do.
    ///
    /// # Errors
    /// As [`super::ArchiveWriter::push`].
    pub fn push(&mut self, line: u64, cells: &[&str], problem: &str, remedy: &str) -> Result<(), WriteError> {
        let line = i64::try_from(line).map_or(Value::Nothing, Value::Integer);
        let empty = std::iter::repeat_n("", self.columns.saturating_sub(cells.len()));
        let cells = cells.iter().copied().take(self.columns).chain(empty).map(Value::Text);
        let rest = [Value::Text(problem), Value::Text(remedy)];
        self.book.push(std::iter::once(line).chain(cells).chain(rest))
    }

    /// Puts the file in its place, whole and on the disk; returns its rows.
    ///
    /// # Errors
    /// It cannot be written; nothing of it is left.
    pub fn finish(self) -> Result<u64, WriteError> {
        self.book.finish()
    }
}

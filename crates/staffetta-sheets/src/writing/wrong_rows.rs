//! The wrong rows of an office's file, to be corrected there.

use super::book::{Book, Column, SHEET_ROWS_MAX, Style};
use super::value::Value;
use super::{Say, WriteError};
use staffetta_domain::Phrase;
use std::path::Path;

/// A wrong row, in words.
#[derive(Clone, Copy, Debug, Default)]
pub struct WrongRow<'a> {
    /// Line in the office's file, counted from 1.
    pub line: u64,
    /// Name of the column; empty if the whole row is wrong.
    pub column: &'a str,
    /// The wrong value, already shortened.
    pub value: &'a str,
    /// What is wrong.
    pub reason: &'a str,
    /// What to do.
    pub remedy: &'a str,
}

/// Writes the wrong rows, in constant memory.
pub struct WrongRowsWriter {
    book: Book,
}

impl WrongRowsWriter {
    /// Begins the file that will be at `path`.
    ///
    /// # Errors
    /// Nothing can be written in the folder of `path`.
    pub fn create(path: &Path, say: Say) -> Result<Self, WriteError> {
        let columns = [
            ("export-wrong-line", 9.0, Style::Integer),
            ("export-wrong-column", 24.0, Style::Text),
            ("export-wrong-value", 30.0, Style::Text),
            ("export-wrong-reason", 60.0, Style::Text),
            ("export-wrong-remedy", 60.0, Style::Text),
        ];
        let columns = columns
            .into_iter()
            .map(|(key, width, style)| Column { title: say(&Phrase::new(key)), width, style })
            .collect();
        let sheet = say(&Phrase::new("export-sheet-wrong-rows"));
        Ok(Self { book: Book::create(path, sheet, columns, SHEET_ROWS_MAX)? })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// As [`super::ArchiveWriter::push`].
    pub fn push(&mut self, row: &WrongRow<'_>) -> Result<(), WriteError> {
        let values = [
            i64::try_from(row.line).map_or(Value::Nothing, Value::Integer),
            Value::Text(row.column),
            Value::Text(row.value),
            Value::Text(row.reason),
            Value::Text(row.remedy),
        ];
        self.book.push(values.into_iter())
    }

    /// Puts the file in its place, whole and on the disk; returns its rows.
    ///
    /// # Errors
    /// It cannot be written; nothing of it is left.
    pub fn finish(self) -> Result<u64, WriteError> {
        self.book.finish()
    }
}

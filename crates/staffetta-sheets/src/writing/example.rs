//! An example of a list: a header and a few rows, as an office would fill it in.

use super::book::{Book, Column, SHEET_ROWS_MAX, Style};
use super::value::Value;
use super::{Say, WriteError};
use staffetta_domain::Phrase;
use std::path::Path;

/// Writes an example. All its cells are text: what an office types over them stays as it is typed, zeros and all.
pub struct ExampleWriter {
    book: Book,
}

impl ExampleWriter {
    /// Begins the file that will be at `path`.
    ///
    /// # Errors
    /// Nothing can be written in the folder of `path`.
    pub fn create(path: &Path, columns: Vec<String>, say: Say) -> Result<Self, WriteError> {
        let column = |title| Column { title, width: 24.0, style: Style::Text };
        let columns = columns.into_iter().map(column).collect();
        let sheet = say(&Phrase::new("export-sheet-example"));
        Ok(Self { book: Book::create(path, sheet, columns, SHEET_ROWS_MAX)? })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// As [`super::ArchiveWriter::push`].
    pub fn push(&mut self, cells: &[String]) -> Result<(), WriteError> {
        self.book.push(cells.iter().map(|cell| Value::Text(cell)))
    }

    /// Puts the file in its place, whole and on the disk; returns its rows.
    ///
    /// # Errors
    /// It cannot be written; nothing of it is left.
    pub fn finish(self) -> Result<u64, WriteError> {
        self.book.finish()
    }
}

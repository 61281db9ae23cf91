//! The archive of notifications.

use super::book::{Book, Column, SHEET_ROWS_MAX, Style};
use super::value::Value;
use super::{Say, WriteError};
use staffetta_domain::{Phrase, UnixMillis};
use std::path::Path;

/// The columns: key of the title, width in characters, style.
const COLUMNS: [(&str, f64, Style); 13] = [
    ("export-date", 17.0, Style::Moment),
    ("export-fiscal-code", 20.0, Style::Text),
    ("export-subject", 44.0, Style::Text),
    ("export-service", 30.0, Style::Text),
    ("export-flow", 9.0, Style::Integer),
    ("export-state", 20.0, Style::Text),
    ("export-reason", 44.0, Style::Text),
    ("export-email-status", 14.0, Style::Text),
    ("export-io-message-id", 30.0, Style::Text),
    ("export-notice-number", 22.0, Style::Text),
    ("export-amount", 14.0, Style::Amount),
    ("export-reference", 24.0, Style::Text),
    ("export-test", 9.0, Style::Text),
];

/// A notification as the archive shows it. Texts are as an operator reads them; an empty one is an empty cell.
#[derive(Clone, Copy, Debug, Default)]
pub struct ArchiveRow<'a> {
    /// When it was sent or last changed; shown in Rome's time.
    pub date: Option<UnixMillis>,
    /// Fiscal code of the citizen.
    pub fiscal_code: &'a str,
    /// *Oggetto*.
    pub subject: &'a str,
    /// Name of the service.
    pub service: &'a str,
    /// Number of the flow; none for a single notification.
    pub flow: Option<i64>,
    /// State, in words.
    pub state: &'a str,
    /// Reason of the state, in words.
    pub reason: &'a str,
    /// *Stato Mail*, in words.
    pub email_status: &'a str,
    /// IO's identifier of the message.
    pub io_message_id: &'a str,
    /// *Numero avviso*.
    pub notice_number: &'a str,
    /// Amount in euro cents.
    pub amount_cents: Option<i64>,
    /// The office's own reference.
    pub reference: &'a str,
    /// That it is a test, in words.
    pub test: &'a str,
}

/// Writes the archive, row by row, in constant memory.
pub struct ArchiveWriter {
    book: Book,
}

impl ArchiveWriter {
    /// Begins the archive that will be at `path`.
    ///
    /// Nothing is at `path` before [`Self::finish`]; what was there stays until then.
    ///
    /// # Errors
    /// Nothing can be written in the folder of `path`.
    pub fn create(path: &Path, say: Say) -> Result<Self, WriteError> {
        Self::with_sheet_rows(path, say, SHEET_ROWS_MAX)
    }

    fn with_sheet_rows(path: &Path, say: Say, sheet_rows: u32) -> Result<Self, WriteError> {
        let columns: Vec<Column> = COLUMNS
            .into_iter()
            .map(|(key, width, style)| Column { title: say(&Phrase::new(key)), width, style })
            .collect();
        let sheet = say(&Phrase::new("export-sheet-archive"));
        Ok(Self { book: Book::create(path, sheet, columns, sheet_rows)? })
    }

    /// Adds a row; past Excel's 1,048,576 rows a further sheet is begun.
    ///
    /// # Errors
    /// It cannot be written; then nothing more can, and dropping the writer leaves nothing behind.
    pub fn push(&mut self, row: &ArchiveRow<'_>) -> Result<(), WriteError> {
        let values = [
            row.date.map_or(Value::Nothing, Value::Moment),
            Value::Text(row.fiscal_code),
            Value::Text(row.subject),
            Value::Text(row.service),
            row.flow.map_or(Value::Nothing, Value::Integer),
            Value::Text(row.state),
            Value::Text(row.reason),
            Value::Text(row.email_status),
            Value::Text(row.io_message_id),
            Value::Text(row.notice_number),
            row.amount_cents.map_or(Value::Nothing, Value::Cents),
            Value::Text(row.reference),
            Value::Text(row.test),
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

#[cfg(test)]
mod tests;

//! The office's own rows with what became of each: *File dei risultati* and *Elenco non raggiunti*.

use super::book::{Book, Column, SHEET_ROWS_MAX, Style};
use super::csv_file::CsvFile;
use super::value::Value;
use super::{Say, WriteError};
use staffetta_domain::{Phrase, UnixMillis};
use std::path::Path;

/// Width of an office's own column, in characters.
const OWN_WIDTH: f64 = 20.0;

/// Our columns, after the office's: key of the title, width in characters, style.
const COLUMNS: [(&str, f64, Style); 7] = [
    ("export-state", 20.0, Style::Text),
    ("export-reason", 44.0, Style::Text),
    ("export-handled", 17.0, Style::Moment),
    ("export-accepted", 17.0, Style::Moment),
    ("export-settled", 17.0, Style::Moment),
    ("export-io-message-id", 30.0, Style::Text),
    ("export-notification", 16.0, Style::Text),
];

/// What kind of file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultFormat {
    /// Excel: codes keep their zeros, dates are dates.
    Xlsx,
    /// CSV, for another program.
    Csv,
}

/// A row of the office and its outcome. Texts are as an operator reads them; an empty one is an empty cell.
#[derive(Clone, Copy, Debug, Default)]
pub struct ResultRow<'a> {
    /// The office's cells, in the order of its columns.
    pub cells: &'a [&'a str],
    /// State, in words.
    pub state: &'a str,
    /// Reason of the state, in words.
    pub reason: &'a str,
    /// When it left; shown in Rome's time.
    pub handled_at: Option<UnixMillis>,
    /// When IO took it.
    pub accepted_at: Option<UnixMillis>,
    /// When its outcome was final.
    pub settled_at: Option<UnixMillis>,
    /// IO's identifier of the message.
    pub io_message_id: &'a str,
    /// Number of the notification, empty where there is none.
    pub notification: &'a str,
}

/// Writes results, row by row, in constant memory.
pub struct ResultWriter {
    table: Table,
    own_columns: usize,
}

enum Table {
    Book(Box<Book>),
    Csv(Box<CsvFile>),
}

impl ResultWriter {
    /// Begins the file that will be at `path`, with the office's own columns before ours.
    ///
    /// # Errors
    /// Nothing can be written in the folder of `path`.
    pub fn create(
        path: &Path,
        format: ResultFormat,
        own_columns: &[String],
        say: Say,
    ) -> Result<Self, WriteError> {
        let columns = columns(own_columns, say);
        let table = match format {
            ResultFormat::Xlsx => {
                let sheet = say(&Phrase::new("export-sheet-results"));
                Table::Book(Box::new(Book::create(path, sheet, columns, SHEET_ROWS_MAX)?))
            }
            ResultFormat::Csv => {
                let titles = columns.iter().map(|column| column.title.as_str());
                Table::Csv(Box::new(CsvFile::create(path, titles)?))
            }
        };
        Ok(Self { table, own_columns: own_columns.len() })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// It cannot be written; then nothing more can, and dropping the writer leaves nothing behind.
    pub fn push(&mut self, row: &ResultRow<'_>) -> Result<(), WriteError> {
        let moment = |at: Option<UnixMillis>| at.map_or(Value::Nothing, Value::Moment);
        let ours = [
            Value::Text(row.state),
            Value::Text(row.reason),
            moment(row.handled_at),
            moment(row.accepted_at),
            moment(row.settled_at),
            Value::Text(row.io_message_id),
            Value::Text(row.notification),
        ];
        let cells = row.cells.iter().copied().chain(std::iter::repeat("")).take(self.own_columns);
        let values = cells.map(Value::Text).chain(ours);
        match &mut self.table {
            Table::Book(book) => book.push(values),
            Table::Csv(csv) => csv.push(values),
        }
    }

    /// Puts the file in its place, whole and on the disk; returns its rows.
    ///
    /// # Errors
    /// It cannot be written; nothing of it is left.
    pub fn finish(self) -> Result<u64, WriteError> {
        match self.table {
            Table::Book(book) => book.finish(),
            Table::Csv(csv) => csv.finish(),
        }
    }
}

/// The office's columns as they are named, so that its programs know them again; ours give way where a name is taken.
fn columns(own: &[String], say: Say) -> Vec<Column> {
    let mut columns: Vec<Column> = own
        .iter()
        .map(|title| Column { title: title.clone(), width: OWN_WIDTH, style: Style::Text })
        .collect();
    for (key, width, style) in COLUMNS {
        let mut title = say(&Phrase::new(key));
        // Filters and other programs name a column by its title: two of the same name are one to them.
        while columns.iter().any(|column| column.title.to_lowercase() == title.to_lowercase()) {
            title = say(&Phrase::new("export-our-column").with("column", &title));
        }
        columns.push(Column { title, width, style });
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sheet;
    use std::fs::File;

    fn read(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
        let mut sheet = Sheet::from_file(File::open(path).unwrap()).unwrap();
        let header = sheet.header().to_vec();
        let mut rows = Vec::new();
        sheet
            .for_each_row(|_, row| {
                rows.push(row.unwrap().iter().map(str::to_owned).collect());
                std::ops::ControlFlow::Continue(())
            })
            .unwrap();
        (header, rows)
    }

    #[test]
    fn the_offices_columns_come_first_and_keep_their_names() {
        let folder = tempfile::tempdir().unwrap();
        let own = ["codice", "Stato", "motivo (staffetta)", "MOTIVO"].map(str::to_owned);
        for (format, name) in [(ResultFormat::Xlsx, "a.xlsx"), (ResultFormat::Csv, "a.csv")] {
            let path = folder.path().join(name);
            let mut writer = ResultWriter::create(&path, format, &own, staffetta_words::say).unwrap();
            let row = ResultRow {
                cells: &["007", "Italia"],
                state: "Disponibile su IO",
                handled_at: Some(UnixMillis(1_797_327_000_000)),
                notification: "16777217",
                ..ResultRow::default()
            };
            writer.push(&row).unwrap();
            assert_eq!(writer.finish().unwrap(), 1);
            let (header, rows) = read(&path);
            assert_eq!(header[..4], own);
            assert_eq!(header[4..6], ["Stato (Staffetta)", "Motivo (Staffetta) (Staffetta)"]);
            assert_eq!(rows[0][..4], ["007", "Italia", "", ""], "{name}");
            assert_eq!(rows[0][4], "Disponibile su IO");
            assert_eq!(rows[0][10], "16777217");
        }
    }
}

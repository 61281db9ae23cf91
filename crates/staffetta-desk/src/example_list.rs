//! The example spreadsheet of a model or of a message: its header, and three rows of people who do not exist.

use crate::invented::{PEOPLE, date, value};
use crate::model::{Examples, Model, ModelColumn, with_meanings};
use crate::needed_columns::needed_columns;
use staffetta_domain::columns::key;
use staffetta_domain::{Format, Template, TemplatePiece, UnixMillis};
use staffetta_sheets::{ExampleWriter, WriteError};
use staffetta_words::say;
use std::path::Path;

/// The rows of a model's example, under its columns.
#[must_use]
pub fn example_rows(model: &Model, now: UnixMillis) -> [Vec<String>; PEOPLE] {
    rows(&model.columns, &[&model.subject, &model.markdown], now)
}

/// Writes the example of a model as an Excel file; gives its rows. It blocks.
///
/// # Errors
/// The file cannot be written.
pub fn write_model_example(
    model: &Model,
    now: UnixMillis,
    path: impl AsRef<Path>,
) -> Result<u64, WriteError> {
    let names = model.columns.iter().map(|column| column.name.clone()).collect();
    write(names, &example_rows(model, now), path.as_ref())
}

/// Writes an example with the columns that a message needs; gives its rows. It blocks.
///
/// # Errors
/// The file cannot be written.
pub fn write_message_example(
    (subject, markdown, payment): (&str, &str, bool),
    now: UnixMillis,
    path: impl AsRef<Path>,
) -> Result<u64, WriteError> {
    let columns = needed_columns(subject, markdown, payment);
    let names = columns.names().map(str::to_owned).collect();
    write(names, &rows(&with_meanings(&columns), &[subject, markdown], now), path.as_ref())
}

fn write(names: Vec<String>, rows: &[Vec<String>], path: &Path) -> Result<u64, WriteError> {
    let mut writer = ExampleWriter::create(path, names, say)?;
    for row in rows {
        writer.push(row)?;
    }
    writer.finish()
}

fn rows(columns: &[ModelColumn], texts: &[&str], now: UnixMillis) -> [Vec<String>; PEOPLE] {
    let formats = formats(texts);
    std::array::from_fn(|row| {
        let cell = |column: &ModelColumn| match &column.examples {
            Some(Examples::Texts(texts)) => texts[row].clone(),
            Some(Examples::Days { days }) => date(now, i64::from(days[row])),
            None => {
                let name = key(&column.name);
                let format = formats.iter().find(|(of, _)| *of == name).map(|(_, format)| *format);
                value(row, (&column.name, column.meaning, format), now)
            }
        };
        columns.iter().map(cell).collect()
    })
}

/// How the texts write which column: a date's example must be one.
fn formats(texts: &[&str]) -> Vec<(String, Format)> {
    let templates = texts.iter().filter_map(|text| Template::parse(text).ok());
    let pieces: Vec<TemplatePiece> = templates.flat_map(|template| template.pieces().to_vec()).collect();
    let of = |piece: &TemplatePiece| match piece {
        TemplatePiece::Placeholder { name, format: Some(format) } => Some((key(name), *format)),
        _ => None,
    };
    pieces.iter().filter_map(of).collect()
}

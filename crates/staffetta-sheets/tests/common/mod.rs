//! What the tests of reading and writing share.

#![allow(dead_code, reason = "each test binary uses its part")]

pub(crate) mod table;
pub(crate) mod zipped;

use staffetta_domain::Phrase;
use staffetta_sheets::{RowProblem, Sheet, SheetError};
use std::io::Write as _;
use std::ops::ControlFlow;
use tempfile::NamedTempFile;

/// A row as it came.
pub(crate) type Row = (u64, Result<Vec<String>, RowProblem>);

/// A file with these bytes.
pub(crate) fn file(bytes: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file.flush().unwrap();
    file
}

/// All rows of a sheet.
pub(crate) fn rows(sheet: &mut Sheet) -> Result<Vec<Row>, SheetError> {
    let mut rows = Vec::new();
    sheet.for_each_row(|line, row| {
        rows.push((line, row.map(|cells| cells.iter().map(str::to_owned).collect())));
        ControlFlow::Continue(())
    })?;
    Ok(rows)
}

/// Header and rows of a text file.
pub(crate) fn read(bytes: &[u8]) -> Result<(Vec<String>, Vec<Row>), SheetError> {
    let mut sheet = Sheet::open(file(bytes).path())?;
    let rows = rows(&mut sheet)?;
    Ok((sheet.header().to_vec(), rows))
}

/// A good row.
pub(crate) fn good(line: u64, cells: &[&str]) -> Row {
    (line, Ok(cells.iter().map(|cell| (*cell).to_owned()).collect()))
}

const WORDS: &str = include_str!("../../../staffetta-words/locales/it/sheets.ftl");

/// The text of a phrase, which has a place for all that it carries.
pub(crate) fn say(phrase: &Phrase) -> String {
    let said = staffetta_words::say(phrase);
    assert!(!said.starts_with('['), "no words for {phrase:?}");
    let start = WORDS.find(&format!("\n{} = ", phrase.key)).unwrap() + 1;
    let message: Vec<&str> = WORDS[start..].split_inclusive('\n').collect();
    let lines = 1 + message[1..].iter().take_while(|line| line.starts_with(' ')).count();
    for (name, _) in &phrase.args {
        assert!(
            message[..lines].concat().contains(&format!("${name}")),
            "{} has no place for {name}",
            phrase.key
        );
    }
    said
}

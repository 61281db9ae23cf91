//! A table as a CSV file: separated by semicolons and in UTF-8 with its mark, as Excel in Italy opens it.
//!
//! A CSV has no types, so a spreadsheet guesses. What it would take for a formula gets an apostrophe before it; that it
//! drops leading zeros cannot be helped here, and is why the Excel file is offered first.

use super::WriteError;
use super::value::Value;
use staffetta_domain::time::italian_date_time;
use std::borrow::Cow;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

const SEPARATOR: char = ';';
/// Tells programs that the file is UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";
const BUFFER_BYTES: usize = 1 << 18;

/// The file being written, beside the place that it will have.
pub(super) struct CsvFile {
    path: PathBuf,
    file: BufWriter<NamedTempFile>,
    line: String,
    columns: usize,
    rows: u64,
}

impl CsvFile {
    /// Begins a file that will be at `path`, with its header.
    pub(super) fn create<'a>(
        path: &Path,
        titles: impl ExactSizeIterator<Item = &'a str>,
    ) -> Result<Self, WriteError> {
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        // Readable by its owner only, as befits citizens' data; gone by itself if anything fails.
        let mut file = BufWriter::with_capacity(BUFFER_BYTES, NamedTempFile::new_in(folder)?);
        file.write_all(MARK)?;
        let columns = titles.len();
        let mut csv = Self { path: path.to_owned(), file, line: String::new(), columns, rows: 0 };
        csv.write(titles.map(Value::Text))?;
        Ok(csv)
    }

    /// Writes a row; what is missing at its end is left empty, what is too much left out.
    pub(super) fn push<'a>(&mut self, values: impl Iterator<Item = Value<'a>>) -> Result<(), WriteError> {
        self.write(values)?;
        self.rows += 1;
        Ok(())
    }

    fn write<'a>(&mut self, values: impl Iterator<Item = Value<'a>>) -> Result<(), WriteError> {
        self.line.clear();
        let values = values.chain(std::iter::repeat(Value::Nothing)).take(self.columns);
        for (position, value) in values.enumerate() {
            if position > 0 {
                self.line.push(SEPARATOR);
            }
            push_text(&mut self.line, &text(value));
        }
        self.line.push_str("\r\n");
        Ok(self.file.write_all(self.line.as_bytes())?)
    }

    /// Puts the file in its place and tells how many rows it has.
    pub(super) fn finish(self) -> Result<u64, WriteError> {
        let file = self.file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.as_file().sync_all()?;
        file.persist(&self.path).map_err(|error| error.error)?;
        Ok(self.rows)
    }
}

fn text(value: Value<'_>) -> Cow<'_, str> {
    match value {
        Value::Nothing => Cow::Borrowed(""),
        Value::Text(text) => safe(text),
        Value::Moment(moment) => Cow::Owned(italian_date_time(moment)),
        Value::Cents(cents) => Cow::Owned(format!("{},{:02}", cents / 100, (cents % 100).abs())),
        Value::Integer(number) => Cow::Owned(number.to_string()),
    }
}

/// Text that no spreadsheet runs. A sign before digits is a telephone number or an amount, and stays as it is.
fn safe(text: &str) -> Cow<'_, str> {
    let runs = match text.as_bytes().first() {
        Some(b'=' | b'@' | b'\t' | b'\r') => true,
        Some(b'+' | b'-') => text.bytes().skip(1).any(|byte| !b"0123456789 .,/()-".contains(&byte)),
        _ => false,
    };
    if runs { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

fn push_text(line: &mut String, text: &str) {
    let plain = !text.contains([SEPARATOR, '"', '\n', '\r']) && text.trim() == text;
    if plain {
        line.push_str(text);
        return;
    }
    line.push('"');
    for (position, part) in text.split('"').enumerate() {
        if position > 0 {
            line.push_str("\"\"");
        }
        line.push_str(part);
    }
    line.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use staffetta_domain::UnixMillis;

    fn written(titles: &[&str], rows: &[Vec<Value<'_>>]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let mut csv = CsvFile::create(&path, titles.iter().copied()).unwrap();
        for row in rows {
            csv.push(row.iter().copied()).unwrap();
        }
        assert!(!path.exists(), "nothing is there before the end");
        assert_eq!(csv.finish().unwrap(), rows.len() as u64);
        String::from_utf8(std::fs::read(&path).unwrap()).unwrap()
    }

    #[test]
    fn values_are_written_as_italians_read_them() {
        let row = vec![
            Value::Text("Città; \"Alta\""),
            Value::Moment(UnixMillis(1_797_327_000_000)),
            Value::Cents(-123_450),
            Value::Integer(7),
        ];
        let text = written(&["Nome", "Quando", "Importo", "n.", "vuota"], &[row, Vec::new()]);
        assert_eq!(
            text,
            "\u{feff}Nome;Quando;Importo;n.;vuota\r\n\"Città; \"\"Alta\"\"\";15/12/2026 10:30;-1234,50;7;\r\n;;;;\r\n"
        );
    }

    #[test]
    fn nothing_becomes_a_formula() {
        for (cell, kept) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("-A1", "'-A1"),
            ("+39 06 123.456", "+39 06 123.456"),
            ("-12,50", "-12,50"),
            ("007", "007"),
        ] {
            assert_eq!(safe(cell), kept);
        }
    }

    proptest! {
        #[test]
        fn any_text_reads_back(cells in proptest::collection::vec("[^=@+\\-\t\r\0].*", 3)) {
            let row: Vec<Value<'_>> = cells.iter().map(|cell| Value::Text(cell)).collect();
            let text = written(&["a", "b", "c"], &[row]);
            let text = text.trim_start_matches('\u{feff}');
            let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
            let read = reader.records().next().unwrap().unwrap();
            prop_assert_eq!(read.iter().collect::<Vec<_>>(), cells);
        }
    }
}

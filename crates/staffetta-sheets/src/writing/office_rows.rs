//! Rows of an office's file as a file that [`Sheet`](crate::Sheet) reads back, cell by cell: for the program itself.
//!
//! Nothing is made safe for a spreadsheet here: whoever gives a file away writes it with another writer.

use std::fs::File;
use std::io::{self, BufWriter, Write};

const BUFFER_BYTES: usize = 1 << 18;
/// The mark of UTF-8 and the line that names the separator: nothing has to be guessed.
const START: &[u8] = b"\xef\xbb\xbfsep=;\n";

/// A file that is written row by row.
#[derive(Debug)]
pub struct OfficeRowsWriter {
    file: BufWriter<File>,
    columns: usize,
}

impl OfficeRowsWriter {
    /// Begins a file with the names of its columns.
    ///
    /// # Errors
    /// The disk.
    pub fn create(file: File, columns: &[String]) -> io::Result<Self> {
        let mut file = BufWriter::with_capacity(BUFFER_BYTES, file);
        file.write_all(START)?;
        let mut writer = Self { file, columns: columns.len() };
        writer.push(columns)?;
        Ok(writer)
    }

    /// Writes a row; what is missing at its end is left empty, what is too much left out.
    ///
    /// # Errors
    /// The disk.
    pub fn push(&mut self, cells: &[String]) -> io::Result<()> {
        let cells = cells.iter().map(String::as_str).chain(std::iter::repeat("")).take(self.columns);
        for (position, cell) in cells.enumerate() {
            if position > 0 {
                self.file.write_all(b";")?;
            }
            if cell.contains([';', '"', '\n', '\r']) {
                write!(self.file, "\"{}\"", cell.replace('"', "\"\""))?;
            } else {
                self.file.write_all(cell.as_bytes())?;
            }
        }
        self.file.write_all(b"\n")
    }

    /// The file, with all that was written.
    ///
    /// # Errors
    /// The disk.
    pub fn finish(self) -> io::Result<File> {
        self.file.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sheet;
    use proptest::prelude::*;
    use std::io::Seek;
    use std::ops::ControlFlow;

    fn read_back(columns: &[String], rows: &[Vec<String>]) -> (Vec<String>, Vec<Vec<String>>) {
        let mut writer = OfficeRowsWriter::create(tempfile::tempfile().unwrap(), columns).unwrap();
        for row in rows {
            writer.push(row).unwrap();
        }
        let mut file = writer.finish().unwrap();
        file.rewind().unwrap();
        let mut sheet = Sheet::from_file(file).unwrap();
        let header = sheet.header().to_vec();
        let mut read = Vec::new();
        sheet
            .for_each_row(|_, row| {
                read.push(row.unwrap().iter().map(str::to_owned).collect());
                ControlFlow::Continue(())
            })
            .unwrap();
        (header, read)
    }

    proptest! {
        #[test]
        fn what_was_read_once_reads_back(
            rows in proptest::collection::vec(proptest::collection::vec("[ -~àè€;,\"\n\t']{0,12}", 3), 1..20),
        ) {
            let columns = ["cf", "Nome, cognome", "nota; \"altro\""].map(str::to_owned);
            let mut rows = rows;
            rows.iter_mut().zip(1..).for_each(|(row, number)| row[0] = format!("A{number}"));
            // A reading may tidy a cell: what it made of it once it makes of it always.
            let (header, once) = read_back(&columns, &rows);
            prop_assert_eq!(&header, &columns);
            prop_assert_eq!(once.len(), rows.len());
            let (_, twice) = read_back(&columns, &once);
            prop_assert_eq!(&once, &twice);
        }
    }

    #[test]
    fn a_list_of_codes_alone_keeps_its_column() {
        let columns = vec!["codice_fiscale".to_owned()];
        let rows = vec![vec!["RSSMRA85T10A562S".to_owned()], vec!["MRTMTT25D09F205Z".to_owned()]];
        assert_eq!(read_back(&columns, &rows), (columns.clone(), rows));
    }

    #[test]
    fn a_cell_stays_as_it_is() {
        let columns = ["cf", "nota"].map(str::to_owned);
        let rows: Vec<Vec<String>> = ["=1+1", "007", "'x", "a;b", "\"", "due\nrighe", "-5"]
            .iter()
            .map(|cell| vec!["A".to_owned(), (*cell).to_owned()])
            .collect();
        assert_eq!(read_back(&columns, &rows).1, rows);
    }
}

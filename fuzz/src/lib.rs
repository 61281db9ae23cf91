//! What must hold of any file: it is refused, or its rows are the same each time they are read.

use staffetta_sheets::{RowProblem, Sheet, SheetError, panic_becomes_error};
use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// Rows that are looked at: a few bytes can stand for a million.
const ROWS_MAX: usize = 2_000;
/// Sheets that are read one by one: each opens the whole file.
const SHEETS_MAX: usize = 8;

type Row = (u64, Result<Vec<String>, RowProblem>);

/// Reads a file with these bytes, twice.
pub fn read(bytes: &[u8]) {
    let mut file = tempfile::tempfile().expect("a temporary file");
    file.write_all(bytes).expect("room for it");
    let again = || file.try_clone().expect("the same file");
    let names = Sheet::sheet_names(again());
    let Ok(mut sheet) = Sheet::from_file(again()) else { return };
    let columns = sheet.header().len();
    let rows = rows(&mut sheet);
    if let Ok(rows) = &rows {
        assert!(rows.windows(2).all(|pair| pair[0].0 < pair[1].0), "lines go up");
        let whole = rows.iter().flat_map(|(_, row)| row);
        assert!(whole.into_iter().all(|cells| cells.len() == columns), "a cell for each column");
    }
    assert_eq!(rows, self::rows(&mut sheet), "a second reading is the same");
    let names = names.expect("a file that opens has its sheets");
    let _ = Sheet::lists(again());
    for name in names.into_iter().take(SHEETS_MAX) {
        let _ = Sheet::from_file_named(again(), Some(&name)).map(|mut sheet| self::rows(&mut sheet));
    }
}

fn rows(sheet: &mut Sheet) -> Result<Vec<Row>, SheetError> {
    let mut rows: Vec<Row> = Vec::new();
    sheet.for_each_row(|line, row| {
        rows.push((line, row.map(|cells| cells.iter().map(str::to_owned).collect())));
        if rows.len() < ROWS_MAX { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok(rows)
}

/// Panics of a library that become errors are no find: libFuzzer would stop at each.
pub fn pass_over_caught_panics() {
    let stop = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !panic_becomes_error() {
            stop(panic);
        }
    }));
}

/// The parts that bytes describe: each goes to the next byte that no UTF-8 text has.
pub fn parts(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == 0xff)
}

/// A zip with these parts, uncompressed.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, stored).expect("a part");
        archive.write_all(bytes).expect("room for it");
    }
    archive.finish().expect("a zip").into_inner()
}

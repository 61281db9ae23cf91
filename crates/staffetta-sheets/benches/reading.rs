//! A list read and cut into cells, with nothing done to them, against the usual CSV reader:
//! `cargo bench -p staffetta-sheets --bench reading`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops if anything fails"
)]

mod side_by_side;

use side_by_side::{Variant, compare};
use staffetta_sheets::Sheet;
use std::fmt::Write as _;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::PathBuf;

const ROWS: u32 = 1_000_000;

fn main() {
    make_list();
    make_workbook();
    compare(
        ROWS,
        &[
            Variant { name: "csv crate", work: usual },
            Variant { name: "sheet, UTF-8", work: |rows| sheet("utf8.csv", rows) },
            Variant { name: "sheet, Windows-1252", work: |rows| sheet("windows.csv", rows) },
            Variant { name: "sheet, XLSX", work: |rows| sheet("list.xlsx", rows) },
        ],
    );
    for name in ["utf8.csv", "windows.csv", "list.xlsx"] {
        // The inner runs leave the lists to the outer one.
        if !std::env::args().any(|argument| argument.starts_with("variant=")) {
            std::fs::remove_file(path(name)).unwrap();
        }
    }
}

fn path(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("staffetta-benchmark-{name}"))
}

fn usual(rows: u32) {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_path(path("utf8.csv")).unwrap();
    let mut record = csv::StringRecord::new();
    let (mut count, mut bytes) = (0, 0);
    while reader.read_record(&mut record).unwrap() {
        count += 1;
        bytes += record.iter().map(str::len).sum::<usize>();
    }
    assert_eq!(count, rows);
    black_box(bytes);
}

fn sheet(name: &str, rows: u32) {
    let mut sheet = Sheet::open(&path(name)).unwrap();
    let mut bytes = 0;
    let counts = sheet.for_each_row(|_, row| {
        bytes += row.unwrap().iter().map(str::len).sum::<usize>();
        ControlFlow::Continue(())
    });
    assert_eq!(counts.unwrap().rows, u64::from(rows));
    black_box(bytes);
}

fn row_of(row: u32) -> [String; 6] {
    [
        format!("RSSMRA{:02}T10A{:03}S", row % 100, row % 1000),
        "Rossi".to_owned(),
        if row.is_multiple_of(10) { "Nicolò" } else { "Maria" }.to_owned(),
        format!("{},{:02}", row % 500, row % 100),
        "31/12/2026".to_owned(),
        format!("3010000000{row:08}"),
    ]
}

const HEADER: [&str; 6] = ["codice_fiscale", "cognome", "nome", "importo", "scadenza", "numero_avviso"];

fn make_list() {
    if path("utf8.csv").exists() {
        return;
    }
    let mut text = format!("{}\r\n", HEADER.join(";"));
    for row in 0..ROWS {
        write!(text, "{}\r\n", row_of(row).join(";")).unwrap();
    }
    std::fs::write(path("windows.csv"), encoding_rs::WINDOWS_1252.encode(&text).0).unwrap();
    std::fs::write(path("utf8.csv"), text).unwrap();
}

fn make_workbook() {
    if path("list.xlsx").exists() {
        return;
    }
    let mut workbook = rust_xlsxwriter::Workbook::new();
    // With shared texts, as Excel itself saves.
    let sheet = workbook.add_worksheet_with_low_memory().unwrap();
    sheet.write_row(0, 0, HEADER).unwrap();
    for row in 0..ROWS {
        for (column, cell) in (0..).zip(row_of(row)) {
            sheet.write_string(row + 1, column, cell).unwrap();
        }
    }
    workbook.save(path("list.xlsx")).unwrap();
}

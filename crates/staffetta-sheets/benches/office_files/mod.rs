//! The same list as an office would have it in each format, written once in a folder.

use staffetta_domain::FiscalCode;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;

pub(crate) const HEADER: [&str; 6] =
    ["codice_fiscale", "cognome", "nome", "importo", "scadenza", "numero_avviso"];

/// Writes `utf8.csv`, `windows.csv`, `list.xlsx` and `list.ods`.
pub(crate) fn write(folder: &Path, rows: u32) {
    text(folder, rows);
    xlsx(&folder.join("list.xlsx"), rows);
    ods(&folder.join("list.ods"), rows);
}

fn row_of(row: u32) -> [String; 6] {
    [
        code(row),
        "Rossi".to_owned(),
        if row.is_multiple_of(10) { "Nicolò" } else { "Maria" }.to_owned(),
        format!("{},{:02}", 1 + row % 500, row % 100),
        "31/12/2026".to_owned(),
        format!("3010000000{row:08}"),
    ]
}

/// A fiscal code of nobody, another for each row.
fn code(row: u32) -> String {
    let letters = ('A'..='Z').collect::<Vec<_>>();
    let letter = |place: u32| letters[usize::try_from(row / 26_u32.pow(place) % 26).unwrap()];
    let name: String = [5, 4, 3, 2, 1, 0].map(letter).iter().collect();
    let start = format!("{name}{:02}T10M900", row % 100);
    letters
        .iter()
        .map(|letter| format!("{start}{letter}"))
        .find(|code| FiscalCode::read(code).is_ok())
        .unwrap()
}

fn text(folder: &Path, rows: u32) {
    let mut text = format!("{}\r\n", HEADER.join(";"));
    for row in 0..rows {
        write!(text, "{}\r\n", row_of(row).join(";")).unwrap();
    }
    std::fs::write(folder.join("windows.csv"), encoding_rs::WINDOWS_1252.encode(&text).0).unwrap();
    std::fs::write(folder.join("utf8.csv"), text).unwrap();
}

fn xlsx(path: &Path, rows: u32) {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    // With shared texts, as Excel itself saves.
    let sheet = workbook.add_worksheet_with_low_memory().unwrap();
    sheet.write_row(0, 0, HEADER).unwrap();
    for row in 0..rows {
        for (column, cell) in (0..).zip(row_of(row)) {
            sheet.write_string(row + 1, column, cell).unwrap();
        }
    }
    workbook.save(path).unwrap();
}

fn ods(path: &Path, rows: u32) {
    let mut archive = zip::ZipWriter::new(BufWriter::new(File::create(path).unwrap()));
    let mut part = |name: &str, write: &dyn Fn(&mut dyn Write)| {
        archive.start_file(name, SimpleFileOptions::default().compression_level(Some(3))).unwrap();
        write(&mut BufWriter::with_capacity(1 << 20, &mut archive));
    };
    part("mimetype", &|out| {
        write!(out, "application/vnd.oasis.opendocument.spreadsheet").unwrap();
    });
    part("content.xml", &|out| {
        write!(out, "<office:document-content><office:body><office:spreadsheet>").unwrap();
        write!(out, "<table:table table:name=\"Foglio1\">").unwrap();
        ods_row(out, &HEADER.map(str::to_owned));
        for row in 0..rows {
            ods_row(out, &row_of(row));
        }
        write!(out, "</table:table></office:spreadsheet></office:body></office:document-content>").unwrap();
    });
    archive.finish().unwrap();
}

fn ods_row(out: &mut dyn Write, cells: &[String; 6]) {
    write!(out, "<table:table-row table:style-name=\"ro1\">").unwrap();
    for cell in cells {
        let attributes = "office:value-type=\"string\" calcext:value-type=\"string\"";
        write!(out, "<table:table-cell {attributes}><text:p>{cell}</text:p></table:table-cell>").unwrap();
    }
    write!(out, "</table:table-row>").unwrap();
}

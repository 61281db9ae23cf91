//! The archive against the library that writes it, alone, on the same cells:
//! `cargo bench -p staffetta-sheets --bench export`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops if anything fails"
)]

mod side_by_side;

use rust_xlsxwriter::Workbook;
use side_by_side::{Variant, compare};
use staffetta_domain::UnixMillis;
use staffetta_sheets::{ArchiveRow, ArchiveWriter};

const ROWS: u32 = 1_000_000;

fn main() {
    compare(
        ROWS,
        &[Variant { name: "rust_xlsxwriter", work: library }, Variant { name: "archive", work: archive }],
    );
}

/// The changing cells of a row.
struct Cells {
    code: String,
    subject: String,
    id: String,
    notice: String,
    reference: String,
}

impl Cells {
    fn of(row: u32) -> Self {
        let spread = u64::from(row).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self {
            code: format!("RSSMRA{:02}T10A{:03}S", row % 100, row % 1000),
            subject: format!("Avviso di pagamento della tassa sui rifiuti {row}"),
            id: format!("01J{spread:023X}"),
            notice: format!("3010000000{row:08}"),
            reference: format!("TARI-2026-{row}"),
        }
    }
}

fn archive(rows: u32) {
    let folder = tempfile::tempdir().unwrap();
    let mut writer =
        ArchiveWriter::create(&folder.path().join("a.xlsx"), |phrase| phrase.key.to_string()).unwrap();
    for row in 0..rows {
        let cells = Cells::of(row);
        let row = ArchiveRow {
            date: Some(UnixMillis(1_797_327_000_000 + i64::from(row) * 1000)),
            fiscal_code: &cells.code,
            subject: &cells.subject,
            service: "Tributi",
            flow: Some(1040),
            state: "Disponibile su IO",
            reason: "Il messaggio è nella posta del cittadino",
            email_status: "Inviata",
            io_message_id: &cells.id,
            notice_number: &cells.notice,
            amount_cents: Some(i64::from(row)),
            reference: &cells.reference,
            test: "",
        };
        writer.push(&row).unwrap();
    }
    writer.finish().unwrap();
}

fn library(rows: u32) {
    let folder = tempfile::tempdir().unwrap();
    let mut workbook = Workbook::new();
    workbook.set_tempdir(folder.path()).unwrap();
    let sheet = workbook.add_worksheet_with_constant_memory().unwrap();
    for row in 0..rows {
        let cells = Cells::of(row);
        sheet.write_number(row, 0, 46_371.437_5 + f64::from(row) / 86_400.0).unwrap();
        sheet.write_string(row, 1, &cells.code).unwrap();
        sheet.write_string(row, 2, &cells.subject).unwrap();
        sheet.write_string(row, 3, "Tributi").unwrap();
        sheet.write_number(row, 4, 1040).unwrap();
        sheet.write_string(row, 5, "Disponibile su IO").unwrap();
        sheet.write_string(row, 6, "Il messaggio è nella posta del cittadino").unwrap();
        sheet.write_string(row, 7, "Inviata").unwrap();
        sheet.write_string(row, 8, &cells.id).unwrap();
        sheet.write_string(row, 9, &cells.notice).unwrap();
        sheet.write_number(row, 10, f64::from(row) / 100.0).unwrap();
        sheet.write_string(row, 11, &cells.reference).unwrap();
    }
    workbook.save(folder.path().join("a.xlsx")).unwrap();
}

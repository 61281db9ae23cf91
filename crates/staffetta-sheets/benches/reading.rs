//! A list read and cut into cells, and checked against a message, beside the libraries that read it alone:
//! `cargo bench -p staffetta-sheets --bench reading`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops if anything fails"
)]

mod office_files;
mod side_by_side;

use calamine::{DataRef, Reader as _, Xlsx};
use side_by_side::{Variant, compare_in, folder};
use staffetta_domain::list_plan::PlanInput;
use staffetta_domain::repeats::Repeats;
use staffetta_domain::{Amount, ListPlan};
use staffetta_sheets::Sheet;
use std::fs::File;
use std::hint::black_box;
use std::io::BufReader;
use std::ops::ControlFlow;

const ROWS: u32 = 1_000_000;

fn main() {
    let lists = tempfile::tempdir().unwrap();
    // The inner runs find the lists of the outer one.
    if !std::env::args().any(|argument| argument.starts_with("variant=")) {
        office_files::write(lists.path(), ROWS);
    }
    let text = [
        Variant { name: "csv crate", work: csv_alone },
        Variant { name: "UTF-8", work: |rows| read("utf8.csv", rows) },
        Variant { name: "UTF-8, checked", work: |rows| check("utf8.csv", rows) },
        Variant { name: "Windows-1252", work: |rows| read("windows.csv", rows) },
        Variant { name: "Windows-1252, checked", work: |rows| check("windows.csv", rows) },
    ];
    compare_in(ROWS, &text, || &lists, |lists| lists.path());
    let workbooks = [
        Variant { name: "calamine's cell reader", work: calamine_alone },
        Variant { name: "XLSX", work: |rows| read("list.xlsx", rows) },
        Variant { name: "ODS", work: |rows| read("list.ods", rows) },
    ];
    compare_in(ROWS, &workbooks, || &lists, |lists| lists.path());
}

fn csv_alone(rows: u32) {
    let path = folder().join("utf8.csv");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_path(path).unwrap();
    let mut record = csv::StringRecord::new();
    let (mut count, mut bytes) = (0, 0);
    while reader.read_record(&mut record).unwrap() {
        count += 1;
        bytes += record.iter().map(str::len).sum::<usize>();
    }
    assert_eq!(count, rows);
    black_box(bytes);
}

fn calamine_alone(rows: u32) {
    let file = BufReader::new(File::open(folder().join("list.xlsx")).unwrap());
    let mut workbook = Xlsx::new(file).unwrap();
    let name = workbook.sheet_names()[0].clone();
    let mut cells = workbook.worksheet_cells_reader(&name).unwrap();
    let (mut last, mut bytes) = (0, 0);
    while let Some(cell) = cells.next_cell().unwrap() {
        last = cell.get_position().0;
        bytes += match cell.get_value() {
            DataRef::SharedString(text) => text.len(),
            DataRef::String(text) => text.len(),
            _ => 0,
        };
    }
    assert_eq!(last, rows);
    black_box(bytes);
}

fn read(name: &str, rows: u32) {
    let mut sheet = Sheet::open(&folder().join(name)).unwrap();
    let mut bytes = 0;
    let counts = sheet.for_each_row(|_, row| {
        bytes += row.unwrap().iter().map(str::len).sum::<usize>();
        ControlFlow::Continue(())
    });
    assert_eq!(counts.unwrap().rows, u64::from(rows));
    black_box(bytes);
}

fn check(name: &str, rows: u32) {
    let mut sheet = Sheet::open(&folder().join(name)).unwrap();
    let plan = ListPlan::new(PlanInput {
        header: sheet.header(), meanings: None, invalid_after_due_date: false,
        subject: "Avviso di pagamento della tassa sui rifiuti",
        markdown: "Gentile {{nome}} {{cognome}}, per la tassa sui rifiuti sono dovuti {{importo}} euro entro il \
                   {{scadenza}}. L'avviso si paga qui sotto, in banca, alla posta o in tabaccheria.",
        payment: true,
        markdown_min: 80,
        amount_max: Amount::from_cents(1_000_000).unwrap(),
    })
    .unwrap();
    let mut repeats = Repeats::default();
    let mut good = 0;
    let counts = sheet.for_each_row(|line, row| {
        let cells: Vec<&str> = row.unwrap().iter().collect();
        let checked = plan.check(&cells).unwrap();
        good += u32::from(repeats.see(line, &checked).phrase().is_none());
        ControlFlow::Continue(())
    });
    counts.unwrap();
    assert_eq!(good, rows);
}

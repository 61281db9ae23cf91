//! Workbooks as offices make them, and as they break.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails the test")]

mod common;

use common::zipped::{workbook_of, zipped};
use common::{file, good, rows, say};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use staffetta_sheets::{CellError, FileKind, Kind, RowProblem, Sheet, SheetError};

fn sheet_of(fill: impl FnOnce(&mut Worksheet)) -> Result<Sheet, SheetError> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    Sheet::open(file(&workbook.save_to_buffer().unwrap()).path())
}

#[test]
fn typed_cells_become_what_the_office_would_write() {
    let mut sheet = sheet_of(|sheet| {
        let date = Format::new().set_num_format("dd/mm/yyyy");
        let moment = Format::new().set_num_format("dd/mm/yyyy hh:mm");
        let euro = Format::new().set_num_format("€ #,##0.00");
        for (column, name) in
            [" cf ", "numero", "importo", "scadenza", "ora", "vero", "avviso"].iter().enumerate()
        {
            sheet.write_string(1, u16::try_from(column).unwrap(), *name).unwrap();
        }
        sheet.write_string(3, 0, "00123").unwrap();
        sheet.write_number(3, 1, 42).unwrap();
        sheet.write_number_with_format(3, 2, 19.990_000_000_000_002, &euro).unwrap();
        let day = ExcelDateTime::from_ymd(2026, 12, 15).unwrap();
        sheet.write_datetime_with_format(3, 3, &day, &date).unwrap();
        sheet.write_datetime_with_format(3, 4, day.and_hms(10, 30, 0).unwrap(), &moment).unwrap();
        sheet.write_boolean(3, 5, true).unwrap();
        sheet.write_string(3, 6, "301000000000000123").unwrap();
        sheet.write_string(4, 1, "solo").unwrap();
        sheet.write_blank(9, 0, &date).unwrap();
    })
    .unwrap();
    assert_eq!(sheet.kind(), &Kind::Xlsx { sheet: "Sheet1".to_owned(), sheets: 1 });
    assert_eq!(sheet.header(), ["cf", "numero", "importo", "scadenza", "ora", "vero", "avviso"]);
    let expected = [
        good(4, &["00123", "42", "19,99", "15/12/2026", "15/12/2026 10:30", "VERO", "301000000000000123"]),
        good(5, &["", "solo", "", "", "", "", ""]),
    ];
    assert_eq!(rows(&mut sheet).unwrap(), expected);
    assert_eq!(rows(&mut sheet).unwrap(), expected, "a second reading starts from the first row");
}

#[test]
fn the_column_of_amounts_has_cents() {
    let mut sheet = sheet_of(|sheet| {
        sheet.write_string(0, 0, "cf").unwrap();
        sheet.write_string(0, 1, " IMPORTO ").unwrap();
        sheet.write_string(0, 2, "numero").unwrap();
        let amounts = [581.0, 159.3, 1357.71, 1_234_567.0, 0.29, -0.5, 19.999, 0.0, 3e14];
        for (row, amount) in (1..).zip(amounts) {
            sheet.write_number(row, 1, amount).unwrap();
            sheet.write_number(row, 2, amount).unwrap();
        }
        sheet.write_string(10, 1, "12,5").unwrap();
    })
    .unwrap();
    let rows = rows(&mut sheet).unwrap();
    let expected = [
        ("581,00", "581"),
        ("159,30", "159,3"),
        ("1.357,71", "1357,71"),
        ("1.234.567,00", "1234567"),
        ("0,29", "0,29"),
        ("-0,50", "-0,5"),
        ("19,999", "19,999"),
        ("0,00", "0"),
        ("300000000000000", "300000000000000"),
        ("12,5", ""),
    ];
    for ((line, row), (amount, number)) in (2..).zip(rows).zip(expected) {
        assert_eq!(row, good(line, &["", amount, number]));
    }
}

#[test]
fn a_long_code_that_became_a_number_is_pointed_out() {
    let mut sheet = sheet_of(|sheet| {
        sheet.write_row(0, 0, ["cf", "importo", "numero_avviso"]).unwrap();
        sheet.write_row(1, 0, ["A", "1", "301000000012345678"]).unwrap();
        sheet.write_string(2, 0, "B").unwrap();
        sheet.write_number(2, 2, 301_000_000_012_345_678.0).unwrap();
        sheet.write_string(3, 0, "C").unwrap();
        sheet.write_number(3, 1, 1e15).unwrap();
        sheet.write_row(4, 0, ["D", "", "3,01E+17"]).unwrap();
        sheet.write_string(5, 0, "E").unwrap();
        sheet.write_number(5, 2, 123_456_789_012_345.0).unwrap();
    })
    .unwrap();
    let lost = |line, column| (line, Err(RowProblem::DigitsLost { column }));
    let expected = [
        good(2, &["A", "1", "301000000012345678"]),
        lost(3, 2),
        lost(4, 1),
        lost(5, 2),
        good(6, &["E", "", "123456789012345"]),
    ];
    assert_eq!(rows(&mut sheet).unwrap(), expected);
}

#[test]
fn bad_rows_are_reported_and_the_others_are_read() {
    let mut sheet = sheet_of(|sheet| {
        sheet.write_row(0, 0, ["cf", "nome"]).unwrap();
        sheet.write_row(1, 0, ["A", "uno"]).unwrap();
        sheet.write_string(2, 0, "B").unwrap();
        sheet.write_formula(2, 1, Formula::new("=NA()").set_result("#N/A")).unwrap();
        sheet.write_row(3, 0, ["C", "due", "tre"]).unwrap();
        sheet.write_row(4, 0, ["D", "quattro", " "]).unwrap();
        sheet.write_row(5, 0, ["=1+1", "+39"]).unwrap();
    })
    .unwrap();
    let found = rows(&mut sheet).unwrap();
    assert_eq!(found[0], good(2, &["A", "uno"]));
    assert_eq!(found[1], (3, Err(RowProblem::FormulaError { column: 1, error: CellError::NotAvailable })));
    assert!(say(&found[1].1.as_ref().unwrap_err().phrase()).contains("#N/D"));
    assert_eq!(found[2], (4, Err(RowProblem::TooManyCells { found: 3, expected: 2 })));
    assert_eq!(found[3..], [good(5, &["D", "quattro"]), good(6, &["=1+1", "+39"])]);
}

#[test]
fn a_cell_that_breaks_the_format_holds_back_the_rows_it_may_belong_to() {
    let text =
        |place: &str, text: &str| format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let mut data = String::new();
    for row in 1..=5 {
        let bad = if row == 3 {
            r##"<c r="B3" t="e"><v>#SPILL!</v></c>"##.to_owned()
        } else {
            text(&format!("B{row}"), "x")
        };
        data.push_str(&format!("<row r=\"{row}\">{}{bad}</row>", text(&format!("A{row}"), "cf")));
    }
    let mut sheet = Sheet::open(file(&workbook_of(&data, "<sst></sst>")).path()).unwrap();
    let unreadable = |line| (line, Err(RowProblem::UnreadableCell));
    let expected = [good(2, &["cf", "x"]), unreadable(3), unreadable(4), good(5, &["cf", "x"])];
    assert_eq!(rows(&mut sheet).unwrap(), expected);
}

#[test]
fn a_sheet_is_chosen_by_name_and_else_the_first_that_can_be_seen_is_read() {
    let mut workbook = Workbook::new();
    workbook
        .add_worksheet()
        .set_name("Vecchio")
        .unwrap()
        .set_hidden(true)
        .write_column(0, 0, ["cf", "Z"])
        .unwrap();
    let shown = workbook.add_worksheet().set_active(true).set_name("Elenco").unwrap();
    shown.write_column(0, 0, ["cf", "A"]).unwrap();
    workbook.add_worksheet().set_name("Soci & amici").unwrap().write_column(0, 0, ["cf", "B"]).unwrap();
    let file = file(&workbook.save_to_buffer().unwrap());
    assert_eq!(Sheet::sheet_names(file.reopen().unwrap()).unwrap(), ["Elenco", "Soci & amici"]);
    for (asked, read, cell) in [
        (None, "Elenco", "A"),
        (Some("Elenco"), "Elenco", "A"),
        (Some("Soci & amici"), "Soci & amici", "B"),
        (Some("Vecchio"), "Vecchio", "Z"),
    ] {
        let mut sheet = Sheet::from_file_named(file.reopen().unwrap(), asked).unwrap();
        assert_eq!(sheet.kind(), &Kind::Xlsx { sheet: read.to_owned(), sheets: 2 });
        assert_eq!(rows(&mut sheet).unwrap(), [good(2, &[cell])]);
    }
    let other = Sheet::from_file_named(file.reopen().unwrap(), Some("Foglio1"));
    assert_eq!(other.err(), Some(SheetError::NoSuchSheet));
}

#[test]
fn a_sheet_of_codes_alone_needs_no_header() {
    let mut sheet = sheet_of(|sheet| {
        sheet.write_string(1, 0, "RSSMRA85T10A562S").unwrap();
        sheet.write_string(2, 0, "VRDLGU80A01H501X").unwrap();
    })
    .unwrap();
    assert_eq!(sheet.header(), ["codice_fiscale"]);
    assert_eq!(rows(&mut sheet).unwrap(), [good(2, &["RSSMRA85T10A562S"]), good(3, &["VRDLGU80A01H501X"])]);
}

#[test]
fn workbooks_without_a_list_are_explained() {
    assert_eq!(sheet_of(|_| {}).err(), Some(SheetError::Empty));
    let mut only_header = sheet_of(|sheet| drop(sheet.write_string(0, 0, "cf"))).unwrap();
    assert_eq!(rows(&mut only_header), Err(SheetError::NoRows));
    let data = sheet_of(|sheet| drop(sheet.write_row(0, 0, ["RSSMRA85T10A562S", "Rossi"])));
    assert_eq!(data.err(), Some(SheetError::NoHeader));
    let wide = sheet_of(|sheet| drop(sheet.write_row(0, 0, vec!["nome"; 201])));
    assert_eq!(wide.err(), Some(SheetError::TooManyColumns));
    let of = |parts: &[(&str, &str)]| Sheet::open(file(&zipped(parts)).path()).err();
    assert_eq!(of(&[("foto.txt", "x")]), Some(SheetError::NotASheet(FileKind::Archive)));
    assert_eq!(of(&[("xl/workbook.bin", "x")]), Some(SheetError::NotASheet(FileKind::Xlsb)));
    assert_eq!(of(&[("xl/workbook.xml", "<no")]), Some(SheetError::Damaged));
}

#[test]
fn a_workbook_cut_short_is_damaged() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write_column(0, 0, ["cf", "A"]).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    for length in [30, bytes.len() / 2, bytes.len() - 30] {
        assert_eq!(Sheet::open(file(&bytes[..length]).path()).err(), Some(SheetError::Damaged));
    }
}

#[test]
fn a_cell_in_no_column_makes_the_file_a_damaged_one() {
    let data = r#"<row r="1"><c r="A1" t="str"><v>cf</v></c></row><row r="2"><c r="AYYYYYYYYYYYY2"/></row>"#;
    let opened = Sheet::open(file(&workbook_of(data, "<sst></sst>")).path());
    assert_eq!(opened.and_then(|mut sheet| rows(&mut sheet)), Err(SheetError::Damaged));
}

#[test]
fn rows_that_go_back_make_the_file_a_damaged_one() {
    let row = |number: u32| {
        format!(r#"<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>cf</t></is></c></row>"#)
    };
    for numbers in [[1, 3, 2], [3, 4, 1]] {
        let book = workbook_of(&numbers.map(row).concat(), "<sst></sst>");
        let opened = Sheet::open(file(&book).path());
        assert_eq!(opened.and_then(|mut sheet| rows(&mut sheet)), Err(SheetError::Damaged));
    }
}

#[test]
fn small_files_that_unfold_into_much_are_refused() {
    let cell = |text: &str| format!(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>"#);
    let open = |data: &str, shared: &str| Sheet::open(file(&workbook_of(data, shared)).path()).err();
    let long = "x".repeat(2 << 20);
    assert_eq!(open(&cell(&long), "<sst></sst>"), Some(SheetError::ExpandsTooMuch));
    let claim = r#"<sst uniqueCount="9999999999999"></sst>"#;
    assert_eq!(open(&cell("cf"), claim), Some(SheetError::ExpandsTooMuch));
    let shared = format!("<sst>{}</sst>", "<si/>".repeat(12 << 20));
    assert_eq!(open(&cell("cf"), &shared), Some(SheetError::ExpandsTooMuch));
    let shared = format!("<sst>{}</sst>", "<si><t>aaaaaaaaaaaaaaaaaaaa</t></si>".repeat(8 << 20));
    assert_eq!(open(&cell("cf"), &shared), Some(SheetError::ExpandsTooMuch));
}

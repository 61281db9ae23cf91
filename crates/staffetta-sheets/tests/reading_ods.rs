//! OpenDocument sheets as offices make them, and as they break.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails the test")]

mod common;

use common::zipped::{ods_of, ods_row, ods_text, ods_with, zipped};
use common::{file, good, rows, say};
use staffetta_sheets::{CellError, FileKind, Kind, RowProblem, Sheet, SheetError};

fn sheet_of(rows: &str) -> Result<Sheet, SheetError> {
    Sheet::open(file(&ods_of(&[("Foglio1", rows)])).path())
}

/// A cell with these attributes and this text shown.
fn typed(attributes: &str, shown: &str) -> String {
    format!("<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>")
}

fn number(value: &str) -> String {
    typed(&format!(r#"office:value-type="float" office:value="{value}""#), "###")
}

fn row(cells: &[String]) -> String {
    format!("<table:table-row>{}</table:table-row>", cells.concat())
}

#[test]
fn typed_cells_become_what_the_office_would_write() {
    let cells = [
        ods_text("00123"),
        number("42"),
        typed(r#"office:value-type="currency" office:currency="EUR" office:value="1357.5""#, "1.357,50 €"),
        typed(r#"office:value-type="date" office:date-value="2026-12-15""#, "15 dic 26"),
        typed(r#"office:value-type="date" office:date-value="2026-12-15T10:30:00""#, "15/12/26"),
        typed(r#"office:value-type="time" office:time-value="PT10H30M00S""#, "10:30"),
        typed(r#"office:value-type="boolean" office:boolean-value="true""#, "VERO"),
        typed(r#"office:value-type="percentage" office:value="0.22""#, "22%"),
        typed(r#"office:value-type="string" table:formula="of:=[.A1]""#, "da formula"),
    ];
    let names = ["cf", "numero", "importo", "scadenza", "quando", "ora", "vero", "aliquota", "nota"];
    let mut sheet = sheet_of(&format!("{}{}", ods_row(&names), row(&cells))).unwrap();
    assert_eq!(sheet.kind(), &Kind::Ods { sheet: "Foglio1".to_owned(), sheets: 1 });
    assert!(say(&sheet.kind().phrase()).contains("LibreOffice"));
    assert_eq!(sheet.header(), names);
    let expected =
        ["00123", "42", "1.357,50", "15/12/2026", "15/12/2026 10:30", "10:30", "VERO", "0,22", "da formula"];
    assert_eq!(rows(&mut sheet).unwrap(), [good(2, &expected)]);
    assert_eq!(rows(&mut sheet).unwrap(), [good(2, &expected)], "a second reading starts from the first row");
}

#[test]
fn the_text_of_a_cell_is_what_is_seen_in_it() {
    let text = r#"<table:table-cell office:value-type="string"><office:annotation><text:p>nota</text:p></office:annotation><text:p>Via <text:span>Roma</text:span><text:s text:c="2"/>1 &amp; 2&#x20ac;
        x<text:note><text:p>piè</text:p></text:note></text:p><text:p>b<text:line-break/>c<![CDATA[<d>]]></text:p></table:table-cell>"#;
    let covered = "<table:covered-table-cell><text:p>sotto</text:p></table:covered-table-cell>";
    let rows_of = format!(
        "{}<table:table-row>{text}{covered}{}</table:table-row>",
        ods_row(&["cf", "b", "c"]),
        ods_text("z")
    );
    let mut sheet = sheet_of(&rows_of).unwrap();
    assert_eq!(rows(&mut sheet).unwrap(), [good(2, &["Via Roma  1 & 2€ x\nb\nc<d>", "", "z"])]);
}

#[test]
fn rows_and_cells_that_are_repeated_keep_their_place() {
    let blank = r#"<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>"#;
    let twice = r#"<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>A</text:p></table:table-cell><table:table-cell table:number-columns-repeated="1022"/></table:table-row>"#;
    let end = r#"<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    let header = format!("<table:table-header-rows>{}</table:table-header-rows>", ods_row(&["cf", "b"]));
    let group = format!("<table:table-row-group>{twice}</table:table-row-group>");
    let mut sheet = sheet_of(&format!("{blank}{header}{blank}{group}{}{end}", ods_row(&["B", ""]))).unwrap();
    assert_eq!(rows(&mut sheet).unwrap(), [good(8, &["A", "A"]), good(9, &["A", "A"]), good(10, &["B", ""])]);
}

#[test]
fn bad_rows_are_reported_and_the_others_are_read() {
    let error =
        typed(r#"office:value-type="string" office:string-value="" calcext:value-type="error""#, "#N/D");
    let formula = typed(r#"office:value-type="string" table:formula="of:=1/0""#, "#DIV/0!");
    let rows_of = [
        ods_row(&["cf", "b"]),
        row(&[ods_text("A"), error]),
        row(&[ods_text("B"), formula]),
        row(&[ods_text("C"), number("3.01000000012346E+017")]),
        row(&[ods_text("D"), number("301000000012345678")]),
        row(&[ods_text("E"), number("dodici")]),
        row(&[ods_text("F"), typed(r#"office:value-type="float""#, "12")]),
        ods_row(&["G", "x", "y"]),
        row(&[typed(r#"table:number-columns-repeated="4000000000""#, "H")]),
        ods_row(&["I", &"x".repeat(70_000)]),
        row(&[ods_text("L"), typed("", r#"<text:s text:c="4000000000"/>"#)]),
        ods_row(&["M", "301000000012345678"]),
    ];
    let mut sheet = sheet_of(&rows_of.concat()).unwrap();
    let found = rows(&mut sheet).unwrap();
    let formula = |error| RowProblem::FormulaError { column: 1, error };
    let expected = [
        formula(CellError::NotAvailable),
        formula(CellError::DivisionByZero),
        RowProblem::DigitsLost { column: 1 },
        RowProblem::DigitsLost { column: 1 },
        RowProblem::UnreadableCell,
        RowProblem::UnreadableCell,
        RowProblem::TooManyCells { found: 3, expected: 2 },
        RowProblem::TooManyCells { found: 4_000_000_000, expected: 2 },
        RowProblem::TooLong,
        RowProblem::TooLong,
    ];
    for ((line, problem), found) in (2..).zip(expected).zip(&found) {
        assert_eq!(found, &(line, Err(problem)));
    }
    assert_eq!(found[10..], [good(12, &["M", "301000000012345678"])]);
}

#[test]
fn a_sheet_is_chosen_by_name_and_else_the_first_that_can_be_seen_is_read() {
    let list = |cell| format!("{}{}", ods_row(&["cf"]), ods_row(&[cell]));
    let style = r#"<office:automatic-styles><style:style style:name="ta1"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style></office:automatic-styles>"#;
    let table = |name, style, cell| {
        format!(r#"<table:table table:name="{name}" table:style-name="{style}">{}</table:table>"#, list(cell))
    };
    let tables =
        [table("Vecchio", "ta2", "Z"), table("Elenco", "ta1", "A"), table("Soci &amp; amici", "ta1", "B")]
            .concat();
    let file = file(&ods_with(&format!(
        "{style}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    )));
    assert_eq!(Sheet::sheet_names(file.reopen().unwrap()).unwrap(), ["Elenco", "Soci & amici"]);
    for (asked, read, cell) in [
        (None, "Elenco", "A"),
        (Some("Soci & amici"), "Soci & amici", "B"),
        (Some("Vecchio"), "Vecchio", "Z"),
    ] {
        let mut sheet = Sheet::from_file_named(file.reopen().unwrap(), asked).unwrap();
        assert_eq!(sheet.kind(), &Kind::Ods { sheet: read.to_owned(), sheets: 2 });
        assert_eq!(rows(&mut sheet).unwrap(), [good(2, &[cell])]);
    }
    let other = Sheet::from_file_named(file.reopen().unwrap(), Some("Foglio1"));
    assert_eq!(other.err(), Some(SheetError::NoSuchSheet));
}

#[test]
fn files_without_a_list_are_explained() {
    assert_eq!(sheet_of("").err(), Some(SheetError::Empty));
    assert_eq!(rows(&mut sheet_of(&ods_row(&["cf"])).unwrap()), Err(SheetError::NoRows));
    assert_eq!(sheet_of(&ods_row(&["RSSMRA85T10A562S", "Rossi"])).err(), Some(SheetError::NoHeader));
    assert_eq!(sheet_of(&ods_row(&vec!["nome"; 201])).err(), Some(SheetError::TooManyColumns));
    let of = |parts: &[(&str, &str)]| Sheet::open(file(&zipped(parts)).path()).err();
    let mime = |kind: &str| format!("application/vnd.oasis.opendocument.{kind}");
    let text = mime("text");
    assert_eq!(of(&[("mimetype", &text), ("content.xml", "x")]), Some(SheetError::NotASheet(FileKind::Word)));
    let book = mime("spreadsheet");
    assert_eq!(of(&[("mimetype", &book), ("encrypted-package", "x")]), Some(SheetError::PasswordProtected));
    let manifest = "<manifest:encryption-data/>";
    let parts = [("mimetype", &*book), ("META-INF/manifest.xml", manifest), ("content.xml", "x")];
    assert_eq!(of(&parts), Some(SheetError::PasswordProtected));
    assert_eq!(of(&[("mimetype", &book), ("content.xml", "<a/>")]), Some(SheetError::NoWorksheet));
    assert_eq!(
        of(&[("mimetype", "x"), ("content.xml", "x")]),
        Some(SheetError::NotASheet(FileKind::Archive))
    );
}

#[test]
fn a_file_cut_short_is_damaged() {
    let rows = [ods_row(&["cf"]), ods_row(&["A"])].concat();
    let body =
        format!(r#"<office:body><office:spreadsheet><table:table table:name="Elenco">{rows}</table:table>"#);
    for content in [&*body, &body[..body.len() - 20], &format!("{body}</x>"), &format!("{body}<a b=\"")] {
        let book = "application/vnd.oasis.opendocument.spreadsheet";
        let content = format!("<office:document-content>{content}");
        let bytes = zipped(&[("mimetype", book), ("content.xml", &content)]);
        assert_eq!(Sheet::open(file(&bytes).path()).err(), Some(SheetError::Damaged));
    }
    let whole = ods_of(&[("Elenco", &rows)]);
    assert_eq!(Sheet::open(file(&whole[..whole.len() / 2]).path()).err(), Some(SheetError::Damaged));
}

#[test]
fn small_files_that_unfold_into_much_are_refused() {
    let refused = |rows: &str| {
        let opened = sheet_of(rows);
        let read =
            opened.and_then(|mut sheet| sheet.for_each_row(|_, _| std::ops::ControlFlow::Continue(())));
        assert_eq!(read.err(), Some(SheetError::ExpandsTooMuch));
    };
    let header = ods_row(&["cf", "nota"]);
    refused(&"<a>".repeat(1000));
    refused(&format!(
        "{header}<table:table-row><table:table-cell a=\"{}\"/></table:table-row>",
        "x".repeat(2 << 20)
    ));
    refused(&format!("{header}<!-- {} -->", "x".repeat(2 << 20)));
    let many = |text: &str, times: u32| {
        format!(
            r#"<table:table-row table:number-rows-repeated="{times}">{}</table:table-row>"#,
            ods_text(text)
        )
    };
    refused(&format!("{}{}", ods_row(&["cf"]), many("A", u32::MAX)));
    refused(&format!("{}{}", ods_row(&["cf"]), many(&"A".repeat(60_000), 1_000_000)));
}

/// Rows of a list as LibreOffice 7.4 saves them: rows and columns to the end of the sheet, a row that a filter hides, cells
/// made wider, a formula that failed, colours below the list.
fn saved_rows() -> String {
    let end = |columns: u32| format!(r#"<table:table-cell table:number-columns-repeated="{columns}"/>"#);
    let text = |text: &str| typed(r#"office:value-type="string" calcext:value-type="string""#, text);
    let currency = r#"table:style-name="ce3" office:value-type="currency" office:currency="EUR" office:value="1357.5" calcext:value-type="currency""#;
    let date = r#"table:style-name="ce4" office:value-type="date" office:date-value="2027-06-30" calcext:value-type="date""#;
    let formula = r#"table:formula="of:=[.C2]*2" office:value-type="float" office:value="2715" calcext:value-type="float""#;
    let failed = r#"table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error""#;
    let wide = r#"<table:table-cell table:style-name="ce1" office:value-type="string" calcext:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="1"><text:p>uno</text:p><text:p>due</text:p></table:table-cell><table:covered-table-cell/>"#;
    let link = r#"<table:table-cell office:value-type="string"><text:p><text:a xlink:href="mailto:a@example.org" xlink:type="simple">Mario <text:s/>Rossi</text:a></text:p></table:table-cell>"#;
    let line = |visibility: &str, name: &str, sum: String| {
        let cells = [
            text("RSSMRA85T10A562S"),
            name.to_owned(),
            typed(currency, "€ 1,357.50"),
            typed(date, "30/06/2027"),
            sum,
        ];
        format!(
            r#"<table:table-row table:style-name="ro1"{visibility}>{}{wide}{}{}</table:table-row>"#,
            cells.concat(),
            text("301000000000000001"),
            end(16_376)
        )
    };
    let header = ["cf", "nome", "importo", "scadenza", "calcolo", "nota"].map(text).concat();
    let header = format!(
        "<table:table-row>{header}<table:table-cell/>{}{}</table:table-row>",
        text("numero avviso"),
        end(16_376)
    );
    let name = text("Mario <text:s/>Rossi");
    let blank = format!(r#"<table:table-row table:style-name="ro1">{}</table:table-row>"#, end(16_384));
    let wide_blank = format!(
        r#"<table:table-row><table:table-cell table:number-columns-spanned="8" table:number-rows-spanned="1"/><table:covered-table-cell table:number-columns-repeated="7"/>{}</table:table-row>"#,
        end(16_376)
    );
    let coloured = format!(
        r#"<table:table-row table:style-name="ro1" table:number-rows-repeated="1992"><table:table-cell table:style-name="ce2"/>{}</table:table-row>"#,
        end(16_383)
    );
    let rest = format!(
        r#"<table:table-row table:style-name="ro1" table:number-rows-repeated="1046576">{}</table:table-row>"#,
        end(16_384)
    );
    [
        header,
        line("", &name, typed(formula, "€ 2,715.00")),
        line(r#" table:visibility="filter""#, &name, typed(formula, "€ 2,715.00")),
        line("", link, typed(failed, "#DIV/0!")),
        blank.clone(),
        wide_blank,
        coloured,
        rest,
        blank,
    ]
    .concat()
}

/// A hidden sheet before the list, and what else LibreOffice keeps.
#[test]
fn a_file_as_libreoffice_saves_it_is_read() {
    let style = |name: &str, shown: bool| {
        format!(
            r#"<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{shown}" style:writing-mode="lr-tb"/></style:style>"#
        )
    };
    let columns = r#"<office:forms form:automatic-focus="false"/><table:table-column table:style-name="co1" table:number-columns-repeated="16384" table:default-cell-style-name="Default"/>"#;
    let old = [ods_row(&["cf"]), ods_row(&["ZZZ"])].concat();
    let content = format!(
        r#"<office:automatic-styles>{}{}</office:automatic-styles><office:body><office:spreadsheet><table:calculation-settings table:case-sensitive="false"><table:iteration table:maximum-difference="0.0001"/></table:calculation-settings><table:table table:name="Vecchio" table:style-name="ta1">{columns}{old}</table:table><table:table table:name="Elenco" table:style-name="ta2">{columns}{}</table:table><table:named-expressions/><table:database-ranges><table:database-range table:name="__Anonymous_Sheet_DB__1" table:target-range-address="Elenco.A1:Elenco.J5" table:display-filter-buttons="true"/></table:database-ranges></office:spreadsheet></office:body>"#,
        style("ta1", false),
        style("ta2", true),
        saved_rows()
    );
    let file = file(&ods_with(&content));
    assert_eq!(Sheet::lists(file.reopen().unwrap()).unwrap(), ["Elenco"]);
    let mut sheet = Sheet::open(file.path()).unwrap();
    let read = [
        "RSSMRA85T10A562S",
        "Mario  Rossi",
        "1.357,50",
        "30/06/2027",
        "2715",
        "uno\ndue",
        "",
        "301000000000000001",
    ];
    let failed = RowProblem::FormulaError { column: 4, error: CellError::DivisionByZero };
    // A row that a filter hides is in the list: what a person filtered for a moment is still the office's.
    assert_eq!(rows(&mut sheet).unwrap(), [good(2, &read), good(3, &read), (4, Err(failed))]);
}

//! The sheets of a workbook that can be a list, and workbooks made so that looking for them would take for ever.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails the test")]

mod common;

use common::file;
use common::zipped::{ods_of, ods_row, zipped};
use staffetta_sheets::{Sheet, SheetError};

const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn lists(bytes: &[u8]) -> Result<Vec<String>, SheetError> {
    Sheet::lists(file(bytes).reopen().unwrap())
}

/// A workbook whose sheets are these parts, each a name and the place of its part.
fn workbook(sheets: &[(String, usize)], parts: &[&str]) -> Vec<u8> {
    let mut files = vec![(
        "_rels/.rels".to_owned(),
        relations(&[("r0".to_owned(), "officeDocument", "xl/workbook.xml".to_owned())]),
    )];
    let named: String = (1..)
        .zip(sheets)
        .map(|(id, (name, part))| format!(r#"<sheet name="{name}" sheetId="{id}" r:id="r{part}"/>"#))
        .collect();
    files.push((
        "xl/workbook.xml".to_owned(),
        format!(r#"<workbook xmlns:r="{RELATION}"><sheets>{named}</sheets></workbook>"#),
    ));
    let of_parts: Vec<(String, &str, String)> = (0..parts.len())
        .map(|part| (format!("r{part}"), "worksheet", format!("worksheets/sheet{part}.xml")))
        .collect();
    files.push(("xl/_rels/workbook.xml.rels".to_owned(), relations(&of_parts)));
    for (part, rows) in parts.iter().enumerate() {
        let xml = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        files.push((format!("xl/worksheets/sheet{part}.xml"), xml));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, xml)| (name.as_str(), xml.as_str())).collect();
    zipped(&files)
}

fn relations(all: &[(String, &str, String)]) -> String {
    let one = |(id, kind, target): &(String, &str, String)| {
        format!(r#"<Relationship Id="{id}" Type="{RELATION}/{kind}" Target="{target}"/>"#)
    };
    format!("<Relationships>{}</Relationships>", all.iter().map(one).collect::<String>())
}

fn row(number: u32, text: &str) -> String {
    format!(r#"<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{text}</t></is></c></row>"#)
}

#[test]
fn sheets_with_a_header_and_a_row_can_be_a_list() {
    let list = [row(1, "cf"), row(2, "RSSMRA85T10A562S")].concat();
    let title = row(1, "Elenco dei contribuenti");
    let parts = [list.as_str(), title.as_str(), "", list.as_str()];
    let names = ["Elenco", "Titolo", "Vuoto", "Altro"].map(str::to_owned);
    let sheets: Vec<(String, usize)> = names.into_iter().zip(0..).collect();
    assert_eq!(lists(&workbook(&sheets, &parts)).unwrap(), ["Elenco", "Altro"]);
    // Of one only nothing is to be chosen: why it is no list is told when it is opened.
    assert_eq!(lists(&workbook(&sheets[2..3], &parts)).unwrap(), ["Vuoto"]);

    let list = [ods_row(&["cf"]), ods_row(&["RSSMRA85T10A562S"])].concat();
    let title = ods_row(&["Elenco dei contribuenti"]);
    let wide = [ods_row(&vec!["nome"; 201]), ods_row(&["x"])].concat();
    let sheets = [("Titolo", &*title), ("Elenco", &list), ("Largo", &wide), ("Vuoto", ""), ("Altro", &list)];
    assert_eq!(lists(&ods_of(&sheets)).unwrap(), ["Elenco", "Altro"]);
    assert!(lists(b"cf\nRSSMRA85T10A562S\n").unwrap().is_empty());
}

/// A thousand sheets that are one long blank part, of which each would be read to its end.
#[test]
fn what_would_be_read_a_thousand_times_is_not_looked_at() {
    let sheets =
        |count: usize| -> Vec<(String, usize)> { (0..count).map(|n| (format!("F{n}"), 0)).collect() };
    let blank = "<row r=\"1\"></row>".repeat(300_000);
    assert_eq!(lists(&workbook(&sheets(1_000), &[&blank])).unwrap().len(), 1_000);
    assert_eq!(lists(&workbook(&sheets(2), &[&blank])).unwrap(), Vec::<String>::new());
    let blank = "<table:table-row/>".repeat(300);
    let named: Vec<(String, &str)> = (0..950).map(|n| (format!("F{n}"), blank.as_str())).collect();
    let named: Vec<(&str, &str)> = named.iter().map(|(name, rows)| (name.as_str(), *rows)).collect();
    assert_eq!(lists(&ods_of(&named)).unwrap().len(), 950);
    assert!(lists(&ods_of(&named[..9])).unwrap().is_empty());
}

#[test]
fn more_sheets_than_any_office_has_are_refused() {
    let sheets: Vec<(String, usize)> = (0..1_001).map(|n| (format!("F{n}"), 0)).collect();
    assert_eq!(lists(&workbook(&sheets, &[""])), Err(SheetError::ExpandsTooMuch));
}

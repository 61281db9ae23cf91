//! Workbooks put together by hand: the least that each may be.

use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

/// A zip with these parts.
pub(crate) fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The least that a workbook may be, around this sheet.
pub(crate) fn workbook_of(sheet_data: &str, shared: &str) -> Vec<u8> {
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    zipped(&[
        (
            "_rels/.rels",
            &format!(
                r#"<Relationships><Relationship Id="r1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                r#"<workbook xmlns:r="{relation}"><sheets><sheet name="Foglio1" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                r#"<Relationships><Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        ("xl/sharedStrings.xml", shared),
        ("xl/worksheets/sheet1.xml", &format!("<worksheet><sheetData>{sheet_data}</sheetData></worksheet>")),
    ])
}

/// The least that an .ods may be, with these sheets: a name and its rows.
pub(crate) fn ods_of(sheets: &[(&str, &str)]) -> Vec<u8> {
    let tables: String = sheets
        .iter()
        .map(|(name, rows)| format!(r#"<table:table table:name="{}">{rows}</table:table>"#, escaped(name)))
        .collect();
    ods_with(&format!("<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"))
}

/// The same around this content.
pub(crate) fn ods_with(content: &str) -> Vec<u8> {
    let names = ["office", "table", "text", "style", "calcext", "form", "xlink"];
    let names: String = names.map(|name| format!(r#" xmlns:{name}="urn:{name}""#)).concat();
    let xml = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &format!("{xml}<office:document-content{names}>{content}</office:document-content>")),
    ])
}

/// A row of an .ods with a text in each cell.
pub(crate) fn ods_row(cells: &[impl AsRef<str>]) -> String {
    let cells: String = cells.iter().map(|cell| ods_text(cell.as_ref())).collect();
    format!("<table:table-row>{cells}</table:table-row>")
}

/// A cell of an .ods with a text: a line is a paragraph, and blanks that XML would join are elements.
pub(crate) fn ods_text(text: &str) -> String {
    if text.is_empty() {
        return "<table:table-cell/>".to_owned();
    }
    let paragraph = |line: &str| {
        let mut joined = true;
        let characters: String = line
            .chars()
            .map(|character| {
                let after_blank = std::mem::replace(&mut joined, character == ' ');
                match character {
                    ' ' if after_blank => "<text:s/>".to_owned(),
                    '\t' => "<text:tab/>".to_owned(),
                    _ => escaped(&character.to_string()),
                }
            })
            .collect();
        format!("<text:p>{characters}</text:p>")
    };
    let paragraphs: String = text.split('\n').map(paragraph).collect();
    format!(r#"<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>"#)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

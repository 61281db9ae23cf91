//! An .xlsx as it is, or the parts of one: a worksheet, the shared texts, the styles, the workbook.

#![no_main]

use libfuzzer_sys::fuzz_target;
use staffetta_fuzz::{parts, pass_over_caught_panics, read, zipped};

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fuzz_target!(init: pass_over_caught_panics(), |bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        return read(bytes);
    }
    let relation = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#)
    };
    let package = relation("r1", "officeDocument", "xl/workbook.xml");
    let package = format!("<Relationships>{package}</Relationships>");
    let book = [
        relation("r1", "worksheet", "worksheets/sheet1.xml"),
        relation("r2", "sharedStrings", "sharedStrings.xml"),
        relation("r3", "styles", "styles.xml"),
    ];
    let book = format!("<Relationships>{}</Relationships>", book.concat());
    let workbook = format!(
        r#"<workbook xmlns:r="{RELATIONS}"><sheets><sheet name="Foglio1" sheetId="1" r:id="r1"/></sheets></workbook>"#
    );
    let mut parts = parts(bytes);
    let mut next = || parts.next().unwrap_or_default();
    let (sheet, shared, styles, other_workbook) = (next(), next(), next(), next());
    let workbook = if other_workbook.is_empty() { workbook.as_bytes() } else { other_workbook };
    read(&zipped(&[
        ("_rels/.rels", package.as_bytes()),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", book.as_bytes()),
        ("xl/sharedStrings.xml", shared),
        ("xl/styles.xml", styles),
        ("xl/worksheets/sheet1.xml", sheet),
    ]));
});

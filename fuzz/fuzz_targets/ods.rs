//! An .ods as it is, or what stands in its spreadsheet.

#![no_main]

use libfuzzer_sys::fuzz_target;
use staffetta_fuzz::{parts, read, zipped};

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        return read(bytes);
    }
    let mut parts = parts(bytes);
    let mut next = || parts.next().unwrap_or_default();
    let (tables, styles, tail) = (next(), next(), next());
    let content = [
        &b"<office:document-content>"[..],
        styles,
        b"<office:body><office:spreadsheet><table:table table:name=\"a\">",
        tables,
        b"</table:table></office:spreadsheet></office:body></office:document-content>",
        tail,
    ];
    read(&zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content.concat()),
    ]));
});

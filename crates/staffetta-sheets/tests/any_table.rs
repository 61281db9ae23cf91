//! Any table reads back the same, in every format and encoding.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails the test")]

mod common;

use common::table::{header, table};
use common::zipped::{ods_of, ods_row};
use common::{Row, file, rows};
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use staffetta_sheets::{Encoding, Kind, Separator, Sheet};

/// A zero byte is no text, in any file.
fn any_text(character: char) -> bool {
    character != '\0'
}

fn in_windows(character: char) -> bool {
    any_text(character) && !encoding_rs::WINDOWS_1252.encode(character.encode_utf8(&mut [0; 4])).2
}

/// Workbooks are XML, in which line ends are one character.
fn in_xml(character: char) -> bool {
    !matches!(character, '\0'..='\x08' | '\x0b'..='\x1f' | '\u{fffe}' | '\u{ffff}')
}

fn separator() -> impl Strategy<Value = Separator> {
    proptest::sample::select(&Separator::ALL[..])
}

/// The table as text. The separator is declared, as Excel does: the guess is tested apart, and random text
/// may mislead it.
fn as_text(table: &[Vec<String>], separator: Separator, crlf: bool) -> String {
    let mut writer = csv::WriterBuilder::new();
    let end = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
    writer.delimiter(separator.byte()).terminator(end);
    let mut writer = writer.from_writer(Vec::new());
    writer.write_record(header(table)).unwrap();
    table.iter().for_each(|row| writer.write_record(row).unwrap());
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    format!("sep={}\n{text}", char::from(separator.byte()))
}

fn read(bytes: &[u8]) -> (Kind, Vec<String>, Vec<Vec<String>>) {
    let mut sheet = Sheet::open(file(bytes).path()).unwrap();
    let whole = |(line, row): Row| row.unwrap_or_else(|problem| panic!("{line}: {problem}"));
    let cells = rows(&mut sheet).unwrap().into_iter().map(whole).collect();
    (sheet.kind().clone(), sheet.header().to_vec(), cells)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn as_utf8(table in table(any_text), separator in separator(), crlf: bool, mark: bool) {
        let mark = if mark { "\u{feff}" } else { "" };
        let text = format!("{mark}{}", as_text(&table, separator, crlf));
        let expected = (Kind::Csv { separator, encoding: Encoding::Utf8 }, header(&table), table);
        prop_assert_eq!(read(text.as_bytes()), expected);
    }

    #[test]
    fn as_windows_1252(table in table(in_windows), separator in separator(), crlf: bool) {
        let text = as_text(&table, separator, crlf);
        let expected = (Kind::Csv { separator, encoding: Encoding::Windows1252 }, header(&table), table);
        prop_assert_eq!(read(&encoding_rs::WINDOWS_1252.encode(&text).0), expected);
    }

    #[test]
    fn as_utf16(table in table(any_text), separator in separator(), crlf: bool, big: bool) {
        let text = format!("\u{feff}{}", as_text(&table, separator, crlf));
        let (encoding, bytes): (_, fn(u16) -> [u8; 2]) =
            if big { (Encoding::Utf16Be, u16::to_be_bytes) } else { (Encoding::Utf16Le, u16::to_le_bytes) };
        let bytes: Vec<u8> = text.encode_utf16().flat_map(bytes).collect();
        let expected = (Kind::Csv { separator, encoding }, header(&table), table);
        prop_assert_eq!(read(&bytes), expected);
    }

    #[test]
    fn as_xlsx(table in table(in_xml), shared: bool) {
        let mut workbook = Workbook::new();
        let sheet = if shared { workbook.add_worksheet() } else { workbook.add_worksheet_with_constant_memory().unwrap() };
        sheet.write_row(0, 0, header(&table)).unwrap();
        for (row, cells) in (1..).zip(&table) {
            sheet.write_row(row, 0, cells).unwrap();
        }
        let (kind, names, cells) = read(&workbook.save_to_buffer().unwrap());
        prop_assert_eq!(kind, Kind::Xlsx { sheet: "Sheet1".to_owned(), sheets: 1 });
        prop_assert_eq!((names, cells), (header(&table), table));
    }

    #[test]
    fn as_ods(table in table(in_xml)) {
        let rows = table.iter().map(|row| ods_row(row));
        let rows: String = [ods_row(&header(&table))].into_iter().chain(rows).collect();
        let (kind, names, cells) = read(&ods_of(&[("Foglio1", &rows)]));
        prop_assert_eq!(kind, Kind::Ods { sheet: "Foglio1".to_owned(), sheets: 1 });
        prop_assert_eq!((names, cells), (header(&table), table));
    }
}

//! What is found out of a text file without asking: encoding, separator, whether it has a header.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails the test")]

mod common;

use common::{file, good, read, rows, say};
use staffetta_sheets::{Encoding, Kind, RowProblem, Separator, Sheet, SheetError};

#[test]
fn utf16_is_read_with_and_without_its_mark() {
    let text = "Codice Fiscale\tImporto\r\nRSSMRA85T10A562S\t€ 19,99\r\n\r\nVRDLGU80A01H501X\t5\r\n";
    let little = Kind::Csv { separator: Separator::Tab, encoding: Encoding::Utf16Le };
    let big = Kind::Csv { separator: Separator::Tab, encoding: Encoding::Utf16Be };
    for (mark, kind) in [("\u{feff}", &little), ("\u{feff}", &big), ("", &little), ("", &big)] {
        let units = format!("{mark}{text}");
        let units = units.encode_utf16();
        let bytes: Vec<u8> = if *kind == little {
            units.flat_map(u16::to_le_bytes).collect()
        } else {
            units.flat_map(u16::to_be_bytes).collect()
        };
        let mut sheet = Sheet::open(file(&bytes).path()).unwrap();
        assert_eq!(
            (sheet.kind(), sheet.header()),
            (kind, &["Codice Fiscale".to_owned(), "Importo".to_owned()][..])
        );
        assert!(say(&kind.phrase()).contains("di testo") && say(&kind.phrase()).contains("UTF-16"));
        let expected = [good(2, &["RSSMRA85T10A562S", "€ 19,99"]), good(4, &["VRDLGU80A01H501X", "5"])];
        assert_eq!(rows(&mut sheet).unwrap(), expected);
        assert_eq!(rows(&mut sheet).unwrap(), expected, "a second reading starts from the first row");
    }
    // Half a character at its end, and one that is none: the rows are named.
    let mut bytes: Vec<u8> =
        "cf;nome\nA;uno\nB;due\nC;tre\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes[2 * 18..2 * 19].copy_from_slice(&[0, 0xdc]);
    bytes.push(b'D');
    let (_, rows) = read(&bytes).unwrap();
    let bad = |line| (line, Err(RowProblem::BadEncoding));
    assert_eq!(rows, [good(2, &["A", "uno"]), bad(3), good(4, &["C", "tre"]), bad(5)]);
}

#[test]
fn columns_may_be_separated_by_bars() {
    let mut sheet =
        Sheet::open(file("cf|nome|importo\nA|Rossi; Anna|1,50\nB||2\n".as_bytes()).path()).unwrap();
    assert!(say(&sheet.kind().phrase()).contains("barra verticale"));
    assert_eq!(rows(&mut sheet).unwrap(), [good(2, &["A", "Rossi; Anna", "1,50"]), good(3, &["B", "", "2"])]);
}

#[test]
fn a_list_of_codes_alone_needs_no_header() {
    for text in
        ["RSSMRA85T10A562S\r\nvrdlgu80a01h501x\r\n\r\nRSSMRA85T10A562X", "\n\nRSSMRA85T10A562S;\n;\nBNC;\n"]
    {
        let mut sheet = Sheet::open(file(text.as_bytes()).path()).unwrap();
        assert_eq!(
            (sheet.kind(), sheet.header()),
            (&Kind::Codes { encoding: Encoding::Utf8 }, &["codice_fiscale".to_owned()][..])
        );
        let expected = if text.starts_with('R') {
            vec![
                good(1, &["RSSMRA85T10A562S"]),
                good(2, &["vrdlgu80a01h501x"]),
                good(4, &["RSSMRA85T10A562X"]),
            ]
        } else {
            vec![good(3, &["RSSMRA85T10A562S"]), good(5, &["BNC"])]
        };
        assert_eq!(rows(&mut sheet).unwrap(), expected);
        assert_eq!(rows(&mut sheet).unwrap(), expected, "a second reading starts from the first row");
    }
    let utf16: Vec<u8> = "\u{feff}RSSMRA85T10A562S\nVRDLGU80A01H501X;Verdi\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let (_, rows) = read(&utf16).unwrap();
    assert_eq!(
        rows,
        [good(1, &["RSSMRA85T10A562S"]), (2, Err(RowProblem::TooManyCells { found: 2, expected: 1 }))]
    );
}

#[test]
fn a_code_that_a_spreadsheet_made_a_number_is_pointed_out() {
    let (_, rows) =
        read("cf;avviso;nota\nA;3,01E+17;x\nB;301000000012345678;E+17\nC;;\" 3.01E+017 \"\n".as_bytes())
            .unwrap();
    let lost = |line, column| (line, Err(RowProblem::DigitsLost { column }));
    assert_eq!(rows, [lost(2, 1), good(3, &["B", "301000000012345678", "E+17"]), lost(4, 2)]);
    let problem = RowProblem::DigitsLost { column: 1 };
    assert_eq!(problem.column(), Some(1));
    assert!(say(&problem.phrase()).contains("colonna B") && say(&problem.remedy()).contains("Testo"));
}

#[test]
fn a_text_has_no_sheets() {
    let list = file(b"cf\nA\n");
    assert_eq!(Sheet::sheet_names(list.reopen().unwrap()), Ok(Vec::new()));
    assert_eq!(
        Sheet::from_file_named(list.reopen().unwrap(), Some("Foglio1")).err(),
        Some(SheetError::NoSuchSheet)
    );
    assert!(Sheet::from_file_named(list.reopen().unwrap(), None).is_ok());
}

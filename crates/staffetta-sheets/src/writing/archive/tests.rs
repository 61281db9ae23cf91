use super::*;
use crate::{WrongRow, WrongRowsWriter};
use calamine::{Data, ExcelDateTime, ExcelDateTimeType, Reader, Xlsx};
use std::fs::File;
use std::io::{BufReader, Read as _};

fn say(phrase: &Phrase) -> String {
    phrase.key.replace("export-", "")
}

fn cells(path: &Path, sheet: &str) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<BufReader<File>> = calamine::open_workbook(path).unwrap();
    workbook.worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn part(path: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn files_in(folder: &Path) -> Vec<String> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn text(value: &str) -> Data {
    Data::String(value.to_owned())
}

#[test]
fn every_cell_has_its_type_and_nothing_becomes_a_formula() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archivio.xlsx");
    let mut writer = ArchiveWriter::create(&path, say).unwrap();
    let formula = "=cmd|'/c calc'!A0";
    let row = ArchiveRow {
        date: Some(UnixMillis(1_797_327_000_000)),
        fiscal_code: "RSSMRA85T10A562S",
        subject: formula,
        service: "+39",
        flow: Some(1040),
        state: "-1",
        reason: "@SUM(1)",
        email_status: "https://example.org",
        io_message_id: "_x0041_",
        notice_number: "301000000000000123",
        amount_cents: Some(123_456),
        reference: " a\0b\r\n<&>\u{feff} ",
        test: "Prova",
    };
    writer.push(&row).unwrap();
    writer.push(&ArchiveRow { fiscal_code: "X", ..ArchiveRow::default() }).unwrap();
    assert_eq!(files_in(folder.path()), [""; 0], "nothing is there before the end");
    assert_eq!(writer.finish().unwrap(), 2);
    assert_eq!(files_in(folder.path()), ["archivio.xlsx"]);

    let found = cells(&path, "sheet-archive");
    let titles = [
        "date",
        "fiscal-code",
        "subject",
        "service",
        "flow",
        "state",
        "reason",
        "email-status",
        "io-message-id",
        "notice-number",
        "amount",
        "reference",
        "test",
    ];
    assert_eq!(found[0], titles.map(text));
    let date = ExcelDateTime::new(46_371.437_5, ExcelDateTimeType::DateTime, false);
    assert_eq!(
        found[1],
        [
            Data::DateTime(date),
            text("RSSMRA85T10A562S"),
            text(formula),
            text("+39"),
            Data::Float(1040.0),
            text("-1"),
            text("@SUM(1)"),
            text("https://example.org"),
            text("_x0041_"),
            text("301000000000000123"),
            Data::Float(1234.56),
            text(" ab\n<&>\u{feff} "),
            text("Prova"),
        ]
    );
    assert_eq!(found[2][1], text("X"));
    assert_eq!(found[2][0], Data::Empty);
}

#[test]
fn the_header_is_frozen_and_filtered_and_codes_stay_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xlsx");
    let mut writer = ArchiveWriter::create(&path, say).unwrap();
    writer.push(&ArchiveRow { notice_number: "301", ..ArchiveRow::default() }).unwrap();
    writer.finish().unwrap();
    let sheet = part(&path, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains(r#"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>"#));
    assert!(sheet.contains(r#"<autoFilter ref="A1:M2"/>"#));
    assert!(sheet.contains(r#"numberStoredAsText="1""#));
    assert!(!sheet.contains("<f>") && !sheet.contains("hyperlink"));
    let styles = part(&path, "xl/styles.xml");
    for format in ["dd/mm/yyyy hh:mm", "#,##0.00", "numFmtId=\"49\""] {
        assert!(styles.contains(format), "{format} in {styles}");
    }
}

#[test]
fn rows_beyond_a_sheet_go_on_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xlsx");
    let mut writer = ArchiveWriter::with_sheet_rows(&path, say, 3).unwrap();
    for code in ["A", "B", "C", "D", "E", "F", "G"] {
        writer.push(&ArchiveRow { fiscal_code: code, ..ArchiveRow::default() }).unwrap();
    }
    assert_eq!(writer.finish().unwrap(), 7);
    for (sheet, rows, first) in
        [("sheet-archive", 4, "A"), ("sheet-archive 2", 4, "D"), ("sheet-archive 3", 2, "G")]
    {
        let found = cells(&path, sheet);
        assert_eq!((found.len(), &found[1][1]), (rows, &text(first)));
        assert!(found[0].contains(&text("fiscal-code")));
    }
    assert!(part(&path, "xl/worksheets/sheet3.xml").contains("state=\"frozen\""));
    assert_eq!(SHEET_ROWS_MAX, 1_048_575);
}

#[test]
fn an_empty_archive_is_a_header() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xlsx");
    assert_eq!(ArchiveWriter::create(&path, say).unwrap().finish().unwrap(), 0);
    assert_eq!(cells(&path, "sheet-archive").len(), 1);
}

#[test]
fn what_was_there_stays_until_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xlsx");
    std::fs::write(&path, "prima").unwrap();
    let mut writer = ArchiveWriter::create(&path, say).unwrap();
    writer.push(&ArchiveRow::default()).unwrap();
    drop(writer);
    assert_eq!(std::fs::read(&path).unwrap(), b"prima");
    assert_eq!(files_in(folder.path()), ["a.xlsx"]);
    let nowhere = ArchiveWriter::create(&folder.path().join("no/a.xlsx"), say);
    assert_eq!(nowhere.err(), Some(WriteError::Unwritable(std::io::ErrorKind::NotFound)));
}

#[test]
fn wrong_rows_are_written_as_they_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("righe.xlsx");
    let mut writer = WrongRowsWriter::create(&path, say).unwrap();
    let row = WrongRow { line: 12, column: "CF", value: "=1", reason: "Sbagliato", remedy: "Corregga" };
    writer.push(&row).unwrap();
    assert_eq!(writer.finish().unwrap(), 1);
    let found = cells(&path, "sheet-wrong-rows");
    assert_eq!(found[1], [Data::Float(12.0), text("CF"), text("=1"), text("Sbagliato"), text("Corregga")]);
}

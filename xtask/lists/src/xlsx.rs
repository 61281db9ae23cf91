//! A list as a workbook: dates and amounts typed, codes as text.
//!
//! Compressed bytes differ with the compressor's version; so the archive is packed again without
//! compression, and the file is the same on every machine.

use crate::list::{COLUMNS, Cell, Row, YEAR};
use anyhow::Result;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const WIDTHS: [f64; 7] = [20.0, 16.0, 16.0, 36.0, 12.0, 12.0, 22.0];

/// The bytes of the file.
pub(crate) fn write(rows: &[Row]) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let written = ExcelDateTime::from_ymd(2026, 11, 2)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&written));
    let sheet = workbook.add_worksheet();
    sheet.set_name("Elenco")?;
    let bold = Format::new().set_bold();
    let formats = Formats {
        euro: Format::new().set_num_format("#,##0.00"),
        day: Format::new().set_num_format("dd/mm/yyyy"),
    };
    for ((column, name), width) in (0..).zip(COLUMNS).zip(WIDTHS) {
        sheet.write_with_format(0, column, name, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    for (line, row) in (1..).zip(rows) {
        for (column, text) in
            [(0, row.code.as_str()), (1, row.surname), (2, row.name), (3, &row.address), (6, &row.notice)]
        {
            if !text.is_empty() {
                sheet.write(line, column, text)?;
            }
        }
        cell(sheet, (line, 4), &row.amount, &formats)?;
        cell(sheet, (line, 5), &row.deadline, &formats)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    repack(workbook.save_to_buffer()?)
}

struct Formats {
    euro: Format,
    day: Format,
}

fn cell(sheet: &mut Worksheet, (line, column): (u32, u16), cell: &Cell, formats: &Formats) -> Result<()> {
    match cell {
        Cell::Cents(cents) => {
            sheet.write_with_format(line, column, f64::from(*cents) / 100.0, &formats.euro)?
        }
        Cell::Day(day, month) => sheet.write_with_format(
            line,
            column,
            &ExcelDateTime::from_ymd(YEAR, *month, *day)?,
            &formats.day,
        )?,
        Cell::Text(text) => sheet.write(line, column, *text)?,
    };
    Ok(())
}

/// The same entries in the same order, stored, without dates.
fn repack(bytes: Vec<u8>) -> Result<Vec<u8>> {
    let mut from = ZipArchive::new(Cursor::new(bytes))?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::DEFAULT.compression_method(CompressionMethod::Stored);
    for place in 0..from.len() {
        let mut entry = from.by_index(place)?;
        let mut content = Vec::new();
        entry.read_to_end(&mut content)?;
        to.start_file(entry.name()?, stored)?;
        to.write_all(&content)?;
    }
    Ok(to.finish()?.into_inner())
}

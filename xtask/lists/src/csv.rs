//! A list as Excel in Italy saves it as CSV: semicolons, Windows-1252, CRLF.

use crate::list::{COLUMNS, Cell, Row, YEAR};
use anyhow::{Result, ensure};

/// The bytes of the file.
pub(crate) fn write(rows: &[Row]) -> Result<Vec<u8>> {
    let mut text = line(&COLUMNS.map(str::to_owned));
    for row in rows {
        text.push_str(&line(&values(row)));
    }
    let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(&text);
    ensure!(!lost, "a name has a letter that Windows-1252 does not have");
    Ok(bytes.into_owned())
}

/// The values of a row, as they are read.
pub(crate) fn values(row: &Row) -> [String; 7] {
    [
        row.code.clone(),
        row.surname.to_owned(),
        row.name.to_owned(),
        row.address.clone(),
        shown(&row.amount),
        shown(&row.deadline),
        row.notice.clone(),
    ]
}

/// Euro as an Italian writes them: `1.234,56`.
pub(crate) fn euro(cents: u64) -> String {
    let digits = (cents / 100).to_string();
    let mut whole = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            whole.push('.');
        }
        whole.push(digit);
    }
    format!("{whole},{:02}", cents % 100)
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Cents(cents) => euro(u64::from(*cents)),
        Cell::Day(day, month) => format!("{day:02}/{month:02}/{YEAR}"),
        Cell::Text(text) => (*text).to_owned(),
    }
}

fn line(values: &[String; 7]) -> String {
    let quoted = values.iter().map(|value| {
        if value.contains([';', '"', '\n']) {
            format!("\"{}\"", value.replace('"', "\"\""))
        } else {
            value.clone()
        }
    });
    quoted.collect::<Vec<_>>().join(";") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::euro;

    #[test]
    fn thousands_have_their_point() {
        assert_eq!([5, 1999, 123_456, 100_000_000].map(euro), ["0,05", "19,99", "1.234,56", "1.000.000,00"]);
    }
}

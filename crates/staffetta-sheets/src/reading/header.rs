//! The row that names the columns, or the first code of a list that has none.

use super::cells::Cells;
use super::error::SheetError;
use staffetta_domain::{FiscalCode, FiscalCodeError, limits};

/// Name of the only column of a list without header.
const CODES_COLUMN: &str = "codice_fiscale";

/// What the first row with something in it turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Header {
    /// Names of the columns: trimmed, without the unnamed ones at the end that Excel leaves behind.
    Names(Vec<String>),
    /// A fiscal code and nothing else: the list is one of codes alone, and this is its first row.
    FirstCode,
}

impl Header {
    /// Names of the columns, also of those that the file does not name.
    pub(super) fn into_names(self) -> Vec<String> {
        match self {
            Self::Names(names) => names,
            Self::FirstCode => vec![CODES_COLUMN.to_owned()],
        }
    }
}

/// Tells what the first row is.
///
/// # Errors
/// The row holds data, or too many names.
pub(super) fn read(cells: Cells<'_>) -> Result<Header, SheetError> {
    let mut names: Vec<String> = cells.iter().map(|cell| clean(cell).to_owned()).collect();
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    if names.len() > limits::COLUMNS_MAX {
        return Err(SheetError::TooManyColumns);
    }
    match names.as_slice() {
        [only] if is_a_fiscal_code(only) => return Ok(Header::FirstCode),
        _ => {}
    }
    let names_nothing = !names.iter().any(|name| name.chars().any(char::is_alphabetic));
    if names_nothing || names.iter().any(|name| is_a_fiscal_code(name)) {
        return Err(SheetError::NoHeader);
    }
    Ok(Header::Names(names))
}

/// Without blanks, no-break spaces and byte-order marks at either end.
fn clean(cell: &str) -> &str {
    cell.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}')
}

/// Whether a cell is a code and so the row is no header. A code with a slip in it counts too: the row is then
/// refused with the reason, and not taken for a name.
fn is_a_fiscal_code(name: &str) -> bool {
    match FiscalCode::read(name) {
        Ok(_) | Err(FiscalCodeError::Numeric | FiscalCodeError::Company) => true,
        Err(_) => looks_like_a_fiscal_code(name),
    }
}

/// Only the shape: the rules are the domain's.
fn looks_like_a_fiscal_code(name: &str) -> bool {
    let letter = |index: usize| matches!(index, 0..=5 | 8 | 11 | 15);
    name.len() == 16
        && name.bytes().enumerate().all(|(index, byte)| {
            if letter(index) { byte.is_ascii_alphabetic() } else { byte.is_ascii_alphanumeric() }
        })
        && name.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::cells::CellBuffer;
    use super::*;

    fn of(cells: &[&str]) -> Result<Header, SheetError> {
        let mut buffer = CellBuffer::default();
        cells.iter().for_each(|cell| buffer.push_with(|text| text.push_str(cell)));
        read(buffer.cells())
    }

    fn names(names: &[&str]) -> Result<Header, SheetError> {
        Ok(Header::Names(names.iter().map(|name| (*name).to_owned()).collect()))
    }

    #[test]
    fn names_are_trimmed_and_the_unnamed_tail_is_dropped() {
        assert_eq!(of(&[" CF ", "", "\u{a0}Nome\u{feff}", "", " "]), names(&["CF", "", "Nome"]));
    }

    #[test]
    fn data_are_no_header() {
        assert_eq!(of(&["RSSMRA85T10A562S", "Rossi"]), Err(SheetError::NoHeader));
        assert_eq!(of(&["Alfa srl", "01234567890"]), Err(SheetError::NoHeader));
        assert_eq!(of(&["1", "19,99"]), Err(SheetError::NoHeader));
        assert_eq!(of(&vec!["nome"; 201]), Err(SheetError::TooManyColumns));
        assert_eq!(of(&["codicefiscale_cf"]), names(&["codicefiscale_cf"]));
    }

    #[test]
    fn a_code_alone_is_the_first_of_a_list_of_codes() {
        for code in [
            "RSSMRA85T10A562S",
            " rssmra85t10a562s ",
            "RSS MRA 85T10 A562S",
            "RSSMRA85T10A562X",
            "01234567890",
        ] {
            assert_eq!(of(&[code, "", " "]), Ok(Header::FirstCode), "{code}");
        }
        assert_eq!(of(&["12"]), Err(SheetError::NoHeader));
        assert_eq!(of(&["cf"]), names(&["cf"]));
    }
}

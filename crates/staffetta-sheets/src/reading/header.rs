//! The row that names the columns.

use super::cells::Cells;
use super::error::SheetError;
use staffetta_domain::limits;

/// Names of the columns: trimmed, without the unnamed ones at the end that Excel leaves behind.
///
/// # Errors
/// The row holds data, or too many names.
pub(super) fn names(cells: Cells<'_>) -> Result<Vec<String>, SheetError> {
    let mut names: Vec<String> = cells.iter().map(|cell| clean(cell).to_owned()).collect();
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    if names.len() > limits::COLUMNS_MAX {
        return Err(SheetError::TooManyColumns);
    }
    let names_nothing = !names.iter().any(|name| name.chars().any(char::is_alphabetic));
    if names_nothing || names.iter().any(|name| looks_like_a_fiscal_code(name)) {
        return Err(SheetError::NoHeader);
    }
    Ok(names)
}

/// Without blanks, no-break spaces and byte-order marks at either end.
fn clean(cell: &str) -> &str {
    cell.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}')
}

/// Whether a cell is a citizen's code and so the row is no header. Only the shape: the rules are the domain's.
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

    fn of(cells: &[&str]) -> Result<Vec<String>, SheetError> {
        let mut buffer = CellBuffer::default();
        cells.iter().for_each(|cell| buffer.push_with(|text| text.push_str(cell)));
        names(buffer.cells())
    }

    #[test]
    fn names_are_trimmed_and_the_unnamed_tail_is_dropped() {
        assert_eq!(of(&[" CF ", "", "\u{a0}Nome\u{feff}", "", " "]).unwrap(), ["CF", "", "Nome"]);
    }

    #[test]
    fn data_are_no_header() {
        assert_eq!(of(&["RSSMRA85T10A562S", "Rossi"]), Err(SheetError::NoHeader));
        assert_eq!(of(&["1", "19,99"]), Err(SheetError::NoHeader));
        assert_eq!(of(&vec!["nome"; 201]), Err(SheetError::TooManyColumns));
        assert_eq!(of(&["codicefiscale_cf"]).unwrap().len(), 1);
    }
}

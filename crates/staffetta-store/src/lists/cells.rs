//! The cells of one row of the office's file.

use crate::error::StoreError;
use crate::values;

/// The cells of a row, in the order of the list's columns, in the form in which the ledger keeps them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cells(String);

impl Cells {
    /// The form in which the ledger keeps them: a JSON list of texts.
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.0
    }

    pub(crate) const fn from_json(json: String) -> Self {
        Self(json)
    }

    /// The cells, one by one.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] if the ledger holds something else.
    pub fn to_vec(&self) -> Result<Vec<String>, StoreError> {
        values::texts(&self.0)
    }
}

impl<'a> FromIterator<&'a str> for Cells {
    fn from_iter<I: IntoIterator<Item = &'a str>>(cells: I) -> Self {
        let mut json = String::with_capacity(96);
        for cell in cells {
            json.push(if json.is_empty() { '[' } else { ',' });
            push_text(&mut json, cell);
        }
        if json.is_empty() {
            json.push('[');
        }
        json.push(']');
        Self(json)
    }
}

/// Writes a JSON text. Stretches without anything to escape, nearly all of them, are copied whole.
fn push_text(json: &mut String, text: &str) {
    json.push('"');
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        json.push_str(&text[copied..at]);
        copied = at + 1;
        match byte {
            b'"' => json.push_str("\\\""),
            b'\\' => json.push_str("\\\\"),
            control => {
                const DIGITS: &[u8; 16] = b"0123456789abcdef";
                json.push_str("\\u00");
                json.push(char::from(DIGITS[usize::from(control >> 4)]));
                json.push(char::from(DIGITS[usize::from(control & 15)]));
            }
        }
    }
    json.push_str(&text[copied..]);
    json.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_cells_are_an_empty_list() {
        assert_eq!(Cells::from_iter([]).as_json(), "[]");
        assert_eq!(Cells::from_iter([""]).as_json(), "[\"\"]");
    }

    proptest! {
        #[test]
        fn cells_read_back(cells in proptest::collection::vec(".*", 0..6)) {
            let kept = Cells::from_iter(cells.iter().map(String::as_str));
            prop_assert!(!kept.as_json().contains('\0'));
            prop_assert_eq!(kept.to_vec().unwrap(), cells);
        }

        #[test]
        fn control_characters_are_escaped(cells in proptest::collection::vec("[\u{0}-\u{7f}]*", 0..4)) {
            let kept = Cells::from_iter(cells.iter().map(String::as_str));
            prop_assert_eq!(kept.to_vec().unwrap(), cells);
            prop_assert!(kept.as_json().bytes().all(|byte| byte >= 0x20));
        }
    }
}

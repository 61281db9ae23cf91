//! The *numero avviso* of a payment notice.

use crate::fiscal_code::{is_blank, is_quote};
use std::fmt;

/// 18 digits, the first from 0 to 3 (IO: `^[0123][0-9]{17}$`; no check digit is verified by IO or here).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoticeNumber([u8; 18]);

/// Why a text is not a notice number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NoticeNumberError {
    /// Nothing is written.
    #[error("the notice number is empty")]
    Empty,
    /// Digits only, but not 18.
    #[error("a notice number has 18 digits, not {found}")]
    Length {
        /// Digits found.
        found: usize,
    },
    /// The first digit is not from 0 to 3.
    #[error("a notice number starts with 0, 1, 2 or 3")]
    FirstDigit,
    /// Something else than digits.
    #[error("a notice number has digits only")]
    NotDigits,
    /// A spreadsheet took it for a number and lost its last digits (`3,01E+17`).
    #[error("a spreadsheet turned the notice number into a rounded number")]
    AlteredBySpreadsheet,
}

impl NoticeNumber {
    /// Reads what a person or a file wrote; blanks and surrounding quotes are removed.
    ///
    /// # Errors
    /// Why it is not a notice number.
    pub fn read(text: &str) -> Result<Self, NoticeNumberError> {
        if let Ok(bytes) = <[u8; 18]>::try_from(text.as_bytes())
            && bytes.iter().all(u8::is_ascii_digit)
        {
            return Self::of_digits(bytes);
        }
        let digits: String = text
            .trim_matches(|c: char| is_blank(c) || is_quote(c))
            .chars()
            .filter(|c| !is_blank(*c))
            .collect();
        if digits.is_empty() {
            return Err(NoticeNumberError::Empty);
        }
        if is_scientific(&digits) {
            return Err(NoticeNumberError::AlteredBySpreadsheet);
        }
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NoticeNumberError::NotDigits);
        }
        let found = digits.len();
        let bytes =
            <[u8; 18]>::try_from(digits.as_bytes()).map_err(|_| NoticeNumberError::Length { found })?;
        Self::of_digits(bytes)
    }

    fn of_digits(digits: [u8; 18]) -> Result<Self, NoticeNumberError> {
        if digits[0] > b'3' { Err(NoticeNumberError::FirstDigit) } else { Ok(Self(digits)) }
    }

    /// Its 18 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for NoticeNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// `3,01E+17`, `3.01e17`, `3E+17`: digits, perhaps a fraction, an exponent.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(exponent) && mantissa.split([',', '.']).all(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use NoticeNumberError as E;

    #[test]
    fn good_numbers_are_read() {
        for text in [
            "301000000012345678",
            " 301000000012345678\u{a0}",
            "'301000000012345678",
            "3010 0000 0012 3456 78",
        ] {
            assert_eq!(
                NoticeNumber::read(text).map(|number| number.to_string()),
                Ok("301000000012345678".into())
            );
        }
        assert!(NoticeNumber::read("001000000012345678").is_ok());
    }

    #[test]
    fn every_fault_has_its_name() {
        for (text, error) in [
            ("", E::Empty),
            (" ' ", E::Empty),
            ("30100000001234567", E::Length { found: 17 }),
            ("3010000000123456789", E::Length { found: 19 }),
            ("401000000012345678", E::FirstDigit),
            ("30100000001234567A", E::NotDigits),
            ("٣01000000012345678", E::NotDigits),
            ("3,01E+17", E::AlteredBySpreadsheet),
            ("3.01E+17", E::AlteredBySpreadsheet),
            ("3e17", E::AlteredBySpreadsheet),
            ("E17", E::NotDigits),
        ] {
            assert_eq!(NoticeNumber::read(text), Err(error), "{text:?}");
        }
    }
}

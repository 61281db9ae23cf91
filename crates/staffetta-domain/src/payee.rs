//! Who is paid: the codice fiscale of an ente.

use crate::fiscal_code::{is_blank, is_quote};
use std::fmt;

/// 11 digits (IO: `^[0-9]{11}$`) of which the last confirms the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Payee([u8; 11]);

/// Why a text is not the codice fiscale of an ente.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum PayeeError {
    /// Not 11 digits.
    #[error("the code of an ente has 11 digits")]
    Layout,
    /// The last digit does not confirm the others.
    #[error("the last digit does not confirm the others")]
    CheckDigit,
}

impl Payee {
    /// Reads what a person or a file wrote; blanks and surrounding quotes are removed. Nothing written is no payee.
    ///
    /// # Errors
    /// Why it is not the code of an ente. IO does not look at the last digit, and would pay somebody else.
    pub fn read(text: &str) -> Result<Option<Self>, PayeeError> {
        let digits: String = text
            .trim_matches(|c: char| is_blank(c) || is_quote(c))
            .chars()
            .filter(|c| !is_blank(*c))
            .collect();
        if digits.is_empty() {
            return Ok(None);
        }
        let digits = <[u8; 11]>::try_from(digits.as_bytes()).map_err(|_| PayeeError::Layout)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(PayeeError::Layout);
        }
        if is_confirmed(&digits) { Ok(Some(Self(digits))) } else { Err(PayeeError::CheckDigit) }
    }

    /// Its 11 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Payee {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Whether the last of 11 digits confirms the others: the sum, with every second digit doubled and the digits of what
/// comes of it added up, ends in zero.
pub(crate) fn is_confirmed(digits: &[u8; 11]) -> bool {
    let value = |(index, digit): (usize, &u8)| {
        let digit = u32::from(digit - b'0');
        if index % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 }
    };
    digits.iter().enumerate().map(value).sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ente_has_eleven_digits_that_agree() {
        for text in ["80012345676", " '8001 2345 676"] {
            let read = Payee::read(text);
            assert_eq!(
                read.map(|payee| payee.map(|payee| payee.to_string())),
                Ok(Some("80012345676".into()))
            );
        }
        assert_eq!(Payee::read(" ' "), Ok(None));
        assert_eq!(Payee::read("80012345679"), Err(PayeeError::CheckDigit));
        for text in ["8001234567", "800123456789", "8001234567A", "RSSMRA85T10A562S", "٣0012345678"] {
            assert_eq!(Payee::read(text), Err(PayeeError::Layout), "{text}");
        }
    }
}

//! The codice fiscale of a person.
//!
//! Not here: companies' and provisional codes of 11 digits (IO reaches no one by them), and whether
//! the code belongs to anyone (only IO's profile tells).

use crate::payee::is_confirmed;
use std::fmt;

/// A valid codice fiscale: 16 characters, upper case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalCode([u8; 16]);

/// A codice fiscale as a person or a file wrote it, read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadFiscalCode {
    /// The code.
    pub code: FiscalCode,
    /// Whether blanks, quotes or lower case had to be put right.
    pub repaired: bool,
}

/// Why a text is not the codice fiscale of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum FiscalCodeError {
    /// Nothing is written.
    #[error("the fiscal code is empty")]
    Empty,
    /// Not 16 characters.
    #[error("a fiscal code has 16 characters, not {found}")]
    Length {
        /// Characters found.
        found: usize,
    },
    /// 11 digits in the form of a company's or an ente's code.
    #[error("11 digits are the code of a company")]
    Company,
    /// 11 digits in no such form: a provisional code, or one with a slip in it.
    #[error("11 digits are a provisional code, or a wrong one")]
    Numeric,
    /// Letters and digits are not where they must be.
    #[error("letters and digits are not where they must be")]
    Layout,
    /// No such birthday.
    #[error("the date of birth in it does not exist")]
    Date,
    /// The last character does not confirm the others.
    #[error("the last character does not confirm the others")]
    CheckCharacter,
}

impl FiscalCode {
    /// IO's fictitious person: it has no valid birthday, and no message to it reaches anyone.
    /// [`FiscalCode::read`] refuses it.
    pub const FICTITIOUS: Self = Self(*b"AAAAAA00A00A000A");

    /// Reads what a person or a file wrote. Blanks (also the non-breaking ones that spreadsheets
    /// and web pages leave), surrounding quotes and lower case are put right; all else is an error.
    ///
    /// The layout is IO's own (`FiscalCode` of `@pagopa/ts-commons`, omocodia included); birthday
    /// and check character are verified here because IO does not, and would take the message.
    ///
    /// # Errors
    /// Why it is not the code of a person.
    pub fn read(text: &str) -> Result<ReadFiscalCode, FiscalCodeError> {
        if let Ok(bytes) = <[u8; 16]>::try_from(text.as_bytes())
            && bytes.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        {
            return verify(bytes).map(|code| ReadFiscalCode { code, repaired: false });
        }
        let cleaned: String = text
            .trim_matches(|c: char| is_blank(c) || is_quote(c))
            .chars()
            .filter(|c| !is_blank(*c))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        if cleaned.is_empty() {
            return Err(FiscalCodeError::Empty);
        }
        if let Ok(digits) = <[u8; 11]>::try_from(cleaned.as_bytes())
            && digits.iter().all(u8::is_ascii_digit)
        {
            return Err(if is_company(&digits) {
                FiscalCodeError::Company
            } else {
                FiscalCodeError::Numeric
            });
        }
        let found = cleaned.chars().count();
        if found != 16 {
            return Err(FiscalCodeError::Length { found });
        }
        let bytes = <[u8; 16]>::try_from(cleaned.as_bytes()).map_err(|_| FiscalCodeError::Layout)?;
        verify(bytes).map(|code| ReadFiscalCode { code, repaired: cleaned != text })
    }

    /// A code that was verified when it entered the ledger; also the fictitious one.
    #[must_use]
    pub fn from_ledger(text: &str) -> Option<Self> {
        let bytes = <[u8; 16]>::try_from(text.as_bytes()).ok()?;
        bytes.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()).then_some(Self(bytes))
    }

    /// Its 16 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Enough to recognise it beside others, not enough to know it: `RSS…X`.
    #[must_use]
    pub fn masked(&self) -> String {
        let text = self.as_str();
        format!("{}…{}", &text[..3], &text[15..])
    }
}

// A code must not reach a log through a forgotten `{:?}`.
impl fmt::Debug for FiscalCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "FiscalCode({})", self.masked())
    }
}

pub(crate) fn is_blank(c: char) -> bool {
    // Zero-width characters and the byte order mark come with texts copied from web pages.
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

pub(crate) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '\u{2018}'..='\u{201f}')
}

/// Whether 11 digits are a partita IVA, which names a tax office, or the code of a body without one, which begins with 8
/// or 9; in both the last digit confirms the others.
fn is_company(digits: &[u8; 11]) -> bool {
    let office = digits[7..10].iter().fold(0_u16, |office, digit| office * 10 + u16::from(digit - b'0'));
    let named = matches!(office, 1..=100 | 120 | 121 | 888 | 999) || matches!(digits[0], b'8' | b'9');
    named && is_confirmed(digits)
}

fn verify(code: [u8; 16]) -> Result<FiscalCode, FiscalCodeError> {
    let letters = code[..6].iter().chain([&code[11], &code[15]]).all(u8::is_ascii_uppercase);
    let month = b"ABCDEHLMPRST".iter().position(|letter| *letter == code[8]);
    let (true, Some(month)) = (letters, month) else { return Err(FiscalCodeError::Layout) };
    let number = |first: usize, second: usize| Some(digit(code[first])? * 10 + digit(code[second])?);
    let (Some(year), Some(day), Some(_), Some(_)) =
        (number(6, 7), number(9, 10), number(12, 13), digit(code[14]))
    else {
        return Err(FiscalCodeError::Layout);
    };
    // The century is not written: 00 may be 2000, which was a leap year, so every multiple of four counts.
    let february = if year % 4 == 0 { 29 } else { 28 };
    let days = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month];
    // Women's days are 40 more.
    if !(1..=days).contains(&day) && !(41..=40 + days).contains(&day) {
        return Err(FiscalCodeError::Date);
    }
    if check_character(&code) != code[15] {
        return Err(FiscalCodeError::CheckCharacter);
    }
    Ok(FiscalCode(code))
}

/// The digit that stands in a place for digits: itself, or its letter of omocodia
/// (given when two people would have the same code).
const fn digit(byte: u8) -> Option<u8> {
    Some(match byte {
        b'0'..=b'9' => byte - b'0',
        b'L'..=b'N' => byte - b'L',
        b'P'..=b'V' => byte - b'P' + 3,
        _ => return None,
    })
}

/// Values of the characters in odd places, digits and letters alike (decree 23/12/1976, table of the check character).
const ODD: [u16; 26] =
    [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

fn check_character(code: &[u8; 16]) -> u8 {
    let sum: u16 = code[..15]
        .iter()
        .enumerate()
        .map(|(index, byte)| {
            let value = if byte.is_ascii_digit() { byte - b'0' } else { byte - b'A' };
            // Places are counted from one, so the even indices are the odd places.
            if index % 2 == 0 { ODD[usize::from(value)] } else { u16::from(value) }
        })
        .sum();
    b'A' + u8::try_from(sum % 26).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use FiscalCodeError as E;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<(String, bool), E> {
        FiscalCode::read(text).map(|read| (read.code.as_str().to_owned(), read.repaired))
    }

    /// Puts the right check character at the end of 15 others.
    fn complete(start: &str) -> String {
        let mut bytes = [b'A'; 16];
        bytes[..15].copy_from_slice(start.as_bytes());
        format!("{start}{}", char::from(check_character(&bytes)))
    }

    #[test]
    fn known_codes_are_read() {
        assert_eq!(read("RSSMRA85T10A562S"), Ok(("RSSMRA85T10A562S".to_owned(), false)));
        assert_eq!(read("MRTMTT25D09F205Z"), Ok(("MRTMTT25D09F205Z".to_owned(), false)));
        // Omocodia: letters in the places of digits.
        let omocodia = complete("RSSMRALPTQUH50M");
        assert_eq!(read(&omocodia), Ok((omocodia.clone(), false)));
    }

    #[test]
    fn blanks_quotes_and_case_are_repaired_and_said() {
        for text in [
            "rssmra85t10a562s",
            " RSSMRA85T10A562S",
            "RSS MRA 85T10 A562S",
            "RSS\u{a0}MRA\u{202f}85T10A562S\t",
            "'RSSMRA85T10A562S",
            "\"RSSMRA85T10A562S\"",
            "\u{feff}RSSMRA85T10A562S",
            "\u{201c}Rssmra85T10A562s\u{201d}",
        ] {
            assert_eq!(read(text), Ok(("RSSMRA85T10A562S".to_owned(), true)), "{text:?}");
        }
    }

    #[test]
    fn every_fault_has_its_name() {
        for (text, error) in [
            ("", E::Empty),
            (" \u{a0}''", E::Empty),
            ("RSSMRA85T10A562", E::Length { found: 15 }),
            ("RSSMRA85T10A562SS", E::Length { found: 17 }),
            ("01234567890", E::Numeric),
            ("00764130365", E::Company),
            ("80012345676", E::Company),
            ("80012345679", E::Numeric),
            ("01234567897", E::Numeric),
            (" 0123 4567 890", E::Numeric),
            ("012345678901", E::Length { found: 12 }),
            ("0SSMRA85T10A562S", E::Layout),
            ("RSSMRA85T10A562È", E::Layout),
            ("RSSMRA85F10A562S", E::Layout),
            ("RSSMRAO5T10A562S", E::Layout),
            ("RSSMRA85T10A5625", E::Layout),
            ("RSSMRA85T10A562T", E::CheckCharacter),
            ("RSSMRA85T00A562S", E::Date),
            ("RSSMRA85T32A562S", E::Date),
            ("RSSMRA85T40A562S", E::Date),
            ("RSSMRA85T72A562S", E::Date),
            ("RSSMRA85D31A562S", E::Date),
            ("RSSMRA85B29A562S", E::Date),
            (FiscalCode::FICTITIOUS.as_str(), E::Date),
        ] {
            assert_eq!(read(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn the_last_of_february_is_good_in_years_that_may_be_leap() {
        for (year, good) in [("00", true), ("84", true), ("85", false), ("UQ", true)] {
            for day in ["29", "69"] {
                let code = complete(&format!("RSSMRA{year}B{day}A562"));
                assert_eq!(read(&code).is_ok(), good, "{code}");
            }
        }
    }

    #[test]
    fn the_ledger_gives_back_what_it_took_and_nothing_shows_it_whole() {
        assert_eq!(FiscalCode::from_ledger("AAAAAA00A00A000A"), Some(FiscalCode::FICTITIOUS));
        for text in ["", "aaaaaa00a00a000a", "AAAAAA00A00A000A ", "AAAAAA00A00A000À"] {
            assert_eq!(FiscalCode::from_ledger(text), None);
        }
        let code = FiscalCode::from_ledger("RSSMRA85T10A562S").unwrap();
        assert_eq!(code.masked(), "RSS…S");
        assert_eq!(format!("{code:?}"), "FiscalCode(RSS…S)");
    }

    proptest! {
        #[test]
        fn a_single_wrong_character_is_always_noticed(place in 0..15_usize, other in "[A-Z0-9]") {
            let mut text = "RSSMRA85T10A562S".to_owned();
            text.replace_range(place..=place, &other);
            prop_assert_eq!(read(&text).is_ok(), text == "RSSMRA85T10A562S");
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in ".*") {
            if let Ok(found) = FiscalCode::read(&text) {
                prop_assert!(FiscalCode::read(found.code.as_str()).is_ok_and(|again| !again.repaired));
            }
        }
    }
}

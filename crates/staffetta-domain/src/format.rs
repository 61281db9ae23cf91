//! How a value of the office's file is written in a text: `{{scadenza | data_estesa}}` becomes *15 dicembre 2026*.
//!
//! A closed list: a format can do nothing but write, and never fails on a row that was checked.

use crate::problem::RowFault;
use crate::time::{day_of, read_any_date};
use crate::{Amount, AmountError};
use std::borrow::Cow;

/// A way of writing a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// `15/12/2026`.
    Date,
    /// `15 dicembre 2026`.
    LongDate,
    /// `1.234,56 €`.
    Euro,
    /// The same of a column that holds cents, as programs write them.
    EuroOfCents,
    /// `MARIA ROSSI`.
    Upper,
    /// `maria rossi`.
    Lower,
    /// `Maria Rossi`.
    Capitals,
}

const MONTHS: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];

impl Format {
    /// Those that a text can name, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::Date, Self::LongDate, Self::Euro, Self::Capitals, Self::Upper, Self::Lower];

    /// Its name behind the bar of a placeholder.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "data",
            Self::LongDate => "data_estesa",
            Self::Euro | Self::EuroOfCents => "euro",
            Self::Upper => "maiuscolo",
            Self::Lower => "minuscolo",
            Self::Capitals => "iniziali_maiuscole",
        }
    }

    /// The format for a column: what stands in cents is not written as euro.
    #[must_use]
    pub fn of_column(self, in_cents: bool) -> Self {
        if in_cents && self == Self::Euro { Self::EuroOfCents } else { self }
    }

    /// The format with this name, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name().eq_ignore_ascii_case(name))
    }

    /// Writes a tidy value that is not empty.
    ///
    /// # Errors
    /// Why the value is not what the format writes.
    pub fn write(self, tidy: &str) -> Result<Cow<'_, str>, RowFault> {
        Ok(Cow::Owned(match self {
            Self::Date => {
                let date = read_any_date(day_of(tidy)).map_err(RowFault::DueDate)?;
                format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
            }
            Self::LongDate => {
                let date = read_any_date(day_of(tidy)).map_err(RowFault::DueDate)?;
                let month = usize::try_from(date.month() - 1).ok().and_then(|month| MONTHS.get(month));
                // As it is written in a letter: 1° gennaio 2027.
                let first = if date.day() == 1 { "°" } else { "" };
                format!("{}{first} {} {}", date.day(), month.copied().unwrap_or_default(), date.year())
            }
            Self::Euro => euro(Amount::read(tidy))?,
            Self::EuroOfCents => euro(Amount::read_cents(tidy))?,
            Self::Upper => tidy.to_uppercase(),
            Self::Lower => tidy.to_lowercase(),
            Self::Capitals => capitals(tidy),
        }))
    }
}

/// Nothing to pay can be told, though not asked for.
fn euro(read: Result<Amount, AmountError>) -> Result<String, RowFault> {
    match read {
        Ok(amount) => Ok(amount.euro()),
        Err(AmountError::Zero) => Ok("0,00 €".to_owned()),
        Err(error) => Err(RowFault::Amount(error)),
    }
}

/// What begins a word is a letter after something that is none: `D'Angelo`, `De Rossi-Bianchi`.
fn capitals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.extend(c.to_uppercase());
        }
        inside = c.is_alphanumeric();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_are_written_as_an_office_writes_them() {
        for (format, value, written) in [
            (Format::Date, "2026-12-15", "15/12/2026"),
            (Format::Date, "5/1/1985", "05/01/1985"),
            (Format::LongDate, "15/12/2026", "15 dicembre 2026"),
            (Format::LongDate, "01/01/2027", "1° gennaio 2027"),
            (Format::LongDate, "2027-06-30T23:59:00", "30 giugno 2027"),
            (Format::Euro, "1234,5", "1.234,50 €"),
            (Format::Euro, "€ 19.99", "19,99 €"),
            (Format::Euro, "0", "0,00 €"),
            (Format::EuroOfCents, "1999", "19,99 €"),
            (Format::Upper, "è città", "È CITTÀ"),
            (Format::Lower, "VIA ROMA", "via roma"),
            (Format::Capitals, "MARIA DE ROSSI", "Maria De Rossi"),
            (Format::Capitals, "d'ANGELO bianchi-neri", "D'Angelo Bianchi-Neri"),
        ] {
            assert_eq!(format.write(value).as_deref(), Ok(written), "{value}");
        }
    }

    #[test]
    fn what_is_no_date_and_no_amount_is_told() {
        for value in ["domani", "31/02/2026", "12", "2027-06-30T24:00:00", "2027-06-30Tx"] {
            assert!(matches!(Format::LongDate.write(value), Err(RowFault::DueDate(_))), "{value}");
        }
        for value in ["molto", "-1", "1.2.3"] {
            assert!(matches!(Format::Euro.write(value), Err(RowFault::Amount(_))), "{value}");
        }
    }

    #[test]
    fn names_read_back() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(&format.name().to_uppercase()), Some(format));
        }
        assert_eq!(Format::from_name("grassetto"), None);
    }

    proptest! {
        #[test]
        fn a_written_date_is_read_again(day in 1..29_u8, month in 1..13_u8, year in 1900..2100_u16) {
            let date = format!("{day:02}/{month:02}/{year}");
            prop_assert_eq!(Format::Date.write(&date).unwrap(), date.as_str());
        }

        #[test]
        fn a_written_amount_is_the_same_amount(cents in 1..9_999_999_999_i64) {
            let amount = Amount::from_cents(cents).unwrap();
            let written = Format::Euro.write(&amount.euro()).unwrap().into_owned();
            prop_assert_eq!(Amount::read(&written), Ok(amount));
        }
    }
}

//! Amounts in euro cents, read and written without floating point.

use crate::fiscal_code::is_blank;
use crate::limits::AMOUNT_MAX_CENTS;
use std::fmt;

/// An amount from 1 to 9,999,999,999 euro cents (IO: `payment_data.amount`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(i64);

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum AmountError {
    /// Nothing is written.
    #[error("the amount is empty")]
    Empty,
    /// Something that is not a number in euro.
    #[error("this is not an amount in euro")]
    NotANumber,
    /// Not a whole number, where cents are asked for.
    #[error("cents are a whole number")]
    NotCents,
    /// `1.234` or `1,234`: thousands for some, decimals for others.
    #[error("separator of thousands or of decimals?")]
    Ambiguous,
    /// More than two decimals.
    #[error("an amount has at most two decimals")]
    TooManyDecimals,
    /// Zero euro.
    #[error("the amount is zero")]
    Zero,
    /// Less than zero.
    #[error("the amount is negative")]
    Negative,
    /// Over what IO takes.
    #[error("the amount is over IO's maximum of 99,999,999.99 euro")]
    OverMax,
}

impl Amount {
    /// IO's largest amount.
    pub const MAX: Self = Self(AMOUNT_MAX_CENTS);

    /// An amount of euro cents, from 1 to IO's maximum.
    #[must_use]
    pub const fn from_cents(cents: i64) -> Option<Self> {
        if cents >= 1 && cents <= AMOUNT_MAX_CENTS { Some(Self(cents)) } else { None }
    }

    /// Euro cents.
    #[must_use]
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// Reads an amount in euro: `19,99`, `19.99`, `1.234,56`, `1,234.56`, `1234`, `€ 19,99`.
    ///
    /// # Errors
    /// Why it is not an amount. `1.234` is [`AmountError::Ambiguous`]: a guess could ask a citizen
    /// for a thousand times what is due.
    pub fn read(text: &str) -> Result<Self, AmountError> {
        let text = text.trim_matches(|c: char| is_blank(c) || c == '\'');
        if text.is_empty() {
            return Err(AmountError::Empty);
        }
        let text = without_currency(text);
        // The minus of typographers comes from reports; accountants write it after the number.
        let unsigned = text.trim_start_matches(['-', '\u{2212}']).trim_end_matches('-');
        let cents = cents_of(without_currency(unsigned))?;
        if cents == 0 {
            return Err(AmountError::Zero);
        }
        if unsigned.len() != text.len() {
            return Err(AmountError::Negative);
        }
        Self::from_cents(cents).ok_or(AmountError::OverMax)
    }

    /// Reads an amount in cents, as programs write it: `1999`. A comma or a point is an error: what is in euro would
    /// be a hundredth of what is due.
    ///
    /// # Errors
    /// Why it is not an amount.
    pub fn read_cents(text: &str) -> Result<Self, AmountError> {
        let text = text.trim_matches(|c: char| is_blank(c) || c == '\'');
        if text.is_empty() {
            return Err(AmountError::Empty);
        }
        if text.starts_with('-') {
            return Err(AmountError::Negative);
        }
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(AmountError::NotCents);
        }
        let cents = text.parse().map_err(|_| AmountError::OverMax)?;
        if cents == 0 { Err(AmountError::Zero) } else { Self::from_cents(cents).ok_or(AmountError::OverMax) }
    }

    /// In the Italian form, with the currency: `1.234,56 €`.
    #[must_use]
    pub fn euro(self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let euro = (self.0 / 100).to_string();
        let mut whole = String::with_capacity(16);
        for (index, digit) in euro.chars().enumerate() {
            if index > 0 && (euro.len() - index).is_multiple_of(3) {
                whole.push('.');
            }
            whole.push(digit);
        }
        write!(out, "{whole},{:02} €", self.0 % 100)
    }
}

/// The text without one sign or word of the currency before or after it.
fn without_currency(text: &str) -> &str {
    for sign in ["€", "EUR", "EURO"] {
        let length = sign.len();
        // "EURO" is longer than "EUR": a rest of "O" is not a number and is refused, so try the longer too.
        if text.get(..length).is_some_and(|start| start.eq_ignore_ascii_case(sign))
            && !text[length..].starts_with(['O', 'o'])
        {
            return text[length..].trim_start_matches(is_blank);
        }
        let cut = text.len().saturating_sub(length);
        if text.get(cut..).is_some_and(|end| end.eq_ignore_ascii_case(sign)) {
            return text[..cut].trim_end_matches(is_blank);
        }
    }
    text
}

/// Cents of a number without sign.
fn cents_of(text: &str) -> Result<i64, AmountError> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let separators: Vec<char> = text.chars().filter(|c| matches!(c, '.' | ',')).collect();
    if !text.split(['.', ',']).all(digits) {
        return Err(AmountError::NotANumber);
    }
    let last = text.rfind(['.', ',']);
    let (Some(position), Some(separator)) = (last, separators.last().copied()) else {
        return total(text, "");
    };
    let (whole, decimals) = (&text[..position], &text[position + 1..]);
    let same = separators.iter().filter(|c| **c == separator).count();
    match (separators.len(), same) {
        // One separator alone: decimals, unless it might be of thousands.
        (1, _) if decimals.len() == 3 && whole.len() <= 3 && !whole.starts_with('0') => {
            Err(AmountError::Ambiguous)
        }
        (1, _) => total(whole, decimals),
        // 1.234.567: the same separator again and again is of thousands.
        (all, same) if all == same => total(&ungrouped(text, separator)?, ""),
        // 1.234,56: thousands, then one separator of decimals.
        (_, 1) => {
            let other = if separator == ',' { '.' } else { ',' };
            total(&ungrouped(whole, other)?, decimals)
        }
        _ => Err(AmountError::NotANumber),
    }
}

/// Digits of a number whose thousands are separated as they should be.
fn ungrouped(text: &str, separator: char) -> Result<String, AmountError> {
    let mut groups = text.split(separator);
    let first = groups.next().unwrap_or_default();
    let well_made = (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()));
    if well_made { Ok(text.replace(separator, "")) } else { Err(AmountError::NotANumber) }
}

fn total(whole: &str, decimals: &str) -> Result<i64, AmountError> {
    let cents = match decimals.as_bytes() {
        [] => 0,
        [tens] => i64::from(tens - b'0') * 10,
        [tens, units] => i64::from(tens - b'0') * 10 + i64::from(units - b'0'),
        _ => return Err(AmountError::TooManyDecimals),
    };
    // More digits than an i64 holds are over IO's maximum too.
    let euro: i64 = whole.parse().map_err(|_| AmountError::OverMax)?;
    euro.checked_mul(100).and_then(|euro| euro.checked_add(cents)).ok_or(AmountError::OverMax)
}

#[cfg(test)]
mod tests {
    use super::*;
    use AmountError as E;
    use proptest::prelude::*;

    #[test]
    fn usual_spellings_are_read() {
        for (text, cents) in [
            ("19,99", 1_999),
            ("19.99", 1_999),
            ("19,9", 1_990),
            ("19", 1_900),
            ("1234", 123_400),
            ("0,01", 1),
            ("1.234,56", 123_456),
            ("1,234.56", 123_456),
            ("1.234.567,00", 123_456_700),
            ("1.234.567", 123_456_700),
            ("€ 19,99", 1_999),
            ("€19,99", 1_999),
            ("19,99 €", 1_999),
            ("19,99\u{a0}€", 1_999),
            ("EUR 19,99", 1_999),
            ("19,99 euro", 1_999),
            ("euro 19,99", 1_999),
            (" 19,99\t", 1_999),
            ("00019,99", 1_999),
            ("99.999.999,99", 9_999_999_999),
        ] {
            assert_eq!(Amount::read(text).map(Amount::cents), Ok(cents), "{text:?}");
        }
    }

    #[test]
    fn every_fault_has_its_name() {
        for (text, error) in [
            ("", E::Empty),
            (" \u{a0}", E::Empty),
            ("1.234", E::Ambiguous),
            ("1,234", E::Ambiguous),
            ("123.456", E::Ambiguous),
            ("1234.567", E::TooManyDecimals),
            ("0,123", E::TooManyDecimals),
            ("19,9999", E::TooManyDecimals),
            ("1.234,567", E::TooManyDecimals),
            ("0", E::Zero),
            ("0,00", E::Zero),
            ("-0", E::Zero),
            ("-19,99", E::Negative),
            ("€ -19,99", E::Negative),
            ("-€ 19,99", E::Negative),
            ("\u{2212}19,99", E::Negative),
            ("19,99-", E::Negative),
            ("100.000.000,00", E::OverMax),
            ("99999999999999999999999", E::OverMax),
            ("9223372036854775807", E::OverMax),
            ("€", E::NotANumber),
            ("diciannove", E::NotANumber),
            ("19,", E::NotANumber),
            (",99", E::NotANumber),
            ("1.23.456", E::NotANumber),
            ("1.2345,00", E::NotANumber),
            ("1.234,567,89", E::NotANumber),
            ("1,234.567.89", E::NotANumber),
            ("0.123.456", E::NotANumber),
            ("1,9E+3", E::NotANumber),
            ("1 234,56", E::NotANumber),
            ("19,99 $", E::NotANumber),
            ("١٩", E::NotANumber),
        ] {
            assert_eq!(Amount::read(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn amounts_are_written_the_italian_way() {
        let euro = |cents| Amount::from_cents(cents).map(Amount::euro);
        assert_eq!(euro(1).as_deref(), Some("0,01 €"));
        assert_eq!(euro(99_999).as_deref(), Some("999,99 €"));
        assert_eq!(euro(123_456).as_deref(), Some("1.234,56 €"));
        assert_eq!(euro(AMOUNT_MAX_CENTS).as_deref(), Some("99.999.999,99 €"));
        assert_eq!((euro(0), euro(-1), euro(AMOUNT_MAX_CENTS + 1)), (None, None, None));
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(cents in 1..=AMOUNT_MAX_CENTS) {
            let amount = Amount::from_cents(cents).unwrap();
            prop_assert_eq!(Amount::read(&amount.euro()), Ok(amount));
            prop_assert_eq!(Amount::read(&format!("{}.{:02}", cents / 100, cents % 100)), Ok(amount));
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in "[-0-9.,€EURO ]{0,12}|.*") {
            let _ = Amount::read(&text);
        }
    }

    #[test]
    fn cents_are_whole_numbers() {
        assert_eq!(Amount::read_cents(" '1999 ").map(Amount::cents), Ok(1_999));
        for (text, error) in [
            ("", AmountError::Empty),
            ("0", AmountError::Zero),
            ("-5", AmountError::Negative),
            ("19,99", AmountError::NotCents),
            ("1.999", AmountError::NotCents),
            ("19 €", AmountError::NotCents),
            ("10000000000", AmountError::OverMax),
            ("99999999999999999999", AmountError::OverMax),
        ] {
            assert_eq!(Amount::read_cents(text), Err(error), "{text}");
        }
    }
}

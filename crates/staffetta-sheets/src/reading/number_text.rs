//! Numbers of a workbook as text: with a comma, and amounts with cents.

use std::fmt::Write as _;

// Writing into a `String` cannot fail, hence the ignored results in this file.

pub(super) fn integer(text: &mut String, value: i64) {
    let _ = write!(text, "{value}");
}

/// Integers without decimals, others with a comma and the digits that Excel shows: 15, so that the noise of
/// binary fractions is rounded off.
pub(super) fn number(text: &mut String, value: f64) {
    if value == 0.0 {
        text.push('0');
    } else if value.fract() == 0.0 {
        let _ = write!(text, "{value:.0}");
    } else {
        decimal(text, value);
    }
}

fn decimal(text: &mut String, value: f64) {
    // One digit, a point, fourteen digits, and the power of ten.
    let scientific = format!("{:.14e}", value.abs());
    let Some((mantissa, power)) = scientific.split_once('e') else { return };
    let Ok(power) = power.parse::<i32>() else { return };
    if value.is_sign_negative() {
        text.push('-');
    }
    if !(-10..15).contains(&power) {
        return with_power(text, value.abs());
    }
    let digits: String = mantissa.chars().filter(|character| *character != '.').collect();
    let significant = digits.trim_end_matches('0');
    if power < 0 {
        text.push_str("0,");
        (1..power.unsigned_abs()).for_each(|_| text.push('0'));
        return text.push_str(significant);
    }
    let whole = usize::try_from(power).unwrap_or(0) + 1;
    text.push_str(digits.get(..whole).unwrap_or(&digits));
    if let Some(fraction) = significant.get(whole..).filter(|fraction| !fraction.is_empty()) {
        text.push(',');
        text.push_str(fraction);
    }
}

/// As a narrow cell of Excel shows it: six digits at most and the power of ten, `1,5E-12`.
fn with_power(text: &mut String, value: f64) {
    let scientific = format!("{value:.5e}");
    let Some((mantissa, power)) = scientific.split_once('e') else { return };
    text.push_str(&mantissa.trim_end_matches('0').trim_end_matches('.').replace('.', ","));
    let (sign, digits) = power.strip_prefix('-').map_or(('+', power), |digits| ('-', digits));
    let _ = write!(text, "E{sign}{digits:0>2}");
}

/// Appends an amount in euro, if it is one: whole cents, and not too large. Otherwise nothing is appended.
pub(super) fn amount(text: &mut String, euro: f64) -> bool {
    let cents = euro * 100.0;
    // A number that is none has no difference that is small.
    let is_amount = (cents - cents.round()).abs() < 1e-6 && cents.abs() < AMOUNT_FROM_CENTS;
    if is_amount {
        money(text, cents.round());
    }
    is_amount
}

/// From here on a number is not taken for an amount, in cents.
const AMOUNT_FROM_CENTS: f64 = 1e13;

fn money(text: &mut String, cents: f64) {
    let digits = format!("{:03.0}", cents.abs());
    let (euro, rest) = digits.split_at(digits.len() - 2);
    if cents < 0.0 {
        text.push('-');
    }
    for (index, digit) in euro.chars().enumerate() {
        if index > 0 && (euro.len() - index).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text.push(',');
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_in_italy() {
        for (value, expected) in [
            (19.99, "19,99"),
            (19.990_000_000_000_002, "19,99"),
            (0.1 + 0.2, "0,3"),
            (5.0, "5"),
            (-0.0, "0"),
            (-12.5, "-12,5"),
            (1234.56, "1234,56"),
            (0.05, "0,05"),
            (0.000_000_1, "0,0000001"),
            (1e-12, "1E-12"),
            (999_999_999_999_999.0, "999999999999999"),
            (123_456_789_012_345.67, "123456789012346"),
            (99.999_999_999_999_99, "100"),
        ] {
            assert_eq!(text_of(value), expected);
        }
    }

    fn text_of(value: f64) -> String {
        let mut text = String::new();
        number(&mut text, value);
        text
    }

    #[test]
    fn amounts_have_cents_and_what_is_none_is_left() {
        let of = |euro| {
            let mut text = String::new();
            amount(&mut text, euro).then_some(text)
        };
        assert_eq!(of(1_234_567.5).as_deref(), Some("1.234.567,50"));
        assert_eq!(of(-0.5).as_deref(), Some("-0,50"));
        for none in [19.999, 1e12, f64::NAN, f64::INFINITY] {
            assert_eq!(of(none), None);
        }
    }
}

//! A typed cell of a workbook as the text that an Italian office would have written.

use super::problem::CellError;
use calamine::{CellErrorType, DataRef, ExcelDateTime};
use jiff::Unit;
use jiff::civil::DateTime;
use std::fmt::Write as _;

/// From here on a number has 16 digits, one more than Excel keeps: the last are lost, so what is shown
/// must not look like the code that was typed.
const DIGITS_LOST_FROM: f64 = 1e15;

/// Appends a cell's value.
///
/// # Errors
/// The cell holds a formula's error.
pub(super) fn append(text: &mut String, value: &DataRef<'_>) -> Result<(), CellError> {
    match value {
        DataRef::Empty => {}
        DataRef::String(value) => text.push_str(value),
        DataRef::SharedString(value) => text.push_str(value),
        DataRef::Int(value) => integer(text, *value),
        DataRef::Float(value) => number(text, *value),
        DataRef::Bool(value) => text.push_str(if *value { "VERO" } else { "FALSO" }),
        DataRef::DateTime(value) => moment(text, value),
        DataRef::DateTimeIso(value) => match value.trim_end_matches('Z').parse::<DateTime>() {
            Ok(moment) => date_and_time(text, moment),
            Err(_) => text.push_str(value),
        },
        DataRef::DurationIso(value) => text.push_str(value),
        DataRef::Error(error) => return Err(formula_error(error)),
    }
    Ok(())
}

/// Appends the value of the column of amounts. A number is written as one: the reader does not tell how the
/// workbook shows it, and `{{importo}}` must say `1.357,50`, not `1357,5`. What is not whole cents stays as it is.
///
/// # Errors
/// The cell holds a formula's error.
pub(super) fn append_amount(text: &mut String, value: &DataRef<'_>) -> Result<(), CellError> {
    let amount = match value {
        // Exact in a number of 15 digits.
        #[expect(clippy::cast_precision_loss, reason = "larger ones are left as they are")]
        DataRef::Int(value) => Some(*value as f64),
        DataRef::Float(value) => Some(*value),
        _ => None,
    };
    match amount.map(|amount| amount * 100.0).filter(|cents| (cents - cents.round()).abs() < 1e-6) {
        Some(cents) if cents.abs() < AMOUNT_FROM_CENTS => {
            money(text, cents.round());
            Ok(())
        }
        _ => append(text, value),
    }
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

const fn formula_error(error: &CellErrorType) -> CellError {
    match error {
        CellErrorType::Div0 => CellError::DivisionByZero,
        CellErrorType::NA => CellError::NotAvailable,
        CellErrorType::Name => CellError::Name,
        CellErrorType::Null => CellError::Null,
        CellErrorType::Num => CellError::Number,
        CellErrorType::Ref => CellError::Reference,
        CellErrorType::Value => CellError::Value,
        CellErrorType::GettingData => CellError::Other,
    }
}

// Writing into a `String` cannot fail, hence the ignored results in this file.

fn integer(text: &mut String, value: i64) {
    let _ = write!(text, "{value}");
}

/// Integers without decimals, others with a comma and the digits that Excel shows: 15, so that the noise of
/// binary fractions is rounded off.
fn number(text: &mut String, value: f64) {
    if value == 0.0 {
        text.push('0');
    } else if value.abs() < DIGITS_LOST_FROM && value.fract() == 0.0 {
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

/// As a narrow cell of Excel shows it: six digits at most and the power of ten, `3,01E+17`.
fn with_power(text: &mut String, value: f64) {
    let scientific = format!("{value:.5e}");
    let Some((mantissa, power)) = scientific.split_once('e') else { return };
    text.push_str(&mantissa.trim_end_matches('0').trim_end_matches('.').replace('.', ","));
    let (sign, digits) = power.strip_prefix('-').map_or(('+', power), |digits| ('-', digits));
    let _ = write!(text, "E{sign}{digits:0>2}");
}

fn moment(text: &mut String, value: &ExcelDateTime) {
    if value.is_duration() {
        return duration(text, value.as_f64());
    }
    let (year, month, day, hour, minute, second, milli) = value.to_ymd_hms_milli();
    let exact = || {
        let small = |number: u8| i8::try_from(number).ok();
        DateTime::new(
            i16::try_from(year).ok()?,
            small(month)?,
            small(day)?,
            small(hour)?,
            small(minute)?,
            small(second)?,
            i32::from(milli) * 1_000_000,
        )
        .ok()?
        .round(Unit::Second)
        .ok()
    };
    match exact() {
        // Day 0 is no day: the cell holds an hour.
        Some(moment) if (0.0..1.0).contains(&value.as_f64()) => hours(text, moment),
        Some(moment) => date_and_time(text, moment),
        // 29 February 1900, which only Excel knows.
        None => {
            let _ = write!(text, "{day:02}/{month:02}/{year:04}");
        }
    }
}

fn date_and_time(text: &mut String, moment: DateTime) {
    let _ = write!(text, "{:02}/{:02}/{:04}", moment.day(), moment.month(), moment.year());
    if moment.time() != jiff::civil::Time::midnight() {
        text.push(' ');
        hours(text, moment);
    }
}

fn hours(text: &mut String, moment: DateTime) {
    let _ = write!(text, "{:02}:{:02}", moment.hour(), moment.minute());
    if moment.second() != 0 {
        let _ = write!(text, ":{:02}", moment.second());
    }
}

/// Hours beyond 24, as the format `[h]:mm` shows them.
fn duration(text: &mut String, days: f64) {
    let Ok(seconds) = format!("{:.0}", days.abs() * 86_400.0).parse::<u64>() else { return };
    if days < 0.0 {
        text.push('-');
    }
    let _ = write!(text, "{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    if seconds % 60 != 0 {
        let _ = write!(text, ":{:02}", seconds % 60);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    fn text_of(value: &DataRef<'_>) -> String {
        let mut text = String::new();
        append(&mut text, value).unwrap();
        text
    }

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
            (301_234_567_890_123_456.0, "3,01235E+17"),
            (3.01e17, "3,01E+17"),
            (123_456_789_012_345.67, "123456789012346"),
            (99.999_999_999_999_99, "100"),
        ] {
            assert_eq!(text_of(&DataRef::Float(value)), expected);
        }
    }

    #[test]
    fn dates_hours_and_durations_are_told_apart() {
        let of = |value, kind| text_of(&DataRef::DateTime(ExcelDateTime::new(value, kind, false)));
        assert_eq!(of(46_371.0, ExcelDateTimeType::DateTime), "15/12/2026");
        assert_eq!(of(46_371.437_5, ExcelDateTimeType::DateTime), "15/12/2026 10:30");
        assert_eq!(of(46_371.0 + 37_215.0 / 86_400.0, ExcelDateTimeType::DateTime), "15/12/2026 10:20:15");
        assert_eq!(of(0.437_5, ExcelDateTimeType::DateTime), "10:30");
        assert_eq!(of(1.5, ExcelDateTimeType::TimeDelta), "36:00");
        assert_eq!(text_of(&DataRef::DateTimeIso("2026-12-15T10:30:00".into())), "15/12/2026 10:30");
        assert_eq!(text_of(&DataRef::DateTimeIso("2026-12-15".into())), "15/12/2026");
    }

    #[test]
    fn words_are_kept_and_errors_are_told() {
        assert_eq!(text_of(&DataRef::SharedString(" 00123 ")), " 00123 ");
        assert_eq!(text_of(&DataRef::Bool(true)), "VERO");
        let mut text = String::new();
        assert_eq!(append(&mut text, &DataRef::Error(CellErrorType::NA)), Err(CellError::NotAvailable));
    }
}

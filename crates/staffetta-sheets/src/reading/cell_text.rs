//! A typed cell of a workbook as the text that an Italian office would have written.

use super::lost_digits;
use super::number_text::{amount, integer, number};
use super::problem::{CellError, RowProblem};
use calamine::{CellErrorType, DataRef, ExcelDateTime};
use jiff::civil::DateTime;
use jiff::{SignedDuration, Unit};
use std::fmt::Write as _;

/// Why a cell has no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellFault {
    /// It holds a formula's error.
    Formula(CellError),
    /// It holds a number so long that its last digits are lost.
    DigitsLost,
    /// It breaks the rules of the format.
    Unreadable,
}

impl CellFault {
    /// The row's problem, for a cell in this column.
    pub(super) const fn in_column(self, column: usize) -> RowProblem {
        match self {
            Self::Formula(error) => RowProblem::FormulaError { column, error },
            Self::DigitsLost => RowProblem::DigitsLost { column },
            Self::Unreadable => RowProblem::UnreadableCell,
        }
    }
}

/// Appends a cell's value.
///
/// # Errors
/// The cell has none that could be shown.
pub(super) fn append(text: &mut String, value: &DataRef<'_>) -> Result<(), CellFault> {
    match value {
        DataRef::Empty => {}
        DataRef::String(value) => text.push_str(value),
        DataRef::SharedString(value) => text.push_str(value),
        DataRef::Int(value) => integer(text, *value),
        DataRef::Float(value) if lost_digits::by_size(*value) => return Err(CellFault::DigitsLost),
        DataRef::Float(value) => number(text, *value),
        DataRef::Bool(value) => text.push_str(if *value { "VERO" } else { "FALSO" }),
        DataRef::DateTime(value) => moment(text, value),
        DataRef::DateTimeIso(value) => match iso_moment(value) {
            Some(moment) => date_and_time(text, moment),
            None => text.push_str(value),
        },
        DataRef::DurationIso(value) => match value.parse::<SignedDuration>() {
            Ok(length) => duration(text, length.round(Unit::Second).unwrap_or(length).as_secs()),
            Err(_) => text.push_str(value),
        },
        DataRef::Error(error) => return Err(CellFault::Formula(formula_error(error))),
    }
    Ok(())
}

/// Appends the value of the column of amounts. A number is written as one: the reader does not tell how the
/// workbook shows it, and `{{importo}}` must say `1.357,50`, not `1357,5`. What is not whole cents stays as it is.
///
/// # Errors
/// As [`append`].
pub(super) fn append_amount(text: &mut String, value: &DataRef<'_>) -> Result<(), CellFault> {
    let euro = match value {
        // Exact in a number of 15 digits.
        #[expect(clippy::cast_precision_loss, reason = "larger ones are left as they are")]
        DataRef::Int(value) => Some(*value as f64),
        DataRef::Float(value) => Some(*value),
        _ => None,
    };
    if euro.is_some_and(|euro| amount(text, euro)) { Ok(()) } else { append(text, value) }
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

fn iso_moment(text: &str) -> Option<DateTime> {
    text.trim_end_matches('Z').parse::<DateTime>().ok()?.round(Unit::Second).ok()
}

fn moment(text: &mut String, value: &ExcelDateTime) {
    if value.is_duration() {
        let seconds = format!("{:.0}", value.as_f64() * 86_400.0).parse();
        return duration(text, seconds.unwrap_or_default());
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
fn duration(text: &mut String, seconds: i64) {
    if seconds < 0 {
        text.push('-');
    }
    let seconds = seconds.unsigned_abs();
    let _ = write!(text, "{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    if !seconds.is_multiple_of(60) {
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
    fn numbers_are_written_unless_their_digits_are_lost() {
        assert_eq!(text_of(&DataRef::Float(19.99)), "19,99");
        assert_eq!(text_of(&DataRef::Float(999_999_999_999_999.0)), "999999999999999");
        for lost in [1e15, 301_234_567_890_123_456.0, -3.01e17] {
            for append in [append, append_amount] {
                assert_eq!(append(&mut String::new(), &DataRef::Float(lost)), Err(CellFault::DigitsLost));
            }
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
        assert_eq!(
            text_of(&DataRef::DateTimeIso("2026-12-15T10:29:59.999999998".into())),
            "15/12/2026 10:30"
        );
        assert_eq!(text_of(&DataRef::DurationIso("PT10H30M00S".into())), "10:30");
        assert_eq!(text_of(&DataRef::DurationIso("PT36H00M01.4S".into())), "36:00:01");
        assert_eq!(text_of(&DataRef::DurationIso("-PT1H".into())), "-01:00");
    }

    #[test]
    fn words_are_kept_and_errors_are_told() {
        assert_eq!(text_of(&DataRef::SharedString(" 00123 ")), " 00123 ");
        assert_eq!(text_of(&DataRef::Bool(true)), "VERO");
        let mut text = String::new();
        assert_eq!(
            append(&mut text, &DataRef::Error(CellErrorType::NA)),
            Err(CellFault::Formula(CellError::NotAvailable))
        );
    }
}

//! Instants. Times are integer milliseconds UTC everywhere; only the edges turn them into dates of Rome.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// This instant and `duration_ms` milliseconds; saturates at the end of time.
    #[must_use]
    pub const fn plus_ms(self, duration_ms: i64) -> Self {
        Self(self.0.saturating_add(duration_ms))
    }

    /// Milliseconds from `earlier` to this instant; negative if `earlier` is later.
    #[must_use]
    pub const fn since_ms(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// The years that a date may have: others are slips of the pen (`0026`, `20026`).
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2199;

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum DateError {
    /// Nothing is written.
    #[error("the date is empty")]
    Empty,
    /// Not `gg/mm/aaaa`.
    #[error("a date is written gg/mm/aaaa")]
    Layout,
    /// `15/12/26`: which century?
    #[error("the year has two digits")]
    TwoDigitYear,
    /// `31/04/2026`: no such day.
    #[error("this day does not exist")]
    Impossible,
    /// Before 2000 or after 2199.
    #[error("the year is out of range")]
    YearOutOfRange,
}

/// Rome's time zone, from the data inside the binary.
static ROME: LazyLock<TimeZone> = LazyLock::new(|| {
    TimeZone::get("Europe/Rome")
        // The rule in force since 1996: only to have no panic, for the data is always inside.
        .or_else(|_| TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3"))
        .unwrap_or(TimeZone::UTC)
});

/// The date in Rome: `15/12/2026`.
#[must_use]
pub fn italian_date(instant: UnixMillis) -> String {
    let local = in_rome(instant);
    format!("{:02}/{:02}/{:04}", local.day(), local.month(), local.year())
}

/// Date and time in Rome, to the minute: `15/12/2026 23:59`.
#[must_use]
pub fn italian_date_time(instant: UnixMillis) -> String {
    let local = in_rome(instant);
    format!("{} {:02}:{:02}", italian_date(instant), local.hour(), local.minute())
}

/// The day of the week in Rome, Monday 1 and Sunday 7.
#[must_use]
pub fn weekday(instant: UnixMillis) -> i8 {
    in_rome(instant).weekday().to_monday_one_offset()
}

/// First millisecond, in Rome, of the day written `gg/mm/aaaa` or `aaaa-mm-gg`.
///
/// # Errors
/// Why it is not a date.
pub fn start_of_day(text: &str) -> Result<UnixMillis, DateError> {
    rome_instant(read_date(text)?.at(0, 0, 0, 0))
}

/// Last millisecond, in Rome, of the day written `gg/mm/aaaa` or `aaaa-mm-gg`.
///
/// # Errors
/// Why it is not a date.
pub fn end_of_day(text: &str) -> Result<UnixMillis, DateError> {
    rome_instant(read_date(text)?.at(23, 59, 59, 999_000_000))
}

/// Reads a date and an hour of Rome's clocks: `15/12/2026 08:30`, also `2026-12-15T08:30`.
///
/// # Errors
/// Why it is not a date and an hour.
pub fn date_and_hour(text: &str) -> Result<UnixMillis, DateError> {
    let text = text.trim();
    let (date, hour) = text.split_once([' ', 'T']).ok_or(if text.is_empty() {
        DateError::Empty
    } else {
        DateError::Layout
    })?;
    let date = read_date(date)?;
    let (hour, minute) = hour.trim().split_once([':', '.']).ok_or(DateError::Layout)?;
    let number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
        let is_number = digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { part.parse::<i8>().map_err(|_| DateError::Layout) } else { Err(DateError::Layout) }
    };
    let time = jiff::civil::Time::new(number(hour, 1..=2)?, number(minute, 2..=2)?, 0, 0);
    rome_instant(date.to_datetime(time.map_err(|_| DateError::Impossible)?))
}

/// Date and time of Rome at an instant; instants beyond year 9999 become the last one that has a date.
pub(crate) fn in_rome(instant: UnixMillis) -> DateTime {
    ROME.to_datetime(timestamp(instant))
}

/// The instant, for a library that knows years -9999 to 9999 only.
pub(crate) fn timestamp(instant: UnixMillis) -> Timestamp {
    let limit = if instant.0 < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_millisecond(instant.0).unwrap_or(limit)
}

/// The instant at which Rome's clocks show a date and time; the earlier one if they show it twice.
pub(crate) fn rome_instant(local: DateTime) -> Result<UnixMillis, DateError> {
    let instant = ROME.to_timestamp(local).map_err(|_| DateError::Impossible)?;
    Ok(UnixMillis(instant.as_millisecond()))
}

/// The day of a text that has a program's moment, `aaaa-mm-ggThh:mm:ss`; any other text as it is.
pub(crate) fn day_of(text: &str) -> &str {
    let parts = text.trim().split_once('T');
    parts.filter(|(_, time)| time_of_day(time).is_some()).map_or(text, |(day, _)| day)
}

/// `hh:mm:ss`.
pub(crate) fn time_of_day(text: &str) -> Option<(i8, i8, i8)> {
    let mut parts = text.split(':').map(|part| part.parse::<i8>().ok().filter(|_| part.len() == 2));
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    let real = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second);
    (real && parts.next().is_none()).then_some((hour, minute, second))
}

/// Reads a date of these years, as a deadline is.
pub(crate) fn read_date(text: &str) -> Result<Date, DateError> {
    let date = read_any_date(text)?;
    if YEARS.contains(&date.year()) { Ok(date) } else { Err(DateError::YearOutOfRange) }
}

/// Reads a date of any year, as a birthday is: `gg/mm/aaaa` (also `g/m/aaaa`, also with `-` or `.`) or `aaaa-mm-gg`.
pub(crate) fn read_any_date(text: &str) -> Result<Date, DateError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    let separator = text.chars().find(|c| matches!(c, '/' | '-' | '.')).ok_or(DateError::Layout)?;
    let mut parts = text.split(separator);
    let (Some(first), Some(month), Some(last), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(DateError::Layout);
    };
    // The year comes first only in the form of machines, which always has dashes.
    let (day, year) = if separator == '-' && first.len() == 4 { (last, first) } else { (first, last) };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if ![day, month, year].into_iter().all(digits) || day.len() > 2 || month.len() > 2 {
        return Err(DateError::Layout);
    }
    match year.len() {
        2 => return Err(DateError::TwoDigitYear),
        4 => {}
        _ => return Err(DateError::Layout),
    }
    let (Ok(day), Ok(month), Ok(year)) = (day.parse(), month.parse(), year.parse()) else {
        return Err(DateError::Layout);
    };
    Date::new(year, month, day).map_err(|_| DateError::Impossible)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rome_is_rome() {
        assert_eq!(ROME.iana_name(), Some("Europe/Rome"));
        // One second before the clocks go forward and after.
        assert_eq!(italian_date_time(UnixMillis(1_774_745_999_000)), "29/03/2026 01:59");
        assert_eq!(italian_date_time(UnixMillis(1_774_746_000_000)), "29/03/2026 03:00");
        assert_eq!(italian_date(UnixMillis(0)), "01/01/1970");
        // A Sunday in Rome, and still a Saturday in London.
        assert_eq!(start_of_day("29/11/2026").map(weekday), Ok(7));
    }

    #[test]
    fn a_day_goes_from_its_first_to_its_last_millisecond() {
        for day in ["25/10/2026", "2026-10-25"] {
            let (start, end) = (start_of_day(day).unwrap(), end_of_day(day).unwrap());
            assert_eq!(start, UnixMillis(1_792_879_200_000), "midnight of Rome in summer time");
            assert_eq!(end.since_ms(start), 25 * 3_600_000 - 1, "the day of 25 hours");
            assert_eq!(italian_date_time(end), "25/10/2026 23:59");
        }
    }

    #[test]
    fn dates_are_read_or_their_fault_is_named() {
        for text in ["05/03/2026", "5/3/2026", "05-03-2026", "5.3.2026", "2026-03-05", " 05/03/2026 "] {
            assert_eq!(read_date(text), Date::new(2026, 3, 5).map_err(|_| DateError::Layout), "{text}");
        }
        for (text, error) in [
            ("", DateError::Empty),
            ("domani", DateError::Layout),
            ("05/03", DateError::Layout),
            ("05/03/2026/1", DateError::Layout),
            ("05/03-2026", DateError::Layout),
            ("2026/03/05", DateError::Layout),
            ("05/03/2026 12:00", DateError::Layout),
            ("+5/03/2026", DateError::Layout),
            ("005/03/2026", DateError::Layout),
            ("05/03/026", DateError::Layout),
            ("46371", DateError::Layout),
            ("05/03/26", DateError::TwoDigitYear),
            ("31/04/2026", DateError::Impossible),
            ("29/02/2026", DateError::Impossible),
            ("12/31/2026", DateError::Impossible),
            ("00/01/2026", DateError::Impossible),
            ("05/03/1926", DateError::YearOutOfRange),
            ("05/03/9999", DateError::YearOutOfRange),
        ] {
            assert_eq!(read_date(text), Err(error), "{text}");
        }
    }

    #[test]
    fn an_hour_is_read_with_its_date() {
        let expected = start_of_day("15/12/2026").map(|day| day.plus_ms((8 * 60 + 30) * 60_000));
        for text in ["15/12/2026 08:30", " 15/12/2026  8:30 ", "2026-12-15T08:30", "15-12-2026 8.30"] {
            assert_eq!(date_and_hour(text), expected, "{text}");
        }
        for (text, error) in [
            ("", DateError::Empty),
            ("15/12/2026", DateError::Layout),
            ("08:30", DateError::Layout),
            ("15/12/2026 8", DateError::Layout),
            ("15/12/2026 8:5", DateError::Layout),
            ("15/12/2026 -8:30", DateError::Layout),
            ("15/12/2026 24:00", DateError::Impossible),
            ("31/11/2026 08:30", DateError::Impossible),
            ("15/12/26 08:30", DateError::TwoDigitYear),
        ] {
            assert_eq!(date_and_hour(text), Err(error), "{text}");
        }
    }

    #[test]
    fn any_instant_can_be_shown() {
        for instant in [i64::MIN, i64::MAX, 0, -1] {
            assert!(!italian_date_time(UnixMillis(instant)).is_empty());
        }
    }
}

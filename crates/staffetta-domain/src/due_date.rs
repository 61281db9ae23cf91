//! IO's due date.

use crate::UnixMillis;
use crate::time::{self, DateError};

/// An instant that IO shows as a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DueDate(UnixMillis);

/// Why a text is not a due date.
pub type DueDateError = DateError;

impl DueDate {
    /// A deadline at an instant.
    #[must_use]
    pub const fn at(instant: UnixMillis) -> Self {
        Self(instant)
    }

    /// Reads the last day: `gg/mm/aaaa` (also `g/m/aaaa`, with `-` or `.`) or `aaaa-mm-gg`.
    ///
    /// The deadline is that day's 23:59:59 in Rome, as PagoPA's guide asks: midnight UTC would show
    /// the day before to whoever reads it in the evening.
    ///
    /// A program's `aaaa-mm-ggThh:mm:ss`, without a zone, is that moment in Rome.
    ///
    /// # Errors
    /// Why it is not a date.
    pub fn read(text: &str) -> Result<Self, DueDateError> {
        if let Some((day, time)) = text.trim().split_once('T') {
            let (hour, minute, second) = time::time_of_day(time).ok_or(DueDateError::Layout)?;
            let date = time::read_date(day)?;
            return time::rome_instant(date.at(hour, minute, second, 0)).map(Self);
        }
        time::rome_instant(time::read_date(text)?.at(23, 59, 59, 0)).map(Self)
    }

    /// The instant.
    #[must_use]
    pub const fn instant(self) -> UnixMillis {
        self.0
    }

    /// As IO wants it: `2026-12-15T22:59:59Z` (seconds are required, a bare date is refused).
    #[must_use]
    pub fn iso(self) -> String {
        let utc = jiff::tz::TimeZone::UTC.to_datetime(time::timestamp(self.0));
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            utc.year(),
            utc.month(),
            utc.day(),
            utc.hour(),
            utc.minute(),
            utc.second()
        )
    }

    /// The day in Rome: `15/12/2026`.
    #[must_use]
    pub fn italian(self) -> String {
        time::italian_date(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_its_last_second_in_rome() {
        for (text, iso, italian) in [
            ("15/12/2026", "2026-12-15T22:59:59Z", "15/12/2026"),
            ("1/7/2026", "2026-07-01T21:59:59Z", "01/07/2026"),
            ("2026-12-31", "2026-12-31T22:59:59Z", "31/12/2026"),
            ("25.10.2026", "2026-10-25T22:59:59Z", "25/10/2026"),
            ("2027-12-03T10:15:30", "2027-12-03T09:15:30Z", "03/12/2027"),
        ] {
            let date = DueDate::read(text).unwrap();
            assert_eq!((date.iso().as_str(), date.italian().as_str()), (iso, italian));
            assert_eq!(DueDate::at(date.instant()), date);
        }
        assert_eq!(DueDate::read("30/02/2026"), Err(DueDateError::Impossible));
        for text in ["2027-12-03T10:15", "2027-12-03T24:00:00", "2027-12-03T1:15:30", "2027-12-03T10:15:30Z"]
        {
            assert_eq!(DueDate::read(text), Err(DueDateError::Layout), "{text}");
        }
    }

    #[test]
    fn parts_of_a_second_are_left_out() {
        assert_eq!(DueDate::at(UnixMillis(1_999)).iso(), "1970-01-01T00:00:01Z");
    }
}

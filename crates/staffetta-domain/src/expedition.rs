//! When an office's file wants a row to be sent: a day, perhaps with an hour of Rome's clocks.
//!
//! Who plans the start is not here, nor what becomes of a day that has passed.

use crate::sending_hours::SendingHours;
use crate::time::{self, DateError};
use crate::{Phrase, UnixMillis};
use jiff::civil::{Date, DateTime};
use std::fmt;

/// Where neither the file nor the ente says an hour: nobody is written to at midnight.
const USUAL_HOUR: i8 = 9;

/// A day of sending, with its hour where one is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Expedition {
    day: Date,
    /// Hour and minute.
    hour: Option<(i8, i8)>,
}

impl Expedition {
    /// Reads a day, or a day and an hour: `15/12/2026`, `15/12/2026 08:30`, `2026-12-15T08:30:00`. An empty cell says
    /// nothing. Midnight is how a program writes a day without an hour.
    ///
    /// # Errors
    /// Why it is not a day.
    pub fn read(text: &str) -> Result<Option<Self>, DateError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let Some((day, hour)) = text.split_once([' ', 'T']) else {
            return Ok(Some(Self { day: time::read_date(text)?, hour: None }));
        };
        let local = moment(day, hour)?;
        let hour = Some((local.hour(), local.minute())).filter(|hour| *hour != (0, 0));
        Ok(Some(Self { day: local.date(), hour }))
    }

    /// The day that the ledger keeps as this text.
    #[must_use]
    pub fn from_ledger(text: &str) -> Option<Self> {
        Self::read(text).ok().flatten()
    }

    /// When a flow of this day begins: at its hour, or else when the ente's hours open.
    ///
    /// # Errors
    /// Rome's clocks never show it.
    pub fn start(self, hours: &SendingHours) -> Result<UnixMillis, DateError> {
        let at = |(hour, minute)| time::rome_instant(self.day.at(hour, minute, 0, 0));
        match self.hour {
            Some(hour) => at(hour),
            None if *hours == SendingHours::ANY => at((USUAL_HOUR, 0)),
            None => Ok(hours.open_at(at((0, 0))?)),
        }
    }

    /// As people read it: `15/12/2026`, `15/12/2026 08:30`.
    #[must_use]
    pub fn italian(self) -> String {
        let day = format!("{:02}/{:02}/{:04}", self.day.day(), self.day.month(), self.day.year());
        match self.hour {
            Some((hour, minute)) => format!("{day} {hour:02}:{minute:02}"),
            None => day,
        }
    }

    /// What is said of rows of this day, or of those without one.
    #[must_use]
    pub fn phrase(expedition: Option<Self>) -> Phrase {
        expedition.map_or_else(
            || Phrase::new("expedition-none"),
            |day| Phrase::new("expedition-day").with("day", day.italian()),
        )
    }
}

/// As the ledger keeps it: in this form the earlier comes first.
impl fmt::Display for Expedition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.day)?;
        self.hour.map_or(Ok(()), |(hour, minute)| write!(out, "T{hour:02}:{minute:02}"))
    }
}

/// A day and an hour, with seconds or without.
fn moment(day: &str, hour: &str) -> Result<DateTime, DateError> {
    let hour = hour.trim();
    // Seconds, and their parts, start nothing.
    let minutes = hour.match_indices(':').nth(1).map_or(hour, |(end, _)| &hour[..end]);
    Ok(time::in_rome(time::date_and_hour(&format!("{day} {minutes}"))?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{date_and_hour, start_of_day};

    fn read(text: &str) -> Expedition {
        Expedition::read(text).unwrap().unwrap()
    }

    #[test]
    fn a_day_is_read_with_its_hour_or_without() {
        for (text, kept, italian) in [
            ("15/12/2026", "2026-12-15", "15/12/2026"),
            ("2026-12-15", "2026-12-15", "15/12/2026"),
            ("2026-12-15T00:00:00", "2026-12-15", "15/12/2026"),
            ("2026-12-15T08:30:00", "2026-12-15T08:30", "15/12/2026 08:30"),
            (" 15/12/2026  8:30 ", "2026-12-15T08:30", "15/12/2026 08:30"),
            ("15/12/2026 08:30:59", "2026-12-15T08:30", "15/12/2026 08:30"),
        ] {
            let day = read(text);
            assert_eq!((day.to_string().as_str(), day.italian().as_str()), (kept, italian));
            assert_eq!(Expedition::from_ledger(kept), Some(day));
        }
        assert_eq!(Expedition::read(" "), Ok(None));
        for text in ["domani", "15/12/2026 mattina", "31/02/2026", "15/12/26", "15/12/2026 25:00"] {
            assert!(Expedition::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_flow_begins_at_its_hour_or_when_the_hours_open() {
        let hours: SendingHours = "08:30-18:00 lun,mar,mer,gio,ven".parse().unwrap();
        // 12 December 2026 is a Saturday.
        for (text, hours, begins) in [
            ("15/12/2026 14:00", hours, "15/12/2026 14:00"),
            ("15/12/2026", hours, "15/12/2026 08:30"),
            ("12/12/2026", hours, "14/12/2026 08:30"),
            ("15/12/2026", SendingHours::ANY, "15/12/2026 09:00"),
            ("15/07/2026", SendingHours::ANY, "15/07/2026 09:00"),
        ] {
            assert_eq!(read(text).start(&hours), date_and_hour(begins), "{text}");
        }
        let winter = read("15/12/2026").start(&SendingHours::ANY).unwrap();
        assert_eq!(Ok(winter.plus_ms(-9 * 3_600_000)), start_of_day("15/12/2026"));
    }
}

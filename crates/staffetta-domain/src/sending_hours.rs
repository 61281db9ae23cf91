//! The hours and days on which an ente lets its flows be sent: a courtesy, IO knows no such rule.
//!
//! Single notifications and status checks do not wait for them.

use crate::time::{in_rome, rome_instant};
use crate::{Phrase, UnixMillis};
use jiff::ToSpan;
use std::fmt;
use std::str::FromStr;

/// Minutes of a day.
const DAY_MINUTES: u16 = 24 * 60;
/// All seven days.
const EVERY_DAY: u8 = 0b111_1111;
/// How long after a planned start a flow still starts by itself, in milliseconds; later a person is asked.
pub const START_MISSED_MS: i64 = 2 * 60 * 60 * 1_000;
/// Days of sending that are looked at one by one, to tell when a sending ends: more than a year of them.
const WORK_DAYS_MAX: u16 = 400;
/// The words of the days, Monday first.
const DAYS: [&str; 7] = ["lun", "mar", "mer", "gio", "ven", "sab", "dom"];

/// From one minute of the day to another, by Rome's clocks, on some days of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendingHours {
    from: u16,
    until: u16,
    days: u8,
}

impl Default for SendingHours {
    fn default() -> Self {
        Self::ANY
    }
}

impl SendingHours {
    /// At any time.
    pub const ANY: Self = Self { from: 0, until: DAY_MINUTES, days: EVERY_DAY };

    /// From minute `from` until minute `until` (excluded) of the days whose bits are set, Monday's the lowest;
    /// `None` where that is no time at all.
    #[must_use]
    pub const fn new(from: u16, until: u16, days: u8) -> Option<Self> {
        if from < until && until <= DAY_MINUTES && days != 0 && days <= EVERY_DAY {
            Some(Self { from, until, days })
        } else {
            None
        }
    }

    /// First and last (excluded) minute, and days, as the ledger keeps them.
    #[must_use]
    pub const fn parts(&self) -> (u16, u16, u8) {
        (self.from, self.until, self.days)
    }

    /// Whether flows may be sent at an instant.
    #[must_use]
    pub fn are_open(&self, now: UnixMillis) -> bool {
        let local = in_rome(now);
        let minute = u16::from(local.hour().unsigned_abs()) * 60 + u16::from(local.minute().unsigned_abs());
        self.has_day(local.weekday().to_monday_zero_offset()) && (self.from..self.until).contains(&minute)
    }

    /// The next instant at which flows may be sent: this one, if they may.
    #[must_use]
    pub fn open_at(&self, now: UnixMillis) -> UnixMillis {
        if self.are_open(now) {
            return now;
        }
        let local = in_rome(now);
        let (hour, minute) = (self.from / 60, self.from % 60);
        let opening = |day: jiff::civil::Date| {
            let hour = i8::try_from(hour).unwrap_or_default();
            let minute = i8::try_from(minute).unwrap_or_default();
            rome_instant(day.at(hour, minute, 0, 0)).ok()
        };
        (0..=7)
            .filter_map(|days| local.date().checked_add(i64::from(days).days()).ok())
            .filter(|day| self.has_day(day.weekday().to_monday_zero_offset()))
            .filter_map(opening)
            .find(|at| *at > now)
            .unwrap_or(now)
    }

    /// When `work_ms` milliseconds of sending are over, begun now or at the next opening, with rests outside the hours.
    #[must_use]
    pub fn after_work(&self, now: UnixMillis, mut work_ms: i64) -> UnixMillis {
        let mut open = self.open_at(now);
        for _ in 0..WORK_DAYS_MAX {
            let until = self.closing(open);
            let today_ms = until.since_ms(open);
            if work_ms <= today_ms || *self == Self::ANY {
                break;
            }
            work_ms -= today_ms;
            open = self.open_at(until);
        }
        open.plus_ms(work_ms)
    }

    /// When the hours that are open at an instant close.
    fn closing(&self, open: UnixMillis) -> UnixMillis {
        let day = in_rome(open).date();
        let (days, minute) = (i64::from(self.until / DAY_MINUTES), self.until % DAY_MINUTES);
        let closing = day.checked_add(days.days()).ok().and_then(|day| {
            let hour = i8::try_from(minute / 60).ok()?;
            let minute = i8::try_from(minute % 60).ok()?;
            rome_instant(day.at(hour, minute, 0, 0)).ok()
        });
        closing.unwrap_or(open)
    }

    const fn has_day(&self, monday_zero: i8) -> bool {
        self.days >> monday_zero & 1 == 1
    }

    /// Its name on screen: *dalle 08:00 alle 20:00, lun–ven*.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        if *self == Self::ANY {
            return Phrase::new("sending-hours-any");
        }
        Phrase::new("sending-hours")
            .with("from", clock(self.from))
            .with("until", clock(self.until))
            .with("days", self.days_text())
    }

    fn days_text(&self) -> String {
        let days: Vec<&str> =
            (0_i8..).zip(DAYS).filter(|(day, _)| self.has_day(*day)).map(|(_, name)| name).collect();
        days.join(",")
    }
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The text is neither `any` nor `08:00-20:00 lun,mar,mer,gio,ven`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write the hours as 08:00-20:00, perhaps with days (08:00-20:00 lun,mar,mer,gio,ven), or any")]
pub struct SendingHoursError;

impl FromStr for SendingHours {
    type Err = SendingHoursError;

    fn from_str(text: &str) -> Result<Self, SendingHoursError> {
        let text = text.trim();
        if text == "any" {
            return Ok(Self::ANY);
        }
        let (hours, days) = text.split_once(' ').unwrap_or((text, ""));
        let (from, until) = hours.split_once('-').ok_or(SendingHoursError)?;
        let days = match days.trim() {
            "" => EVERY_DAY,
            days => read_days(days)?,
        };
        Self::new(read_clock(from)?, read_clock(until)?, days).ok_or(SendingHoursError)
    }
}

fn read_days(text: &str) -> Result<u8, SendingHoursError> {
    text.split(',').try_fold(0, |days, word| {
        let day = DAYS.iter().position(|day| *day == word.trim()).ok_or(SendingHoursError)?;
        Ok(days | 1 << day)
    })
}

fn read_clock(text: &str) -> Result<u16, SendingHoursError> {
    let (hour, minute) = text.trim().split_once(':').ok_or(SendingHoursError)?;
    let hour: u16 = hour.parse().map_err(|_| SendingHoursError)?;
    let minute: u16 = minute.parse().map_err(|_| SendingHoursError)?;
    let is_clock = hour <= 24 && minute < 60 && hour * 60 + minute <= DAY_MINUTES;
    if is_clock { Ok(hour * 60 + minute) } else { Err(SendingHoursError) }
}

impl fmt::Display for SendingHours {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::ANY {
            return out.write_str("any");
        }
        write!(out, "{}-{} {}", clock(self.from), clock(self.until), self.days_text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::start_of_day;

    const MINUTE_MS: i64 = 60_000;

    /// An instant of a day in Rome without a change of the clocks.
    fn at(day: &str, hour: i64, minute: i64) -> UnixMillis {
        start_of_day(day).unwrap().plus_ms((hour * 60 + minute) * MINUTE_MS)
    }

    #[test]
    fn hours_read_back_what_they_write() {
        for text in ["any", "08:00-20:00 lun,mar,mer,gio,ven", "00:00-24:00 sab", "09:30-12:00 dom"] {
            assert_eq!(text.parse::<SendingHours>().map(|hours| hours.to_string()).as_deref(), Ok(text));
        }
        assert_eq!("8:00-20:00".parse(), Ok(SendingHours { from: 480, until: 1_200, days: EVERY_DAY }));
        for text in
            ["", "8-20", "20:00-08:00", "08:00-08:00", "08:00-24:01", "08:60-09:00", "08:00-09:00 lunedì"]
        {
            assert_eq!(text.parse::<SendingHours>(), Err(SendingHoursError), "{text}");
        }
    }

    #[test]
    fn flows_rest_outside_the_hours_and_go_on_at_the_next_opening() {
        let hours: SendingHours = "08:00-20:00 lun,mar,mer,gio,ven".parse().unwrap();
        // 27 November 2026 is a Friday.
        for (day, hour, minute, open) in [
            ("27/11/2026", 7, 59, false),
            ("27/11/2026", 8, 0, true),
            ("27/11/2026", 19, 59, true),
            ("27/11/2026", 20, 0, false),
            ("28/11/2026", 12, 0, false),
        ] {
            assert_eq!(hours.are_open(at(day, hour, minute)), open, "{day} {hour}:{minute}");
        }
        assert_eq!(hours.open_at(at("27/11/2026", 12, 0)), at("27/11/2026", 12, 0));
        assert_eq!(hours.open_at(at("27/11/2026", 5, 0)), at("27/11/2026", 8, 0));
        assert_eq!(hours.open_at(at("27/11/2026", 21, 0)), at("30/11/2026", 8, 0));
        assert!(SendingHours::ANY.are_open(at("28/11/2026", 3, 0)));
    }

    #[test]
    fn work_goes_on_at_the_next_opening() {
        let hours: SendingHours = "08:00-20:00 lun,mar,mer,gio,ven".parse().unwrap();
        let hour = 60 * MINUTE_MS;
        for (begun, work_ms, over) in [
            (at("27/11/2026", 12, 0), 8 * hour, at("27/11/2026", 20, 0)),
            (at("27/11/2026", 12, 0), 8 * hour + 1, at("30/11/2026", 8, 0).plus_ms(1)),
            (at("27/11/2026", 5, 0), hour, at("27/11/2026", 9, 0)),
            (at("28/11/2026", 5, 0), 12 * hour + hour, at("01/12/2026", 9, 0)),
            (at("28/11/2026", 5, 0), 0, at("30/11/2026", 8, 0)),
        ] {
            assert_eq!(hours.after_work(begun, work_ms), over, "{work_ms}");
        }
        let night: SendingHours = "22:00-24:00".parse().unwrap();
        assert_eq!(night.after_work(at("27/11/2026", 23, 0), 2 * hour), at("28/11/2026", 23, 0));
        let begun = at("28/11/2026", 3, 0);
        assert_eq!(SendingHours::ANY.after_work(begun, 500 * 24 * hour), begun.plus_ms(500 * 24 * hour));
    }

    #[test]
    fn the_clocks_of_rome_count_also_when_they_change() {
        let hours: SendingHours = "08:00-20:00 dom".parse().unwrap();
        // 25 October 2026: at three it was two again.
        let opening = hours.open_at(at("25/10/2026", 0, 0));
        assert_eq!(crate::time::italian_date_time(opening), "25/10/2026 08:00");
    }
}

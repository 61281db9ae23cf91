//! Sending hours as a form has them: any time, or from one hour to another on some days.

use serde::Deserialize;
use staffetta_domain::SendingHours;
use staffetta_words::text;

/// The days as the form and the ledger's text name them, Monday first.
const DAYS: [&str; 7] = ["lun", "mar", "mer", "gio", "ven", "sab", "dom"];

/// What was typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct HoursForm {
    /// `any` or `some`.
    when: String,
    pub(super) from: String,
    pub(super) until: String,
    // A box that is not ticked is not sent at all.
    lun: Option<String>,
    mar: Option<String>,
    mer: Option<String>,
    gio: Option<String>,
    ven: Option<String>,
    sab: Option<String>,
    dom: Option<String>,
}

/// A day's box.
pub(super) struct Day {
    pub(super) code: &'static str,
    pub(super) name: String,
    pub(super) ticked: bool,
}

impl HoursForm {
    pub(super) fn of(hours: SendingHours) -> Self {
        let (from, until, days) = hours.parts();
        let ticked = |day: u8| (days >> day & 1 == 1).then(String::new);
        let [from, until] = match hours == SendingHours::ANY {
            // What most offices choose, where somebody begins to choose.
            true => ["08:00".to_owned(), "20:00".to_owned()],
            // A day ends at midnight, which a field for hours writes as the next one's beginning.
            false => [from, until].map(|minute| format!("{:02}:{:02}", minute / 60 % 24, minute % 60)),
        };
        Self {
            when: if hours == SendingHours::ANY { "any" } else { "some" }.to_owned(),
            from,
            until,
            lun: ticked(0),
            mar: ticked(1),
            mer: ticked(2),
            gio: ticked(3),
            ven: ticked(4),
            sab: ticked(5),
            dom: ticked(6),
        }
    }

    pub(super) fn is_any(&self) -> bool {
        self.when != "some"
    }

    pub(super) fn days(&self) -> Vec<Day> {
        let day =
            |(code, ticked): (&'static str, bool)| Day { code, name: text(&format!("day-{code}")), ticked };
        DAYS.into_iter().zip(self.ticked()).map(day).collect()
    }

    fn ticked(&self) -> [bool; 7] {
        [&self.lun, &self.mar, &self.mer, &self.gio, &self.ven, &self.sab, &self.dom].map(Option::is_some)
    }

    /// The hours that were typed, or what is wrong with them.
    pub(super) fn read(&self) -> Result<SendingHours, String> {
        if self.is_any() {
            return Ok(SendingHours::ANY);
        }
        let days: Vec<&str> =
            DAYS.into_iter().zip(self.ticked()).filter(|(_, ticked)| *ticked).map(|(day, _)| day).collect();
        if days.is_empty() {
            return Err(text("settings-hours-no-day"));
        }
        let until = if self.until.trim() == "00:00" { "24:00" } else { self.until.trim() };
        let hours = format!("{}-{until} {}", self.from.trim(), days.join(","));
        hours.parse().map_err(|_| text("settings-hours-wrong"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_read_back_as_they_are_shown() {
        for text in ["any", "08:00-20:00 lun,mar,mer,gio,ven", "00:00-24:00 sab", "22:00-24:00 lun,dom"] {
            let hours: SendingHours = text.parse().unwrap();
            assert_eq!(HoursForm::of(hours).read(), Ok(hours), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_told() {
        let form = HoursForm { when: "some".to_owned(), ..HoursForm::of(SendingHours::ANY) };
        assert!(form.read().is_ok());
        let backwards = HoursForm { from: "20:00".to_owned(), until: "08:00".to_owned(), ..form.clone() };
        let no_day = HoursForm { when: "some".to_owned(), ..HoursForm::default() };
        for wrong in [backwards, no_day, HoursForm { from: "alle otto".to_owned(), ..form }] {
            let words = wrong.read().unwrap_err();
            assert!(!words.starts_with('['), "{words}");
        }
    }
}

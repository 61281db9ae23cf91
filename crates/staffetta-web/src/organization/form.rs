//! The form of the settings: what was typed, and what it asks of the ledger.

use super::hours::HoursForm;
use serde::Deserialize;
use staffetta_domain::limits::{DESCRIPTION_MAX, MARKDOWN_MIN_DEFAULT, MARKDOWN_MIN_OF_IO};
use staffetta_domain::{Amount, Phrase, Quota, SendingHours, typed_number};
use staffetta_store::organizations::Organization;
use staffetta_store::settings::{LETTER_MAX_CENTS, REPEAT_DAYS, SettingsChange};
use staffetta_words::{say, text};
use std::collections::BTreeMap;

/// What is wrong with which field.
pub(super) type Faults = BTreeMap<&'static str, String>;

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct SettingsForm {
    /// The settings as the page showed them.
    pub(super) seen: String,
    pub(super) name: String,
    pub(super) calls: String,
    pub(super) seconds: String,
    /// IO sets no limit. A box that is not ticked is not sent at all.
    pub(super) unlimited: Option<String>,
    /// Per cent of the calls that is left to other software.
    pub(super) left: String,
    pub(super) content_min: String,
    /// Above how many recipients a second person is wanted; empty where none is.
    pub(super) approval_above: String,
    /// In how many of the last days it is looked for the same message.
    pub(super) repeat_days: String,
    /// What a letter costs, in euro; empty where it is not said.
    pub(super) letter_cost: String,
    #[serde(flatten)]
    pub(super) hours: HoursForm,
}

/// What was read of it.
pub(super) struct Typed {
    name: String,
    quota: Quota,
    quota_share: u8,
    content_min: usize,
    hours: SendingHours,
    approval_above: Option<u32>,
    repeat_days: i16,
    letter_cents: Option<i64>,
}

impl SettingsForm {
    /// As the ente is now.
    pub(super) fn of(known: &Organization) -> Self {
        let quota = if known.quota.calls.is_some() { known.quota } else { Quota::IO_DEFAULT };
        Self {
            seen: seen(known),
            name: known.name.clone(),
            calls: quota.calls.unwrap_or_default().to_string(),
            seconds: (quota.window_ms / 1_000).to_string(),
            unlimited: known.quota.calls.is_none().then(String::new),
            left: (100 - known.quota_share).to_string(),
            content_min: known.content_min.to_string(),
            hours: HoursForm::of(known.hours),
            approval_above: known.approval_above.map(|above| above.to_string()).unwrap_or_default(),
            repeat_days: known.repeat_days.to_string(),
            letter_cost: known.letter_cents.map(plain_euro).unwrap_or_default(),
        }
    }

    /// Whether the settings are no more those that the page showed.
    pub(super) fn is_late(&self, known: &Organization) -> bool {
        self.seen != seen(known)
    }

    /// What is typed, or what is wrong with it.
    pub(super) fn read(&self) -> Result<Typed, Faults> {
        let mut faults = Faults::new();
        let mut told = |field, words: String| drop(faults.insert(field, words));
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > DESCRIPTION_MAX {
            told("name", say(&Phrase::new("name-length").with("max", DESCRIPTION_MAX)));
        }
        let quota = match self.unlimited {
            Some(_) => Ok(Quota::NONE),
            None => format!("{}/{}", self.calls.trim(), self.seconds.trim()).parse(),
        };
        if quota.is_err() {
            told("quota", text("settings-quota-wrong"));
        }
        let left: Option<u8> = self.left.trim().parse().ok().filter(|left| *left < 100);
        if left.is_none() {
            told("left", text("settings-left-wrong"));
        }
        let least = MARKDOWN_MIN_OF_IO..=MARKDOWN_MIN_DEFAULT;
        let content_min: Option<usize> =
            self.content_min.trim().parse().ok().filter(|min| least.contains(min));
        if content_min.is_none() {
            let phrase = Phrase::new("settings-content-min-wrong").with("min", MARKDOWN_MIN_OF_IO);
            told("content_min", say(&phrase.with("max", MARKDOWN_MIN_DEFAULT)));
        }
        let hours = self.hours.read().map_err(|words| told("hours", words));
        let approval_above = approval(&self.approval_above);
        if approval_above.is_none() {
            told("approval_above", text("settings-approval-wrong"));
        }
        let repeat_days: Option<i16> =
            self.repeat_days.trim().parse().ok().filter(|days| REPEAT_DAYS.contains(days));
        if repeat_days.is_none() {
            told("repeat_days", text("settings-repeat-days-wrong"));
        }
        let letter_cents = letter_cost(&self.letter_cost);
        if letter_cents.is_none() {
            told("letter_cost", text("settings-letter-wrong"));
        }
        match (quota, left, content_min, hours, approval_above, repeat_days, letter_cents) {
            (Ok(quota), Some(left), Some(content_min), Ok(hours), Some(above), Some(days), Some(letter))
                if faults.is_empty() =>
            {
                let (name, quota_share) = (name.to_owned(), 100 - left);
                let (approval_above, repeat_days, letter_cents) = (above, days, letter);
                Ok(Typed {
                    name,
                    quota,
                    quota_share,
                    content_min,
                    hours,
                    approval_above,
                    repeat_days,
                    letter_cents,
                })
            }
            _ => Err(faults),
        }
    }
}

/// A number of recipients, with or without the dots of thousands, or nothing.
fn approval(typed: &str) -> Option<Option<u32>> {
    if typed.trim().is_empty() {
        return Some(None);
    }
    typed_number(typed).and_then(|above| u32::try_from(above).ok()).map(Some)
}

/// Euro with cents, or nothing.
fn letter_cost(typed: &str) -> Option<Option<i64>> {
    if typed.trim().is_empty() {
        return Some(None);
    }
    let cents = Amount::read(typed).ok()?.cents();
    (cents <= LETTER_MAX_CENTS).then_some(Some(cents))
}

/// `1,05`, as it is typed.
fn plain_euro(cents: i64) -> String {
    format!("{},{:02}", cents / 100, cents % 100)
}

/// All settings in one text, to be compared.
fn seen(known: &Organization) -> String {
    let Organization { name, quota, quota_share, content_min, hours, approval_above, .. } = known;
    let (days, letter) = (known.repeat_days, known.letter_cents.unwrap_or_default());
    let above = approval_above.unwrap_or_default();
    format!("{quota} {quota_share} {content_min} {hours} {above} {days} {letter} {name}")
}

impl Typed {
    /// Only what differs, so that the history tells what somebody changed.
    pub(super) fn change(&self, known: &Organization) -> SettingsChange<'_> {
        SettingsChange {
            name: Some(self.name.as_str()).filter(|name| *name != known.name),
            quota: Some(self.quota).filter(|quota| *quota != known.quota),
            quota_share: Some(self.quota_share).filter(|share| *share != known.quota_share),
            content_min: Some(self.content_min).filter(|min| *min != known.content_min),
            hours: Some(self.hours).filter(|hours| *hours != known.hours),
            approval_above: Some(self.approval_above).filter(|above| *above != known.approval_above),
            repeat_days: Some(self.repeat_days).filter(|days| *days != known.repeat_days),
            letter_cents: Some(self.letter_cents).filter(|cents| *cents != known.letter_cents),
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_stands_at_its_field() {
        let form = SettingsForm {
            left: "100".into(),
            content_min: "79".into(),
            approval_above: "tanti".into(),
            repeat_days: "366".into(),
            letter_cost: "un euro".into(),
            ..SettingsForm::default()
        };
        let faults = form.read().err().unwrap();
        let fields: Vec<_> = faults.keys().copied().collect();
        assert_eq!(
            fields,
            ["approval_above", "content_min", "left", "letter_cost", "name", "quota", "repeat_days"]
        );
        assert!(faults.values().all(|words| !words.starts_with('[')), "{faults:?}");
    }

    #[test]
    fn what_a_letter_costs_is_typed_as_it_is_shown() {
        assert_eq!(letter_cost(" "), Some(None));
        for cents in [1, 105, 9_999, LETTER_MAX_CENTS] {
            assert_eq!(letter_cost(&plain_euro(cents)), Some(Some(cents)));
        }
        assert_eq!(letter_cost("1,05 €"), Some(Some(105)));
        assert_eq!(letter_cost("0"), None);
        assert_eq!(letter_cost("1000,01"), None);
    }
}

//! The form of the settings: what was typed, and what it asks of the ledger.

use super::hours::HoursForm;
use serde::Deserialize;
use staffetta_domain::limits::{DESCRIPTION_MAX, MARKDOWN_MIN_DEFAULT, MARKDOWN_MIN_OF_IO};
use staffetta_domain::{Phrase, Quota, SendingHours, typed_number};
use staffetta_store::organizations::Organization;
use staffetta_store::settings::SettingsChange;
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
        match (quota, left, content_min, hours, approval_above) {
            (Ok(quota), Some(left), Some(content_min), Ok(hours), Some(approval_above))
                if faults.is_empty() =>
            {
                let (name, quota_share) = (name.to_owned(), 100 - left);
                Ok(Typed { name, quota, quota_share, content_min, hours, approval_above })
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

/// All settings in one text, to be compared.
fn seen(known: &Organization) -> String {
    let Organization { name, quota, quota_share, content_min, hours, approval_above, .. } = known;
    let above = approval_above.unwrap_or_default();
    format!("{quota} {quota_share} {content_min} {hours} {above} {name}")
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
            ..SettingsForm::default()
        };
        let faults = form.read().err().unwrap();
        let fields: Vec<_> = faults.keys().copied().collect();
        assert_eq!(fields, ["approval_above", "content_min", "left", "name", "quota"]);
        assert!(faults.values().all(|words| !words.starts_with('[')), "{faults:?}");
    }
}

//! The search form of *Archivio notifiche*: what was typed, and what it asks the ledger.

use serde::{Deserialize, Serialize};
use staffetta_domain::time::{end_of_day, start_of_day};
use staffetta_domain::{FiscalCode, NoticeNumber, NotificationState, RowFault, UnixMillis};
use staffetta_store::notifications::NotificationSearch;
use staffetta_words::{say, text};
use std::collections::BTreeMap;

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ArchiveForm {
    pub(super) fiscal_code: String,
    pub(super) service: String,
    pub(super) flow: String,
    pub(super) state: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) io_message_id: String,
    pub(super) notice_number: String,
    pub(super) reference: String,
    /// Ticked: only tests.
    pub(super) tests: String,
}

/// What is wrong with which field.
pub(super) type Faults = BTreeMap<&'static str, String>;

impl ArchiveForm {
    /// The search; what cannot be read is left out of it and told.
    pub(super) fn search(&self) -> (NotificationSearch, Faults) {
        let mut faults = Faults::new();
        let mut search = NotificationSearch {
            service: self.service.parse().ok(),
            state: NotificationState::from_code(&self.state),
            io_message_id: filled(&self.io_message_id).map(str::to_owned),
            reference: filled(&self.reference).map(str::to_owned),
            only_tests: !self.tests.is_empty(),
            ..NotificationSearch::default()
        };
        if let Some(code) = filled(&self.fiscal_code) {
            match FiscalCode::read(code) {
                Ok(read) => search.fiscal_code = Some(read.code),
                Err(error) => {
                    drop(faults.insert("fiscal_code", say(&RowFault::FiscalCode(error).phrase())));
                }
            }
        }
        if let Some(number) = filled(&self.flow) {
            match number.replace('.', "").parse() {
                Ok(number) => search.flow = Some(number),
                Err(_) => drop(faults.insert("flow", text("archive-bad-flow"))),
            }
        }
        if let Some(number) = filled(&self.notice_number) {
            match NoticeNumber::read(number) {
                Ok(read) => search.notice_number = Some(read.as_str().to_owned()),
                Err(error) => {
                    drop(faults.insert("notice_number", say(&RowFault::NoticeNumber(error).phrase())));
                }
            }
        }
        search.from = day(&self.from, "from", &mut faults, start_of_day);
        // The end is the first instant that no longer counts.
        search.to = day(&self.to, "to", &mut faults, end_of_day).map(|last| last.plus_ms(1));
        (search, faults)
    }
}

fn filled(text: &str) -> Option<&str> {
    // No database of ours holds a NUL: a form made by hand.
    Some(text.trim()).filter(|text| !text.is_empty() && !text.contains('\0'))
}

fn day<E>(
    typed: &str,
    field: &'static str,
    faults: &mut Faults,
    read: impl Fn(&str) -> Result<UnixMillis, E>,
) -> Option<UnixMillis> {
    let typed = filled(typed)?;
    let day = read(typed).ok();
    if day.is_none() {
        faults.insert(field, text("archive-bad-date"));
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use staffetta_domain::FlowId;

    #[test]
    fn what_is_typed_is_read_kindly() {
        let form = ArchiveForm {
            fiscal_code: "rss mra 80a01 h501u".into(),
            flow: "1.042".into(),
            state: "failed".into(),
            from: "01/11/2026".into(),
            to: "2026-11-01".into(),
            notice_number: "3010 0000 0012 3456 78".into(),
            ..ArchiveForm::default()
        };
        let (search, faults) = form.search();
        assert_eq!(faults, Faults::new());
        assert_eq!(search.flow, Some(FlowId(1_042)));
        assert_eq!(search.state, Some(NotificationState::Failed));
        assert_eq!(search.fiscal_code.unwrap().as_str(), "RSSMRA80A01H501U");
        assert_eq!(search.notice_number.as_deref(), Some("301000000012345678"));
        assert_eq!(search.to.unwrap().since_ms(search.from.unwrap()), 86_400_000);
    }

    #[test]
    fn all_that_cannot_be_read_is_told() {
        let form = ArchiveForm {
            fiscal_code: "RSS".into(),
            flow: "uno".into(),
            from: "ieri".into(),
            notice_number: "12".into(),
            ..ArchiveForm::default()
        };
        let told: Vec<_> = form.search().1.into_keys().collect();
        assert_eq!(told, ["fiscal_code", "flow", "from", "notice_number"]);
    }
}

//! The search form of *Gestione flussi*: what was typed, and what it asks the ledger.

use serde::{Deserialize, Serialize};
use staffetta_domain::time::{end_of_day, start_of_day};
use staffetta_domain::{FiscalCode, FlowState, RowFault, UnixMillis};
use staffetta_store::flows::FlowSearch;
use staffetta_words::{say, text};
use std::collections::BTreeMap;

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct FlowForm {
    pub(super) number: String,
    pub(super) description: String,
    pub(super) nature: String,
    pub(super) service: String,
    pub(super) state: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) operator: String,
    pub(super) fiscal_code: String,
}

/// What is wrong with which field.
pub(super) type Faults = BTreeMap<&'static str, String>;

impl FlowForm {
    /// The search; what cannot be read is left out of it and told. An operator is found by any part of the name,
    /// if it is nobody else's.
    pub(super) fn search(&self, operators: &[String]) -> (FlowSearch, Faults) {
        let mut faults = Faults::new();
        let mut search = FlowSearch {
            description: self.description.trim().to_owned(),
            state: FlowState::from_code(&self.state),
            nature: self.nature.parse().ok(),
            service: self.service.parse().ok(),
            created_by: filled(&self.operator).map(|typed| whole_name(typed, operators)),
            ..FlowSearch::default()
        };
        if let Some(number) = filled(&self.number) {
            match number.replace('.', "").parse() {
                Ok(number) => search.number = Some(number),
                Err(_) => drop(faults.insert("number", text("flows-bad-number"))),
            }
        }
        search.from = day(&self.from, "from", &mut faults, start_of_day);
        // The end is the first instant that no longer counts.
        search.to = day(&self.to, "to", &mut faults, end_of_day).map(|last| last.plus_ms(1));
        if let Some(code) = filled(&self.fiscal_code) {
            match FiscalCode::read(code) {
                Ok(read) => search.fiscal_code = Some(read.code),
                Err(error) => {
                    drop(faults.insert("fiscal_code", say(&RowFault::FiscalCode(error).phrase())));
                }
            }
        }
        (search, faults)
    }
}

/// The name that was meant; as it was typed where that is no operator of today's, or of several.
fn whole_name(typed: &str, operators: &[String]) -> String {
    let wanted = typed.to_lowercase();
    let same = operators.iter().find(|name| name.to_lowercase() == wanted);
    let mut holding = operators.iter().filter(|name| name.to_lowercase().contains(&wanted));
    let only = || holding.next().filter(|_| holding.next().is_none());
    same.or_else(only).map_or(typed, String::as_str).to_owned()
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
        faults.insert(field, text("flows-bad-date"));
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use staffetta_domain::FlowId;

    #[test]
    fn what_is_typed_is_read_kindly() {
        let form = FlowForm {
            number: " 1.042 ".into(),
            state: "incomplete".into(),
            from: "2026-11-01".into(),
            to: "01/11/2026".into(),
            fiscal_code: "rss mra 80a01 m900".into(),
            ..FlowForm::default()
        };
        let (search, faults) = form.search(&[]);
        assert_eq!(search.number, Some(FlowId(1_042)));
        assert_eq!(search.state, Some(FlowState::Incomplete));
        assert_eq!(search.to.unwrap().since_ms(search.from.unwrap()), 86_400_000);
        assert_eq!(faults.keys().copied().collect::<Vec<_>>(), ["fiscal_code"]);
        assert!(search.fiscal_code.is_none());
    }

    #[test]
    fn an_operator_is_found_by_part_of_the_name() {
        let operators = ["Anna", "Anna Rita", "Mario Rossi"].map(str::to_owned);
        let meant = |typed: &str| whole_name(typed, &operators);
        assert_eq!(meant("anna"), "Anna");
        assert_eq!(meant("RITA"), "Anna Rita");
        assert_eq!(meant("rossi"), "Mario Rossi");
        assert_eq!(meant("r"), "r", "of several nobody is meant");
        assert_eq!(meant("Bruno"), "Bruno", "whoever is here no more is still found by the whole name");
    }

    #[test]
    fn an_empty_form_asks_for_everything() {
        assert_eq!(FlowForm::default().search(&[]), (FlowSearch::default(), Faults::new()));
    }
}

//! The sheets of a workbook, and which of them is read.

use super::error::SheetError;
use std::collections::HashSet;

/// Most sheets of a workbook.
pub(super) const SHEETS_MAX: usize = 1000;

/// A sheet of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tab {
    pub(super) name: String,
    pub(super) hidden: bool,
}

/// The sheets of cells of a workbook, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tabs(pub(super) Vec<Tab>);

impl Tabs {
    /// Names of those that can be chosen: the ones that the office sees, or all if it sees none.
    pub(super) fn names(&self) -> Vec<String> {
        let all_hidden = self.0.iter().all(|tab| tab.hidden);
        let mut seen = HashSet::new();
        // Of two with one name the second cannot be asked for, and no program writes it.
        let shown = self.0.iter().filter(|tab| all_hidden || !tab.hidden).map(|tab| &tab.name);
        shown.filter(|name| seen.insert(name.as_str())).cloned().collect()
    }

    /// The sheet of that name, also a hidden one; without a name the first that can be chosen.
    ///
    /// # Errors
    /// There is no such sheet, or none at all.
    pub(super) fn choose(&self, wanted: Option<&str>) -> Result<String, SheetError> {
        if self.0.is_empty() {
            return Err(SheetError::NoWorksheet);
        }
        match wanted {
            None => self.names().into_iter().next().ok_or(SheetError::NoWorksheet),
            Some(wanted) if self.0.iter().any(|tab| tab.name == wanted) => Ok(wanted.to_owned()),
            Some(_) => Err(SheetError::NoSuchSheet),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tabs(tabs: &[(&str, bool)]) -> Tabs {
        Tabs(tabs.iter().map(|(name, hidden)| Tab { name: (*name).to_owned(), hidden: *hidden }).collect())
    }

    #[test]
    fn the_first_that_is_seen_is_read_unless_another_is_asked_for() {
        let some = tabs(&[("Nascosto", true), ("Elenco", false), ("Note", false)]);
        assert_eq!(some.names(), ["Elenco", "Note"]);
        assert_eq!(some.choose(None).as_deref(), Ok("Elenco"));
        assert_eq!(some.choose(Some("Note")).as_deref(), Ok("Note"));
        assert_eq!(some.choose(Some("Nascosto")).as_deref(), Ok("Nascosto"));
        assert_eq!(some.choose(Some("note")), Err(SheetError::NoSuchSheet));
        assert_eq!(tabs(&[("A", false), ("A", false)]).names(), ["A"]);
        assert_eq!(tabs(&[("A", true)]).choose(None).as_deref(), Ok("A"));
        assert_eq!(tabs(&[]).choose(Some("A")), Err(SheetError::NoWorksheet));
    }
}

//! The *oggetto* of a flow by itself, for lists and exports that show no *contenuto*.

use crate::columns::Columns;
use crate::merge::Merge;
use crate::problem::{PlanProblem, RowFault};
use crate::text::tidy_line;

/// An *oggetto* with places, merged as [`FrozenMessage`](crate::FrozenMessage) merges it.
#[derive(Clone, Debug)]
pub struct SubjectLine(Merge);

impl SubjectLine {
    /// From its text.
    ///
    /// # Errors
    /// Places that are badly written or name no column.
    pub fn new(subject: &str, columns: &Columns) -> Result<Self, Vec<PlanProblem>> {
        Merge::of_subject(&tidy_line(subject), columns).map(Self)
    }

    /// What the citizen of a row reads.
    ///
    /// # Errors
    /// A place without a value in this row.
    pub fn text(&self, values: &[&str]) -> Result<String, RowFault> {
        self.0.text(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_oggetto_is_merged_without_escapes_and_on_one_line() {
        let columns = Columns::from_ledger(vec!["Codice fiscale".to_owned(), "Nome".to_owned()]);
        let line = SubjectLine::new("Avviso\nper {{nome}}", &columns).unwrap();
        assert_eq!(line.text(&["", "D_ANGELO\nAnna"]).unwrap(), "Avviso per D_ANGELO Anna");
        assert!(line.text(&["", " "]).is_err());
        assert!(SubjectLine::new("{{cognome}}", &columns).is_err());
    }
}

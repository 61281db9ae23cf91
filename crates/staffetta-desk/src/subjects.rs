//! The *oggetto* that each citizen read, for lists and exports that show no *contenuto*.

use staffetta_domain::{FlowId, SubjectLine};
use staffetta_store::StoreError;
use staffetta_store::notifications::{NotificationPage, NotificationRow};
use std::collections::HashMap;

/// Merges the *oggetto* of rows; the text of a flow is read once, however many of its rows are asked for.
#[derive(Debug, Default)]
pub struct Subjects(HashMap<FlowId, Option<SubjectLine>>);

impl Subjects {
    /// What the citizen of a row read.
    ///
    /// # Errors
    /// The row's cells are not what the ledger writes.
    pub fn of(&mut self, row: &NotificationRow, page: &NotificationPage) -> Result<String, StoreError> {
        let cells = match &row.cells {
            Some(cells) => cells.to_vec()?,
            None => Vec::new(),
        };
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        Ok(self.merged(row, page, &cells))
    }

    /// The text of a row that was checked always merges; one that does not shows its places.
    fn merged(&mut self, row: &NotificationRow, page: &NotificationPage, cells: &[&str]) -> String {
        if let Some(subject) = &row.subject {
            return subject.clone();
        }
        let Some((flow, texts)) = row.flow.and_then(|flow| Some((flow, page.flows.get(&flow)?))) else {
            return String::new();
        };
        let line =
            self.0.entry(flow).or_insert_with(|| SubjectLine::new(&texts.subject, &texts.columns).ok());
        line.as_ref().and_then(|line| line.text(cells).ok()).unwrap_or_else(|| texts.subject.clone())
    }
}

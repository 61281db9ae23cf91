//! A recipient of a list, looked for by fiscal code.

use staffetta_domain::{FiscalCode, FlowId};
use staffetta_store::{Scope, Store, StoreError};

/// Where a person stands in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundRecipient {
    /// Which recipient, from 1.
    pub position: i64,
    /// Messages of this person in the list.
    pub messages: usize,
}

/// The first message of a person after a position, or their first of all: who looks again sees the next.
///
/// # Errors
/// The ledger.
pub async fn find_recipient(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    fiscal_code: &FiscalCode,
    after: i64,
) -> Result<Option<FoundRecipient>, StoreError> {
    let rows = store.rows_of_person(scope, flow, fiscal_code).await?;
    let next = rows.iter().find(|row| row.row() > after).or_else(|| rows.first());
    Ok(next.map(|row| FoundRecipient { position: row.row(), messages: rows.len() }))
}

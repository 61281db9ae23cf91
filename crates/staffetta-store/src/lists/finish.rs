//! A list that was read becomes its flow's.

use crate::db::{Tx, execute, fetch_optional};
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError};
use staffetta_domain::{DraftFileId, ListId, Rights};

/// What was found while reading a list, beside its good rows, which are counted as they come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListFacts {
    /// Rows left out; all are counted, though not all may be kept.
    pub wrong_rows: i64,
    /// Rows where something was put right, and said.
    pub repaired_rows: i64,
    /// Rows left out because the same person with the same content had come before.
    pub same_rows: i64,
    /// Rows of a person who had come before with another content.
    pub different_rows: i64,
    /// Sum of the amounts, in euro cents.
    pub total_cents: Option<i64>,
    /// Smallest amount.
    pub min_cents: Option<i64>,
    /// Largest amount.
    pub max_cents: Option<i64>,
    /// Cells that were put right on the page.
    pub corrected_cells: i64,
    /// Rows left out because a second file names them.
    pub excluded_rows: i64,
    /// First due date.
    pub first_due_at: Option<i64>,
    /// Last due date.
    pub last_due_at: Option<i64>,
    /// Which row, from 1, has the shortest message.
    pub shortest_row: Option<i64>,
    /// Which has the longest.
    pub longest_row: Option<i64>,
}

/// A flow as the reader of a list saw it: what is read fits only that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlowSeen {
    /// The list that it had, which the new one replaces.
    pub list: Option<ListId>,
    /// The version of its message for which the rows were checked.
    pub version: i64,
    /// The file that was read, where the ledger keeps it.
    pub file: Option<DraftFileId>,
    /// How that was read, where the ledger keeps it.
    pub revision: Option<i64>,
}

impl FlowSeen {
    /// A flow just made, which has nothing yet.
    pub const NEW: Self = Self { list: None, version: 1, file: None, revision: None };
}

const COMPLETE: &str = "update list set complete = 1, wrong_rows = $3, repaired_rows = $4, same_rows = $5,
       different_rows = $6, total_cents = $7, min_cents = $8, max_cents = $9, corrected_cells = $10,
       excluded_rows = $11, first_due_at = $12, last_due_at = $13, shortest_row = $14,
       longest_row = $15
     where id = $1 and organization_id = $2 and complete = 0 and discarded = 0
     returning flow_id, valid_rows";

/// The flow is still being prepared, has still the list, message and file that the reader knew, read as the reader
/// did, and the rows
/// carry its service.
pub(crate) const ATTACH: &str = concat!(
    "update flow set list_id = $5, queued = $6, in_flight = 0, accepted = 0, delivered = 0, rejected = 0,
       unreachable = 0, failed = 0, uncertain = 0, cancelled = 0, sameness = $7, checked_version = $9
     where id = $4 and organization_id = $1 and state = 0 and list_id is not distinct from cast($8 as bigint)
       and version = $9 and file_id is not distinct from cast($10 as bigint)
       and (select d.revision from draft_file d where d.id = flow.file_id) is not distinct from cast($11 as bigint)
       and service_id = (select service_id from list where id = $5) and ",
    in_scope!("service_id", "$2", "$3")
);

impl Store {
    /// Makes a list its flow's, in place of the one that the reader saw, once its keys are all written;
    /// `false` if the flow is no more being prepared, has another list, message or file meanwhile, or is not
    /// this person's: then the list is given up. Rows of a list that was replaced are removed before this
    /// returns, a piece at a time.
    ///
    /// # Errors
    /// The database.
    pub async fn finish_list(
        &self,
        scope: &Scope,
        list: ListId,
        facts: ListFacts,
        sameness: &[u8],
        seen: FlowSeen,
    ) -> Result<bool, StoreError> {
        if !self.add_keys(scope, list).await? {
            return Ok(false);
        }
        let mut tx = self.db.begin().await?;
        if !attach(&mut tx, scope, list, facts, sameness, seen).await? {
            drop(tx);
            self.abandon_list(scope, list).await?;
            return Ok(false);
        }
        if let Some(old) = seen.list {
            discard(&mut tx, old).await?;
        }
        tx.commit().await?;
        if let Some(old) = seen.list {
            self.remove_discarded(old).await?;
        }
        Ok(true)
    }
}

async fn attach(
    tx: &mut Tx,
    scope: &Scope,
    list: ListId,
    facts: ListFacts,
    sameness: &[u8],
    seen: FlowSeen,
) -> Result<bool, StoreError> {
    let done: Option<(Option<i64>, i64)> = fetch_optional!(
        tx,
        (Option<i64>, i64),
        COMPLETE,
        list.0,
        scope.organization.0,
        facts.wrong_rows,
        facts.repaired_rows,
        facts.same_rows,
        facts.different_rows,
        facts.total_cents,
        facts.min_cents,
        facts.max_cents,
        facts.corrected_cells,
        facts.excluded_rows,
        facts.first_due_at,
        facts.last_due_at,
        facts.shortest_row,
        facts.longest_row,
    )?;
    let Some((Some(flow), valid_rows)) = done else { return Ok(false) };
    let won = execute!(
        tx,
        ATTACH,
        scope.organization.0,
        scope.operator(),
        needed(Rights::COMPOSE),
        flow,
        list.0,
        valid_rows,
        sameness,
        seen.list.map(|list| list.0),
        seen.version,
        seen.file.map(|file| file.0),
        seen.revision,
    )?;
    Ok(won == 1)
}

/// From now on the list's rows are nobody's; [`Store::remove_discarded`] or a later sweep removes them.
pub(crate) async fn discard(tx: &mut Tx, list: ListId) -> Result<(), StoreError> {
    execute!(tx, "update list set complete = 0, discarded = 1, flow_id = null where id = $1", list.0)?;
    Ok(())
}

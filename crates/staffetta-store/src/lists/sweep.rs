//! Rows that belong to nobody are removed, a piece at a time.

use crate::db::{Tx, execute, fetch_all, fetch_one};
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError};
use staffetta_domain::{FlowId, ListId, Rights, UnixMillis};

/// Rows removed in one transaction: who sends waits for the file meanwhile.
const PIECE_ROWS: i64 = 5_000;
/// A list that is not whole after this long has lost its reader.
const READING_MS: i64 = 24 * 3_600_000;

const ABANDON: &str = concat!(
    "update list set discarded = 1, flow_id = null
     where id = $4 and organization_id = $1 and complete = 0 and ",
    in_scope!("service_id", "$2", "$3")
);

/// Those whose reader may still come back are taken from it in the same statement.
pub(crate) const TAKE: &str = "update list set discarded = 1, flow_id = null
     where complete = 0 and (discarded = 1 or created_at < $1) returning id";

/// Takes all its lists from a flow that is going.
pub(crate) async fn orphan(tx: &mut Tx, flow: FlowId) -> Result<Vec<ListId>, StoreError> {
    let lists = fetch_all!(
        tx,
        (i64,),
        "update list set complete = 0, discarded = 1, flow_id = null where flow_id = $1 returning id",
        flow.0
    )?;
    Ok(lists.into_iter().map(|(id,)| ListId(id)).collect())
}

impl Store {
    /// Gives up a list that is being read, and removes its rows; `false` if it is not, or not this person's.
    ///
    /// # Errors
    /// The database.
    pub async fn abandon_list(&self, scope: &Scope, list: ListId) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let operator = scope.operator();
        let won = execute!(tx, ABANDON, scope.organization.0, operator, needed(Rights::COMPOSE), list.0)?;
        tx.commit().await?;
        if won == 1 {
            self.remove_discarded(list).await?;
        }
        Ok(won == 1)
    }

    /// Removes what a crash, a lost reader or an interrupted removal left behind; gives the lists removed.
    ///
    /// # Errors
    /// The database.
    pub async fn sweep_lists(&self, now: UnixMillis) -> Result<usize, StoreError> {
        let mut tx = self.db.begin().await?;
        let lists = fetch_all!(tx, (i64,), TAKE, now.plus_ms(-READING_MS).0)?;
        tx.commit().await?;
        for (list,) in &lists {
            self.remove_discarded(ListId(*list)).await?;
        }
        Ok(lists.len())
    }

    /// Removes the keys and the rows of a discarded list, then the list itself.
    pub(crate) async fn remove_discarded(&self, list: ListId) -> Result<(), StoreError> {
        self.remove_keys(list).await?;
        let (first, end) = list.bounds();
        loop {
            let mut tx = self.db.begin().await?;
            let (last,): (Option<i64>,) = fetch_one!(
                tx,
                (Option<i64>,),
                "select max(id) from recipient where id >= $1 and id <= $2",
                first.0,
                end.0
            )?;
            let Some(last) = last else { break };
            let from = (last - PIECE_ROWS + 1).max(first.0);
            execute!(tx, "delete from notification where id >= $1 and id <= $2", from, last)?;
            execute!(tx, "delete from recipient where id >= $1 and id <= $2", from, last)?;
            execute!(
                tx,
                "delete from earlier_attempt where notification_id >= $1 and notification_id <= $2",
                from,
                last
            )?;
            execute!(
                tx,
                "delete from already_row where notification_id >= $1 and notification_id <= $2",
                from,
                last
            )?;
            execute!(
                tx,
                "delete from reach where notification_id >= $1 and notification_id <= $2",
                from,
                last
            )?;
            tx.commit().await?;
        }
        let mut tx = self.db.begin().await?;
        execute!(tx, "delete from wrong_row where list_id = $1", list.0)?;
        execute!(tx, "delete from list where id = $1 and discarded = 1", list.0)?;
        tx.commit().await?;
        Ok(())
    }
}

//! The keys by which the rows of a list are found: fiscal codes and notice numbers.
//!
//! They are written when the rows are all there, many at a time and sorted, so that a page of the table is
//! rewritten once for a piece and not once for a row. Nobody looks for the rows of a list before it is whole.

use crate::db::{Tx, execute, fetch_one, fetch_optional};
use crate::{Store, StoreError};
use staffetta_domain::{ListId, NotificationId, OrganizationId};

/// Rows whose keys are written in one transaction: as few passes over the table as a lock of about half a
/// second allows.
const PIECE_ROWS: i64 = 200_000;

const ADD: &str = "insert into recipient_key (value, recipient_id)
     select found.value, found.id from (
       select fiscal_code as value, id from recipient where id >= $1 and id <= $2
       union all
       select notice_number as value, id from recipient where id >= $1 and id <= $2 and notice_number is not null
     ) as found order by found.value, found.id";

const REMOVE: &str = "delete from recipient_key where (value, recipient_id) in (
       select fiscal_code, id from recipient where id >= $1 and id <= $2
       union all
       select notice_number, id from recipient where id >= $1 and id <= $2 and notice_number is not null)";

/// Writes the keys of the rows from one number to another.
pub(crate) async fn add_keys(tx: &mut Tx, from: NotificationId, to: NotificationId) -> Result<(), StoreError> {
    execute!(tx, ADD, from.0, to.0)?;
    Ok(())
}

impl Store {
    /// Writes the keys of a list that is being read; `false` if it is no more.
    pub(crate) async fn add_keys(&self, organization: OrganizationId, list: ListId) -> Result<bool, StoreError> {
        let mut from = list.bounds().0;
        loop {
            let mut tx = self.db.begin().await?;
            let reading: Option<(i64,)> = fetch_optional!(
                tx,
                (i64,),
                "update list set discarded = discarded
                 where id = $1 and organization_id = $2 and complete = 0 and discarded = 0 returning id",
                list.0,
                organization.0
            )?;
            if reading.is_none() {
                return Ok(false);
            }
            let Some(last) = end_of_piece(&mut tx, list, from).await? else { return Ok(true) };
            add_keys(&mut tx, from, last).await?;
            tx.commit().await?;
            from = NotificationId(last.0 + 1);
        }
    }

    /// Removes the keys of a list that is being removed.
    pub(crate) async fn remove_keys(&self, list: ListId) -> Result<(), StoreError> {
        let mut from = list.bounds().0;
        loop {
            let mut tx = self.db.begin().await?;
            let Some(last) = end_of_piece(&mut tx, list, from).await? else { return Ok(()) };
            execute!(tx, REMOVE, from.0, last.0)?;
            tx.commit().await?;
            from = NotificationId(last.0 + 1);
        }
    }
}

/// The last row of the piece that begins at `from`; none if the list has no more rows.
async fn end_of_piece(tx: &mut Tx, list: ListId, from: NotificationId) -> Result<Option<NotificationId>, StoreError> {
    let (last,): (Option<i64>,) = fetch_one!(
        tx,
        (Option<i64>,),
        "select max(id) from (
           select id from notification where id >= $1 and id <= $2 order by id limit $3
         ) as piece",
        from.0,
        list.bounds().1.0,
        PIECE_ROWS
    )?;
    Ok(last.map(NotificationId))
}

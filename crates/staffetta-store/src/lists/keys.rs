//! The keys by which the rows of a list are found: fiscal codes and notice numbers.
//!
//! They are written when the rows are all there, a segment at a time and sorted: they go in at the end of
//! their table, and the cost of a row is the same in an archive of any size. Nobody looks for the rows of a
//! list before it is whole.

use crate::db::{Db, Tx, execute, fetch_one, fetch_optional};
use crate::lists::sqlite_keys::SortedKeys;
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError};
use staffetta_domain::{ListId, NotificationId, Rights};

/// Rows of one segment. More need more memory while their keys are sorted, fewer make more places where a search
/// has to look.
const SEGMENT_ROWS: i64 = 100_000;
/// Keys removed in one transaction: who sends waits for the file meanwhile.
const PIECE_KEYS: i64 = 10_000;
/// Lists up to this length share one segment.
const SHARED_LIST_ROWS: i64 = 20_000;
/// The segment of single notifications and short lists.
pub(crate) const SHARED_SEGMENT: i64 = 0;

/// The condition that a key k stands in a segment of the ente at `$1`.
macro_rules! in_segments {
    () => {
        " and k.segment in (select id from recipient_segment where organization_id = $1 union all select 0)"
    };
}

pub(crate) use in_segments;

/// Digits come before letters: written in this order, the keys of a segment go in sorted. A finish that failed
/// half way may be tried again.
pub(crate) const ADD: [&str; 2] = [
    "insert into recipient_key (segment, value, recipient_id)
     select $1, notice_number, id from recipient where id >= $2 and id <= $3 and notice_number is not null
     order by notice_number, id on conflict do nothing",
    "insert into recipient_key (segment, value, recipient_id)
     select $1, fiscal_code, id from recipient where id >= $2 and id <= $3 order by fiscal_code, id
     on conflict do nothing",
];

pub(crate) const REMOVE_PIECE: &str = "delete from recipient_key where segment = $1 and (value, recipient_id) in (
       select value, recipient_id from recipient_key where segment = $1 order by value, recipient_id limit $2)";

pub(crate) const REMOVE_SHARED: [&str; 2] = [
    "delete from recipient_key where segment = 0 and (value, recipient_id) in (
       select fiscal_code, id from recipient where id >= $1 and id <= $2)",
    "delete from recipient_key where segment = 0 and (value, recipient_id) in (
       select notice_number, id from recipient where id >= $1 and id <= $2 and notice_number is not null)",
];

/// Holds the list, so that it is not swept away meanwhile.
pub(crate) const HOLD: &str = concat!(
    "update list set discarded = discarded
     where id = $4 and organization_id = $1 and complete = 0 and discarded = 0 and ",
    in_scope!("service_id", "$2", "$3"),
    " returning valid_rows"
);

/// Writes the keys of the rows from one number to another.
pub(crate) async fn add_keys(
    tx: &mut Tx,
    segment: i64,
    from: NotificationId,
    to: NotificationId,
) -> Result<(), StoreError> {
    for add in ADD {
        execute!(tx, add, segment, from.0, to.0)?;
    }
    Ok(())
}

impl Store {
    /// Writes the keys of a list that is being read; `false` if it is no more, or not this person's.
    pub(crate) async fn add_keys(&self, scope: &Scope, list: ListId) -> Result<bool, StoreError> {
        let mut sorted = match &self.db {
            Db::Sqlite { writer, .. } => Some(SortedKeys::open(writer).await?),
            // A server lets others write meanwhile.
            Db::Postgres(_) => None,
        };
        let mut from = list.bounds().0;
        let whole = loop {
            let Some((mut tx, rows)) = self.hold(scope, list).await? else { break false };
            let Some(last) = end_of_segment(&mut tx, list, from).await? else { break true };
            let segment = if rows > SHARED_LIST_ROWS { from.0 } else { SHARED_SEGMENT };
            if segment != SHARED_SEGMENT {
                execute!(
                    tx,
                    "insert into recipient_segment (id, organization_id) values ($1, $2) on conflict do nothing",
                    segment,
                    scope.organization.0
                )?;
            }
            if sorted.is_none() {
                add_keys(&mut tx, segment, from, last).await?;
            }
            tx.commit().await?;
            if let Some(sorted) = &mut sorted
                && !sorted.add(scope, list, segment, (from, last)).await?
            {
                break false;
            }
            from = NotificationId(last.0 + 1);
        };
        if let Some(sorted) = sorted {
            sorted.close().await?;
        }
        Ok(whole)
    }

    /// Holds a list that is being read until the end of the transaction, and gives how many rows it has.
    async fn hold(&self, scope: &Scope, list: ListId) -> Result<Option<(Tx, i64)>, StoreError> {
        let mut tx = self.db.begin().await?;
        tx.take_long().await?;
        let reading = fetch_optional!(
            tx,
            (i64,),
            HOLD,
            scope.organization.0,
            scope.operator(),
            needed(Rights::COMPOSE),
            list.0
        )?;
        Ok(reading.map(|(rows,)| (tx, rows)))
    }

    /// Removes the keys of a list that is being removed, while its rows are still there. A segment goes after its
    /// keys, so that what was cut off is found again.
    pub(crate) async fn remove_keys(&self, list: ListId) -> Result<(), StoreError> {
        let (first, end) = list.bounds();
        loop {
            let mut tx = self.db.begin().await?;
            let segment = fetch_optional!(
                tx,
                (i64,),
                "select id from recipient_segment where id >= $1 and id <= $2 order by id limit 1",
                first.0,
                end.0
            )?;
            let Some((segment,)) = segment else { break };
            if execute!(tx, REMOVE_PIECE, segment, PIECE_KEYS)? == 0 {
                execute!(tx, "delete from recipient_segment where id = $1", segment)?;
            }
            tx.commit().await?;
        }
        let mut tx = self.db.begin().await?;
        let rows = fetch_optional!(tx, (i64,), "select valid_rows from list where id = $1", list.0)?;
        if rows.is_some_and(|(rows,)| rows <= SHARED_LIST_ROWS) {
            for remove in REMOVE_SHARED {
                execute!(tx, remove, first.0, end.0)?;
            }
        }
        tx.commit().await?;
        Ok(())
    }
}

/// The last row of the segment that begins at `from`; none if the list has no more rows.
async fn end_of_segment(
    tx: &mut Tx,
    list: ListId,
    from: NotificationId,
) -> Result<Option<NotificationId>, StoreError> {
    let (last,): (Option<i64>,) = fetch_one!(
        tx,
        (Option<i64>,),
        "select max(id) from (
           select id from notification where id >= $1 and id <= $2 order by id limit $3
         ) as segment",
        from.0,
        list.bounds().1.0,
        SEGMENT_ROWS
    )?;
    Ok(last.map(NotificationId))
}

//! The keys of many rows into SQLite: sorted beside the writer, and written a piece at a time, so that who sends
//! waits for a piece only.

use crate::StoreError;
use crate::lists::keys::HOLD;
use crate::scope::{Scope, needed};
use sqlx::{Connection, SqliteConnection, SqlitePool};
use staffetta_domain::{ListId, NotificationId, Rights};

/// Keys that are written in one transaction.
const PIECE_KEYS: i64 = 20_000;

const TABLE: &str = "create temp table sorted_key (
       position integer primary key, value text not null, recipient_id integer not null) strict";

/// Digits come before letters: written in this order, the keys of a segment go in sorted.
pub(crate) const SORT: [&str; 2] = [
    "insert into temp.sorted_key (value, recipient_id)
     select notice_number, id from recipient where id >= $1 and id <= $2 and notice_number is not null
     order by notice_number, id",
    "insert into temp.sorted_key (value, recipient_id)
     select fiscal_code, id from recipient where id >= $1 and id <= $2 order by fiscal_code, id",
];

const ADD: &str = "insert into recipient_key (segment, value, recipient_id)
     select $1, value, recipient_id from temp.sorted_key where position > $2 and position <= $3 order by position
     on conflict do nothing";

/// A connection that sees, beside the ledger, the sorted keys of one segment.
pub(crate) struct SortedKeys<'a> {
    writer: &'a SqlitePool,
    beside: SqliteConnection,
}

impl<'a> SortedKeys<'a> {
    pub(crate) async fn open(writer: &'a SqlitePool) -> Result<Self, sqlx::Error> {
        let mut beside = SqliteConnection::connect_with(&writer.connect_options()).await?;
        sqlx::query("pragma temp_store = memory").execute(&mut beside).await?;
        sqlx::query(TABLE).execute(&mut beside).await?;
        Ok(Self { writer, beside })
    }

    /// Writes the keys of the rows from one number to another; `false` if their list is no more being read.
    pub(crate) async fn add(
        &mut self,
        scope: &Scope,
        list: ListId,
        segment: i64,
        (from, last): (NotificationId, NotificationId),
    ) -> Result<bool, StoreError> {
        for sort in SORT {
            sqlx::query("delete from temp.sorted_key").execute(&mut self.beside).await?;
            let sorted = sqlx::query(sort).bind(from.0).bind(last.0).execute(&mut self.beside).await?;
            let keys = i64::try_from(sorted.rows_affected()).map_err(|_| StoreError::ListTooLong)?;
            let mut written = 0;
            while written < keys {
                if !self.add_piece(scope, list, segment, written).await? {
                    return Ok(false);
                }
                written += PIECE_KEYS;
            }
        }
        Ok(true)
    }

    async fn add_piece(
        &mut self,
        scope: &Scope,
        list: ListId,
        segment: i64,
        written: i64,
    ) -> Result<bool, StoreError> {
        // Who writes takes the writer: while it is held, nobody finds the file locked.
        let _turn = self.writer.acquire().await?;
        let mut tx = self.beside.begin_with("begin immediate").await?;
        let held = sqlx::query(HOLD)
            .bind(scope.organization.0)
            .bind(scope.operator())
            .bind(needed(Rights::COMPOSE))
            .bind(list.0)
            .fetch_optional(&mut *tx)
            .await?;
        if held.is_none() {
            return Ok(false);
        }
        let piece = sqlx::query(ADD).bind(segment).bind(written).bind(written + PIECE_KEYS);
        piece.execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(true)
    }

    pub(crate) async fn close(self) -> Result<(), sqlx::Error> {
        self.beside.close().await
    }
}

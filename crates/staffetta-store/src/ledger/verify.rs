//! *Verifica stato*: a person wants to know now what became of messages whose outcome is not final yet.

use crate::db::{execute, fetch_all, fetch_optional};
use crate::error::StoreError;
use crate::scope::{in_scope, needed};
use crate::{Scope, Store};
use staffetta_domain::{FlowId, ListId, NotificationId, Rights, UnixMillis};

/// Rows of a list that are looked at in one transaction: the ledger must stay free for what is on the wire.
const PIECE: i64 = 5_000;

/// The rows in a range that IO took and did not tell the end of. One of which it was asked a moment ago stays.
const VERIFY: &str = concat!(
    "update notification set next_check_at = $6
     where id >= $4 and id <= $5 and state = 2 and io_message_id is not null and organization_id = $1
       and (next_check_at is null or next_check_at > $6) and (flow_id is null) = ($7 = 1) and ",
    in_scope!("service_id", "$2", "$3")
);

/// All rows of a range are of one list.
const LOCK_FLOW: &str =
    "select id from flow where organization_id = $1 and list_id = $2 >> 24 for no key update";

impl Store {
    /// Has IO asked now for a notification's status; `false` where there is nothing to ask.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn verify_notification(
        &self,
        scope: &Scope,
        id: NotificationId,
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        for right in [Rights::SEND, Rights::SINGLE] {
            if self.verify(scope, (id, id), right, now).await? == 1 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Has IO asked now for the status of all messages of a flow that are not final; gives how many those are. They
    /// are asked for within the ente's budget, as all else.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn verify_flow(&self, scope: &Scope, flow: FlowId, now: UnixMillis) -> Result<u64, StoreError> {
        let mut reader = self.db.reader().await?;
        let list = fetch_optional!(
            reader,
            (i64,),
            "select list_id from flow where id = $1 and organization_id = $2 and list_id is not null",
            flow.0,
            scope.organization.0
        )?;
        let Some((list,)) = list else { return Ok(0) };
        let (first, end) = ListId(list).bounds();
        let last = fetch_optional!(
            reader,
            (Option<i64>,),
            "select max(id) from notification where id >= $1 and id <= $2",
            first.0,
            end.0
        )?;
        drop(reader);
        let last = last.and_then(|(last,)| last).unwrap_or(first.0);
        let mut asked = 0;
        let mut from = first.0;
        while from <= last {
            let until = (from + PIECE - 1).min(last);
            let piece = (NotificationId(from), NotificationId(until));
            asked += self.verify(scope, piece, Rights::SEND, now).await?;
            from = until + 1;
        }
        Ok(asked)
    }

    async fn verify(
        &self,
        scope: &Scope,
        (first, last): (NotificationId, NotificationId),
        right: Rights,
        now: UnixMillis,
    ) -> Result<u64, StoreError> {
        let mut tx = self.db.begin().await?;
        if tx.is_postgres() {
            // Flow first, then rows, as all do who change them.
            fetch_all!(tx, (i64,), LOCK_FLOW, scope.organization.0, first.0)?;
        }
        let asked = execute!(
            tx,
            VERIFY,
            scope.organization.0,
            scope.operator(),
            needed(right),
            first.0,
            last.0,
            now.0,
            i16::from(right == Rights::SINGLE)
        )?;
        tx.commit().await?;
        Ok(asked)
    }
}

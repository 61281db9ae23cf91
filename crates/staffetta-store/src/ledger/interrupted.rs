//! What waits in an interrupted flow becomes *Non inviata*, a piece at a time. The mark of the interruption, written
//! before, already keeps all of it from leaving; until the last piece is done nothing of the flow is sent again.

use super::tallies::TallyChanges;
use crate::Store;
use crate::db::{execute, fetch_one, fetch_optional};
use crate::error::StoreError;
use crate::went_back::is_held;
use staffetta_domain::{
    FlowId, ListId, NotificationId, NotificationState, OrganizationId, Reason, UnixMillis,
};

/// Rows that are cancelled in one transaction: the ledger must stay free for what is on the wire.
const PIECE: i64 = 5_000;

/// Nothing of an ente that is held is guessed at.
pub(crate) const NOT_DONE: &str = "select id, list_id from flow
     where organization_id = $1 and state = 2 and interrupted = 1 and queued > 0 and list_id is not null
       and exists (select 1 from organization o where o.id = $1 and o.held_at is null)
     order by id limit 1";

pub(crate) const LAST_OF_PIECE: &str = "select max(p.id) from (select id from notification
     where id > $1 and id <= $2 and state = 0 order by id limit $3) as p";

impl Store {
    /// A flow of which something waits although it was interrupted can be sent again by nobody, and does not end: its
    /// next piece is cancelled. Gives the row that was reached, to be told the next time, so that none is looked at
    /// twice; `None` where nothing is left, or the flow is to be gone through from its beginning.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn cancel_interrupted(
        &self,
        organization: OrganizationId,
        reached: Option<NotificationId>,
        now: UnixMillis,
    ) -> Result<Option<NotificationId>, StoreError> {
        let mut reader = self.db.reader().await?;
        let found = fetch_optional!(reader, (i64, i64), NOT_DONE, organization.0)?;
        drop(reader);
        let Some((flow, list)) = found else { return Ok(None) };
        let first = ListId(list).bounds().0;
        let reached = reached.filter(|reached| reached.list() == first.list()).unwrap_or(first);
        self.cancel_piece(FlowId(flow), reached, now).await
    }

    /// Queued → Cancelled for the rows that come after `reached` in its list; gives the last of them.
    pub(super) async fn cancel_piece(
        &self,
        flow: FlowId,
        reached: NotificationId,
        now: UnixMillis,
    ) -> Result<Option<NotificationId>, StoreError> {
        let mut tx = self.db.begin().await?;
        // As all do who change its rows: flow first, then rows.
        let hold = concat!(
            "update flow set interrupted = interrupted
             where id = $1 and interrupted = 1 and list_id = $2 and not ",
            is_held!()
        );
        if execute!(tx, hold, flow.0, reached.list().0)? == 0 {
            return Ok(None);
        }
        let end = reached.list().bounds().1;
        let (last,) = fetch_one!(tx, (Option<i64>,), LAST_OF_PIECE, reached.0, end.0, PIECE)?;
        let Some(last) = last else { return Ok(None) };
        let cancelled = execute!(
            tx,
            "update notification set state = 8, reason = $3, detail = null, retry_at = null, handled_at = $4,
               settled_at = $4
             where id > $1 and id <= $2 and state = 0",
            reached.0,
            last,
            Reason::Interrupted as i16,
            now.0
        )?;
        let mut tallies = TallyChanges::default();
        for _ in 0..cancelled {
            tallies.moved(Some(flow), NotificationState::Queued, NotificationState::Cancelled);
        }
        tallies.write(&mut tx, now).await?;
        tx.commit().await?;
        Ok(Some(NotificationId(last)))
    }
}

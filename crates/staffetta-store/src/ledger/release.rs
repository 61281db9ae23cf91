//! A person looked at what may have left while the ledger did not know of it, and says what becomes of what waits.

use super::tallies::TallyChanges;
use crate::db::{Tx, execute, fetch_all};
use crate::error::StoreError;
use crate::events::{About, record};
use crate::went_back::is_forgotten;
use crate::{Scope, Store};
use staffetta_domain::{FlowId, NotificationState, Reason, UnixMillis};

/// Rows that become uncertain in one transaction.
const PIECE: i64 = 20_000;

/// What becomes of what waited in an ente that was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// Nothing of it left meanwhile, or what did is settled: it is sent.
    GoesOn,
    /// It may have left: each row of a flow under way and each single notification becomes *Esito incerto*.
    MayHaveLeft,
}

impl Store {
    /// Lets an ente go on that is held since `seen`, as the person saw it; gives how many outcomes became uncertain.
    /// `None` if the ente is not held, or was held anew since, or the person is not its administrator.
    ///
    /// Starts that were planned for the time meanwhile ask for themselves, and so do all that the ledger may have
    /// forgotten. Flows that are *Attivo* stay so: they leave only when somebody sends them all the same.
    ///
    /// # Errors
    /// The database.
    pub async fn release_organization(
        &self,
        scope: &Scope,
        waiting: Waiting,
        seen: UnixMillis,
        now: UnixMillis,
    ) -> Result<Option<i64>, StoreError> {
        if scope.operator.is_some() {
            return Ok(None);
        }
        let mut uncertain = 0;
        if waiting == Waiting::MayHaveLeft {
            loop {
                let piece = self.leave_piece_in_doubt(scope, seen, now).await?;
                uncertain += piece;
                if piece < PIECE {
                    break;
                }
            }
        }
        let mut tx = self.db.begin().await?;
        let won = execute!(
            tx,
            // Where something of a silent ente left, the whole machine was put back.
            "update organization set went_back_at = case when $2 = 1 then held_at else went_back_at end,
               held_at = null, held_reason = null
             where id = $1 and held_at = $3",
            scope.organization.0,
            i16::from(waiting == Waiting::MayHaveLeft),
            seen.0
        )?;
        if won == 0 {
            return Ok(None);
        }
        execute!(tx, ASK_AGAIN, scope.organization.0, now.0)?;
        let kind = match waiting {
            Waiting::GoesOn => "organization-released",
            Waiting::MayHaveLeft => "organization-released-in-doubt",
        };
        let about = About::default();
        record(&mut tx, scope.organization, about, &scope.actor, kind, None, now).await?;
        tx.commit().await?;
        Ok(Some(uncertain))
    }

    /// Queued → Uncertain for some of the rows of a held ente: nothing of it can be claimed meanwhile.
    async fn leave_piece_in_doubt(
        &self,
        scope: &Scope,
        seen: UnixMillis,
        now: UnixMillis,
    ) -> Result<i64, StoreError> {
        let mut tx = self.db.begin().await?;
        let organization = scope.organization.0;
        let lock = if tx.is_postgres() { LOCK_FLOWS_POSTGRES } else { LOCK_FLOWS };
        fetch_all!(tx, (i64,), lock, organization)?;
        let moved: Vec<(Option<i64>,)> = fetch_all!(
            tx,
            (Option<i64>,),
            IN_DOUBT,
            organization,
            Reason::LedgerWentBack as i16,
            now.0,
            PIECE,
            seen.0
        )?;
        write_tallies(&mut tx, &moved, now).await?;
        tx.commit().await?;
        i64::try_from(moved.len()).map_err(|_| StoreError::Corrupt("a count"))
    }
}

const ASK_AGAIN: &str = concat!(
    "update planned_start set missed_at = $2 where organization_id = $1 and missed_at is null
       and (at <= $2 or exists (select 1 from flow where flow.id = planned_start.flow_id and ",
    is_forgotten!(),
    "))"
);

const LOCK_FLOWS: &str = "select id from flow where organization_id = $1 and state = 2 order by id";
const LOCK_FLOWS_POSTGRES: &str =
    "select id from flow where organization_id = $1 and state = 2 order by id for no key update";

/// The rows of the flows under way by their lists, the single ones by their index.
const IN_DOUBT: &str = "update notification set state = 7, reason = $2, detail = null, retry_at = null,
       handled_at = $3, settled_at = $3
     where state = 0 and id in (
       select n.id from flow f join notification n on n.id > f.list_id << 24 and n.id < (f.list_id + 1) << 24
         and n.state = 0
       where f.organization_id = $1 and f.state = 2 and f.queued > 0
         and exists (select 1 from organization o where o.id = $1 and o.held_at = $5)
       union all
       select n.id from notification n where n.organization_id = $1 and n.state = 0 and n.flow_id is null
         and exists (select 1 from organization o where o.id = $1 and o.held_at = $5)
       limit $4)
     returning flow_id";

async fn write_tallies(tx: &mut Tx, moved: &[(Option<i64>,)], now: UnixMillis) -> Result<(), StoreError> {
    let mut tallies = TallyChanges::default();
    for (flow,) in moved {
        tallies.moved(flow.map(FlowId), NotificationState::Queued, NotificationState::Uncertain);
    }
    tallies.write(tx, now).await
}

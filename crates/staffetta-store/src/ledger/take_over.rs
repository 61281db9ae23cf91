//! An engine takes an ente over: a new epoch, doubts where the one before it stopped, and a halt where the
//! database is older than the calls that were made.

use super::tallies::TallyChanges;
use crate::Store;
use crate::db::{Tx, execute, fetch_all, fetch_optional};
use crate::error::StoreError;
use crate::events::{About, MACHINE, record};
use crate::marks::Mark;
use staffetta_domain::{FlowId, NotificationState, OrganizationId, Reason, UnixMillis};

/// An ente that was taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenOver {
    /// The new epoch.
    pub epoch: i64,
    /// Claims left open, now *Esito incerto*.
    pub uncertain: usize,
    /// The database was found older than the calls made, now or before: nothing leaves until a person says so.
    pub held: bool,
    /// Nothing beside the database told how far it was worked: it was believed.
    pub unmarked: bool,
}

impl Store {
    /// Raises the ente's epoch, so that no claim of an earlier engine is accepted any more, and makes
    /// *Esito incerto* of every claim that was left open: its call may have reached IO or not.
    ///
    /// A database that was put back from a copy, or that lost its last commits, does not know what was sent
    /// since; the mark beside the key file tells. Then the ente is held: see [`Store::release_organization`].
    ///
    /// To be called only when the earlier engine is known to be dead (the lock beside the database is ours).
    ///
    /// # Errors
    /// Those of the database and of the mark's file; [`StoreError::Corrupt`] where the ente is not there.
    pub async fn take_over(
        &self,
        organization: OrganizationId,
        now: UnixMillis,
    ) -> Result<TakenOver, StoreError> {
        let marked = self.marks.read(organization.0).await?;
        let mut tx = self.db.begin().await?;
        let known = if tx.is_postgres() {
            "select epoch, last_claim, held_at from organization where id = $1 for update"
        } else {
            "select epoch, last_claim, held_at from organization where id = $1"
        };
        let known = fetch_optional!(tx, (i64, i64, Option<i64>), known, organization.0)?;
        let (epoch, claim, held_at) = known.ok_or(StoreError::Corrupt("an ente that is not there"))?;
        let mark = marked.unwrap_or_default();
        let older = epoch < mark.epoch || claim < mark.claim;
        if older {
            let about = About::default();
            record(&mut tx, organization, about, MACHINE, "organization-held", None, now).await?;
        }
        let mark = Mark { epoch: epoch.max(mark.epoch) + 1, claim: claim.max(mark.claim) };
        execute!(
            tx,
            "update organization set epoch = $2, last_claim = $3, held_at = case when $4 = 1 then $5 else held_at end
             where id = $1",
            organization.0,
            mark.epoch,
            mark.claim,
            i16::from(older),
            now.0
        )?;
        let uncertain = leave_in_doubt(&mut tx, organization, now).await?;
        tx.commit().await?;
        self.marks.write(organization.0, mark).await?;
        let unmarked = marked.is_none() && epoch > 0;
        Ok(TakenOver { epoch: mark.epoch, uncertain, held: older || held_at.is_some(), unmarked })
    }
}

/// InFlight → Uncertain for the whole ente; gives how many.
async fn leave_in_doubt(
    tx: &mut Tx,
    organization: OrganizationId,
    now: UnixMillis,
) -> Result<usize, StoreError> {
    let doubtful = fetch_all!(
        tx,
        (Option<i64>,),
        "update notification set state = 7, reason = $2, settled_at = $3
         where organization_id = $1 and state = 1 returning flow_id",
        organization.0,
        Reason::ProgramStopped as i16,
        now.0
    )?;
    let mut tallies = TallyChanges::default();
    for (flow,) in &doubtful {
        tallies.moved(flow.map(FlowId), NotificationState::InFlight, NotificationState::Uncertain);
    }
    tallies.write(tx, now).await?;
    Ok(doubtful.len())
}

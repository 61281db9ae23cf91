//! An engine takes an ente over: a new epoch, and doubts where the one before it stopped.

use super::tallies::TallyChanges;
use crate::Store;
use crate::db::{fetch_all, fetch_optional};
use crate::error::StoreError;
use staffetta_domain::{FlowId, NotificationState, OrganizationId, Reason, UnixMillis};

impl Store {
    /// Raises the ente's epoch, so that no claim of an earlier engine is accepted any more, and makes
    /// *Esito incerto* of every claim that was left open: its call may have reached IO or not.
    ///
    /// To be called only when the earlier engine is known to be dead (the lock beside the database is ours).
    /// Gives the new epoch and how many became uncertain.
    ///
    /// # Errors
    /// Those of the database; [`StoreError::Corrupt`] where the ente is not there.
    pub async fn take_over(
        &self,
        organization: OrganizationId,
        now: UnixMillis,
    ) -> Result<(i64, usize), StoreError> {
        let mut tx = self.db.begin().await?;
        let epoch = fetch_optional!(
            tx,
            (i64,),
            "update organization set epoch = epoch + 1 where id = $1 returning epoch",
            organization.0
        )?;
        let (epoch,) = epoch.ok_or(StoreError::Corrupt("an ente that is not there"))?;
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
        tallies.write(&mut tx, now).await?;
        tx.commit().await?;
        Ok((epoch, doubtful.len()))
    }
}

//! What else waits to be sent by an ente, and takes its share of IO's quota.

use crate::db::fetch_one;
use crate::{Store, StoreError};
use staffetta_domain::{FlowId, FlowState, OrganizationId};

pub(crate) const WAITING: &str = "select cast(coalesce(sum(queued), 0) as bigint) from flow
     where organization_id = $1 and state = $2 and paused = 0 and id <> $3";

impl Store {
    /// Recipients whom the ente's other flows have still to send to: those under way and not paused. Of the
    /// whole ente, whoever asks: all its flows share one quota. It is for reckoning a time, not to be shown.
    ///
    /// # Errors
    /// The database.
    pub async fn waiting_elsewhere(
        &self,
        organization: OrganizationId,
        not: FlowId,
    ) -> Result<i64, StoreError> {
        let mut reader = self.db.reader().await?;
        let (waiting,): (i64,) =
            fetch_one!(reader, (i64,), WAITING, organization.0, FlowState::Sending as i16, not.0)?;
        Ok(waiting)
    }
}

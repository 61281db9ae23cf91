//! What else is being sent by an ente, and takes its share of IO's quota.

use crate::db::fetch_all;
use crate::{Store, StoreError};
use staffetta_domain::{FlowId, FlowState, OrganizationId};

/// Another flow that is being sent, in counts of recipients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Elsewhere {
    /// Those who wait.
    pub waiting: i64,
    /// Those who were written to.
    pub written: i64,
    /// Those who cannot be reached on IO.
    pub unreachable: i64,
}

/// Not those that wait for a person: paused, or of a service that is; nor a pilot, which stops soon, or one that was
/// interrupted.
pub(crate) const ELSEWHERE: &str = "select f.queued + f.in_flight as waiting,
       f.accepted + f.delivered + f.rejected + f.failed + f.uncertain as written, f.unreachable
     from flow f join service s on s.id = f.service_id and s.enabled = 1 and s.paused_reason is null
     where f.organization_id = $1 and f.state = $2 and f.paused = 0 and f.interrupted = 0 and f.id <> $3 and f.queued > 0
       and not exists (select 1 from pilot p where p.flow_id = f.id)";

impl Store {
    /// The ente's other flows that are being sent. Of the whole ente, whoever asks: all its flows share one quota. It
    /// is for reckoning a time, not to be shown.
    ///
    /// # Errors
    /// The database.
    pub async fn sending_elsewhere(
        &self,
        organization: OrganizationId,
        not: FlowId,
    ) -> Result<Vec<Elsewhere>, StoreError> {
        let mut reader = self.db.reader().await?;
        Ok(fetch_all!(reader, Elsewhere, ELSEWHERE, organization.0, FlowState::Sending as i16, not.0)?)
    }
}

//! Calls of which the ledger never learned the end.

use crate::Store;
use crate::db::fetch_all;
use crate::error::StoreError;
use staffetta_domain::{FlowId, NotificationId, OrganizationId, UnixMillis};

/// A row that was claimed and whose outcome is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Unfinished {
    id: i64,
    flow_id: Option<i64>,
    /// Its claim.
    pub claim: i64,
}

impl Unfinished {
    /// Which notification.
    #[must_use]
    pub const fn id(&self) -> NotificationId {
        NotificationId(self.id)
    }

    /// Its flow; `None` for a single notification.
    #[must_use]
    pub fn flow(&self) -> Option<FlowId> {
        self.flow_id.map(FlowId)
    }
}

pub(crate) const UNFINISHED: &str = "select id, flow_id, claim from notification
     where organization_id = $1 and state = 1 and claim is not null and handled_at < $2 limit $3";

impl Store {
    /// Rows of an ente that were claimed before `before` and have no outcome. Of most the engine still awaits the
    /// answer; of others it was written, and a server that failed over lost it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn unfinished(
        &self,
        organization: OrganizationId,
        before: UnixMillis,
        limit: i64,
    ) -> Result<Vec<Unfinished>, StoreError> {
        let mut reader = self.db.reader().await?;
        Ok(fetch_all!(reader, Unfinished, UNFINISHED, organization.0, before.0, limit)?)
    }
}

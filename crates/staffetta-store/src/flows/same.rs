//! Flows that were there before: by content and by the ente's own reference.

use crate::db::fetch_optional;
use crate::flows::import::shown;
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError};
use staffetta_domain::{FlowId, Rights, UnixMillis};

pub(crate) const EARLIER: &str = concat!(
    "select f.id, f.created_at from flow f
     where f.organization_id = $1 and f.sameness = $4 and f.id <> $5 and ",
    shown!(),
    " and ",
    in_scope!("f.service_id", "$2", "$3"),
    " order by f.id desc limit 1"
);

pub(crate) const BY_REFERENCE: &str = concat!(
    "select id, sameness from flow where organization_id = $1 and reference = $4 and ",
    in_scope!("service_id", "$2", "$3")
);

impl Store {
    /// The newest other flow with the same service, message and rows.
    ///
    /// # Errors
    /// The database.
    pub async fn earlier_same_flow(
        &self,
        scope: &Scope,
        sameness: &[u8],
        not: FlowId,
    ) -> Result<Option<(FlowId, UnixMillis)>, StoreError> {
        let mut reader = self.db.reader().await?;
        let row = fetch_optional!(
            reader,
            (i64, i64),
            EARLIER,
            scope.organization.0,
            scope.operator(),
            needed(Rights::LOOK),
            sameness,
            not.0,
        )?;
        Ok(row.map(|(id, created_at)| (FlowId(id), UnixMillis(created_at))))
    }

    /// The flow with this reference, and the hash of its content once its list is whole.
    ///
    /// # Errors
    /// The database.
    pub async fn flow_by_reference(
        &self,
        scope: &Scope,
        reference: &str,
    ) -> Result<Option<(FlowId, Option<Vec<u8>>)>, StoreError> {
        let mut reader = self.db.reader().await?;
        let row = fetch_optional!(
            reader,
            (i64, Option<Vec<u8>>),
            BY_REFERENCE,
            scope.organization.0,
            scope.operator(),
            needed(Rights::LOOK),
            reference,
        )?;
        Ok(row.map(|(id, sameness)| (FlowId(id), sameness)))
    }
}

//! Which rows of a flow's list are one person's: a preview is looked for by fiscal code.

use crate::db::fetch_all;
use crate::lists::keys::in_segments;
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError};
use staffetta_domain::{FiscalCode, FlowId, NotificationId, Rights};

/// Rows of one person that are told: a list with more of them is wrong otherwise.
const ROWS_TOLD: i64 = 1_000;

pub(crate) const OF_PERSON: &str = concat!(
    "select k.recipient_id
     from flow f join recipient_key k on k.recipient_id > f.list_id << 24 and k.recipient_id < (f.list_id + 1) << 24
     where f.id = $4 and f.organization_id = $1 and k.value = $5",
    in_segments!(),
    " and ",
    in_scope!("f.service_id", "$2", "$3"),
    " order by k.recipient_id limit $6"
);

impl Store {
    /// The rows of this person in a flow's list, drafts included, in the order of the office's file.
    ///
    /// # Errors
    /// The database.
    pub async fn rows_of_person(
        &self,
        scope: &Scope,
        flow: FlowId,
        fiscal_code: &FiscalCode,
    ) -> Result<Vec<NotificationId>, StoreError> {
        let mut reader = self.db.reader().await?;
        let rows = fetch_all!(
            reader,
            (i64,),
            OF_PERSON,
            scope.organization.0,
            scope.operator(),
            needed(Rights::LOOK),
            flow.0,
            fiscal_code.as_str(),
            ROWS_TOLD
        )?;
        Ok(rows.into_iter().map(|(id,)| NotificationId(id)).collect())
    }
}

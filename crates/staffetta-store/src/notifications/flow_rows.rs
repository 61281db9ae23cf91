//! The rows of one flow in the order of the office's file: its page, its preview.

use crate::db::{Reader, fetch_all};
use crate::notifications::row::{self, NotificationPage, Row, columns, page};
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError, values};
use staffetta_domain::{FlowId, NotificationId, Rights};

pub(crate) const PAGE: &str = concat!(
    "select ",
    columns!(),
    "
     from flow f join notification n on n.id > f.list_id << 24 and n.id < (f.list_id + 1) << 24
       join recipient r on r.id = n.id join service s on s.id = n.service_id
     where f.id = $4 and f.organization_id = $1 and n.id > $5 and ",
    in_scope!("f.service_id", "$2", "$3"),
    " order by n.id limit $6"
);

impl Store {
    /// The rows of a flow in the order of the office's file, drafts included, after a row.
    ///
    /// # Errors
    /// The database.
    pub async fn flow_rows(
        &self,
        scope: &Scope,
        flow: FlowId,
        after: Option<NotificationId>,
        limit: usize,
    ) -> Result<NotificationPage, StoreError> {
        let mut reader = self.db.reader().await?;
        let rows = rows(&mut reader, scope, flow, after, limit).await?;
        let rows = rows.into_iter().map(row::line).collect::<Result<Vec<_>, _>>()?;
        page(&mut reader, rows).await
    }
}

async fn rows(
    reader: &mut Reader,
    scope: &Scope,
    flow: FlowId,
    after: Option<NotificationId>,
    limit: usize,
) -> Result<Vec<Row>, StoreError> {
    Ok(fetch_all!(
        reader,
        Row,
        PAGE,
        scope.organization.0,
        scope.operator(),
        needed(Rights::LOOK),
        flow.0,
        after.map_or(0, |after| after.0),
        values::limit(limit),
    )?)
}

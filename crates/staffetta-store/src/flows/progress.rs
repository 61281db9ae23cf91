//! How far a flow is: what a page that follows it asks again and again, in one statement.

use crate::db::fetch_optional;
use crate::flows::row::{self, FlowSummary, columns};
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError, values};
use staffetta_domain::{FlowId, Reason, Rights};

/// How far a flow is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowProgress {
    /// State and tally.
    pub summary: FlowSummary,
    /// Why its service paused itself, if it did: then the flow waits.
    pub service_paused: Option<Reason>,
    /// Whether its service may be used: if not, the flow waits.
    pub service_enabled: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    summary: row::Row,
    paused_reason: Option<i16>,
    enabled: i16,
}

pub(crate) const PROGRESS: &str = concat!(
    "select ",
    columns!(),
    ", s.paused_reason, s.enabled
     from flow f join service s on s.id = f.service_id join nature n on n.id = f.nature_id
       left join list l on l.id = f.list_id
     where f.id = $4 and f.organization_id = $1 and ",
    in_scope!("f.service_id", "$2", "$3")
);

impl Store {
    /// How far the flow with this number is.
    ///
    /// # Errors
    /// The database.
    pub async fn flow_progress(
        &self,
        scope: &Scope,
        flow: FlowId,
    ) -> Result<Option<FlowProgress>, StoreError> {
        let mut reader = self.db.reader().await?;
        let (operator, look) = (scope.operator(), needed(Rights::LOOK));
        let row = fetch_optional!(reader, Row, PROGRESS, scope.organization.0, operator, look, flow.0)?;
        row.map(|row| {
            Ok(FlowProgress {
                summary: row::summary(row.summary)?,
                service_paused: values::reason(row.paused_reason)?,
                service_enabled: row.enabled != 0,
            })
        })
        .transpose()
    }
}

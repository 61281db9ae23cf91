//! What people did to a flow and to its rows, counted by who and what: as many lines as people and kinds, however much
//! was done. One by one it is told by the events themselves.

use crate::db::fetch_all;
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError};
use staffetta_domain::{FlowId, Rights, UnixMillis};

/// What one person did of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deeds {
    /// What, as a word of the program.
    pub kind: String,
    /// Who: a person's name, or [`MACHINE`](crate::events::MACHINE).
    pub actor: String,
    /// How often.
    pub count: i64,
    /// The first time.
    pub first_at: UnixMillis,
    /// The last time.
    pub last_at: UnixMillis,
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "select e.kind, e.actor, count(*), min(e.at) as first_at, max(e.at)
             from flow f join event e on ",
            $which,
            " where f.id = $4 and f.organization_id = $1 and ",
            in_scope!("f.service_id", "$2", "$3"),
            " group by e.kind, e.actor order by first_at, e.kind, e.actor"
        )
    };
}

pub(crate) const OF_FLOW: &str = select!("e.flow_id = f.id");
/// The rows of a flow's list stand side by side, and so do their events in their index.
pub(crate) const OF_ROWS: &str =
    select!("e.notification_id > f.list_id << 24 and e.notification_id < (f.list_id + 1) << 24");

impl Store {
    /// What was done to a flow as a whole, in the order in which each kind began.
    ///
    /// # Errors
    /// The database.
    pub async fn deeds_on_flow(&self, scope: &Scope, flow: FlowId) -> Result<Vec<Deeds>, StoreError> {
        self.deeds(OF_FLOW, scope, flow).await
    }

    /// What was done to its notifications, one by one or many together.
    ///
    /// # Errors
    /// The database.
    pub async fn deeds_on_rows(&self, scope: &Scope, flow: FlowId) -> Result<Vec<Deeds>, StoreError> {
        self.deeds(OF_ROWS, scope, flow).await
    }

    async fn deeds(
        &self,
        statement: &'static str,
        scope: &Scope,
        flow: FlowId,
    ) -> Result<Vec<Deeds>, StoreError> {
        let mut reader = self.db.reader().await?;
        let (organization, operator) = (scope.organization.0, scope.operator());
        let look = needed(Rights::LOOK);
        let rows = fetch_all!(
            reader,
            (String, String, i64, i64, i64),
            statement,
            organization,
            operator,
            look,
            flow.0
        )?;
        let deeds = rows.into_iter().map(|(kind, actor, count, first_at, last_at)| Deeds {
            kind,
            actor,
            count,
            first_at: UnixMillis(first_at),
            last_at: UnixMillis(last_at),
        });
        Ok(deeds.collect())
    }
}

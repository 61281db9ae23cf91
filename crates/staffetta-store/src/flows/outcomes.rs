//! A flow's outcomes with their reasons, and what keeps its rows waiting.

use crate::db::fetch_all;
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError, values};
use staffetta_domain::{FlowId, NotificationState, Reason, Rights};

/// How many notifications of a flow stand in a state for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutcomeCount {
    /// The state.
    pub state: NotificationState,
    /// Why; none where the state says it all.
    pub reason: Option<Reason>,
    /// How many.
    pub count: i64,
}

/// The rows of a flow's list stand side by side: one walk of them, no index.
const OUTCOMES: &str = concat!(
    "select n.state, n.reason, count(*)
     from flow f join notification n on n.id > f.list_id << 24 and n.id < (f.list_id + 1) << 24
     where f.id = $4 and f.organization_id = $1 and ",
    in_scope!("f.service_id", "$2", "$3"),
    " group by n.state, n.reason order by n.state, n.reason"
);

/// Led by the index of what may be tried again: few rows, however large the flow.
const WAITING: &str = concat!(
    "select n.state, n.reason, count(*) from notification n
     where n.organization_id = $1 and n.state = 0 and n.retry_at is not null and +n.flow_id = $4 and ",
    in_scope!("+n.service_id", "$2", "$3"),
    " group by n.state, n.reason order by count(*) desc, n.reason"
);

impl Store {
    /// How many notifications of a flow stand in each state, by reason.
    ///
    /// # Errors
    /// The database.
    pub async fn flow_outcomes(&self, scope: &Scope, flow: FlowId) -> Result<Vec<OutcomeCount>, StoreError> {
        self.counts(OUTCOMES, scope, flow).await
    }

    /// Why rows of a flow that came back to the queue wait, the most frequent reason first.
    ///
    /// # Errors
    /// The database.
    pub async fn flow_waits(&self, scope: &Scope, flow: FlowId) -> Result<Vec<OutcomeCount>, StoreError> {
        self.counts(WAITING, scope, flow).await
    }

    async fn counts(
        &self,
        statement: &'static str,
        scope: &Scope,
        flow: FlowId,
    ) -> Result<Vec<OutcomeCount>, StoreError> {
        let mut reader = self.db.reader().await?;
        let rows = fetch_all!(
            reader,
            (i16, Option<i16>, i64),
            statement,
            scope.organization.0,
            scope.operator(),
            needed(Rights::LOOK),
            flow.0,
        )?;
        rows.into_iter()
            .map(|(state, reason, count)| {
                let state = values::notification_state(state)?;
                Ok(OutcomeCount { state, reason: values::reason(reason)?, count })
            })
            .collect()
    }
}

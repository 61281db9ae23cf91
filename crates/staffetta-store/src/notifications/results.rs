//! What became of a flow's rows, in the order of the office's file: *File dei risultati* and *Elenco non raggiunti*.

use crate::db::fetch_all;
use crate::lists::Cells;
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError, values};
use staffetta_domain::{FlowId, NotificationId, NotificationState, Reason, Rights, UnixMillis};

/// A row of the office's file, and its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultRow {
    /// Number of its notification.
    pub id: NotificationId,
    /// State.
    pub state: NotificationState,
    /// Why.
    pub reason: Option<Reason>,
    /// When it left the queue for the last time.
    pub handled_at: Option<UnixMillis>,
    /// When IO took it.
    pub accepted_at: Option<UnixMillis>,
    /// When its outcome was final.
    pub settled_at: Option<UnixMillis>,
    /// IO's number for the message.
    pub io_message_id: Option<String>,
    /// The cells of the office's row, as they are now: a correction replaced some.
    pub cells: Option<Cells>,
    /// Its notice cannot be paid after its due date.
    pub invalid_after_due_date: bool,
}

/// Which rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultPart {
    /// All.
    All,
    /// Those of whom it is certain that the message is not before them: what ended badly, and who will not be reached, as
    /// the flow's forecast says of those that wait. Not what is uncertain: it may have arrived.
    Unreached,
}

/// Who was certainly not reached, of notifications n with their forecast h: negative, but not uncertain.
macro_rules! not_reached {
    () => {
        concat!("(n.state in ", $crate::resends::sent_again!(), " or n.state = 0 and h.answer in ($7, $8))")
    };
}

macro_rules! select {
    ($reason:literal, $join:literal, $only:expr) => {
        concat!(
            "select n.id, n.state, ",
            $reason,
            " as reason, n.handled_at, n.accepted_at, n.settled_at, n.io_message_id, r.cells,
               r.invalid_after_due
             from flow f join notification n on n.id > f.list_id << 24 and n.id < (f.list_id + 1) << 24
               join recipient r on r.id = n.id ",
            $join,
            " where f.id = $4 and f.organization_id = $1 and n.id > $5",
            $only,
            " and ",
            in_scope!("f.service_id", "$2", "$3"),
            " order by n.id limit $6"
        )
    };
}

pub(crate) const ALL: &str = select!("n.reason", "", "");

pub(crate) const UNREACHED: &str = select!(
    "coalesce(n.reason, h.answer)",
    "left join forecast c on c.flow_id = f.id and c.list_id = f.list_id
     left join reach h on h.notification_id = n.id and h.at >= c.asked_at",
    concat!(" and ", not_reached!())
);

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    state: i16,
    reason: Option<i16>,
    handled_at: Option<i64>,
    accepted_at: Option<i64>,
    settled_at: Option<i64>,
    io_message_id: Option<String>,
    cells: Option<String>,
    invalid_after_due: Option<i16>,
}

impl Store {
    /// The rows of a flow with their outcomes, in the order of the office's file, after a row.
    ///
    /// # Errors
    /// The database.
    pub async fn flow_results(
        &self,
        scope: &Scope,
        (flow, part): (FlowId, ResultPart),
        after: Option<NotificationId>,
        limit: usize,
    ) -> Result<Vec<ResultRow>, StoreError> {
        let mut reader = self.db.reader().await?;
        let (organization, operator, look) = (scope.organization.0, scope.operator(), needed(Rights::LOOK));
        let (after, limit) = (after.map_or(0, |after| after.0), values::limit(limit));
        let rows = match part {
            ResultPart::All => {
                fetch_all!(reader, Row, ALL, organization, operator, look, flow.0, after, limit)?
            }
            ResultPart::Unreached => fetch_all!(
                reader,
                Row,
                UNREACHED,
                organization,
                operator,
                look,
                flow.0,
                after,
                limit,
                Reason::NotOnIo as i16,
                Reason::ServiceOff as i16
            )?,
        };
        rows.into_iter().map(result).collect()
    }
}

fn result(row: Row) -> Result<ResultRow, StoreError> {
    Ok(ResultRow {
        id: NotificationId(row.id),
        state: values::notification_state(row.state)?,
        reason: values::reason(row.reason)?,
        handled_at: row.handled_at.map(UnixMillis),
        accepted_at: row.accepted_at.map(UnixMillis),
        settled_at: row.settled_at.map(UnixMillis),
        io_message_id: row.io_message_id,
        cells: row.cells.map(Cells::from_json),
        invalid_after_due_date: row.invalid_after_due.is_some_and(|is| is != 0),
    })
}

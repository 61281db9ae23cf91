//! A flow as one line of the list of flows.

use crate::approvals::Approval;
use crate::{StoreError, values};
use staffetta_domain::{FlowId, FlowState, ListId, NatureId, Reason, ServiceId, Tally, UnixMillis};

/// One line of the list of flows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowSummary {
    /// Its number.
    pub id: FlowId,
    /// When it was made.
    pub created_at: UnixMillis,
    /// Who made it.
    pub created_by: String,
    /// The ente's own description.
    pub description: String,
    /// The ente's own reference.
    pub reference: Option<String>,
    /// The service.
    pub service: ServiceId,
    /// Its name.
    pub service_name: String,
    /// The nature.
    pub nature: NatureId,
    /// Its name.
    pub nature_name: String,
    /// State.
    pub state: FlowState,
    /// *In pausa*.
    pub paused: bool,
    /// *Interrotto*.
    pub interrupted: bool,
    /// Why its service paused itself, if it did.
    pub service_paused: Option<Reason>,
    /// Its list, once whole.
    pub list: Option<ListId>,
    /// Good rows of the list.
    pub recipients: i64,
    /// How many stand in each state.
    pub tally: Tally,
    /// *Programmato*: when it starts by itself.
    pub planned: Option<Planned>,
    /// How many of the first recipients are sent before it waits for a person.
    pub pilot: Option<i64>,
    /// Whether a second person has to approve it, or did.
    pub approval: Approval,
}

/// A start that is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    /// When.
    pub at: UnixMillis,
    /// Its time passed while nobody could start it: a person is asked.
    pub missed: bool,
}

/// What every reading of flows selects. The query joins service s, nature n and, where there is one, list l. What waits
/// in an interrupted flow is as good as cancelled, though its rows follow piece by piece.
macro_rules! columns {
    () => {
        concat!("f.id, f.created_at, f.created_by, f.description, f.reference, f.service_id, s.name as service_name,
         f.nature_id, n.name as nature_name, f.state, f.paused, f.interrupted, s.paused_reason, f.list_id,
         coalesce(l.valid_rows, 0) as recipients, f.queued * (1 - f.interrupted) as queued, f.in_flight, f.accepted,
         f.delivered, f.rejected, f.unreachable, f.failed, f.uncertain,
         f.cancelled + f.queued * f.interrupted as cancelled,
         (select w.at from planned_start w where w.flow_id = f.id) as planned_at,
         (select w.missed_at from planned_start w where w.flow_id = f.id) as missed_at,
         (select count(*) from pilot w join notification n on n.id > f.list_id << 24 and n.id <= w.last_id
          where w.flow_id = f.id) as pilot, ", $crate::approvals::approval_of!(), " as approval")
    };
}

pub(crate) use columns;

#[derive(sqlx::FromRow)]
pub(crate) struct Row {
    id: i64,
    created_at: i64,
    created_by: String,
    description: String,
    reference: Option<String>,
    service_id: i64,
    service_name: String,
    nature_id: i64,
    nature_name: String,
    state: i16,
    paused: i16,
    interrupted: i16,
    paused_reason: Option<i16>,
    list_id: Option<i64>,
    recipients: i64,
    queued: i64,
    in_flight: i64,
    accepted: i64,
    delivered: i64,
    rejected: i64,
    unreachable: i64,
    failed: i64,
    uncertain: i64,
    cancelled: i64,
    planned_at: Option<i64>,
    missed_at: Option<i64>,
    pilot: i64,
    approval: i32,
}

pub(crate) fn summary(row: Row) -> Result<FlowSummary, StoreError> {
    Ok(FlowSummary {
        id: FlowId(row.id),
        created_at: UnixMillis(row.created_at),
        created_by: row.created_by,
        description: row.description,
        reference: row.reference,
        service: ServiceId(row.service_id),
        service_name: row.service_name,
        nature: NatureId(row.nature_id),
        nature_name: row.nature_name,
        state: values::flow_state(row.state)?,
        paused: row.paused != 0,
        interrupted: row.interrupted != 0,
        service_paused: values::reason(row.paused_reason)?,
        list: row.list_id.map(ListId),
        recipients: row.recipients,
        tally: Tally::from_counts([
            row.queued,
            row.in_flight,
            row.accepted,
            row.delivered,
            row.rejected,
            row.unreachable,
            row.failed,
            row.uncertain,
            row.cancelled,
        ]),
        planned: row.planned_at.map(|at| Planned { at: UnixMillis(at), missed: row.missed_at.is_some() }),
        pilot: (row.pilot > 0).then_some(row.pilot),
        approval: Approval::from_number(row.approval).ok_or(StoreError::Corrupt("an approval"))?,
    })
}

//! The statements of the archive's searches: one set of conditions, several that lead.

use crate::db::{Reader, fetch_all};
use crate::lists::keys::in_segments;
use crate::notifications::row::{self, NotificationRow, Row, columns};
use crate::notifications::search::NotificationSearch;
use crate::scope::{Scope, in_scope, needed};
use crate::{StoreError, values};
use sqlx::AssertSqlSafe;
use staffetta_domain::{FiscalCode, NotificationState, Rights};

/// The condition that leads: the index that the database walks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    FiscalCode,
    NoticeNumber,
    IoMessageId,
    Reference,
    /// Numbers from low to high.
    Range,
    /// Short ranges of numbers, all wanted.
    Ranges,
    /// Numbers from low to high, negative outcomes of one flow.
    FlowOutcome,
    /// Outcomes of one service and one state, by time.
    Outcome,
    /// Outcomes of one service and one state at one time: an interrupted flow has as many as it had recipients.
    OutcomeAt,
    InFlight,
    SingleQueued,
    Test,
    /// Rows that came back to the queue, of all flows.
    Retry,
    /// Numbers from low to high that never left the queue.
    NeverTried,
}

/// What one run of a statement is given beside the search.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) lead: Lead,
    /// Only numbers from `low` to `high`, both included.
    pub(crate) low: i64,
    pub(crate) high: i64,
    /// Only outcomes before this time; or at it.
    pub(crate) at: i64,
    pub(crate) service: Option<i64>,
    pub(crate) state: Option<NotificationState>,
    /// JSON list of pairs of numbers.
    pub(crate) ranges: String,
    pub(crate) limit: usize,
}

impl Run {
    pub(crate) const fn new(lead: Lead, limit: usize) -> Self {
        Self {
            lead,
            low: i64::MIN,
            high: i64::MAX,
            at: i64::MAX,
            service: None,
            state: None,
            ranges: String::new(),
            limit,
        }
    }
}

/// A row of a flow shows from its flow's activation on; an outcome is always of a flow that was activated.
const SHOWS: &str = " and (n.flow_id is null or exists (
     select 1 from flow f where f.id = n.flow_id and f.state <> 0 and f.list_id = n.id >> 24))";

pub(crate) fn text(search: &NotificationSearch, run: &Run, postgres: bool) -> String {
    let from = match run.lead {
        Lead::FiscalCode | Lead::NoticeNumber => {
            "recipient_key k join notification n on n.id = k.recipient_id
             join recipient r on r.id = k.recipient_id join service s on s.id = n.service_id"
        }
        Lead::Ranges if postgres => {
            "json_array_elements($16::json) g
             join notification n on n.id >= cast(g.value->>0 as bigint) and n.id <= cast(g.value->>1 as bigint)
             join recipient r on r.id = n.id join service s on s.id = n.service_id"
        }
        // The order of a cross join is kept by SQLite: the ranges first.
        Lead::Ranges => {
            "json_each($16) g
             cross join notification n on n.id >= cast(g.value->>0 as bigint) and n.id <= cast(g.value->>1 as bigint)
             join recipient r on r.id = n.id join service s on s.id = n.service_id"
        }
        _ => "notification n join recipient r on r.id = n.id join service s on s.id = n.service_id",
    };
    let organization = if matches!(
        run.lead,
        Lead::Reference | Lead::InFlight | Lead::SingleQueued | Lead::Test | Lead::Retry
    ) {
        ""
    } else {
        "+"
    };
    let mut text = format!(
        "select {} from {from} where {organization}n.organization_id = $1 and {}",
        columns!(),
        in_scope!("+n.service_id", "$2", "$3")
    );
    text.push_str(leading(run.lead));
    others(&mut text, search, run);
    text
}

const fn leading(lead: Lead) -> &'static str {
    match lead {
        Lead::FiscalCode => {
            concat!(in_segments!(), " and k.value = $11 and k.recipient_id >= $4 and k.recipient_id <= $5")
        }
        Lead::NoticeNumber => {
            concat!(in_segments!(), " and k.value = $12 and k.recipient_id >= $4 and k.recipient_id <= $5")
        }
        Lead::IoMessageId => " and n.io_message_id = $13 and +n.id >= $4 and +n.id <= $5",
        Lead::Reference => " and n.reference = $14 and +n.id >= $4 and +n.id <= $5",
        Lead::Range => " and n.id >= $4 and n.id <= $5",
        Lead::Ranges => "",
        Lead::FlowOutcome => {
            " and n.flow_id = $10 and n.flow_id is not null and n.state >= 4 and n.state = $9 and n.id >= $4 and n.id <= $5"
        }
        Lead::Outcome => {
            " and n.service_id = $8 and n.state >= 2 and n.state = $9 and n.handled_at >= $6 and n.handled_at < $15"
        }
        Lead::OutcomeAt => {
            " and n.service_id = $8 and n.state >= 2 and n.state = $9 and n.handled_at = $15 and n.id <= $5"
        }
        Lead::InFlight => " and n.state = 1 and n.id >= $4 and n.id <= $5",
        Lead::SingleQueued => " and n.state = 0 and n.flow_id is null and n.id >= $4 and n.id <= $5",
        Lead::Test => " and n.test_of is not null and n.id >= $4 and n.id <= $5",
        Lead::Retry => " and n.state = 0 and n.retry_at is not null and +n.id >= $4 and +n.id <= $5",
        Lead::NeverTried => " and n.id >= $4 and n.id <= $5 and n.retry_at is null",
    }
}

/// The conditions that do not lead.
fn others(text: &mut String, search: &NotificationSearch, run: &Run) {
    let lead = run.lead;
    if search.fiscal_code.is_some() && lead != Lead::FiscalCode {
        text.push_str(" and r.fiscal_code || '' = $11");
    }
    if search.notice_number.is_some() && lead != Lead::NoticeNumber {
        text.push_str(" and r.notice_number || '' = $12");
    }
    if search.io_message_id.is_some() && lead != Lead::IoMessageId {
        text.push_str(" and n.io_message_id || '' = $13");
    }
    if search.reference.is_some() && lead != Lead::Reference {
        text.push_str(" and n.reference || '' = $14");
    }
    if !matches!(lead, Lead::Outcome | Lead::OutcomeAt) {
        if search.service.is_some() {
            text.push_str(" and +n.service_id = $8");
        }
        if run.state.is_some() && lead != Lead::FlowOutcome {
            text.push_str(" and +n.state = $9");
        }
        if search.from.is_some() || search.to.is_some() {
            text.push_str(" and coalesce(n.handled_at, n.created_at) >= $6 and coalesce(n.handled_at, n.created_at) < $7");
        }
        text.push_str(SHOWS);
    }
    if search.only_tests && lead != Lead::Test {
        text.push_str(" and coalesce(n.test_of, 0) > 0");
    }
    if search.flow.is_some() && lead != Lead::FlowOutcome {
        text.push_str(if search.only_tests {
            " and coalesce(n.test_of, 0) = $10"
        } else {
            " and +n.flow_id = $10"
        });
    }
    text.push_str(match lead {
        Lead::Ranges => "",
        Lead::Outcome | Lead::OutcomeAt => " order by n.handled_at desc, n.id desc limit $17",
        Lead::FiscalCode | Lead::NoticeNumber => " order by k.recipient_id desc limit $17",
        _ => " order by n.id desc limit $17",
    });
}

/// Runs one statement of a search.
pub(crate) async fn run(
    reader: &mut Reader,
    scope: &Scope,
    search: &NotificationSearch,
    run: &Run,
) -> Result<Vec<NotificationRow>, StoreError> {
    let text = text(search, run, reader.is_postgres());
    let rows = fetch_all!(
        reader,
        Row,
        AssertSqlSafe(text),
        scope.organization.0,
        scope.operator(),
        needed(Rights::LOOK),
        run.low,
        run.high,
        search.from.map_or(i64::MIN, |from| from.0),
        search.to.map_or(i64::MAX, |to| to.0),
        run.service.or(search.service.map(|service| service.0)),
        run.state.map(|state| state as i16),
        search.flow.map(|flow| flow.0),
        search.fiscal_code.as_ref().map(FiscalCode::as_str),
        search.notice_number.as_deref(),
        search.io_message_id.as_deref(),
        search.reference.as_deref(),
        run.at,
        &run.ranges,
        values::limit(run.limit),
    )?;
    rows.into_iter().map(row::line).collect()
}

//! *Archivio notifiche*: which statements answer a search.
//!
//! A search that names one thing (a person, a number, a reference) is led by that thing's index. Outcomes and
//! dates are led by the one index of outcomes, a statement for each service and state. What is still to be
//! sent is found through the flows that have some. The rest is walked list by list, newest first.

use crate::db::{Reader, fetch_optional};
use crate::flows::search::services_in_scope;
use crate::notifications::row::{NotificationPage, NotificationRow, page};
use crate::notifications::statement::{Lead, Run, run};
use crate::notifications::{archive, queued};
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError};
use staffetta_domain::{
    FiscalCode, FlowId, ListId, NotificationId, NotificationState, Rights, ServiceId, Tally, UnixMillis,
};
use std::cmp::Reverse;

/// What notifications are looked for; what is `None` does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotificationSearch {
    /// Its recipient.
    pub fiscal_code: Option<FiscalCode>,
    /// Its service.
    pub service: Option<ServiceId>,
    /// Its flow.
    pub flow: Option<FlowId>,
    /// Its state.
    pub state: Option<NotificationState>,
    /// Handled at or after.
    pub from: Option<UnixMillis>,
    /// Handled before.
    pub to: Option<UnixMillis>,
    /// IO's number for the message.
    pub io_message_id: Option<String>,
    /// Its notice number.
    pub notice_number: Option<String>,
    /// Its reference.
    pub reference: Option<String>,
    /// Only tests; with a flow those of its message.
    pub only_tests: bool,
}

/// The last notification of a page; the next begins after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotificationCursor {
    /// When it left the queue for the last time.
    pub handled_at: Option<UnixMillis>,
    /// Its number.
    pub id: NotificationId,
}

impl NotificationRow {
    /// The place of this row among those that a search found.
    #[must_use]
    pub const fn cursor(&self) -> NotificationCursor {
        NotificationCursor { handled_at: self.handled_at, id: self.id }
    }
}

impl Store {
    /// The notifications that a search finds, after a cursor: by the time at which they were handled where
    /// the search is by outcome or by dates, by number otherwise, the newest first. With pages of some
    /// thousands it is the export.
    ///
    /// # Errors
    /// The database.
    pub async fn search_notifications(
        &self,
        scope: &Scope,
        search: &NotificationSearch,
        after: Option<NotificationCursor>,
        limit: usize,
    ) -> Result<NotificationPage, StoreError> {
        let mut reader = self.db.reader().await?;
        let high = after.map_or(i64::MAX, |after| after.id.0.saturating_sub(1));
        let rows = if let Some(lead) = named(search) {
            let named = Run { high, state: search.state, ..Run::new(lead, limit) };
            run(&mut reader, scope, search, &named).await?
        } else if search.only_tests {
            let tests = Run { high, state: search.state, ..Run::new(Lead::Test, limit) };
            run(&mut reader, scope, search, &tests).await?
        } else if let Some(flow) = search.flow {
            of_flow(&mut reader, scope, search, flow, after, limit).await?
        } else {
            match search.state {
                Some(NotificationState::Queued) => {
                    queued::rows(&mut reader, scope, search, after, limit).await?
                }
                Some(state @ NotificationState::InFlight) => {
                    let in_flight = Run { high, state: Some(state), ..Run::new(Lead::InFlight, limit) };
                    run(&mut reader, scope, search, &in_flight).await?
                }
                Some(state) => outcomes(&mut reader, scope, search, &[state], after, limit).await?,
                None if search.from.is_some() || search.to.is_some() => {
                    let states = &NotificationState::ALL[NotificationState::Accepted as usize..];
                    outcomes(&mut reader, scope, search, states, after, limit).await?
                }
                None => archive::rows(&mut reader, scope, search, after, limit).await?,
            }
        };
        page(&mut reader, rows).await
    }
}

/// The lead of a search that names one thing.
fn named(search: &NotificationSearch) -> Option<Lead> {
    if search.io_message_id.is_some() {
        Some(Lead::IoMessageId)
    } else if search.reference.is_some() {
        Some(Lead::Reference)
    } else if search.notice_number.is_some() {
        Some(Lead::NoticeNumber)
    } else if search.fiscal_code.is_some() {
        Some(Lead::FiscalCode)
    } else {
        None
    }
}

/// Outcomes by time: a statement for each service and state, then the first of all.
async fn outcomes(
    reader: &mut Reader,
    scope: &Scope,
    search: &NotificationSearch,
    states: &[NotificationState],
    after: Option<NotificationCursor>,
    limit: usize,
) -> Result<Vec<NotificationRow>, StoreError> {
    let end = search.to.map_or(i64::MAX, |to| to.0);
    let page_before = after.and_then(|after| Some((after.handled_at?.0, after.id.0)));
    let mut rows = Vec::new();
    for service in services_in_scope(reader, scope, search.service).await? {
        for state in states {
            let outcome =
                Run { service: Some(service), state: Some(*state), ..Run::new(Lead::Outcome, limit) };
            if let Some((at, id)) = page_before {
                let tied = Run { lead: Lead::OutcomeAt, at, high: id - 1, ..outcome.clone() };
                rows.extend(run(reader, scope, search, &tied).await?);
            }
            let earlier = Run { at: page_before.map_or(end, |(at, _)| at.min(end)), ..outcome };
            rows.extend(run(reader, scope, search, &earlier).await?);
        }
    }
    rows.sort_by_key(|row| Reverse((row.handled_at, row.id)));
    rows.truncate(limit);
    Ok(rows)
}

pub(crate) const FLOW: &str = concat!(
    "select f.list_id, f.queued, f.in_flight, f.accepted, f.delivered, f.rejected, f.unreachable, f.failed,
       f.uncertain, f.cancelled
     from flow f where f.id = $4 and f.organization_id = $1 and f.list_id is not null and f.state <> 0 and ",
    in_scope!("f.service_id", "$2", "$3")
);

#[derive(sqlx::FromRow)]
struct FlowRow {
    list_id: i64,
    queued: i64,
    in_flight: i64,
    accepted: i64,
    delivered: i64,
    rejected: i64,
    unreachable: i64,
    failed: i64,
    uncertain: i64,
    cancelled: i64,
}

/// The rows of one flow, by number. The tally says when to stop looking for a rare state.
async fn of_flow(
    reader: &mut Reader,
    scope: &Scope,
    search: &NotificationSearch,
    flow: FlowId,
    after: Option<NotificationCursor>,
    limit: usize,
) -> Result<Vec<NotificationRow>, StoreError> {
    let (organization, operator) = (scope.organization.0, scope.operator());
    let found = fetch_optional!(reader, FlowRow, FLOW, organization, operator, needed(Rights::LOOK), flow.0)?;
    let Some(found) = found else { return Ok(Vec::new()) };
    let (first, end) = ListId(found.list_id).bounds();
    let tally = Tally::from_counts([
        found.queued,
        found.in_flight,
        found.accepted,
        found.delivered,
        found.rejected,
        found.unreachable,
        found.failed,
        found.uncertain,
        found.cancelled,
    ]);
    let most =
        search.state.map_or(limit, |state| usize::try_from(tally.count(state)).unwrap_or(0).min(limit));
    if most == 0 {
        return Ok(Vec::new());
    }
    let lead = match search.state {
        Some(state) if state as i16 >= NotificationState::Rejected as i16 => Lead::FlowOutcome,
        _ => Lead::Range,
    };
    let high = after.map_or(end.0, |after| after.id.0.saturating_sub(1));
    let range = Run { low: first.0, high, state: search.state, ..Run::new(lead, most) };
    run(reader, scope, search, &range).await
}

//! What is still to be sent: found through the flows that have some, and the single ones by their index.
//!
//! A flow is sent in the order of its rows: those never tried are its last ones, and a walk from the end
//! meets them first. The tally says how many there are, so that the walk stops after the last of them and
//! does not go on through a million rows already sent. Those that came back to the queue have their index.

use crate::StoreError;
use crate::db::{Reader, fetch_all, fetch_one};
use crate::notifications::row::NotificationRow;
use crate::notifications::search::{NotificationCursor, NotificationSearch};
use crate::notifications::statement::{Lead, Run, run};
use crate::scope::{Scope, in_scope, needed};
use staffetta_domain::{FlowState, ListId, NotificationState, Rights};
use std::cmp::Reverse;

pub(crate) const FLOWS: &str = concat!(
    "select f.list_id, f.queued from flow f
     where f.organization_id = $1 and f.state = $4 and f.queued > 0 and f.list_id is not null
       and f.list_id <= $5 and (cast($6 as bigint) is null or +f.service_id = $6) and ",
    in_scope!("+f.service_id", "$2", "$3"),
    " order by f.list_id desc"
);

/// The rows that wait, by number, the newest first.
pub(crate) async fn rows(
    reader: &mut Reader,
    scope: &Scope,
    search: &NotificationSearch,
    after: Option<NotificationCursor>,
    limit: usize,
) -> Result<Vec<NotificationRow>, StoreError> {
    let state = Some(NotificationState::Queued);
    let high = after.map_or(i64::MAX, |after| after.id.0.saturating_sub(1));
    let mut rows = Vec::new();
    for lead in [Lead::SingleQueued, Lead::Retry] {
        rows.extend(run(reader, scope, search, &Run { high, state, ..Run::new(lead, limit) }).await?);
    }
    let mut never_tried = 0;
    for (list, waiting) in flows(reader, scope, search, high >> 24).await? {
        if never_tried >= limit {
            break;
        }
        let most = still_below(reader, scope, list, waiting, high, limit - never_tried).await?;
        if most == 0 {
            continue;
        }
        let (first, end) = ListId(list).bounds();
        let range = Run { low: first.0, high: end.0.min(high), state, ..Run::new(Lead::NeverTried, most) };
        let more = run(reader, scope, search, &range).await?;
        never_tried += more.len();
        rows.extend(more);
    }
    rows.sort_by_key(|row| Reverse(row.id));
    // A single notification may wait for its next attempt: it is found twice.
    rows.dedup_by_key(|row| row.id);
    rows.truncate(limit);
    Ok(rows)
}

/// The lists of flows that have rows waiting, the newest first.
async fn flows(
    reader: &mut Reader,
    scope: &Scope,
    search: &NotificationSearch,
    newest: i64,
) -> Result<Vec<(i64, i64)>, StoreError> {
    let mut flows = Vec::new();
    for state in [FlowState::Active, FlowState::Sending] {
        flows.extend(fetch_all!(
            reader,
            (i64, i64),
            FLOWS,
            scope.organization.0,
            scope.operator(),
            needed(Rights::LOOK),
            state as i16,
            newest,
            search.service.map(|service| service.0),
        )?);
    }
    flows.sort_by_key(|flow| Reverse(*flow));
    Ok(flows)
}

pub(crate) const RETRIES: &str = "select count(*) from notification n
     where n.organization_id = $1 and n.state = 0 and n.retry_at is not null and +n.id >= $2 and +n.id <= $3";

pub(crate) const ABOVE: &str = "select count(*) from notification n
     where n.id > $1 and n.id <= $2 and n.state = 0 and n.retry_at is null";

/// How many rows of a list were never tried and stand below a number, up to `limit`.
async fn still_below(
    reader: &mut Reader,
    scope: &Scope,
    list: i64,
    waiting: i64,
    high: i64,
    limit: usize,
) -> Result<usize, StoreError> {
    let (first, end) = ListId(list).bounds();
    let (retries,): (i64,) = fetch_one!(reader, (i64,), RETRIES, scope.organization.0, first.0, end.0)?;
    let never_tried = waiting - retries;
    if high >= end.0 {
        return Ok(usize::try_from(never_tried).unwrap_or(0).min(limit));
    }
    let (last,): (Option<i64>,) = fetch_one!(
        reader,
        (Option<i64>,),
        "select max(id) from notification where id >= $1 and id <= $2",
        first.0,
        end.0
    )?;
    // Even if all rows above were never tried, there are enough below: no need to count.
    let above = last.map_or(0, |last| (last - high).max(0));
    let surely = usize::try_from(never_tried - above).unwrap_or(0);
    if surely >= limit {
        return Ok(limit);
    }
    let (above,): (i64,) = fetch_one!(reader, (i64,), ABOVE, high, end.0)?;
    Ok(usize::try_from(never_tried - above).unwrap_or(0).min(limit))
}

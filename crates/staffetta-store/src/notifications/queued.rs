//! What is still to be sent: found through the flows that have some, and the single ones by their index.

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
    let high = after.map_or(i64::MAX, |after| after.id.0 - 1);
    let singles = Run { high, state, ..Run::new(Lead::SingleQueued, limit) };
    let mut rows = run(reader, scope, search, &singles).await?;
    let mut of_flows = 0;
    for (list, waiting) in flows(reader, scope, search, high >> 24).await? {
        if of_flows >= limit {
            break;
        }
        let (first, end) = ListId(list).bounds();
        // As many as the tally says, and no more: nobody walks a million sent rows to find no other.
        let most = if end.0 > high { waiting_below(reader, list, high, waiting).await? } else { waiting };
        let most = usize::try_from(most).unwrap_or(0).min(limit - of_flows);
        if most == 0 {
            continue;
        }
        let range = Run { low: first.0, high: end.0.min(high), state, ..Run::new(Lead::Range, most) };
        let more = run(reader, scope, search, &range).await?;
        of_flows += more.len();
        rows.extend(more);
    }
    rows.sort_by_key(|row| Reverse(row.id));
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

/// Of the rows that wait in a list, those below a number: the ones above were shown on the pages before.
async fn waiting_below(reader: &mut Reader, list: i64, high: i64, waiting: i64) -> Result<i64, StoreError> {
    let (_, end) = ListId(list).bounds();
    let (above,): (i64,) = fetch_one!(
        reader,
        (i64,),
        "select count(*) from (
           select 1 from notification n where n.id > $1 and n.id <= $2 and n.state = 0 limit $3
         ) as shown",
        high,
        end.0,
        waiting
    )?;
    Ok(waiting - above)
}

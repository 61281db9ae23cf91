//! The archive without other conditions than ente, service and operator: walked list by list.
//!
//! Lists are numbered as they come and a notification's number begins with its list's: the newest
//! notifications are those of the newest lists. Lists of drafts are passed over whole, whatever their length.

use crate::db::{Reader, fetch_all};
use crate::flows::search::services_in_scope;
use crate::notifications::row::NotificationRow;
use crate::notifications::search::{NotificationCursor, NotificationSearch};
use crate::notifications::statement::{Lead, Run, run};
use crate::scope::{Scope, in_scope, needed};
use crate::{StoreError, values};
use staffetta_domain::{ListId, Rights};
use std::cmp::Reverse;

/// Lists looked at in one statement.
const LISTS: usize = 250;

macro_rules! lists {
    ($lead:literal) => {
        concat!(
            "select l.id, l.valid_rows from list l where ",
            $lead,
            " and l.id <= $5 and l.complete = 1 and ",
            in_scope!("+l.service_id", "$2", "$3"),
            " and (l.flow_id is null or exists (
                 select 1 from flow f where f.id = l.flow_id and f.state <> 0 and f.list_id = l.id))
             order by l.id desc limit $6"
        )
    };
}

pub(crate) const OF_ORGANIZATION: &str = lists!("l.organization_id = $1");
pub(crate) const OF_SERVICE: &str = lists!("+l.organization_id = $1 and l.service_id = $4");

/// The rows of the archive, by number, the newest first.
pub(crate) async fn rows(
    reader: &mut Reader,
    scope: &Scope,
    search: &NotificationSearch,
    after: Option<NotificationCursor>,
    limit: usize,
) -> Result<Vec<NotificationRow>, StoreError> {
    let mut high = after.map_or(i64::MAX, |after| after.id.0.saturating_sub(1));
    let mut rows = Vec::new();
    let services = if scope.operator.is_some() || search.service.is_some() {
        Some(services_in_scope(reader, scope, search.service).await?)
    } else {
        None
    };
    while rows.len() < limit {
        let wanted = LISTS.min(limit - rows.len());
        // Numbers beyond any list's: a shift keeps them within the integers.
        let newest = ListId(high >> 24);
        let lists = lists(reader, scope, services.as_deref(), newest, wanted).await?;
        let Some((oldest, _)) = lists.last().copied() else { break };
        let (finished, more) = rows_of(reader, scope, search, &lists, high, limit - rows.len()).await?;
        rows.extend(more);
        if !finished || lists.len() < wanted {
            break;
        }
        high = ListId(oldest).bounds().0.0 - 1;
    }
    Ok(rows)
}

/// The next lists that show, the newest first, with the number of their rows.
async fn lists(
    reader: &mut Reader,
    scope: &Scope,
    services: Option<&[i64]>,
    newest: ListId,
    wanted: usize,
) -> Result<Vec<(i64, i64)>, StoreError> {
    let organization = scope.organization.0;
    let (operator, look, limit) = (scope.operator(), needed(Rights::LOOK), values::limit(wanted));
    let Some(services) = services else {
        let no_service: Option<i64> = None;
        return Ok(fetch_all!(
            reader,
            (i64, i64),
            OF_ORGANIZATION,
            organization,
            operator,
            look,
            no_service,
            newest.0,
            limit
        )?);
    };
    let mut lists = Vec::new();
    for service in services {
        lists.extend(fetch_all!(
            reader,
            (i64, i64),
            OF_SERVICE,
            organization,
            operator,
            look,
            *service,
            newest.0,
            limit
        )?);
    }
    lists.sort_by_key(|list| Reverse(*list));
    lists.truncate(wanted);
    Ok(lists)
}

/// The rows of lists, newest first, up to `limit`; and whether all lists were finished.
///
/// Short lists go together in one statement; one that may be longer than what is still wanted, alone.
async fn rows_of(
    reader: &mut Reader,
    scope: &Scope,
    search: &NotificationSearch,
    lists: &[(i64, i64)],
    high: i64,
    limit: usize,
) -> Result<(bool, Vec<NotificationRow>), StoreError> {
    let mut rows: Vec<NotificationRow> = Vec::new();
    let mut lists = lists;
    while !lists.is_empty() && rows.len() < limit {
        let still = values::limit(limit - rows.len());
        let mut sum = 0;
        let short = lists
            .iter()
            .take_while(|(_, length)| {
                sum += length;
                sum <= still
            })
            .count();
        let (together, rest) = lists.split_at(short.max(1));
        lists = rest;
        let ranges: Vec<_> = together.iter().map(|(list, _)| range(*list, high)).collect();
        let mut more = if short == 0 {
            let alone =
                Run { low: ranges[0].0, high: ranges[0].1, ..Run::new(Lead::Range, limit - rows.len()) };
            run(reader, scope, search, &alone).await?
        } else {
            let ranges =
                serde_json::to_string(&ranges).map_err(|_| StoreError::Corrupt("ranges of numbers"))?;
            run(reader, scope, search, &Run { ranges, ..Run::new(Lead::Ranges, limit) }).await?
        };
        more.sort_by_key(|row| Reverse(row.id));
        rows.extend(more);
    }
    Ok((lists.is_empty() && rows.len() < limit, rows))
}

/// The numbers of a list's rows that come after the page before.
fn range(list: i64, high: i64) -> (i64, i64) {
    let (first, end) = ListId(list).bounds();
    (first.0, end.0.min(high))
}

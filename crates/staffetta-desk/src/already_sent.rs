//! Who of a list already got the very same message a few days ago.

use crate::draft_error::DraftError;
use staffetta_domain::limits::MARKDOWN_MIN_OF_IO;
use staffetta_domain::{FlowId, FrozenMessage, ListId, NotificationId, UnixMillis};
use staffetta_store::flows::ListDetail;
use staffetta_store::lists::AlreadySent;
use staffetta_store::{Scope, Store};

/// Rows compared at a time.
const PAGE_ROWS: usize = 2_000;
const DAY_MS: i64 = 24 * 3_600_000;

/// Writes them down, and their number beside the list; `None` where the ente does not ask. That two messages are the
/// same is told by what the citizen reads, values and all: by the hash that IO's copy has in the ledger.
pub(crate) async fn already_sent(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    list: ListId,
    now: UnixMillis,
) -> Result<Option<(i64, i16)>, DraftError> {
    let Some(ente) = store.organization(scope.organization).await? else { return Ok(None) };
    let Some(found) = store.find_flow(scope, flow).await? else { return Ok(None) };
    let columns = found.list.as_ref().filter(|detail| detail.id == list).map(ListDetail::meant_columns);
    let (Some(columns), days @ 1..) = (columns, ente.repeat_days) else { return Ok(None) };
    let message =
        FrozenMessage::new(&found.subject, &found.markdown, columns, found.payment, MARKDOWN_MIN_OF_IO);
    let Ok(message) = message else { return Ok(None) };
    let since = now.plus_ms(-i64::from(days) * DAY_MS);
    for earlier in store.lists_of_same_texts(scope, flow, since).await? {
        let mut after = None;
        loop {
            let page = store.same_persons(list, after, (earlier, since), PAGE_ROWS).await?;
            let Some(next) = next(&page) else { break };
            after = Some(next);
            let same = page.iter().filter(|row| is_same(&message, row));
            let same: Vec<_> = same.map(|row| (row.id, row.earlier)).collect();
            store.add_already_sent(&same).await?;
        }
    }
    let rows = store.count_already_sent(list, days).await?;
    Ok(Some((rows, days)))
}

/// Where the next page begins: what is compared with the last row may not all be on this one.
fn next(page: &[AlreadySent]) -> Option<NotificationId> {
    let last = page.last()?.id;
    let before = page.iter().rev().map(|row| row.id).find(|id| *id < last);
    Some(before.filter(|_| page.len() == PAGE_ROWS).unwrap_or(last))
}

fn is_same(message: &FrozenMessage, row: &AlreadySent) -> bool {
    let Ok(cells) = row.cells.to_vec() else { return false };
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let content = message.content(&cells, row.due_date, row.amount, row.notice_number);
    content.is_ok_and(|content| content.on_terms(row.terms).hash().0[..] == row.content_hash)
}

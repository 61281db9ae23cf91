//! Who of a flow's list already got the same message, as a file: the office's own rows, and when it was.

use crate::export::ExportError;
use staffetta_domain::{FlowId, Phrase};
use staffetta_sheets::{ResultFormat, ResultRow, ResultWriter};
use staffetta_store::lists::AlreadyRow;
use staffetta_store::{Scope, Store};
use staffetta_words::say;
use std::path::Path;
use tokio::sync::mpsc::{self, Receiver};

/// Rows read from the ledger at a time.
const PAGE_ROWS: usize = 2_000;
/// Pages that wait between the ledger and the writer.
const PAGES_WAITING: usize = 2;

/// Writes them as an Excel file; gives their number.
///
/// # Errors
/// See [`ExportError`]; then there is no file, not even a part of one.
pub async fn already_file(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    path: impl AsRef<Path> + Send + 'static,
) -> Result<u64, ExportError> {
    let found = store.find_flow(scope, flow).await?.ok_or(ExportError::NoFlow)?;
    let columns = found.list.map(|list| list.columns).unwrap_or_default();
    let (sender, receiver) = mpsc::channel(PAGES_WAITING);
    let writing = tokio::task::spawn_blocking(move || write(path.as_ref(), &columns, receiver));
    let mut after = None;
    loop {
        let page = store.already_rows(scope, flow, after, PAGE_ROWS).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        // A writer that went away has its own error to tell.
        if sender.send(Some(page)).await.is_err() {
            break;
        }
    }
    // Without the end the file is not kept: a ledger that failed half way leaves none.
    let _ = sender.send(None).await;
    drop(sender);
    writing.await.map_err(|_| ExportError::Writer)?
}

/// Runs in a thread of its own: compressing is work.
fn write(
    path: &Path,
    columns: &[String],
    mut pages: Receiver<Option<Vec<AlreadyRow>>>,
) -> Result<u64, ExportError> {
    let mut writer = ResultWriter::create(path, ResultFormat::Xlsx, columns, say)?;
    let [got, may_have] = ["already-state", "already-state-uncertain"].map(|key| say(&Phrase::new(key)));
    loop {
        let Some(page) = pages.blocking_recv() else { return Err(ExportError::Writer) };
        let Some(rows) = page else { return Ok(writer.finish()?) };
        for row in rows {
            let cells = row.cells.to_vec()?;
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            writer.push(&ResultRow {
                cells: &cells,
                state: if row.tells_uncertain() { &may_have } else { &got },
                handled_at: row.handled_at,
                notification: &row.earlier.to_string(),
                ..ResultRow::default()
            })?;
        }
    }
}

//! The archive as an Excel file: a page of the ledger at a time into a file that grows on the disk.

use crate::email::email_phrase;
use crate::subjects::Subjects;
use staffetta_sheets::{ArchiveRow, ArchiveWriter, WriteError};
use staffetta_store::notifications::{NotificationPage, NotificationRow, NotificationSearch};
use staffetta_store::{Scope, Store, StoreError};
use std::path::Path;
use std::sync::Arc;
use tokio::sync::mpsc::{self, Receiver};

/// Rows read from the ledger at a time.
const PAGE_ROWS: usize = 2_000;
/// Pages that wait between the ledger and the writer.
const PAGES_WAITING: usize = 2;

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The flow is not there, or not this person's.
    #[error("no such flow")]
    NoFlow,
    /// The file cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The ledger.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The writing thread stopped: a fault of the program.
    #[error("the writing of the file stopped unexpectedly")]
    Writer,
}

/// Writes all notifications that a search finds; gives their number.
///
/// # Errors
/// See [`ExportError`]; then there is no file, not even a part of one.
pub async fn export_notifications(
    store: &Arc<Store>,
    scope: &Scope,
    search: &NotificationSearch,
    path: impl AsRef<Path> + Send + 'static,
) -> Result<u64, ExportError> {
    let (sender, receiver) = mpsc::channel(PAGES_WAITING);
    let writing = writer(path, receiver);
    let mut after = None;
    loop {
        let page = store.search_notifications(scope, search, after, PAGE_ROWS).await?;
        let Some(last) = page.rows.last() else { break };
        after = Some(last.cursor());
        // A writer that went away has its own error to tell.
        if sender.send(Piece::Page(page)).await.is_err() {
            break;
        }
    }
    finish(sender, writing).await
}

/// What is handed to the writer. Without the end the file is not kept: a ledger that failed half way
/// leaves none.
enum Piece {
    Page(NotificationPage),
    End,
}

type Writing = tokio::task::JoinHandle<Result<u64, ExportError>>;

async fn finish(sender: mpsc::Sender<Piece>, writing: Writing) -> Result<u64, ExportError> {
    let _ = sender.send(Piece::End).await;
    drop(sender);
    writing.await.map_err(|_| ExportError::Writer)?
}

/// Runs in a thread of its own: compressing is work. It outlives whoever asked for the file and went away, and so must
/// what holds the file's place.
fn writer(path: impl AsRef<Path> + Send + 'static, mut pieces: Receiver<Piece>) -> Writing {
    tokio::task::spawn_blocking(move || {
        let mut archive = ArchiveWriter::create(path.as_ref(), staffetta_words::say)?;
        let mut subjects = Subjects::default();
        loop {
            match pieces.blocking_recv() {
                Some(Piece::Page(page)) => {
                    for row in &page.rows {
                        push(&mut archive, &mut subjects, row, &page)?;
                    }
                }
                Some(Piece::End) => return Ok(archive.finish()?),
                None => return Err(ExportError::Writer),
            }
        }
    })
}

fn push(
    archive: &mut ArchiveWriter,
    subjects: &mut Subjects,
    row: &NotificationRow,
    page: &NotificationPage,
) -> Result<(), ExportError> {
    let subject = subjects.of(row, page)?;
    let reason = row.reason.map(|reason| staffetta_words::say(&reason.phrase())).unwrap_or_default();
    let of_flow = || page.flows.get(&row.flow?)?.reference.as_deref();
    let reference = row.reference.as_deref().or_else(of_flow);
    let email = email_phrase(row).map(|phrase| staffetta_words::say(&phrase)).unwrap_or_default();
    archive.push(&ArchiveRow {
        date: row.handled_at.or(row.created_at),
        fiscal_code: row.fiscal_code.as_str(),
        subject: &subject,
        service: &row.service_name,
        flow: row.flow.map(|flow| flow.0),
        state: &staffetta_words::say(&row.state.phrase()),
        reason: &reason,
        email_status: &email,
        io_message_id: row.io_message_id.as_deref().unwrap_or_default(),
        notice_number: row.notice_number.as_ref().map(|number| number.as_str()).unwrap_or_default(),
        amount_cents: row.amount.map(|amount| amount.cents()),
        reference: reference.unwrap_or_default(),
        test: &row.test_of.map(|_| staffetta_words::text("test-badge")).unwrap_or_default(),
    })?;
    Ok(())
}

//! The office's file goes into the ledger and comes back, part by part.

use crate::draft_error::DraftError;
use crate::office_file::OfficeFile;
use staffetta_domain::{DraftFileId, FlowId, UnixMillis};
use staffetta_store::draft_files::{DraftFile, FileShape, PART_BYTES};
use staffetta_store::{Scope, Store};
use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Parts that wait between the disk and the ledger.
const PARTS_WAITING: usize = 1;

/// Keeps a file with its flow; `None` if the flow takes none any more.
pub(crate) async fn keep(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    file: OfficeFile,
    (file_name, shape): (&str, &FileShape),
    now: UnixMillis,
) -> Result<Option<DraftFileId>, DraftError> {
    let begun = store.begin_file(scope, flow, file_name, &shape.columns, now).await?;
    let Some(kept) = begun else { return Ok(None) };
    store.describe_file(kept, shape).await?;
    if !keep_parts(store, scope, kept, file).await? {
        return Ok(None);
    }
    Ok(store.finish_file(scope, kept).await?.then_some(kept))
}

/// Keeps the parts of a file that was begun; `false` if its flow takes none any more. Unless all are kept it is given up.
pub(crate) async fn keep_parts(
    store: &Store,
    scope: &Scope,
    kept: DraftFileId,
    file: OfficeFile,
) -> Result<bool, DraftError> {
    let (sender, mut parts) = mpsc::channel(PARTS_WAITING);
    let reading = tokio::task::spawn_blocking(move || {
        let mut file = file.at_start()?;
        loop {
            let part = read_part(&mut file)?;
            // A ledger that takes no more has its own reason to tell.
            if part.is_empty() || sender.blocking_send(part).is_err() {
                return Ok(());
            }
        }
    });
    let written = write_parts(store, scope, kept, &mut parts).await;
    drop(parts);
    let read: Result<(), io::Error> = reading.await?;
    let finished = match (written, read) {
        (Ok(true), Ok(())) => return Ok(true),
        (Ok(false), _) => Ok(false),
        (Err(error), _) => Err(error),
        (Ok(true), Err(error)) => Err(error.into()),
    };
    // The first failure is the one to tell; what this leaves is swept later.
    let _ = store.abandon_file(scope, kept).await;
    finished
}

async fn write_parts(
    store: &Store,
    scope: &Scope,
    file: DraftFileId,
    parts: &mut mpsc::Receiver<Vec<u8>>,
) -> Result<bool, DraftError> {
    while let Some(part) = parts.recv().await {
        if !store.add_file_part(scope, file, &part).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn read_part(file: &mut File) -> io::Result<Vec<u8>> {
    let mut part = Vec::with_capacity(PART_BYTES);
    file.take(PART_BYTES as u64).read_to_end(&mut part)?;
    Ok(part)
}

/// The kept file as a temporary one without a name; `None` if it is no more the flow's.
pub(crate) async fn spool(
    store: &Store,
    scope: &Scope,
    kept: &DraftFile,
) -> Result<Option<OfficeFile>, DraftError> {
    let (sender, mut parts) = mpsc::channel::<Vec<u8>>(PARTS_WAITING);
    let writing = tokio::task::spawn_blocking(move || {
        let mut file = tempfile::tempfile()?;
        while let Some(part) = parts.blocking_recv() {
            file.write_all(&part)?;
        }
        Ok::<_, io::Error>(file)
    });
    for position in 1..=kept.parts {
        let Some(part) = store.file_part(scope, kept.id, position).await? else { return Ok(None) };
        // A disk that is full has its own error to tell.
        if sender.send(part).await.is_err() {
            break;
        }
    }
    drop(sender);
    Ok(Some(OfficeFile::Unnamed(Arc::new(writing.await??))))
}

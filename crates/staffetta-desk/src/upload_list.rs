//! The office's file arrives for a draft.

use crate::check_list::ListError;
use crate::draft_error::DraftError;
use crate::draft_text::kept;
use crate::keep_file::keep;
use crate::list_read::ListRead;
use crate::message::Message;
use crate::office_file::OfficeFile;
use crate::read_list::{Reading, find_draft};
use staffetta_domain::{Columns, FlowId, UnixMillis};
use staffetta_sheets::Sheet;
use staffetta_store::{Scope, Store};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// A file that was uploaded.
#[derive(Clone, Copy, Debug)]
pub struct Upload<'a> {
    /// Where it is, until the use case returns.
    pub path: &'a Path,
    /// Its name, as the office knows it.
    pub file_name: &'a str,
    /// Whether the good rows go on without the wrong ones.
    pub accept_valid: bool,
}

/// Keeps a file with its draft, in place of the one that it had, and reads it as
/// [`read_list`](crate::read_list) does. A file that can be no list, whatever the message, is not kept: what
/// was there stays.
///
/// # Errors
/// See [`DraftError`]; then nothing was changed.
pub async fn upload_list(
    store: &Arc<Store>,
    scope: &Scope,
    flow: FlowId,
    upload: Upload<'_>,
    now: UnixMillis,
) -> Result<ListRead, DraftError> {
    find_draft(store, scope, flow).await?;
    let file = OfficeFile::Named(upload.path.to_owned());
    let columns = match columns(file.clone()).await? {
        Ok(columns) => columns,
        Err(ListError::Sheet(error)) => return Ok(ListRead::Sheet(error)),
        Err(ListError::Plan(problems)) => return Ok(ListRead::Plan(problems)),
    };
    let file_name = kept(upload.file_name);
    let Some(id) = keep(store, scope, flow, file.clone(), (&file_name, &columns), now).await? else {
        return Err(DraftError::NoDraft);
    };
    let draft = find_draft(store, scope, flow).await?;
    if draft.file != Some(id) {
        // Somebody else's came after it.
        return Ok(ListRead::Moved);
    }
    let message = Message::of_flow(store, scope, &draft).await?.ok_or(DraftError::NoDraft)?;
    if let Some(early) = ListRead::before_rows(&message, &columns) {
        return Ok(early);
    }
    let accept_valid = upload.accept_valid;
    Reading { store, scope, draft: &draft, message, accept_valid, now }.take(file, &file_name).await
}

/// Names of the columns of a file that has rows, in a thread of its own; the outer error is a fault of the
/// program.
async fn columns(file: OfficeFile) -> Result<Result<Vec<String>, ListError>, DraftError> {
    let reading = tokio::task::spawn_blocking(move || {
        let mut sheet = Sheet::from_file(file.at_start()?).map_err(ListError::Sheet)?;
        let columns = Columns::from_header(sheet.header()).map_err(ListError::Plan)?;
        sheet.for_each_row(|_, _| ControlFlow::Break(())).map_err(ListError::Sheet)?;
        Ok(columns.names().map(str::to_owned).collect())
    });
    Ok(reading.await?)
}

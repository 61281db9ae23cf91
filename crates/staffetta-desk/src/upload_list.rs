//! The office's file arrives for a draft.

use crate::check_list::ListError;
use crate::draft_error::DraftError;
use crate::draft_text::kept;
use crate::how_to_read::{HowToRead, columns_hash};
use crate::keep_file::keep;
use crate::list_read::ListRead;
use crate::look_into::look_into;
use crate::message::Message;
use crate::office_file::OfficeFile;
use crate::read_list::{Reading, find_draft};
use staffetta_domain::{FlowId, UnixMillis};
use staffetta_store::{Scope, Store};
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
    let before = find_draft(store, scope, flow).await?;
    let file = OfficeFile::Named(upload.path.to_owned());
    let looking = file.clone();
    let mut shape = match tokio::task::spawn_blocking(move || look_into(&looking, None)).await? {
        Ok(shape) => shape,
        Err(ListError::Sheet(error)) => return Ok(ListRead::Sheet(error)),
        Err(ListError::Plan(problems)) => return Ok(ListRead::Plan(problems)),
    };
    let names = columns_hash(&shape.columns);
    shape.meanings = store.remembered_meanings(scope, before.summary.service, &names).await?;
    let file_name = kept(upload.file_name);
    let Some(id) = keep(store, scope, flow, file.clone(), (&file_name, &shape), now).await? else {
        return Err(DraftError::NoDraft);
    };
    let draft = find_draft(store, scope, flow).await?;
    let Some(kept) = store.draft_file(scope, flow).await?.filter(|kept| kept.id == id) else {
        // Somebody else's came after it.
        return Ok(ListRead::Moved);
    };
    if draft.revision != Some(kept.revision) {
        return Ok(ListRead::Moved);
    }
    let message = Message::of_flow(store, scope, &draft).await?.ok_or(DraftError::NoDraft)?;
    let message = message.reading(HowToRead::of_draft(store, scope, flow, &kept, now).await?);
    if let Some(early) = ListRead::before_rows(&message, &kept.columns) {
        return Ok(early);
    }
    let accept_valid = upload.accept_valid;
    Reading { store, scope, draft: &draft, message, accept_valid, now }.take(file, &file_name).await
}

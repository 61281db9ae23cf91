//! *Lasciali fuori*: the rows whose person already got the same message go out of a draft's list, as those do whom an
//! excluding file names.

use crate::draft_error::DraftError;
use crate::excluded::Excluded;
use crate::keep_file::keep_parts;
use crate::office_file::OfficeFile;
use crate::read_list::find_draft;
use staffetta_domain::{FlowId, Phrase, UnixMillis};
use staffetta_store::draft_files::ExcludedBy;
use staffetta_store::{Scope, Store};
use staffetta_words::say;
use std::io::{self, BufWriter};
use std::sync::Arc;

/// Rows read from the ledger at a time.
const PAGE_ROWS: usize = 2_000;

/// Leaves them out, beside those that were left out before; gives how many these are, which are none of an uncertain
/// outcome. The list is to be read again after it.
///
/// # Errors
/// See [`DraftError`]; then nothing was changed.
pub async fn leave_out_already_sent(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    now: UnixMillis,
) -> Result<u64, DraftError> {
    find_draft(store, scope, flow).await?;
    let mut excluded = match store.excluded_rows(scope, flow).await? {
        Some(before) => Excluded::kept(store, scope, &before).await?,
        None => Excluded::no_rows(),
    };
    let (mut after, mut rows) = (None, 0);
    loop {
        let page = store.already_rows(scope, flow, after, PAGE_ROWS).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        // Whom the message may not have reached is not left out of it by this.
        let got: Vec<_> = page.iter().filter(|row| !row.uncertain).map(|row| &row.cells).collect();
        rows += got.len() as u64;
        excluded.add_rows(got.into_iter());
    }
    if rows == 0 {
        return Ok(0);
    }
    let named = i64::try_from(excluded.len()).unwrap_or(i64::MAX);
    let hashes = tokio::task::spawn_blocking(move || {
        let mut hashes = BufWriter::new(tempfile::tempfile()?);
        excluded.write(&mut hashes)?;
        hashes.into_inner().map_err(io::IntoInnerError::into_error)
    });
    let hashes = OfficeFile::Unnamed(Arc::new(hashes.await??));
    let name = say(&Phrase::new("already-file-name"));
    let id = store.begin_file(scope, flow, &name, &[], now).await?.ok_or(DraftError::NoDraft)?;
    store.name_exclusion(id, ExcludedBy::Row, (named, 0)).await?;
    let whole = keep_parts(store, scope, id, hashes).await?;
    if !whole || !store.finish_exclusion(scope, flow, (id, ExcludedBy::Row)).await? {
        return Err(DraftError::NoDraft);
    }
    Ok(rows)
}

//! A second file arrives for a draft: those who are not to be written to, because they have paid already.

use crate::draft_error::DraftError;
use crate::draft_text::kept;
use crate::excluded::{Excluded, NamesNobody};
use crate::keep_file::keep_parts;
use crate::office_file::OfficeFile;
use crate::read_list::find_draft;
use crate::upload_list::Upload;
use staffetta_domain::{FlowId, Phrase, UnixMillis};
use staffetta_sheets::{Sheet, SheetError};
use staffetta_store::draft_files::ExcludedBy;
use staffetta_store::{Scope, Store};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::sync::Arc;

/// What came of an excluding file.
#[derive(Debug)]
pub enum ExclusionRead {
    /// The list is read without those whom it names.
    Kept {
        /// By what the files are compared.
        by: ExcludedBy,
        /// It has both columns: notice numbers count.
        both: bool,
    },
    /// It is no list.
    Sheet(SheetError),
    /// It has neither fiscal codes nor notice numbers.
    NoColumn,
    /// None of its rows could be read.
    NoRows,
}

impl ExclusionRead {
    /// What is said: what happened, and what to do.
    #[must_use]
    pub fn phrases(&self) -> (Phrase, Option<Phrase>) {
        match self {
            Self::Kept { both: true, .. } => (Phrase::new("exclusion-kept-both"), None),
            Self::Kept { by: ExcludedBy::NoticeNumber, .. } => (Phrase::new("exclusion-kept-notice"), None),
            Self::Kept { by: ExcludedBy::FiscalCode | ExcludedBy::Row, .. } => {
                (Phrase::new("exclusion-kept-code"), None)
            }
            Self::Sheet(error) => (error.phrase(), Some(error.remedy())),
            Self::NoColumn => {
                (Phrase::new("exclusion-no-column"), Some(Phrase::new("exclusion-no-column-remedy")))
            }
            Self::NoRows => (Phrase::new("exclusion-no-rows"), Some(Phrase::new("exclusion-no-rows-remedy"))),
        }
    }
}

/// Keeps whom a file names with a draft, in place of those before; nothing else of the file is kept. The list is to be
/// read again after it.
///
/// # Errors
/// See [`DraftError`]; then nothing was changed.
pub async fn upload_exclusion(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    upload: Upload<'_>,
    now: UnixMillis,
) -> Result<ExclusionRead, DraftError> {
    find_draft(store, scope, flow).await?;
    let path = upload.path.to_owned();
    let reading = tokio::task::spawn_blocking(move || {
        let sheet = Sheet::from_file(File::open(path)?).map_err(NamesNobody::Sheet);
        let read = match sheet.and_then(Excluded::read) {
            Ok(read) => read,
            Err(nobody) => return Ok::<_, DraftError>(Err(nobody)),
        };
        let mut hashes = BufWriter::new(tempfile::tempfile()?);
        read.excluded.write(&mut hashes)?;
        hashes.flush()?;
        let hashes = hashes.into_inner().map_err(|error| error.into_error())?;
        Ok(Ok((read, OfficeFile::Unnamed(Arc::new(hashes)))))
    });
    let (read, hashes) = match reading.await?? {
        Ok(read) => read,
        Err(NamesNobody::Sheet(error)) => return Ok(ExclusionRead::Sheet(error)),
        Err(NamesNobody::NoColumn) => return Ok(ExclusionRead::NoColumn),
        Err(NamesNobody::NoRows) => return Ok(ExclusionRead::NoRows),
    };
    let begun = store.begin_file(scope, flow, &kept(upload.file_name), &[], now).await?;
    let id = begun.ok_or(DraftError::NoDraft)?;
    let count = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    let rows = (count(read.excluded.len() as u64), count(read.unread));
    store.name_exclusion(id, read.excluded.by(), rows).await?;
    let whole = keep_parts(store, scope, id, hashes).await?;
    if !whole || !store.finish_exclusion(scope, flow, (id, read.excluded.by())).await? {
        return Err(DraftError::NoDraft);
    }
    Ok(ExclusionRead::Kept { by: read.excluded.by(), both: read.both })
}

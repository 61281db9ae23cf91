//! A draft's file is read in another way: another sheet, other meanings of its columns, a cell put right.
//!
//! Nothing here reads the rows again: that is asked for after it.

use crate::check_list::ListError;
use crate::draft_error::DraftError;
use crate::how_to_read::columns_hash;
use crate::keep_file::spool;
use crate::look_into::look_into;
use crate::read_list::find_draft;
use staffetta_domain::problem::shortened;
use staffetta_domain::{DraftFileId, FlowId, Meaning, Phrase, UnixMillis};
use staffetta_store::draft_files::{CELLS_MAX, CellFix, DraftFile};
use staffetta_store::{Scope, Store};

/// Most characters of a cell that is put right.
const VALUE_MAX: usize = 2_000;

/// Why a cell was not put right.
#[derive(Debug, thiserror::Error)]
pub enum NotFixed {
    /// The file was replaced, or is read in another way, since the person saw it.
    #[error("the file is another one by now")]
    Moved,
    /// It has no such line or column.
    #[error("the file has no such cell")]
    NoCell,
    /// The value is too long.
    #[error("the value is too long")]
    TooLong,
    /// As many cells as can be put right one by one.
    #[error("too many cells were put right")]
    TooMany,
    /// Anything else.
    #[error(transparent)]
    Draft(#[from] DraftError),
}

impl NotFixed {
    /// What happened, and what to do.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Moved => Phrase::new("fix-moved"),
            Self::NoCell => Phrase::new("fix-no-cell"),
            Self::TooLong => Phrase::new("fix-too-long").with("max", VALUE_MAX),
            Self::TooMany => Phrase::new("fix-too-many").with("max", CELLS_MAX),
            Self::Draft(error) => error.phrase(),
        }
    }
}

async fn kept(store: &Store, scope: &Scope, flow: FlowId) -> Result<DraftFile, DraftError> {
    find_draft(store, scope, flow).await?;
    store.draft_file(scope, flow).await?.ok_or(DraftError::NoDraft)
}

/// Has another sheet of the workbook read; `false` if it has none of this name with data.
///
/// # Errors
/// See [`DraftError`]; then nothing was changed.
pub async fn choose_sheet(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    sheet: &str,
) -> Result<bool, DraftError> {
    let kept = kept(store, scope, flow).await?;
    let service = find_draft(store, scope, flow).await?.summary.service;
    if !kept.sheets.iter().any(|name| name == sheet) {
        return Ok(false);
    }
    let file = spool(store, scope, &kept).await?.ok_or(DraftError::NoDraft)?;
    let asked = sheet.to_owned();
    let looking = tokio::task::spawn_blocking(move || look_into(&file, Some(&asked)));
    let mut shape = match looking.await? {
        Ok(shape) => shape,
        Err(ListError::Sheet(_) | ListError::Plan(_)) => return Ok(false),
    };
    shape.meanings = store.remembered_meanings(scope, service, &columns_hash(&shape.columns)).await?;
    Ok(store.choose_sheet(scope, kept.id, &shape).await?)
}

/// Keeps what each column means, in the order of the file; `false` if they are not as many as its columns.
///
/// # Errors
/// See [`DraftError`]; then nothing was changed.
pub async fn choose_columns(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    (meanings, invalid_after_due_date): (Vec<Option<Meaning>>, bool),
    now: UnixMillis,
) -> Result<bool, DraftError> {
    let kept = kept(store, scope, flow).await?;
    if meanings.len() != kept.columns.len() {
        return Ok(false);
    }
    let hash = columns_hash(&kept.columns);
    let chosen = (&hash[..], &Some(meanings), invalid_after_due_date);
    Ok(store.choose_meanings(scope, kept.id, chosen, now).await?)
}

/// Puts a cell right, in the file that the person saw.
///
/// # Errors
/// See [`NotFixed`]; then nothing was changed.
pub async fn fix_cell(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    (file, line, column, value): (DraftFileId, i64, &str, &str),
    now: UnixMillis,
) -> Result<(), NotFixed> {
    let kept = kept(store, scope, flow).await?;
    if kept.id != file {
        return Err(NotFixed::Moved);
    }
    let position = kept.columns.iter().position(|name| name == column);
    let position = position.and_then(|position| i16::try_from(position).ok());
    let (Some(position), true) = (position, line > 1) else { return Err(NotFixed::NoCell) };
    if value.chars().count() > VALUE_MAX {
        return Err(NotFixed::TooLong);
    }
    let fix = CellFix { line, position, value: value.trim().to_owned(), inherited: false };
    let about = format!("{line}, {}", shortened(column));
    if store.fix_cell(scope, kept.id, &fix, &about, now).await.map_err(DraftError::from)? {
        return Ok(());
    }
    let now = store.draft_file(scope, flow).await.map_err(DraftError::from)?;
    Err(if now.is_some_and(|now| now.id == kept.id) { NotFixed::TooMany } else { NotFixed::Moved })
}

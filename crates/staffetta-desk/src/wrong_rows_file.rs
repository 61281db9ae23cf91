//! *Righe scartate* as an Excel file, to be corrected in the office.

use crate::check_list::{ListError, ListRules, SeenRow, check_list};
use crate::create_flow::{CreateError, FlowRequest, prepare};
use crate::draft_error::DraftError;
use crate::how_to_read::HowToRead;
use crate::keep_file::spool;
use crate::list_report::NamedProblem;
use crate::message::Message;
use crate::office_file::OfficeFile;
use staffetta_domain::{FlowId, ListId, Phrase, PlanProblem, UnixMillis};
use staffetta_sheets::{SheetError, WriteError, WrongRow, WrongRowsWriter};
use staffetta_store::{Scope, Store, StoreError};
use staffetta_words::say;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Rows read from the ledger at a time.
const PAGE_ROWS: usize = 2_000;
/// Pages that wait between the ledger and the writer.
const PAGES_WAITING: usize = 1;

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum WrongRowsError {
    /// The flow is not there, not this person's, or has neither a file nor a list.
    #[error("no such flow, or nothing was read for it")]
    NoList,
    /// The office's file was replaced meanwhile.
    #[error("the file was replaced meanwhile")]
    Moved,
    /// The office's file is not a list.
    #[error("the office's file: {0}")]
    Sheet(SheetError),
    /// The message and the list do not fit together: no row was judged.
    #[error("the message and the list do not fit together")]
    Plan(Vec<PlanProblem>),
    /// The file cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Anything else.
    #[error(transparent)]
    Draft(#[from] DraftError),
}

impl WrongRowsError {
    /// What is said: what happened, and what to do, in pairs.
    #[must_use]
    pub fn phrases(&self) -> Vec<(Phrase, Option<Phrase>)> {
        match self {
            Self::NoList => vec![(Phrase::new("list-no-file"), None)],
            Self::Moved => vec![(Phrase::new("list-moved"), None)],
            Self::Sheet(error) => vec![(error.phrase(), Some(error.remedy()))],
            Self::Plan(problems) => {
                problems.iter().map(|problem| (problem.phrase(), Some(problem.remedy()))).collect()
            }
            Self::Write(error) => vec![(error.phrase(), Some(error.remedy()))],
            Self::Draft(error) => vec![(error.phrase(), None)],
        }
    }
}

impl From<StoreError> for WrongRowsError {
    fn from(error: StoreError) -> Self {
        Self::Draft(error.into())
    }
}

impl From<tokio::task::JoinError> for WrongRowsError {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Draft(error.into())
    }
}

impl From<ListError> for WrongRowsError {
    fn from(error: ListError) -> Self {
        match error {
            ListError::Sheet(error) => Self::Sheet(error),
            ListError::Plan(problems) => Self::Plan(problems),
        }
    }
}

/// Writes the wrong rows of a draft's file, all of them, whether they were accepted or not; or, where the
/// file went with the activation, those that the ledger kept. Gives their number.
///
/// # Errors
/// See [`WrongRowsError`]; then there is no file, not even a part of one.
pub async fn wrong_rows_file(
    store: &Arc<Store>,
    scope: &Scope,
    flow: FlowId,
    now: UnixMillis,
    path: impl AsRef<Path> + Send + 'static,
) -> Result<u64, WrongRowsError> {
    let found = store.find_flow(scope, flow).await?.ok_or(WrongRowsError::NoList)?;
    if let Some(kept) = store.draft_file(scope, flow).await? {
        let message = Message::of_flow(store, scope, &found).await?.ok_or(WrongRowsError::NoList)?;
        let file = spool(store, scope, &kept).await?.ok_or(WrongRowsError::Moved)?;
        let message = message.reading(HowToRead::of_draft(store, scope, flow, &kept, now).await?);
        return tokio::task::spawn_blocking(move || judge(&file, &message.rules, path.as_ref())).await?;
    }
    let list = found.summary.list.ok_or(WrongRowsError::NoList)?;
    recorded(store, scope, list, path).await
}

/// Writes what is wrong in the file of a flow that is asked for, all of it, whether the flow was made or not;
/// gives the number of problems. The file is read once more: however many they are, memory does not grow.
///
/// # Errors
/// See [`CreateError`]; then there is no file, not even a part of one.
pub async fn wrong_rows_of_request(
    store: &Store,
    scope: &Scope,
    request: FlowRequest<'_>,
    now: UnixMillis,
    path: &Path,
) -> Result<u64, CreateError> {
    let (_, message) = prepare(store, scope, &request, now).await?;
    let (file, path) = (OfficeFile::Named(request.file.to_owned()), path.to_owned());
    let judging = tokio::task::spawn_blocking(move || judge(&file, &message.rules, &path));
    judging.await.map_err(|_| CreateError::Reader)?
}

/// Reads the office's file again and writes what is wrong as it comes.
fn judge<E>(file: &OfficeFile, rules: &ListRules, path: &Path) -> Result<u64, E>
where
    E: From<ListError> + From<WriteError>,
{
    let mut writer = WrongRowsWriter::create(path, say)?;
    let mut failed = None;
    check_list(
        file.at_start().map_err(ListError::from)?,
        rules,
        |_| ControlFlow::Continue(()),
        |_, seen| {
            if let SeenRow::Wrong { problems, .. } = seen {
                failed = problems.iter().try_for_each(|problem| push(&mut writer, problem)).err();
            }
            if failed.is_none() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    )?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    Ok(writer.finish()?)
}

fn push(writer: &mut WrongRowsWriter, problem: &NamedProblem) -> Result<(), WriteError> {
    writer.push(&WrongRow {
        line: problem.line,
        column: problem.column.as_deref().unwrap_or_default(),
        value: &problem.value,
        reason: &say(&problem.reason),
        remedy: &say(&problem.remedy),
    })
}

/// Writes the wrong rows that the ledger kept, a page at a time. Without the end the file is not kept.
async fn recorded(
    store: &Store,
    scope: &Scope,
    list: ListId,
    path: impl AsRef<Path> + Send + 'static,
) -> Result<u64, WrongRowsError> {
    let (sender, mut pages) = mpsc::channel::<Option<Vec<NamedProblem>>>(PAGES_WAITING);
    let writing = tokio::task::spawn_blocking(move || {
        let mut writer = WrongRowsWriter::create(path.as_ref(), say)?;
        while let Some(page) = pages.blocking_recv() {
            let Some(page) = page else { return Ok(writer.finish()?) };
            page.iter().try_for_each(|problem| push(&mut writer, problem))?;
        }
        Err(WrongRowsError::Draft(DraftError::Reader))
    });
    let mut after = None;
    loop {
        let page = store.wrong_rows(scope, list, after, PAGE_ROWS).await?;
        let Some(last) = page.last() else { break };
        after = Some((last.line, last.position));
        // A writer that went away has its own error to tell.
        if sender.send(Some(page.into_iter().map(named).collect())).await.is_err() {
            break;
        }
    }
    let _ = sender.send(None).await;
    drop(sender);
    writing.await?
}

fn named(row: staffetta_store::lists::WrongRow) -> NamedProblem {
    NamedProblem {
        line: u64::try_from(row.line).unwrap_or(0),
        column: row.column_name,
        may_be_fixed: false,
        value: row.value,
        reason: row.reason,
        remedy: row.remedy,
    }
}

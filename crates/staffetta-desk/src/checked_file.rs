//! The office's own file with what is wrong beside each row, as an Excel file.

use crate::check_list::{ListError, ListRules, SeenRow, check_list};
use crate::how_to_read::HowToRead;
use crate::keep_file::spool;
use crate::list_report::NamedProblem;
use crate::message::Message;
use crate::office_file::OfficeFile;
use crate::wrong_rows_file::WrongRowsError;
use staffetta_domain::{FlowId, UnixMillis};
use staffetta_sheets::{CheckedListWriter, WriteError};
use staffetta_store::{Scope, Store};
use staffetta_words::say;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// Writes all rows of a draft's file as they are read, with the cells that were put right, what is wrong with each row
/// or why it is left out, and what to do. Gives their number.
///
/// # Errors
/// See [`WrongRowsError`]; then there is no file, not even a part of one.
pub async fn checked_file(
    store: &Arc<Store>,
    scope: &Scope,
    flow: FlowId,
    now: UnixMillis,
    path: impl AsRef<Path> + Send + 'static,
) -> Result<u64, WrongRowsError> {
    let found = store.find_flow(scope, flow).await?.ok_or(WrongRowsError::NoList)?;
    let kept = store.draft_file(scope, flow).await?.ok_or(WrongRowsError::NoList)?;
    let message = Message::of_flow(store, scope, &found).await?.ok_or(WrongRowsError::NoList)?;
    let message = message.reading(HowToRead::of_draft(store, scope, flow, &kept, now).await?);
    let file = spool(store, scope, &kept).await?.ok_or(WrongRowsError::Moved)?;
    tokio::task::spawn_blocking(move || write(&file, &message.rules, &kept.columns, path.as_ref())).await?
}

fn write(
    file: &OfficeFile,
    rules: &ListRules,
    columns: &[String],
    path: &Path,
) -> Result<u64, WrongRowsError> {
    let mut writer = CheckedListWriter::create(path, columns, say)?;
    let mut failed = None;
    check_list(
        file.at_start().map_err(ListError::from)?,
        rules,
        |_| ControlFlow::Continue(()),
        |line, seen| {
            failed = push(&mut writer, line, &seen).err();
            if failed.is_none() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    )?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    Ok(writer.finish()?)
}

fn push(writer: &mut CheckedListWriter, line: u64, seen: &SeenRow<'_>) -> Result<(), WriteError> {
    match seen {
        SeenRow::Good { cells, .. } => writer.push(line, cells, "", ""),
        SeenRow::LeftOut { cells, why, .. } => writer.push(line, cells, &say(why), ""),
        SeenRow::Wrong { cells, problems, .. } => {
            let all = |words: &dyn Fn(&NamedProblem) -> String| -> String {
                problems.iter().map(words).collect::<Vec<_>>().join(" ")
            };
            let reasons = all(&|problem| match &problem.column {
                Some(column) => format!("{column}: {}", say(&problem.reason)),
                None => say(&problem.reason),
            });
            writer.push(line, cells, &reasons, &all(&|problem| say(&problem.remedy)))
        }
    }
}

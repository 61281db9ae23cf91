//! The rows of a checked file go into the ledger, a group at a time.

use crate::check_list::{ListError, ListRules, SeenRow, check_list};
use crate::list_report::{ListReport, ProblemKind};
use crate::message::Message;
use crate::office_file::OfficeFile;
use staffetta_domain::limits::WRONG_ROWS_KEPT;
use staffetta_domain::{CheckedRow, Expedition, FlowId, ListId, UnixMillis};
use staffetta_store::draft_files::Meanings;
use staffetta_store::expeditions::Starts;
use staffetta_store::lists::{Cells, FlowSeen, ListFacts, NewRow, WrongRow};
use staffetta_store::{Scope, Store, StoreError};
use std::ops::ControlFlow;
use std::sync::Arc;
use tokio::sync::mpsc::{self, Receiver, Sender};

/// Rows written in one transaction: the write lock is short and memory small.
const GROUP_ROWS: usize = 5_000;
/// Bytes of cells after which a group of fewer rows is written, too.
const GROUP_BYTES: usize = 4 * 1024 * 1024;
/// Groups that wait between the reader and the ledger.
const GROUPS_WAITING: usize = 1;

/// What the reader hands to the ledger.
enum Piece {
    Opened(Vec<String>, Meanings),
    Rows(Vec<NewRow>),
    Wrong(Vec<WrongRow>),
}

/// What came of an import.
pub(crate) enum Imported {
    /// The list is the flow's.
    Done(ListId),
    /// The flow is no more being prepared, or got another list, message or file meanwhile: nothing was changed.
    FlowMoved,
    /// The file is not what was checked before: it was changed while it was read.
    FileChanged,
}

/// Where the rows go.
pub(crate) struct Target<'a> {
    pub(crate) store: &'a Arc<Store>,
    pub(crate) scope: &'a Scope,
    pub(crate) flow: FlowId,
    pub(crate) seen: FlowSeen,
    pub(crate) file_name: &'a str,
    pub(crate) now: UnixMillis,
}

/// Reads the file again and writes its rows; `checked` is what the first reading found.
pub(crate) async fn import(
    target: Target<'_>,
    file: OfficeFile,
    message: &Message,
    checked: &ListReport,
    progress: impl Fn(u64) + Send + 'static,
) -> Result<Imported, ImportError> {
    let (sender, receiver) = mpsc::channel(GROUPS_WAITING);
    let rules = message.rules.clone();
    let reading = tokio::task::spawn_blocking(move || read(&file, &rules, sender, &progress));
    let written = write(&target, receiver).await;
    let report = reading.await.map_err(|_| ImportError::Reader)?;
    let Some(list) = written? else { return Ok(Imported::FlowMoved) };
    let report = match report {
        Ok(report) => report,
        Err(error) => {
            target.store.abandon_list(target.scope, list).await?;
            return Err(ImportError::List(error));
        }
    };
    if report.sameness != checked.sameness || report.wrong_rows != checked.wrong_rows {
        target.store.abandon_list(target.scope, list).await?;
        return Ok(Imported::FileChanged);
    }
    let facts = facts(&report)?;
    let sameness = message.sameness(checked);
    let kinds: Vec<(String, i64)> = report.kinds.iter().map(problem_kind).collect();
    target.store.note_problems(list, &kinds).await?;
    if !report.starts.is_empty() {
        let starts: Starts = report.starts.iter().map(start).collect();
        target.store.note_starts(list, &starts).await?;
    }
    let done = target.store.finish_list(target.scope, list, facts, &sameness, target.seen).await?;
    Ok(if done { Imported::Done(list) } else { Imported::FlowMoved })
}

/// Why an import failed.
#[derive(Debug)]
pub(crate) enum ImportError {
    List(ListError),
    Store(StoreError),
    Reader,
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

fn problem_kind(kind: &ProblemKind) -> (String, i64) {
    (kind.key.clone(), i64::try_from(kind.count).unwrap_or(i64::MAX))
}

fn start((day, rows): (&Option<Expedition>, &u64)) -> (Option<Expedition>, i64) {
    (*day, i64::try_from(*rows).unwrap_or(i64::MAX))
}

fn facts(report: &ListReport) -> Result<ListFacts, StoreError> {
    let count = |n: u64| i64::try_from(n).map_err(|_| StoreError::ListTooLong);
    Ok(ListFacts {
        wrong_rows: count(report.wrong_rows)?,
        repaired_rows: count(report.repaired_rows)?,
        same_rows: count(report.same_rows)?,
        different_rows: count(report.different_rows)?,
        total_cents: report.cents.map(|cents| cents.total),
        min_cents: report.cents.map(|cents| cents.min),
        max_cents: report.cents.map(|cents| cents.max),
        corrected_cells: count(report.corrected_cells)?,
        excluded_rows: count(report.excluded_rows)?,
        first_due_at: report.due.map(|(first, _)| first.instant().0),
        last_due_at: report.due.map(|(_, last)| last.instant().0),
        shortest_row: report.lengths.map(|lengths| count(lengths.shortest.0)).transpose()?,
        longest_row: report.lengths.map(|lengths| count(lengths.longest.0)).transpose()?,
    })
}

/// Writes what comes; `None` if the flow takes no list. Dropping the receiver stops the reader.
async fn write(target: &Target<'_>, mut pieces: Receiver<Piece>) -> Result<Option<ListId>, ImportError> {
    let mut list = None;
    while let Some(piece) = pieces.recv().await {
        let written = match (piece, list) {
            (Piece::Opened(columns, meanings), _) => {
                let begun = target.store.begin_list_meaning(
                    target.scope,
                    target.flow,
                    target.file_name,
                    (&columns, &meanings),
                    target.now,
                );
                list = begun.await?;
                Ok(list.is_some())
            }
            (Piece::Rows(rows), Some(list)) => target.store.add_rows(list, &rows).await,
            (Piece::Wrong(rows), Some(list)) => target.store.add_wrong_rows(list, &rows).await.map(|()| true),
            (_, None) => Ok(false),
        };
        match (written, list) {
            (Ok(true), _) => {}
            (Ok(false), _) => return Ok(None),
            (Err(error), Some(list)) => {
                // The first failure is the one to tell; what it left is swept later if this fails too.
                let _ = target.store.abandon_list(target.scope, list).await;
                return Err(error.into());
            }
            (Err(error), None) => return Err(error.into()),
        }
    }
    Ok(list)
}

/// Runs in a thread of its own.
fn read(
    file: &OfficeFile,
    rules: &ListRules,
    sender: Sender<Piece>,
    progress: &impl Fn(u64),
) -> Result<ListReport, ListError> {
    let first = sender.clone();
    let mut groups = Groups {
        sender,
        rows: Vec::new(),
        bytes: 0,
        wrong: Vec::new(),
        wrong_bytes: 0,
        row: 0,
        wrong_kept: 0,
    };
    let report = check_list(
        file.at_start()?,
        rules,
        |columns| {
            let names = columns.names().map(str::to_owned).collect();
            hand(&first, Piece::Opened(names, Some(columns.meanings())))
        },
        |line, seen| {
            if line.is_multiple_of(1_000) {
                progress(line);
            }
            match seen {
                SeenRow::Good { cells, row } => groups.good(cells, row),
                SeenRow::Wrong { line, cells, problems } => groups.wrong(line, cells, problems),
                SeenRow::LeftOut { .. } => ControlFlow::Continue(()),
            }
        },
    )?;
    drop(first);
    // A ledger that went away has its own error to tell.
    let _ = groups.flush();
    Ok(report)
}

struct Groups {
    sender: Sender<Piece>,
    rows: Vec<NewRow>,
    /// Of the cells of these rows.
    bytes: usize,
    wrong: Vec<WrongRow>,
    /// Of the cells of these.
    wrong_bytes: usize,
    row: i64,
    wrong_kept: usize,
}

impl Groups {
    fn good(&mut self, cells: &[&str], row: &CheckedRow) -> ControlFlow<()> {
        self.row += 1;
        let cells = Cells::from_iter(cells.iter().copied());
        self.bytes += cells.as_json().len();
        self.rows.push(NewRow {
            row: self.row,
            fiscal_code: row.fiscal_code,
            cells,
            due_date: row.due_date,
            amount: row.amount,
            notice_number: row.notice_number,
            terms: row.terms,
        });
        if self.rows.len() < GROUP_ROWS && self.bytes < GROUP_BYTES {
            return ControlFlow::Continue(());
        }
        self.bytes = 0;
        let rows = std::mem::replace(&mut self.rows, Vec::with_capacity(GROUP_ROWS));
        self.hand(Piece::Rows(rows))
    }

    fn wrong(&mut self, line: u64, cells: &[&str], problems: &[crate::NamedProblem]) -> ControlFlow<()> {
        if self.wrong_kept >= WRONG_ROWS_KEPT {
            return ControlFlow::Continue(());
        }
        self.wrong_kept += 1;
        let mut kept = (!cells.is_empty()).then(|| Cells::from_iter(cells.iter().copied()));
        self.wrong_bytes += kept.as_ref().map_or(0, |cells| cells.as_json().len());
        for (position, problem) in (0_i16..).zip(problems) {
            self.wrong.push(WrongRow {
                line: i64::try_from(line).unwrap_or(i64::MAX),
                position,
                column_name: problem.column.clone(),
                value: problem.value.clone(),
                reason: problem.reason.clone(),
                remedy: problem.remedy.clone(),
                cells: kept.take(),
                after_row: Some(self.row),
            });
        }
        if self.wrong.len() < GROUP_ROWS && self.wrong_bytes < GROUP_BYTES {
            return ControlFlow::Continue(());
        }
        self.wrong_bytes = 0;
        let wrong = std::mem::take(&mut self.wrong);
        self.hand(Piece::Wrong(wrong))
    }

    fn flush(&mut self) -> ControlFlow<()> {
        let (rows, wrong) = (std::mem::take(&mut self.rows), std::mem::take(&mut self.wrong));
        self.hand(Piece::Rows(rows))?;
        self.hand(Piece::Wrong(wrong))
    }

    fn hand(&self, piece: Piece) -> ControlFlow<()> {
        hand(&self.sender, piece)
    }
}

fn hand(sender: &Sender<Piece>, piece: Piece) -> ControlFlow<()> {
    if sender.blocking_send(piece).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

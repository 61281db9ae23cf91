//! *Errata corrige*: from a flow whose message was wrong to a draft for exactly those who got it.
//!
//! Its recipients become a file like the office's own, with all columns and what they mean, so that the draft is checked,
//! previewed and changed as any other. Its list is read by [`read_list`](crate::read_list) when the draft is opened.

use crate::draft_error::DraftError;
use crate::errata_text::errata_text;
use crate::keep_file::keep;
use crate::look_into::look_into;
use crate::office_file::OfficeFile;
use staffetta_domain::payment_terms::yes_or_no;
use staffetta_domain::{
    Columns, ErrataKind, FlowId, FlowState, Meaning, Phrase, Receipt, Receipts, Taking, UnixMillis,
};
use staffetta_sheets::OfficeRowsWriter;
use staffetta_store::draft_files::FileShape;
use staffetta_store::errata::{ErrataBegun, NewErrata};
use staffetta_store::flows::{FlowDetail, ListDetail};
use staffetta_store::notifications::{ResultPart, ResultRow};
use staffetta_store::{Scope, Store, StoreError};
use staffetta_words::say;
use std::fs::File;
use std::io;
use std::sync::Arc;
use tokio::sync::mpsc::{self, Receiver};

/// Rows read from the ledger at a time.
const PAGE_ROWS: usize = 2_000;
/// Pages that wait between the ledger and the disk.
const PAGES_WAITING: usize = 2;

/// What a person wants of an errata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrataRequest {
    /// What it says.
    pub kind: ErrataKind,
    /// Whom it takes.
    pub taking: Taking,
    /// The last one of the flow that the person knew of: 0 where there was none.
    pub seen: i64,
}

/// Why no errata was made. Nothing of it is left that anybody sees.
#[derive(Debug, thiserror::Error)]
pub enum NoErrata {
    /// The flow is not there, or not this person's.
    #[error("no such flow")]
    NoFlow,
    /// The sending is not over, or its service is disabled.
    #[error("the flow is not over")]
    NotOver,
    /// Another was made that the person did not know of.
    #[error("another one was made meanwhile")]
    Another,
    /// Nobody got the message.
    #[error("nobody got the message")]
    Nobody,
    /// The ledger, the disk, or a fault of the program.
    #[error(transparent)]
    Draft(#[from] DraftError),
}

impl From<StoreError> for NoErrata {
    fn from(error: StoreError) -> Self {
        Self::Draft(error.into())
    }
}

impl NoErrata {
    /// What happened, and what to do.
    #[must_use]
    pub const fn phrase(&self) -> Phrase {
        Phrase::new(match self {
            Self::NoFlow | Self::NotOver => "errata-not-over",
            Self::Another => "errata-another",
            Self::Nobody => "errata-nobody",
            Self::Draft(_) => "errata-fault",
        })
    }
}

/// Whether a flow is at an end, so that nobody gets its message any more.
#[must_use]
pub fn is_over(flow: &FlowDetail) -> bool {
    matches!(flow.summary.state, FlowState::Sent | FlowState::Incomplete) && flow.summary.tally.open() == 0
}

/// Makes the draft; gives its number and how the recipients stood.
///
/// # Errors
/// See [`NoErrata`]; then nobody sees anything of it.
pub async fn make_errata(
    store: &Store,
    scope: &Scope,
    source: FlowId,
    request: ErrataRequest,
    now: UnixMillis,
) -> Result<(FlowId, Receipts), NoErrata> {
    let found = store.find_flow(scope, source).await?.ok_or(NoErrata::NoFlow)?;
    let list = found.list.as_ref().filter(|_| is_over(&found)).ok_or(NoErrata::NotOver)?;
    let natures = store.natures(scope.organization).await?;
    let new = errata_text(&found, request.kind, &natures);
    let ErrataRequest { kind, taking, seen } = request;
    let errata = NewErrata { source, kind, taking, seen };
    let flow = match store.begin_errata(scope, errata, &new, now).await? {
        ErrataBegun::Begun(flow) => flow,
        ErrataBegun::Another => return Err(NoErrata::Another),
        ErrataBegun::NotNow => return Err(NoErrata::NotOver),
    };
    let filled = fill(store, scope, flow, (source, list), (kind, taking), now).await;
    match filled {
        Ok(receipts) => Ok((flow, receipts)),
        Err(failure) => {
            // The first failure is the one to tell; what may be left nobody sees, and is swept away.
            let _ = store.delete_flow(scope, flow, now).await;
            Err(failure)
        }
    }
}

/// Gives the draft its file and shows it.
async fn fill(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    (source, list): (FlowId, &ListDetail),
    (kind, taking): (ErrataKind, Taking),
    now: UnixMillis,
) -> Result<Receipts, NoErrata> {
    let taken = take(store, scope, source, list, taking).await?;
    if taking.of(&taken.receipts) == 0 {
        return Err(NoErrata::Nobody);
    }
    let file = OfficeFile::Unnamed(Arc::new(taken.file));
    let looking = file.clone();
    let shape = tokio::task::spawn_blocking(move || look_into(&looking, None));
    // It was written a moment ago from columns that were read before.
    let shape = shape.await.map_err(DraftError::from)?.map_err(|_| DraftError::Reader)?;
    let shape = FileShape {
        kind: Some(Phrase::new("errata-file-kind").with("flow", source)),
        meanings: Some(meanings(list, kind)),
        ..shape
    };
    let name = say(&Phrase::new("errata-file-name").with("flow", source));
    let kept = keep(store, scope, flow, file, (&name, &shape), now).await?.ok_or(NoErrata::NotOver)?;
    if taken.invalid_after_due_date {
        store.end_with_due_date(scope, kept).await?;
    }
    if !store.end_errata(scope, flow, &taken.receipts, now).await? {
        return Err(NoErrata::NotOver);
    }
    Ok(taken.receipts)
}

/// What the columns mean in the new message: the day on which the wrong one was to be sent has passed, and who is told
/// that nothing is to be done is given no deadline.
fn meanings(list: &ListDetail, kind: ErrataKind) -> Vec<Option<Meaning>> {
    let says = |meaning: &Meaning| match meaning {
        Meaning::ExpeditionDate => false,
        Meaning::DueDate => kind == ErrataKind::Correction,
        _ => true,
    };
    list.meant_columns().meanings().into_iter().map(|meaning| meaning.filter(says)).collect()
}

/// Rows that were taken from a flow.
struct Taken {
    file: File,
    /// How all its recipients stood.
    receipts: Receipts,
    /// Some notice cannot be paid after its due date though no column says so: it was said of all.
    invalid_after_due_date: bool,
}

async fn take(
    store: &Store,
    scope: &Scope,
    source: FlowId,
    list: &ListDetail,
    taking: Taking,
) -> Result<Taken, NoErrata> {
    let (sender, receiver) = mpsc::channel(PAGES_WAITING);
    let names = list.columns.clone();
    let writing = tokio::task::spawn_blocking(move || write(&names, receiver));
    let columns = list.meant_columns();
    let (mut receipts, mut invalid_after_due_date) = (Receipts::default(), false);
    let mut after = None;
    loop {
        let rows = store.flow_results(scope, (source, ResultPart::All), after, PAGE_ROWS).await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.id);
        let mut page = Vec::new();
        for row in &rows {
            let receipt = Receipt::of(row.state, row.io_message_id.is_some());
            receipts.add(receipt, 1);
            if taking.takes(receipt) {
                let cells = row.cells.as_ref().map(|cells| cells.to_vec()).transpose()?.unwrap_or_default();
                invalid_after_due_date |= was_said_of_all(row, &columns, &cells);
                page.push(cells);
            }
        }
        // A disk that is full has its own error to tell.
        if sender.send(page).await.is_err() {
            break;
        }
    }
    drop(sender);
    let file = writing.await.map_err(DraftError::from)?.map_err(DraftError::from)?;
    Ok(Taken { file, receipts, invalid_after_due_date })
}

/// Runs in a thread of its own.
fn write(columns: &[String], mut pages: Receiver<Vec<Vec<String>>>) -> io::Result<File> {
    let mut writer = OfficeRowsWriter::create(tempfile::tempfile()?, columns)?;
    while let Some(page) = pages.blocking_recv() {
        page.iter().try_for_each(|cells| writer.push(cells))?;
    }
    writer.finish()
}

fn was_said_of_all(row: &ResultRow, columns: &Columns, cells: &[String]) -> bool {
    let said = columns.position(Meaning::InvalidAfterDueDate).and_then(|position| cells.get(position));
    row.invalid_after_due_date && said.and_then(|cell| yes_or_no(cell)) != Some(true)
}

//! Files of recipients that are being read: a million rows take seconds, and no page waits for them.
//!
//! What came of a reading is kept in memory only, for the page that shows it: after a restart the page offers
//! to read again. What counts, the list itself, is in the ledger.

use super::spool::Arrived;
use crate::app::App;
use staffetta_desk::{DraftError, ListRead, ListReport, Upload, read_list, upload_list};
use staffetta_domain::{DraftFileId, FlowId};
use staffetta_store::Scope;
use staffetta_store::flows::FlowDetail;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Semaphore, watch};

/// Readings at a time; the others wait for their turn.
const AT_ONCE: usize = 2;
/// Flows whose last reading is remembered.
const REMEMBERED: usize = 200;
/// How often a reading begins again because the text was changed meanwhile.
const ATTEMPTS: usize = 4;
/// A page waits so long: a usual list is read in less.
const WAIT_MS: i64 = 2_000;
/// Repetitions that a page shows, and wrong rows of a list that was read before.
pub(super) const SHOWN: usize = 100;

/// Version, file and its revision of the draft that was read.
pub(super) type Seen = (i64, Option<DraftFileId>, Option<i64>);

/// What of a draft a reading is about.
pub(super) fn seen_of(flow: &FlowDetail) -> Seen {
    (flow.version, flow.file, flow.revision)
}

/// What came of a reading.
pub(super) struct Outcome {
    /// What was read: of another it says nothing.
    pub(super) of: Seen,
    /// Name of a file that can be no list, and was not kept.
    pub(super) refused: Option<String>,
    pub(super) read: Result<ListRead, DraftError>,
}

/// What is known of a flow's file.
pub(super) enum State {
    /// Nothing.
    Unknown,
    /// It is being read.
    Reading,
    /// What came of it.
    Read(Arc<Outcome>),
}

type Receiver = watch::Receiver<Option<Arc<Outcome>>>;

struct Known {
    number: u64,
    outcome: Receiver,
}

/// The readings of all flows.
pub(crate) struct Readings {
    flows: Mutex<HashMap<FlowId, Known>>,
    places: Arc<Semaphore>,
}

impl Default for Readings {
    fn default() -> Self {
        Self { flows: Mutex::default(), places: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Readings {
    fn flows(&self) -> MutexGuard<'_, HashMap<FlowId, Known>> {
        self.flows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn state(&self, flow: FlowId) -> State {
        self.flows().get(&flow).map_or(State::Unknown, |known| state(&known.outcome))
    }

    /// The newest of a flow takes the place of what was known.
    fn insert(&self, flow: FlowId, outcome: Receiver) {
        let mut flows = self.flows();
        if flows.len() >= REMEMBERED {
            let over = flows.iter().filter(|(_, known)| !matches!(state(&known.outcome), State::Reading));
            if let Some(oldest) = over.min_by_key(|(_, known)| known.number).map(|(flow, _)| *flow) {
                flows.remove(&oldest);
            }
        }
        let number = flows.values().map(|known| known.number).max().unwrap_or(0) + 1;
        flows.insert(flow, Known { number, outcome });
    }

    /// Remembers why a file was refused before it was read.
    pub(super) fn refuse(&self, flow: &FlowDetail, name: String, read: Result<ListRead, DraftError>) {
        let outcome = Outcome { of: seen_of(flow), refused: Some(name), read };
        self.insert(flow.summary.id, watch::channel(Some(Arc::new(outcome))).1);
    }
}

fn state(outcome: &Receiver) -> State {
    match &*outcome.borrow() {
        Some(outcome) => State::Read(Arc::clone(outcome)),
        // A reading that stopped without a word is one that never was.
        None if outcome.has_changed().is_err() => State::Unknown,
        None => State::Reading,
    }
}

/// What is read.
pub(super) enum What {
    /// A file that arrived.
    Arrived(Arrived),
    /// The file that is kept.
    Kept { accept_valid: bool },
}

/// Begins a reading, and waits a little for its end.
pub(super) async fn begin(app: &App, scope: &Scope, flow: FlowId, what: What) {
    begin_unwatched(app, scope, flow, what);
    let outcome = app.readings().flows().get(&flow).map(|known| known.outcome.clone());
    if let Some(mut outcome) = outcome {
        tokio::select! {
            _ = outcome.wait_for(Option::is_some) => {}
            () = app.clock().sleep(WAIT_MS) => {}
        }
    }
}

/// Begins one for which nobody waits. One of the kept file that is under way is not begun twice.
pub(super) fn begin_unwatched(app: &App, scope: &Scope, flow: FlowId, what: What) {
    let under_way = matches!(app.readings().state(flow), State::Reading);
    if !(under_way && matches!(what, What::Kept { .. })) {
        let (sender, receiver) = watch::channel(None);
        app.readings().insert(flow, receiver);
        let (app, scope) = (app.clone(), scope.clone());
        tokio::spawn(async move {
            let _place = app.readings().places.acquire().await;
            let outcome = read(&app, &scope, flow, what).await;
            sender.send_replace(Some(Arc::new(outcome)));
        });
    }
}

/// Reads until what was read is what the draft is.
async fn read(app: &App, scope: &Scope, flow: FlowId, what: What) -> Outcome {
    let (mut arrived, accept_valid) = match what {
        What::Arrived(file) => (Some(file), false),
        What::Kept { accept_valid } => (None, accept_valid),
    };
    let mut outcome = Outcome { of: (0, None, None), refused: None, read: Ok(ListRead::Moved) };
    for _ in 0..ATTEMPTS {
        let before = seen(app, scope, flow).await;
        let (read, name) = match arrived.take() {
            Some(file) => {
                let Arrived { path, file_name } = file;
                let upload = Upload { path: &path, file_name: &file_name, accept_valid };
                (upload_list(app.store(), scope, flow, upload, app.now()).await, Some(file_name))
            }
            None => (read_list(app.store(), scope, flow, accept_valid, app.now()).await, None),
        };
        let after = seen(app, scope, flow).await;
        // An upload changes the file, unless it was refused; nothing that is read changes the message.
        let otherwise = before.1 == after.1 && before.2 != after.2;
        let moved = matches!(read, Ok(ListRead::Moved)) || before.0 != after.0 || otherwise;
        outcome = Outcome { of: after, refused: name.filter(|_| before.1 == after.1), read: shortened(read) };
        if !moved || outcome.refused.is_some() {
            break;
        }
    }
    if let Err(error) = &outcome.read {
        tracing::error!(%error, %flow, "a file of recipients was not read");
    }
    outcome
}

/// What the draft is now.
async fn seen(app: &App, scope: &Scope, flow: FlowId) -> Seen {
    let found = app.store().find_flow(scope, flow).await;
    found.ok().flatten().map_or((0, None, None), |found| seen_of(&found))
}

/// What a page shows of it: the rest need not wait in memory.
fn shortened(read: Result<ListRead, DraftError>) -> Result<ListRead, DraftError> {
    let mut read = read;
    let report: Option<&mut ListReport> = match &mut read {
        Ok(ListRead::Ready(ready)) => Some(&mut ready.report),
        Ok(ListRead::WrongRows(report) | ListRead::NoValidRows(report)) => Some(report),
        _ => None,
    };
    if let Some(report) = report {
        report.problems.clear();
        report.repetitions.truncate(2 * SHOWN);
    }
    read
}

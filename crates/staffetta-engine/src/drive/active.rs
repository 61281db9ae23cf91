//! Which rows somebody has in hand, and what their flows remember of those that were left behind.

use staffetta_domain::{NotificationId, UnixMillis};
use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The notifications that someone works on: they are not chosen again meanwhile.
#[derive(Default)]
pub(crate) struct Active(Mutex<Busy>);

#[derive(Default)]
struct Busy {
    ids: HashSet<NotificationId>,
    /// Those that left since the reading under way began: what was read of them may be what they were before.
    left: HashSet<NotificationId>,
}

impl Active {
    fn lock(&self) -> MutexGuard<'_, Busy> {
        // What it guards is whole after every statement: a panic elsewhere leaves it usable.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The ledger is about to be read for rows to enter. One reads at a time.
    pub(crate) fn begin_reading(&self) {
        self.lock().left.clear();
    }

    /// Gives `false` where it is being worked on already, or was when it was read.
    pub(crate) fn enter(&self, id: NotificationId) -> bool {
        let mut busy = self.lock();
        !busy.left.contains(&id) && busy.ids.insert(id)
    }

    pub(crate) fn leave(&self, ids: impl Iterator<Item = NotificationId>) {
        let mut busy = self.lock();
        for id in ids {
            if busy.ids.remove(&id) {
                busy.left.insert(id);
            }
        }
    }
}

/// Whether a flow is still wanted, and from where it is walked again because rows were left behind.
pub(crate) struct FlowSwitch {
    /// When a person started it.
    pub(crate) started_at: UnixMillis,
    /// Cleared when the flow is paused, interrupted or over.
    pub(crate) live: AtomicBool,
    /// The first row that was left behind; the greatest number where none was.
    left_behind: AtomicI64,
}

impl FlowSwitch {
    pub(crate) const fn of(started_at: UnixMillis) -> Self {
        Self { started_at, live: AtomicBool::new(true), left_behind: AtomicI64::new(i64::MAX) }
    }

    /// A row was put back untouched, or passed over because somebody still has it in hand.
    pub(crate) fn leave_behind(&self, id: NotificationId) {
        self.left_behind.fetch_min(id.0, Ordering::Relaxed);
    }

    /// The first row left behind since this was asked.
    pub(crate) fn take_left_behind(&self) -> Option<NotificationId> {
        let id = self.left_behind.swap(i64::MAX, Ordering::Relaxed);
        (id != i64::MAX).then_some(NotificationId(id))
    }
}

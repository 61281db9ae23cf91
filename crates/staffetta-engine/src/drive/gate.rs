//! The queue before the budget: single notifications first, then sending, then status checks.
//!
//! Where IO sets a limit, who waits here is what a flow that begins has to wait for. Therefore a message goes before the
//! profile of the next one, and no more rows are begun than can be called soon.

use crate::budget::Budget;
use staffetta_domain::Quota;
use staffetta_io::clock::Clock;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, oneshot};

/// Who asks for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Priority {
    /// Any call of a single notification.
    Single = 0,
    /// The message of a flow's row whose profile is known.
    Message = 1,
    /// The profile of a flow's row.
    Profile = 2,
    /// A status check, or a forecast.
    Check = 3,
}

/// While sending waits too, one place in this many goes to a status check: they never starve, and never
/// take more than a third.
const CHECK_SHARE: u32 = 4;

/// Rows of flows are begun as long as those that wait can be called within this time.
const WAIT_MS: i64 = 500;
/// But for these few, whatever the limit.
const WAIT_ROWS: usize = 4;

const MESSAGE: usize = Priority::Message as usize;
const PROFILE: usize = Priority::Profile as usize;
const CHECK: usize = Priority::Check as usize;

struct Queue {
    budget: Budget,
    waiting: [VecDeque<oneshot::Sender<()>>; 4],
    since_check: u32,
}

/// The budget of an ente and those who wait for it.
pub(crate) struct Gate {
    queue: Mutex<Queue>,
    changed: Notify,
    /// Another row of a flow may be begun.
    roomy: Notify,
    clock: Arc<dyn Clock>,
}

/// A place in the budget. Dropped before it is started, the call was never made; afterwards, its answer is lost.
pub(crate) struct Place {
    gate: Arc<Gate>,
    priority: Priority,
    started_ms: Option<i64>,
    over: bool,
}

impl Gate {
    pub(crate) fn new(quota: Quota, clock: Arc<dyn Clock>) -> Arc<Self> {
        let queue = Queue { budget: Budget::new(quota), waiting: Default::default(), since_check: 0 };
        Arc::new(Self { queue: Mutex::new(queue), changed: Notify::new(), roomy: Notify::new(), clock })
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        // A panic elsewhere leaves counters that are still counters.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An engine before this one may have used up the quota: its calls are not known here.
    pub(crate) fn hold_one_window(&self) {
        let now = self.clock.monotonic_ms();
        self.lock().budget.hold_one_window(now);
    }

    /// Whether IO said that nobody calls now.
    pub(crate) fn is_held(&self) -> bool {
        let now = self.clock.monotonic_ms();
        self.lock().budget.is_held(now)
    }

    pub(crate) fn set_quota(&self, quota: Quota, share: u8) {
        let now = self.clock.monotonic_ms();
        self.lock().budget.set_quota(quota, share, now);
        self.changed.notify_one();
        self.roomy.notify_one();
    }

    /// Whether enough rows of flows wait for their call.
    pub(crate) fn is_crowded(&self) -> bool {
        self.lock().is_crowded()
    }

    /// Waits until another row of a flow may be begun. One waits at a time.
    pub(crate) async fn room(&self) {
        while self.is_crowded() {
            // A permit that came in between is kept.
            self.roomy.notified().await;
        }
    }

    /// Calls that may be made within a time; `None` where IO sets no limit.
    pub(crate) fn calls_within(&self, time_ms: i64) -> Option<usize> {
        self.lock().budget.calls_within(time_ms)
    }

    /// Calls in a window that may be made now; `None` where IO sets no limit.
    pub(crate) fn available(&self) -> Option<u32> {
        self.lock().budget.available()
    }

    /// IO said that the quota is used up.
    pub(crate) fn rate_limited(&self, after_ms: i64) {
        let now = self.clock.monotonic_ms();
        self.lock().budget.rate_limited(now, after_ms);
    }

    /// A place changes hands; who hands them out is woken only if somebody waits.
    fn free(&self, change: impl FnOnce(&mut Budget, i64)) {
        let now = self.clock.monotonic_ms();
        let mut queue = self.lock();
        change(&mut queue.budget, now);
        if queue.waiting.iter().any(|waiting| !waiting.is_empty()) {
            self.changed.notify_one();
        }
    }

    /// A place, where nobody waits and one is free.
    pub(crate) fn try_acquire(self: &Arc<Self>, priority: Priority) -> Option<Place> {
        let mut queue = self.lock();
        let nobody_waits = queue.waiting.iter().all(VecDeque::is_empty);
        let free = nobody_waits && queue.budget.take(self.clock.monotonic_ms()).is_ok();
        free.then(|| Place::of(self, priority))
    }

    /// Waits for a place.
    pub(crate) async fn acquire(self: &Arc<Self>, priority: Priority) -> Place {
        loop {
            let (turn, wait) = oneshot::channel();
            self.lock().waiting[priority as usize].push_back(turn);
            self.changed.notify_one();
            if wait.await.is_ok() {
                return Place::of(self, priority);
            }
        }
    }

    /// Hands out places as they become free; runs as long as the ente is worked.
    pub(crate) async fn run(self: Arc<Self>) {
        loop {
            match self.hand_out() {
                Some(at) => {
                    tokio::select! {
                        () = self.clock.sleep_until(at) => {}
                        () = self.changed.notified() => {}
                    }
                }
                None => self.changed.notified().await,
            }
        }
    }

    /// Hands out what there is; gives the instant at which to try again, if it is known.
    fn hand_out(&self) -> Option<i64> {
        let mut queue = self.lock();
        loop {
            if queue.waiting.iter().all(VecDeque::is_empty) {
                return None;
            }
            match queue.budget.take(self.clock.monotonic_ms()) {
                Err(at) => return at,
                Ok(()) => {
                    let given = queue.next().is_some_and(|turn| turn.send(()).is_ok());
                    if !given {
                        queue.budget.unused();
                    }
                    if !queue.is_crowded() {
                        self.roomy.notify_one();
                    }
                }
            }
        }
    }
}

impl Queue {
    fn next(&mut self) -> Option<oneshot::Sender<()>> {
        if let Some(single) = self.waiting[Priority::Single as usize].pop_front() {
            return Some(single);
        }
        let checks_turn = self.since_check + 1 >= CHECK_SHARE;
        let order = if checks_turn { [CHECK, MESSAGE, PROFILE] } else { [MESSAGE, PROFILE, CHECK] };
        for class in order {
            if let Some(turn) = self.waiting[class].pop_front() {
                self.since_check = if class == CHECK { 0 } else { self.since_check.saturating_add(1) };
                return Some(turn);
            }
        }
        None
    }

    fn is_crowded(&self) -> bool {
        let rows = self.waiting[MESSAGE].len() + self.waiting[PROFILE].len();
        self.budget.calls_within(WAIT_MS).is_some_and(|calls| rows >= calls.max(WAIT_ROWS))
    }
}

impl Place {
    fn of(gate: &Arc<Gate>, priority: Priority) -> Self {
        Self { gate: Arc::clone(gate), priority, started_ms: None, over: false }
    }

    /// Who asked for it.
    pub(crate) const fn priority(&self) -> Priority {
        self.priority
    }

    /// The call leaves now.
    pub(crate) fn start(&mut self) {
        let now = self.gate.clock.monotonic_ms();
        self.started_ms = Some(now);
        self.gate.lock().budget.started(now);
    }

    /// The call was answered; `remaining` calls may follow it, where IO says so.
    pub(crate) fn answered(mut self, remaining: Option<u32>) {
        self.over = true;
        let started_ms = self.started_ms;
        self.gate.free(|budget, now| {
            budget.answered(now);
            if let (Some(started_ms), Some(remaining)) = (started_ms, remaining) {
                budget.told_remaining(started_ms, remaining);
            }
        });
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.over {
            let close = if self.started_ms.is_some() {
                Budget::unanswered
            } else {
                |budget: &mut Budget, _| budget.unused()
            };
            self.gate.free(close);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use staffetta_domain::UnixMillis;
    use staffetta_io::clock::ManualClock;

    fn gate(calls: u32) -> Arc<Gate> {
        let quota = Quota { calls: Some(calls), window_ms: 5_000 };
        Gate::new(quota, Arc::new(ManualClock::new(UnixMillis(0))))
    }

    fn wait(gate: &Gate, priority: Priority) -> oneshot::Receiver<()> {
        let (turn, waiting) = oneshot::channel();
        gate.lock().waiting[priority as usize].push_back(turn);
        waiting
    }

    #[test]
    fn who_is_nearer_to_the_citizen_goes_first_and_checks_get_their_share() {
        use Priority::{Check, Message, Profile, Single};
        let gate = gate(150);
        let order = [Check, Profile, Message, Single, Profile, Check, Message];
        let mut waiting: Vec<_> = order.iter().map(|priority| (*priority, wait(&gate, *priority))).collect();
        let mut served = Vec::new();
        while let Some(turn) = gate.lock().next() {
            turn.send(()).unwrap();
            let at = waiting.iter_mut().position(|(_, waiting)| waiting.try_recv().is_ok()).unwrap();
            served.push(waiting.remove(at).0);
        }
        assert_eq!(served, [Single, Message, Message, Profile, Check, Profile, Check]);
    }

    #[test]
    fn rows_are_begun_as_long_as_they_can_be_called_soon() {
        let limited = gate(150);
        let mut waiting = Vec::new();
        while !limited.is_crowded() {
            waiting.push(wait(&limited, Priority::Profile));
        }
        assert_eq!(waiting.len(), 15);
        // Single notifications and status checks have their own.
        let few = gate(1);
        waiting.extend((0..20).map(|_| wait(&few, Priority::Check)));
        assert!(!few.is_crowded());
        few.set_quota(Quota { calls: None, window_ms: 5_000 }, 100);
        waiting.extend((0..1_000).map(|_| wait(&few, Priority::Message)));
        assert!(!few.is_crowded());
    }
}

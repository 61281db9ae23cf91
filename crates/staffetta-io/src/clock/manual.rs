//! A clock that moves by hand, for tests and for the demo's past.

use super::Clock;
use futures_util::future::BoxFuture;
use staffetta_domain::UnixMillis;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// Times that a sleeper steps aside before it believes that all the others sleep.
///
/// A runtime lets every ready task go once between two turns of the same one, so a chain of this many
/// messages between tasks is worked off before time jumps. Work outside the runtime (a database's
/// thread) or on another thread of the runtime is not seen: a jump may overtake it, as a slow machine's
/// clock would. Hold the clock meanwhile where that matters, and use one thread to reproduce a run.
const TURNS_BEFORE_A_JUMP: u32 = 64;

/// A clock that moves only when told, or, in automatic mode, to the next sleeper's time whenever
/// everyone sleeps. Clones are the same clock. Needs no tokio timer, and no paused tokio time.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    start: UnixMillis,
    automatic: bool,
    time: Mutex<Time>,
}

#[derive(Debug, Default)]
struct Time {
    elapsed_ms: i64,
    next_sleeper: u64,
    holds: u32,
    /// By time and order of arrival; the waker of the last poll.
    sleepers: BTreeMap<(i64, u64), Waker>,
}

impl ManualClock {
    /// A clock that stands at `start` until [`ManualClock::advance`].
    #[must_use]
    pub fn new(start: UnixMillis) -> Self {
        Self::with_mode(start, false)
    }

    /// A clock that jumps to the earliest sleeper's time when everyone sleeps.
    #[must_use]
    pub fn automatic(start: UnixMillis) -> Self {
        Self::with_mode(start, true)
    }

    fn with_mode(start: UnixMillis, automatic: bool) -> Self {
        Self(Arc::new(Inner { start, automatic, time: Mutex::default() }))
    }

    /// Moves on by `duration_ms` milliseconds and wakes who was waiting for it; never moves back.
    pub fn advance(&self, duration_ms: i64) {
        let mut time = self.time();
        let target = time.elapsed_ms.saturating_add(duration_ms.max(0));
        time.move_to(target);
    }

    /// The time for which the earliest sleeper waits, by [`Clock::monotonic_ms`].
    #[must_use]
    pub fn next_wake_ms(&self) -> Option<i64> {
        self.time().sleepers.keys().next().map(|(at_ms, _)| *at_ms)
    }

    /// Keeps automatic time from jumping until dropped, while work goes on that the runtime cannot see.
    #[must_use]
    pub fn hold(&self) -> Hold {
        self.time().holds += 1;
        Hold(self.clone())
    }

    fn time(&self) -> MutexGuard<'_, Time> {
        // Nothing inside can panic half-way; a poisoned lock has whole contents.
        self.0.time.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Time {
    fn move_to(&mut self, target_ms: i64) {
        self.elapsed_ms = self.elapsed_ms.max(target_ms);
        let later = self.sleepers.split_off(&(self.elapsed_ms.saturating_add(1), 0));
        for waker in std::mem::replace(&mut self.sleepers, later).into_values() {
            waker.wake();
        }
    }
}

impl Clock for ManualClock {
    fn now(&self) -> UnixMillis {
        self.0.start.plus_ms(self.time().elapsed_ms)
    }

    fn monotonic_ms(&self) -> i64 {
        self.time().elapsed_ms
    }

    fn sleep_until(&self, at_ms: i64) -> BoxFuture<'_, ()> {
        Box::pin(Sleep { clock: self.clone(), at_ms, place: None, turns: 0 })
    }
}

/// While it lives, automatic time does not jump.
#[derive(Debug)]
pub struct Hold(ManualClock);

impl Drop for Hold {
    fn drop(&mut self) {
        let mut time = self.0.time();
        time.holds -= 1;
        // Sleepers that gave up waiting for the hold to end must look again.
        for waker in time.sleepers.values() {
            waker.wake_by_ref();
        }
    }
}

struct Sleep {
    clock: ManualClock,
    at_ms: i64,
    place: Option<(i64, u64)>,
    turns: u32,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let clock = self.clock.clone();
        let mut time = clock.time();
        if time.elapsed_ms >= self.at_ms {
            if let Some(place) = self.place.take() {
                time.sleepers.remove(&place);
            }
            return Poll::Ready(());
        }
        let place = self.place.unwrap_or_else(|| {
            time.next_sleeper += 1;
            (self.at_ms, time.next_sleeper)
        });
        self.place = Some(place);
        time.sleepers.insert(place, context.waker().clone());
        let first = time.sleepers.keys().next() == Some(&place);
        if !clock.0.automatic || !first || time.holds > 0 {
            self.turns = 0;
            return Poll::Pending;
        }
        self.turns += 1;
        if self.turns <= TURNS_BEFORE_A_JUMP {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        time.sleepers.remove(&place);
        self.place = None;
        time.move_to(self.at_ms);
        // Who sleeps on is perhaps the first now.
        if let Some(waker) = time.sleepers.values().next() {
            waker.wake_by_ref();
        }
        Poll::Ready(())
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        let Some(place) = self.place else { return };
        let clock = self.clock.clone();
        let mut time = clock.time();
        time.sleepers.remove(&place);
        // The next one may have been waiting behind this one.
        if let Some(waker) = time.sleepers.values().next() {
            waker.wake_by_ref();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test]
    async fn time_moves_only_when_told() {
        let clock = ManualClock::new(UnixMillis(1_000));
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep(500).await }
        });
        while clock.next_wake_ms().is_none() {
            tokio::task::yield_now().await;
        }
        clock.advance(499);
        for _ in 0..200 {
            tokio::task::yield_now().await;
        }
        assert!(!sleeper.is_finished());
        clock.advance(1);
        sleeper.await.unwrap();
        assert_eq!((clock.now(), clock.monotonic_ms()), (UnixMillis(1_500), 500));
        clock.advance(-10);
        assert_eq!(clock.monotonic_ms(), 500);
    }

    /// The time at which all have slept.
    async fn sleepers_wake_in_order() -> i64 {
        let clock = ManualClock::automatic(UnixMillis(0));
        let woken = Arc::new(Mutex::new(Vec::new()));
        let tasks = [300, 100, 200_i64].map(|delay| {
            let (clock, woken) = (clock.clone(), woken.clone());
            tokio::spawn(async move {
                for round in 1..=3 {
                    clock.sleep(delay).await;
                    woken.lock().unwrap().push((clock.monotonic_ms(), delay, round));
                }
            })
        });
        for task in tasks {
            task.await.unwrap();
        }
        let woken = woken.lock().unwrap().clone();
        assert_eq!(woken.len(), 9);
        for (at, delay, round) in woken {
            assert!(at >= delay * round, "{at} {delay} {round}");
        }
        clock.monotonic_ms()
    }

    #[tokio::test]
    async fn automatic_time_jumps_on_one_thread() {
        assert_eq!(sleepers_wake_in_order().await, 900);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 3)]
    async fn automatic_time_jumps_on_several_threads() {
        // A task that a thread took late started to sleep late.
        assert!(sleepers_wake_in_order().await >= 900);
    }

    #[tokio::test]
    async fn a_sleeper_that_is_dropped_or_held_stops_nobody() {
        let clock = ManualClock::automatic(UnixMillis(0));
        let hold = clock.hold();
        let done = Arc::new(AtomicUsize::new(0));
        let late = tokio::spawn({
            let (clock, done) = (clock.clone(), done.clone());
            async move {
                clock.sleep(50).await;
                done.fetch_add(1, Ordering::Relaxed);
            }
        });
        let early = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep(10).await }
        });
        for _ in 0..500 {
            tokio::task::yield_now().await;
        }
        assert_eq!((clock.monotonic_ms(), done.load(Ordering::Relaxed)), (0, 0));
        early.abort();
        let _ = early.await;
        drop(hold);
        late.await.unwrap();
        assert_eq!((clock.monotonic_ms(), done.load(Ordering::Relaxed)), (50, 1));
    }
}

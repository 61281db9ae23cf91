//! Time as an argument: whoever needs the time or a pause asks a [`Clock`].
//!
//! Two scales, because they answer two questions. *When did it happen?* is asked of the wall clock,
//! which a person or NTP may set back. *How long from now?* (budgets, retries, deadlines) is asked of
//! the monotonic clock, which never jumps back; its origin means nothing, so its readings are compared
//! only with each other and never stored. Leases use the database's clock, not this one.

mod manual;

pub use manual::{Hold, ManualClock};

use futures_util::future::BoxFuture;
use staffetta_domain::UnixMillis;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
#[cfg(not(target_os = "linux"))]
use std::{sync::OnceLock, time::Instant};

/// A source of time and of pauses.
pub trait Clock: Send + Sync {
    /// The wall clock, for stamps that are kept or shown.
    fn now(&self) -> UnixMillis;

    /// Milliseconds of the monotonic clock since an arbitrary origin, for deadlines and budgets.
    fn monotonic_ms(&self) -> i64;

    /// Returns when [`Clock::monotonic_ms`] is `at_ms` or more; at once if it already is.
    fn sleep_until(&self, at_ms: i64) -> BoxFuture<'_, ()>;

    /// Returns after `duration_ms` milliseconds; at once if they are not positive.
    fn sleep(&self, duration_ms: i64) -> BoxFuture<'_, ()> {
        self.sleep_until(self.monotonic_ms().saturating_add(duration_ms))
    }
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

/// It goes on while the machine sleeps: a lease, and IO's window, do so too.
#[cfg(target_os = "linux")]
fn elapsed() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// One origin for the process, so that readings of two `SystemClock`s can be compared.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the machine's clock")]
fn elapsed() -> Duration {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    ORIGIN.get_or_init(Instant::now).elapsed()
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the machine's clock")]
    fn now(&self) -> UnixMillis {
        // Before 1970 the stamp would be wrong anyway: such a machine has lost its clock.
        UnixMillis(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, millis))
    }

    fn monotonic_ms(&self) -> i64 {
        millis(elapsed())
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place that sleeps")]
    fn sleep_until(&self, at_ms: i64) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            // A timer may wake a moment early by our count of whole milliseconds, and its clock stands still while the
            // machine sleeps: look again.
            loop {
                let left_ms = at_ms.saturating_sub(self.monotonic_ms());
                let Ok(left_ms @ 1..) = u64::try_from(left_ms) else { return };
                tokio::time::sleep(Duration::from_millis(left_ms)).await;
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_system_clock_sleeps_until_its_time() {
        let clock = SystemClock;
        let start = clock.monotonic_ms();
        clock.sleep(20).await;
        assert!(clock.monotonic_ms() >= start + 20);
        clock.sleep(-5).await;
        clock.sleep_until(start).await;
        assert!(clock.now().0 > 1_700_000_000_000);
    }
}

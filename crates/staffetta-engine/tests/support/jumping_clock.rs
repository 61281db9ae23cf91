//! The clock of a machine whose wall clock is set forward and back.

use futures_util::future::BoxFuture;
use staffetta_domain::UnixMillis;
use staffetta_io::{Clock, ManualClock};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

#[derive(Clone)]
pub struct JumpingClock {
    pub time: ManualClock,
    ahead_ms: Arc<AtomicI64>,
}

impl JumpingClock {
    pub fn of(time: ManualClock) -> Self {
        Self { time, ahead_ms: Arc::default() }
    }

    /// Sets the wall clock so far ahead of the time, or behind it.
    pub fn set_ahead(&self, ahead_ms: i64) {
        self.ahead_ms.store(ahead_ms, Ordering::Relaxed);
    }
}

impl Clock for JumpingClock {
    fn now(&self) -> UnixMillis {
        self.time.now().plus_ms(self.ahead_ms.load(Ordering::Relaxed))
    }

    fn monotonic_ms(&self) -> i64 {
        self.time.monotonic_ms()
    }

    fn sleep_until(&self, at_ms: i64) -> BoxFuture<'_, ()> {
        self.time.sleep_until(at_ms)
    }
}

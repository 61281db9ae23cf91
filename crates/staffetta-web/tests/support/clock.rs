//! A time that no test has to wait for.

use super::NOW;
use futures_util::future::BoxFuture;
use staffetta_domain::UnixMillis;
use staffetta_io::Clock;

/// The time stands still; who waits for a deadline either never comes back, or at once.
pub(crate) struct Still {
    pub(crate) waits: bool,
}

impl Clock for Still {
    fn now(&self) -> UnixMillis {
        NOW
    }

    fn monotonic_ms(&self) -> i64 {
        0
    }

    fn sleep_until(&self, _: i64) -> BoxFuture<'_, ()> {
        if self.waits { Box::pin(std::future::pending()) } else { Box::pin(std::future::ready(())) }
    }
}

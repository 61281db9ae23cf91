//! A worker's sign of life, for the node that renews its lease: since when it asks the ledger without an end.

use std::sync::atomic::{AtomicI64, Ordering};

/// A look at the ledger that lasts so long, in milliseconds, is one that will not come back. Longer than the ledger lets
/// anybody wait for a connection and for an answer.
const STUCK_MS: i64 = 90_000;
/// It asks nothing: it waits for something to do, or for room.
const AT_REST: i64 = i64::MAX;

/// Kept by the worker of one ente, by a clock that never jumps.
#[derive(Debug)]
pub(crate) struct Beat(AtomicI64);

impl Default for Beat {
    fn default() -> Self {
        Self(AtomicI64::new(AT_REST))
    }
}

impl Beat {
    /// It begins to ask, or asks the next thing.
    pub(crate) fn asks(&self, now_ms: i64) {
        self.0.store(now_ms, Ordering::Relaxed);
    }

    pub(crate) fn rests(&self) {
        self.0.store(AT_REST, Ordering::Relaxed);
    }

    /// Whether another node should have the ente.
    pub(crate) fn is_stuck(&self, now_ms: i64) -> bool {
        now_ms.saturating_sub(self.0.load(Ordering::Relaxed)) > STUCK_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_for_long_is_stuck_and_who_waits_for_long_is_not() {
        let beat = Beat::default();
        assert!(!beat.is_stuck(i64::MAX), "it never asked");
        beat.asks(1_000);
        assert!(!beat.is_stuck(1_000 + STUCK_MS));
        assert!(beat.is_stuck(1_001 + STUCK_MS));
        beat.asks(1_001 + STUCK_MS);
        assert!(!beat.is_stuck(1_001 + STUCK_MS), "it asks the next thing");
        beat.rests();
        assert!(!beat.is_stuck(i64::MAX));
    }
}

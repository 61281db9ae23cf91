//! Until when calls of an ente may leave this node, by its own clocks.

use staffetta_domain::UnixMillis;
use staffetta_domain::protocol::lease_ends_ms;
use std::sync::atomic::{AtomicI64, Ordering};

/// The lease of one ente, shared by the node that renews it and the worker that calls under it. It ends by whichever
/// clock is first: one that never jumps back stands still in a virtual machine that is stopped, the wall clock does
/// not once it is set right again.
#[derive(Debug)]
pub(crate) struct HeldLease {
    monotonic_end: AtomicI64,
    wall_end: AtomicI64,
}

impl HeldLease {
    /// A lease for which the database was asked at `asked_ms`, when the wall clock showed `asked`.
    pub(crate) const fn asked_at(asked_ms: i64, asked: UnixMillis) -> Self {
        Self {
            monotonic_end: AtomicI64::new(lease_ends_ms(asked_ms)),
            wall_end: AtomicI64::new(lease_ends_ms(asked.0)),
        }
    }

    /// It was renewed; the database was asked then.
    pub(crate) fn renewed(&self, asked_ms: i64, asked: UnixMillis) {
        self.monotonic_end.fetch_max(lease_ends_ms(asked_ms), Ordering::Relaxed);
        // The wall clock may have been set back: then its end comes earlier.
        self.wall_end.store(lease_ends_ms(asked.0), Ordering::Relaxed);
    }

    /// Another node has the ente, or may have it soon.
    pub(crate) fn lost(&self) {
        self.monotonic_end.store(i64::MIN, Ordering::Relaxed);
    }

    /// Whether calls may leave now.
    pub(crate) fn holds(&self, now_ms: i64, now: UnixMillis) -> bool {
        now_ms < self.monotonic_end.load(Ordering::Relaxed) && now.0 < self.wall_end.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use staffetta_domain::protocol::LEASE_MS;

    #[test]
    fn it_ends_by_the_clock_that_is_first() {
        let (start, asked) = (50_000, UnixMillis(1_780_000_000_000));
        let lease = HeldLease::asked_at(start, asked);
        assert!(lease.holds(start + 1, asked.plus_ms(1)));
        assert!(!lease.holds(start + LEASE_MS, asked), "the wall clock was set back");
        assert!(!lease.holds(start + 1, asked.plus_ms(LEASE_MS)), "the machine was stopped");
        lease.renewed(start + 3_000, asked.plus_ms(-60_000));
        assert!(lease.holds(start + LEASE_MS, asked.plus_ms(-60_000 + 7_000)));
        lease.lost();
        assert!(!lease.holds(start, asked.plus_ms(-60_000)));
    }
}

//! Until when calls of an ente may leave this node, by its own clock.

use staffetta_domain::protocol::lease_ends_ms;
use std::sync::atomic::{AtomicI64, Ordering};

/// The lease of one ente, shared by the node that renews it and the worker that calls under it.
#[derive(Debug)]
pub(crate) struct HeldLease(AtomicI64);

impl HeldLease {
    /// A lease for which the database was asked at `asked_ms`.
    pub(crate) const fn asked_at(asked_ms: i64) -> Self {
        Self(AtomicI64::new(lease_ends_ms(asked_ms)))
    }

    /// It was renewed; the database was asked at `asked_ms`.
    pub(crate) fn renewed(&self, asked_ms: i64) {
        self.0.fetch_max(lease_ends_ms(asked_ms), Ordering::Relaxed);
    }

    /// Another node has the ente, or may have it soon.
    pub(crate) fn lost(&self) {
        self.0.store(i64::MIN, Ordering::Relaxed);
    }

    /// Whether calls may leave now.
    pub(crate) fn holds(&self, now_ms: i64) -> bool {
        now_ms < self.0.load(Ordering::Relaxed)
    }
}

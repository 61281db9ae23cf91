//! The gateway's sliding quota (INF `_base_policy.xml`, `rate-limit-by-key`).
//!
//! A call counts from its arrival until a window later, whatever its answer; a call answered 429 does
//! not count, as at the gateway, so waiting as told is always enough. The strict reading that IO's own
//! "never completely accurate" counter does not promise: at most N in any window, to the millisecond.

use staffetta_domain::Quota;
use std::collections::VecDeque;

/// The calls of an account in the last window.
#[derive(Debug)]
pub(crate) struct Window {
    quota: Quota,
    /// Calls that arrived in the same millisecond, oldest first.
    instants: VecDeque<Instant>,
    arrived: u32,
    counted: u32,
    most: u32,
}

#[derive(Debug)]
struct Instant {
    at_ms: i64,
    arrived: u32,
    counted: u32,
}

/// Whether a call may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    /// It may; so many more may follow (`None` without quota).
    Pass { remaining: Option<u32> },
    /// It may not, for so many seconds.
    Wait { seconds: i64 },
}

impl Window {
    pub(crate) const fn new(quota: Quota) -> Self {
        Self { quota, instants: VecDeque::new(), arrived: 0, counted: 0, most: 0 }
    }

    /// Most calls that arrived in any window, with those that were answered 429.
    pub(crate) const fn most(&self) -> u32 {
        self.most
    }

    /// A call arrives at `now_ms`, which never goes back.
    pub(crate) fn arrive(&mut self, now_ms: i64) -> Admission {
        self.forget(now_ms.saturating_sub(self.quota.window_ms));
        let admission = match self.quota.calls {
            None => Admission::Pass { remaining: None },
            Some(calls) if self.counted < calls => {
                Admission::Pass { remaining: Some(calls - self.counted - 1) }
            }
            Some(_) => Admission::Wait { seconds: self.wait_seconds(now_ms) },
        };
        let counts = u32::from(matches!(admission, Admission::Pass { .. }));
        match self.instants.back_mut().filter(|last| last.at_ms == now_ms) {
            Some(last) => {
                last.arrived += 1;
                last.counted += counts;
            }
            None => self.instants.push_back(Instant { at_ms: now_ms, arrived: 1, counted: counts }),
        }
        self.arrived += 1;
        self.counted += counts;
        self.most = self.most.max(self.arrived);
        admission
    }

    /// Forgets what arrived at `until_ms` or before.
    fn forget(&mut self, until_ms: i64) {
        while let Some(first) = self.instants.front().filter(|first| first.at_ms <= until_ms) {
            self.arrived -= first.arrived;
            self.counted -= first.counted;
            self.instants.pop_front();
        }
    }

    /// Whole seconds, rounded up, until the oldest call that counts is forgotten.
    fn wait_seconds(&self, now_ms: i64) -> i64 {
        let oldest = self.instants.iter().find(|instant| instant.counted > 0);
        let free_ms = oldest.map_or(now_ms, |instant| instant.at_ms + self.quota.window_ms);
        ((free_ms - now_ms + 999) / 1_000).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_the_quota_passes_in_any_window() {
        let mut window = Window::new("3/5".parse().unwrap());
        let pass = |remaining| Admission::Pass { remaining: Some(remaining) };
        assert_eq!(window.arrive(0), pass(2));
        assert_eq!(window.arrive(1_000), pass(1));
        assert_eq!(window.arrive(1_000), pass(0));
        assert_eq!(window.arrive(1_500), Admission::Wait { seconds: 4 });
        assert_eq!(window.arrive(4_999), Admission::Wait { seconds: 1 });
        // The first call is a whole window old; the refused ones never counted.
        assert_eq!(window.arrive(5_000), pass(0));
        assert_eq!(window.arrive(5_999), Admission::Wait { seconds: 1 });
        assert_eq!(window.arrive(6_000), pass(1));
        // With those refused: after 999, six arrived until 5,999.
        assert_eq!(window.most(), 6);
    }

    #[test]
    fn without_a_quota_all_pass_and_are_measured() {
        let mut window = Window::new(Quota::NONE);
        for now in 0..10_000 {
            assert_eq!(window.arrive(now), Admission::Pass { remaining: None });
        }
        assert_eq!(window.most(), 5_000);
    }
}

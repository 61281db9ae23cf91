//! The calls that IO grants to an ente, exact to the last one.
//!
//! IO counts arrivals in any window of time; what a sender knows is when it sent and when it was
//! answered, and the arrival lies between. A place is therefore taken when a call starts and is free
//! again one window after its answer (or, if none came, one window and a second after the start):
//! whatever the network does to single calls, IO never sees more than the quota in any window.
//! Starts are spaced evenly, so that an ente's calls do not come in bursts.
//!
//! Other software of the same ente spends from the same account, and says nothing. What it takes is learned from what
//! IO tells with each answer to be left, see [`Others`].

use crate::others::Others;
use staffetta_domain::Quota;
use std::collections::VecDeque;

/// How much longer than a window a place stays taken when no answer came: the call may arrive late.
const LOST_ANSWER_MARGIN_MS: i64 = 1_000;
/// How many starts may be made up for after the program was late: timers are not exact.
const CATCH_UP_STARTS: i64 = 4;

/// The budget of one ente. All times are milliseconds of a clock that never jumps back.
#[derive(Debug)]
pub struct Budget {
    quota: Quota,
    /// Per cent of the quota that is used at most.
    share: u8,
    others: Others,
    /// Calls whose answer is awaited.
    open: u32,
    /// When each answered call's place is free again, in order.
    cooling: VecDeque<i64>,
    /// The earliest next start, in microseconds.
    next_start_us: i64,
    /// Nobody of this ente calls before this: IO said so.
    held_until_ms: i64,
}

impl Budget {
    /// A full budget.
    #[must_use]
    pub const fn new(quota: Quota) -> Self {
        Self {
            quota,
            share: 100,
            others: Others::new(),
            open: 0,
            cooling: VecDeque::new(),
            next_start_us: 0,
            held_until_ms: i64::MIN,
        }
    }

    /// Takes over another quota, and how much of it may be used, in per cent; places taken under the old one stay
    /// taken. Where there was none, the calls of the last window were not counted: one window is waited for.
    pub fn set_quota(&mut self, quota: Quota, share: u8, now_ms: i64) {
        let uncounted = self.quota.calls.is_none() && quota.calls.is_some();
        if self.quota != quota {
            self.others = Others::new();
        }
        self.quota = quota;
        self.share = share.clamp(1, 100);
        if uncounted {
            self.hold_one_window(now_ms);
        }
    }

    /// Calls in a window that may be made now: of the quota, or of its share, what others do not take. `None` where IO
    /// sets no limit.
    #[must_use]
    pub fn available(&self) -> Option<u32> {
        let calls = self.quota.calls?;
        let share = u64::from(calls) * u64::from(self.share) / 100;
        let share = u32::try_from(share).unwrap_or(calls);
        // Always one: whoever does not call learns nothing.
        Some(share.min(calls.saturating_sub(self.others.taken())).max(1))
    }

    /// Calls that may be made within a time, one after the other; `None` where IO sets no limit.
    #[must_use]
    pub fn calls_within(&self, time_ms: i64) -> Option<usize> {
        let calls = i64::from(self.available()?);
        usize::try_from(calls.saturating_mul(time_ms) / self.quota.window_ms.max(1)).ok()
    }

    /// Whether nobody may call now, whatever places there are.
    #[must_use]
    pub const fn is_held(&self, now_ms: i64) -> bool {
        now_ms < self.held_until_ms
    }

    /// A new owner of an ente does not know what the one before it sent, nor what of it arrives late: it waits
    /// one window and a margin.
    pub fn hold_one_window(&mut self, now_ms: i64) {
        if self.quota.calls.is_some() {
            self.hold_until(now_ms + self.quota.window_ms + LOST_ANSWER_MARGIN_MS);
        }
    }

    /// IO said that the quota is used up: nobody calls for `after_ms`.
    pub fn rate_limited(&mut self, now_ms: i64, after_ms: i64) {
        self.hold_until(now_ms + after_ms.max(1));
    }

    /// IO said with the answer to a call that started at `started_ms` how many more may follow it.
    pub fn told_remaining(&mut self, started_ms: i64, remaining: u32) {
        if let Some(calls) = self.quota.calls {
            self.others.told_remaining(calls, self.quota.window_ms, started_ms, remaining);
        }
    }

    fn hold_until(&mut self, at_ms: i64) {
        self.held_until_ms = self.held_until_ms.max(at_ms);
    }

    /// Takes a place now, or tells when to ask again (`None`: when an answer comes).
    ///
    /// # Errors
    /// The instant from which a place may be free.
    pub fn take(&mut self, now_ms: i64) -> Result<(), Option<i64>> {
        if self.is_held(now_ms) {
            return Err(Some(self.held_until_ms));
        }
        let Some(calls) = self.available() else {
            self.open += 1;
            return Ok(());
        };
        while self.cooling.front().is_some_and(|free_at| *free_at <= now_ms) {
            self.cooling.pop_front();
        }
        let taken = u64::from(self.open) + self.cooling.len() as u64;
        if taken >= u64::from(calls) {
            return Err(self.cooling.front().copied());
        }
        let now_us = now_ms * 1_000;
        if now_us < self.next_start_us {
            return Err(Some(self.next_start_us.div_euclid(1_000) + 1));
        }
        let spacing_us = self.quota.window_ms * 1_000 / i64::from(calls);
        self.next_start_us = self.next_start_us.max(now_us - CATCH_UP_STARTS * spacing_us) + spacing_us;
        self.open += 1;
        Ok(())
    }

    /// The call for which a place was taken starts.
    pub fn started(&mut self, now_ms: i64) {
        if self.quota.calls.is_some() {
            self.others.started(now_ms, self.quota.window_ms);
        }
    }

    /// The answer of a call came: its place is free one window from now.
    pub fn answered(&mut self, now_ms: i64) {
        self.close(now_ms + self.quota.window_ms);
    }

    /// The call ended without an answer; it may still arrive.
    pub fn unanswered(&mut self, now_ms: i64) {
        self.close(now_ms + self.quota.window_ms + LOST_ANSWER_MARGIN_MS);
    }

    /// The call was never made: its place is free at once.
    pub const fn unused(&mut self) {
        self.open = self.open.saturating_sub(1);
    }

    fn close(&mut self, free_at: i64) {
        self.open = self.open.saturating_sub(1);
        if self.quota.calls.is_none() {
            return;
        }
        // Nearly always the last; a shorter margin may come before a longer one.
        let place = self.cooling.iter().rposition(|other| *other <= free_at).map_or(0, |at| at + 1);
        self.cooling.insert(place, free_at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    /// Drives a budget with random round trips; gives each call's arrival.
    fn arrivals(seed: u64, quota: Quota, until_ms: i64, longest_trip_ms: i64) -> Vec<i64> {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let mut budget = Budget::new(quota);
        let mut answers: Vec<(i64, bool)> = Vec::new();
        let mut arrived = Vec::new();
        let mut now = 0;
        while now < until_ms {
            answers.retain(|(at, lost)| {
                if *at > now {
                    return true;
                }
                let close = if *lost { Budget::unanswered } else { Budget::answered };
                close(&mut budget, now);
                false
            });
            match budget.take(now) {
                Ok(()) => {
                    let there = chance.random_range(0..=longest_trip_ms);
                    let back = chance.random_range(0..=longest_trip_ms);
                    arrived.push(now + there);
                    answers.push((now + there + back, chance.next_u32() % 50 == 0));
                }
                Err(_) => now += 1,
            }
        }
        arrived.sort_unstable();
        arrived
    }

    fn most_in_a_window(arrived: &[i64], window_ms: i64) -> usize {
        (0..arrived.len())
            .map(|first| arrived[first..].partition_point(|at| *at < arrived[first] + window_ms))
            .max()
            .unwrap_or(0)
    }

    #[test]
    fn never_more_than_the_quota_arrives_in_any_window() {
        for seed in 0..20 {
            let arrived = arrivals(seed, Quota::IO_DEFAULT, 60_000, 400);
            assert!(most_in_a_window(&arrived, 5_000) <= 150, "seed {seed}");
        }
    }

    #[test]
    fn nearly_all_of_the_quota_is_used() {
        let arrived = arrivals(1, Quota::IO_DEFAULT, 65_000, 25);
        let used = arrived.iter().filter(|at| (5_000..65_000).contains(*at)).count();
        assert!(used >= 150 * 12 * 98 / 100, "{used}");
    }

    #[test]
    fn a_used_up_quota_holds_everybody() {
        let mut budget = Budget::new(Quota::NONE);
        budget.rate_limited(1_000, 2_000);
        assert_eq!(budget.take(2_999), Err(Some(3_000)));
        assert_eq!(budget.take(3_000), Ok(()));
    }

    #[test]
    fn calls_made_without_a_quota_are_waited_for() {
        let mut budget = Budget::new(Quota::NONE);
        assert_eq!(budget.take(1_000), Ok(()));
        budget.answered(1_001);
        budget.set_quota(Quota::IO_DEFAULT, 100, 1_002);
        assert!(budget.is_held(7_001) && !budget.is_held(7_002));
        budget.set_quota(Quota { calls: Some(1), window_ms: 5_000 }, 100, 7_002);
        assert_eq!(budget.take(7_002), Ok(()), "a changed quota holds nobody");
    }

    #[test]
    fn a_place_that_was_not_used_is_free_at_once() {
        let mut budget = Budget::new(Quota { calls: Some(1), window_ms: 1_000 });
        assert_eq!(budget.take(0), Ok(()));
        assert_eq!(budget.take(5_000), Err(None));
        budget.unused();
        assert_eq!(budget.take(5_000), Ok(()));
        budget.answered(5_000);
        assert_eq!(budget.take(5_500), Err(Some(6_000)));
    }
}

//! What other software of the same ente takes of its quota, learned from what IO tells to be left.
//!
//! With each answer IO tells how many calls may follow the one it answers. Of those that may not, we know our own by
//! their starts; the rest are the others'. What is on its way when another call arrives blurs the count by a few: a
//! mean over the last answers settles it, and a few are nobody.

use std::collections::VecDeque;

/// Answers of which the mean is taken: a quarter of a second of a busy ente.
const ANSWERS: usize = 8;
/// So many calls, on the mean, are a blur of our own.
const BLUR: i64 = 2;

/// What others take.
#[derive(Debug)]
pub(crate) struct Others {
    /// When our own calls of the last two windows started.
    starts: VecDeque<i64>,
    /// What the last answers told of the others' calls in a window.
    told: VecDeque<i64>,
}

impl Others {
    pub(crate) const fn new() -> Self {
        Self { starts: VecDeque::new(), told: VecDeque::new() }
    }

    /// A call of ours starts.
    pub(crate) fn started(&mut self, now_ms: i64, window_ms: i64) {
        // An answer that comes late tells of a window that began before this one.
        while self.starts.front().is_some_and(|start| *start <= now_ms - 2 * window_ms) {
            self.starts.pop_front();
        }
        self.starts.push_back(now_ms);
    }

    /// IO told, with the answer to a call that started at `started_ms`, how many of `calls` were left.
    pub(crate) fn told_remaining(&mut self, calls: u32, window_ms: i64, started_ms: i64, remaining: u32) {
        let first = self.starts.partition_point(|start| *start <= started_ms - window_ms);
        let until = self.starts.partition_point(|start| *start <= started_ms);
        let own = i64::try_from(until.saturating_sub(first)).unwrap_or(i64::MAX);
        let used = i64::from(calls.saturating_sub(remaining));
        if self.told.len() == ANSWERS {
            self.told.pop_front();
        }
        self.told.push_back((used - own).max(0));
    }

    /// Calls of a window that others take.
    pub(crate) fn taken(&self) -> u32 {
        let answers = i64::try_from(self.told.len()).unwrap_or(i64::MAX).max(1);
        let sum: i64 = self.told.iter().sum();
        if sum <= BLUR * answers {
            return 0;
        }
        // Rounded up, and one more: they do not pace themselves by us.
        u32::try_from(sum / answers + 2).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use crate::budget::Budget;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;
    use staffetta_domain::Quota;
    use std::collections::VecDeque;

    const QUOTA: Quota = Quota::IO_DEFAULT;
    const WINDOW_MS: i64 = 5_000;

    /// IO's counter: calls that passed in the last window.
    #[derive(Default)]
    struct Counter(VecDeque<i64>);

    impl Counter {
        /// What is left after a call that passes; `None` where it does not pass.
        fn arrive(&mut self, now: i64) -> Option<u32> {
            while self.0.front().is_some_and(|at| *at <= now - WINDOW_MS) {
                self.0.pop_front();
            }
            let left = 150_usize.checked_sub(self.0.len() + 1)?;
            self.0.push_back(now);
            u32::try_from(left).ok()
        }
    }

    /// How the others call.
    #[derive(Clone, Copy, Debug)]
    enum Manner {
        Nobody,
        Evenly,
        ByChance,
        AtOnce,
    }

    impl Manner {
        /// Calls of the others in this millisecond: 75 in a window on the mean.
        fn calls(self, now: i64, chance: &mut ChaCha8Rng) -> u32 {
            match self {
                Self::Nobody => 0,
                Self::Evenly => u32::from(now % 200 == 0) * 3,
                Self::ByChance => u32::from(chance.random_bool(0.015)),
                Self::AtOnce => u32::from(now % WINDOW_MS == 0) * 75,
            }
        }
    }

    struct Run {
        /// Own calls that passed, in the last minute.
        passed: u32,
        /// What the others left of the quota, in the last minute.
        left: u32,
        /// Own calls that did not, in all.
        wasted: u32,
        /// The others' calls that did not, in the last minute: in the first window, theirs are learned.
        harmed: u32,
    }

    fn run(manner: Manner, trip_ms: i64, share: u8) -> Run {
        let mut chance = ChaCha8Rng::seed_from_u64(7);
        let mut counter = Counter::default();
        let mut budget = Budget::new(QUOTA);
        budget.set_quota(QUOTA, share, 0);
        // On their way there, and back with what was told.
        let mut there: Vec<(i64, i64)> = Vec::new();
        let mut back: Vec<(i64, i64, Option<u32>)> = Vec::new();
        let mut run = Run { passed: 0, left: 150 * 12, wasted: 0, harmed: 0 };
        for now in 0..65_000 {
            for _ in 0..manner.calls(now, &mut chance) {
                let passed = counter.arrive(now).is_some();
                if now >= 5_000 {
                    run.left -= 1;
                    run.harmed += u32::from(!passed);
                }
            }
            there.retain(|(started, at)| {
                if *at > now {
                    return true;
                }
                let left = counter.arrive(now);
                run.passed += u32::from(left.is_some() && now >= 5_000);
                run.wasted += u32::from(left.is_none());
                back.push((*started, now + chance.random_range(0..=trip_ms), left));
                false
            });
            back.retain(|(started, at, left)| {
                if *at > now {
                    return true;
                }
                budget.answered(now);
                match left {
                    Some(left) => budget.told_remaining(*started, *left),
                    None => budget.rate_limited(now, 1_000),
                }
                false
            });
            while budget.take(now).is_ok() {
                budget.started(now);
                there.push((now, now + chance.random_range(0..=trip_ms)));
            }
        }
        run
    }

    #[test]
    fn alone_nearly_all_of_the_quota_is_used_and_nothing_is_wasted() {
        for (trip_ms, least) in [(5, 98), (25, 98), (150, 93)] {
            let run = run(Manner::Nobody, trip_ms, 100);
            assert_eq!(run.wasted, 0, "{trip_ms}");
            assert!(run.passed >= 150 * 12 * least / 100, "{trip_ms}: {}", run.passed);
        }
    }

    #[test]
    fn beside_others_what_they_leave_is_used_and_little_is_wasted() {
        // Of others who call by chance a window holds a tenth more or less than the mean: what they leave for a moment
        // is not used, and what they take for a moment more costs them or us a call.
        for (manner, least, most_harmed) in
            [(Manner::Evenly, 95, 2), (Manner::ByChance, 88, 4), (Manner::AtOnce, 95, 0)]
        {
            for trip_ms in [5, 25, 100] {
                let Run { passed, left, wasted, harmed } = run(manner, trip_ms, 100);
                assert!(passed >= left * least / 100, "{manner:?} {trip_ms}: {passed} of {left} passed");
                assert!(wasted <= left * 2 / 100, "{manner:?} {trip_ms}: {wasted} of {left} wasted");
                assert!(
                    harmed <= left * most_harmed / 100,
                    "{manner:?} {trip_ms}: {harmed} of {left} harmed"
                );
            }
        }
    }

    #[test]
    fn a_share_leaves_the_rest_to_others() {
        let run = run(Manner::Nobody, 25, 40);
        assert!((680..=720).contains(&run.passed), "{}", run.passed);
    }
}

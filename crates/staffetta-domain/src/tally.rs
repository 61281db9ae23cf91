//! How many notifications of a flow stand in each state.

use crate::NotificationState;

/// A count for each state, kept in the same transaction as the changes that it counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally([i64; 9]);

impl Tally {
    /// The counts, in the order of [`NotificationState::ALL`].
    #[must_use]
    pub const fn from_counts(counts: [i64; 9]) -> Self {
        Self(counts)
    }

    /// How many stand in `state`.
    #[must_use]
    pub const fn count(&self, state: NotificationState) -> i64 {
        self.0[state as usize]
    }

    /// Adds `n` (may be negative) to the count of `state`.
    pub const fn add(&mut self, state: NotificationState, n: i64) {
        self.0[state as usize] += n;
    }

    /// All notifications of the flow.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.0.iter().sum()
    }

    /// Those whose sending is not over.
    #[must_use]
    pub fn open(&self) -> i64 {
        self.sum(NotificationState::is_open)
    }

    /// Those with a negative outcome.
    #[must_use]
    pub fn negative(&self) -> i64 {
        self.sum(NotificationState::is_negative)
    }

    /// *Da esaminare*: errors, what was not taken by IO in the end, and what is uncertain. What a person
    /// stopped needs no looking at.
    #[must_use]
    pub const fn to_examine(&self) -> i64 {
        self.count(NotificationState::Rejected)
            + self.count(NotificationState::Failed)
            + self.count(NotificationState::Uncertain)
    }

    /// State and count, in the order of [`NotificationState::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (NotificationState, i64)> + '_ {
        NotificationState::ALL.into_iter().map(|state| (state, self.count(state)))
    }

    fn sum(&self, wanted: impl Fn(NotificationState) -> bool) -> i64 {
        self.iter().filter(|(state, _)| wanted(*state)).map(|(_, n)| n).sum()
    }
}

//! Amounts in euro cents.

/// An amount from 1 to 9,999,999,999 euro cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(i64);

impl Amount {
    /// Euro cents.
    #[must_use]
    pub const fn cents(self) -> i64 {
        self.0
    }
}

//! How long a row waits before its next attempt.

/// First delay, in milliseconds; each further one is twice as long.
const FIRST_MS: i64 = 5_000;
/// Longest delay.
const LONGEST_MS: i64 = 15 * 60 * 1_000;
/// Retries end this long after the first "later": then the notification is Failed.
pub(super) const RETRIES_END_MS: i64 = 24 * 60 * 60 * 1_000;

/// Delay before attempt number `retries + 1`, spread by `chance` (0 to 1) over half to three halves of its length,
/// so that rows that failed together do not come back together.
#[must_use]
pub fn retry_delay_ms(retries: i16, chance: f64) -> i64 {
    let doublings = u32::from(retries.clamp(0, 12).unsigned_abs());
    let delay = FIRST_MS.saturating_mul(1_i64 << doublings).min(LONGEST_MS);
    spread(delay, chance)
}

/// `length_ms`, spread by `chance` (0 to 1) over half to three halves.
pub(super) fn spread(length_ms: i64, chance: f64) -> i64 {
    // The share is a whole number of thousandths: no lossy conversion of times.
    #[expect(clippy::cast_possible_truncation, reason = "a chance from 0 to 1 gives 0 to 1000")]
    let thousandths = (chance.clamp(0.0, 1.0) * 1_000.0) as i64;
    length_ms / 2 + length_ms * thousandths / 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_to_a_limit_and_are_spread() {
        assert_eq!(retry_delay_ms(0, 0.5), FIRST_MS);
        assert_eq!(retry_delay_ms(1, 0.5), 2 * FIRST_MS);
        assert_eq!(retry_delay_ms(30, 0.5), LONGEST_MS);
        assert_eq!(retry_delay_ms(0, 0.0), FIRST_MS / 2);
        assert_eq!(retry_delay_ms(0, 1.0), FIRST_MS * 3 / 2);
        assert_eq!(retry_delay_ms(-1, 0.5), FIRST_MS);
    }
}

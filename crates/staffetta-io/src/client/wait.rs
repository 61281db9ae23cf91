//! How long IO asks to wait.

/// Wait when a 429 does not say: the window of IO's quota, in milliseconds.
const DEFAULT_WAIT_MS: i64 = 5_000;
/// Longest wait that is believed, in seconds. IO's is 5 at the most.
const LONGEST_WAIT_S: u32 = 3_600;

/// Milliseconds to wait after a 429: the header (`x-rate-limit-retry-after`, which replaces
/// `Retry-After`, or that one), else the number in the text, else 5 seconds.
pub(crate) fn after_rate_limit_ms(header: Option<&str>, text: Option<&str>) -> i64 {
    header
        .and_then(seconds_in_header)
        .or_else(|| text.and_then(seconds_in_text))
        // The gateway rounds down: "0 seconds" is the rest of this one.
        .map_or(DEFAULT_WAIT_MS, |seconds| i64::from(seconds.clamp(1, LONGEST_WAIT_S)) * 1_000)
}

/// Milliseconds of a `Retry-After` of another answer, if it is a number of seconds. A date is not
/// read: it would have to be compared with a clock that is not IO's.
pub(crate) fn after_fault_ms(header: Option<&str>) -> Option<i64> {
    header.and_then(seconds_in_header).map(|seconds| i64::from(seconds.min(LONGEST_WAIT_S)) * 1_000)
}

fn seconds_in_header(text: &str) -> Option<u32> {
    text.trim().parse().ok()
}

/// The number in `Rate limit is exceeded. Try again in 3 seconds.`
fn seconds_in_text(text: &str) -> Option<u32> {
    let (_, after) = text.split_once("Try again in ")?;
    let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
    after[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_then_text_then_the_window() {
        let text = Some("Rate limit is exceeded. Try again in 3 seconds.");
        assert_eq!(after_rate_limit_ms(Some("2"), text), 2_000);
        assert_eq!(after_rate_limit_ms(Some("0"), text), 1_000);
        assert_eq!(after_rate_limit_ms(Some("soon"), text), 3_000);
        assert_eq!(after_rate_limit_ms(None, text), 3_000);
        assert_eq!(after_rate_limit_ms(None, Some("Rate limit is exceeded.")), 5_000);
        assert_eq!(after_rate_limit_ms(Some("Wed, 21 Oct 2026 07:28:00 GMT"), None), 5_000);
        assert_eq!(after_rate_limit_ms(Some("99999999"), None), 3_600_000);
        assert_eq!((after_fault_ms(Some("10")), after_fault_ms(Some("x"))), (Some(10_000), None));
    }
}

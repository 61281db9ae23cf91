//! The calls that IO grants to an ente in a stretch of time.

use std::fmt;
use std::str::FromStr;

/// Calls allowed in any window of time, for all services, keys and endpoints of an ente together.
///
/// IO's default is 150 calls in 5 s (policy of the gateway's product, counted per account of the ente).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Calls in a window; `None` where IO sets no limit.
    pub calls: Option<u32>,
    /// Length of the window, in milliseconds.
    pub window_ms: i64,
}

impl Quota {
    /// 150 calls in 5 seconds.
    pub const IO_DEFAULT: Self = Self { calls: Some(150), window_ms: 5_000 };
    /// No limit.
    pub const NONE: Self = Self { calls: None, window_ms: 5_000 };
}

/// The text is neither `none` nor `CALLS/SECONDS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "write the quota as CALLS/SECONDS (for instance 150/5), from 1 to 100000 calls and 1 to 3600 seconds, or none"
)]
pub struct QuotaError;

impl FromStr for Quota {
    type Err = QuotaError;

    fn from_str(text: &str) -> Result<Self, QuotaError> {
        if text.trim() == "none" {
            return Ok(Self::NONE);
        }
        let (calls, seconds) = text.trim().split_once('/').ok_or(QuotaError)?;
        let calls: u32 = calls.parse().map_err(|_| QuotaError)?;
        let seconds: u32 = seconds.parse().map_err(|_| QuotaError)?;
        if !(1..=100_000).contains(&calls) || !(1..=3_600).contains(&seconds) {
            return Err(QuotaError);
        }
        Ok(Self { calls: Some(calls), window_ms: i64::from(seconds) * 1_000 })
    }
}

impl fmt::Display for Quota {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.calls {
            Some(calls) => write!(out, "{calls}/{}", self.window_ms / 1_000),
            None => out.write_str("none"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_reads_back_what_it_writes() {
        for text in ["150/5", "250/5", "none"] {
            assert_eq!(text.parse::<Quota>().map(|quota| quota.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "150", "0/5", "150/0", "-1/5", "150/5/1", "150/3601"] {
            assert_eq!(text.parse::<Quota>(), Err(QuotaError), "{text}");
        }
    }
}

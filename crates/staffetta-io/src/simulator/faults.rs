//! Faults of network and receiver, by chance from the seed.

use crate::simulator::chance::Draw;
use std::str::FromStr;

/// Shares of calls that go wrong, each from 0 to 1; their sum is at most 1.
///
/// Written as a comma-separated list, for instance `lost=0.01,slow=0.05:3000,e503=0.01`:
///
/// | word | what happens |
/// |---|---|
/// | `lost=P` | the message is taken, then the connection is closed without an answer |
/// | `reset=P` | nothing is taken, the connection is closed without an answer |
/// | `slow=P:MS` | all goes well, MS milliseconds later (3000 if `:MS` is missing) |
/// | `e500=P` | a bare 500; nothing is taken |
/// | `e500p=P` | a 500 with problem+json, as IO's own; nothing is taken |
/// | `e503=P` | a bare 503; the message is taken or not, half and half |
/// | `hang=P` | no answer ever; the message is taken or not, half and half |
/// | `r429=P` | a 429 although the quota is not used up; nothing is taken |
/// | `none` | alone: no fault, and every citizen who can be reached gets every message |
///
/// On profiles and status calls `lost` and `reset` are the same. A fault is decided by the seed, the
/// citizen and how often that very call was seen, so a repeated call may go well, and the order of
/// calls changes nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Faults {
    /// Taken, and the answer lost.
    pub lost: f64,
    /// Not taken, connection closed.
    pub reset: f64,
    /// Answered late.
    pub slow: f64,
    /// How late, in milliseconds.
    pub slow_ms: i64,
    /// Bare 500, not taken.
    pub e500: f64,
    /// 500 with problem+json, not taken.
    pub e500p: f64,
    /// Bare 503, taken or not.
    pub e503: f64,
    /// Never answered, taken or not.
    pub hang: f64,
    /// 429, not taken.
    pub r429: f64,
    /// Whether a few citizens' messages are refused, lost, rejected or failed, see [`crate::Fate`].
    pub fates: bool,
}

/// What is wrong with a list of faults.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultsError {
    /// No such word.
    #[error("unknown fault {0:?}: write lost, reset, slow, e500, e500p, e503, hang or r429, or none alone")]
    UnknownWord(String),
    /// Not a share.
    #[error("{word}={value}: write a share from 0 to 1, for instance {word}=0.01")]
    NotAShare {
        /// The fault.
        word: String,
        /// What was written.
        value: String,
    },
    /// Not a time.
    #[error("slow={0}: write a share and milliseconds from 0 to 600000, for instance slow=0.01:3000")]
    NotATime(String),
    /// The same word again.
    #[error("{0} is written twice")]
    Twice(String),
    /// The shares are more than all calls.
    #[error("the shares of all faults together are over 1")]
    TooMany,
}

/// What goes wrong with a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Lost,
    Reset,
    Slow { delay_ms: i64 },
    Bare500,
    Problem500,
    Bare503 { taken: bool },
    Hang { taken: bool },
    TooMany,
}

impl Default for Faults {
    /// No fault by chance; the citizens' fates as usual.
    fn default() -> Self {
        Self {
            lost: 0.0,
            reset: 0.0,
            slow: 0.0,
            slow_ms: 3_000,
            e500: 0.0,
            e500p: 0.0,
            e503: 0.0,
            hang: 0.0,
            r429: 0.0,
            fates: true,
        }
    }
}

impl Faults {
    /// No fault, and no trouble in the citizens' fates.
    #[must_use]
    pub fn none() -> Self {
        Self { fates: false, ..Self::default() }
    }

    /// Whether any fault can happen by chance.
    #[must_use]
    pub fn any(&self) -> bool {
        self.sum() > 0.0
    }

    fn sum(&self) -> f64 {
        self.lost + self.reset + self.slow + self.e500 + self.e500p + self.e503 + self.hang + self.r429
    }

    /// What goes wrong with the call `identity`, seen `seen` times before.
    pub(crate) fn decide(&self, seed: u64, identity: u64, seen: u32) -> Option<Fault> {
        if !self.any() {
            return None;
        }
        let draw = Draw::of(seed, "fault", &[&identity.to_le_bytes(), &seen.to_le_bytes()]);
        let taken = draw.below(2) == 0;
        let mut rest = draw.share();
        let shares = [
            (self.lost, Fault::Lost),
            (self.reset, Fault::Reset),
            (self.slow, Fault::Slow { delay_ms: self.slow_ms }),
            (self.e500, Fault::Bare500),
            (self.e500p, Fault::Problem500),
            (self.e503, Fault::Bare503 { taken }),
            (self.hang, Fault::Hang { taken }),
            (self.r429, Fault::TooMany),
        ];
        for (share, fault) in shares {
            if rest < share {
                return Some(fault);
            }
            rest -= share;
        }
        None
    }
}

impl FromStr for Faults {
    type Err = FaultsError;

    fn from_str(text: &str) -> Result<Self, FaultsError> {
        if text.trim() == "none" {
            return Ok(Self::none());
        }
        let mut faults = Self::default();
        let mut words: Vec<&str> = Vec::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (word, value) = part.split_once('=').unwrap_or((part, ""));
            let (word, value) = (word.trim(), value.trim());
            if words.contains(&word) {
                return Err(FaultsError::Twice(word.to_owned()));
            }
            words.push(word);
            faults.set(word, value)?;
        }
        // A little over is rounding.
        if faults.sum() > 1.0 + 1e-9 { Err(FaultsError::TooMany) } else { Ok(faults) }
    }
}

impl Faults {
    fn set(&mut self, word: &str, value: &str) -> Result<(), FaultsError> {
        let mut value = value;
        let place = match word {
            "lost" => &mut self.lost,
            "reset" => &mut self.reset,
            "slow" => {
                if let Some((share, time)) = value.split_once(':') {
                    self.slow_ms =
                        milliseconds(time).ok_or_else(|| FaultsError::NotATime(value.to_owned()))?;
                    value = share;
                }
                &mut self.slow
            }
            "e500" => &mut self.e500,
            "e500p" => &mut self.e500p,
            "e503" => &mut self.e503,
            "hang" => &mut self.hang,
            "r429" => &mut self.r429,
            _ => return Err(FaultsError::UnknownWord(word.to_owned())),
        };
        *place = value
            .parse()
            .ok()
            .filter(|share| (0.0..=1.0).contains(share))
            .ok_or_else(|| FaultsError::NotAShare { word: word.to_owned(), value: value.to_owned() })?;
        Ok(())
    }
}

fn milliseconds(text: &str) -> Option<i64> {
    text.trim().parse().ok().filter(|time| (0..=600_000).contains(time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read() {
        let faults: Faults = "lost=0.01, slow=0.5:250,e500p=0.02".parse().unwrap();
        assert_eq!(faults, Faults { lost: 0.01, slow: 0.5, slow_ms: 250, e500p: 0.02, ..Faults::default() });
        assert_eq!("slow=0.1".parse::<Faults>().map(|faults| faults.slow_ms), Ok(3_000));
        assert_eq!("".parse::<Faults>(), Ok(Faults::default()));
        assert_eq!("none".parse::<Faults>(), Ok(Faults::none()));
    }

    #[test]
    fn errors_say_what_is_wrong() {
        for (text, error) in [
            (
                "lsot=0.1",
                "unknown fault \"lsot\": write lost, reset, slow, e500, e500p, e503, hang or r429, or none alone",
            ),
            ("lost", "lost=: write a share from 0 to 1, for instance lost=0.01"),
            ("lost=2", "lost=2: write a share from 0 to 1, for instance lost=0.01"),
            ("lost=NaN", "lost=NaN: write a share from 0 to 1, for instance lost=0.01"),
            (
                "slow=0.1:x",
                "slow=0.1:x: write a share and milliseconds from 0 to 600000, for instance slow=0.01:3000",
            ),
            ("lost=0.1,lost=0.2", "lost is written twice"),
            ("lost=0.6,reset=0.6", "the shares of all faults together are over 1"),
        ] {
            assert_eq!(
                text.parse::<Faults>().map_err(|error| error.to_string()),
                Err(error.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn faults_come_in_their_shares_and_pass() {
        let faults: Faults = "lost=0.1,hang=0.2,r429=0.1".parse().unwrap();
        let count = |wanted: fn(&Fault) -> bool| {
            (0..10_000_u64).filter_map(|call| faults.decide(1, call, 0)).filter(wanted).count()
        };
        for (found, expected) in [
            (count(|fault| *fault == Fault::Lost), 1_000_usize),
            (count(|fault| *fault == Fault::Hang { taken: true }), 1_000),
            (count(|fault| *fault == Fault::Hang { taken: false }), 1_000),
            (count(|fault| *fault == Fault::TooMany), 1_000),
        ] {
            assert!(found.abs_diff(expected) < 150, "{found} instead of {expected}");
        }
        assert!((0..50).any(|seen| faults.decide(1, 1, seen).is_none()));
        assert_eq!(Faults::default().decide(1, 1, 0), None);
    }
}

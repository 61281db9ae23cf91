//! What becomes of messages to a citizen of the simulator: a function of seed and fiscal code, so that
//! a list of examples can say in advance what must come of it.

use crate::simulator::chance::Draw;
use staffetta_domain::FiscalCode;

/// What becomes of messages to a citizen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// On IO, service on: PROCESSED.
    OnIo,
    /// Not on IO: profile 404; a message sent all the same becomes REJECTED.
    NotOnIo,
    /// Switched the service off: `sender_allowed` false; a message sent all the same becomes REJECTED.
    ServiceOff,
    /// On IO; the first time a body is taken its answer is lost.
    LostAnswer,
    /// On IO; the message is refused with 400.
    Refused,
    /// On IO; the message is taken, then REJECTED.
    RejectedLater,
    /// On IO; the message is taken, then FAILED.
    FailedLater,
}

/// Share of citizens who can be reached, unless told otherwise.
pub const DEFAULT_REACH: f64 = 0.85;

/// Of those who cannot be reached, the share that is not on IO at all; the others switched the service off.
const NOT_ON_IO: f64 = 2.0 / 3.0;
/// Shares of all citizens, taken from those who can be reached, from the top of the scale down.
const TROUBLES: [(Fate, f64); 4] = [
    (Fate::Refused, 0.002),
    (Fate::LostAnswer, 0.002),
    (Fate::FailedLater, 0.005),
    (Fate::RejectedLater, 0.010),
];

impl Fate {
    /// The fate of a citizen, where the share `reach` (from 0 to 1) can be reached.
    ///
    /// With 0.85: not on IO 10 %, service off 5 %, rejected later 1 %, failed later 0.5 %, answer lost
    /// 0.2 %, refused 0.2 %. IO's fictitious person is always on IO, for trial messages.
    #[must_use]
    pub fn of(seed: u64, fiscal_code: &FiscalCode, reach: f64) -> Self {
        Self::of_text(seed, fiscal_code.as_str(), reach)
    }

    /// The same for a code that is right for IO, which does not verify the check character.
    pub(crate) fn of_text(seed: u64, fiscal_code: &str, reach: f64) -> Self {
        if fiscal_code == FiscalCode::FICTITIOUS.as_str() {
            return Self::OnIo;
        }
        let share = Draw::of(seed, "fate", &[fiscal_code.as_bytes()]).share();
        let unreachable = 1.0 - reach.clamp(0.0, 1.0);
        if share < unreachable * NOT_ON_IO {
            return Self::NotOnIo;
        }
        if share < unreachable {
            return Self::ServiceOff;
        }
        let mut limit = 1.0;
        for (fate, part) in TROUBLES {
            limit -= part;
            if share >= limit {
                return fate;
            }
        }
        Self::OnIo
    }

    /// Whether the profile says that this service may write.
    #[must_use]
    pub const fn is_reachable(self) -> bool {
        !matches!(self, Self::NotOnIo | Self::ServiceOff)
    }

    /// The same citizen where nothing goes wrong by itself.
    pub(crate) const fn without_trouble(self) -> Self {
        if self.is_reachable() { Self::OnIo } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    fn shares(reach: f64) -> HashMap<Fate, u32> {
        let mut counts = HashMap::new();
        for number in 0..100_000 {
            let code = format!("RSSMRA85T10A{number:05}");
            *counts.entry(Fate::of_text(7, &code[..16], reach)).or_default() += 1;
            *counts.entry(Fate::of_text(8, &code[1..], reach)).or_default() += 1;
        }
        counts
    }

    #[test]
    fn shares_are_those_announced() {
        let counts = shares(DEFAULT_REACH);
        for (fate, expected) in [
            (Fate::NotOnIo, 20_000),
            (Fate::ServiceOff, 10_000),
            (Fate::RejectedLater, 2_000),
            (Fate::FailedLater, 1_000),
            (Fate::LostAnswer, 400),
            (Fate::Refused, 400),
            (Fate::OnIo, 166_200),
        ] {
            let found = counts.get(&fate).copied().unwrap_or_default();
            assert!(found.abs_diff(expected) < expected / 5, "{fate:?}: {found} instead of {expected}");
        }
    }

    #[test]
    fn reach_scales_who_cannot_be_reached() {
        assert!(!shares(1.0).contains_key(&Fate::NotOnIo));
        assert!(shares(0.0).keys().all(|fate| !fate.is_reachable()));
    }

    #[test]
    fn the_fate_is_of_seed_and_code_alone() {
        let code = FiscalCode::from_ledger("RSSMRA85T10A562S").unwrap();
        // Examples in the repository depend on these draws: a change here changes every expected count.
        let fates: Vec<_> = (0..6).map(|seed| Fate::of(seed, &code, 0.3)).collect();
        assert_eq!(fates, (0..6).map(|seed| Fate::of(seed, &code, 0.3)).collect::<Vec<_>>());
        assert!(fates.iter().any(|fate| *fate != fates[0]));
        assert_eq!(Fate::of(1, &FiscalCode::FICTITIOUS, 0.0), Fate::OnIo);
        assert_eq!(Fate::LostAnswer.without_trouble(), Fate::OnIo);
        assert_eq!(Fate::ServiceOff.without_trouble(), Fate::ServiceOff);
    }
}

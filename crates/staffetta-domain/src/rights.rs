//! What an operator may do.

use std::fmt;
use std::str::FromStr;

/// A set of rights. Looking comes with any enabled service; the rest is granted one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rights(pub i64);

impl Rights {
    /// Only looking.
    pub const LOOK: Self = Self(0);
    /// Composing flows.
    pub const COMPOSE: Self = Self(1);
    /// Activating and sending flows.
    pub const SEND: Self = Self(2);
    /// Writing single notifications.
    pub const SINGLE: Self = Self(4);
    /// Administering the ente: services, operators, settings, and all of the above.
    pub const ADMIN: Self = Self(8 | 1 | 2 | 4);

    /// What a test wants: to compose, and one of the two by which somebody is written to. The fiscal code that a test goes
    /// to is its operator's own word: without it who only composes could write to anybody.
    pub const OF_TEST: [Self; 2] = [Self(1 | 2), Self(1 | 4)];

    const NAMES: [(&'static str, Self); 4] =
        [("compose", Self::COMPOSE), ("send", Self::SEND), ("single", Self::SINGLE), ("admin", Self::ADMIN)];

    /// Whether all of `other` are in this set.
    #[must_use]
    pub const fn include(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether who has these may send a test of what they compose to themselves.
    #[must_use]
    pub fn let_test(self) -> bool {
        Self::OF_TEST.into_iter().any(|wanted| self.include(wanted))
    }
}

/// A word that names no right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown right {0:?}: write look, compose, send, single or admin, separated by commas")]
pub struct RightsError(String);

impl FromStr for Rights {
    type Err = RightsError;

    fn from_str(text: &str) -> Result<Self, RightsError> {
        let mut rights = Self::LOOK;
        for word in text.split(',').map(str::trim).filter(|word| !word.is_empty() && *word != "look") {
            let (_, right) = Self::NAMES
                .iter()
                .find(|(name, _)| *name == word)
                .ok_or_else(|| RightsError(word.to_owned()))?;
            rights.0 |= right.0;
        }
        Ok(rights)
    }
}

impl fmt::Display for Rights {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.include(Self::ADMIN) {
            return out.write_str("admin");
        }
        let names: Vec<_> =
            Self::NAMES.iter().filter(|(_, right)| self.include(*right)).map(|(name, _)| *name).collect();
        if names.is_empty() { out.write_str("look") } else { out.write_str(&names.join(",")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_read_back_what_they_write() {
        for text in ["look", "compose", "compose,send", "compose,send,single", "admin"] {
            assert_eq!(text.parse::<Rights>().map(|rights| rights.to_string()).as_deref(), Ok(text));
        }
        assert!("compose,fly".parse::<Rights>().is_err());
        assert!(Rights::ADMIN.include(Rights::SINGLE));
        assert!(!Rights::COMPOSE.include(Rights::SEND));
    }
}

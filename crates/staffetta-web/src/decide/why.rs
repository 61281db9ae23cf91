//! *Perché*: a decision without its reason would tell nobody anything later.

use staffetta_domain::Phrase;
use staffetta_store::ledger::WHY_MAX;
use staffetta_words::{say, text};

/// The reason that was typed, or what is wrong with it.
pub(crate) fn read(typed: &str) -> Result<&str, String> {
    let why = typed.trim();
    match why.chars().count() {
        0 => Err(text("decide-why-missing")),
        1..=WHY_MAX => Ok(why),
        found => Err(say(&Phrase::new("decide-why-long").with("found", found).with("max", WHY_MAX))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_something_and_not_too_much() {
        assert_eq!(read("  mancava la rete "), Ok("mancava la rete"));
        for wrong in ["", "  \n ", &"x".repeat(WHY_MAX + 1)] {
            assert!(!read(wrong).unwrap_err().starts_with('['));
        }
        assert!(read(&"è".repeat(WHY_MAX)).is_ok());
    }
}

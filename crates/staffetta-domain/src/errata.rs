//! *Errata corrige*: who is written to again, because what they got was wrong, and how such a message begins.
//!
//! The words stand in the Fluent files, and what was right is known to a person only.

use crate::NotificationState;
use crate::limits::SUBJECT_MAX;
use crate::markdown_escape::escape_tidy;
use crate::text::utf16_len;

/// What an errata says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrataKind {
    /// What was wrong, and what is right.
    Correction = 1,
    /// The message was not for them, or not to be sent at all.
    SentByMistake = 2,
}

impl ErrataKind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Correction, Self::SentByMistake];

    /// Word in forms and on the command line.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::SentByMistake => "mistake",
        }
    }

    /// The one with this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The one with this number.
    #[must_use]
    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as i16 == number)
    }
}

/// Whether the message of a flow that is over is before a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receipt {
    /// IO took it.
    Reached,
    /// The answer was lost: it may be.
    Uncertain,
    /// A person declared it sent, without a number of IO's.
    Declared,
    /// It is not.
    NotReached,
}

impl Receipt {
    /// From a notification's state, and whether it has IO's number of the message.
    #[must_use]
    pub const fn of(state: NotificationState, has_io_message_id: bool) -> Self {
        match state {
            NotificationState::Delivered => Self::Reached,
            NotificationState::Accepted if has_io_message_id => Self::Reached,
            NotificationState::Accepted => Self::Declared,
            NotificationState::Uncertain => Self::Uncertain,
            NotificationState::Queued
            | NotificationState::InFlight
            | NotificationState::Rejected
            | NotificationState::Unreachable
            | NotificationState::Failed
            | NotificationState::Cancelled => Self::NotReached,
        }
    }
}

/// How the recipients of a flow stand: together they are all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Receipts {
    /// IO took their message.
    pub reached: i64,
    /// The answer was lost.
    pub uncertain: i64,
    /// A person declared it sent.
    pub declared: i64,
    /// No message is before them.
    pub not_reached: i64,
}

impl Receipts {
    /// Counts some more.
    pub fn add(&mut self, receipt: Receipt, count: i64) {
        let counted = match receipt {
            Receipt::Reached => &mut self.reached,
            Receipt::Uncertain => &mut self.uncertain,
            Receipt::Declared => &mut self.declared,
            Receipt::NotReached => &mut self.not_reached,
        };
        *counted += count;
    }

    /// All of them.
    #[must_use]
    pub const fn total(&self) -> i64 {
        self.reached + self.uncertain + self.declared + self.not_reached
    }
}

/// Who is taken, beside those who were reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taking {
    /// Those whose outcome is uncertain.
    pub uncertain: bool,
    /// Those declared sent by a person.
    pub declared: bool,
}

impl Taking {
    /// Whether a recipient who stands so is taken.
    #[must_use]
    pub const fn takes(self, receipt: Receipt) -> bool {
        match receipt {
            Receipt::Reached => true,
            Receipt::Uncertain => self.uncertain,
            Receipt::Declared => self.declared,
            Receipt::NotReached => false,
        }
    }

    /// How many of them are taken.
    #[must_use]
    pub const fn of(self, receipts: &Receipts) -> i64 {
        receipts.reached
            + if self.uncertain { receipts.uncertain } else { 0 }
            + if self.declared { receipts.declared } else { 0 }
    }
}

/// The *oggetto* of an errata: the wrong one after some words, as long as IO allows. No placeholder is cut in two, and
/// the words are not said twice.
#[must_use]
pub fn errata_subject(words: &str, subject: &str) -> String {
    if subject.starts_with(words) {
        return subject.to_owned();
    }
    let whole = format!("{words}{subject}");
    if utf16_len(&whole) <= SUBJECT_MAX {
        return whole;
    }
    let mut cut = String::new();
    let mut room = SUBJECT_MAX - 1;
    for character in whole.chars() {
        match room.checked_sub(character.len_utf16()) {
            Some(left) => room = left,
            None => break,
        }
        cut.push(character);
    }
    if let Some(open) = cut.rfind("{{").filter(|open| !cut[*open..].contains("}}")) {
        cut.truncate(open);
    }
    // Nor is one brace of a placeholder left.
    format!("{}…", cut.trim_end_matches(['{', ' ']))
}

/// An *oggetto* as it may stand in a *contenuto*: harmless for Markdown but for its placeholders.
#[must_use]
pub fn subject_in_markdown(subject: &str) -> String {
    let mut out = String::with_capacity(subject.len());
    let mut rest = subject;
    while let Some((text, place)) = rest.split_once("{{") {
        escape_tidy(text, false, |piece| out.push_str(piece));
        let (place, after) = place.split_once("}}").unwrap_or((place, ""));
        out.push_str("{{");
        out.push_str(place);
        out.push_str("}}");
        rest = after;
    }
    escape_tidy(rest, false, |piece| out.push_str(piece));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORDS: &str = "Errata corrige: ";

    #[test]
    fn who_got_the_message_is_told_by_state_and_number() {
        let reached = [NotificationState::Delivered, NotificationState::Accepted];
        for state in NotificationState::ALL {
            let receipt = Receipt::of(state, true);
            assert_eq!(receipt == Receipt::Reached, reached.contains(&state), "{state:?}");
            assert!(!Taking::default().takes(receipt) || receipt == Receipt::Reached);
        }
        assert_eq!(Receipt::of(NotificationState::Accepted, false), Receipt::Declared);
        assert_eq!(Receipt::of(NotificationState::Uncertain, false), Receipt::Uncertain);
    }

    #[test]
    fn who_is_taken_and_who_is_not_are_all() {
        let mut receipts = Receipts::default();
        let counts = [(Receipt::Reached, 5), (Receipt::Uncertain, 3), (Receipt::Declared, 2)];
        for (receipt, count) in counts.into_iter().chain([(Receipt::NotReached, 7)]) {
            receipts.add(receipt, count);
        }
        assert_eq!(receipts.total(), 17);
        for (uncertain, declared, taken) in
            [(false, false, 5), (true, false, 8), (false, true, 7), (true, true, 10)]
        {
            let taking = Taking { uncertain, declared };
            assert_eq!(taking.of(&receipts), taken);
            let counted: i64 =
                counts.iter().filter(|(receipt, _)| taking.takes(*receipt)).map(|(_, count)| count).sum();
            assert_eq!(counted, taken);
        }
    }

    #[test]
    fn an_oggetto_says_once_that_it_is_an_errata() {
        assert_eq!(errata_subject(WORDS, "TARI 2026"), "Errata corrige: TARI 2026");
        assert_eq!(errata_subject(WORDS, "Errata corrige: TARI 2026"), "Errata corrige: TARI 2026");
        let long = format!("{}{{{{Cognome}}}}", "a".repeat(96));
        assert_eq!(errata_subject(WORDS, &long), format!("{WORDS}{}…", "a".repeat(96)));
    }

    #[test]
    fn an_oggetto_in_a_text_changes_nothing_of_it() {
        assert_eq!(subject_in_markdown("Rata *2* di {{Cog_nome}} "), "Rata \\*2\\* di {{Cog_nome}} ");
        assert_eq!(subject_in_markdown("[a](b)"), "\\[a\\]\\(b\\)");
    }

    proptest! {
        #[test]
        fn an_oggetto_is_never_too_long(subject in "([a-z😀 ]|\\{\\{[a-z]{1,9}\\}\\}){0,60}") {
            let errata = errata_subject(WORDS, &subject);
            prop_assert!(utf16_len(&errata) <= SUBJECT_MAX);
            prop_assert!(errata.starts_with(WORDS));
            prop_assert_eq!(errata.matches("{{").count(), errata.matches("}}").count());
        }
    }
}

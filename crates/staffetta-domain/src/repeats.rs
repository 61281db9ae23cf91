//! The same person more than once in a list.

use crate::Phrase;
use crate::list_plan::CheckedRow;
use std::collections::HashMap;
use std::collections::hash_map::{DefaultHasher, Entry};
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// Finds persons who stand more than once in a list, row by row.
///
/// At 1,000,000 rows it takes 52 bytes a row (25 for each place of a table that doubles when it is seven
/// eighths full; half as much again while it doubles), which is why it keeps hashes and 32-bit line
/// numbers: content is the same only if 64 bits of the person's hash and 64 of the content's agree.
#[derive(Debug, Default)]
pub struct Repeats {
    /// Hash of the person: first content seen and its line.
    first: HashMap<u64, FirstSeen, BuildHasherDefault<DefaultHasher>>,
    /// Further contents of persons already seen; lists have few.
    further: HashMap<u128, u32>,
}

#[derive(Debug)]
struct FirstSeen {
    same: u64,
    line: u32,
}

/// Whether a person was already seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Not seen before.
    New,
    /// Seen with the very same content: the message is kept once.
    Same {
        /// Line where it was first seen.
        line: u64,
    },
    /// Seen with another content: both are kept, and it is said.
    Different {
        /// Line where the person was first seen.
        line: u64,
    },
}

impl Repeats {
    /// Looks at the next row, which stands at `line` of the file.
    pub fn see(&mut self, line: u64, row: &CheckedRow) -> Repeat {
        // A file of 2 GB has fewer lines than this holds.
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        let mut hasher = DefaultHasher::new();
        row.fiscal_code.hash(&mut hasher);
        let same = half(row.same);
        match self.first.entry(hasher.finish()) {
            Entry::Vacant(place) => {
                place.insert(FirstSeen { same, line });
                Repeat::New
            }
            Entry::Occupied(place) => {
                let first = place.get();
                if first.same == same {
                    return Repeat::Same { line: first.line.into() };
                }
                match self.further.entry(row.same) {
                    Entry::Occupied(earlier) => Repeat::Same { line: (*earlier.get()).into() },
                    Entry::Vacant(place) => {
                        place.insert(line);
                        Repeat::Different { line: first.line.into() }
                    }
                }
            }
        }
    }
}

/// 64 bits of a content's hash.
fn half(same: u128) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = same.to_le_bytes();
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

impl Repeat {
    /// One of each kind.
    #[must_use]
    pub const fn samples() -> [Self; 3] {
        [Self::New, Self::Same { line: 2 }, Self::Different { line: 2 }]
    }

    /// Its sentence on screen, if there is anything to say.
    #[must_use]
    pub fn phrase(self) -> Option<Phrase> {
        match self {
            Self::New => None,
            Self::Same { line } => Some(Phrase::new("repeat-same").with("line", line)),
            Self::Different { line } => Some(Phrase::new("repeat-different").with("line", line)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FiscalCode;

    fn row(code: &str, same: u128) -> CheckedRow {
        CheckedRow {
            fiscal_code: FiscalCode::from_ledger(code).unwrap(),
            repaired: false,
            due_date: None,
            amount: None,
            notice_number: None,
            expedition: None,
            terms: crate::PaymentTerms::default(),
            units: 0,
            same,
        }
    }

    #[test]
    fn the_same_person_is_noticed() {
        let (a, b) = ("RSSMRA85T10A562S", "MRTMTT25D09F205Z");
        let mut repeats = Repeats::default();
        for (line, code, same, expected) in [
            (2, a, 1, Repeat::New),
            (3, b, 2, Repeat::New),
            (4, a, 1, Repeat::Same { line: 2 }),
            (5, a, 3, Repeat::Different { line: 2 }),
            (6, a, 3, Repeat::Same { line: 5 }),
            (7, a, 1, Repeat::Same { line: 2 }),
            (8, b, 4, Repeat::Different { line: 3 }),
        ] {
            assert_eq!(repeats.see(line, &row(code, same)), expected, "line {line}");
        }
    }

    #[test]
    fn a_row_takes_the_bytes_that_the_documentation_says() {
        assert_eq!(size_of::<(u64, FirstSeen)>(), 24);
    }
}

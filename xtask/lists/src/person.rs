//! People who do not exist, with fiscal codes that are valid and belong to nobody.
//!
//! A code names the place of birth by its Belfiore code. Ours are from M900 on, which no municipality
//! and no country has: whatever name and birthday chance puts together, no real citizen has the code,
//! and a list that is sent to the real IO by mistake reaches no one.

use crate::chance::Chance;
use crate::names::{MEN, SURNAMES, WOMEN};
use staffetta_domain::FiscalCode;

const MONTHS: &[u8; 12] = b"ABCDEHLMPRST";
/// Years of birth: grown up, and alive.
const FIRST_YEAR: usize = 1940;
const YEARS: usize = 68;
/// First of the hundred places of birth that are made up.
const FIRST_PLACE: usize = 900;

/// One person.
#[derive(Clone)]
pub(crate) struct Person {
    /// Surname.
    pub(crate) surname: &'static str,
    /// Given name.
    pub(crate) name: &'static str,
    /// Fiscal code.
    pub(crate) code: FiscalCode,
}

impl Person {
    /// The next person that chance makes.
    pub(crate) fn draw(chance: &mut Chance) -> Self {
        loop {
            let surname = *chance.pick(&SURNAMES);
            let woman = chance.once_in(2);
            let name = *chance.pick(if woman { &WOMEN } else { &MEN });
            let born = Birth {
                year: FIRST_YEAR + chance.below(YEARS),
                month: chance.below(12),
                day: 1 + chance.below(28),
                place: FIRST_PLACE + chance.below(100),
            };
            if let Some(code) = encode(surname, name, woman, &born) {
                return Self { surname, name, code };
            }
        }
    }
}

/// What the code tells of a birth.
struct Birth {
    year: usize,
    /// From zero.
    month: usize,
    day: usize,
    /// Number after the M.
    place: usize,
}

/// The code of a person.
fn encode(surname: &str, name: &str, woman: bool, born: &Birth) -> Option<FiscalCode> {
    let day = if woman { born.day + 40 } else { born.day };
    let month = char::from(MONTHS[born.month]);
    let surname = three(surname, false);
    let name = three(name, true);
    let body = format!("{surname}{name}{:02}{month}{day:02}M{:03}", born.year % 100, born.place);
    // The one last character that the domain's own rule confirms.
    ('A'..='Z').find_map(|last| FiscalCode::read(&format!("{body}{last}")).ok()).map(|read| read.code)
}

/// Three letters of a name: consonants first, then vowels, then X. Of a given name with more than three
/// consonants the second is left out.
fn three(name: &str, given: bool) -> String {
    let letters = name.chars().filter_map(plain);
    let (vowels, mut consonants): (Vec<_>, Vec<_>) = letters.partition(|letter| "AEIOU".contains(*letter));
    if given && consonants.len() > 3 {
        consonants.remove(1);
    }
    consonants.into_iter().chain(vowels).chain("XXX".chars()).take(3).collect()
}

/// A letter without its accent; none for blanks and apostrophes.
fn plain(letter: char) -> Option<char> {
    let letter = match letter.to_ascii_uppercase() {
        'à' | 'À' => 'A',
        'è' | 'é' | 'È' | 'É' => 'E',
        'ì' | 'Ì' => 'I',
        'ò' | 'Ò' => 'O',
        'ù' | 'Ù' => 'U',
        letter => letter,
    };
    letter.is_ascii_uppercase().then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_follow_the_ministry_s_rule() {
        let cases = [
            ("Rossi", false, "RSS"),
            ("Fo", false, "FOX"),
            ("D'Angelo", false, "DNG"),
            ("Calì", false, "CLA"),
        ];
        for (name, given, expected) in cases {
            assert_eq!(three(name, given), expected, "{name}");
        }
        let given =
            [("Mario", "MRA"), ("Gianfranco", "GFR"), ("Niccolò", "NCL"), ("Noè", "NOE"), ("Ugo", "GUO")];
        for (name, expected) in given {
            assert_eq!(three(name, true), expected, "{name}");
        }
    }

    #[test]
    fn nobody_is_born_in_a_real_place() {
        let mut chance = Chance::new(7);
        for _ in 0..1_000 {
            let person = Person::draw(&mut chance);
            assert!(person.code.as_str()[11..].starts_with("M9"));
        }
    }
}

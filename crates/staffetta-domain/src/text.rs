//! *Oggetto* and *contenuto*, counted as IO counts.

use crate::buttons;
use crate::limits::{MARKDOWN_MAX, MARKDOWN_MIN_OF_IO, SUBJECT_MAX, SUBJECT_MIN};
use std::borrow::Cow;

/// A valid *oggetto*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject(String);

/// A valid *contenuto*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Markdown(String);

/// Why a text cannot be an *oggetto* or a *contenuto*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TextError {
    /// Fewer UTF-16 code units than asked for.
    #[error("{found} characters: at least {min} are needed")]
    TooShort {
        /// Least UTF-16 code units.
        min: usize,
        /// UTF-16 code units found.
        found: usize,
    },
    /// More UTF-16 code units than IO takes.
    #[error("{found} characters: at most {max} are taken")]
    TooLong {
        /// Most UTF-16 code units.
        max: usize,
        /// UTF-16 code units found.
        found: usize,
    },
    /// The first line starts with `---`: the app would take what follows as its buttons' settings.
    #[error("the first line starts with ---")]
    FirstLineRule,
    /// Nothing but blanks. IO would take them.
    #[error("nothing is written")]
    Blank,
}

impl Subject {
    /// A tidy *oggetto*: line ends become spaces.
    ///
    /// # Errors
    /// [`TextError`] when IO would refuse it, or it is blank.
    pub fn new(text: &str) -> Result<Self, TextError> {
        let text = tidy_line(text);
        check_length(&text, SUBJECT_MIN, SUBJECT_MAX)?;
        Ok(Self(text.into_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Markdown {
    /// A tidy *contenuto*, whose text below its buttons has at least `min` UTF-16 code units (the ente's own minimum).
    ///
    /// # Errors
    /// [`TextError`] when IO would refuse it, the app would not show it, or it is blank.
    pub fn new(text: &str, min: usize) -> Result<Self, TextError> {
        let text = tidy(text);
        let (buttons, body) = buttons::split(&text).map_err(|_| TextError::FirstLineRule)?;
        if !buttons.problems().is_empty() {
            return Err(TextError::FirstLineRule);
        }
        Self::below(buttons.front_matter(), body, min)
    }

    /// A *contenuto* as the ledger kept it: nothing of it is written anew, so that what was shown is what is sent.
    ///
    /// # Errors
    /// [`TextError`] when IO would refuse it.
    pub fn kept(text: &str) -> Result<Self, TextError> {
        check_length(text, MARKDOWN_MIN_OF_IO, MARKDOWN_MAX)?;
        Ok(Self(text.to_owned()))
    }

    /// A tidy text below a front matter, which may be empty.
    pub(crate) fn below(mut front: String, body: &str, min: usize) -> Result<Self, TextError> {
        let body = tidy(body);
        if body.starts_with(RULE) {
            return Err(TextError::FirstLineRule);
        }
        check_length(&body, min, MARKDOWN_MAX)?;
        front.push_str(&body);
        length_error(utf16_len(&front), 0, MARKDOWN_MAX).map_or(Ok(Self(front)), Err)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Markdown's rule, which is also the mark by which IO cuts texts.
pub(crate) const RULE: &str = "---";

fn check_length(text: &str, min: usize, max: usize) -> Result<(), TextError> {
    if text.trim().is_empty() {
        return Err(TextError::Blank);
    }
    length_error(utf16_len(text), min, max).map_or(Ok(()), Err)
}

/// The error of a length in UTF-16 code units, if it is one.
pub(crate) const fn length_error(found: usize, min: usize, max: usize) -> Option<TextError> {
    if found < min {
        Some(TextError::TooShort { min, found })
    } else if found > max {
        Some(TextError::TooLong { max, found })
    } else {
        None
    }
}

/// Length in UTF-16 code units, as IO's JavaScript counts: an emoji is two or more.
#[must_use]
pub fn utf16_len(text: &str) -> usize {
    // One unit for each character, i.e. for each byte that starts one; two for those of four bytes.
    text.bytes().map(|byte| usize::from(byte & 0xC0 != 0x80) + usize::from(byte >= 0xF0)).sum()
}

/// The text as it is sent: line ends are `\n`; tabs and form feeds, which the app shows badly or not
/// at all, are spaces; the other control characters and byte order marks are left out.
#[must_use]
pub fn tidy(text: &str) -> Cow<'_, str> {
    tidy_with(text, '\n')
}

/// [`tidy`] for what stands on one line: line ends become spaces.
#[must_use]
pub fn tidy_line(text: &str) -> Cow<'_, str> {
    tidy_with(text, ' ')
}

/// A value of the office's file as it stands in a message: on one line, without blanks around it.
///
/// The blanks go because four of them at the start of a line would be code for Markdown, and two at
/// the end a line break.
#[must_use]
pub fn tidy_value(value: &str) -> Cow<'_, str> {
    match tidy_line(value) {
        Cow::Borrowed(value) => Cow::Borrowed(value.trim()),
        Cow::Owned(value) => Cow::Owned(value.trim().to_owned()),
    }
}

fn tidy_with(text: &str, line_end: char) -> Cow<'_, str> {
    // Bytes 0xC2, 0xE2 and 0xEF start what else is looked for beyond ASCII (and more):
    // most texts have none of them and are not copied. Looking at all bytes without stopping at the first
    // lets the compiler take many at once: this runs for every value of every row.
    let suspect = |byte: u8| {
        (byte < b' ') & ((byte != b'\n') | (line_end != '\n'))
            | (byte == 0x7F)
            | (byte == 0xC2)
            | (byte == 0xE2)
            | (byte == 0xEF)
    };
    if !text.bytes().fold(false, |found, byte| found | suspect(byte)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push(line_end);
            }
            '\n' | '\u{2028}' | '\u{2029}' => out.push(line_end),
            '\t' | '\u{b}' | '\u{c}' => out.push(' '),
            // They turn the writing around: a name could make what follows it read as something else.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lengths_at_the_limits_are_ios() {
        let subject = |length| Subject::new(&"a".repeat(length)).map(|_| ());
        assert_eq!(subject(9), Err(TextError::TooShort { min: 10, found: 9 }));
        assert_eq!((subject(10), subject(120)), (Ok(()), Ok(())));
        assert_eq!(subject(121), Err(TextError::TooLong { max: 120, found: 121 }));
        let markdown = |length| Markdown::new(&"a".repeat(length), 120).map(|_| ());
        assert_eq!(markdown(119), Err(TextError::TooShort { min: 120, found: 119 }));
        assert_eq!((markdown(120), markdown(10_000)), (Ok(()), Ok(())));
        assert_eq!(markdown(10_001), Err(TextError::TooLong { max: 10_000, found: 10_001 }));
    }

    #[test]
    fn emoji_count_double() {
        assert!(Subject::new(&"😀".repeat(60)).is_ok());
        assert_eq!(Subject::new(&"😀".repeat(61)), Err(TextError::TooLong { max: 120, found: 122 }));
        assert!(Subject::new(&"😀".repeat(5)).is_ok());
        assert_eq!(Subject::new(&"😀".repeat(4)), Err(TextError::TooShort { min: 10, found: 8 }));
    }

    #[test]
    fn lengths_are_taken_after_tidying() {
        assert_eq!(Subject::new("123456789\u{0}"), Err(TextError::TooShort { min: 10, found: 9 }));
        assert_eq!(Subject::new("12345\r\n6789").unwrap().as_str(), "12345 6789");
        assert_eq!(Subject::new(&" ".repeat(12)), Err(TextError::Blank));
    }

    #[test]
    fn a_rule_on_the_first_line_is_refused() {
        let body = "x".repeat(200);
        for start in ["---\n", "--- \n", "----\n", "\u{feff}---\r\n"] {
            assert_eq!(
                Markdown::new(&format!("{start}{body}"), 80),
                Err(TextError::FirstLineRule),
                "{start:?}"
            );
        }
        let below = format!("Gentile\n\n---\n{body}");
        assert!(Markdown::new(&below, 80).is_ok());
    }

    #[test]
    fn buttons_count_for_ios_maximum_and_not_for_the_ente_s_minimum() {
        let front = "---\nit:\n  cta_1: {text: Paga, action: \"https://a.it/\"}\n---\n";
        let short = format!("{front}{}", "x".repeat(79));
        assert_eq!(Markdown::new(&short, 80), Err(TextError::TooShort { min: 80, found: 79 }));
        let made = Markdown::new(&format!("{short}x"), 80).unwrap();
        let written =
            "---\nit:\n  cta_1:\n    text: \"Paga\"\n    action: \"iohandledlink://https://a.it/\"\n---\n";
        assert_eq!(made.as_str(), written.to_owned() + &"x".repeat(80));
        assert_eq!(Markdown::new(made.as_str(), 80).as_ref(), Ok(&made));
        let long = format!("{front}{}", "x".repeat(9_990));
        assert!(
            matches!(Markdown::new(&long, 80), Err(TextError::TooLong { max: 10_000, found }) if found > 10_000)
        );
        let no_words = front.replace("Paga", "\"\"");
        assert_eq!(
            Markdown::new(&format!("{no_words}{}", "x".repeat(80)), 80),
            Err(TextError::FirstLineRule)
        );
    }

    #[test]
    fn tidying_keeps_what_can_be_read() {
        assert_eq!(tidy("a\r\nb\rc\nd"), "a\nb\nc\nd");
        assert_eq!(tidy("a\tb\u{c}c\u{0}\u{7}\u{85}\u{9f}d\u{feff}"), "a b cd");
        assert_eq!(tidy("città · € 19,99 😀 \u{a0}"), "città · € 19,99 😀 \u{a0}");
        assert_eq!(tidy_line("a\r\nb\nc"), "a b c");
        assert_eq!(tidy_line("Ro\u{202e}ss\u{2069}i\u{2028}x · €"), "Rossi x · €");
        assert!(matches!(tidy("Gentile\nRossi"), Cow::Borrowed(_)));
        assert!(matches!(tidy_line("Gentile Rossi"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn units_are_those_of_utf16(text in ".*") {
            prop_assert_eq!(utf16_len(&text), text.encode_utf16().count());
        }

        #[test]
        fn tidying_twice_changes_nothing(text in any::<String>()) {
            let once = tidy(&text).into_owned();
            prop_assert_eq!(tidy(&once), once.as_str());
            prop_assert!(!once.contains(|c: char| c.is_control() && c != '\n'));
            prop_assert_eq!(tidy_line(&once), once.replace('\n', " "));
        }
    }
}

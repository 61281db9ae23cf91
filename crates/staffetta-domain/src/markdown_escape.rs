//! Values made harmless for Markdown: an office's data must show as it is, and can neither change
//! the layout of a message nor hide a link behind other words.
//!
//! The app draws CommonMark with GitHub's extensions. Two things are beyond escaping, and harmless:
//! an address or an e-mail written out in a value becomes a link (its text is its target), and inside
//! a `code span` of the author's the backslashes show.

use crate::text::tidy_value;

/// `value`, on one line and without blanks around it, escaped.
///
/// `at_line_start` says that nothing but marks of lists, quotes and headings stands before it on its
/// line, so that its first characters could be such marks too.
///
/// A value that is wholly one plain `https://` address passes unchanged: the app makes a link of the
/// raw characters, and a backslash among them would spoil the address; the same value serves as the
/// target in `[Paga]({{link}})`. Only characters that mean nothing to Markdown in an address make it
/// plain, and no `@`, behind which the true host can hide.
///
/// No three hyphens stand together in what comes out: IO's e-mail copy keeps only what follows the last
/// `---` of a message, and a citizen's name must not cut it. In an address the third is written `%2D`,
/// which means the same.
#[must_use]
pub fn escape(value: &str, at_line_start: bool) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    escape_tidy(&tidy_value(value), at_line_start, |piece| out.push_str(piece));
    out
}

/// Escapes a tidy value into pieces, so that a length can be taken without building the text.
pub(crate) fn escape_tidy(value: &str, at_line_start: bool, mut emit: impl FnMut(&str)) {
    if is_plain_address(value) {
        return emit(&value.replace("---", "--%2D"));
    }
    let bytes = value.as_bytes();
    let mark = if at_line_start { line_mark(bytes) } else { None };
    let mut from = 0;
    for (index, byte) in bytes.iter().enumerate() {
        let special = match byte {
            b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'(' | b')' | b'#' | b'<' | b'>' | b'|' | b'~'
            | b'&' => true,
            // At the end an exclamation mark would turn a link of the author's that follows into an image.
            b'!' => index + 1 == bytes.len(),
            b'-' if index > 0 && bytes[index - 1] == b'-' => in_rule(bytes, index),
            _ => mark == Some(index),
        };
        if special {
            emit(&value[from..index]);
            emit("\\");
            from = index;
        }
    }
    emit(&value[from..]);
}

/// Whether the hyphen at `index`, which has one before it, is of a run of three or more.
fn in_rule(value: &[u8], index: usize) -> bool {
    let third = |at: Option<usize>| at.and_then(|at| value.get(at)) == Some(&b'-');
    third(index.checked_sub(2)) || third(index.checked_add(1))
}

/// Where a value has a mark that counts at the start of a line only: a bullet, the line below a
/// heading or a table's header, or what follows the number of a list (whose digits may come from the text before).
fn line_mark(value: &[u8]) -> Option<usize> {
    let digits = value.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let found = match value.get(digits)? {
        b'.' => true,
        b'-' | b'+' | b'=' => digits == 0,
        // The line below the header of a table.
        b':' => value.get(digits + 1) == Some(&b'-') && digits == 0,
        _ => false,
    };
    found.then_some(digits)
}

fn is_plain_address(value: &str) -> bool {
    let Some(rest) = value.strip_prefix("https://") else { return false };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#=&%+,".contains(&byte);
    rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && rest.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    /// The text that a reader sees, and the marks that the parser found around it.
    fn read(markdown: &str) -> (String, Vec<String>) {
        // CommonMark with GitHub's extensions, as the app.
        let extensions = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_GFM;
        let mut text = String::new();
        let mut marks = Vec::new();
        for event in Parser::new_ext(markdown, extensions) {
            match event {
                Event::Text(piece) => text.push_str(&piece),
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                other => marks.push(format!("{other:?}")),
            }
        }
        (text, marks)
    }

    #[test]
    fn values_show_as_they_are() {
        for value in [
            "D_ANGELO_",
            "*Rossi*",
            "Rossi & Figli",
            "&amp;",
            "&copy;",
            "1. Rossi",
            "1) Rossi",
            "- Rossi",
            "+39 06",
            "===",
            "---",
            "***",
            "# Rossi",
            "> Rossi",
            "`Rossi`",
            "~~Rossi~~",
            "~Rossi~",
            "<b>Rossi</b>",
            "<br>",
            "| a | b |",
            "![x](https://example.org/a.png)",
            "[Paga](https://example.org)",
            "[x]: https://example.org",
            "[^1]",
            "<https://example.org>",
            "a\\b",
            "\\",
            "Ciao!",
            "12. ",
            "12.",
            ":-)",
            ":---",
            "a --- b",
            "a-----b ---",
            "[ ] fatto",
            "😀 città",
        ] {
            let expected = tidy_value(value);
            assert_eq!(read(&escape(value, true)), (expected.to_string(), Vec::new()), "{value:?}");
            let (text, marks) = read(&format!("Gentile {}, saluti", escape(value, false)));
            assert_eq!((text, marks), (format!("Gentile {expected}, saluti"), Vec::new()), "{value:?}");
        }
    }

    #[test]
    fn common_values_are_left_alone() {
        for value in
            ["Rossi", "D'Angelo", "Via Roma, 12/A", "19,99", "n. 3 - scala B", "Ciao! Bene", "15/12/2026"]
        {
            assert_eq!(escape(value, true), value);
        }
        assert_eq!(escape("a\r\nb", true), "a b");
    }

    #[test]
    fn no_value_cuts_the_copy_by_mail() {
        assert_eq!(escape("a --- b -- c", true), r"a -\-\- b -- c");
        assert_eq!(escape("https://example.org/a---b", true), "https://example.org/a--%2Db");
    }

    #[test]
    fn plain_addresses_pass_and_others_do_not() {
        for value in ["https://www.comune.example.it/paga?id=1_2&a=b#c", "https://example.org/~a/%20"] {
            assert_eq!(escape(value, true), value);
        }
        for value in [
            "https://example.org/a_b (qui)",
            "https://example.org/_a_)",
            "https://www.inps.it@example.org/a_b",
            "https://_a_",
            "http://example.org/a_b",
            "https://example.org/&copy;",
        ] {
            assert!(escape(value, true).contains('\\'), "{value}");
        }
    }

    #[test]
    fn a_link_can_be_neither_forged_nor_turned_into_an_image() {
        let (_, marks) = read(&format!("[Sito]{}", escape("(https://evil.example)", false)));
        assert_eq!(marks, Vec::<String>::new());
        let (text, _) = read(&format!("{}[Sito](https://example.org)", escape("Ciao!", true)));
        assert_eq!(text, "Ciao!Sito");
        assert!(read(&format!("{}[Sito](https://example.org)", escape("Ciao!", true))).1[0].contains("Link"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn any_value_shows_as_it_is(value in r"[-+=.!a1 \\`*_()#<>|~&;:/\[\]{}\n\t]{0,12}|\PC{0,20}") {
            let expected = tidy_value(&value).into_owned();
            prop_assert!(!escape(&value, true).contains("---") && !escape(&value, false).contains("---"));
            prop_assume!(!is_plain_address(&expected));
            prop_assert_eq!(read(&escape(&value, true)), (expected.clone(), Vec::new()));
            let inside = format!("Gentile {}x", escape(&value, false));
            prop_assert_eq!(read(&inside), (format!("Gentile {expected}x"), Vec::new()));
            let second_line = format!("Gentile\n{}x", escape(&value, true));
            prop_assert_eq!(read(&second_line).1, ["SoftBreak"]);
        }
    }
}

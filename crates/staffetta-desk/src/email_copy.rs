//! What the copy by e-mail shows of a *contenuto*, as IO makes it.
//!
//! IO takes Markdown's marks away with patterns of its own; here the text is read as CommonMark, which leaves the same
//! words for what offices write. The zero-width spaces that IO puts after full stops are left out: nobody sees them.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// What cuts a text, wherever it stands: Markdown's rule.
const RULE: &str = "---";
/// UTF-16 code units of the text that are shown.
const SHOWN_UNITS: usize = 134;
/// What stands for an address.
const REMOVED: &str = "[link rimosso]";

/// The beginning of what follows the last `---`, as plain text without addresses.
#[must_use]
pub fn email_copy(markdown: &str) -> String {
    let kept = markdown.rsplit(RULE).next().unwrap_or_default();
    without_addresses(&cut(plain(kept).trim()))
}

/// The words of a text, without the marks of Markdown.
fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    for event in Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push('\n'),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock) => out.push_str("\n\n"),
            Event::End(TagEnd::List(_)) => out.push('\n'),
            // The paragraphs of a list have ended their line already.
            Event::Start(Tag::Item | Tag::List(_)) | Event::End(TagEnd::Item) if !out.ends_with('\n') => {
                out.push('\n');
            }
            _ => {}
        }
    }
    out
}

/// The first characters; three points say that there are more.
fn cut(text: &str) -> String {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > SHOWN_UNITS
    });
    end.map_or_else(|| text.to_owned(), |(end, _)| format!("{}...", &text[..end]))
}

/// As IO does it: a word with `://` in it, up to the last of the characters that addresses have after a full stop.
fn without_addresses(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(found) = text[from..].find("://").map(|at| from + at) {
        let rest = &text[found + 3..];
        let word = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
        let Some(dot) = word.rfind('.') else {
            out.push_str(&text[from..found + 3]);
            from = found + 3;
            continue;
        };
        let scheme = text[from..found].trim_end_matches(is_word);
        out.push_str(scheme);
        out.push_str(REMOVED);
        let after = &word[dot + 1..];
        from = text.len() - rest.len() + dot + 1 + after.find(|c| !is_of_address(c)).unwrap_or(after.len());
    }
    out.push_str(&text[from..]);
    out
}

const fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// `[\w?/=&%-+#]`, whose `%-+` is a span.
const fn is_of_address(c: char) -> bool {
    is_word(c) || matches!(c, '?' | '/' | '=' | '&' | '#' | '%'..='+')
}

#[cfg(test)]
mod tests {
    use super::*;
    use staffetta_domain::text::utf16_len;

    #[test]
    fn words_stay_and_marks_go() {
        for (markdown, shown) in [
            ("# Titolo\n\nTesto **forte** e *piano*, `codice`.", "Titolo\n\nTesto forte e piano, codice."),
            ("- uno\n- due\n\ndopo", "uno\ndue\n\ndopo"),
            ("riga uno\nriga due", "riga uno\nriga due"),
            ("Gentile A\\_B, [paga qui](https://comune.it/paga).", "Gentile A_B, paga qui."),
            ("![logo](https://comune.it/x.png) Ciao ~~no~~", "logo Ciao no"),
            ("", ""),
        ] {
            assert_eq!(email_copy(markdown), shown);
        }
    }

    #[test]
    fn only_what_follows_the_last_rule_is_there() {
        assert_eq!(email_copy("Importante\n\n---\n\nIn calce"), "In calce");
        assert_eq!(email_copy("|a|b|\n|---|---|\n|1|2|"), "|\n|1|2|");
        assert_eq!(email_copy("Importante\n\n---"), "");
        assert_eq!(email_copy("Resta\n\n***\n\nanche questo"), "Resta\n\nanche questo");
    }

    #[test]
    fn addresses_are_taken_out() {
        for (text, shown) in [
            ("Vedi https://www.comune.it/tari?x=1#a, grazie", "Vedi [link rimosso], grazie"),
            ("Vedi https://comune.it/un-avviso ora", "Vedi [link rimosso]-avviso ora"),
            ("(http://a.it) e (ftp://b.it/)", "([link rimosso] e ([link rimosso]"),
            ("tre://quattro e 5://6.7", "tre://quattro e [link rimosso]"),
            ("www.comune.it resta", "www.comune.it resta"),
        ] {
            assert_eq!(email_copy(text), shown);
        }
    }

    #[test]
    fn it_is_cut_as_javascript_counts() {
        let exact = "è".repeat(134);
        assert_eq!(email_copy(&exact), exact);
        assert_eq!(email_copy(&format!("{exact}x")), format!("{exact}..."));
        let faces = email_copy(&"😀".repeat(100));
        assert_eq!((utf16_len(&faces), faces.chars().count()), (137, 70));
        // An address counts whole before it is taken out.
        let before = "è".repeat(120);
        assert_eq!(email_copy(&format!("{before}https://comune.it/paga")), format!("{before}[link rimosso]"));
    }
}

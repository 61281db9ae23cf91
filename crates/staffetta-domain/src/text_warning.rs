//! What an operator should know of a text that IO takes all the same.
//!
//! The app draws Markdown by rules of its own and passes over what has none, without a word
//! (`ts/components/IOMarkdown/renderRules.tsx` of io-app). Refusing is not here: see [`crate::text`].

use crate::columns::key;
use crate::fiscal_code::FiscalCode;
use crate::meaning::Meaning;
use crate::template::{Template, TemplatePiece};
use crate::text::{RULE, tidy};
use crate::{Phrase, buttons};
use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag};

/// Something to know of an *oggetto* or a *contenuto*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextWarning {
    /// A `---` in the text: the copy that IO sends by e-mail starts after the last one.
    RuleHidesText,
    /// A table: it vanishes.
    Table,
    /// Struck words: they vanish.
    Strikethrough,
    /// A footnote: it vanishes.
    Footnote,
    /// HTML other than `<br>`: it shows as it is written.
    Html,
    /// An image that phones would have to load without https.
    PlainImage,
    /// A link of a kind that the app does not open.
    Link,
    /// A heading of the fourth level or deeper: it shows as plain text.
    SmallHeading,
    /// A name or a fiscal code in the *oggetto*, which shows on the locked screen and in the e-mail's subject (AgID's
    /// guidelines on IO, 7.3: no personal data there).
    PersonalSubject,
}

impl TextWarning {
    /// All warnings.
    pub const ALL: [Self; 9] = [
        Self::RuleHidesText,
        Self::Table,
        Self::Strikethrough,
        Self::Footnote,
        Self::Html,
        Self::PlainImage,
        Self::Link,
        Self::SmallHeading,
        Self::PersonalSubject,
    ];

    /// Its sentence on screen: what IO does, and what to write instead.
    #[must_use]
    pub const fn phrase(self) -> Phrase {
        Phrase::new(match self {
            Self::RuleHidesText => "warning-rule-hides-text",
            Self::Table => "warning-table",
            Self::Strikethrough => "warning-strikethrough",
            Self::Footnote => "warning-footnote",
            Self::Html => "warning-html",
            Self::PlainImage => "warning-plain-image",
            Self::Link => "warning-link",
            Self::SmallHeading => "warning-small-heading",
            Self::PersonalSubject => "warning-personal-subject",
        })
    }
}

/// What to tell of a *contenuto*, merged or not; each once, in the order of [`TextWarning::ALL`].
#[must_use]
pub fn markdown_warnings(text: &str) -> Vec<TextWarning> {
    let text = tidy(text);
    let body = buttons::split(&text).map_or(&*text, |(_, body)| body);
    // The mail's text is what follows the last `---` (`EmailNotification/utils.ts` of io-messages): a rule, or the
    // dashes of a table, hide what stands above.
    let mut found: Vec<_> = body.contains(RULE).then_some(TextWarning::RuleHidesText).into_iter().collect();
    let extensions = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    found.extend(Parser::new_ext(body, extensions).filter_map(|event| of_event(&event)));
    found.sort_unstable();
    found.dedup();
    found
}

fn of_event(event: &Event<'_>) -> Option<TextWarning> {
    match event {
        Event::Start(Tag::Table(_)) => Some(TextWarning::Table),
        Event::Start(Tag::Strikethrough) => Some(TextWarning::Strikethrough),
        Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_)) => Some(TextWarning::Footnote),
        Event::Html(html) | Event::InlineHtml(html) => (!is_line_break(html)).then_some(TextWarning::Html),
        Event::Start(Tag::Image { dest_url, .. }) => {
            (!has_scheme(dest_url, &["https"])).then_some(TextWarning::PlainImage)
        }
        Event::Start(Tag::Link { link_type: LinkType::Email, .. }) => None,
        Event::Start(Tag::Link { dest_url, .. }) => (!has_scheme(
            dest_url,
            &["https", "http", "mailto", "tel", "sms", "ioit", "iosso", "iohandledlink"],
        ))
        .then_some(TextWarning::Link),
        Event::Start(Tag::Heading {
            level: HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6, ..
        }) => Some(TextWarning::SmallHeading),
        _ => None,
    }
}

fn is_line_break(html: &str) -> bool {
    let inner = html.trim().strip_prefix('<').and_then(|html| html.strip_suffix('>'));
    inner.is_some_and(|inner| inner.trim_end_matches('/').trim().eq_ignore_ascii_case("br"))
}

/// An address that starts with a placeholder is known with its row only.
fn has_scheme(address: &str, schemes: &[&str]) -> bool {
    if address.starts_with("{{") {
        return true;
    }
    // What the button of the toolbar begins with leads nowhere.
    let Some((scheme, _)) = address.split_once(':').filter(|(_, rest)| !rest.trim_matches('/').is_empty())
    else {
        return false;
    };
    schemes.iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

/// What to tell of an *oggetto*, merged or not.
#[must_use]
pub fn subject_warnings(subject: &str) -> Vec<TextWarning> {
    let personal = Template::parse(subject).is_ok_and(|template| template.pieces().iter().any(is_personal));
    personal.then_some(TextWarning::PersonalSubject).into_iter().collect()
}

/// The usual spellings of columns that name a person, as keys.
const NAMES: [&str; 10] = [
    "nome",
    "cognome",
    "nominativo",
    "nomecognome",
    "cognomenome",
    "nomeecognome",
    "cognomeenome",
    "intestatario",
    "destinatario",
    "denominazione",
];

fn is_personal(piece: &TemplatePiece) -> bool {
    match piece {
        TemplatePiece::Placeholder { name, .. } => {
            let key = key(name);
            NAMES.contains(&key.as_str()) || Meaning::of_key(&key) == Some(Meaning::FiscalCode)
        }
        TemplatePiece::Text(text) => text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| word.len() == 16 && FiscalCode::read(word).is_ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::TextWarning as W;
    use super::*;

    #[test]
    fn what_the_app_does_not_draw_is_told_once() {
        for (text, found) in [
            ("Gentile **Anna**,\n\n# Titolo\n\n- uno\n- due<br>\n\n[paga](https://a.it) ***", vec![]),
            ("|a|b|\n|-|-|\n|1|2|\n", vec![W::Table]),
            ("|a|b|\n|---|---|\n|1|2|\n", vec![W::RuleHidesText, W::Table]),
            ("~~via~~ e ~~via~~", vec![W::Strikethrough]),
            ("nota[^1]\n\n[^1]: testo", vec![W::Footnote]),
            ("<b>forte</b><br/>", vec![W::Html]),
            ("<div>\ntesto\n</div>", vec![W::Html]),
            ("![logo](http://a.it/l.png)", vec![W::PlainImage]),
            ("![logo](https://a.it/l.png)", vec![]),
            ("[testo](https://)", vec![W::Link]),
            ("[qui](javascript:alert) e [là](www.a.it)", vec![W::Link]),
            ("[scrivi](mailto:a@b.it) <https://a.it> <urp@a.it> [paga]({{link}})", vec![]),
            ("#### Piccolo\n\n### Medio", vec![W::SmallHeading]),
            ("a\n\n***\n\nb -- c", vec![]),
            ("a\n\n---\n\nb", vec![W::RuleHidesText]),
        ] {
            assert_eq!(markdown_warnings(text), found, "{text}");
        }
    }

    #[test]
    fn the_settings_of_buttons_hide_no_text() {
        let with_button = "---\nit:\n  cta_1: {text: Paga, action: \"https://a.it\"}\n---\nGentile cittadina";
        assert_eq!(markdown_warnings(with_button), []);
    }

    #[test]
    fn a_person_in_the_oggetto_is_told() {
        for personal in [
            "Avviso per {{Nome}}",
            "Avviso {{ C.F. }}",
            "Avviso RSSMRA80A01H501U: TARI",
            "{{cognome|maiuscolo}}",
        ] {
            assert_eq!(subject_warnings(personal), [W::PersonalSubject], "{personal}");
        }
        for plain in ["TARI 2027: rata {{rata}}", "Pratica ABCDEF12G34H567X", "Avviso {{nome", ""] {
            assert_eq!(subject_warnings(plain), [], "{plain}");
        }
    }
}

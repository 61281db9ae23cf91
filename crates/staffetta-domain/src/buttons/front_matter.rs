//! The front matter of a *contenuto*: read as leniently as YAML allows, written in one way only.
//!
//! The app takes it for buttons only if it starts at the first byte with `---` alone on its line. YAML that is not well
//! formed makes it show the whole message as broken (`MessageDetailsBody.tsx` of io-app), therefore every string is
//! written between double quotes, and what was read is written anew.

use super::{BUTTONS_MAX, Button, ButtonAction, Buttons};
use crate::text::RULE;
use serde::Deserialize;

/// Why a front matter is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum FrontMatterError {
    /// The first line starts with `---` and settings do not: a rule, which the app would take for their start.
    #[error("the first line is a rule")]
    Rule,
    /// Not YAML, or not of the parts that the app knows.
    #[error("the front matter is not well formed")]
    Unreadable,
    /// No Italian button: no phone would show any.
    #[error("the front matter has no Italian button")]
    NoItalian,
    /// An action that the app does not know: it would show no button.
    #[error("the front matter has an action unknown to the app")]
    UnknownAction,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Languages {
    it: Option<Pair>,
    en: Option<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    cta_1: Call,
    cta_2: Option<Call>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Call {
    text: String,
    action: String,
}

/// The buttons of a tidy *contenuto*, and what stands below them.
///
/// # Errors
/// Where the first line starts with `---` and no buttons can be read.
pub fn split(markdown: &str) -> Result<(Buttons, &str), FrontMatterError> {
    let Some(rest) = markdown.strip_prefix(RULE) else { return Ok((Buttons::default(), markdown)) };
    let settings = rest.strip_prefix('\n').and_then(cut);
    let (yaml, body) = settings.ok_or(FrontMatterError::Rule)?;
    Ok((read(yaml)?, body))
}

/// What stands before and behind the line that ends the front matter.
fn cut(text: &str) -> Option<(&str, &str)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if line.trim_end() == RULE {
            return Some((&text[..at], &text[end..]));
        }
        at = end;
    }
    None
}

fn read(yaml: &str) -> Result<Buttons, FrontMatterError> {
    let languages: Languages = serde_saphyr::from_str(yaml).map_err(|_| FrontMatterError::Unreadable)?;
    let italian = languages.it.ok_or(FrontMatterError::NoItalian)?;
    let buttons = |pair: Pair| {
        let calls = [Some(pair.cta_1), pair.cta_2];
        calls.into_iter().flatten().map(button).collect::<Result<Vec<_>, _>>()
    };
    let english = languages.en.map(buttons).transpose()?.unwrap_or_default();
    Ok(Buttons { italian: buttons(italian)?, english })
}

fn button(call: Call) -> Result<Button, FrontMatterError> {
    let action = ButtonAction::from_io(&call.action).ok_or(FrontMatterError::UnknownAction)?;
    Ok(Button::new(&call.text, action))
}

/// A stretch of a front matter.
pub(crate) enum Stretch<'a> {
    /// YAML around the strings.
    Frame(String),
    /// The words of a button, between its quotes.
    Text(&'a str),
    /// Its action, between its quotes.
    Action(&'a ButtonAction),
}

/// The front matter in its one way of writing.
pub(crate) fn stretches(buttons: &Buttons) -> Vec<Stretch<'_>> {
    let mut out = Vec::new();
    let mut frame = format!("{RULE}\n");
    for (language, buttons) in buttons.languages() {
        frame.push_str(language);
        frame.push_str(":\n");
        for (index, button) in buttons.iter().take(BUTTONS_MAX).enumerate() {
            frame.push_str(&format!("  cta_{}:\n    text: \"", index + 1));
            out.push(Stretch::Frame(std::mem::take(&mut frame)));
            out.extend([
                Stretch::Text(&button.text),
                Stretch::Frame("\"\n    action: \"".to_owned()),
                Stretch::Action(&button.action),
            ]);
            frame.push_str("\"\n");
        }
    }
    if !out.is_empty() {
        frame.push_str(RULE);
        frame.push('\n');
        out.push(Stretch::Frame(frame));
    }
    out
}

pub(super) fn write(buttons: &Buttons) -> String {
    let mut out = String::new();
    for stretch in stretches(buttons) {
        match stretch {
            Stretch::Frame(frame) => out.push_str(&frame),
            Stretch::Text(text) => quoted(text, |piece| out.push_str(piece)),
            Stretch::Action(action) => quoted(&action.to_io(), |piece| out.push_str(piece)),
        }
    }
    out
}

/// A text of one line between YAML's double quotes. Tidy texts have no control characters.
pub(crate) fn quoted(text: &str, mut emit: impl FnMut(&str)) {
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let escape = match c {
            '"' => "\\\"",
            '\\' => "\\\\",
            // The two that YAML takes for no characters.
            '\u{fffe}' => "\\uFFFE",
            '\u{ffff}' => "\\uFFFF",
            _ => continue,
        };
        emit(&text[from..at]);
        emit(escape);
        from = at + c.len_utf8();
    }
    emit(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buttons::ActionKind;
    use proptest::prelude::*;

    const BODY: &str = "Gentile cittadina,\n\nil suo documento scade.\n";

    #[test]
    fn what_is_written_is_ios_and_is_read_back() {
        let web = |text: &str| Button::new(text, ButtonAction::new(ActionKind::Web, "www.example.it/paga"));
        let mail = Button::new("Scrivici", ButtonAction::new(ActionKind::Mail, "urp@example.it"));
        let buttons =
            Buttons { italian: vec![web("Paga: \"ora\" \\"), mail.clone()], english: vec![web("Pay"), mail] };
        let text = buttons.before(BODY);
        assert_eq!(
            text,
            "---\nit:\n  cta_1:\n    text: \"Paga: \\\"ora\\\" \\\\\"\n    action: \"iohandledlink://https://www.example.it/paga\"\n  \
             cta_2:\n    text: \"Scrivici\"\n    action: \"iohandledlink://mailto:urp@example.it\"\n\
             en:\n  cta_1:\n    text: \"Pay\"\n    action: \"iohandledlink://https://www.example.it/paga\"\n  \
             cta_2:\n    text: \"Scrivici\"\n    action: \"iohandledlink://mailto:urp@example.it\"\n---\n"
                .to_owned()
                + BODY
        );
        assert_eq!(split(&text), Ok((buttons, BODY)));
        assert_eq!(Buttons::default().before(BODY), BODY);
    }

    #[test]
    fn what_people_write_by_hand_is_read() {
        let (buttons, body) = split(
            "---\nen:\n  cta_1: {text: Pay, action: \"https://a.it\"}\nit:\n  cta_1:\n    action: 'ioit://WALLET_HOME'\n    \
             text: Paga # ora\n---  \nTesto",
        )
        .unwrap();
        assert_eq!(body, "Testo");
        assert_eq!(
            (buttons.italian[0].text(), buttons.italian[0].action().to_io()),
            ("Paga", "ioit://WALLET_HOME".into())
        );
        assert_eq!(buttons.english[0].action().to_io(), "iohandledlink://https://a.it/");
    }

    #[test]
    fn what_would_break_the_message_is_told() {
        use FrontMatterError::{NoItalian, Rule, UnknownAction, Unreadable};
        for (text, error) in [
            ("---\nit:\n  cta_1:\n", Rule),
            ("--- \nit: {}\n---\n", Rule),
            ("----\ntesto\n---\n", Rule),
            ("---\nTitolo\n---\n", Unreadable),
            ("---\nit:\n  cta_1: {text: Paga: ora, action: x}\n---\n", Unreadable),
            ("---\nit:\n  cta_2: {text: a, action: \"ioit://x\"}\n---\n", Unreadable),
            ("---\ntitle: a\nit:\n  cta_1: {text: a, action: \"ioit://x\"}\n---\n", Unreadable),
            ("---\nen:\n  cta_1: {text: a, action: \"ioit://x\"}\n---\n", NoItalian),
            ("---\nit:\n  cta_1: {text: a, action: \"javascript:x\"}\n---\n", UnknownAction),
        ] {
            assert_eq!(split(text), Err(error), "{text}");
        }
        assert_eq!(split(BODY), Ok((Buttons::default(), BODY)));
        assert_eq!(split("\n---\nit:\n---\n"), Ok((Buttons::default(), "\n---\nit:\n---\n")));
    }

    proptest! {
        #[test]
        fn any_words_are_read_back(text in "\\PC{0,30}|[-:#{}\\[\\],&*!|>'\"%@`\\\\ a~]{0,12}", target in "\\PC{0,30}") {
            let button = Button::new(&text, ButtonAction::new(ActionKind::Copy, &target));
            let buttons = Buttons { italian: vec![button.clone(), button], english: Vec::new() };
            let text = buttons.before(BODY);
            prop_assert_eq!(crate::text::tidy(&text), text.as_str());
            prop_assert_eq!(split(&text), Ok((buttons, BODY)));
        }
    }
}

//! The fields in which the buttons of a message are written, for flows and for single notifications.
//!
//! Beside them stands the text alone; what is kept and sent is both together, see `staffetta_domain::buttons`.

use crate::choice::Choice;
use serde::{Deserialize, Serialize};
use staffetta_domain::buttons::{BUTTONS_MAX, split};
use staffetta_domain::{ActionKind, Button, ButtonAction, Buttons};
use staffetta_words::say;

/// What was typed of the buttons; a button of which nothing is typed is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct ButtonsForm {
    button_1_text: String,
    button_1_kind: String,
    button_1_target: String,
    button_1_english: String,
    button_1_english_target: String,
    button_2_text: String,
    button_2_kind: String,
    button_2_target: String,
    button_2_english: String,
    button_2_english_target: String,
}

/// The fields of one button.
pub(crate) struct ButtonRow<'a> {
    pub(crate) number: usize,
    pub(crate) text: &'a str,
    pub(crate) kinds: Vec<Choice>,
    pub(crate) target: &'a str,
    pub(crate) english: &'a str,
    /// Empty where it is the same as in Italian.
    pub(crate) english_target: &'a str,
}

impl ButtonRow<'_> {
    fn is_blank(&self) -> bool {
        [self.text, self.target, self.english, self.english_target]
            .iter()
            .all(|typed| typed.trim().is_empty())
    }

    fn kind(&self) -> ActionKind {
        let chosen = self.kinds.iter().find(|kind| kind.chosen);
        chosen.and_then(|kind| ActionKind::from_name(&kind.value)).unwrap_or(ActionKind::Web)
    }
}

impl ButtonsForm {
    /// A *contenuto* parted into the fields of its buttons and its text. Settings that cannot be read stay in the
    /// text, where they are told as a fault.
    pub(crate) fn of(markdown: &str) -> (Self, String) {
        let Ok((buttons, body)) = split(markdown) else { return (Self::default(), markdown.to_owned()) };
        let mut form = Self::default();
        for (index, button) in buttons.italian.iter().take(BUTTONS_MAX).enumerate() {
            let [text, kind, target, english, english_target] = form.fields_of(index);
            *text = button.text().to_owned();
            *kind = button.action().kind().name().to_owned();
            *target = button.action().target().to_owned();
            let Some(translated) = buttons.english.get(index) else { continue };
            *english = translated.text().to_owned();
            if translated.action() == button.action() {
                continue;
            }
            let same_kind = translated.action().kind() == button.action().kind();
            *english_target = match same_kind {
                true => translated.action().target().to_owned(),
                false => translated.action().to_io(),
            };
        }
        (form, body.to_owned())
    }

    /// A *contenuto* of these buttons and a text.
    pub(crate) fn with_text(&self, text: &str) -> String {
        self.buttons().before(text)
    }

    /// Whether any is being written.
    pub(crate) fn is_blank(&self) -> bool {
        self.rows().iter().all(ButtonRow::is_blank)
    }

    fn buttons(&self) -> Buttons {
        let rows = self.rows();
        let rows: Vec<_> = rows.iter().filter(|row| !row.is_blank()).collect();
        let italian = |row: &&ButtonRow<'_>| Button::new(row.text, ButtonAction::new(row.kind(), row.target));
        let translated =
            |row: &ButtonRow<'_>| !row.english.trim().is_empty() || !row.english_target.trim().is_empty();
        let english = if rows.iter().any(|row| translated(row)) {
            rows.iter().map(|row| Button::new(row.english, english_action(row))).collect()
        } else {
            Vec::new()
        };
        Buttons { italian: rows.iter().map(italian).collect(), english }
    }

    /// The fields of each button, for the pages.
    pub(crate) fn rows(&self) -> [ButtonRow<'_>; BUTTONS_MAX] {
        [
            row_of(
                1,
                [
                    &self.button_1_text,
                    &self.button_1_kind,
                    &self.button_1_target,
                    &self.button_1_english,
                    &self.button_1_english_target,
                ],
            ),
            row_of(
                2,
                [
                    &self.button_2_text,
                    &self.button_2_kind,
                    &self.button_2_target,
                    &self.button_2_english,
                    &self.button_2_english_target,
                ],
            ),
        ]
    }

    fn fields_of(&mut self, index: usize) -> [&mut String; 5] {
        if index == 0 {
            [
                &mut self.button_1_text,
                &mut self.button_1_kind,
                &mut self.button_1_target,
                &mut self.button_1_english,
                &mut self.button_1_english_target,
            ]
        } else {
            [
                &mut self.button_2_text,
                &mut self.button_2_kind,
                &mut self.button_2_target,
                &mut self.button_2_english,
                &mut self.button_2_english_target,
            ]
        }
    }

    /// All fields by name, for a page that only brings them along.
    pub(crate) fn fields(&self) -> Vec<(String, &str)> {
        let name = |number: usize, part: &str| format!("button_{number}_{part}");
        let texts = self.rows().into_iter().flat_map(|row| {
            [
                (name(row.number, "text"), row.text),
                (name(row.number, "target"), row.target),
                (name(row.number, "english"), row.english),
                (name(row.number, "english_target"), row.english_target),
            ]
        });
        texts
            .chain([(name(1, "kind"), &*self.button_1_kind), (name(2, "kind"), &*self.button_2_kind)])
            .collect()
    }
}

fn row_of(number: usize, [text, kind, target, english, english_target]: [&String; 5]) -> ButtonRow<'_> {
    ButtonRow { number, text, kinds: kinds(kind), target, english, english_target }
}

/// The same as in Italian, unless another target is written; one of another kind is written as IO does.
fn english_action(row: &ButtonRow<'_>) -> ButtonAction {
    let target = row.english_target.trim();
    if target.is_empty() {
        return ButtonAction::new(row.kind(), row.target);
    }
    let in_io_s_way =
        ["iohandledlink://", "ioit://", "iosso://"].iter().any(|prefix| target.starts_with(prefix));
    let other = in_io_s_way.then(|| ButtonAction::from_io(target)).flatten();
    other.unwrap_or_else(|| ButtonAction::new(row.kind(), target))
}

fn kinds(chosen: &str) -> Vec<Choice> {
    let chosen = ActionKind::from_name(chosen).unwrap_or(ActionKind::Web).name();
    ActionKind::ALL.map(|kind| Choice::new(kind.name(), say(&kind.phrase()), chosen)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(first: [&str; 5], second: [&str; 5]) -> ButtonsForm {
        let mut form = ButtonsForm::default();
        for (index, typed) in [first, second].into_iter().enumerate() {
            for (field, value) in form.fields_of(index).into_iter().zip(typed) {
                *field = value.to_owned();
            }
        }
        form
    }

    #[test]
    fn what_is_typed_is_kept_in_the_text_and_comes_back() {
        for (first, second) in [
            (["Paga ora", "web", "https://www.example.it/paga", "", ""], ["", "", "", "", ""]),
            (
                ["Scrivici", "mail", "urp@example.it", "Write", "en@example.it"],
                ["Chiama", "phone", "061234", "Call", ""],
            ),
            // Not complete yet, and nothing is lost.
            (["Paga ora", "web", "", "", ""], ["", "copy", "testo", "", ""]),
            (
                ["Paga", "web", "https://a.example.it/", "Write", "iohandledlink://mailto:a@b.it"],
                ["", "", "", "", ""],
            ),
        ] {
            let typed = form(first, second);
            let text = typed.with_text("Gentile cittadina\n");
            assert_eq!(ButtonsForm::of(&text), (typed, "Gentile cittadina\n".to_owned()), "{text}");
        }
    }

    #[test]
    fn blank_fields_are_no_buttons_and_the_second_alone_becomes_the_first() {
        assert!(ButtonsForm::default().is_blank());
        assert_eq!(form(["", "phone", "", "", ""], [""; 5]).with_text("testo"), "testo");
        let second = ["Paga", "web", "https://a.example.it/", "", ""];
        let (moved, _) = ButtonsForm::of(&form([""; 5], second).with_text("testo"));
        assert_eq!(moved, form(second, [""; 5]));
    }

    #[test]
    fn settings_that_cannot_be_read_stay_in_the_text() {
        let text = "---\nit: [\n---\ntesto";
        assert_eq!(ButtonsForm::of(text), (ButtonsForm::default(), text.to_owned()));
    }
}

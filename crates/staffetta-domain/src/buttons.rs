//! The buttons below a message: IO's calls to action (CTA), which stand in the front matter of the *contenuto*.
//!
//! Wherever a *contenuto* is kept, it is kept with its front matter, as IO gets it: what copies, freezes or compares
//! a text does so with its buttons. Merging them with a row is not here, see `merge`.

mod action;
mod front_matter;

pub use action::{ActionKind, ButtonAction};
pub use front_matter::{FrontMatterError, split};

pub(crate) use action::{encoded_value, is_whole};
pub(crate) use front_matter::{Stretch, quoted, stretches};

use crate::template::{Template, TemplateError};
use crate::text::tidy_value;

/// Most buttons of a message (`LocalizedCTAs.ts` of io-app: `cta_1` and `cta_2`).
pub const BUTTONS_MAX: usize = 2;

/// The buttons of a message; with none of them there is no front matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Buttons {
    /// What phones show, but for those in English.
    pub italian: Vec<Button>,
    /// What phones in English show; with none they show the Italian ones.
    pub english: Vec<Button>,
}

/// A button, whose words and target may have placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    text: String,
    action: ButtonAction,
}

/// What is wrong with a button.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ButtonProblem {
    /// Which one, from 1.
    pub number: usize,
    /// Whether it is the one in English.
    pub english: bool,
    /// What is wrong.
    pub error: ButtonError,
}

/// Why a button cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ButtonError {
    /// No words on it.
    #[error("nothing is written on the button")]
    NoText,
    /// It leads nowhere.
    #[error("the button leads nowhere")]
    NoTarget,
    /// Not what its kind of action wants.
    #[error("the target is not a {}", .0.name())]
    Target(ActionKind),
    /// A placeholder where it would decide whose site is opened, or in the middle of a number or a mailbox.
    #[error("a placeholder cannot stand in this part of the target")]
    PlaceholderPlace(ActionKind),
    /// Placeholders badly written.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// Some buttons have English words and others do not.
    #[error("the button has no English words, and another has")]
    NoTranslation,
}

impl Button {
    /// A button from what was typed; what is wrong with it is told by [`Buttons::problems`].
    #[must_use]
    pub fn new(text: &str, action: ButtonAction) -> Self {
        Self { text: tidy_value(text).into_owned(), action }
    }

    /// Its words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it does.
    #[must_use]
    pub const fn action(&self) -> &ButtonAction {
        &self.action
    }

    fn error(&self) -> Option<ButtonError> {
        if self.text.is_empty() {
            return Some(ButtonError::NoText);
        }
        Template::parse(&self.text).err().map(ButtonError::from).or_else(|| self.action.error())
    }
}

impl Buttons {
    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.italian.is_empty() && self.english.is_empty()
    }

    /// Each with its language: `it` and `en` are the only ones that the app knows.
    pub(crate) fn languages(&self) -> impl Iterator<Item = (&'static str, &[Button])> {
        [("it", self.italian.as_slice()), ("en", self.english.as_slice())]
            .into_iter()
            .filter(|(_, buttons)| !buttons.is_empty())
    }

    /// Why they can be sent to nobody, whatever the values.
    #[must_use]
    pub fn problems(&self) -> Vec<ButtonProblem> {
        let mut problems: Vec<ButtonProblem> = Vec::new();
        for (language, buttons) in self.languages() {
            let english = language == "en";
            let faults = buttons.iter().enumerate();
            problems.extend(faults.filter_map(|(index, button)| {
                Some(ButtonProblem { number: index + 1, english, error: button.error()? })
            }));
        }
        if !self.english.is_empty() {
            problems.extend((self.english.len()..self.italian.len()).map(|index| ButtonProblem {
                number: index + 1,
                english: true,
                error: ButtonError::NoTranslation,
            }));
        }
        problems
    }

    /// The front matter; nothing where there is no button.
    #[must_use]
    pub fn front_matter(&self) -> String {
        front_matter::write(self)
    }

    /// A *contenuto* with these buttons.
    #[must_use]
    pub fn before(&self, body: &str) -> String {
        self.front_matter() + body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn web(text: &str, target: &str) -> Button {
        Button::new(text, ButtonAction::new(ActionKind::Web, target))
    }

    fn errors(buttons: &Buttons) -> Vec<(usize, bool, ButtonError)> {
        buttons.problems().into_iter().map(|one| (one.number, one.english, one.error)).collect()
    }

    #[test]
    fn what_is_missing_is_told_of_its_button() {
        let good = web("Paga {{importo | euro}}", "https://www.comune.example.it/paga/{{codice}}");
        let buttons = |italian: &[Button], english: &[Button]| Buttons {
            italian: italian.to_vec(),
            english: english.to_vec(),
        };
        assert_eq!(errors(&buttons(&[], &[])), []);
        assert_eq!(errors(&buttons(std::slice::from_ref(&good), &[])), []);
        assert_eq!(errors(&buttons(&[good.clone(), web(" ", "x")], &[])), [(2, false, ButtonError::NoText)]);
        assert_eq!(
            errors(&buttons(&[good.clone(), good], &[web("Pay", "")])),
            [(1, true, ButtonError::NoTarget), (2, true, ButtonError::NoTranslation)]
        );
        let template = TemplateError::Unclosed { line: 1, column: 6 };
        assert_eq!(
            errors(&buttons(&[web("Paga {{importo", "https://a.it")], &[])),
            [(1, false, ButtonError::Template(template))]
        );
    }
}

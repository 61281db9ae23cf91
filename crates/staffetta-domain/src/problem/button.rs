//! What is wrong with a button, in words.

use super::{Kind, plain};
use crate::buttons::{ActionKind, ButtonError, ButtonProblem};
use crate::template::TemplateError;

pub(super) fn kind(problem: &ButtonProblem) -> Kind {
    let which = if problem.english { "english" } else { "italian" };
    let (name, mut told) = match &problem.error {
        ButtonError::NoText => plain("button-no-text"),
        ButtonError::NoTarget => plain("button-no-target"),
        ButtonError::Target(kind) => ("button-target", vec![("kind", kind.name().to_owned())]),
        ButtonError::PlaceholderPlace(kind) => {
            ("button-placeholder-place", vec![("kind", kind.name().to_owned())])
        }
        ButtonError::Template(_) => plain("button-template"),
        ButtonError::NoTranslation => plain("button-no-translation"),
    };
    told.extend([("number", problem.number.to_string()), ("language", which.to_owned())]);
    (name, told)
}

/// One of each kind, in both languages.
pub(super) fn samples() -> impl Iterator<Item = ButtonProblem> {
    let of = |number, english| move |error| ButtonProblem { number, english, error };
    errors().into_iter().map(of(2, false)).chain(errors().into_iter().map(of(1, true)))
}

fn errors() -> Vec<ButtonError> {
    let mut samples = vec![ButtonError::NoText, ButtonError::NoTarget, ButtonError::NoTranslation];
    samples.push(TemplateError::Unclosed { line: 1, column: 2 }.into());
    samples.extend(ActionKind::ALL.map(ButtonError::Target));
    samples.extend(ActionKind::ALL.map(ButtonError::PlaceholderPlace));
    samples
}

//! Everything an operator reads, in Fluent files: `locales/it/*.ftl`, one for each subject.
//!
//! Nothing is decided here: whoever has something to say makes a [`Phrase`], and this crate has its words.

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};
use staffetta_domain::Phrase;
use std::borrow::Cow;
use std::collections::HashMap;

const ITALIAN: LanguageIdentifier = langid!("it");

static_loader! {
    static WORDS = {
        locales: "./locales",
        fallback_language: "it",
        // Isolating marks are for mixed directions of writing; in terminals, CSV and Excel they show as boxes.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The words of a phrase. A phrase without words, or whose places are not all filled, gives its key in brackets,
/// so that it is seen and reported.
#[must_use]
pub fn say(phrase: &Phrase) -> String {
    let places: HashMap<Cow<'static, str>, FluentValue<'_>> =
        phrase.args.iter().map(|(name, value)| (name.clone(), place(value))).collect();
    WORDS
        .try_lookup_complete(&ITALIAN, &phrase.key, Some(&places))
        .unwrap_or_else(|| format!("[{}]", phrase.key))
}

/// The words of a key without places.
#[must_use]
pub fn text(key: &str) -> String {
    WORDS.try_lookup(&ITALIAN, key).unwrap_or_else(|| format!("[{key}]"))
}

/// A number as Italians write it: `18.420`.
#[must_use]
pub fn number(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        out.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// Euro cents as Italians write an amount: `110.098,17 €`.
#[must_use]
pub fn euro(cents: i64) -> String {
    format!("{},{:02} €", number(cents / 100), (cents % 100).abs())
}

/// Small whole numbers go to Fluent as numbers, so that a text can choose between singular and plural; all else as
/// it is: a notice number or `007` must not be taken for a number and lose digits.
fn place(value: &str) -> FluentValue<'_> {
    match value.parse::<i32>() {
        Ok(number) if number.to_string() == value => FluentValue::from(number),
        _ => FluentValue::from(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use staffetta_domain::{
        ActionKind, FlowState, NotificationState, PlanProblem, Reason, Repeat, RowFault, TextWarning,
    };

    /// Every phrase that the domain can make.
    fn phrases() -> Vec<Phrase> {
        let mut phrases = Vec::new();
        phrases.extend(FlowState::ALL.map(FlowState::phrase));
        phrases.extend(NotificationState::ALL.map(NotificationState::phrase));
        phrases.extend(Reason::ALL.map(Reason::phrase));
        phrases.extend(TextWarning::ALL.map(TextWarning::phrase));
        phrases.extend(ActionKind::ALL.map(ActionKind::phrase));
        phrases.extend(Repeat::samples().into_iter().filter_map(Repeat::phrase));
        for problem in PlanProblem::samples() {
            phrases.extend([problem.phrase(), problem.remedy()]);
        }
        for fault in RowFault::samples() {
            phrases.extend([fault.phrase(), fault.remedy()]);
        }
        phrases
    }

    #[test]
    fn every_phrase_of_the_domain_has_its_words() {
        for phrase in phrases() {
            let words = say(&phrase);
            assert!(!words.starts_with('[') && !words.contains('{'), "{words}: {phrase:?}");
            assert!(!words.contains(['\u{2068}', '\u{2069}']), "isolating marks: {words:?}");
        }
    }

    #[test]
    fn a_place_that_is_filled_is_shown() {
        for phrase in phrases().iter().filter(|phrase| phrase.key.starts_with("problem-")) {
            // By these two the words are chosen.
            let chosen_by = |name: &str| matches!(name, "kind" | "language");
            for (name, value) in phrase.args.iter().filter(|(name, _)| !chosen_by(name)) {
                // The text in question is named in Italian.
                let shown = if name == "text" {
                    if value == "subject" { "oggetto" } else { "contenuto" }
                } else {
                    value
                };
                assert!(say(phrase).contains(shown), "{name} of {phrase:?}: {}", say(phrase));
            }
        }
    }

    #[test]
    fn words_with_a_legal_meaning_of_their_own_are_avoided() {
        for phrase in phrases() {
            let words = say(&phrase).to_lowercase();
            for avoided in ["consegnat", "rifiutat", "annullat", "adesion"] {
                assert!(!words.contains(avoided), "{words}");
            }
        }
    }

    #[test]
    fn states_are_called_as_the_offices_know_them() {
        assert_eq!(
            FlowState::ALL.map(|state| say(&state.phrase())),
            ["Inattivo", "Attivo", "In invio", "Inviato", "Invio incompleto"]
        );
        assert_eq!(
            NotificationState::ALL.map(|state| say(&state.phrase())),
            [
                "Da inviare",
                "In trasmissione",
                "Accettata da IO",
                "Disponibile su IO",
                "Non recapitata",
                "Non raggiungibile",
                "Errore",
                "Esito incerto",
                "Non inviata",
            ]
        );
    }

    #[test]
    fn values_are_shown_as_they_are() {
        let shown = |value: &str| say(&Phrase::new("problem-missing-value").with("placeholder", value));
        for value in ["007", "301000000012345678", "18420", "1e5", "-3", "<b>", "è"] {
            assert_eq!(shown(value), format!("Manca il valore per il segnaposto “{value}”."));
        }
    }

    #[test]
    fn what_has_no_words_gives_its_key() {
        assert_eq!(text("no-such-key"), "[no-such-key]");
        assert_eq!(say(&Phrase::new("problem-missing-value")), "[problem-missing-value]");
        assert_eq!(text("cli-done"), "Fatto.");
    }

    #[test]
    fn numbers_are_grouped() {
        for (value, words) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1.000"),
            (18_420, "18.420"),
            (-1_234_567, "-1.234.567"),
            (i64::MIN, "-9.223.372.036.854.775.808"),
        ] {
            assert_eq!(number(value), words);
        }
    }
}

//! Why a command did not do what it was asked: what is said, and the exit code.
//!
//! A type of its own rather than a chain of contexts: the reader is an operator, so every failure has words
//! and, where there is one, a remedy.

mod conversions;

use crate::output;
use staffetta_domain::Phrase;
use staffetta_words::say;
use std::process::ExitCode;

const FAILED: u8 = 1;
const WRONG_USAGE: u8 = 2;

/// What is said to the operator when a command fails.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    said: Vec<(Phrase, Option<Phrase>)>,
}

impl Failure {
    /// It failed.
    pub(crate) fn failed(phrase: Phrase) -> Self {
        Self { code: FAILED, said: vec![(phrase, None)] }
    }

    /// It was asked for in a way that cannot be.
    pub(crate) fn usage(phrase: Phrase) -> Self {
        Self { code: WRONG_USAGE, said: vec![(phrase, None)] }
    }

    /// It failed, for several reasons.
    pub(crate) fn all(said: Vec<(Phrase, Option<Phrase>)>) -> Self {
        Self { code: FAILED, said }
    }

    /// It failed, and all was said already.
    pub(crate) fn told() -> Self {
        Self { code: FAILED, said: Vec::new() }
    }

    /// The operating system would not; what it says stands in the place `error`.
    pub(crate) fn system(key: &'static str, error: &std::io::Error) -> Self {
        Self::failed(Phrase::new(key).with("error", error))
    }

    /// With what to do about it.
    pub(crate) fn remedy(mut self, remedy: Phrase) -> Self {
        if let Some((_, place)) = self.said.last_mut() {
            *place = Some(remedy);
        }
        self
    }

    /// Says it; gives the exit code.
    pub(crate) fn tell(self) -> ExitCode {
        for (phrase, remedy) in &self.said {
            output::notice(&say(phrase));
            if let Some(remedy) = remedy {
                output::notice(&say(remedy));
            }
        }
        ExitCode::from(self.code)
    }
}

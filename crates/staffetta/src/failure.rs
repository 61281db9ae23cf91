//! Why a command did not do what it was asked: what is said, and the exit code.
//!
//! A type of its own rather than a chain of contexts: the reader is an operator, so every failure has words
//! and, where there is one, a remedy.

mod conversions;

use crate::output;
use staffetta_domain::Phrase;
use staffetta_words::{say, text};
use std::io::ErrorKind;
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
        Self::failed(Phrase::new(key).with("error", system_words(error)))
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

/// What the operating system says, in words where it is something that a person meets.
pub(crate) fn system_words(error: &std::io::Error) -> String {
    let key = match error.kind() {
        ErrorKind::NotFound => "system-not-found",
        ErrorKind::PermissionDenied => "system-not-permitted",
        ErrorKind::IsADirectory => "system-is-a-folder",
        ErrorKind::NotADirectory => "system-is-no-folder",
        ErrorKind::AlreadyExists => "system-exists",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "system-disk-full",
        ErrorKind::ReadOnlyFilesystem => "system-read-only",
        ErrorKind::FileTooLarge => "system-too-large",
        ErrorKind::AddrInUse => "system-address-in-use",
        ErrorKind::AddrNotAvailable => "system-no-such-address",
        _ => return error.to_string(),
    };
    text(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_meet_has_words() {
        let words = |kind: ErrorKind| system_words(&kind.into());
        assert_eq!(words(ErrorKind::NotFound), "non c'è");
        for kind in [
            ErrorKind::PermissionDenied,
            ErrorKind::IsADirectory,
            ErrorKind::NotADirectory,
            ErrorKind::AlreadyExists,
            ErrorKind::StorageFull,
            ErrorKind::ReadOnlyFilesystem,
            ErrorKind::FileTooLarge,
            ErrorKind::AddrInUse,
            ErrorKind::AddrNotAvailable,
        ] {
            assert!(!words(kind).starts_with('['), "{kind}");
        }
    }
}

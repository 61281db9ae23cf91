//! What is read from files and from standard input.

use crate::failure::{Failure, system_words};
use secrecy::{ExposeSecret, SecretString};
use staffetta_domain::Phrase;
use staffetta_io::Connection;
use std::io::{BufRead, IsTerminal, Read};
use std::path::Path;
use zeroize::Zeroizing;

/// Says "standard input" where a value or a path is asked for.
pub(crate) const STANDARD_INPUT: &str = "-";
/// Most bytes of a text of a message: many times the longest that IO takes, with its places.
const TEXT_MAX_BYTES: u64 = 1024 * 1024;
/// Most bytes of a key.
const SECRET_MAX_BYTES: u64 = 4096;

/// A message's text from a file in UTF-8. The mark that some editors put before it
/// is not part of it, nor are the line ends after it: IO would count them.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    let bytes = read(path, TEXT_MAX_BYTES)?;
    let text = String::from_utf8(bytes.to_vec())
        .map_err(|_| Failure::failed(Phrase::new("cli-file-not-utf8").with("path", path.display())))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n");
    Ok(text.trim_end_matches('\n').to_owned())
}

/// Makes sure that a file can be opened; the words of a failure name it.
pub(crate) fn opens(path: &Path) -> Result<(), Failure> {
    std::fs::File::open(path).map(|_| ()).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::failed(
        Phrase::new("cli-file-unreadable").with("path", path.display()).with("error", system_words(error)),
    )
}

/// A key from a file, or from standard input where the path is `-`.
pub(crate) fn key(path: &Path) -> Result<SecretString, Failure> {
    let bytes = if path == Path::new(STANDARD_INPUT) {
        if std::io::stdin().is_terminal() {
            return hidden("cli-ask-key");
        }
        limited(std::io::stdin().lock(), SECRET_MAX_BYTES)
            .map_err(|error| Failure::system("cli-input", &error))?
    } else {
        read(path, SECRET_MAX_BYTES)?
    };
    let text =
        std::str::from_utf8(&bytes).map_err(|_| Failure::failed(Phrase::new("service-key-not-text")))?;
    secret(text)
}

/// A key given on the command line.
pub(crate) fn secret(text: &str) -> Result<SecretString, Failure> {
    Connection::read_key(text).ok_or_else(|| Failure::failed(Phrase::new("service-key-not-text")))
}

/// A new password: typed twice and not shown at a terminal, else the first line of standard input.
pub(crate) fn new_password() -> Result<SecretString, Failure> {
    if !std::io::stdin().is_terminal() {
        return line().map(SecretString::from);
    }
    let first = hidden("cli-ask-password")?;
    let second = hidden("cli-ask-password-again")?;
    if first.expose_secret() != second.expose_secret() {
        return Err(Failure::failed(Phrase::new("cli-passwords-differ")));
    }
    Ok(first)
}

/// The value itself, or the first line of standard input where it is `-`: what stands on a command line is
/// seen by everyone on the machine and stays in the shell's history.
pub(crate) fn value_or_line(value: &str) -> Result<String, Failure> {
    if value == STANDARD_INPUT { line() } else { Ok(value.to_owned()) }
}

/// What a person answers to a question, where there is a person.
pub(crate) fn answer(question: &str) -> Result<Option<String>, Failure> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Ok(None);
    }
    crate::output::notice(question);
    line().map(Some)
}

/// A word to be typed is not given by habit, as a yes is. `word` is the key of its text; `nobody` is told where nobody
/// can be asked, `otherwise` where something else was typed.
pub(crate) fn word(question: &str, word: &str, nobody: Phrase, otherwise: Phrase) -> Result<(), Failure> {
    let Some(answer) = answer(question)? else { return Err(Failure::usage(nobody)) };
    if answer.trim().eq_ignore_ascii_case(&staffetta_words::text(word)) {
        return Ok(());
    }
    Err(Failure::failed(otherwise))
}

fn line() -> Result<String, Failure> {
    let mut line = String::new();
    let read = std::io::stdin().lock().take(SECRET_MAX_BYTES).read_line(&mut line);
    read.map_err(|error| Failure::system("cli-input", &error))?;
    let line = line.trim_end_matches(['\r', '\n']);
    if line.is_empty() {
        return Err(Failure::failed(Phrase::new("cli-input-empty")));
    }
    Ok(line.to_owned())
}

fn hidden(question: &'static str) -> Result<SecretString, Failure> {
    rpassword::prompt_password(staffetta_words::text(question) + " ")
        .map(SecretString::from)
        .map_err(|error| Failure::system("cli-input", &error))
}

fn read(path: &Path, most: u64) -> Result<Zeroizing<Vec<u8>>, Failure> {
    std::fs::File::open(path).and_then(|file| limited(file, most)).map_err(|error| unreadable(path, &error))
}

fn limited(from: impl Read, most: u64) -> std::io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::new());
    from.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(std::io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

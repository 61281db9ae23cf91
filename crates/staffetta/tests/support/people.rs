//! People who do not exist, and what is written to them.

use staffetta_domain::FiscalCode;
use staffetta_io::Fate;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A text that IO takes, with a place for the name.
pub const MARKDOWN: &str = "Gentile {{Nome}},\n\nla informiamo che il suo avviso è disponibile. Può passare allo sportello \
    dal lunedì al venerdì, dalle 9 alle 12, oppure scrivere all'ufficio.\n";
/// The same for one person.
pub const LETTER: &str = "Gentile cittadina,\n\nla informiamo che il suo documento è pronto. Può ritirarlo allo sportello \
    dal lunedì al venerdì, dalle 9 alle 12, oppure delegare un'altra persona.\n";

/// A file of the repository's examples.
pub fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

/// Valid codes of the examples, each once.
pub fn codes() -> Vec<FiscalCode> {
    let bytes = std::fs::read(example("elenco-5000.csv")).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let mut seen = BTreeSet::new();
    let read = text.lines().skip(1).filter_map(|line| FiscalCode::read(line.split(';').next()?).ok());
    read.map(|read| read.code).filter(|code| seen.insert(*code)).collect()
}

/// Someone with this fate at a simulator started with its own values.
pub fn someone(fate: Fate) -> String {
    let of = |code: &FiscalCode| Fate::of(1, code, staffetta_io::simulator::fate::DEFAULT_REACH);
    codes().iter().find(|code| of(code) == fate).unwrap().as_str().to_owned()
}

/// A list of so many people.
pub fn list(number: usize) -> String {
    let rows =
        codes().into_iter().zip(1..=number).map(|(code, n)| format!("{};Persona {n}\r\n", code.as_str()));
    "Codice fiscale;Nome\r\n".to_owned() + &rows.collect::<String>()
}

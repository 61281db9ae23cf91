//! The texts on screen: no key twice, no word that means something else in an office.

use super::{Problems, tree::Tree};
use std::collections::BTreeMap;

/// Words with a legal meaning of their own: an act is *consegnato* or *rifiutato* by a bailiff, a
/// citizen's *adesione* is a choice that we do not know of.
const FORBIDDEN: [&str; 8] =
    ["consegnata", "consegnate", "rifiutata", "rifiutate", "annullata", "annullate", "adesione", "adesioni"];

/// Checks every Fluent file.
pub(super) fn check(tree: &Tree, problems: &mut Problems) {
    // One set of keys for each language, that is for each folder.
    let mut first: BTreeMap<(&str, &str), String> = BTreeMap::new();
    for (path, text) in tree.ending(&[".ftl"]) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (number, line) in (1_usize..).zip(text.lines()) {
            if let Some(key) = key(line) {
                let place = format!("{path}:{number}");
                if let Some(earlier) = first.get(&(folder, key)) {
                    problems.push(format!("{place}: the key {key} stands already at {earlier}"));
                } else {
                    first.insert((folder, key), place);
                }
            }
            if let Some(word) = forbidden(line) {
                problems
                    .push(format!("{path}:{number}: the word “{word}” means something else in an office"));
            }
        }
    }
}

/// The key that a line begins: a message, or a term with its dash.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let starts = key.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '-');
    (starts && key.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter)))
        .then_some(key)
}

/// The forbidden word in what a line shows; comments and keys show nothing.
fn forbidden(line: &str) -> Option<&'static str> {
    if line.starts_with('#') {
        return None;
    }
    let shown =
        if key(line).is_some() { line.split_once('=').map_or(line, |(_, shown)| shown) } else { line };
    let shown = shown.to_lowercase();
    shown
        .split(|letter: char| !letter.is_alphabetic())
        .find_map(|word| FORBIDDEN.into_iter().find(|forbidden| *forbidden == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_twice_and_forbidden_words_are_found() {
        let one = "# consegnata\nstate-sent = Inviato\nstate-off =\n    Rifiutata da IO\n";
        let two = "state-sent = Inviato\n";
        let english = "state-sent = Sent\n";
        let tree = Tree::of(&[("w/it/one.ftl", one), ("w/it/two.ftl", two), ("w/en/one.ftl", english)]);
        let mut problems = Problems::new();
        check(&tree, &mut problems);
        assert_eq!(
            problems,
            [
                "w/it/one.ftl:4: the word “rifiutata” means something else in an office",
                "w/it/two.ftl:1: the key state-sent stands already at w/it/one.ftl:2",
            ]
        );
    }
}

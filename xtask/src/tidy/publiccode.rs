//! `publiccode.yml`, by the standard's version 0.7: what it must say, and that it agrees with Cargo.toml.
//!
//! This is not a YAML parser: it reads the plain block style in which our own file is written.

use super::documents::of_workspace;
use super::{Problems, tree::Tree};
use anyhow::Result;
use std::collections::BTreeMap;

const FILE: &str = "publiccode.yml";
/// Keys without which the file is not valid.
const MANDATORY: [&str; 14] = [
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description.it.shortDescription",
    "description.it.longDescription",
    "description.it.features",
    "legal.license",
    "maintenance.type",
    "maintenance.contacts",
    "localisation.localisationReady",
    "localisation.availableLanguages",
];
const SHORT_MAX: usize = 150;
const LONG_MIN: usize = 150;
const LONG_MAX: usize = 10_000;

/// Checks the file.
pub(super) fn check(tree: &Tree, problems: &mut Problems) -> Result<()> {
    let values = read(tree.text(FILE).unwrap_or_default());
    let mut wrong = |what: String| problems.push(format!("{FILE}: {what}"));
    for key in MANDATORY.iter().filter(|key| values.get(**key).is_none_or(String::is_empty)) {
        wrong(format!("{key} is missing or empty"));
    }
    for (key, expected) in [
        ("publiccodeYmlVersion", "0.7".to_owned()),
        ("softwareVersion", of_workspace(tree, "version")?),
        ("legal.license", of_workspace(tree, "license")?),
    ] {
        let value = values.get(key).map_or("", String::as_str);
        if value != expected {
            wrong(format!("{key} is “{value}”, not “{expected}”"));
        }
    }
    for (key, value) in &values {
        let length = value.chars().count();
        if key.ends_with(".shortDescription") && length > SHORT_MAX {
            wrong(format!("{key} has {length} characters; the most is {SHORT_MAX}"));
        }
        if key.ends_with(".longDescription") && !(LONG_MIN..=LONG_MAX).contains(&length) {
            wrong(format!("{key} has {length} characters; it takes from {LONG_MIN} to {LONG_MAX}"));
        }
    }
    Ok(())
}

/// Path of keys, joined by dots, and value; the lines of a list or of a folded text are joined.
fn read(text: &str) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    let mut open: Vec<(usize, String)> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        let indent = line.len() - line.trim_start().len();
        let content = line.trim();
        let folded = open.last().is_some_and(|(outer, path)| {
            indent > *outer && values.get(path).is_some_and(|value: &String| value.starts_with('>'))
        });
        if let Some((key, value)) = key(content).filter(|_| !folded) {
            open.retain(|(outer, _)| *outer < indent);
            let path = open.last().map_or_else(|| key.to_owned(), |(_, outer)| format!("{outer}.{key}"));
            values.insert(path.clone(), value.trim_matches(['"', '\'']).to_owned());
            open.push((indent, path));
        } else if let Some((_, path)) = open.last() {
            let value: &mut String = values.entry(path.clone()).or_default();
            value.push_str(if value.is_empty() { "" } else { " " });
            value.push_str(content);
        }
    }
    for value in values.values_mut() {
        if let Some(folded) = value.strip_prefix('>') {
            *value = folded.trim_start_matches('-').trim().to_owned();
        }
    }
    values
}

fn key(content: &str) -> Option<(&str, &str)> {
    let (key, value) = content.split_once(':')?;
    let plain = !key.is_empty() && key.chars().all(|letter| letter.is_ascii_alphanumeric());
    (plain && (value.is_empty() || value.starts_with(' '))).then(|| (key, value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lists_and_folded_texts_are_read() {
        let text = "# c\nname: \"Staffetta\"\nplatforms:\n  - web\n  - linux\ndescription:\n  it:\n    longDescription: >\n      \
                    Due righe: una\n      e l'altra.\n    features:\n      - a\nlegal:\n  license: AGPL-3.0-or-later\n";
        let values = read(text);
        let expected = [
            ("description", ""),
            ("description.it", ""),
            ("description.it.features", "- a"),
            ("description.it.longDescription", "Due righe: una e l'altra."),
            ("legal", ""),
            ("legal.license", "AGPL-3.0-or-later"),
            ("name", "Staffetta"),
            ("platforms", "- web - linux"),
        ];
        let read: Vec<_> = values.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(read, expected);
    }
}

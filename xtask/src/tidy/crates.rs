//! The arrows between crates, and the dependencies of the root manifest.

use super::{Problems, tree::Tree};
use anyhow::{Context as _, Result};
use std::collections::BTreeSet;
use toml::Table;

/// Who may use whom: from a crate down to these. ARCHITECTURE.md says why.
const ARROWS: [(&str, &[&str]); 13] = [
    ("staffetta-domain", &[]),
    ("staffetta-words", &["staffetta-domain"]),
    ("staffetta-store", &["staffetta-domain"]),
    ("staffetta-io", &["staffetta-domain"]),
    ("staffetta-sheets", &["staffetta-domain", "staffetta-words"]),
    ("staffetta-engine", &["staffetta-domain", "staffetta-store", "staffetta-io"]),
    ("staffetta-desk", &["staffetta-domain", "staffetta-words", "staffetta-store", "staffetta-sheets"]),
    (
        "staffetta-web",
        &[
            "staffetta-domain",
            "staffetta-words",
            "staffetta-store",
            "staffetta-io",
            "staffetta-sheets",
            "staffetta-desk",
        ],
    ),
    ("staffetta", &["*"]),
    ("xtask", &[]),
    ("xtask-lists", &["staffetta-domain", "staffetta-io"]),
    ("xtask-torture", &["staffetta-domain"]),
    ("staffetta-fuzz", &["staffetta-sheets"]),
];

/// Checks every manifest.
pub(super) fn check(tree: &Tree, problems: &mut Problems) -> Result<()> {
    let root: Table =
        tree.text("Cargo.toml").context("Cargo.toml is missing")?.parse().context("Cargo.toml")?;
    let known = names(root.get("workspace").and_then(|workspace| workspace.get("dependencies")));
    let mut used = BTreeSet::new();
    for (path, text) in tree.ending(&["/Cargo.toml"]) {
        let manifest: Table = text.parse().with_context(|| path.to_owned())?;
        let name =
            manifest.get("package").and_then(|package| package.get("name")).and_then(toml::Value::as_str);
        let name = name.with_context(|| format!("{path}: no package name"))?;
        let needs = needs(&manifest);
        arrows(path, name, &needs, problems);
        unnamed(tree, path, &needs, problems);
        if manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(toml::Value::as_bool)
            != Some(true)
        {
            problems.push(format!("{path}: does not take the workspace's lints"));
        }
        used.extend(needs);
    }
    for unused in known.difference(&used) {
        problems.push(format!("Cargo.toml: no crate uses the dependency {unused}"));
    }
    for stray in used.difference(&known) {
        problems.push(format!(
            "{stray} is used by a crate but does not stand, with its reason, in the root Cargo.toml"
        ));
    }
    Ok(())
}

fn arrows(path: &str, name: &str, needs: &BTreeSet<String>, problems: &mut Problems) {
    let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == name) else {
        problems
            .push(format!("{path}: the crate {name} has no arrows in ARCHITECTURE.md and in tidy's list"));
        return;
    };
    for need in needs.iter().filter(|need| ARROWS.iter().any(|(known, _)| *known == need.as_str())) {
        // A crate may ask for itself with a feature for its own tests.
        if need != name && !allowed.contains(&need.as_str()) && *allowed != ["*"] {
            problems.push(format!("{path}: {name} may not depend on {need} (ARCHITECTURE.md, arrows)"));
        }
    }
}

/// What a manifest asks for and no source of the crate names.
fn unnamed(tree: &Tree, path: &str, needs: &BTreeSet<String>, problems: &mut Problems) {
    let folder = path.trim_end_matches("Cargo.toml");
    let sources = tree.ending(&[".rs"]).filter(|(source, _)| source.starts_with(folder));
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let words: BTreeSet<&str> =
        sources.flat_map(|(_, text)| text.split(move |letter| !is_part(letter))).collect();
    let missing = needs.iter().filter(|need| !words.contains(need.replace('-', "_").as_str()));
    problems.extend(missing.map(|need| format!("{path}: no source names {need}; drop it from the manifest")));
}

/// Everything that a manifest needs: for running, for tests, for building, per target.
fn needs(manifest: &Table) -> BTreeSet<String> {
    let mut all = of_tables(manifest);
    for target in manifest.get("target").and_then(toml::Value::as_table).into_iter().flat_map(Table::values) {
        all.extend(target.as_table().map(of_tables).unwrap_or_default());
    }
    all
}

fn of_tables(table: &Table) -> BTreeSet<String> {
    let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
    tables.into_iter().flat_map(|kind| names(table.get(kind))).collect()
}

fn names(table: Option<&toml::Value>) -> BTreeSet<String> {
    table.and_then(toml::Value::as_table).map(|table| table.keys().cloned().collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_that_point_up_and_dependencies_that_nobody_uses_are_found() {
        let root = "[workspace.dependencies]\nstaffetta-store = {}\nstaffetta-domain = {}\nserde = '1'\nidle = '1'\n";
        let domain = "[package]\nname = 'staffetta-domain'\n[lints]\nworkspace = true\n[dependencies]\nserde.workspace = true\n\
                      [dev-dependencies]\nstaffetta-store.workspace = true\n";
        let store = "[package]\nname = 'staffetta-store'\n[dependencies]\nstaffetta-domain.workspace = true\nlog = '1'\n";
        let tree = Tree::of(&[
            ("Cargo.toml", root),
            ("crates/d/Cargo.toml", domain),
            ("crates/d/src/lib.rs", "use staffetta_store::Store; use serde_json::Value;"),
            ("crates/s/Cargo.toml", store),
            ("crates/s/src/lib.rs", "use staffetta_domain::Rule; log::info!();"),
        ]);
        let mut problems = Problems::new();
        check(&tree, &mut problems).unwrap();
        assert_eq!(
            problems,
            [
                "crates/d/Cargo.toml: staffetta-domain may not depend on staffetta-store (ARCHITECTURE.md, arrows)",
                "crates/d/Cargo.toml: no source names serde; drop it from the manifest",
                "crates/s/Cargo.toml: does not take the workspace's lints",
                "Cargo.toml: no crate uses the dependency idle",
                "log is used by a crate but does not stand, with its reason, in the root Cargo.toml",
            ]
        );
    }
}

//! The documents that must be there, and the version that they speak of.

use super::{Problems, tree::Tree};
use anyhow::{Context as _, Result};
use toml::Table;

const NEEDED: [&str; 12] = [
    "README.md",
    "README.EN.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "LICENSE",
    "publiccode.yml",
    "docs/benchmarks.md",
    "docs/decisions.md",
    "docs/glossary.md",
    "docs/reference/io.md",
];

/// Checks that they exist, and that the changelog knows the version.
pub(super) fn check(tree: &Tree, problems: &mut Problems) -> Result<()> {
    problems.extend(NEEDED.iter().filter(|path| !tree.has(path)).map(|path| format!("{path}: missing")));
    let version = of_workspace(tree, "version")?;
    let changelog = tree.text("CHANGELOG.md").unwrap_or_default();
    if !changelog.lines().any(|line| line.starts_with("## ") && line.contains(&version)) {
        problems.push(format!("CHANGELOG.md: no heading for version {version}"));
    }
    Ok(())
}

/// A value of `[workspace.package]`.
pub(super) fn of_workspace(tree: &Tree, key: &str) -> Result<String> {
    let manifest: Table =
        tree.text("Cargo.toml").context("Cargo.toml is missing")?.parse().context("Cargo.toml")?;
    let package = manifest.get("workspace").and_then(|workspace| workspace.get("package"));
    let value = package.and_then(|package| package.get(key)).and_then(toml::Value::as_str);
    Ok(value.with_context(|| format!("Cargo.toml: no {key} in [workspace.package]"))?.to_owned())
}

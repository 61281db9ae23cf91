//! The files of the repository, with their text.

use anyhow::{Context as _, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Folders that are made, not written.
const MADE: [&str; 6] = ["target", "node_modules", "data", "dist", "corpus", "artifacts"];
/// Hidden names that belong to the repository.
const HIDDEN: [&str; 3] = [".ci", ".cargo", ".config"];

/// Path from the root, with `/`, and text; `None` where it is not UTF-8.
pub(super) struct Tree(BTreeMap<String, Option<String>>);

impl Tree {
    /// Reads everything below `root`.
    pub(super) fn read(root: &Path) -> Result<Self> {
        let mut files = BTreeMap::new();
        let mut open = vec![(root.to_owned(), String::new())];
        while let Some((folder, name)) = open.pop() {
            for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
                let entry = entry?;
                let base = entry.file_name().to_string_lossy().into_owned();
                let hidden = base.starts_with('.') && !HIDDEN.contains(&base.as_str());
                let path = format!("{name}{base}");
                if entry.file_type()?.is_dir() {
                    if !hidden && !MADE.contains(&base.as_str()) {
                        open.push((entry.path(), format!("{path}/")));
                    }
                } else if !hidden {
                    files.insert(path, String::from_utf8(fs::read(entry.path())?).ok());
                }
            }
        }
        Ok(Self(files))
    }

    /// A tree of these files, for tests.
    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        Self(files.iter().map(|(path, text)| ((*path).to_owned(), Some((*text).to_owned()))).collect())
    }

    /// Path and text of every file that is text.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(path, text)| Some((path.as_str(), text.as_deref()?)))
    }

    /// Path and text of the files with one of these endings.
    pub(super) fn ending(&self, endings: &[&str]) -> impl Iterator<Item = (&str, &str)> {
        self.files().filter(move |(path, _)| endings.iter().any(|ending| path.ends_with(ending)))
    }

    /// The text of one file.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.0.get(path)?.as_deref()
    }

    /// Whether a file, or a folder with files, stands at this path.
    pub(super) fn has(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        self.0.contains_key(path) || self.0.keys().any(|known| known.starts_with(&folder))
    }
}

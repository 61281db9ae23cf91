//! Writes `examples/`: lists of people who do not exist, and what must come of them.
//!
//! The same files every time: chance is seeded, and a test compares what is committed with what is made.
//! The texts of the messages are written by hand and not touched.

mod chance;
mod csv;
mod expected;
mod list;
mod names;
mod outcome;
mod person;
mod plan;
mod xlsx;

#[cfg(test)]
mod tests;

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    let folder = folder()?;
    fs::create_dir_all(&folder)?;
    for (name, bytes) in make()? {
        fs::write(folder.join(&name), bytes).with_context(|| name)?;
    }
    Ok(())
}

/// Where the files stand.
fn folder() -> Result<PathBuf> {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).context("not inside the workspace")?;
    Ok(root.join("examples"))
}

/// Name and content of every file.
fn make() -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    let mut lists = Vec::new();
    for (plan, as_workbook) in [(&plan::SMALL, true), (&plan::LARGE, false)] {
        let rows = list::make(plan);
        let mut made = vec![(format!("{}.csv", plan.file), csv::write(&rows)?)];
        if as_workbook {
            made.push((format!("{}.xlsx", plan.file), xlsx::write(&rows)?));
        }
        let hashes = made.iter().map(|(name, bytes)| (name.clone(), hash(bytes))).collect();
        lists.push(expected::Written { plan, rows, files: hashes });
        files.extend(made);
    }
    files.push(("ATTESI.md".to_owned(), expected::page(&lists)?.into_bytes()));
    Ok(files)
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

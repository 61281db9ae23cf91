//! `cargo xtask tidy`: what no compiler checks.
//!
//! Every check gathers all that it finds; nothing stops at the first problem. Lengths of functions are
//! clippy's (`too_many_lines`).

mod crates;
mod documents;
mod links;
mod migrations;
mod publiccode;
mod sources;
mod tree;
mod words;

use crate::run;
use anyhow::{Result, bail};
use std::path::Path;
use tree::Tree;

/// What was found, one line each.
type Problems = Vec<String>;

/// Runs every check on the repository at `root`.
pub(crate) fn check(root: &Path) -> Result<()> {
    let tree = Tree::read(root)?;
    let mut problems = Problems::new();
    sources::check(&tree, &mut problems);
    crates::check(&tree, &mut problems)?;
    migrations::check(&tree, &mut problems);
    words::check(&tree, &mut problems);
    documents::check(&tree, &mut problems)?;
    publiccode::check(&tree, &mut problems)?;
    links::check(&tree, &mut problems);
    for problem in &problems {
        run::say(problem);
    }
    if !problems.is_empty() {
        bail!("tidy: {} problems", problems.len());
    }
    run::say(&format!("tidy: {} files, nothing to say", tree.files().count()));
    Ok(())
}

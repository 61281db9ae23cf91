//! What the pages load, built from npm packages at the locked versions. Nothing of it is committed.

use crate::{packages, root, run};
use anyhow::{Context as _, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

const FOLDER: &str = "crates/staffetta-web/ui";
/// What the build makes last.
const BUILT: &str = "dist/icons.svg";
const LEAST_NODE: u32 = 18;

/// Builds them, unless they are newer than all they are made of.
pub(crate) fn build() -> Result<()> {
    let folder = root::find()?.join(FOLDER);
    if is_fresh(&folder)? {
        return Ok(());
    }
    node(LEAST_NODE)?;
    run::to_end(npm().args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder))?;
    run::to_end(npm().args(["run", "--silent", "build"]).current_dir(&folder))
}

fn npm() -> Command {
    Command::new("npm")
}

fn is_fresh(folder: &Path) -> Result<bool> {
    let Ok(built) = fs::metadata(folder.join(BUILT)).and_then(|file| file.modified()) else {
        return Ok(false);
    };
    Ok(newest(folder)? <= built)
}

/// When a source was changed last; what was installed and built is none.
fn newest(folder: &Path) -> Result<SystemTime> {
    let mut latest = SystemTime::UNIX_EPOCH;
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        if ["node_modules", "dist"].iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        let changed = if entry.file_type()?.is_dir() {
            newest(&entry.path())?
        } else {
            entry.metadata()?.modified()?
        };
        latest = latest.max(changed);
    }
    Ok(latest)
}

/// Finds Node.js of at least this version, or installs Debian's.
pub(crate) fn node(least: u32) -> Result<()> {
    if version().is_none() {
        run::say("no Node.js: installing the system's package");
        packages::install(&["nodejs", "npm"])
            .with_context(|| format!("install Node.js {least} or later and npm, and start again"))?;
    }
    match version() {
        Some(found) if found >= least => Ok(()),
        Some(found) => bail!("Node.js {found} is too old: {least} or later is needed"),
        None => bail!("Node.js is missing: install version {least} or later, with npm"),
    }
}

fn version() -> Option<u32> {
    if !run::succeeds(npm().arg("--version")) {
        return None;
    }
    let text = run::output(Command::new("node").arg("--version")).ok()?;
    text.trim_start_matches('v').split('.').next()?.parse().ok()
}

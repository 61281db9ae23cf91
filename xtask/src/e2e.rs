//! `cargo xtask e2e`: what an operator does, in Debian's Chromium, against the built program.

use crate::{assets, packages, root, run};
use anyhow::{Context as _, Result};
use std::path::Path;
use std::process::Command;

const FOLDER: &str = "e2e";
/// What the browser's driver asks for: later than what building the pages does.
const LEAST_NODE: u32 = 20;
/// Where browsers that the tests can drive usually are.
const BROWSERS: [&str; 2] = ["/usr/bin/chromium", "/usr/bin/google-chrome"];

/// Runs the browser tests; those whose file is named, or all.
pub(crate) fn test(files: &[String]) -> Result<()> {
    let (folder, browser) = prepare()?;
    assets::build()?;
    run::cargo(&["build", "--package", "staffetta"])?;
    run::to_end(npm(&folder).args(["ci", "--no-audit", "--no-fund"]))?;
    let mut tests = if files.is_empty() {
        let mut all = npm(&folder);
        all.args(["run", "--silent", "test"]);
        all
    } else {
        let mut some = Command::new("node");
        some.args(["--test", "--test-reporter=spec"]).args(files).current_dir(&folder);
        some
    };
    // The program stands beside this one: cargo puts both into the same folder, wherever that is.
    let program = std::env::current_exe().context("where am I?")?.with_file_name("staffetta");
    tests.env("STAFFETTA_E2E_PROGRAM", program).env("STAFFETTA_E2E_CHROMIUM", browser);
    run::to_end(&mut tests)
}

/// Finds or installs what the tests need, before anything is built for them.
pub(crate) fn prepare() -> Result<(std::path::PathBuf, &'static str)> {
    assets::node(LEAST_NODE)?;
    Ok((root::find()?.join(FOLDER), browser()?))
}

fn browser() -> Result<&'static str> {
    let found = || BROWSERS.into_iter().find(|path| Path::new(path).exists());
    if found().is_none() {
        run::say("no Chromium: installing the system's package");
        packages::install(&["chromium"])?;
    }
    found().context("Chromium is missing: install the package chromium, or Google Chrome")
}

fn npm(folder: &Path) -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(folder);
    npm
}

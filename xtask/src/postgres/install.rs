//! PostgreSQL's programs: found, or installed from Debian's package.

use crate::{packages, run};
use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Debian and Ubuntu keep one folder a version here.
const VERSIONS: &str = "/usr/lib/postgresql";

/// The folder of initdb and pg_ctl; installs the package where we may.
pub(super) fn find_or_install() -> Result<PathBuf> {
    if let Some(bin) = find() {
        return Ok(bin);
    }
    let advice = "PostgreSQL is missing: install it (Debian and Ubuntu: `apt-get install postgresql`), \
                  or set STAFFETTA_TEST_POSTGRES to a server where databases may be created";
    run::say("PostgreSQL is missing: installing Debian's package");
    packages::install(&["postgresql"]).context(advice)?;
    find().context(advice)
}

/// The newest version's programs, or those on the path.
fn find() -> Option<PathBuf> {
    let versions = fs::read_dir(VERSIONS).ok().into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin")))
        })
        .filter(|(_, bin)| has_programs(bin))
        .max_by_key(|(version, _)| *version);
    newest.map(|(_, bin)| bin).or_else(|| {
        let bin = PathBuf::from(run::output(Command::new("pg_config").arg("--bindir")).ok()?);
        has_programs(&bin).then_some(bin)
    })
}

fn has_programs(bin: &Path) -> bool {
    bin.join("initdb").exists() && bin.join("pg_ctl").exists()
}

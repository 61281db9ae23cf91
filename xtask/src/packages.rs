//! Debian's packages, installed where we may.

use crate::run;
use anyhow::{Result, bail};
use std::process::Command;

/// Installs packages; the error says what a person is to install.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    let advice = format!("install by hand: apt-get install {}", packages.join(" "));
    if !run::succeeds(Command::new("apt-get").arg("--version")) {
        bail!("{advice}");
    }
    let as_root: &[&str] = match (is_root(), run::succeeds(Command::new("sudo").args(["-n", "true"]))) {
        (true, _) => &["env"],
        (false, true) => &["sudo", "-n", "env"],
        (false, false) => bail!("{advice}"),
    };
    let apt = |arguments: &[&str]| {
        let mut command = Command::new(as_root[0]);
        command.args(&as_root[1..]).arg("DEBIAN_FRONTEND=noninteractive").arg("apt-get").args(arguments);
        run::to_end(&mut command)
    };
    apt(&["update", "--quiet"])?;
    apt(&[&["install", "--quiet", "--yes", "--no-install-recommends"], packages].concat())
}

/// Whether we are root.
pub(crate) fn is_root() -> bool {
    run::output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

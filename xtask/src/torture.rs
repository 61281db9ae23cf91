//! `cargo xtask torture`: builds the program and hands it to `xtask/torture`, with a PostgreSQL.

use crate::{assets, gate, root, run};
use anyhow::Result;

/// Tortures the program for so many seconds, killing a node every so many, by a seed.
pub(crate) fn torture(numbers: [u64; 3]) -> Result<()> {
    assets::build()?;
    run::cargo(&["build", "--release", "--package", "staffetta"])?;
    let binary = root::find()?.join("target/release/staffetta").display().to_string();
    let [seconds, every, seed] = numbers.map(|number| number.to_string());
    let words = ["run", "--quiet", "--package", "xtask-torture", "--", "--binary", &binary];
    let more = ["--seconds", &seconds, "--every", &every, "--seed", &seed];
    // The server stops when this value is dropped.
    let server = gate::database()?;
    let command = run::cargo_command(&[&words[..], &more].concat())?;
    run::to_end(&mut gate::with_database(
        command,
        server.as_ref().map(crate::postgres::Server::url).as_deref(),
    ))
}

//! `cargo xtask postgres start|stop|url`: a server that stays between two test runs.

use super::{Cluster, as_owner, install};
use crate::{root, run};
use anyhow::{Context as _, Result, bail};
use clap::Subcommand;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// What to do with the kept server.
#[derive(Subcommand)]
pub(crate) enum Action {
    /// Start it, unless it runs, and print its address
    Start {
        /// With what it writes synced, for measurements; one that runs already stays as it is
        #[arg(long)]
        durable: bool,
    },
    /// Stop it and throw its data away
    Stop,
    /// Print its address
    Url,
}

/// Does it.
pub(crate) fn act(action: &Action) -> Result<()> {
    match action {
        Action::Start { durable } => {
            let cluster = match running()? {
                Some(cluster) => cluster,
                None => start(*durable)?,
            };
            run::print(&format!("export STAFFETTA_TEST_POSTGRES={}", cluster.url()));
        }
        Action::Stop => match running()? {
            Some(cluster) => stop(&cluster)?,
            None => run::say("PostgreSQL is not running"),
        },
        Action::Url => match running()? {
            Some(cluster) => run::print(&cluster.url()),
            None => bail!("PostgreSQL is not running: `cargo xtask postgres start`"),
        },
    }
    Ok(())
}

fn start(durable: bool) -> Result<Cluster> {
    let record = record()?;
    if let Some(folder) = record.parent() {
        fs::create_dir_all(folder)?;
    }
    // First make sure that it can be written: a server without a record would never be stopped.
    fs::write(&record, "").with_context(|| format!("cannot write {}", record.display()))?;
    let cluster = Cluster::start(durable)?;
    fs::write(&record, format!("{}\n{}\n", cluster.folder.display(), cluster.port))?;
    Ok(cluster)
}

fn stop(cluster: &Cluster) -> Result<()> {
    let mut command = as_owner(cluster.bin.join("pg_ctl"));
    run::output(command.arg("--pgdata").arg(cluster.folder.join("data")).args(["--mode", "fast", "stop"]))?;
    run::output(Command::new("rm").arg("-rf").arg(&cluster.folder))?;
    fs::remove_file(record()?)?;
    run::say("PostgreSQL stopped, its data removed");
    Ok(())
}

/// The recorded server, if it still runs.
fn running() -> Result<Option<Cluster>> {
    let Ok(text) = fs::read_to_string(record()?) else { return Ok(None) };
    let mut lines = text.lines();
    let (Some(folder), Some(port)) = (lines.next(), lines.next()) else { return Ok(None) };
    let (folder, port) =
        (PathBuf::from(folder), port.parse().context("the record of the server has no port")?);
    let bin = install::find_or_install()?;
    let mut status = as_owner(bin.join("pg_ctl"));
    status.arg("--pgdata").arg(folder.join("data")).arg("status");
    Ok(run::succeeds(&mut status).then_some(Cluster { bin, folder, port }))
}

/// Where folder and port are written down.
fn record() -> Result<PathBuf> {
    Ok(root::find()?.join("target").join("xtask-postgres"))
}

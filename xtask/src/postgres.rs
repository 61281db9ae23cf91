//! A PostgreSQL for tests: a cluster in a temporary folder, on its own port, on loopback only.
//!
//! The machine's own clusters are not touched. Durability is switched off: the tests look at what the
//! statements do, and the folder is thrown away. Measurements want it on, and say so.

mod install;
mod kept;

use crate::run;
use anyhow::{Context as _, Result, bail};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

pub(crate) use kept::{Action, act};

/// Ports are drawn by the system and may be taken again before the server binds: a few attempts.
const ATTEMPTS: u8 = 3;

/// What makes the server fit for tests.
const SETTINGS: [&str; 2] = ["max_connections=300", "shared_buffers=64MB"];
/// What makes it faster where nothing is measured that a disk does.
const NOT_DURABLE: [&str; 2] = ["fsync=off", "full_page_writes=off"];

/// Stops the server and removes its folder when its standard input closes, however the parent ended.
const WATCH: &str = r#"trap "" INT TERM HUP; read -r _; "$1/pg_ctl" --pgdata "$2/data" --mode fast --silent stop; rm -rf "$2""#;

/// Where a running server is.
struct Cluster {
    bin: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Makes and starts one.
    fn start(durable: bool) -> Result<Self> {
        let bin = install::find_or_install()?;
        let folder =
            PathBuf::from(run::output(as_owner("mktemp").args(["-d", "/tmp/staffetta-postgres-XXXXXX"]))?);
        let started = Self::start_in(bin, &folder, durable);
        if started.is_err() {
            run::succeeds(Command::new("rm").arg("-rf").arg(&folder));
        }
        started
    }

    fn start_in(bin: PathBuf, folder: &Path, durable: bool) -> Result<Self> {
        let data = folder.join("data");
        run::output(as_owner(bin.join("initdb")).arg("--pgdata").arg(&data).args([
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]))?;
        let log = folder.join("log");
        let mut last = None;
        for _ in 0..ATTEMPTS {
            let port = free_port()?;
            let fast: &[&str] = if durable { &[] } else { &NOT_DURABLE };
            let settings: String =
                SETTINGS.iter().chain(fast).map(|setting| format!(" -c {setting}")).collect();
            let options = format!(
                "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={}{settings}",
                folder.display()
            );
            // With its own log file: a server that inherited our output would keep a pipe on it open for ever.
            let mut start = as_owner(bin.join("pg_ctl"));
            start.arg("--pgdata").arg(&data).arg("--log").arg(&log).args([
                "--wait",
                "--silent",
                "--options",
                &options,
            ]);
            let status = start
                .arg("start")
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .context("cannot start pg_ctl")?;
            if status.success() {
                run::say(&format!("PostgreSQL listens on 127.0.0.1:{port}"));
                return Ok(Self { bin, folder: folder.to_owned(), port });
            }
            last = Some(run::output(as_owner("tail").args(["-n", "20"]).arg(&log)).unwrap_or_default());
        }
        bail!("PostgreSQL does not start:\n{}", last.unwrap_or_default());
    }

    fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

/// A server that lives as long as this value, and no longer than this process.
pub(crate) struct Server {
    cluster: Cluster,
    watch: Child,
}

impl Server {
    /// Starts one.
    pub(crate) fn start() -> Result<Self> {
        let cluster = Cluster::start(false)?;
        let watch = as_owner("sh")
            .args(["-c", WATCH, "sh"])
            .arg(&cluster.bin)
            .arg(&cluster.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start a shell")?;
        Ok(Self { cluster, watch })
    }

    /// What the tests are told.
    pub(crate) fn url(&self) -> String {
        self.cluster.url()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.watch.stdin.take());
        if self.watch.wait().is_err() {
            run::say(&format!("PostgreSQL may still run in {}", self.cluster.folder.display()));
        }
    }
}

/// A command run by a user that PostgreSQL accepts: it refuses to run as root.
fn as_owner(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command;
    if crate::packages::is_root() {
        command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
    } else {
        command = Command::new(program);
    }
    // A folder that both users can be in.
    command.current_dir("/");
    command
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0)).context("no free port on loopback")?.local_addr()?.port())
}

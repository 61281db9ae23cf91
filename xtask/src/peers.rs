//! `cargo xtask peers`: the engine beside the usual senders, with Python's packages and a Redis of its own.
//!
//! What Python needs is kept below `target`; Redis listens on loopback, keeps nothing, and is gone when this ends.

use crate::{packages, root, run};
use anyhow::{Context as _, Result, bail};
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const SCRIPTS: &str = "crates/staffetta-engine/benches/peers";
/// Tries to connect, until it is sure that Redis does not come up.
const TRIES: u8 = 50;

/// Measures.
pub(crate) fn measure() -> Result<()> {
    let root = root::find()?;
    let python = environment(&root)?;
    // Stops when this value is dropped.
    let redis = Redis::start()?;
    let python = python.display().to_string();
    let words = ["bench", "--package", "staffetta-engine", "--bench", "peers", "--", &python, &redis.url()];
    run::cargo(&words)
}

/// A Python with the packages of the peers, made once for each list of them.
fn environment(root: &Path) -> Result<PathBuf> {
    let list = root.join(SCRIPTS).join("requirements.txt");
    let folder = root.join("target/peers/venv");
    let (python, installed) = (folder.join("bin/python"), folder.join("requirements.txt"));
    let wanted = fs::read(&list).with_context(|| format!("cannot read {}", list.display()))?;
    if fs::read(&installed).is_ok_and(|found| found == wanted) {
        return Ok(python);
    }
    let make = |command: &mut Command| run::to_end(command.arg("-m").arg("venv").arg(&folder));
    if make(&mut Command::new("python3")).is_err() {
        packages::install(&["python3-venv"])?;
        make(&mut Command::new("python3"))?;
    }
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    run::to_end(Command::new(&python).args(pip).arg(&list))?;
    fs::write(&installed, &wanted)?;
    Ok(python)
}

/// A Redis that lives as long as this value.
struct Redis {
    server: Child,
    port: u16,
}

impl Redis {
    fn start() -> Result<Self> {
        if !run::succeeds(Command::new("redis-server").arg("--version")) {
            packages::install(&["redis-server"])?;
        }
        let port =
            TcpListener::bind(("127.0.0.1", 0)).context("no free port on loopback")?.local_addr()?.port();
        let mut command = Command::new("redis-server");
        // Nothing is written to the disk: that is how most have it, and what costs the peer least.
        command
            .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port"])
            .arg(port.to_string());
        let server = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .context("cannot start redis-server")?;
        let mut redis = Self { server, port };
        for _ in 0..TRIES {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(redis);
            }
            if let Some(status) = redis.server.try_wait()? {
                bail!("redis-server ended: {status}");
            }
            run::succeeds(Command::new("sleep").arg("0.1"));
        }
        bail!("redis-server does not listen")
    }

    fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        if self.server.kill().and_then(|()| self.server.wait()).is_err() {
            run::say("redis-server may still run");
        }
    }
}

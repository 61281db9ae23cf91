//! The program under torture: its commands, its receiver, its nodes.

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What goes wrong at the receiver besides. No 429 by chance: it would let the ente rest for seconds each time.
const FAULTS: &str = "lost=0.002,reset=0.002,e500p=0.005,slow=0.02:1500";

/// How the program is called.
pub(crate) struct Program {
    binary: PathBuf,
    folder: PathBuf,
    database: Option<String>,
}

/// A receiver, killed when dropped.
pub(crate) struct Receiver {
    child: Child,
    address: String,
}

impl Receiver {
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    pub(crate) fn new(binary: &Path, folder: &Path, database: Option<String>) -> Self {
        Self { binary: binary.to_owned(), folder: folder.to_owned(), database }
    }

    /// A file of its own beside the ledger.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(arguments).current_dir(&self.folder).stdin(Stdio::null());
        command.env("STAFFETTA_DATA_DIR", self.folder.join("data"));
        command.env("STAFFETTA_ALLOW_LOOPBACK_URLS", "true");
        if let Some(url) = &self.database {
            command.env("STAFFETTA_DATABASE_URL", url);
        }
        command
    }

    /// Runs a command for an ente to its end; gives the lines of JSON that it printed.
    pub(crate) fn ask(&self, organization: &str, arguments: &[&str]) -> Result<Vec<Value>> {
        let words = ["--json", "--organization", organization].into_iter().chain(arguments.iter().copied());
        let output = self.command(words).output().context("the program does not start")?;
        if !output.status.success() {
            bail!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        }
        let lines = String::from_utf8(output.stdout)?;
        lines.lines().map(|line| serde_json::from_str(line).context("not JSON")).collect()
    }

    /// A receiver without a quota of its own, whose address it tells.
    pub(crate) fn simulate(&self, seed: u64) -> Result<Receiver> {
        let seed = seed.to_string();
        let words = ["simulate", "--listen", "127.0.0.1:0", "--quota", "none", "--latency-ms", "30"];
        let more = ["--faults", FAULTS, "--seed", &seed, "--json"];
        let mut command = self.command(words.into_iter().chain(more));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let address = match child.stdout.take() {
            Some(output) => told_address(&mut BufReader::new(output)),
            None => bail!("the receiver says nothing"),
        };
        Ok(Receiver { child, address: address? })
    }

    /// A node, with its log in a file.
    pub(crate) fn work(&self, number: usize) -> Result<Child> {
        let log = File::options().create(true).append(true).open(self.file(&format!("node-{number}.log")))?;
        // One that is told no ente refuses to work where there are several.
        self.command(["--organization", "Comune 0", "work"])
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .context("a node does not start")
    }
}

fn told_address(output: &mut impl BufRead) -> Result<String> {
    let mut told = String::new();
    while output.read_line(&mut told)? > 0 {
        if let Some((_, rest)) = told.rsplit_once("127.0.0.1:") {
            let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
            return Ok(format!("127.0.0.1:{port}"));
        }
    }
    bail!("the receiver does not tell its address: {told}")
}

/// The body of an answer to a GET without anything particular about it.
pub(crate) fn get(address: &str, path: &str) -> Result<Value> {
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (_, body) = answer.split_once("\r\n\r\n").context("no answer")?;
    serde_json::from_str(body).context("not JSON")
}

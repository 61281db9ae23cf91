//! A database of its own, with the commands given on it.

use super::people::{self, MARKDOWN};
use super::program::{Answer, Program, staffetta};
use super::{Receiver, block_on, eventually};
use serde_json::Value;
use staffetta_store::StoreOptions;
use staffetta_store::testing::EmptyDatabase;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The service of every house.
pub const SERVICE: &str = "Tributi";
/// Its key, which must never be seen again.
pub const KEY: &str = "chiave-segretissima-0123456789";

/// A folder with a database, SQLite's in it or PostgreSQL's beside it, and nothing else.
pub struct House {
    folder: tempfile::TempDir,
    database: Option<EmptyDatabase>,
}

impl House {
    /// On SQLite.
    pub fn sqlite() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), database: None }
    }

    /// On PostgreSQL, where the environment names a server; where it must and does not, the test fails.
    pub fn postgres() -> Option<Self> {
        let database = block_on(EmptyDatabase::create())?;
        Some(Self { folder: tempfile::tempdir().unwrap(), database: Some(database) })
    }

    /// A file or a folder of the house.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The same, as it is given to a command.
    pub fn at(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    /// Writes a file; gives its path.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), bytes).unwrap();
        self.at(name)
    }

    /// Where data and key of the house are.
    pub fn data_dir(&self) -> PathBuf {
        self.path("data")
    }

    /// A command on this house's database, not started yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = staffetta();
        command.args(arguments).current_dir(self.folder.path()).env("STAFFETTA_DATA_DIR", self.data_dir());
        command.env("STAFFETTA_ALLOW_LOOPBACK_URLS", "true");
        if let Some(database) = &self.database {
            command.env("STAFFETTA_DATABASE_URL", database.url());
        }
        command
    }

    /// Runs a command to its end.
    #[track_caller]
    pub fn run(&self, arguments: &[&str]) -> Answer {
        self.run_with(arguments, "")
    }

    /// Runs a command with this on its standard input.
    #[track_caller]
    pub fn run_with(&self, arguments: &[&str], input: &str) -> Answer {
        self.start_with(&mut self.command(arguments), input).finish()
    }

    /// Starts a command and leaves it running.
    pub fn start(&self, arguments: &[&str]) -> Program {
        self.start_with(&mut self.command(arguments), "")
    }

    fn start_with(&self, command: &mut Command, input: &str) -> Program {
        Program::start(command, input)
    }

    /// The JSON object that a command prints.
    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> Value {
        self.run(&[arguments, &["--json"]].concat()).done().json()
    }

    /// The JSON objects that a list prints.
    #[track_caller]
    pub fn list(&self, arguments: &[&str]) -> Vec<Value> {
        self.run(&[arguments, &["--json"]].concat()).done().json_lines()
    }

    /// Makes the ente, which calls without a limit, and its service at this receiver.
    #[track_caller]
    pub fn open(&self, receiver: &Receiver) {
        self.open_at(&receiver.base_url);
    }

    /// The same at an address where nobody may listen yet.
    #[track_caller]
    pub fn open_at(&self, base_url: &str) {
        self.run(&["organization", "set", "--quota", "none"]).done();
        self.run(&["service", "add", "--name", SERVICE, "--key", KEY, "--base-url", base_url]).done();
    }

    /// The arguments of a flow to the people of this file.
    pub fn create<'a>(&'a self, recipients: &'a str, markdown: &'a str) -> Vec<&'a str> {
        #[rustfmt::skip]
        let arguments = vec![
            "flow", "create", "--service", SERVICE, "--description", "Avvisi", "--nature", "informativo",
            "--subject", "Avviso per {{Nome}}", "--markdown-file", markdown, "--recipients", recipients,
        ];
        arguments
    }

    /// A flow to so many people, ready to be sent; gives its number.
    #[track_caller]
    pub fn active_flow(&self, recipients: usize) -> String {
        // Texts differ, so that the receiver tells two flows to the same person from one sent twice.
        let text = self.write("testo.md", format!("{MARKDOWN}\nAvviso n. {recipients}"));
        let list = self.write("elenco.csv", people::list(recipients));
        let created = self.json(&self.create(&list, &text));
        assert_eq!(created["valid_rows"], recipients, "{created}");
        let id = created["id"].to_string();
        self.run(&["flow", "activate", &id]).done();
        id
    }

    /// `flow show` of a flow.
    #[track_caller]
    pub fn show(&self, flow: &str) -> Value {
        self.json(&["flow", "show", flow])
    }

    /// Looks at a flow until it is so.
    #[track_caller]
    pub fn until(&self, flow: &str, what: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        eventually(what, || Some(self.show(flow)).filter(&is_so))
    }

    /// The engine at work.
    #[track_caller]
    pub fn work(&self) -> Program {
        self.work_with(&mut self.command(&["work"]))
    }

    /// The same, with settings of its own.
    #[track_caller]
    pub fn work_with(&self, command: &mut Command) -> Program {
        let mut program = Program::start(command, "");
        eventually("the engine is at work", || {
            assert!(program.is_running(), "{}", program.stderr());
            program.stderr().contains("Il motore è al lavoro").then_some(())
        });
        program
    }

    /// How its database is opened, to see what no command tells.
    pub fn options(&self) -> StoreOptions {
        let data = self.data_dir();
        let url = self
            .database
            .as_ref()
            .map_or_else(|| format!("sqlite:{}", data.join("staffetta.db").display()), EmptyDatabase::url);
        StoreOptions { url, key_file: data.join("staffetta.key") }
    }

    /// Every file of the data folder.
    pub fn files(&self) -> Vec<PathBuf> {
        files_in(&self.data_dir())
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some(database) = &self.database {
            block_on(database.remove());
        }
    }
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// The sum of a flow's counts by state.
pub fn sum(flow: &Value) -> u64 {
    flow["tally"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum()
}

/// One of a flow's counts.
pub fn count(flow: &Value, state: &str) -> u64 {
    flow["tally"][state].as_u64().unwrap()
}

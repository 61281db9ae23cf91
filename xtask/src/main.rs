//! The project's own chores, run as `cargo xtask …`.
//!
//! Nothing of the product is here, and nothing here is shipped. This is also the one place, beside the
//! binary's configuration, that reads the environment.

mod assets;
mod e2e;
mod gate;
mod packages;
mod peers;
mod postgres;
mod root;
mod run;
mod tidy;
mod torture;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// The project's own chores.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// The whole gate: formatting, tidy checks, lints, PostgreSQL, all tests
    Test,
    /// The browser tests, in Debian's Chromium; pictures of the pages go to target/e2e
    E2e {
        /// Only these, as tests/sign_in.test.js
        files: Vec<String>,
    },
    /// What the pages load: built from npm packages, before the program is
    Assets,
    /// Builds the program and runs its demonstration; what follows is the demonstration's
    Demo {
        /// As `staffetta demo` takes them
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// The checks that no compiler makes: file lengths, crates' arrows, migrations, words, documents
    Tidy,
    /// A PostgreSQL for tests, kept until it is stopped
    Postgres {
        #[command(subcommand)]
        action: postgres::Action,
    },
    /// Kills real nodes again and again while they send, and compares the books of both sides
    Torture {
        /// How long nodes are killed, on each database
        #[arg(long, default_value_t = 300)]
        seconds: u64,
        /// How long a node lives before one is killed
        #[arg(long, default_value_t = 2)]
        every: u64,
        /// Decides which node is killed, and what the receiver does wrong
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Measures the engine beside the usual senders: a script with aiohttp, and Celery with Redis
    Peers,
    /// Writes examples/ anew: the lists, and what must come of them
    Examples,
}

fn main() -> ExitCode {
    match work() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // In one line: where it came from in here helps nobody.
            run::say(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn work() -> Result<()> {
    match Arguments::parse().chore {
        Chore::Test => gate::pass(),
        Chore::E2e { files } => e2e::test(&files),
        Chore::Assets => assets::build(),
        Chore::Demo { arguments } => demo(&arguments),
        Chore::Tidy => tidy::check(&root::find()?),
        Chore::Postgres { action } => postgres::act(&action),
        Chore::Torture { seconds, every, seed } => torture::torture([seconds, every, seed]),
        Chore::Peers => peers::measure(),
        Chore::Examples => run::cargo(&["run", "--quiet", "--package", "xtask-lists"]),
    }
}

fn demo(arguments: &[String]) -> Result<()> {
    assets::build()?;
    let words = ["run", "--release", "--package", "staffetta", "--", "demo"];
    let words: Vec<&str> = words.into_iter().chain(arguments.iter().map(String::as_str)).collect();
    run::to_end(&mut run::cargo_command(&words)?)
}

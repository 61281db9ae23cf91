//! `cargo xtask torture`: real programs, killed as the system kills, and the books of both sides afterwards.
//!
//! First one node on SQLite, then three on PostgreSQL that share ten enti. Every few seconds a random node is killed
//! and started again; in the end all must be settled, nobody may have a message that the ledger does not know of, and
//! nobody two. What is uncertain is not an error: it is what the program does not know, and says so.
#![allow(clippy::print_stdout, reason = "a chore's result is what it prints")]

mod books;
mod database;
mod nodes;
mod program;
mod town;

use anyhow::{Context as _, Result, bail};
use books::Books;
use clap::Parser;
use database::Database;
use nodes::Nodes;
use program::Program;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::path::PathBuf;
use std::time::Duration;
use town::Town;

/// Kills nodes while they send, and compares the ledger with what was received.
#[derive(Parser)]
struct Arguments {
    /// The program
    #[arg(long, value_name = "FILE")]
    binary: PathBuf,
    /// The server on which a database is made; without it SQLite alone is tortured
    #[arg(long, env = "STAFFETTA_TEST_POSTGRES", value_name = "URL")]
    postgres: Option<String>,
    /// How long nodes are killed, on each database
    #[arg(long, default_value_t = 300)]
    seconds: u64,
    /// How long a node lives before one is killed
    #[arg(long, default_value_t = 2)]
    every: u64,
    /// Decides which node is killed, and what the receiver does wrong
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut wrong = run(&arguments, None, &Town::ONE).context("one node, SQLite")?;
    match &arguments.postgres {
        Some(server) => {
            let database = Database::create(server)?;
            let done = run(&arguments, Some(database.url()), &Town::TEN);
            wrong += done.context("three nodes, PostgreSQL")?;
        }
        None => println!("no STAFFETTA_TEST_POSTGRES: three nodes on PostgreSQL are NOT tortured"),
    }
    if wrong > 0 {
        bail!("lost, sent twice or wrong: {wrong}");
    }
    Ok(())
}

/// Tortures one database; gives how many things are wrong.
fn run(arguments: &Arguments, database: Option<String>, town: &Town) -> Result<u64> {
    let folder = tempfile::tempdir()?;
    let program = Program::new(&arguments.binary, folder.path(), database);
    let receiver = program.simulate(arguments.seed)?;
    town.prepare(&program, receiver.address(), arguments.seconds)?;
    let mut chance = ChaCha8Rng::seed_from_u64(arguments.seed);
    let mut nodes = Nodes::start(&program, town.nodes)?;
    let kills = nodes.torture(&program, arguments.seconds, arguments.every.max(town.lives), &mut chance)?;
    let waited = nodes.wait(&program, town)?;
    nodes.stop()?;
    let books = Books::compare(&program, town, receiver.address())?;
    println!("{}: {kills} kills in {} s, settled {waited} s later; {books}", town.name, arguments.seconds);
    Ok(books.wrong())
}

/// Waits in real time: what is tortured are real programs.
#[expect(clippy::disallowed_methods, reason = "processes have no other clock")]
fn pause(duration: Duration) {
    std::thread::sleep(duration);
}

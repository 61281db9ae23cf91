//! What may be written after `staffetta`.

use crate::commands::Command;
use clap::{Args, Parser};
use std::path::PathBuf;

/// Writes to citizens on App IO, and keeps the books of what became of every message
#[derive(Parser)]
#[command(name = "staffetta", version, max_term_width = 100, after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Args)]
#[command(next_help_heading = "Everywhere")]
pub(crate) struct Global {
    /// Which ente, by name; may be left out while there is one [env: STAFFETTA_ORGANIZATION]
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) organization: Option<String>,
    /// Print JSON for scripts instead of words
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// `sqlite:PATH` or `postgres://…`; else `staffetta.db` in the data folder [env: STAFFETTA_DATABASE_URL]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// Folder of the database and its key file; else ./staffetta-data [env: STAFFETTA_DATA_DIR]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Configuration file in TOML; environment and flags are stronger [env: STAFFETTA_CONFIG]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

const AFTER_HELP: &str = "\
Any command makes and migrates the database if it is empty, and makes the first ente if none is there.
Exit codes: 0 done, 1 failed, 2 wrong usage.";

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_holds_together() {
        Arguments::command().debug_assert();
    }
}

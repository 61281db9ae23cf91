//! `restore`: a copy of the database is put back in its place.

use crate::failure::{Failure, system_words};
use crate::input;
use crate::output;
use crate::private_file;
use crate::session::make_folder_of;
use crate::settings::Settings;
use serde::Serialize;
use staffetta_domain::Phrase;
use staffetta_io::{Clock, SystemClock};
use staffetta_store::restore;
use staffetta_words::{say, text};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The copy, as `backup` made it
    #[arg(value_name = "FILE")]
    copy: PathBuf,
    /// The key file of the copy, where this machine has none
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Put it back without asking; needed where nobody can be asked
    #[arg(long)]
    yes: bool,
}

#[derive(Serialize)]
struct Told<'a> {
    database: &'a Path,
    kept: Option<&'a Path>,
    held_organizations: usize,
}

pub(crate) async fn run(arguments: Arguments, settings: Settings) -> Result<(), Failure> {
    let Some(database) = settings.store.sqlite_path() else {
        let remedy =
            Phrase::new("cli-backup-postgres-remedy").with("path", settings.store.key_file.display());
        return Err(Failure::failed(Phrase::new("cli-backup-postgres")).remedy(remedy));
    };
    input::opens(&arguments.copy)?;
    if !arguments.yes && database.exists() {
        confirm(&database)?;
    }
    make_folder_of(&database)?;
    let brought = match &arguments.key {
        Some(key) => bring_key(key, &settings.store.key_file)?,
        None => false,
    };
    let restored = restore(&settings.store, &arguments.copy, SystemClock.now()).await;
    if restored.is_err() && brought {
        // Nothing changed, and nothing is left behind.
        let _ = std::fs::remove_file(&settings.store.key_file);
    }
    let restored = restored?;
    if settings.json {
        return output::json(&Told {
            database: &database,
            kept: restored.kept.as_deref(),
            held_organizations: restored.held,
        });
    }
    output::line(&say(&Phrase::new("cli-restore-done").with("path", database.display())))?;
    if let Some(kept) = &restored.kept {
        output::line(&say(&Phrase::new("cli-restore-kept").with("path", kept.display())))?;
    }
    if restored.held > 0 {
        output::line(&text("cli-restore-held"))?;
    }
    Ok(())
}

/// What is there now is about to be something else.
fn confirm(database: &Path) -> Result<(), Failure> {
    let question = Phrase::new("cli-restore-confirm").with("path", database.display());
    let [nobody, otherwise] = ["cli-restore-needs-yes", "cli-restore-not-confirmed"].map(Phrase::new);
    input::word(&say(&question), "cli-restore-word", nobody, otherwise)
}

/// Puts the key file in its place; whether it was not there already.
fn bring_key(key: &Path, place: &Path) -> Result<bool, Failure> {
    let failed = |error: &std::io::Error| {
        let phrase = Phrase::new("cli-cannot-make").with("path", place.display());
        Failure::failed(phrase.with("error", system_words(error)))
    };
    if place.exists() {
        let same = std::fs::read(key).and_then(|key| Ok(std::fs::read(place)? == key));
        return match same {
            Ok(true) => Ok(false),
            Ok(false) => {
                Err(Failure::failed(Phrase::new("cli-restore-key-differs").with("path", place.display())))
            }
            Err(error) => Err(failed(&error)),
        };
    }
    make_folder_of(place)?;
    private_file::copy(key, place).map_err(|error| failed(&error))?;
    Ok(true)
}

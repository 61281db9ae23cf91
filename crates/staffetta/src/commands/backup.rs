//! `backup`: a copy of the database, and of the key file where that is asked for.

use crate::failure::{Failure, system_words};
use crate::output;
use crate::session::Session;
use serde::Serialize;
use staffetta_domain::Phrase;
use staffetta_words::say;
use std::path::{Path, PathBuf};

const BYTES_OF_A_MEGABYTE: u64 = 1_000_000;
/// Ending of the key file beside a copy.
const KEY_ENDING: &str = ".key";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// File of the copy; must not be there yet
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
    /// Copy the key file, too, beside it: with both, whoever has them can write in the ente's name
    #[arg(long)]
    with_key: bool,
}

#[derive(Serialize)]
struct Made<'a> {
    database: &'a Path,
    bytes: u64,
    key: Option<&'a Path>,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let key_file = &session.settings.store.key_file;
    if session.store.sqlite_file().is_none() {
        let remedy = Phrase::new("cli-backup-postgres-remedy").with("path", key_file.display());
        return Err(Failure::failed(Phrase::new("cli-backup-postgres")).remedy(remedy));
    }
    let file = &arguments.output;
    let bytes = session.store.copy_to(file).await?;
    let key = if arguments.with_key { Some(copy_key(key_file, file)?) } else { None };
    if session.settings.json {
        return output::json(&Made { database: file, bytes, key: key.as_deref() });
    }
    let size = bytes.div_ceil(BYTES_OF_A_MEGABYTE);
    output::line(&say(&Phrase::new("cli-backup-done").with("path", file.display()).with("size", size)))?;
    let of_key = match &key {
        Some(path) => Phrase::new("cli-backup-with-key").with("path", path.display()),
        None => Phrase::new("cli-backup-without-key").with("path", key_file.display()),
    };
    output::line(&say(&of_key))
}

/// Beside the copy, for its owner only: a file that is there is not written over.
fn copy_key(key_file: &Path, copy: &Path) -> Result<PathBuf, Failure> {
    let mut path = copy.as_os_str().to_owned();
    path.push(KEY_ENDING);
    let path = PathBuf::from(path);
    crate::private_file::copy(key_file, &path).map_err(|error| {
        let phrase = Phrase::new("cli-cannot-make").with("path", path.display());
        Failure::failed(phrase.with("error", system_words(&error)))
    })?;
    Ok(path)
}

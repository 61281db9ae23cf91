//! A copy of an SQLite database is put back in its place.
//!
//! The copy does not know what left since it was made. The marks beside the key file do, where they are of this
//! machine; everywhere else a person is asked before anything leaves.

use crate::backup::{private, sync_folder_of, with_ending};
use crate::{Store, StoreError, StoreOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode};
use sqlx::{Connection, Row};
use staffetta_domain::UnixMillis;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Ending of a copy on its way to its place.
const COMING_ENDING: &str = ".restoring";
/// How long another program's lock is waited for: one that reads a moment is not one that works.
const IN_USE_TIMEOUT: Duration = Duration::from_secs(2);
/// What SQLite keeps beside a file that is in use.
const HELPERS: [&str; 2] = ["-wal", "-shm"];

/// Why a copy was not put back. Then nothing changed.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The database has its own tools for it.
    #[error("only copies of an SQLite database are put back by the program")]
    NotSqlite,
    /// Another program has the database open.
    #[error("the database is in use: stop every other program of Staffetta first")]
    InUse,
    /// SQLite finds the copy damaged.
    #[error("the copy is damaged")]
    Damaged,
    /// A file cannot be read, made or renamed.
    #[error("the file {path}: {source}")]
    File {
        /// Which.
        path: String,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The copy cannot be opened: of a newer version, with another key, not ours.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A copy that is in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Where the database is that was there before.
    pub kept: Option<PathBuf>,
    /// How many enti are held until a person says what becomes of what waits.
    pub held: usize,
}

/// Puts `copy` in the place of the database of `options`. It is checked and migrated first, and every ente in it is
/// held, unless the marks tell that nothing of it left since and nothing of it waits. What was there is kept under
/// another name.
///
/// # Errors
/// See [`RestoreError`].
pub async fn restore(options: &StoreOptions, copy: &Path, now: UnixMillis) -> Result<Restored, RestoreError> {
    let database = options.sqlite_path().ok_or(RestoreError::NotSqlite)?;
    let coming = with_ending(&database, COMING_ENDING);
    remove_all(&coming)?;
    let made_ready = make_ready(options, copy, &coming, now).await;
    let placed = match made_ready {
        Ok(held) => place(&database, &coming, now).await.map(|kept| Restored { kept, held }),
        Err(error) => Err(error),
    };
    if placed.is_err() {
        remove_all(&coming)?;
    }
    placed
}

/// Copies the copy, so that it stays as it is, opens it as any database of ours, and holds its enti.
async fn make_ready(
    options: &StoreOptions,
    copy: &Path,
    coming: &Path,
    now: UnixMillis,
) -> Result<usize, RestoreError> {
    let mut source = File::open(copy).map_err(|error| failed(copy, error))?;
    let mut target = private(coming).map_err(|error| failed(coming, error))?;
    std::io::copy(&mut source, &mut target).map_err(|error| failed(coming, error))?;
    drop(target);
    if !is_whole(coming).await? {
        return Err(RestoreError::Damaged);
    }
    let url = format!("sqlite:{}", coming.display());
    let store = Store::open(&StoreOptions { url, ..options.clone() }).await?;
    let held = store.hold_restored(now).await;
    store.close().await;
    Ok(held?)
}

/// Whether SQLite finds nothing wrong with it.
async fn is_whole(file: &Path) -> Result<bool, StoreError> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let told = sqlx::query("pragma quick_check(1)").fetch_one(&mut connection).await?;
    let told: String = told.try_get(0)?;
    connection.close().await?;
    Ok(told == "ok")
}

/// Renames; gives where the database that was there is now.
async fn place(database: &Path, coming: &Path, now: UnixMillis) -> Result<Option<PathBuf>, RestoreError> {
    let kept = if database.exists() { Some(set_aside(database, now).await?) } else { None };
    let placed = std::fs::rename(coming, database).and_then(|()| sync_folder_of(database));
    placed.map_err(|error| failed(database, error))?;
    Ok(kept)
}

/// Only whoever has a file for himself can end its log of changes: then the file alone is the whole database.
async fn set_aside(database: &Path, now: UnixMillis) -> Result<PathBuf, RestoreError> {
    let options = SqliteConnectOptions::new()
        .filename(database)
        .busy_timeout(IN_USE_TIMEOUT)
        .journal_mode(SqliteJournalMode::Delete);
    let connection = match SqliteConnection::connect_with(&options).await {
        Ok(connection) => connection,
        Err(error) if is_locked(&error) => return Err(RestoreError::InUse),
        // Damaged, perhaps: the very reason for putting a copy back. It is kept as it is.
        Err(_) => return rename_aside(database, now),
    };
    let kept = rename_aside(database, now);
    // Nobody can begin to work it between its last look and its new name.
    let _ = connection.close().await;
    kept
}

fn is_locked(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<i32>().ok());
    // SQLite's primary codes for a file that is busy or locked.
    code.is_some_and(|code| matches!(code & 0xff, 5 | 6))
}

fn rename_aside(database: &Path, now: UnixMillis) -> Result<PathBuf, RestoreError> {
    let kept = with_ending(database, &format!(".before-{}", now.0));
    std::fs::rename(database, &kept).map_err(|error| failed(database, error))?;
    for helper in HELPERS {
        match std::fs::rename(with_ending(database, helper), with_ending(&kept, helper)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(database, error)),
            _ => {}
        }
    }
    Ok(kept)
}

fn remove_all(coming: &Path) -> Result<(), RestoreError> {
    for ending in ["", HELPERS[0], HELPERS[1]] {
        let file = with_ending(coming, ending);
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(&file, error)),
            _ => {}
        }
    }
    Ok(())
}

fn failed(path: &Path, source: std::io::Error) -> RestoreError {
    RestoreError::File { path: path.display().to_string(), source }
}

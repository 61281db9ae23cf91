//! One engine on an SQLite database: a lock that the operating system takes back from a process that died, however
//! it died. On PostgreSQL any number of nodes share the enti by leases, and nobody is kept out.

use crate::db::Db;
use crate::{Store, StoreError};
use staffetta_domain::UnixMillis;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// Ending of the file beside the SQLite file. The file itself is not locked: SQLite has its own locks on it.
const LOCK_ENDING: &str = ".engine";

/// The right to work a database. Given back when dropped, and by the system when the process ends.
#[derive(Debug)]
pub struct EngineLock(Held);

#[derive(Debug)]
enum Held {
    /// The open file carries the lock.
    Alone { _file: File },
    /// Others may work the same database.
    AmongOthers,
}

impl EngineLock {
    /// Whether no other engine can be at work on the database.
    #[must_use]
    pub const fn is_alone(&self) -> bool {
        matches!(self.0, Held::Alone { .. })
    }
}

impl Store {
    /// Takes the right to work this database; `None` where another engine has it for itself.
    ///
    /// # Errors
    /// The file of the lock.
    pub fn lock_engine(&self) -> Result<Option<EngineLock>, StoreError> {
        match &self.db {
            Db::Sqlite { writer, .. } => {
                let path = lock_path(writer.connect_options().get_filename());
                lock_file(&path)
                    .map(|held| held.map(EngineLock))
                    .map_err(|source| StoreError::LockFile { path: path.display().to_string(), source })
            }
            Db::Postgres(_) => Ok(Some(EngineLock(Held::AmongOthers))),
        }
    }

    /// Whether an engine works this database now: it may have stopped when this returns.
    ///
    /// # Errors
    /// The database, or the file of the lock.
    pub async fn engine_is_at_work(&self, now: UnixMillis) -> Result<bool, StoreError> {
        match &self.db {
            Db::Sqlite { writer, .. } => {
                let path = lock_path(writer.connect_options().get_filename());
                let Ok(file) = File::open(&path) else { return Ok(false) };
                // Shared, and given back at once: who looks keeps no engine from its work.
                match file.try_lock_shared() {
                    Ok(()) => Ok(false),
                    Err(TryLockError::WouldBlock) => Ok(true),
                    Err(TryLockError::Error(source)) => {
                        Err(StoreError::LockFile { path: path.display().to_string(), source })
                    }
                }
            }
            Db::Postgres(_) => self.a_node_works(now).await,
        }
    }
}

/// Beside the file itself, so that a link to it from elsewhere leads to the same lock.
fn lock_path(database: &Path) -> PathBuf {
    let mut path = database.canonicalize().unwrap_or_else(|_| database.to_owned()).into_os_string();
    path.push(LOCK_ENDING);
    path.into()
}

fn lock_file(path: &Path) -> std::io::Result<Option<Held>> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    // Whoever may open the file may lock it, and keep the engine from its work.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Held::Alone { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

//! One engine on a database: a lock that the operating system, or the PostgreSQL server, takes back from
//! a process that died, however it died.

use crate::db::{Db, fetch_optional};
use crate::{Store, StoreError};
use sqlx::{Connection, PgConnection};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Names the lock among a database's advisory locks.
const ADVISORY_KEY: i64 = 0x5354_4146_4645_5454;
/// How long the server may take to say that it is there.
const PING_TIMEOUT: Duration = Duration::from_secs(10);
/// Ending of the file beside the SQLite file. The file itself is not locked: SQLite has its own locks on it.
const LOCK_ENDING: &str = ".engine";

/// The right to work a database. Given back when dropped, and by the system when the process ends.
#[derive(Debug)]
pub struct EngineLock(Held);

#[derive(Debug)]
enum Held {
    /// The open file carries the lock.
    File { _file: File },
    /// A connection of its own: the server frees the lock when it ends.
    Session(Box<PgConnection>),
}

impl EngineLock {
    /// Whether the lock is still ours: a server that went away took it along.
    pub async fn is_held(&mut self) -> bool {
        match &mut self.0 {
            Held::File { .. } => true,
            // On a connection that is half open nobody answers, and nobody says so.
            Held::Session(connection) => {
                matches!(tokio::time::timeout(PING_TIMEOUT, connection.ping()).await, Ok(Ok(())))
            }
        }
    }
}

impl Store {
    /// Takes the right to work this database; `None` where another engine has it.
    ///
    /// # Errors
    /// The database, or the file of the lock.
    pub async fn lock_engine(&self) -> Result<Option<EngineLock>, StoreError> {
        match &self.db {
            Db::Sqlite { writer, .. } => {
                let path = lock_path(writer.connect_options().get_filename());
                lock_file(&path)
                    .map(|held| held.map(EngineLock))
                    .map_err(|source| StoreError::LockFile { path: path.display().to_string(), source })
            }
            Db::Postgres(pool) => {
                let mut connection = PgConnection::connect_with(&pool.connect_options()).await?;
                let (won,): (bool,) = sqlx::query_as("select pg_try_advisory_lock($1)")
                    .bind(ADVISORY_KEY)
                    .fetch_one(&mut connection)
                    .await?;
                if won {
                    return Ok(Some(EngineLock(Held::Session(Box::new(connection)))));
                }
                connection.close().await?;
                Ok(None)
            }
        }
    }
}

impl Store {
    /// Whether an engine works this database now: it may have stopped when this returns.
    ///
    /// # Errors
    /// The database, or the file of the lock.
    pub async fn engine_is_at_work(&self) -> Result<bool, StoreError> {
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
            Db::Postgres(_) => {
                let mut reader = self.db.reader().await?;
                let found = fetch_optional!(
                    reader,
                    (i32,),
                    "select 1 from pg_locks where locktype = 'advisory' and granted and objsubid = 1
                       and database = (select oid from pg_database where datname = current_database())
                       and (cast(classid as bigint) << 32) | cast(objid as bigint) = $1",
                    ADVISORY_KEY
                )?;
                Ok(found.is_some())
            }
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
        Ok(()) => Ok(Some(Held::File { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

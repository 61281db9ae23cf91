//! Opening the ledger: its address, its schema, its key.

use crate::Store;
use crate::db::{Db, execute, fetch_one, fetch_optional};
use crate::error::StoreError;
use crate::keys::Keyring;
use crate::marks::Marks;
use crate::server::{Limits, Server, gives_a_sign, no_answer};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, PgConnection};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// How long a write waits for another process's lock on the SQLite file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);
/// A connection that answered so short a time ago is taken for one that answers.
const TRUSTED: Duration = Duration::from_millis(100);
const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;

/// Where the ledger is and how it is opened.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    /// `sqlite:PATH` or `postgres://…`.
    pub url: String,
    /// The file with the key that seals the services' keys; made with the database.
    pub key_file: PathBuf,
}

impl StoreOptions {
    /// The SQLite file, where the address names one.
    #[must_use]
    pub fn sqlite_path(&self) -> Option<PathBuf> {
        let path = self.url.strip_prefix("sqlite:")?;
        Some(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))
    }
}

impl Store {
    /// Opens the ledger; makes and migrates it where it is missing or older.
    ///
    /// # Errors
    /// [`StoreError::NewerSchema`], [`StoreError::OtherKey`], a key file that is not there, a database that is not.
    pub async fn open(options: &StoreOptions) -> Result<Self, StoreError> {
        let db = if let Some(path) = options.sqlite_path() {
            open_sqlite(&path).await?
        } else if options.url.starts_with("postgres://") || options.url.starts_with("postgresql://") {
            open_postgres(&options.url).await?
        } else {
            return Err(StoreError::Url);
        };
        let keyring = fit_key(&db, &options.key_file).await?;
        let marks = Marks::beside(&options.key_file, &ledger_name(&db).await?);
        Ok(Self { db, keyring, marks })
    }

    /// Closes the ledger: waits for what is being written, and leaves on SQLite one file only.
    pub async fn close(&self) {
        match &self.db {
            Db::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Db::Postgres(server) => server.pool.close().await,
        }
    }
}

async fn open_sqlite(path: &Path) -> Result<Db, StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // A claim must be on the disk before its call leaves.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .pragma("cache_size", "-32768")
        .pragma("wal_autocheckpoint", "4000")
        .row_buffer_size(1_024)
        .statement_cache_capacity(200);
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(Limits::USUAL.connection)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone())
        .await?;
    SQLITE.run(&writer).await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(SQLITE_READERS)
        .acquire_timeout(Limits::USUAL.connection)
        .connect_with(options.read_only(true).create_if_missing(false).pragma("cache_size", "-8192"))
        .await?;
    Ok(Db::Sqlite { writer, readers })
}

async fn open_postgres(url: &str) -> Result<Db, StoreError> {
    // Compiling a statement takes longer than any of ours; the planner asks for it where it guesses many rows.
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| StoreError::Url)?
        .options([("synchronous_commit", "on"), ("jit", "off")])
        // What we read in order we read by an index in that order. Of a list just imported the server does not know
        // the size yet: it would gather all rows that are left, and sort them, for each few hundred.
        .options([("enable_bitmapscan", "off")])
        // A program that vanished with its machine or its network holds no lock for longer than this.
        .options([("idle_in_transaction_session_timeout", "30s"), ("tcp_keepalives_idle", "10")])
        .options([("tcp_keepalives_interval", "5"), ("tcp_keepalives_count", "4")]);
    let limits = Limits::USUAL;
    // A pool takes a server that refuses for one that is about to start, and in the end says only that it waited:
    // who mistyped the address is told so at once.
    let connecting = tokio::time::timeout(limits.connection, PgConnection::connect_with(&options)).await;
    connecting.unwrap_or_else(|_| Err(no_answer()))?.close().await?;
    migrate(options.clone()).await?;
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(Limits::USUAL.connection)
        // A page is ten statements one after the other: asking each time whether the server is still there doubles
        // the way to it and back. A connection that has just answered is asked nothing.
        .test_before_acquire(false)
        .before_acquire(move |conn, known| {
            Box::pin(async move {
                if known.idle_for > TRUSTED {
                    gives_a_sign(conn, limits.sign).await?;
                }
                Ok(true)
            })
        })
        .connect_with(options.options(limits.settings()))
        .await?;
    Ok(Db::Postgres(Server { pool, limits }))
}

/// A migration takes as long as it takes: its connection has no limits.
async fn migrate(options: PgConnectOptions) -> Result<(), StoreError> {
    let one = PgPoolOptions::new().max_connections(1).acquire_timeout(Limits::USUAL.connection);
    let one = one.connect_with(options).await?;
    let migrated = POSTGRES.run(&one).await;
    one.close().await;
    Ok(migrated?)
}

/// Reads or makes the key file; a database that already knows a key accepts no other.
async fn fit_key(db: &Db, path: &Path) -> Result<Keyring, StoreError> {
    let known = "select value from meta where name = 'key_fingerprint'";
    let mut tx = db.begin().await?;
    let may_create = fetch_optional!(tx, (String,), known)?.is_none();
    let keyring = Keyring::open(path, may_create)?;
    let given = "insert into meta (name, value) values ('key_fingerprint', $1) on conflict (name) do nothing";
    execute!(tx, given, keyring.fingerprint())?;
    let (fingerprint,) = fetch_one!(tx, (String,), known)?;
    tx.commit().await?;
    if fingerprint == keyring.fingerprint() { Ok(keyring) } else { Err(StoreError::OtherKey) }
}

/// A name of this database and of its copies, that no other has; given once.
async fn ledger_name(db: &Db) -> Result<String, StoreError> {
    let random = getrandom::u64().map_err(|_| StoreError::Corrupt("no random bytes"))?;
    let mut tx = db.begin().await?;
    let known = fetch_optional!(tx, (String,), "select value from meta where name = 'ledger'")?;
    if let Some((name,)) = known {
        return Ok(name);
    }
    let given = "insert into meta (name, value) values ('ledger', $1) on conflict (name) do nothing";
    execute!(tx, given, format!("{random:016x}"))?;
    let name = fetch_one!(tx, (String,), "select value from meta where name = 'ledger'")?;
    tx.commit().await?;
    Ok(name.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_databases_have_the_same_migrations() {
        let names = |migrator: &Migrator| -> Vec<_> {
            migrator.iter().map(|migration| (migration.version, migration.description.clone())).collect()
        };
        assert_eq!(names(&SQLITE), names(&POSTGRES));
    }
}

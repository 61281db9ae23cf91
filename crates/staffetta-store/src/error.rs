//! What can go wrong with the ledger itself. A missing thing is an `Option`, a lost claim a `false`.

/// A failure of the ledger.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address of the database is not understood.
    #[error(
        "the database address must begin with sqlite: or postgres:// (for instance sqlite:data/staffetta.db)"
    )]
    Url,
    /// The database was made by a newer version of the program.
    #[error("this database was made by a newer version of Staffetta: install that version or a later one")]
    NewerSchema,
    /// The key file is not the one with which this database was made.
    #[error(
        "the key file is not the one with which this database was made: put the right file back \
         (it is kept beside the database, or where the configuration says)"
    )]
    OtherKey,
    /// The key file cannot be read or made.
    #[error("the key file {path}: {source}")]
    KeyFile {
        /// Where it was looked for.
        path: String,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The key file exists but does not hold a key.
    #[error("the key file {0} does not hold a key of Staffetta: put the right file back")]
    KeyFileContent(String),
    /// The file that tells whether an engine is at work cannot be opened.
    #[error("the lock file {path}: {source}")]
    LockFile {
        /// Where it is.
        path: String,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The file that tells how far an ente was worked cannot be read or written.
    #[error("the file of the calls made {path}: {source}")]
    MarkFile {
        /// Where it is.
        path: String,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// A copy of the database cannot be made.
    #[error("the copy {path}: {source}")]
    CopyFile {
        /// Where it was to be.
        path: String,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The disk is full.
    #[error("the disk is full: make room, then try again; nothing was half-written")]
    DiskFull,
    /// The file is not a SQLite database.
    #[error("the file is not a SQLite database")]
    NotADatabase,
    /// The database was waited for in vain.
    #[error(
        "the database does not answer: see whether it is busy, or its server is down or cannot be reached"
    )]
    NoAnswer,
    /// The database refused or was not there.
    #[error("the database: {0}")]
    Database(sqlx::Error),
    /// A value in the database is not one that this program writes.
    #[error("the ledger holds a value that this program does not know: {0}")]
    Corrupt(&'static str),
    /// Another engine has taken the ente over: what this one was about to claim is not its own any more.
    #[error("another engine has taken this ente over")]
    EpochLost,
    /// The list has more rows than a flow can hold.
    #[error("a flow holds at most 16777215 recipients: part the file")]
    ListTooLong,
}

/// SQLite's primary result code for a full disk.
const SQLITE_FULL: &str = "13";
/// SQLite's primary result code for a file that is something else.
const SQLITE_NOT_A_DATABASE: &str = "26";
/// PostgreSQL's SQLSTATE for a full disk.
const POSTGRES_DISK_FULL: &str = "53100";

/// PostgreSQL's SQLSTATE for a lock that was waited for as long as allowed.
const POSTGRES_LOCK_NOT_AVAILABLE: &str = "55P03";

/// Whether another transaction held what a statement wanted for longer than it might wait.
pub(crate) fn is_lock_timeout(error: &sqlx::Error) -> bool {
    let database = error.as_database_error();
    database.and_then(|error| error.code()).as_deref() == Some(POSTGRES_LOCK_NOT_AVAILABLE)
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::PoolTimedOut => return Self::NoAnswer,
            sqlx::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => return Self::NoAnswer,
            _ => {}
        }
        let code =
            error.as_database_error().and_then(|database| database.code().map(std::borrow::Cow::into_owned));
        match code.as_deref() {
            Some(SQLITE_FULL | POSTGRES_DISK_FULL) => Self::DiskFull,
            Some(SQLITE_NOT_A_DATABASE) => Self::NotADatabase,
            _ => Self::Database(error),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        match error {
            sqlx::migrate::MigrateError::VersionMissing(_)
            | sqlx::migrate::MigrateError::VersionTooNew(..) => Self::NewerSchema,
            sqlx::migrate::MigrateError::Execute(error)
            | sqlx::migrate::MigrateError::ExecuteMigration(error, _) => error.into(),
            other => Self::Database(sqlx::Error::Migrate(Box::new(other))),
        }
    }
}

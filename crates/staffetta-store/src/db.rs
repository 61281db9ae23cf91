//! The two databases behind one way of writing a statement.
//!
//! A statement is written once, with `$1` places, and run by the macros below on whichever database
//! is open. A group of rows goes into a statement as a [`crate::batch::Batch`].

use crate::server::{Served, Server, asked};
#[cfg(feature = "testing")]
use crate::testing::faults;
use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};
use staffetta_domain::UnixMillis;

/// The open database.
pub(crate) enum Db {
    /// One writer, so that a write never waits for another's lock, and several readers.
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    /// One pool.
    Postgres(Server),
}

/// A transaction on either database.
pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Served),
}

/// A connection on either database, on which the macros run statements.
pub(crate) enum Conn<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut Served),
}

/// A connection taken from the readers.
pub(crate) enum Reader {
    Sqlite(sqlx::pool::PoolConnection<Sqlite>),
    Postgres(Served),
}

const SERVER_CLOCK_MS: &str = "select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";

async fn server_clock_ms(served: &mut Served) -> Result<i64, sqlx::Error> {
    let (now,): (i64,) = asked!(served, conn => sqlx::query_as(SERVER_CLOCK_MS).fetch_one(conn))?;
    Ok(now)
}

impl Db {
    /// Begins to write. On SQLite the lock is taken at once: a read that turns into a write could fail half way.
    pub(crate) async fn begin(&self) -> Result<Tx, sqlx::Error> {
        #[cfg(feature = "testing")]
        faults::meet(faults::Moment::Begin)?;
        Ok(match self {
            Self::Sqlite { writer, .. } => Tx::Sqlite(begin_immediate(writer).await?),
            Self::Postgres(server) => Tx::Postgres(server.begin().await?),
        })
    }

    /// A connection to read from.
    pub(crate) async fn reader(&self) -> Result<Reader, sqlx::Error> {
        #[cfg(feature = "testing")]
        faults::meet(faults::Moment::Begin)?;
        Ok(match self {
            Self::Sqlite { readers, .. } => Reader::Sqlite(readers.acquire().await?),
            Self::Postgres(server) => Reader::Postgres(server.connection().await?),
        })
    }

    /// A connection to read from what goes through a whole list.
    pub(crate) async fn long_reader(&self) -> Result<Reader, sqlx::Error> {
        let Self::Postgres(server) = self else { return self.reader().await };
        // The server's own limit is lifted for a transaction.
        let mut served = server.begin().await?;
        served.take_long().await?;
        Ok(Reader::Postgres(served))
    }
}

/// On a full disk SQLite undoes a whole transaction by itself, and the driver goes on counting it as open: on that
/// connection no other could ever begin. It is closed, and another takes its place.
async fn begin_immediate(writer: &SqlitePool) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
    const BEGIN: &str = "begin immediate";
    match writer.begin_with(BEGIN).await {
        Err(sqlx::Error::InvalidSavePointStatement) => {
            writer.acquire().await?.close().await?;
            writer.begin_with(BEGIN).await
        }
        begun => begun,
    }
}

impl Tx {
    pub(crate) fn conn(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(tx) => Conn::Sqlite(tx),
            Self::Postgres(tx) => Conn::Postgres(tx),
        }
    }

    pub(crate) const fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// What follows goes through a stretch of a list: a server is given the time for it.
    pub(crate) async fn take_long(&mut self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(served) => served.take_long().await,
        }
    }

    /// The time of the database's clock, in milliseconds: that of the server, which all nodes share; on SQLite, whose
    /// programs are on one machine, that of the machine.
    pub(crate) async fn clock_ms(&mut self, machine: UnixMillis) -> Result<i64, sqlx::Error> {
        match self {
            Self::Sqlite(_) => Ok(machine.0),
            Self::Postgres(served) => server_clock_ms(served).await,
        }
    }

    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        #[cfg(feature = "testing")]
        faults::meet(faults::Moment::Commit)?;
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(served) => served.commit().await?,
        }
        #[cfg(feature = "testing")]
        faults::meet(faults::Moment::Committed)?;
        Ok(())
    }
}

impl Reader {
    /// As [`Tx::clock_ms`].
    pub(crate) async fn clock_ms(&mut self, machine: UnixMillis) -> Result<i64, sqlx::Error> {
        match self {
            Self::Sqlite(_) => Ok(machine.0),
            Self::Postgres(served) => server_clock_ms(served).await,
        }
    }

    pub(crate) fn conn(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(conn) => Conn::Sqlite(conn),
            Self::Postgres(conn) => Conn::Postgres(conn),
        }
    }

    pub(crate) const fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }
}

/// Runs a statement; gives the number of rows that it changed.
macro_rules! execute {
    ($on:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        match $on.conn() {
            $crate::db::Conn::Sqlite(conn) => {
                sqlx::query($sql)$(.bind($value))*.execute(conn).await.map(|done| done.rows_affected())
            }
            $crate::db::Conn::Postgres(served) => {
                $crate::server::asked!(served, conn => sqlx::query($sql)$(.bind($value))*.execute(conn))
                    .map(|done| done.rows_affected())
            }
        }
    };
}

/// Runs a query; gives all its rows as values of a type that derives `sqlx::FromRow` (or a tuple).
macro_rules! fetch_all {
    ($on:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        match $on.conn() {
            $crate::db::Conn::Sqlite(conn) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_all(conn).await
            }
            $crate::db::Conn::Postgres(served) => $crate::server::asked!(
                served, conn => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_all(conn)
            ),
        }
    };
}

/// Runs a query; gives its first row, if any.
macro_rules! fetch_optional {
    ($on:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        match $on.conn() {
            $crate::db::Conn::Sqlite(conn) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_optional(conn).await
            }
            $crate::db::Conn::Postgres(served) => $crate::server::asked!(
                served, conn => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_optional(conn)
            ),
        }
    };
}

/// Runs a query; gives its one row.
macro_rules! fetch_one {
    ($on:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        match $on.conn() {
            $crate::db::Conn::Sqlite(conn) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_one(conn).await
            }
            $crate::db::Conn::Postgres(served) => $crate::server::asked!(
                served, conn => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_one(conn)
            ),
        }
    };
}

pub(crate) use {execute, fetch_all, fetch_one, fetch_optional};

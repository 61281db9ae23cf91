//! Rows of values that go into one statement as a table `v`, and single values as columns of a table `o`.
//!
//! On SQLite they are a list of `values`, and an update is one that may `fail` half-way. Otherwise a statement that
//! writes many rows keeps a journal of its own, to be undone alone: when it has a constraint to break, or a function
//! that could fail, and `json_each` is one. Here a statement that fails is undone with its transaction. On PostgreSQL
//! the rows are one array a column.

use crate::db::{Conn, Tx};
use crate::ledger::GROUP_MAX;
use crate::server::asked;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments, AssertSqlSafe, FromRow};
use std::borrow::Cow;

/// Most rows of a text: those of a group. SQLite takes 32,766 values.
pub(crate) const ROWS_MAX: usize = GROUP_MAX;
/// So many rows stand in a text on SQLite: a few texts, which stay prepared. To what is missing nothing is bound:
/// rows of nothing, which name no row.
const SIZES: [usize; 5] = [1, 8, 32, 128, ROWS_MAX];

/// A value.
#[derive(Clone, Debug)]
pub(crate) enum Cell<'a> {
    Int(Option<i64>),
    Text(Option<Cow<'a, str>>),
    Bytes(Option<Vec<u8>>),
}

impl From<i64> for Cell<'_> {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<Option<i64>> for Cell<'_> {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}

impl From<i16> for Cell<'_> {
    fn from(value: i16) -> Self {
        Self::Int(Some(value.into()))
    }
}

impl From<Option<i16>> for Cell<'_> {
    fn from(value: Option<i16>) -> Self {
        Self::Int(value.map(i64::from))
    }
}

impl<'a> From<Option<&'a str>> for Cell<'a> {
    fn from(value: Option<&'a str>) -> Self {
        Self::Text(value.map(without_nul))
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(value: &'a str) -> Self {
        Some(value).into()
    }
}

impl From<Option<Vec<u8>>> for Cell<'_> {
    fn from(value: Option<Vec<u8>>) -> Self {
        Self::Bytes(value)
    }
}

/// PostgreSQL keeps no NUL in a text: one from outside would keep its whole group from being written, for ever.
fn without_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "")) } else { Cow::Borrowed(text) }
}

/// What a column holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Int,
    Text,
    Bytes,
}

/// Single values of a statement by their names.
pub(crate) type Own<'a> = &'a [(&'static str, Cell<'a>)];

/// Rows of values.
#[derive(Clone, Debug)]
pub(crate) struct Batch<'a, const COLUMNS: usize> {
    columns: [(&'static str, Kind); COLUMNS],
    rows: Vec<[Cell<'a>; COLUMNS]>,
}

impl<'a, const COLUMNS: usize> Batch<'a, COLUMNS> {
    /// Rows with these columns.
    pub(crate) fn new(
        columns: [(&'static str, Kind); COLUMNS],
        rows: impl IntoIterator<Item = [Cell<'a>; COLUMNS]>,
    ) -> Self {
        Self { columns, rows: rows.into_iter().collect() }
    }

    /// How many rows.
    pub(crate) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Runs a statement that names the tables as `{v}`, and begins with `{update}` where it updates;
    /// gives the number of rows that it changed.
    pub(crate) async fn execute(self, tx: &mut Tx, text: &str, own: Own<'_>) -> Result<u64, sqlx::Error> {
        let text = AssertSqlSafe(self.statement(tx.is_postgres(), text, own));
        match tx.conn() {
            Conn::Sqlite(conn) => {
                let values = self.for_sqlite(own)?;
                sqlx::query_with(text, values).execute(conn).await.map(|done| done.rows_affected())
            }
            Conn::Postgres(served) => {
                let values = self.for_postgres(own)?;
                asked!(served, conn => sqlx::query_with(text, values).execute(conn))
                    .map(|done| done.rows_affected())
            }
        }
    }

    /// Runs a statement that names the tables as `{v}`, and begins with `{update}` where it updates;
    /// gives the rows that it returns.
    pub(crate) async fn fetch_all<R>(
        self,
        tx: &mut Tx,
        text: &str,
        own: Own<'_>,
    ) -> Result<Vec<R>, sqlx::Error>
    where
        R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        let text = AssertSqlSafe(self.statement(tx.is_postgres(), text, own));
        match tx.conn() {
            Conn::Sqlite(conn) => sqlx::query_as_with(text, self.for_sqlite(own)?).fetch_all(conn).await,
            Conn::Postgres(served) => {
                let values = self.for_postgres(own)?;
                asked!(served, conn => sqlx::query_as_with(text, values).fetch_all(conn))
            }
        }
    }

    /// The text with the tables in it. On SQLite its places have no names, because a driver that asks for a
    /// name at each place, as ours does, makes SQLite search for it among all.
    fn statement(&self, postgres: bool, text: &str, own: Own<'_>) -> String {
        let text = &text.replace("{update}", if postgres { "update" } else { "update or fail" });
        let rows = if postgres { self.arrays(own.len()) } else { self.values() };
        if own.is_empty() {
            return text.replace("{v}", &rows);
        }
        let own = own.iter().zip(1..).map(|((name, value), at)| match postgres {
            true => format!("${at}::{} as {name}", value.kind().name()),
            false => format!("? as {name}"),
        });
        text.replace("{v}", &format!("(select {}) as o, {rows}", joined(own)))
    }

    fn arrays(&self, before: usize) -> String {
        let arrays = self.columns.iter().zip(before + 1..);
        let arrays = arrays.map(|((_, kind), at)| format!("${at}::{}[]", kind.name()));
        format!("unnest({}) as v({})", joined(arrays), self.columns.map(|(name, _)| name).join(","))
    }

    fn values(&self) -> String {
        let columns = self.columns.iter().zip(1..).map(|((name, _), at)| format!("column{at} as {name}"));
        let row = format!("({})", ["?"; COLUMNS].join(","));
        let len = self.rows.len();
        let rows = SIZES.into_iter().find(|size| *size >= len).unwrap_or(len);
        let rows = joined(std::iter::repeat_n(row, rows));
        format!("(select {} from (values {rows})) as v", joined(columns))
    }

    fn for_sqlite(&self, own: Own<'_>) -> Result<SqliteArguments, sqlx::Error> {
        let mut values = SqliteArguments::default();
        values.reserve(own.len() + self.rows.len() * COLUMNS, 0);
        for cell in own.iter().map(|(_, cell)| cell).chain(self.rows.iter().flatten()) {
            match cell {
                Cell::Int(value) => values.add(*value),
                Cell::Text(value) => values.add(value.as_deref()),
                Cell::Bytes(value) => values.add(value.as_deref()),
            }
            .map_err(sqlx::Error::Encode)?;
        }
        Ok(values)
    }

    fn for_postgres(&self, own: Own<'_>) -> Result<PgArguments, sqlx::Error> {
        let mut values = PgArguments::default();
        for (_, cell) in own {
            match cell {
                Cell::Int(value) => values.add(*value),
                Cell::Text(value) => values.add(value.as_deref()),
                Cell::Bytes(value) => values.add(value.as_deref()),
            }
            .map_err(sqlx::Error::Encode)?;
        }
        for (column, (_, kind)) in self.columns.iter().enumerate() {
            let cells = self.rows.iter().map(|row| &row[column]);
            match kind {
                Kind::Int => values.add(cells.map(Cell::int).collect::<Vec<_>>()),
                Kind::Text => values.add(cells.map(Cell::text).collect::<Vec<_>>()),
                Kind::Bytes => values.add(cells.map(Cell::bytes).collect::<Vec<_>>()),
            }
            .map_err(sqlx::Error::Encode)?;
        }
        Ok(values)
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(",")
}

impl Kind {
    /// PostgreSQL's name.
    const fn name(self) -> &'static str {
        match self {
            Self::Int => "bigint",
            Self::Text => "text",
            Self::Bytes => "bytea",
        }
    }
}

impl Cell<'_> {
    const fn kind(&self) -> Kind {
        match self {
            Self::Int(_) => Kind::Int,
            Self::Text(_) => Kind::Text,
            Self::Bytes(_) => Kind::Bytes,
        }
    }

    fn int(&self) -> Option<i64> {
        if let Self::Int(value) = self { *value } else { None }
    }

    fn text(&self) -> Option<&str> {
        if let Self::Text(value) = self { value.as_deref() } else { None }
    }

    fn bytes(&self) -> Option<&[u8]> {
        if let Self::Bytes(value) = self { value.as_deref() } else { None }
    }
}

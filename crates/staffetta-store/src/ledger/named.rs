//! Updates of rows that are named one by one, each with its own expectation.
//!
//! Nearly always every row is as expected, and a count says so; to be told row by row costs, on SQLite,
//! a message between threads for each. So a group is first written by counting, and where a count is
//! short it is undone and written again by asking for the rows.

use crate::error::StoreError;
use staffetta_domain::NotificationId;
use std::collections::HashSet;

/// How an update says which of its rows it changed.
#[derive(Clone, Copy)]
pub(crate) enum Telling {
    /// By their number, which must be that of all.
    Count,
    /// One by one.
    Rows,
}

/// Which of the named rows were changed.
pub(crate) enum Named {
    /// Every one.
    All,
    /// These only.
    Only(HashSet<i64>),
}

impl Named {
    /// Whether the row was changed. To be asked once for each change: of two that name the same row, one
    /// made it.
    pub(crate) fn take(&mut self, id: NotificationId) -> bool {
        match self {
            Self::All => true,
            Self::Only(ids) => ids.remove(&id.0),
        }
    }
}

/// Why a group was not written.
pub(crate) enum NotWritten {
    /// A count was short: to be written again with [`Telling::Rows`].
    Short,
    Failed(StoreError),
}

impl<E: Into<StoreError>> From<E> for NotWritten {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Runs `$update`, a text that ends with its conditions, for `$count` named rows; gives a [`Named`].
macro_rules! update_named {
    ($tx:expr, $telling:expr, $count:expr, $update:expr, $($value:expr),+ $(,)?) => {{
        let update: String = $update;
        match $telling {
            $crate::ledger::named::Telling::Count => {
                let changed = $crate::db::execute!($tx, sqlx::AssertSqlSafe(update), $($value),+)?;
                if usize::try_from(changed) != Ok($count) {
                    return Err($crate::ledger::named::NotWritten::Short);
                }
                $crate::ledger::named::Named::All
            }
            $crate::ledger::named::Telling::Rows => {
                let update = sqlx::AssertSqlSafe(format!("{update} returning id"));
                let changed = $crate::db::fetch_all!($tx, (i64,), update, $($value),+)?;
                $crate::ledger::named::Named::Only(changed.into_iter().map(|(id,)| id).collect())
            }
        }
    }};
}

pub(crate) use update_named;

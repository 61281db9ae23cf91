//! Updates of rows that are named one by one, each with its own expectation.
//!
//! Nearly always every row is as expected, and a count says so; to be told row by row costs, on SQLite,
//! a message between threads for each. So a group is first written by counting, and where a count is
//! short it is undone and written again by asking for the rows.

use crate::batch::{Batch, Own};
use crate::db::Tx;
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

/// Runs `update`, a text that ends with its conditions, for the named rows of a batch.
pub(crate) async fn update_named<const COLUMNS: usize>(
    tx: &mut Tx,
    telling: Telling,
    batch: Batch<'_, COLUMNS>,
    update: &str,
    own: Own<'_>,
) -> Result<Named, NotWritten> {
    match telling {
        Telling::Count => {
            let wanted = batch.len();
            let changed = batch.execute(tx, update, own).await?;
            if usize::try_from(changed) == Ok(wanted) { Ok(Named::All) } else { Err(NotWritten::Short) }
        }
        Telling::Rows => {
            let changed = batch.fetch_all::<(i64,)>(tx, &format!("{update} returning id"), own).await?;
            Ok(Named::Only(changed.into_iter().map(|(id,)| id).collect()))
        }
    }
}

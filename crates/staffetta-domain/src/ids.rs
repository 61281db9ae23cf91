//! Identifiers, one type each so that they cannot be exchanged by mistake.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(out)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// An ente.
    OrganizationId,
    /// A service of an ente on IO.
    ServiceId,
    /// A person who works with Staffetta.
    OperatorId,
    /// A nature of flows, in the ente's own list.
    NatureId,
    /// A flow; its number on screen is the same.
    FlowId,
    /// A list of recipients: the rows of one imported file, or the one row of a single notification.
    ListId,
    /// The office's file of a draft.
    DraftFileId,
    /// A model that an ente keeps.
    ModelId,
    /// A notification: its list and its row in it, see [`NotificationId::new`].
    NotificationId,
}

/// Bits of a [`NotificationId`] that number the row within its list.
const ROW_BITS: u32 = 24;

/// The largest row number of a list: 16,777,215 recipients in one flow.
pub const MAX_ROW: i64 = (1 << ROW_BITS) - 1;

impl NotificationId {
    /// The notification of row `row` (from 1 to [`MAX_ROW`]) of a list.
    ///
    /// List and row together are one integer: the rows of a list stand side by side in the ledger
    /// and are found, in the order of the office's file, without an index of their own.
    #[must_use]
    pub const fn new(list: ListId, row: i64) -> Self {
        debug_assert!(row >= 1 && row <= MAX_ROW);
        Self((list.0 << ROW_BITS) | row)
    }

    /// The list that the notification belongs to.
    #[must_use]
    pub const fn list(self) -> ListId {
        ListId(self.0 >> ROW_BITS)
    }

    /// The row within its list, from 1.
    #[must_use]
    pub const fn row(self) -> i64 {
        self.0 & MAX_ROW
    }
}

impl ListId {
    /// The smallest and the largest notification id that this list can hold.
    #[must_use]
    pub const fn bounds(self) -> (NotificationId, NotificationId) {
        (NotificationId(self.0 << ROW_BITS), NotificationId((self.0 << ROW_BITS) | MAX_ROW))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notification_id_keeps_list_and_row() {
        let id = NotificationId::new(ListId(7), 300);
        assert_eq!((id.list(), id.row()), (ListId(7), 300));
        let (first, last) = ListId(7).bounds();
        assert!(first < id && id < last && last < NotificationId::new(ListId(8), 1));
    }
}

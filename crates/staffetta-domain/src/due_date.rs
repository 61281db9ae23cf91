//! IO's due date.

use crate::UnixMillis;

/// An instant that IO shows as a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DueDate(UnixMillis);

impl DueDate {
    /// The instant.
    #[must_use]
    pub const fn instant(self) -> UnixMillis {
        self.0
    }
}

//! The codice fiscale of a person.

use std::fmt;

/// A valid codice fiscale: 16 characters, upper case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalCode([u8; 16]);

impl FiscalCode {
    /// IO's fictitious person: it has no valid check character, and no message to it reaches anyone.
    pub const FICTITIOUS: Self = Self(*b"AAAAAA00A00A000A");

    /// Its 16 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for FiscalCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("FiscalCode(…)")
    }
}

//! The *numero avviso* of a payment notice.

/// 18 digits, the first from 0 to 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoticeNumber([u8; 18]);

impl NoticeNumber {
    /// Its 18 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

//! *Oggetto* and *contenuto*, counted as IO counts.

/// A valid *oggetto*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject(String);

impl Subject {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A valid *contenuto*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Markdown(String);

impl Markdown {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

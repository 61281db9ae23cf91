//! What is to be said to a person, before it has words.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A sentence to say: the key of a text in the Fluent files and what fills its places.
///
/// Values are shown as they are: the one who makes a phrase shortens and masks them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// Key of the text.
    pub key: Cow<'static, str>,
    /// Names and values of its places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(Cow<'static, str>, String)>,
}

impl Phrase {
    /// A sentence without places.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key: Cow::Borrowed(key), args: Vec::new() }
    }

    /// The same sentence with one more place filled.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((Cow::Borrowed(name), value.to_string()));
        self
    }
}

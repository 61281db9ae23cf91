//! A choice among few, as a field offers it.

/// One of the choices.
pub(crate) struct Choice {
    /// What the form sends.
    pub(crate) value: String,
    /// What a person reads.
    pub(crate) name: String,
    pub(crate) chosen: bool,
}

impl Choice {
    pub(crate) fn new(value: impl ToString, name: String, chosen: &str) -> Self {
        let value = value.to_string();
        Self { chosen: value == chosen, value, name }
    }
}

//! The *natura* of a flow: what kind of writing it is, from a list that each ente keeps.

/// A nature in an ente's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nature {
    /// Word by which scripts name it, lower case without blanks.
    pub code: String,
    /// Name on screen.
    pub name: String,
    /// Whether its messages carry payment data; then amount and notice number are required.
    pub payment: bool,
}

impl Nature {
    /// What every ente starts with.
    #[must_use]
    pub fn initial() -> Vec<Self> {
        [
            ("informativo", "Informativo", false),
            ("promemoria", "Promemoria di scadenza", false),
            ("pagamento", "Avviso di pagamento", true),
            ("altro", "Altro", false),
        ]
        .into_iter()
        .map(|(code, name, payment)| Self { code: code.to_owned(), name: name.to_owned(), payment })
        .collect()
    }
}

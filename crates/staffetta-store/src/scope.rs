//! Who asks: every read and write of a person carries it into the statement.

use staffetta_domain::{OperatorId, OrganizationId, Rights};

/// The ente and the person for whom the ledger is read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The ente; nothing of another is ever seen.
    pub organization: OrganizationId,
    /// The operator whose enabled services bound what is seen; `None` for an administrator or the command line.
    pub operator: Option<OperatorId>,
    /// Name written beside what is done.
    pub actor: String,
}

impl Scope {
    /// The whole ente, as its administrator or the command line sees it.
    #[must_use]
    pub fn whole(organization: OrganizationId, actor: impl Into<String>) -> Self {
        Self { organization, operator: None, actor: actor.into() }
    }

    /// The operator's id to bind beside a statement's `$n is null or service_id in (…)`.
    pub(crate) fn operator(&self) -> Option<i64> {
        self.operator.map(|operator| operator.0)
    }
}

/// The right that an act needs, as the number that a statement compares (`rights & $n = $n`).
pub(crate) const fn needed(rights: Rights) -> i64 {
    rights.0
}

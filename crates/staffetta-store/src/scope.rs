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

/// The condition that a service's column is one that the operator at `$operator` may use with the rights
/// at `$needed`; always true where the operator is null.
///
/// PostgreSQL wants to be told the type of a place that is only compared with null.
macro_rules! in_scope {
    ($column:literal, $operator:literal, $needed:literal) => {
        concat!(
            "(cast(",
            $operator,
            " as bigint) is null or ",
            $column,
            " in (select service_id from operator_service where operator_id = ",
            $operator,
            " and rights & ",
            $needed,
            " = ",
            $needed,
            "))"
        )
    };
}

pub(crate) use in_scope;

//! What people may still do where the ledger may not tell the whole truth: in an ente that is held, and of flows that
//! are older than the moment at which the ledger was found to have gone back in time. The copy shows them as they
//! were; they may have been sent since.
//!
//! Who notices it stands in `ledger::take_over`, who ends it in `ledger::release`.

/// The ente of a `flow` is held: nothing that may have left is called certain.
macro_rules! is_held {
    () => {
        "exists (select 1 from organization o where o.id = flow.organization_id and o.held_at is not null)"
    };
}

/// The ledger may have forgotten what became of a `flow`. [`Organization::may_have_forgotten`].
///
/// [`Organization::may_have_forgotten`]: crate::organizations::Organization::may_have_forgotten
macro_rules! is_forgotten {
    () => {
        "exists (select 1 from organization o where o.id = flow.organization_id and o.went_back_at >= flow.created_at)"
    };
}

pub(crate) use {is_forgotten, is_held};

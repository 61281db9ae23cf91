//! Models: texts that an ente writes again, with the columns that their file has, and without any person.
//!
//! A model is the ente's, not a service's: who may compose for some service sees and uses them all. It is renamed and
//! deleted by who made it, and by the administrators. What a citizen reads is not changed here: a better text is a new
//! model.

pub(crate) mod change;
pub(crate) mod find;
pub(crate) mod save;
pub(crate) mod start;

pub use find::{OwnModel, OwnModelLine};
pub use save::{ModelSaved, NewModel};
pub use start::Start;

/// The condition that the person at `$operator` has the right at `$needed` for some service: always true of an
/// administrator.
macro_rules! composes {
    ($operator:literal, $needed:literal) => {
        concat!(
            "(cast(",
            $operator,
            " as bigint) is null or exists (select 1 from operator_service where operator_id = ",
            $operator,
            " and rights & ",
            $needed,
            " = ",
            $needed,
            "))"
        )
    };
}

/// The condition that the person at `$operator` made the model, or administers the ente.
macro_rules! theirs {
    ($operator:literal) => {
        concat!("(cast(", $operator, " as bigint) is null or operator_id = ", $operator, ")")
    };
}

pub(crate) use {composes, theirs};

//! A ledger that fails when a test says so: cut off, or with an answer lost on its way back.

use std::cell::RefCell;
use std::io::{Error, ErrorKind};

/// When the ledger may fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// It is not reached.
    Begin,
    /// What was to be written is not.
    Commit,
    /// It is written, and nobody is told.
    Committed,
}

type Decide = Box<dyn FnMut(Moment) -> bool>;

thread_local! {
    static DECIDE: RefCell<Option<Decide>> = const { RefCell::new(None) };
}

/// From now on `decide` is asked at each moment whether ledgers that work on this thread fail; `None` ends it.
pub fn fail_where(decide: Option<Decide>) {
    DECIDE.with_borrow_mut(|kept| *kept = decide);
}

/// # Errors
/// Where the test says so.
pub(crate) fn meet(moment: Moment) -> Result<(), sqlx::Error> {
    let fails = DECIDE.with_borrow_mut(|decide| decide.as_mut().is_some_and(|decide| decide(moment)));
    if fails { Err(sqlx::Error::Io(Error::from(ErrorKind::ConnectionReset))) } else { Ok(()) }
}

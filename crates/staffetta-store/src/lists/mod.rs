//! The recipients of a flow, as read from one of the office's files.
//!
//! A list is read in pieces ([`Store::begin_list`], [`Store::add_rows`], [`Store::add_wrong_rows`]) and
//! becomes the flow's only when it is whole ([`Store::finish_list`]); until then, and after a crash, its
//! rows belong to nobody and are swept away. Nothing here reads a file or judges a cell.
//!
//! [`Store::begin_list`]: crate::Store::begin_list
//! [`Store::add_rows`]: crate::Store::add_rows
//! [`Store::add_wrong_rows`]: crate::Store::add_wrong_rows
//! [`Store::finish_list`]: crate::Store::finish_list

pub(crate) mod already;
mod begin;
mod cells;
pub(crate) mod finish;
mod follow;
pub(crate) mod keys;
pub(crate) mod of_person;
mod postgres_rows;
pub(crate) mod rows;
mod sqlite_keys;
mod sqlite_rows;
pub(crate) mod sweep;
pub(crate) mod wrong;

pub use already::{AlreadyRow, AlreadySent};
pub use cells::Cells;
pub use finish::{FlowSeen, ListFacts};
pub use rows::NewRow;
pub use wrong::WrongRow;

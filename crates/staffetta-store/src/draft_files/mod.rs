//! The office's file of a draft, as it was uploaded: kept so that any node can read it again when the
//! message changes.
//!
//! It goes in and comes out in parts ([`Store::begin_file`], [`Store::add_file_part`],
//! [`Store::file_part`]), becomes the flow's when it is whole ([`Store::finish_file`]), and goes with the
//! activation or with the draft. How it is read stands beside it; nothing here reads it.
//!
//! Locks are taken in one order by all who change drafts: lists, then the flow, then its files.
//!
//! [`Store::begin_file`]: crate::Store::begin_file
//! [`Store::add_file_part`]: crate::Store::add_file_part
//! [`Store::file_part`]: crate::Store::file_part
//! [`Store::finish_file`]: crate::Store::finish_file

pub(crate) mod exclusion;
pub(crate) mod find;
pub(crate) mod keep;
pub(crate) mod meanings;
pub(crate) mod reading;
pub(crate) mod sweep;

pub use exclusion::{ExcludedBy, Exclusion};
pub use find::DraftFile;
pub use meanings::Meanings;
pub use reading::{CELLS_MAX, CellFix, FileShape, Samples};

/// Most bytes of one part: what reading or writing a file of any size takes in memory.
pub const PART_BYTES: usize = 1024 * 1024;

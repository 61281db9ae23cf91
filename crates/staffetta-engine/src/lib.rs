//! The engine: choose, check, claim, send, record; status checks; recovery.
//!
//! What an answer means is decided in [`decide`], how fast an ente may call in [`budget`]: both without
//! I/O. Around them, [`drive`] moves rows of one ente between the ledger and IO, and [`node`] shares the enti with
//! other nodes. Nothing here is shown to a person.

pub mod budget;
pub mod decide;
mod drive;
mod engine;
mod node;
mod others;

pub use engine::{Engine, EngineError, EngineOptions, Stop};

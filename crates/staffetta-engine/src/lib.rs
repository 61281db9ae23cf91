//! The engine: choose, check, claim, send, record; status checks; recovery.
//!
//! What an answer means is decided in [`decide`], how fast an ente may call in [`budget`]: both without
//! I/O. Around them, [`drive`] moves rows between the ledger and IO. Nothing here is shown to a person.

pub mod budget;
pub mod decide;
mod drive;
mod engine;

pub use engine::{Engine, EngineError, EngineOptions, Stop};

//! The parts of the engine's benchmark.

pub mod measure;
pub mod receiver;
pub mod sender;

#[path = "../../tests/support/prepared.rs"]
pub mod prepared;

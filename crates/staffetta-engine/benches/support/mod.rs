//! The parts of the engine's benchmarks.

pub mod at_work;
pub mod granting;
pub mod measure;
pub mod other_client;
pub mod plain;
pub mod process;
pub mod receiver;
pub mod sender;
pub mod single;

#[path = "../../tests/support/prepared.rs"]
pub mod prepared;

//! What the engine's tests share.

pub mod prepared;
pub mod world;

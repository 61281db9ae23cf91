//! What the engine's tests share.
#![allow(dead_code, reason = "each test needs a part of it")]

pub mod fleet;
pub mod jumping_clock;
pub mod node;
pub mod prepared;
pub mod seeds;
pub mod world;

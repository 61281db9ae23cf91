//! The built program, driven as a script or a person drives it, against the simulator on real sockets.
//!
//! What each part does in every corner is tested beside it; here is that the parts are wired together, what is
//! said, and the exit codes. No test depends on how long something takes.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

#[path = "../support/mod.rs"]
mod support;

mod backups;
mod bad_files;
mod copies;
mod crash;
mod engines;
mod faults;
mod formulas;
mod lifecycle;
mod main_job;
mod mending;
mod models;
mod payments;
mod quota;
mod serving;
mod setup;
mod simulating;
mod single;
mod starts;
mod stopping;

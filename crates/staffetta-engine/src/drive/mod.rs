//! What moves rows between the ledger and IO, around the decisions.

mod active;
mod beat;
mod ente;
mod feeder;
mod forecast;
mod gate;
mod lease;
mod picker;
mod send;
mod status;
mod text;
mod worker;
mod writer;

pub(crate) use beat::Beat;
pub(crate) use lease::HeldLease;
pub(crate) use worker::{Work, work};

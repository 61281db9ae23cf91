//! The engine's decisions: what an answer means for the ledger. Functions without I/O, clock or chance of
//! their own, so that a seed reproduces every run.

mod checks;
mod delays;
mod outcome;
mod service_health;
mod shares;

pub use checks::{after_status, first_check_at};
pub use delays::retry_delay_ms;
pub use outcome::{ProfileStep, SendStep, after_profile, after_send};
pub use service_health::{Pause, ServiceHealth};
pub use shares::{Moves, moves};

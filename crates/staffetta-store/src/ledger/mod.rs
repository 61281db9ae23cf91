//! The sending side of the ledger: what may be sent, claims, outcomes, tallies, recovery.
//!
//! The engine is its only caller, and is not a person: these reads and writes are scoped by ente and
//! epoch. What a person does to a sending under way is in [`switches`].

mod candidates;
mod change;
mod commit;
pub(crate) mod decide;
pub(crate) mod interrupted;
mod leases;
mod locks;
mod named;
pub(crate) mod planned;
mod release;
mod sending;
mod switches;
pub(crate) mod take_over;
mod tallies;
mod twice;
mod verify;

pub(crate) use candidates::listed;
pub use candidates::{Candidate, CheckCandidate};
pub use change::{Change, Claim, GROUP_MAX, Group, GroupDone, Guard};
pub use decide::{Doubts, WHY_MAX};
pub use leases::{Lease, Leases};
pub use planned::PlannedStart;
pub use release::Waiting;
pub use sending::{SealedKey, SendingFlow, SendingRules, SendingService, SendingText};
pub use switches::{ActiveSeen, Switched};
pub use take_over::{Owner, TakenOver};
pub(crate) use tallies::TallyChanges;

//! The ledger: what is to be sent, what was sent, what became of it.
//!
//! One concrete [`Store`] on SQLite or PostgreSQL. Every change of a state is guarded by the old
//! state and says whether it won. Every read and write of a person is scoped by ente and by the
//! person's services here, in the statement. Nothing here knows a page, a file format or a socket.

pub mod approvals;
mod backup;
mod batch;
pub mod corrections;
mod db;
pub mod deeds;
pub mod draft_files;
mod engine_lock;
pub mod errata;
mod error;
pub mod events;
pub mod expeditions;
pub mod flows;
pub mod forecasts;
mod keys;
pub mod ledger;
pub mod lists;
pub mod lookups;
mod marks;
mod meta;
pub mod models;
pub mod nodes;
pub mod notifications;
mod open;
pub mod operators;
pub mod organizations;
pub mod passwords;
#[cfg(test)]
mod plans;
pub mod profile;
pub mod resends;
mod restore;
mod saved_searches;
mod scope;
mod server;
pub mod services;
pub mod sessions;
pub mod settings;
mod single_drafts;
#[cfg(feature = "testing")]
pub mod testing;
mod values;
mod went_back;
mod words;

pub use engine_lock::EngineLock;
pub use error::StoreError;
pub use open::StoreOptions;
pub use restore::{RestoreError, Restored, restore};
pub use scope::Scope;
pub use single_drafts::SingleDraft;

/// The ledger.
pub struct Store {
    db: db::Db,
    keyring: keys::Keyring,
    marks: marks::Marks,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Store")
    }
}

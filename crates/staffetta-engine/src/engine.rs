//! The engine as a whole: a node that works its share of the enti, until asked to stop.

use crate::node::Node;
use staffetta_io::clock::Clock;
use staffetta_io::{IoClient, UrlPolicy};
use staffetta_store::{Store, StoreError};
use std::sync::Arc;
use tokio::sync::watch;

/// How the engine works.
#[derive(Clone, Debug)]
pub struct EngineOptions {
    /// Calls of one ente that may be in flight at once.
    pub in_flight: usize,
    /// Whether the profile is asked before each message. Only measurements switch it off.
    pub check_profiles: bool,
    /// Which addresses a service may have.
    pub url_policy: UrlPolicy,
    /// Seed of the chance that spreads delays.
    pub seed: u64,
    /// This run of the program, random: no two nodes of a database have the same.
    pub node_id: String,
    /// The machine's name, for people.
    pub node_name: String,
    /// No other engine can be at work on the database: the lock beside it is this program's.
    pub alone: bool,
    /// Whether an ente that was silent for long, while rows waited, asks a person before anything leaves.
    pub asks_after_silence: bool,
}

/// Why the engine ended.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The ledger failed, or another node has the ente.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A part of the engine stopped: a fault of the program.
    #[error("a part of the engine stopped unexpectedly; start the program again")]
    Stopped,
}

/// Asks the engine to stop. Clones ask the same engine.
#[derive(Clone, Debug)]
pub struct Stop(watch::Sender<bool>);

impl Default for Stop {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Stop {
    /// Asks: no new call starts, those on the wire finish and are written.
    pub fn ask(&self) {
        self.0.send_replace(true);
    }

    /// Whether it was asked.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        *self.0.borrow()
    }

    /// Returns when it is asked.
    pub async fn asked(&self) {
        // The sender is ours, so the channel cannot be closed.
        let _ = self.0.subscribe().wait_for(|asked| *asked).await;
    }
}

/// The engine: one node among those that work a database.
pub struct Engine {
    /// The ledger.
    pub store: Arc<Store>,
    /// The way to IO.
    pub io: Arc<IoClient>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// How it works.
    pub options: EngineOptions,
}

impl Engine {
    /// Works its share of the enti until `stop` is asked; returns when every answer in hand is written.
    ///
    /// # Errors
    /// See [`EngineError`].
    pub async fn run(self, stop: Stop) -> Result<(), EngineError> {
        Node::new(self).run(stop).await
    }
}

//! The engine as a whole: one worker for each ente, until asked to stop.

use crate::drive::work;
use staffetta_domain::OrganizationId;
use staffetta_io::clock::Clock;
use staffetta_io::{IoClient, UrlPolicy};
use staffetta_store::{Store, StoreError};
use std::collections::HashSet;
use std::sync::Arc;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How often new entes are looked for, in milliseconds.
const LOOK_FOR_ENTES_MS: i64 = 2_000;

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
}

/// Why the engine ended.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The ledger failed at the start, or another engine took an ente over.
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

/// The engine. The caller makes sure that it is the only one on its database.
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
    /// Works every ente until `stop` is asked; returns when every answer in hand is written.
    ///
    /// # Errors
    /// See [`EngineError`].
    pub async fn run(self, stop: Stop) -> Result<(), EngineError> {
        let mut workers: JoinSet<Result<(), EngineError>> = JoinSet::new();
        let mut known: HashSet<OrganizationId> = HashSet::new();
        let mut failure = None;
        while !stop.is_asked() && failure.is_none() {
            match self.store.sending_organizations().await {
                Ok(found) => {
                    for organization in found.into_iter().filter(|found| known.insert(found.id)) {
                        workers.spawn(work(
                            Arc::clone(&self.store),
                            Arc::clone(&self.io),
                            Arc::clone(&self.clock),
                            organization,
                            self.options.clone(),
                            stop.clone(),
                        ));
                    }
                }
                Err(error) => tracing::error!(%error, "the ledger cannot be read; trying again"),
            }
            tokio::select! {
                Some(ended) = workers.join_next() => failure = why(ended),
                () = self.clock.sleep(LOOK_FOR_ENTES_MS) => {}
                () = stop.asked() => {}
            }
        }
        // One worker that cannot go on takes the others along: the process that supervises it starts all again.
        stop.ask();
        while let Some(ended) = workers.join_next().await {
            failure = failure.or(why(ended));
        }
        failure.map_or(Ok(()), Err)
    }
}

fn why(ended: Result<Result<(), EngineError>, tokio::task::JoinError>) -> Option<EngineError> {
    ended.unwrap_or(Err(EngineError::Stopped)).err()
}

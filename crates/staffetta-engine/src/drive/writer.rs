//! The one who writes to the ledger: outcomes and claims of all calls, in groups.
//!
//! While one group is being made durable the next gathers, so that a busy ente pays one transaction for
//! many calls and a quiet one waits for none. An answer in hand is kept until the database can take it.

use crate::drive::active::Active;
use crate::engine::Stop;
use staffetta_domain::protocol::claim_name;
use staffetta_domain::{NotificationId, NotificationState, OrganizationId};
use staffetta_io::clock::Clock;
use staffetta_store::ledger::{Change, Claim, GROUP_MAX, Group, Guard};
use staffetta_store::{Store, StoreError};
use std::collections::HashSet;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// First and longest wait before the database is tried again, in milliseconds.
const AGAIN_MS: [i64; 2] = [100, 5_000];

/// What is handed to the writer.
enum Entry {
    Claim(Claim, oneshot::Sender<Option<i64>>),
    Change(Box<Change>),
}

/// The way to the writer.
#[derive(Clone)]
pub(crate) struct Ledger(mpsc::Sender<Entry>);

impl Ledger {
    /// Claims a notification. Gives the claim once it is durable: only then may the call leave.
    pub(crate) async fn claim(&self, claim: Claim) -> Option<i64> {
        let (reply, answer) = oneshot::channel();
        self.0.send(Entry::Claim(claim, reply)).await.ok()?;
        answer.await.ok().flatten()
    }

    /// Records an outcome.
    pub(crate) async fn record(&self, change: Change) {
        // The writer outlives all who write: it ends when the last of them is gone.
        let _ = self.0.send(Entry::Change(Box::new(change))).await;
    }
}

/// The writer of one ente.
pub(crate) struct Writer {
    pub(crate) store: Arc<Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) organization: OrganizationId,
    pub(crate) epoch: i64,
    pub(crate) active: Arc<Active>,
    /// Asked when another engine has the ente.
    pub(crate) lost: Stop,
}

/// A group with those who wait for its claims.
struct Gathered {
    group: Group,
    waiting: Vec<(Claim, oneshot::Sender<Option<i64>>)>,
}

impl Writer {
    /// A writer's two ends; `capacity` bounds what waits to be written.
    pub(crate) fn channel(
        self,
        capacity: usize,
    ) -> (Ledger, impl Future<Output = Result<(), StoreError>> + Send) {
        let (sender, receiver) = mpsc::channel(capacity);
        (Ledger(sender), self.run(receiver))
    }

    /// Writes until all who write are gone. Ends early only when another engine has the ente.
    async fn run(self, mut entries: mpsc::Receiver<Entry>) -> Result<(), StoreError> {
        let mut kept: Vec<Change> = Vec::new();
        let mut batch = Vec::with_capacity(GROUP_MAX);
        let mut claims = 0;
        let mut wait_ms = AGAIN_MS[0];
        let mut epoch_lost = false;
        loop {
            if kept.is_empty() && entries.recv_many(&mut batch, GROUP_MAX).await == 0 {
                return if epoch_lost { Err(StoreError::EpochLost) } else { Ok(()) };
            }
            claims += 1;
            let mut gathered = self.gather(&mut batch, std::mem::take(&mut kept), claims);
            if epoch_lost {
                gathered.refuse_claims();
            }
            match self.store.commit_group(&gathered.group).await {
                Ok(done) => {
                    wait_ms = AGAIN_MS[0];
                    if done.epoch_lost {
                        epoch_lost = true;
                        self.lost.ask();
                    }
                    let unmatched = gathered.group.changes.len().saturating_sub(done.changed);
                    if unmatched > 0 {
                        // As it should be: what undoes a claim that was never written, an outcome written
                        // twice because a COMMIT was in doubt, a flow that was taken back meanwhile.
                        let organization = self.organization.0;
                        tracing::debug!(organization, unmatched, "changes that were no longer wanted");
                    }
                    self.active.leave(gathered.group.changes.iter().map(|change| change.id));
                    kept = gathered.answer(&done.claimed, self.clock.as_ref());
                }
                Err(error) => {
                    tracing::error!(organization = self.organization.0, %error, "the ledger cannot be written; trying again");
                    kept = gathered.give_up(self.clock.as_ref());
                    self.clock.sleep(wait_ms).await;
                    wait_ms = (wait_ms * 2).min(AGAIN_MS[1]);
                }
            }
        }
    }

    fn gather(&self, batch: &mut Vec<Entry>, changes: Vec<Change>, claims: i64) -> Gathered {
        let mut group = Group {
            organization: self.organization,
            epoch: self.epoch,
            claim: claim_name(self.epoch, claims),
            claims: Vec::new(),
            changes,
            now: self.clock.now(),
        };
        let mut waiting = Vec::new();
        for entry in batch.drain(..) {
            match entry {
                Entry::Claim(claim, reply) => {
                    group.claims.push(claim);
                    waiting.push((claim, reply));
                }
                Entry::Change(change) => group.changes.push(*change),
            }
        }
        Gathered { group, waiting }
    }
}

impl Gathered {
    /// Tells each claimant whether it won. A claim whose claimant is gone was durable and is never used:
    /// what undoes it is kept for the next group.
    fn answer(self, claimed: &[NotificationId], clock: &dyn Clock) -> Vec<Change> {
        let claim = self.group.claim;
        let mut won: HashSet<_> = claimed.iter().copied().collect();
        let mut unused = Vec::new();
        for (wanted, reply) in self.waiting {
            // Of two who want the same row in one group, one gets it.
            let name = won.remove(&wanted.id).then_some(claim);
            if reply.send(name).is_err() && name.is_some() {
                unused.push(unmade(&wanted, claim, clock));
            }
        }
        unused
    }

    /// The group may or may not have been written: nothing may leave under its claims. Outcomes are kept
    /// (their guards make writing them twice harmless), and claims that were written after all are undone.
    fn give_up(self, clock: &dyn Clock) -> Vec<Change> {
        let mut kept = self.group.changes;
        for (wanted, reply) in self.waiting {
            kept.push(unmade(&wanted, self.group.claim, clock));
            let _ = reply.send(None);
        }
        kept
    }

    fn refuse_claims(&mut self) {
        self.group.claims.clear();
        for (_, reply) in self.waiting.drain(..) {
            let _ = reply.send(None);
        }
    }
}

/// Back to the queue: no call was made under this claim.
pub(crate) fn unmade(claim: &Claim, name: i64, clock: &dyn Clock) -> Change {
    Change {
        retry_at: Some(clock.now()),
        ..Change::new(
            claim.id,
            claim.flow,
            Guard::Claimed { claim: name, attempt: claim.attempt },
            NotificationState::Queued,
        )
    }
}

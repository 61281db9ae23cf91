//! A node: leases its share of the enti, renews the leases, lets a worker work each, and wakes those with work.

use crate::decide::moves;
use crate::drive::{Beat, HeldLease, Work, work};
use crate::engine::{Engine, EngineError, Stop};
use staffetta_domain::OrganizationId;
use staffetta_domain::protocol::{Hold, RENEW_MS};
use staffetta_store::StoreError;
use staffetta_store::ledger::{Leases, Owner, TakenOver};
use staffetta_store::nodes::NodeSelf;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Notify;
use tokio::task::{JoinError, JoinSet};

/// How often it is looked which enti have something to do, in milliseconds.
const BUSY_MS: i64 = 250;

/// An ente at work in this node.
struct AtWork {
    epoch: i64,
    lease: Arc<HeldLease>,
    wake: Arc<Notify>,
    beat: Arc<Beat>,
    stop: Stop,
}

type Ended = (OrganizationId, i64, Result<(), EngineError>);

/// The node, and the enti that it works.
pub(crate) struct Node {
    engine: Engine,
    enti: BTreeMap<OrganizationId, AtWork>,
    workers: JoinSet<Ended>,
    renew_at: i64,
    busy_at: i64,
    /// Its calls can be marked. A node whose disk takes no marks can call nobody, and leaves its enti to others.
    marks: bool,
}

impl Node {
    pub(crate) fn new(engine: Engine) -> Self {
        let now = engine.clock.monotonic_ms();
        Self {
            engine,
            enti: BTreeMap::new(),
            workers: JoinSet::new(),
            renew_at: now,
            busy_at: now,
            marks: true,
        }
    }

    /// Works until asked to stop, then lets every worker finish.
    pub(crate) async fn run(mut self, stop: Stop) -> Result<(), EngineError> {
        let clock = Arc::clone(&self.engine.clock);
        let mut worked = Ok(());
        while !stop.is_asked() && worked.is_ok() {
            let now = clock.monotonic_ms();
            if now >= self.renew_at {
                self.renew_at = now + RENEW_MS;
                self.try_to(Self::renew).await;
            }
            if now >= self.busy_at {
                self.busy_at = now + BUSY_MS;
                self.try_to(Self::wake_the_busy).await;
            }
            tokio::select! {
                Some(ended) = self.workers.join_next() => worked = self.ended(ended).await,
                () = clock.sleep_until(self.renew_at.min(self.busy_at)) => {}
                () = stop.asked() => {}
            }
        }
        // One part that cannot go on takes the others along: the process that supervises it starts all again.
        worked.and(self.finish().await)
    }

    /// A ledger that fails is tried again: until it is back, leases end by this node's own clock.
    async fn try_to(&mut self, act: impl AsyncFnOnce(&mut Self) -> Result<(), StoreError>) {
        if let Err(error) = act(self).await {
            tracing::error!(%error, "the ledger cannot be asked for the leases; trying again");
        }
    }

    fn told(&self, stopping: bool) -> NodeSelf {
        NodeSelf {
            id: self.engine.options.node_id.clone(),
            name: self.engine.options.node_name.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            works: self.marks,
            stopping: stopping || !self.marks,
        }
    }

    async fn renew(&mut self) -> Result<(), StoreError> {
        self.probe_marks().await;
        self.renew_leases(false).await?;
        let store = Arc::clone(&self.engine.store);
        match store.hold_what_went_back(self.engine.clock.now()).await {
            Ok(held) => {
                for organization in held {
                    tracing::warn!(organization = organization.0, "{HELD_OLDER}");
                }
            }
            // One whose row somebody holds is compared again in a moment; the enti are shared out meanwhile.
            Err(error) => {
                tracing::error!(%error, "an ente could not be compared with its mark; trying again");
            }
        }
        self.share().await
    }

    async fn probe_marks(&mut self) {
        let probed = self.engine.store.probe_marks().await;
        match &probed {
            Err(error) if self.marks => tracing::error!(%error, "{NO_MARKS}"),
            Ok(()) if !self.marks => {
                tracing::info!("calls can be marked again: this node takes its share of the enti");
            }
            _ => {}
        }
        self.marks = probed.is_ok();
    }

    /// Renews the leases; who lost his stops.
    async fn renew_leases(&mut self, stopping: bool) -> Result<(), StoreError> {
        let asked_ms = self.engine.clock.monotonic_ms();
        let now = self.engine.clock.now();
        let stuck = self.stuck(asked_ms);
        let leases = self.engine.store.renew_leases(&self.told(stopping), &stuck, now).await?;
        let Leases { renewed, waiting } = leases;
        for (organization, ente) in &self.enti {
            if renewed.contains(&(*organization, ente.epoch)) {
                ente.lease.renewed(asked_ms, now);
            } else if waiting.contains(&(*organization, ente.epoch)) {
                // Its calls stop by this node's own clock before the lease ends, if it comes to that.
                tracing::warn!(organization = organization.0, "{NOT_RENEWED}");
            } else if !stuck.contains(organization) {
                tracing::warn!(organization = organization.0, "the ente has another owner");
                ente.lease.lost();
                ente.stop.ask();
            }
        }
        for (organization, epoch) in renewed {
            if !self.enti.contains_key(&organization) {
                // Taken over only in the ledger: what had to be written beside it could not be.
                let (store, id) = (&self.engine.store, &self.engine.options.node_id);
                store.release_lease(organization, id, epoch, now).await?;
            }
        }
        Ok(())
    }

    /// The enti whose worker gave no sign of life for long: their leases end, so that others may take them. Theirs is
    /// let go, too, whenever it comes back.
    fn stuck(&self, now_ms: i64) -> Vec<OrganizationId> {
        let stuck = self.enti.iter().filter(|(_, ente)| ente.beat.is_stuck(now_ms));
        let stuck = stuck.map(|(organization, ente)| {
            tracing::error!(organization = organization.0, "{STUCK}");
            ente.lease.lost();
            ente.stop.ask();
            *organization
        });
        stuck.collect()
    }

    /// Takes the enti that fall to this node, and gives back those that fall to others.
    async fn share(&mut self) -> Result<(), StoreError> {
        if !self.marks {
            self.enti.values().for_each(|ente| ente.stop.ask());
            return Ok(());
        }
        let now = self.engine.clock.now();
        let nodes = self.engine.store.nodes(now).await?;
        let living = nodes.iter().filter(|node| node.works && node.alive && !node.stopping).count();
        let living = if self.engine.options.alone { 1 } else { living };
        let mut leases = self.engine.store.leases(now).await?;
        if self.engine.options.alone {
            // Those of others are of programs that are gone.
            leases.iter_mut().for_each(|lease| lease.node = None);
        }
        let working: Vec<OrganizationId> = self.enti.keys().copied().collect();
        let moves = moves(&self.engine.options.node_id, living, &leases, &working);
        for organization in moves.give_back {
            if let Some(ente) = self.enti.get(&organization) {
                ente.stop.ask();
            }
        }
        for organization in moves.take {
            // Each take waits for the disk: those that are worked already must not lapse meanwhile.
            let now = self.engine.clock.monotonic_ms();
            if now >= self.renew_at {
                self.renew_at = now + RENEW_MS;
                self.renew_leases(false).await?;
            }
            if let Err(error) = self.take(organization).await {
                tracing::error!(organization = organization.0, %error, "the ente cannot be taken over; another node may");
            }
        }
        Ok(())
    }

    async fn take(&mut self, organization: OrganizationId) -> Result<(), StoreError> {
        let options = &self.engine.options;
        let owner = Owner {
            node: options.node_id.clone(),
            alone: options.alone,
            asks_after_silence: options.asks_after_silence,
        };
        let asked_ms = self.engine.clock.monotonic_ms();
        let now = self.engine.clock.now();
        let Some(taken) = self.engine.store.take_over(organization, &owner, now).await? else {
            return Ok(());
        };
        tell_of(organization, &taken);
        let ente = AtWork {
            epoch: taken.epoch,
            lease: Arc::new(HeldLease::asked_at(asked_ms, now)),
            wake: Arc::default(),
            beat: Arc::default(),
            stop: Stop::default(),
        };
        let todo = Work {
            store: Arc::clone(&self.engine.store),
            io: Arc::clone(&self.engine.io),
            clock: Arc::clone(&self.engine.clock),
            options: options.clone(),
            organization,
            taken,
            lease: Arc::clone(&ente.lease),
            wake: Arc::clone(&ente.wake),
            beat: Arc::clone(&ente.beat),
        };
        let (stop, epoch) = (ente.stop.clone(), ente.epoch);
        self.workers.spawn(async move { (organization, epoch, work(todo, stop).await) });
        self.enti.insert(organization, ente);
        Ok(())
    }

    async fn wake_the_busy(&mut self) -> Result<(), StoreError> {
        let now = self.engine.clock.now();
        for organization in self.engine.store.busy_organizations(&self.engine.options.node_id, now).await? {
            if let Some(ente) = self.enti.get(&organization) {
                ente.wake.notify_one();
            }
        }
        Ok(())
    }

    /// A worker ended: it was asked to, or lost its ente. Only a fault of the program is an error.
    async fn ended(&mut self, ended: Result<Ended, JoinError>) -> Result<(), EngineError> {
        let (organization, epoch, result) = ended.map_err(|_| EngineError::Stopped)?;
        self.enti.remove(&organization);
        match result {
            Ok(()) => {}
            Err(EngineError::Store(error)) => {
                tracing::warn!(organization = organization.0, %error, "the ente is no longer worked here");
            }
            Err(EngineError::Stopped) => return Err(EngineError::Stopped),
        }
        let (store, now) = (&self.engine.store, self.engine.clock.now());
        if let Err(error) = store.release_lease(organization, &self.engine.options.node_id, epoch, now).await
        {
            tracing::warn!(organization = organization.0, %error, "the lease is not given back; it will end");
        }
        Ok(())
    }

    /// Every worker finishes; meanwhile the leases are renewed, so that nobody takes an ente over whose answers are
    /// still awaited.
    async fn finish(mut self) -> Result<(), EngineError> {
        let clock = Arc::clone(&self.engine.clock);
        let mut finished = Ok(());
        for ente in self.enti.values() {
            ente.stop.ask();
        }
        self.renew_at = clock.monotonic_ms();
        while !self.workers.is_empty() {
            tokio::select! {
                biased;
                Some(ended) = self.workers.join_next() => finished = finished.and(self.ended(ended).await),
                () = clock.sleep_until(self.renew_at) => {
                    self.renew_at = clock.monotonic_ms() + RENEW_MS;
                    self.try_to(async |node| node.renew_leases(true).await).await;
                }
            }
        }
        if let Err(error) = self.engine.store.remove_node(&self.engine.options.node_id).await {
            tracing::warn!(%error, "the node is not written off; it will be forgotten");
        }
        finished
    }
}

const NO_MARKS: &str = "nothing can be written beside the key file, so this node leaves its enti to others until it can: \
     free its disk, or mend the folder's rights";

const STUCK: &str =
    "the worker of the ente is stuck: its lease is left to end, so that another node may take it";

const NOT_RENEWED: &str =
    "the lease of the ente is not renewed now: somebody else on the database holds its row; trying again";

const HELD_OLDER: &str =
    "the database is older than the calls made: nothing leaves until `staffetta organization resume`";

fn tell_of(organization: OrganizationId, taken: &TakenOver) {
    let organization = organization.0;
    if taken.uncertain > 0 {
        tracing::warn!(organization, uncertain = taken.uncertain, "calls left open by a stopped program");
    }
    match taken.held {
        Some(Hold::Older) => tracing::warn!(organization, "{HELD_OLDER}"),
        Some(Hold::Silent) => tracing::warn!(
            organization,
            "nobody looked after the ente for long while messages waited: nothing leaves until `staffetta organization resume`"
        ),
        None => {}
    }
    if taken.unmarked {
        tracing::info!(
            organization,
            "nothing beside the key file tells of the calls made: the database is believed"
        );
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::engine::EngineOptions;
    use staffetta_io::clock::SystemClock;
    use staffetta_io::{ClientOptions, IoClient, UrlPolicy};
    use staffetta_store::ledger::Lease;
    use staffetta_store::testing::{TestLedger, draft};
    use staffetta_store::{Store, StoreOptions};

    fn node(store: Store, id: &str) -> Node {
        let url_policy = UrlPolicy { allow_loopback: true, only_loopback: true, allow_private: true };
        Node::new(Engine {
            store: Arc::new(store),
            io: Arc::new(IoClient::new(&ClientOptions { url_policy, ..ClientOptions::default() }).unwrap()),
            clock: Arc::new(SystemClock),
            options: EngineOptions {
                in_flight: 1,
                check_profiles: true,
                url_policy,
                seed: 1,
                node_id: id.to_owned(),
                node_name: id.to_owned(),
                alone: false,
                asks_after_silence: true,
            },
        })
    }

    #[tokio::test]
    async fn a_node_lets_go_of_an_ente_whose_worker_is_stuck() {
        let Some(ledger) = TestLedger::postgres().await else { return };
        let (scope, _) = draft(&ledger, "Comune").await;
        draft(&ledger, "Altro Comune").await;
        let mut one = node(Store::open(ledger.options()).await.unwrap(), "uno");
        one.renew().await.unwrap();
        assert_eq!(one.enti.len(), 2);
        let ente = one.enti.get_mut(&scope.organization).unwrap();
        ente.beat = Arc::default();
        ente.beat.asks(i64::MIN);
        // As time does.
        ledger.raw("update organization set lease_until = lease_until - 10000").await;
        one.renew().await.unwrap();
        let leases = ledger.leases(one.engine.clock.now()).await.unwrap();
        let ends = Lease { organization: scope.organization, node: None };
        assert!(leases.contains(&ends), "it ends");
        assert!(leases.iter().any(|lease| lease.node.as_deref() == Some("uno")), "the other is renewed");
        let now = (one.engine.clock.monotonic_ms(), one.engine.clock.now());
        assert!(!one.enti[&scope.organization].lease.holds(now.0, now.1), "nothing leaves here");

        let ended = one.workers.join_next().await.unwrap();
        one.ended(ended).await.unwrap();
        one.renew().await.unwrap();
        assert!(one.enti.contains_key(&scope.organization), "it came back, and nobody had taken it");
        let store = Arc::clone(&one.engine.store);
        one.finish().await.unwrap();
        store.close().await;
        ledger.remove().await;
    }

    #[tokio::test]
    async fn a_node_whose_disk_takes_no_marks_leaves_its_enti_to_others() {
        let Some(ledger) = TestLedger::postgres().await else { return };
        let (scope, _) = draft(&ledger, "Comune").await;
        let folder = ledger.folder().join("uno");
        let key_file = folder.join("key");
        std::fs::create_dir(&folder).unwrap();
        std::fs::copy(&ledger.options().key_file, &key_file).unwrap();
        let options = StoreOptions { key_file, ..ledger.options().clone() };
        let mut one = node(Store::open(&options).await.unwrap(), "uno");
        let mut two = node(Store::open(ledger.options()).await.unwrap(), "due");
        one.renew().await.unwrap();
        two.renew().await.unwrap();
        assert!(one.enti.contains_key(&scope.organization) && two.enti.is_empty());

        let away = ledger.folder().join("altrove");
        std::fs::rename(&folder, &away).unwrap();
        one.renew().await.unwrap();
        let ended = one.workers.join_next().await.unwrap();
        one.ended(ended).await.unwrap();
        one.renew().await.unwrap();
        two.renew().await.unwrap();
        assert!(one.enti.is_empty() && two.enti.contains_key(&scope.organization));
        let told = one.engine.store.nodes(one.engine.clock.now()).await.unwrap();
        assert!(told.iter().any(|node| node.id == "uno" && node.stopping && !node.works), "{told:?}");

        std::fs::rename(&away, &folder).unwrap();
        one.renew().await.unwrap();
        let told = one.engine.store.nodes(one.engine.clock.now()).await.unwrap();
        assert!(told.iter().any(|node| node.id == "uno" && !node.stopping && node.works), "{told:?}");
        for node in [one, two] {
            let store = Arc::clone(&node.engine.store);
            node.finish().await.unwrap();
            store.close().await;
        }
        ledger.remove().await;
    }
}

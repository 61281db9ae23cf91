//! Several nodes on one ledger, killed, cut off and frozen at random, with a person who pauses, interrupts and decides.

use super::jumping_clock::JumpingClock;
use super::node::{Cut, Node, Parts, runtime, turns};
use super::prepared::{KEY, NOW, Prepared, prepare};
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use staffetta_domain::protocol::Decision;
use staffetta_domain::{
    FlowId, FlowState, NotificationState as State, OrganizationId, Quota, Reason, UnixMillis,
};
use staffetta_io::simulator::{Simulator, SimulatorOptions};
use staffetta_io::{Clock, ManualClock};
use staffetta_store::ledger::{Doubts, Waiting};
use staffetta_store::testing::faults::{Moment, fail_where};
use staffetta_store::{Store, StoreOptions};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// After which all has come to its end, by the clock: the retries of a row end sooner. How many rounds that takes
/// depends on how busy the machine is.
const SETTLED_AFTER_MS: i64 = 2 * 86_400_000;
/// Rounds in which the clock never moved, after which a run is stuck.
const ROUNDS_MAX: u32 = 200_000;
/// Turns of a runtime in a round; a node that nobody drives meanwhile stands still.
const TURNS: std::ops::Range<u32> = 20..200;

/// How far the wall clock of a machine that is alone jumps, forward and back.
const AHEAD_MS: i64 = 3_600_000;

pub struct Fleet {
    seed: u64,
    folder: tempfile::TempDir,
    clock: JumpingClock,
    simulator: Arc<Simulator>,
    prepared: Prepared,
    flows: Vec<FlowId>,
    people: usize,
    /// How often a person said *Reinvia* of a citizen's notification, in whatever ledger.
    resends: BTreeMap<String, u64>,
    /// Of whose a person said *Considera inviata*.
    declared: BTreeSet<String>,
    /// The ledger is one that was put back.
    went_back: bool,
    nodes: Vec<Option<Node>>,
    born: u64,
    desk: Option<(Runtime, Arc<Store>)>,
    chance: ChaCha8Rng,
}

impl Fleet {
    pub fn new(seed: u64, nodes: usize, faults: &str, quota: Quota) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = JumpingClock::of(ManualClock::automatic(NOW));
        let faults = faults.parse().expect("faults");
        let options = SimulatorOptions { seed, quota, latency_ms: 20, faults, ..SimulatorOptions::default() };
        let simulator = Arc::new(Simulator::open(options, Arc::new(clock.clone())).expect("a simulator"));
        simulator.register_service("Servizio", KEY);
        let desk = runtime();
        let store = Arc::new(desk.block_on(Store::open(&options_of(folder.path()))).expect("a ledger"));
        let prepared = desk.block_on(prepare(&store, "http://127.0.0.1:1/api/v1", quota));
        Self {
            seed,
            folder,
            clock,
            simulator,
            prepared,
            flows: Vec::new(),
            people: 0,
            resends: BTreeMap::new(),
            declared: BTreeSet::new(),
            went_back: false,
            nodes: (0..nodes).map(|_| None).collect(),
            born: 0,
            desk: Some((desk, store)),
            chance: ChaCha8Rng::seed_from_u64(seed),
        }
    }

    pub fn add_flow(&mut self, recipients: usize) {
        let range = self.people..self.people + recipients;
        self.people += recipients;
        self.kill_all();
        let flow = self.at_desk_alone(async |store| self.prepared.send_flow(store, range).await);
        self.flows.push(flow);
    }

    fn start(&mut self, place: usize) {
        self.born += 1;
        let parts = Parts {
            options: options_of(self.folder.path()),
            clock: self.clock.clone(),
            simulator: Arc::clone(&self.simulator),
            alone: self.nodes.len() == 1,
            seed: self.seed ^ self.born,
            id: format!("nodo-{}", self.born),
        };
        self.nodes[place] = Some(Node::start(parts));
    }

    /// One round: a node goes on, perhaps cut off or killed before.
    fn round(&mut self, troubled: bool) {
        let place = self.chance.random_range(0..self.nodes.len());
        if troubled && self.chance.random_bool(0.004) {
            // Every task is dropped where it stands.
            self.nodes[place] = None;
        }
        let over = self.nodes[place].take_if(|node| node.is_over());
        if let Some(Err(error)) = over.map(Node::result) {
            assert!(troubled, "seed {}: a node ended: {error}", self.seed);
        }
        if self.nodes[place].is_none() {
            self.start(place);
        }
        let (changes, kind) = (self.chance.random_bool(0.02), self.chance.random_range(0..6));
        if let Some(node) = &mut self.nodes[place] {
            if !troubled {
                node.cut = Cut::default();
            } else if changes {
                node.cut = some_cut(kind);
            }
            let count = self.chance.random_range(TURNS);
            node.drive(count, &mut self.chance);
        }
    }

    /// Does something at the desk while the nodes go on: one of them may hold the ledger meanwhile.
    fn at_desk<T>(&mut self, troubled: bool, act: impl AsyncFnOnce(&Store) -> T) -> T {
        let (desk, store) = self.desk.take().expect("a desk");
        let mut acting = Box::pin(act(&store));
        let done = loop {
            let done = desk.block_on(async {
                tokio::select! {
                    biased;
                    done = &mut acting => Some(done),
                    () = turns(100) => None,
                }
            });
            match done {
                Some(done) => break done,
                None => self.round(troubled),
            }
        };
        drop(acting);
        self.desk = Some((desk, store));
        done
    }

    /// Works for so many rounds while nodes die, the ledger fails, and a person does what comes to mind.
    pub fn trouble(&mut self, rounds: u32) {
        for _ in 0..rounds {
            self.round(true);
            if self.chance.random_bool(0.01) {
                self.meddle();
            }
            if self.nodes.len() == 1 && self.chance.random_bool(0.01) {
                // Where programs of several machines share a ledger its own clock counts, and does not jump.
                let ahead_ms = self.chance.random_range(-AHEAD_MS..AHEAD_MS);
                self.clock.set_ahead(ahead_ms);
            }
        }
    }

    fn meddle(&mut self) {
        let flow = *self.flows.choose(&mut self.chance).expect("a flow");
        let (scope, service) = (self.prepared.scope.clone(), self.prepared.service);
        match self.chance.random_range(0..12) {
            0..3 => drop(self.at_desk(true, async |store| store.pause_flow(&scope, flow, NOW).await)),
            3 => drop(self.at_desk(true, async |store| {
                store.pause_service(service, None, Reason::KeyRefused, None, NOW).await
            })),
            4 => self.interrupt(flow),
            5..8 => self.decide(flow, true),
            _ => self.resume_all(true),
        }
    }

    /// A person interrupts a flow; the desk's program may stop between the mark and the rows.
    fn interrupt(&mut self, flow: FlowId) {
        let (scope, stops) = (self.prepared.scope.clone(), self.chance.random_bool(0.5));
        let _ = self.at_desk(true, async |store| {
            let mut begun = 0;
            fail_where(Some(Box::new(move |moment| {
                begun += i32::from(moment == Moment::Begin);
                stops && begun > 1
            })));
            let done = store.interrupt_flow(&scope, flow, NOW).await;
            fail_where(None);
            done
        });
    }

    fn resume_all(&mut self, troubled: bool) {
        let (scope, service, flows) =
            (self.prepared.scope.clone(), self.prepared.service, self.flows.clone());
        let went_back = self.went_back;
        self.at_desk(troubled, async |store| {
            store.resume_service(&scope, service, NOW).await.expect("the ledger");
            for flow in flows {
                store.resume_flow(&scope, flow, NOW).await.expect("the ledger");
            }
            // Only where the ledger went back may something have left of which it does not know.
            let waiting = if went_back { Waiting::MayHaveLeft } else { Waiting::GoesOn };
            if let Some(held) = held_since(store, scope.organization).await {
                store.release_organization(&scope, waiting, held, NOW).await.expect("the ledger");
            }
        });
    }

    /// A person decides on the doubts of a flow, one by one.
    fn decide(&mut self, flow: FlowId, troubled: bool) {
        let decision =
            if troubled && self.chance.random_bool(0.5) { Decision::Resend } else { Decision::ConsiderSent };
        let scope = self.prepared.scope.clone();
        let decided = self.at_desk(troubled, async |store| {
            let mut decided = Vec::new();
            for (code, state, id) in rows(store, &scope, flow).await {
                if state == State::Uncertain {
                    let found = store.find_notification(&scope, id).await.expect("the ledger");
                    let one = Doubts::One(id, found.expect("a notification").attempt);
                    let count = store.decide_uncertain(&scope, one, decision, "prova", NOW).await;
                    decided.extend((count.expect("the ledger") == 1).then_some(code));
                }
            }
            decided
        });
        for code in decided {
            match decision {
                Decision::Resend => *self.resends.entry(code).or_default() += 1,
                Decision::ConsiderSent => drop(self.declared.insert(code)),
            }
        }
    }

    fn kill_all(&mut self) {
        self.nodes.iter_mut().for_each(|node| *node = None);
    }

    /// A copy of the ledger as it is, with nobody at work.
    pub fn copy(&mut self) {
        self.kill_all();
        self.close_desk();
        let folder = self.folder.path();
        std::fs::copy(folder.join("ledger.db"), folder.join("copy.db")).expect("a copy");
        self.open_desk();
    }

    /// Kills all nodes and puts the copy back.
    pub fn put_back(&mut self) {
        self.kill_all();
        self.close_desk();
        let folder = self.folder.path();
        std::fs::copy(folder.join("copy.db"), folder.join("ledger.db")).expect("the copy");
        self.went_back = true;
        self.open_desk();
    }

    /// Until all of the ledger is in one file: the connections of the killed close by themselves.
    fn close_desk(&mut self) {
        let journal = self.folder.path().join("ledger.db-wal");
        loop {
            let (desk, store) = self.desk.take().expect("a desk");
            desk.block_on(store.close());
            if !journal.exists() {
                return;
            }
            self.open_desk();
        }
    }

    fn open_desk(&mut self) {
        let desk = runtime();
        let store = desk.block_on(Store::open(&options_of(self.folder.path()))).expect("a ledger");
        self.desk = Some((desk, Arc::new(store)));
    }

    /// Nothing goes wrong any more, and a person decides on what is left: all comes to its end.
    pub fn settle(&mut self) {
        // As far ahead as it ever was: what waits for a moment does not wait for the clock to come back to it.
        self.clock.set_ahead(AHEAD_MS);
        let begun_ms = self.clock.monotonic_ms();
        let (mut moved_ms, mut moved) = (begun_ms, 0);
        for turn in 0_u32.. {
            self.round(false);
            let now_ms = self.clock.monotonic_ms();
            if now_ms > moved_ms {
                (moved_ms, moved) = (now_ms, turn);
            }
            if turn - moved > ROUNDS_MAX || now_ms - begun_ms > SETTLED_AFTER_MS {
                break;
            }
            if turn % 200 == 0 {
                self.resume_all(false);
                for flow in self.flows.clone() {
                    self.decide(flow, false);
                }
                if self.is_over() {
                    return;
                }
            }
        }
        let told = self.told();
        panic!("seed {}: not everything comes to its end: {told}", self.seed);
    }

    fn told(&mut self) -> String {
        let (scope, flows) = (self.prepared.scope.clone(), self.flows.clone());
        self.kill_all();
        self.at_desk_alone(async |store| {
            let mut told = format!("{:?}", store.leases(NOW).await);
            for flow in flows {
                let found = store.find_flow(&scope, flow).await.expect("the ledger");
                told.push_str(&format!(" {:?}", found.map(|found| found.summary)));
            }
            told
        })
    }

    fn is_over(&mut self) -> bool {
        let (scope, flows) = (self.prepared.scope.clone(), self.flows.clone());
        self.at_desk(false, async |store| {
            for flow in flows {
                let found = store.find_flow(&scope, flow).await.expect("the ledger").expect("the flow");
                // One that was taken back before its first call waits for a person.
                let sends = found.summary.state == FlowState::Sending;
                if sends || found.summary.tally.count(State::Uncertain) > 0 {
                    return false;
                }
            }
            true
        })
    }

    /// What must hold at every moment.
    pub fn check(&mut self, when: &str) {
        let (seed, scope, flows) = (self.seed, self.prepared.scope.clone(), self.flows.clone());
        let mut of_flows = Vec::new();
        for flow in flows {
            let scope = scope.clone();
            // Rows and tally are read one after the other: nobody may change them meanwhile.
            self.kill_all();
            let read = self.at_desk_alone(async |store| {
                let summary = async || {
                    let found = store.find_flow(&scope, flow).await.expect("the ledger").expect("the flow");
                    found.summary
                };
                loop {
                    // The last commit of a node that was killed may still be written by its thread.
                    let (before, rows) = (summary().await, rows(store, &scope, flow).await);
                    if before.tally == summary().await.tally {
                        break (before, rows);
                    }
                }
            });
            of_flows.push(read);
        }
        let stats = self.simulator.stats(true);
        assert_eq!(stats["accounts"][0]["rate_limited"], 0, "seed {seed} {when}: over the quota");
        for (summary, rows) in of_flows {
            let mut counted = vec![0_i64; State::ALL.len()];
            for (code, state, _) in &rows {
                counted[*state as usize] += 1;
                let messages = stats["citizens"].get(code).and_then(Value::as_u64).unwrap_or(0);
                let allowed = 1 + self.resends.get(code).copied().unwrap_or(0);
                assert!(
                    messages <= allowed,
                    "seed {seed} {when}: {messages} messages where {allowed} may be"
                );
                let counts_as_taken = matches!(state, State::Accepted | State::Delivered | State::Rejected);
                if counts_as_taken && !self.declared.contains(code) {
                    assert!(messages > 0, "seed {seed} {when}: {state:?} without a message");
                }
                let never_called = matches!(state, State::Queued | State::Unreachable | State::Cancelled);
                if never_called && !self.went_back {
                    assert!(messages < allowed, "seed {seed} {when}: {state:?} with a message");
                }
            }
            if summary.interrupted {
                // As good as cancelled, and soon is.
                counted[State::Cancelled as usize] += std::mem::take(&mut counted[State::Queued as usize]);
            }
            let told: Vec<i64> = summary.tally.iter().map(|(_, count)| count).collect();
            assert_eq!(told, counted, "seed {seed} {when}: tallies");
            assert_eq!(
                i64::try_from(rows.len()),
                Ok(summary.recipients),
                "seed {seed} {when}: a row is lost"
            );
        }
    }

    fn at_desk_alone<T>(&self, act: impl AsyncFnOnce(&Store) -> T) -> T {
        let (desk, store) = self.desk.as_ref().expect("a desk");
        desk.block_on(act(store))
    }

    /// Messages that IO took.
    pub fn took(&self) -> u64 {
        self.simulator.stats(false)["messages"].as_u64().expect("a count")
    }

    pub fn chance(&mut self) -> &mut ChaCha8Rng {
        &mut self.chance
    }
}

type Told = (String, State, staffetta_domain::NotificationId);

async fn held_since(store: &Store, organization: OrganizationId) -> Option<UnixMillis> {
    let ente = store.organization(organization).await.expect("the ledger").expect("an ente");
    ente.held.map(|held| held.since)
}

async fn rows(store: &Store, scope: &staffetta_store::Scope, flow: FlowId) -> Vec<Told> {
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let page = store.flow_rows(scope, flow, after, 500).await.expect("the ledger");
        let Some(last) = page.rows.last() else { return rows };
        after = Some(last.id);
        rows.extend(page.rows.iter().map(|row| (row.fiscal_code.as_str().to_owned(), row.state, row.id)));
    }
}

fn some_cut(kind: u32) -> Cut {
    match kind {
        // Wholly.
        0 => Cut { begin: 1.0, ..Cut::default() },
        1 => Cut { begin: 0.2, commit: 0.2, committed: 0.2 },
        2 => Cut { committed: 0.5, ..Cut::default() },
        _ => Cut::default(),
    }
}

fn options_of(folder: &Path) -> StoreOptions {
    let url = format!("sqlite:{}", folder.join("ledger.db").display());
    StoreOptions { url, key_file: folder.join("key") }
}

//! A ledger, an engine that can be killed, and a simulator that outlives it.

use super::prepared::{KEY, NOW, Prepared, prepare, set_quota};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use staffetta_domain::{FlowId, FlowState, NotificationId, NotificationState, Quota, Reason, Tally};
use staffetta_engine::{Engine, EngineOptions, Stop};
use staffetta_io::simulator::{Simulator, SimulatorOptions};
use staffetta_io::{Clock, IoClient, ManualClock, UrlPolicy};
use staffetta_store::forecasts::Forecast;
use staffetta_store::ledger::{ActiveSeen, Switched, Waiting};
use staffetta_store::notifications::NotificationRow;
use staffetta_store::{Store, StoreOptions};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// Calls in flight.
const IN_FLIGHT: usize = 8;
/// Turns of the runtime without progress after which a run is stuck.
const TURNS_MAX: u32 = 200_000;
/// Turns after which a run with nothing left to call crashes all the same.
const IDLE_TURNS: u32 = 20_000;
/// Turns of the runtime between two moments at which a person may do something.
const TURNS_OF_A_PERSON: u32 = 200;
/// So few calls that hours pass before all who wait have had a place.
const SCARCE: Quota = Quota { calls: Some(20), window_ms: 3_600_000 };
/// Moments at which a person may do something before a run goes on to its end undisturbed.
const MOMENTS: u32 = 100;

/// What a person pauses.
#[derive(Clone, Copy, Debug)]
pub enum Paused {
    Flows,
    Service,
}

pub struct World {
    seed: u64,
    folder: tempfile::TempDir,
    clock: ManualClock,
    simulator: Arc<Simulator>,
    prepared: Prepared,
    people: usize,
    singles: Vec<NotificationId>,
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

impl World {
    pub fn new(seed: u64, faults: &str, quota: Quota) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = ManualClock::automatic(NOW);
        let options = SimulatorOptions {
            seed,
            quota,
            latency_ms: 20,
            faults: faults.parse().expect("faults"),
            ..SimulatorOptions::default()
        };
        let simulator = Arc::new(Simulator::open(options, Arc::new(clock.clone())).expect("a simulator"));
        simulator.register_service("Servizio", KEY);
        let prepared = runtime()
            .block_on(async { prepare(&open(&folder).await, "http://127.0.0.1:1/api/v1", quota).await });
        Self { seed, folder, clock, simulator, prepared, people: 0, singles: Vec::new() }
    }

    /// A flow to persons that no other flow has, already sent.
    pub fn add_flow(&mut self, recipients: usize) -> FlowId {
        let range = self.people..self.people + recipients;
        self.people += recipients;
        runtime().block_on(async { self.prepared.send_flow(&open(&self.folder).await, range).await })
    }

    /// The same, only ready to be sent.
    pub fn add_ready_flow(&mut self, recipients: usize) -> FlowId {
        let range = self.people..self.people + recipients;
        self.people += recipients;
        runtime().block_on(async { self.prepared.ready_flow(&open(&self.folder).await, range).await })
    }

    /// A person starts a flow.
    pub fn start(&self, flow: FlowId) {
        runtime().block_on(async {
            let store = open(&self.folder).await;
            let started =
                store.start_flow(&self.prepared.scope, flow, ActiveSeen::at(NOW), self.clock.now()).await;
            assert_eq!(started.expect("the ledger"), Switched::Done);
        });
    }

    /// A person asks for a forecast of a flow.
    pub fn ask_forecast(&self, flow: FlowId) {
        runtime().block_on(async {
            let store = open(&self.folder).await;
            let asked = store.ask_forecast(&self.prepared.scope, flow, self.clock.now()).await;
            assert_eq!(asked.expect("the ledger"), Switched::Done);
        });
    }

    /// Works until the forecast of a flow is over.
    pub fn foretell(&self, flow: FlowId) -> Forecast {
        let mut found = None;
        self.run(&[], async |store| {
            for _ in 0..TURNS_MAX {
                let forecast = store.forecast(&self.prepared.scope, flow).await.expect("the ledger");
                if forecast.as_ref().is_some_and(|forecast| forecast.ended_at.is_some()) {
                    found = forecast;
                    return;
                }
                self.clock.sleep(200).await;
            }
        });
        found.expect("a forecast that ends")
    }

    /// Calls of one kind that the simulator got.
    pub fn calls_of(&self, kind: &str) -> u64 {
        self.simulator.stats(false)["accounts"][0]["calls"][kind].as_u64().unwrap_or(0)
    }

    /// The tally of a flow.
    pub fn tally(&self, flow: FlowId) -> Tally {
        runtime().block_on(async {
            let store = open(&self.folder).await;
            let found = store.find_flow(&self.prepared.scope, flow).await.expect("the ledger");
            found.expect("the flow").summary.tally
        })
    }

    /// Time passes, and nobody works.
    pub fn rest(&self, ms: i64) {
        self.clock.advance(ms);
    }

    /// Single notifications to persons that nothing else has.
    pub fn add_singles(&mut self, recipients: usize) {
        let range = self.people..self.people + recipients;
        self.people += recipients;
        let added =
            runtime().block_on(async { self.prepared.send_singles(&open(&self.folder).await, range).await });
        self.singles.extend(added);
    }

    /// Tests of a flow's message, to persons that nothing else has.
    pub fn add_tests(&mut self, flow: FlowId, recipients: usize) {
        let range = self.people..self.people + recipients;
        self.people += recipients;
        let added = runtime()
            .block_on(async { self.prepared.send_tests(&open(&self.folder).await, flow, range).await });
        self.singles.extend(added);
    }

    /// Works until every single notification has its outcome, and gives them.
    pub fn settle_singles(&self) -> Vec<NotificationRow> {
        let mut settled = Vec::new();
        self.run(&[], async |store| {
            for single in &self.singles {
                for turn in 0.. {
                    assert!(turn < TURNS_MAX, "seed {}: {single} is stuck", self.seed);
                    let found = store.find_notification(&self.prepared.scope, *single).await;
                    let row = found.expect("the ledger").expect("the single").row;
                    if row.state as i16 > NotificationState::Accepted as i16 {
                        settled.push(row);
                        break;
                    }
                    self.clock.sleep(200).await;
                }
            }
        });
        settled
    }

    fn engine(&self, store: &Arc<Store>) -> Engine {
        let url_policy = UrlPolicy { allow_loopback: true, only_loopback: false, allow_private: true };
        Engine {
            store: Arc::clone(store),
            io: Arc::new(IoClient::in_process(Arc::clone(&self.simulator))),
            clock: Arc::new(self.clock.clone()),
            options: EngineOptions {
                in_flight: IN_FLIGHT,
                check_profiles: true,
                url_policy,
                seed: self.seed,
                node_id: "nodo".to_owned(),
                node_name: "prova".to_owned(),
                alone: true,
                asks_after_silence: true,
            },
        }
    }

    fn calls(&self) -> u64 {
        self.simulator.stats(false)["accounts"][0]["calls"]
            .as_object()
            .map_or(0, |calls| calls.values().filter_map(Value::as_u64).sum())
    }

    /// Works until the simulator got `calls` more calls, then dies without a word: every task is dropped
    /// where it stands, and the ledger is left as the operating system has it. Meanwhile people pause and
    /// resume.
    pub fn run_until_crash(&self, calls: u64, flows: &[FlowId], chance: &mut ChaCha8Rng) {
        let until = self.calls() + calls;
        let runtime = runtime();
        runtime.block_on(async {
            let store = Arc::new(open(&self.folder).await);
            let running = tokio::spawn(self.engine(&store).run(Stop::default()));
            let mut turns = 0;
            while self.calls() < until && turns < IDLE_TURNS && !running.is_finished() {
                tokio::task::yield_now().await;
                turns += 1;
                if turns % TURNS_OF_A_PERSON == 0 {
                    self.meddle(&store, flows, chance).await;
                }
            }
            assert!(!running.is_finished(), "seed {}: the engine ended by itself", self.seed);
        });
        runtime.shutdown_background();
    }

    /// Now and then a person pauses or resumes a flow or the service.
    async fn meddle(&self, store: &Store, flows: &[FlowId], chance: &mut ChaCha8Rng) {
        if !chance.random_bool(0.2) {
            return;
        }
        let scope = &self.prepared.scope;
        let flow = flows[chance.random_range(0..flows.len())];
        match chance.random_range(0..8) {
            0..3 => drop(store.pause_flow(scope, flow, NOW).await.expect("the ledger")),
            3 => {
                let reason = Reason::KeyRefused;
                store
                    .pause_service(self.prepared.service, None, reason, None, NOW)
                    .await
                    .expect("the ledger");
            }
            _ => self.resume_all(store, flows).await,
        }
    }

    async fn resume_all(&self, store: &Store, flows: &[FlowId]) {
        let Prepared { scope, service } = &self.prepared;
        store.resume_service(scope, *service, NOW).await.expect("the ledger");
        for flow in flows {
            store.resume_flow(scope, *flow, NOW).await.expect("the ledger");
        }
    }

    /// Works to the end; once, while nearly all wait for a place in the budget, it is paused for a moment.
    pub fn run_paused_once(&self, flows: &[FlowId], paused: Paused) {
        let Prepared { scope, service } = &self.prepared;
        self.run(flows, async |store| {
            set_quota(store, scope, SCARCE).await;
            while self.calls() == 0 {
                self.clock.sleep(200).await;
            }
            match paused {
                Paused::Flows => {
                    for flow in flows {
                        store.pause_flow(scope, *flow, NOW).await.expect("the ledger");
                    }
                }
                Paused::Service => {
                    store
                        .pause_service(*service, None, Reason::KeyRefused, None, NOW)
                        .await
                        .expect("the ledger");
                }
            }
            self.clock.sleep(10_000).await;
            self.resume_all(store, flows).await;
            self.clock.sleep(10_000).await;
            set_quota(store, scope, Quota::NONE).await;
        });
    }

    /// A copy of the database as it is now.
    pub fn copy(&self) {
        runtime().block_on(async { open(&self.folder).await.close().await });
        let folder = self.folder.path();
        std::fs::copy(folder.join("ledger.db"), folder.join("copy.db")).expect("a copy");
    }

    /// Puts the copy back.
    pub fn put_back(&self) {
        runtime().block_on(async { open(&self.folder).await.close().await });
        let folder = self.folder.path();
        std::fs::copy(folder.join("copy.db"), folder.join("ledger.db")).expect("the copy");
    }

    /// Works for a minute, then stops in order.
    pub fn run_a_minute(&self) {
        runtime().block_on(async {
            let store = Arc::new(open(&self.folder).await);
            let stop = Stop::default();
            let running = tokio::spawn(self.engine(&store).run(stop.clone()));
            for _ in 0..300 {
                self.clock.sleep(200).await;
                // The ledger takes real time, which this clock does not see.
                store.organizations().await.expect("the ledger");
            }
            stop.ask();
            running.await.expect("the engine's task").expect("an engine that ends well");
        });
    }

    /// Messages that the simulator took so far.
    pub fn took(&self) -> u64 {
        let stats = self.simulator.stats(true);
        let citizens = stats["citizens"].as_object().expect("citizens");
        citizens.values().filter_map(Value::as_u64).sum()
    }

    /// A person looked at what was sent after the copy was made.
    pub fn release(&self) {
        runtime().block_on(async {
            let store = open(&self.folder).await;
            let scope = &self.prepared.scope;
            let ente = store.organization(scope.organization).await.expect("the ledger").expect("an ente");
            let held = ente.held.expect("a hold").since;
            let released = store.release_organization(scope, Waiting::GoesOn, held, NOW).await;
            assert!(released.expect("the ledger").is_some(), "nothing was held");
        });
    }

    /// Works until the flows are over, every status is known or given up, and the engine stopped in order.
    /// In the first moments people still pause and resume.
    pub fn run_to_the_end(&self, flows: &[FlowId], chance: &mut ChaCha8Rng) {
        self.run(flows, async |store| {
            for _ in 0..MOMENTS {
                self.meddle(store, flows, chance).await;
                self.clock.sleep(200).await;
            }
        });
    }

    fn run(&self, flows: &[FlowId], meanwhile: impl AsyncFnOnce(&Store)) {
        let scope = self.prepared.scope.clone();
        runtime().block_on(async {
            let store = Arc::new(open(&self.folder).await);
            let stop = Stop::default();
            let running = tokio::spawn(self.engine(&store).run(stop.clone()));
            meanwhile(&store).await;
            self.resume_all(&store, flows).await;
            for flow in flows {
                let mut turns = 0;
                loop {
                    let found = store.find_flow(&scope, *flow).await.expect("the ledger").expect("the flow");
                    let over = found.summary.state != FlowState::Sending
                        && found.summary.tally.count(NotificationState::Accepted) == 0;
                    if over {
                        break;
                    }
                    turns += 1;
                    assert!(turns < TURNS_MAX, "seed {}: stuck at {:?}", self.seed, found.summary);
                    self.clock.sleep(200).await;
                }
            }
            stop.ask();
            running.await.expect("the engine's task").expect("an engine that ends well");
        });
    }

    /// Invariants that hold at every instant: each notification in one state, tallies that say so, nobody
    /// with two messages, no message that the ledger knows nothing of, and few doubts.
    pub fn check(&self, flows: &[FlowId], when: &str) {
        let received = self.received();
        let scope = &self.prepared.scope;
        runtime().block_on(async {
            let store = open(&self.folder).await;
            let mut open = 0;
            for single in &self.singles {
                let found = store.find_notification(scope, *single).await.expect("the ledger");
                open += i64::from(found.expect("the single").row.state == NotificationState::InFlight);
            }
            for flow in flows {
                let detail = store.find_flow(scope, *flow).await.expect("the ledger").expect("the flow");
                let states = self.states(&store, *flow).await;
                let told: Vec<i64> = detail.summary.tally.iter().map(|(_, count)| count).collect();
                let mut counted = vec![0; told.len()];
                for (code, state) in &states {
                    counted[*state as usize] += 1;
                    let messages = received.get(code.as_str()).copied().unwrap_or(0);
                    let possible = match state {
                        NotificationState::Queued
                        | NotificationState::Unreachable
                        | NotificationState::Cancelled => messages == 0,
                        NotificationState::Accepted
                        | NotificationState::Delivered
                        | NotificationState::Rejected => messages == 1,
                        NotificationState::InFlight
                        | NotificationState::Uncertain
                        | NotificationState::Failed => messages <= 1,
                    };
                    assert!(possible, "seed {} {when}: {state:?} with {messages} messages", self.seed);
                }
                assert_eq!(told, counted, "seed {} {when}: tallies", self.seed);
                assert_eq!(detail.summary.recipients, detail.summary.tally.total());
                open += detail.summary.tally.count(NotificationState::InFlight);
            }
            let most = 2 * i64::try_from(IN_FLIGHT).unwrap();
            assert!(open <= most, "seed {} {when}: {open} open claims", self.seed);
        });
    }

    /// At the end nothing is open, and doubts came from lost answers only.
    pub fn check_the_end(&self, flows: &[FlowId]) {
        runtime().block_on(async {
            let store = open(&self.folder).await;
            for flow in flows {
                let detail = store
                    .find_flow(&self.prepared.scope, *flow)
                    .await
                    .expect("the ledger")
                    .expect("the flow");
                let tally = detail.summary.tally;
                assert_eq!(tally.open(), 0);
                let state = if tally.negative() > 0 { FlowState::Incomplete } else { FlowState::Sent };
                assert_eq!(detail.summary.state, state, "seed {}: {tally:?}", self.seed);
            }
        });
    }

    /// Messages by citizen, as the simulator has them.
    pub fn received(&self) -> HashMap<String, u64> {
        let stats = self.simulator.stats(true);
        assert_eq!(stats["twice"], 0, "seed {}: a message twice", self.seed);
        let citizens = stats["citizens"].as_object().expect("citizens");
        citizens.iter().map(|(code, count)| (code.clone(), count.as_u64().expect("a count"))).collect()
    }

    async fn states(&self, store: &Store, flow: FlowId) -> Vec<(String, NotificationState)> {
        let mut rows = Vec::new();
        let mut after = None;
        loop {
            let page = store.flow_rows(&self.prepared.scope, flow, after, 500).await.expect("the ledger");
            let Some(last) = page.rows.last() else { return rows };
            after = Some(last.id);
            rows.extend(page.rows.iter().map(|row| (row.fiscal_code.as_str().to_owned(), row.state)));
        }
    }
}

async fn open(folder: &tempfile::TempDir) -> Store {
    let url = format!("sqlite:{}", folder.path().join("ledger.db").display());
    let options = StoreOptions { url, key_file: folder.path().join("key") };
    Store::open(&options).await.expect("a ledger")
}

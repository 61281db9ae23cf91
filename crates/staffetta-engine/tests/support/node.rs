//! A node in a runtime of its own, on the one thread that drives all of them: what is not driven stands still, and
//! what is dropped was killed.

use super::jumping_clock::JumpingClock;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use staffetta_engine::{Engine, EngineError, EngineOptions, Stop};
use staffetta_io::simulator::Simulator;
use staffetta_io::{IoClient, UrlPolicy};
use staffetta_store::testing::faults::{Moment, fail_where};
use staffetta_store::{Store, StoreOptions};
use std::sync::Arc;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

/// Calls in flight of a node.
pub const IN_FLIGHT: usize = 8;

/// How often a node's ledger fails.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cut {
    pub begin: f64,
    pub commit: f64,
    pub committed: f64,
}

/// What a node is made of.
pub struct Parts {
    pub options: StoreOptions,
    pub clock: JumpingClock,
    pub simulator: Arc<Simulator>,
    pub alone: bool,
    pub seed: u64,
    pub id: String,
}

pub struct Node {
    pub cut: Cut,
    pub stop: Stop,
    runtime: Option<Runtime>,
    running: JoinHandle<Result<(), EngineError>>,
}

pub fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Lets every ready task of this runtime go so many times.
pub async fn turns(count: u32) {
    for _ in 0..count {
        tokio::task::yield_now().await;
    }
}

impl Node {
    pub fn start(parts: Parts) -> Self {
        let (runtime, stop) = (runtime(), Stop::default());
        let running = runtime.spawn(run(parts, stop.clone()));
        Self { cut: Cut::default(), stop, runtime: Some(runtime), running }
    }

    /// Works for a while, the ledger failing by chance.
    pub fn drive(&self, count: u32, chance: &mut ChaCha8Rng) {
        let Some(runtime) = &self.runtime else { return };
        let (cut, mut chance) = (self.cut, ChaCha8Rng::seed_from_u64(chance.next_u64()));
        fail_where(Some(Box::new(move |moment| {
            chance.random_bool(match moment {
                Moment::Begin => cut.begin,
                Moment::Commit => cut.commit,
                Moment::Committed => cut.committed,
            })
        })));
        runtime.block_on(turns(count));
        fail_where(None);
    }

    pub fn is_over(&self) -> bool {
        self.running.is_finished()
    }

    /// How it ended.
    pub fn result(mut self) -> Result<(), EngineError> {
        let runtime = self.runtime.take().expect("a runtime");
        runtime.block_on(&mut self.running).expect("no panic in a node")
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// As a process that its supervisor starts again where it cannot begin.
async fn run(parts: Parts, stop: Stop) -> Result<(), EngineError> {
    let store = Arc::new(Store::open(&parts.options).await?);
    let url_policy = UrlPolicy { allow_loopback: true, only_loopback: false, allow_private: true };
    let engine = Engine {
        store,
        io: Arc::new(IoClient::in_process(parts.simulator)),
        clock: Arc::new(parts.clock),
        options: EngineOptions {
            in_flight: IN_FLIGHT,
            check_profiles: true,
            url_policy,
            seed: parts.seed,
            node_name: "prova".to_owned(),
            node_id: parts.id,
            alone: parts.alone,
            asks_after_silence: true,
        },
    };
    engine.run(stop).await
}

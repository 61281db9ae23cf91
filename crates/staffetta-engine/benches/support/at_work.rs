//! An ente with a flow ready to be sent, and the engine at work on it.

use super::prepared::{Prepared, prepare};
use staffetta_domain::{FlowId, FlowState, Quota};
use staffetta_engine::{Engine, EngineError, EngineOptions, Stop};
use staffetta_io::{ClientOptions, Clock, IoClient, SystemClock, UrlPolicy};
use staffetta_store::{Store, StoreOptions};
use std::path::Path;
use std::sync::Arc;
use tokio::task::JoinHandle;

/// Calls in flight, of every sender that is compared.
pub const IN_FLIGHT: usize = 128;
/// How often the ledger is asked whether all is sent, in milliseconds.
const LOOK_MS: i64 = 10;

/// A ledger on SQLite in `folder`.
pub fn sqlite_in(folder: &Path) -> StoreOptions {
    let url = format!("sqlite:{}", folder.join("bench.db").display());
    StoreOptions { url, key_file: folder.join("key") }
}

/// A folder for a ledger, in the target folder's file system: a temporary one may be memory, which syncs nothing.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder")
}

/// A ledger whose flow was started, with nobody at work yet.
pub struct Ready {
    pub store: Arc<Store>,
    pub prepared: Prepared,
    pub flow: FlowId,
}

impl Ready {
    /// An ente that sends to a receiver on this port of loopback.
    pub async fn on(options: &StoreOptions, port: u16, quota: Quota, recipients: usize) -> Self {
        let store = Arc::new(Store::open(options).await.expect("a store"));
        let base_url = format!("http://127.0.0.1:{port}/api/v1");
        let prepared = prepare(&store, &base_url, quota).await;
        let flow = prepared.send_flow(&store, 0..recipients).await;
        Self { store, prepared, flow }
    }

    /// Sets the engine to work.
    pub fn start(&self, check_profiles: bool) -> Running {
        let url_policy = UrlPolicy { allow_loopback: true, only_loopback: false, allow_private: true };
        let client = ClientOptions { url_policy, pool_size: IN_FLIGHT, ..ClientOptions::default() };
        let engine = Engine {
            store: Arc::clone(&self.store),
            io: Arc::new(IoClient::new(&client).expect("a client")),
            clock: Arc::new(SystemClock),
            options: EngineOptions {
                in_flight: IN_FLIGHT,
                check_profiles,
                url_policy,
                seed: 1,
                node_id: "nodo".to_owned(),
                node_name: "prova".to_owned(),
                alone: true,
                asks_after_silence: false,
            },
        };
        let stop = Stop::default();
        Running { task: tokio::spawn(engine.run(stop.clone())), stop }
    }

    /// Waits until every recipient's message was taken.
    pub async fn all_sent(&self) {
        loop {
            SystemClock.sleep(LOOK_MS).await;
            let found = self.store.find_flow(&self.prepared.scope, self.flow).await;
            let found = found.expect("the ledger").expect("the flow");
            if found.summary.state != FlowState::Sending {
                assert_eq!(found.summary.state, FlowState::Sent, "{:?}", found.summary.tally);
                return;
            }
        }
    }
}

/// The engine at work.
pub struct Running {
    stop: Stop,
    task: JoinHandle<Result<(), EngineError>>,
}

impl Running {
    /// Stops it, and waits until every answer in hand is written.
    pub async fn end(self) {
        self.stop.ask();
        self.task.await.expect("the engine's end").expect("an engine that ends well");
    }
}

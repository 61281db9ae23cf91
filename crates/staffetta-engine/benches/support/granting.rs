//! The receiver with IO's quota, in this process: what it counted is looked at while it serves.

use staffetta_domain::Quota;
use staffetta_io::simulator::{Simulator, SimulatorOptions, http};
use staffetta_io::{Clock, Faults, SystemClock};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A receiver with a quota of 150 calls in 5 s.
pub struct Granting {
    pub port: u16,
    simulator: Arc<Simulator>,
    serving: JoinHandle<()>,
}

/// What it counted since it began, of all who call.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counted {
    pub calls: u64,
    /// Of these, the ones answered 429.
    pub refused: u64,
}

impl Counted {
    pub fn since(self, before: Self) -> Self {
        Self { calls: self.calls - before.calls, refused: self.refused - before.refused }
    }

    pub fn passed(self) -> u64 {
        self.calls - self.refused
    }
}

impl Granting {
    /// Every citizen can be reached; each answer takes `trip_ms`.
    pub async fn start(trip_ms: i64) -> Self {
        let options = SimulatorOptions {
            reach: 1.0,
            latency_ms: trip_ms,
            quota: Quota::IO_DEFAULT,
            keep_bodies: false,
            faults: Faults::none(),
            ..SimulatorOptions::default()
        };
        let simulator = Arc::new(Simulator::open(options, Arc::new(SystemClock)).expect("a simulator"));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("its own address").port();
        let serving = tokio::spawn(http::serve(listener, Arc::clone(&simulator)));
        Self { port, simulator, serving }
    }

    pub fn counted(&self) -> Counted {
        let stats = self.simulator.stats(false);
        let account = &stats["accounts"][0];
        let number = |value: &serde_json::Value| value.as_u64().unwrap_or_default();
        let calls = &account["calls"];
        Counted {
            calls: ["profiles", "messages", "status"].iter().map(|name| number(&calls[*name])).sum(),
            refused: number(&account["rate_limited"]),
        }
    }

    /// Returns when somebody called.
    pub async fn first_call(&self) {
        while self.counted().calls == 0 {
            SystemClock.sleep(1).await;
        }
    }
}

impl Drop for Granting {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

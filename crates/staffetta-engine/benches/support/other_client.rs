//! Other software of the same ente: it spends half of the quota on the mean, and says nothing.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use staffetta_io::{Clock, SystemClock};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::task::JoinHandle;

/// Half of what IO grants in a window.
const HALF: i64 = 75;
const WINDOW_MS: i64 = 5_000;
/// Between those that come together: a moment less than a window, and they would be in their own way.
const TOGETHER_MS: i64 = WINDOW_MS + 250;

/// How it calls.
#[derive(Clone, Copy, Debug)]
pub enum Manner {
    /// One call after the other, at equal distances.
    Evenly,
    /// Whenever somebody presses a button.
    ByChance,
    /// Many together, as a job that runs now and then.
    AtOnce,
}

impl Manner {
    /// Until the next calls, in milliseconds, and how many they are.
    fn next(self, chance: &mut ChaCha8Rng) -> (i64, i64) {
        match self {
            Self::Evenly => (WINDOW_MS / HALF, 1),
            Self::ByChance => {
                let mut wait_ms = 1;
                while !chance.random_bool(0.015) {
                    wait_ms += 1;
                }
                (wait_ms, 1)
            }
            Self::AtOnce => (TOGETHER_MS, HALF),
        }
    }
}

/// The other software, at work until dropped.
pub struct OtherClient {
    calls: Arc<AtomicU64>,
    refused: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

impl OtherClient {
    pub fn start(port: u16, manner: Manner, seed: u64) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (calls, refused) = (Arc::<AtomicU64>::default(), Arc::<AtomicU64>::default());
        let task = tokio::spawn(call(port, manner, seed, Arc::clone(&calls), Arc::clone(&refused)));
        Self { calls, refused, task }
    }

    /// Calls so far, and those of them that were answered 429.
    pub fn counted(&self) -> (u64, u64) {
        (self.calls.load(Ordering::Relaxed), self.refused.load(Ordering::Relaxed))
    }
}

impl Drop for OtherClient {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Calls by the clock and not after the answers: it does not pace itself by anybody.
async fn call(port: u16, manner: Manner, seed: u64, calls: Arc<AtomicU64>, refused: Arc<AtomicU64>) {
    let client = reqwest::Client::builder().retry(reqwest::retry::never()).build().expect("a client");
    let url = format!("http://127.0.0.1:{port}/api/v1/profiles");
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let mut at_ms = SystemClock.monotonic_ms();
    loop {
        let (wait_ms, together) = manner.next(&mut chance);
        at_ms += wait_ms;
        SystemClock.sleep_until(at_ms).await;
        for _ in 0..together {
            calls.fetch_add(1, Ordering::Relaxed);
            let request = client.post(&url).header("Ocp-Apim-Subscription-Key", "k");
            let request = request.body("{\"fiscal_code\":\"AAAAAA80A01H501A\"}");
            let refused = Arc::clone(&refused);
            tokio::spawn(async move {
                // At the end of the measurement the receiver goes first.
                let Ok(answer) = request.send().await else { return };
                refused.fetch_add(u64::from(answer.status() == 429), Ordering::Relaxed);
            });
        }
    }
}

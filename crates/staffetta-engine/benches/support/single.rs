//! Single notifications while a large flow is being sent within the quota: from the moment at which the page records
//! one until IO took it, by the ledger's own stamps.

use super::at_work::{Ready, folder, sqlite_in};
use super::granting::Granting;
use super::prepared::{fiscal_code, new_single};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use staffetta_domain::{NotificationId, Quota};
use staffetta_io::{Clock, SystemClock};
use staffetta_store::notifications::SingleAdded;

const RECIPIENTS: usize = 100_000;
/// Milliseconds between two single notifications, by chance: they must not come in step with anything.
const PAUSE_MS: std::ops::Range<i64> = 300..1_300;
/// How long the last ones are waited for, in milliseconds.
const LAST_MS: i64 = 5_000;
/// The flow is well under way.
const WARM_UP_MS: i64 = 10_000;

/// Milliseconds from record to 201 of each single notification of a run.
pub async fn measure(trip_ms: i64, seconds: i64, seed: u64) -> Vec<i64> {
    let (io, folder) = (Granting::start(trip_ms).await, folder());
    let ready = Ready::on(&sqlite_in(folder.path()), io.port, Quota::IO_DEFAULT, RECIPIENTS).await;
    let running = ready.start(true);
    io.first_call().await;
    SystemClock.sleep(WARM_UP_MS).await;
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let end = SystemClock.monotonic_ms() + seconds * 1_000;
    let mut added = Vec::new();
    while SystemClock.monotonic_ms() < end {
        let person = fiscal_code(RECIPIENTS + added.len());
        let new = new_single(ready.prepared.service, person);
        let now = SystemClock.now();
        let single = ready.store.add_single(&ready.prepared.scope, &new, now).await.expect("the ledger");
        let SingleAdded::New(id) = single else { panic!("{single:?}") };
        added.push((id, now));
        SystemClock.sleep(chance.random_range(PAUSE_MS)).await;
    }
    SystemClock.sleep(LAST_MS).await;
    let mut times = Vec::new();
    for (id, asked_at) in added {
        times.push(accepted_at(&ready, id).await - asked_at.0);
    }
    running.end().await;
    times
}

async fn accepted_at(ready: &Ready, id: NotificationId) -> i64 {
    let found = ready.store.find_notification(&ready.prepared.scope, id).await;
    let found = found.expect("the ledger").expect("the notification");
    found.accepted_at.unwrap_or_else(|| panic!("{id:?} was not taken")).0
}

/// Their median and 99th percentile.
pub fn told(times_ms: &[i64]) -> String {
    let mut sorted = times_ms.to_vec();
    sorted.sort_unstable();
    let at = |percent: usize| sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)];
    format!("{} single notifications, to 201: p50 {} ms, p99 {} ms", sorted.len(), at(50), at(99))
}

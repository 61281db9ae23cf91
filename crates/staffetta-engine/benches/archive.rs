//! Sending, and looking for a person, when the archive holds 10,000,000 notifications ÷ when it holds 100,000. Run with
//! `cargo bench -p staffetta-engine --bench archive [-- NOTIFICATIONS]`.
//!
//! SQLite, in the temporary folder's file system: some 6 GB for ten millions. Both archives are filled first, then they
//! take turns; each run sends another flow, to a receiver without quota in a process of its own.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    unreachable_pub,
    missing_docs,
    dead_code,
    reason = "a measurement that cannot go on stops"
)]

mod support;

use staffetta_domain::Quota;
use staffetta_store::Store;
use staffetta_store::notifications::NotificationSearch;
use staffetta_store::testing::archive::{Archive, archive};
use staffetta_store::testing::{TestLedger, person};
use std::sync::Arc;
use support::at_work::Ready;
use support::measure::{Figures, Lap, Watch, median};
use support::prepared::prepare;
use support::process::receiver;

const RUNS: usize = 5;
const SMALL: i64 = 100_000;
const LARGE: i64 = 10_000_000;
/// Flows without recipients that stand in the archive, too.
const FLOWS: i64 = 1_000;
/// Recipients of each run.
const RECIPIENTS: usize = 30_000;
const SEARCHES: i64 = 400;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["receiver"] => support::receiver::run(),
        [] => compare(LARGE),
        [rows] => compare(rows.parse().expect("a number of notifications")),
        _ => panic!("usage: archive [NOTIFICATIONS]"),
    }
}

fn compare(large: i64) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let (_receiver, port) = receiver();
        let mut filled = Vec::new();
        for rows in [SMALL, large] {
            let watch = Lap::start();
            filled.push(Filled::with(rows, port).await);
            println!("{rows} notifications are there after {:.0} s", watch.seconds());
        }
        for run in 1..=RUNS {
            for ledger in &mut filled {
                ledger.measure(run).await;
            }
        }
        println!("\nmedians of {RUNS}, {RECIPIENTS} recipients");
        let rates: Vec<f64> = filled.iter().map(Filled::told).collect();
        println!("sending with {large} ÷ with {SMALL}: {:.2}", rates[1] / rates[0]);
        for ledger in filled {
            ledger.ledger.remove().await;
        }
    });
}

/// An archive with its figures.
struct Filled {
    ledger: TestLedger,
    archive: Archive,
    ready: Ready,
    sent: Vec<Figures>,
    /// Of the searches of each run, the 99th percentile.
    searched_ms: Vec<f64>,
}

impl Filled {
    async fn with(rows: i64, port: u16) -> Self {
        let ledger = TestLedger::sqlite().await;
        let archive = archive(&ledger, rows, FLOWS).await;
        // What still waits in the archive's own flows is none of this measurement's.
        ledger.raw("update flow set paused = 1 where state = 2").await;
        let store = Arc::new(Store::open(ledger.options()).await.expect("the ledger, opened again"));
        let prepared = prepare(&store, &format!("http://127.0.0.1:{port}/api/v1"), Quota::NONE).await;
        let flow = archive.draft.0;
        Self {
            ledger,
            archive,
            ready: Ready { store, prepared, flow },
            sent: Vec::new(),
            searched_ms: Vec::new(),
        }
    }

    async fn measure(&mut self, run: usize) {
        let ready = &mut self.ready;
        ready.flow = ready.prepared.send_flow(&ready.store, 0..RECIPIENTS).await;
        let watch = Watch::start();
        let running = ready.start(false);
        ready.all_sent().await;
        let sent = watch.stop(RECIPIENTS);
        running.end().await;
        let searched_ms = self.search().await;
        println!("run {run}: {:8} notifications: {sent}, search p99 {searched_ms:.2} ms", self.archive.rows);
        self.sent.push(sent);
        self.searched_ms.push(searched_ms);
    }

    /// Persons of the archive, one after the other; gives the 99th percentile.
    async fn search(&self) -> f64 {
        let mut times = Vec::new();
        for number in 0..SEARCHES {
            let who = person(number * 7_919 % self.archive.rows);
            let search = NotificationSearch { fiscal_code: Some(who), ..NotificationSearch::default() };
            let lap = Lap::start();
            let page = self.ledger.search_notifications(&self.archive.scope, &search, None, 50).await;
            times.push(lap.seconds() * 1_000.0);
            assert!(!page.expect("the ledger").rows.is_empty(), "nobody is found");
        }
        times.sort_by(f64::total_cmp);
        times[times.len() * 99 / 100]
    }

    /// Prints its medians; gives messages a second.
    fn told(&self) -> f64 {
        let sent = median(&self.sent).expect("figures");
        let mut searched = self.searched_ms.clone();
        searched.sort_by(f64::total_cmp);
        println!("{:8} notifications: {sent}, search p99 {:.2} ms", self.archive.rows, searched[RUNS / 2]);
        sent.per_second()
    }
}

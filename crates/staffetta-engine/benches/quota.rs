//! What the engine makes of IO's quota of 150 calls in 5 s, in real time: how much of it is used and how many calls
//! are wasted, alone and beside other software of the same ente that says nothing; and how soon a single notification
//! leaves while 100,000 are being sent. Run with `cargo bench -p staffetta-engine --bench quota [-- RUNS SECONDS]`.
//!
//! The subjects of a run go on beside each other, each with a ledger and a receiver of its own: thirty calls a second
//! are no burden. Medians of the runs are printed, and of single notifications the 99th percentile of all.
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
use staffetta_io::{Clock, SystemClock};
use support::at_work::{Ready, folder, sqlite_in};
use support::granting::{Counted, Granting};
use support::other_client::{Manner, OtherClient};
use support::single;

const RUNS: usize = 5;
const SECONDS: i64 = 60;
const WINDOW_MS: i64 = 5_000;
/// Calls that IO grants in a second.
const GRANTED: f64 = 30.0;
/// More than can be sent meanwhile.
const RECIPIENTS: usize = 20_000;
/// Milliseconds until an answer, of a good line and of a bad one.
const TRIPS_MS: [i64; 2] = [50, 300];
const MANNERS: [Manner; 3] = [Manner::Evenly, Manner::ByChance, Manner::AtOnce];

fn main() {
    let numbers: Vec<i64> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let runs = numbers.first().map_or(RUNS, |runs| usize::try_from(*runs).expect("a number of runs"));
    let seconds = numbers.get(1).copied().unwrap_or(SECONDS);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let (mut parts, mut singles) = (Vec::new(), Vec::new());
        for run in 1..=runs {
            let (of_run, of_singles) = one_run(run, seconds).await;
            of_run.iter().for_each(|part| println!("run {run}: {part}"));
            println!("run {run}: {}", single::told(&of_singles));
            parts.push(of_run);
            singles.extend(of_singles);
        }
        println!("\nmedians of {runs}, {seconds} s each");
        for subject in 0..parts[0].len() {
            let mut of_subject: Vec<&Part> = parts.iter().map(|run| &run[subject]).collect();
            of_subject.sort_by(|a, b| a.used.total_cmp(&b.used));
            let wasted: Vec<u64> = of_subject.iter().map(|part| part.own.refused).collect();
            println!("{}; 429s of each run {wasted:?}", of_subject[runs / 2]);
        }
        println!("all runs: {}", single::told(&singles));
    });
}

async fn one_run(run: usize, seconds: i64) -> (Vec<Part>, Vec<i64>) {
    let seed = u64::try_from(run).expect("a small number");
    let alone = TRIPS_MS.map(|trip_ms| tokio::spawn(measure(trip_ms, None, seconds, seed)));
    let beside = MANNERS.map(|manner| tokio::spawn(measure(TRIPS_MS[0], Some(manner), seconds, seed)));
    let singles = tokio::spawn(single::measure(TRIPS_MS[0], seconds, seed));
    let mut parts = Vec::new();
    for part in alone.into_iter().chain(beside) {
        parts.push(part.await.expect("a measurement"));
    }
    (parts, singles.await.expect("a measurement"))
}

/// What was made of the quota.
struct Part {
    subject: String,
    /// Own calls that passed ÷ what the others left, after the first window.
    used: f64,
    /// Own calls, from the first one on.
    own: Counted,
    /// The others' calls that did not pass, of all of theirs.
    harmed: (u64, u64),
}

impl std::fmt::Display for Part {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { subject, used, own, harmed: (harmed, others) } = self;
        let wasted = 100.0 * own.refused as f64 / own.calls as f64;
        write!(out, "{subject:28} used {:5.1} %, {} of {} calls 429", 100.0 * used, own.refused, own.calls)?;
        write!(out, " ({wasted:.2} %); of the others' {others}: {harmed}")
    }
}

async fn measure(trip_ms: i64, manner: Option<Manner>, seconds: i64, seed: u64) -> Part {
    let (io, folder) = (Granting::start(trip_ms).await, folder());
    let ready = Ready::on(&sqlite_in(folder.path()), io.port, Quota::IO_DEFAULT, RECIPIENTS).await;
    let others = manner.map(|manner| OtherClient::start(io.port, manner, seed));
    // The others' calls, and what is left of all that were counted.
    let counted = || {
        let (calls, refused) = others.as_ref().map_or((0, 0), OtherClient::counted);
        let others = Counted { calls, refused };
        (others, io.counted().since(others))
    };
    if others.is_some() {
        // They have been at work for long.
        SystemClock.sleep(WINDOW_MS).await;
    }
    let (_, first) = counted();
    let running = ready.start(true);
    while counted().1.calls == first.calls {
        SystemClock.sleep(1).await;
    }
    SystemClock.sleep(WINDOW_MS).await;
    let ((others_before, own_before), began) = (counted(), SystemClock.monotonic_ms());
    SystemClock.sleep(seconds * 1_000).await;
    let ((others_after, own_after), ended) = (counted(), SystemClock.monotonic_ms());
    running.end().await;
    let granted = GRANTED * (ended - began) as f64 / 1_000.0;
    let wanted = others_after.since(others_before).calls;
    let subject = match manner {
        None => format!("alone, {trip_ms} ms"),
        Some(manner) => format!("beside others, {manner:?}, {trip_ms} ms"),
    };
    Part {
        subject,
        used: own_after.since(own_before).passed() as f64 / (granted - wanted as f64),
        own: own_after.since(first),
        harmed: (others_after.refused, others_after.calls),
    }
}

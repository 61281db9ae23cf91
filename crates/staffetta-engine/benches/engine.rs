//! Messages per second of the engine with its durable ledger, beside a plain reqwest loop that posts the
//! same bodies with the same calls in flight and keeps no ledger. Run with
//! `cargo bench -p staffetta-engine --bench engine [-- RECIPIENTS]`, or `… -- memory [RECIPIENTS]` for what the engine
//! alone takes of the memory. PostgreSQL too where `STAFFETTA_TEST_POSTGRES` names a server.
//!
//! Receiver and sender are processes of their own; each sender runs five times, in turn with the others,
//! and medians are printed. SQLite, in the target folder's file system.
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

use support::measure::{Figures, median};
use support::process::figures_of;

const RUNS: usize = 5;
const RECIPIENTS: usize = 50_000;
/// Recipients of the largest lists that an ente has.
const MANY_RECIPIENTS: usize = 1_000_000;
/// The senders, in the order in which they take turns.
const SENDERS: [&str; 5] = ["plain", "engine", "plain-profile", "engine-profile", "engine-postgres"];
/// Who is compared with whom.
const RATIOS: [(&str, &str); 3] =
    [("engine", "plain"), ("engine-profile", "plain-profile"), ("engine-postgres", "plain")];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let number = |text: &str| text.parse().expect("a number of recipients");
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["receiver"] => support::receiver::run(),
        ["sender", sender, port, recipients] => {
            let port = port.parse().expect("a port");
            println!("{}", support::sender::run(sender, port, number(recipients)));
        }
        ["memory"] => memory(MANY_RECIPIENTS),
        ["memory", recipients] => memory(number(recipients)),
        [] => compare(RECIPIENTS),
        [recipients] => compare(number(recipients)),
        _ => panic!("usage: engine [RECIPIENTS | memory [RECIPIENTS]]"),
    }
}

/// One run: memory does not depend on the neighbours.
fn memory(recipients: usize) {
    let sent = figures_of("engine", recipients).expect("figures");
    println!("{recipients} recipients: {sent}");
}

fn compare(recipients: usize) {
    let mut runs: Vec<(&str, Vec<Figures>)> = SENDERS.map(|sender| (sender, Vec::new())).into();
    for run in 0..RUNS {
        for (sender, figures) in &mut runs {
            let Some(sent) = figures_of(sender, recipients) else { continue };
            println!("run {}: {sender:15} {sent}", run + 1);
            figures.push(sent);
        }
    }
    println!("\nmedians of {RUNS}, {recipients} recipients");
    let medians: Vec<(&str, Figures)> =
        runs.iter().filter_map(|(sender, figures)| Some((*sender, median(figures)?))).collect();
    for (sender, figures) in &medians {
        println!("{sender:15} {figures}");
    }
    let of = |name: &str| medians.iter().find(|(sender, _)| *sender == name).map(|(_, figures)| figures);
    for (one, other) in RATIOS {
        let (Some(ours), Some(theirs)) = (of(one), of(other)) else { continue };
        let (speed, cpu) = (ours.per_second() / theirs.per_second(), ours.cpu_us() / theirs.cpu_us());
        println!("{one:15} / {other:15} speed {speed:4.2}  CPU {cpu:4.2}");
    }
}

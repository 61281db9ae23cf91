//! Messages per second of the engine with its durable ledger, beside a plain reqwest loop that posts the
//! same bodies with the same calls in flight and keeps no ledger. Run with
//! `cargo bench -p staffetta-engine --bench engine [-- RECIPIENTS]`.
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

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use support::measure::{Figures, median};

const RUNS: usize = 5;
const RECIPIENTS: usize = 50_000;
/// The senders, in the order in which they take turns.
const SENDERS: [&str; 4] = ["plain", "engine", "plain-profile", "engine-profile"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["receiver"] => support::receiver::run(),
        ["sender", sender, port, recipients] => {
            let (port, recipients) = (port.parse().expect("a port"), recipients.parse().expect("a number"));
            println!("{}", support::sender::run(sender, port, recipients));
        }
        [] => compare(RECIPIENTS),
        [recipients] => compare(recipients.parse().expect("a number of recipients")),
        _ => panic!("usage: engine [RECIPIENTS]"),
    }
}

fn myself(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("the bench's own path"));
    command.args(arguments).stdout(Stdio::piped());
    command
}

/// A child that does not outlive the measurement, however that ends.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn first_line(child: &mut Child) -> String {
    let mut line = String::new();
    let stdout = child.stdout.take().expect("a piped output");
    BufReader::new(stdout).read_line(&mut line).expect("a line of the child");
    line.trim().to_owned()
}

fn compare(recipients: usize) {
    let mut runs: Vec<Vec<Figures>> = vec![Vec::new(); SENDERS.len()];
    for run in 0..RUNS {
        for (sender, figures) in SENDERS.iter().zip(&mut runs) {
            let mut receiver = Process(myself(&["receiver"]).spawn().expect("a receiver"));
            let port = first_line(&mut receiver.0);
            let sender_of = ["sender", sender, &port, &recipients.to_string()];
            let mut child = Process(myself(&sender_of).spawn().expect("a sender"));
            let line = first_line(&mut child.0);
            let sent = Figures::read(&line).unwrap_or_else(|| panic!("{sender} said {line:?}"));
            println!("run {}: {sender:15} {sent}", run + 1);
            figures.push(sent);
        }
    }
    println!("\nmedians of {RUNS}, {recipients} recipients");
    for (sender, figures) in SENDERS.iter().zip(&runs) {
        println!("{sender:15} {}", median(figures));
    }
    let rate = |at: usize| median(&runs[at]).per_second();
    println!("engine / plain, no profile check:   {:.2}", rate(1) / rate(0));
    println!("engine / plain, with profile check: {:.2}", rate(3) / rate(2));
}

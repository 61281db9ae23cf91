//! The engine beside the usual senders, in one run against the same receiver: a script with asyncio and aiohttp that
//! logs to SQLite, and Celery with Redis and two workers. Run with `cargo xtask peers`, which brings Python's packages
//! and Redis and then calls `cargo bench -p staffetta-engine --bench peers -- PYTHON REDIS`.
//!
//! Each begins with the list of recipients, and ends when every message was taken and its outcome kept: of the engine
//! too, what it takes to write the list to its ledger counts.
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

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use support::at_work::folder;
use support::measure::{Figures, median};
use support::prepared::{fiscal_code, name};
use support::process::{Process, figures_of, receiver};

const RUNS: usize = 5;
/// Each sender with so many recipients that it is at work for some seconds.
const SENDERS: [(&str, usize); 3] = [("engine", 50_000), ("asyncio", 20_000), ("celery", 4_000)];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["receiver"] => support::receiver::run(),
        ["sender", sender, port, recipients] => {
            let (port, recipients) = (port.parse().expect("a port"), recipients.parse().expect("a number"));
            println!("{}", support::sender::run(sender, port, recipients));
        }
        [python, redis] => compare(python, redis),
        _ => println!("the usual senders want Python's packages and Redis: cargo xtask peers"),
    }
}

fn compare(python: &str, redis: &str) {
    let mut runs = SENDERS.map(|_| Vec::new());
    for run in 1..=RUNS {
        for ((sender, recipients), figures) in SENDERS.into_iter().zip(&mut runs) {
            let sent = match sender {
                "engine" => figures_of("engine-from-list", recipients).expect("figures"),
                peer => peer_figures(peer, recipients, python, redis),
            };
            println!("run {run}: {sender:8} {recipients:6} recipients {sent}");
            figures.push(sent);
        }
    }
    println!("\nmedians of {RUNS}");
    let medians = runs.map(|figures| median(&figures).expect("figures"));
    for ((sender, _), figures) in SENDERS.iter().zip(&medians) {
        let times = medians[0].per_second() / figures.per_second();
        println!("{sender:8} {figures}  the engine is {times:.1} × as fast");
    }
}

fn peer_figures(peer: &str, recipients: usize, python: &str, redis: &str) -> Figures {
    let folder = folder();
    let list = folder.path().join("elenco.csv");
    write_list(&list, recipients);
    let (_receiver, port) = receiver();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("benches/peers/{peer}_sender.py"));
    let mut command = Command::new(python);
    // A compiled copy beside the script would be a file of the repository.
    command.arg("-B").arg(script).arg(list).args([port.to_string(), recipients.to_string()]);
    let line = Process::start(command.env("PEER_REDIS", redis)).first_line();
    Figures::read(&line).unwrap_or_else(|| panic!("{peer} said {line:?}"))
}

fn write_list(path: &Path, recipients: usize) {
    let mut file = BufWriter::new(File::create(path).expect("a file"));
    writeln!(file, "codice fiscale,nome").expect("a line");
    for number in 0..recipients {
        writeln!(file, "{},{}", fiscal_code(number).as_str(), name(number)).expect("a line");
    }
    file.flush().expect("the file");
}

//! `simulate`: a receiver that speaks IO's API.

use crate::failure::{Failure, system_words};
use crate::output;
use crate::settings::Settings;
use crate::signals::Signals;
use serde::Serialize;
use staffetta_domain::{Phrase, Quota};
use staffetta_io::simulator::http;
use staffetta_io::{Faults, Simulator, SimulatorOptions, SystemClock};
use staffetta_words::say;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Any key that is not empty is taken, but those with `sbagliata` in them, which get 401; GET
/// /_simulator/stats tells what was received, /inbox/CODE shows it.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Where to listen; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8082", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// Decides who is on IO and what goes wrong, together with the fiscal code
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// Time of every answer, in milliseconds
    #[arg(long, default_value_t = 0, value_name = "N", value_parser = clap::value_parser!(i64).range(0..=600_000))]
    latency_ms: i64,
    /// Share of citizens who can be reached, from 0 to 1
    #[arg(long, default_value_t = staffetta_io::simulator::fate::DEFAULT_REACH, value_name = "0..1", value_parser = share)]
    reach: f64,
    /// Calls that are allowed: CALLS/SECONDS, or none for no limit
    #[arg(long, default_value_t = Quota::IO_DEFAULT, value_name = "CALLS/SECONDS|none")]
    quota: Quota,
    /// What goes wrong by chance, as lost=0.01,slow=0.05:3000 (lost, reset, slow, e500, e500p, e503, hang,
    /// r429), or none for a receiver without any trouble
    #[arg(long, default_value = "", value_name = "SPEC", hide_default_value = true)]
    faults: Faults,
    /// File that keeps what was received; without it that ends with the process
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    /// Take payments that name another ente as the one who is paid, as IO does where it granted that
    #[arg(long)]
    grant_payee: bool,
}

fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "write a share from 0 to 1, for instance 0.85".to_owned())
}

#[derive(Serialize)]
struct Listening {
    base_url: String,
}

pub(crate) async fn run(arguments: Arguments, settings: Settings) -> Result<(), Failure> {
    let mut signals = Signals::listen()?;
    let options = SimulatorOptions {
        seed: arguments.seed,
        latency_ms: arguments.latency_ms,
        reach: arguments.reach,
        quota: arguments.quota,
        faults: arguments.faults,
        journal: arguments.journal,
        keep_bodies: true,
        grant_payee: arguments.grant_payee,
    };
    let simulator = open(options)?;
    let (listener, address) = bind(arguments.listen).await?;
    let base_url = base_url(address);
    if settings.json {
        output::json(&Listening { base_url })?;
    } else {
        output::line(&say(&Phrase::new("cli-simulator-listens").with("url", &base_url)))?;
        output::line(&say(&Phrase::new("cli-simulator-shows").with("url", format!("http://{address}"))))?;
        output::notice(&staffetta_words::text("cli-until-stopped"));
    }
    tokio::select! {
        () = http::serve(listener, simulator) => {}
        () = signals.next() => {}
    }
    Ok(())
}

/// A simulator by the machine's clock.
pub(crate) fn open(options: SimulatorOptions) -> Result<Arc<Simulator>, Failure> {
    let simulator = Simulator::open(options, Arc::new(SystemClock));
    simulator.map(Arc::new).map_err(|error| Failure::system("cli-simulator-journal", &error))
}

/// Takes an address, or says what to do when another program has it.
pub(crate) async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), Failure> {
    let failed = |error: std::io::Error| {
        Failure::failed(
            Phrase::new("cli-cannot-listen").with("address", address).with("error", system_words(&error)),
        )
        .remedy(Phrase::new("cli-cannot-listen-remedy"))
    };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

/// What a service of the simulator has as its base URL.
pub(crate) fn base_url(address: SocketAddr) -> String {
    format!("http://{address}/api/v1")
}

//! `demo`: everything on one machine, with nobody written to.
//!
//! The simulator runs in this process and keeps its books on the disk, so that a demonstration that was
//! killed goes on where both sides' books stand. Nothing here talks to another machine.

mod house;
mod passwords;
mod past;
mod people;
mod sending;
mod told;

use crate::commands::simulate::{bind, open};
use crate::engine_run::{AtWork, Role, fit_role};
use crate::failure::Failure;
use crate::output;
use crate::pages::{Door, Pages};
use crate::session::{Session, make_folder, open_store};
use crate::settings::Settings;
use crate::signals::Signals;
use staffetta_domain::{Phrase, Quota};
use staffetta_engine::Stop;
use staffetta_io::simulator::http;
use staffetta_io::{SimulatorOptions, UrlPolicy};
use staffetta_store::{EngineLock, Store};
use staffetta_words::{say, text};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use told::Addresses;

/// Where the demonstration's files are, unless told otherwise.
const DATA_DIR: &str = "staffetta-data/demo";
const JOURNAL_NAME: &str = "simulatore.jsonl";
/// Decides who is on IO: the expected counts of the examples were made with it.
const SEED: u64 = 1;

/// Simulator, sample ente and 300 messages on this machine; its files stand in ./staffetta-data/demo unless
/// --data-dir says otherwise. Nobody is written to.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Where the pages listen; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// Where the simulator listens; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8082", value_name = "ADDRESS:PORT")]
    simulator_listen: SocketAddr,
    /// End when the list is sent, instead of staying up
    #[arg(long)]
    once: bool,
}

/// A simulator with IO's own quota, whose books are those of the demonstration.
fn simulator_options(data_dir: &Path) -> SimulatorOptions {
    SimulatorOptions {
        seed: SEED,
        quota: Quota::IO_DEFAULT,
        journal: Some(data_dir.join(JOURNAL_NAME)),
        ..SimulatorOptions::default()
    }
}

pub(crate) async fn run(arguments: Arguments, settings: Settings) -> Result<(), Failure> {
    let mut signals = Signals::listen()?;
    let settings = of_demo(settings);
    make_folder(&settings.data_dir)?;
    let (store, lock) = take(&settings).await?;
    let (listener, address) = bind(on_this_machine(arguments.simulator_listen)?).await?;
    let session = house::prepare(store, settings, address, !arguments.once).await?;
    let (mut pages, pages_url) = serve_pages(&session, &arguments).await?.unzip();
    if !make_past(&session, &mut signals).await? {
        return Ok(());
    }
    let mut working = Working::start(&session, lock, listener)?;
    let ended = tokio::select! {
        shown = show(&session, pages_url.as_deref().map(|pages| Addresses { pages, simulator: address })) => match (shown, &mut pages) {
            (Ok(()), Some(pages)) => stay_up(pages, &mut working, &mut signals).await,
            (shown, _) => shown,
        },
        failure = working.engine.ended() => Err(failure),
        // Stopping before the end loses nothing: the next start goes on.
        () = signals.next() => {
            output::notice(&text("cli-demo-goes-on"));
            Ok(())
        }
    };
    if let Some(pages) = pages {
        pages.stop(&session.clock).await;
    }
    let stopped = working.engine.stop(&session, &mut signals).await;
    session.store.close().await;
    ended.and(stopped)
}

/// The pages, up from the beginning: the list can be watched while it is sent.
async fn serve_pages(session: &Session, arguments: &Arguments) -> Result<Option<(Pages, String)>, Failure> {
    if arguments.once {
        return Ok(None);
    }
    let (listener, address) = bind(on_this_machine(arguments.listen)?).await?;
    let url = Door::Plain.url(address);
    let pages = Pages::start(session, listener, Door::Plain)?;
    output::line(&say(&Phrase::new("cli-pages").with("url", &url)))?;
    Ok(Some((pages, url)))
}

/// Makes the flows of the last weeks; gives `false` where a person stopped it.
async fn make_past(session: &Session, signals: &mut Signals) -> Result<bool, Failure> {
    let stop = Stop::default();
    let making = past::make(session, stop.clone());
    tokio::pin!(making);
    tokio::select! {
        made = &mut making => return made.map(|()| true),
        () = signals.next() => stop.ask(),
    }
    output::notice(&text("cli-demo-goes-on"));
    making.await.map(|()| false)
}

/// What sends, and stays up when the list is sent.
struct Working {
    engine: AtWork,
    /// Dropped, it ends the simulator, which must outlive the engine.
    _simulator: JoinSet<()>,
}

impl Working {
    fn start(session: &Session, lock: EngineLock, listener: TcpListener) -> Result<Self, Failure> {
        let simulator = open(simulator_options(&session.settings.data_dir))?;
        house::register(&simulator);
        let mut serving = JoinSet::new();
        serving.spawn(http::serve(listener, simulator));
        Ok(Self { engine: AtWork::start(session, lock)?, _simulator: serving })
    }
}

/// Sends the list, tells what came of it.
async fn show(session: &Session, up: Option<Addresses<'_>>) -> Result<(), Failure> {
    let flow = sending::send(session).await?;
    told::tell(session, flow, up).await
}

/// Until a signal.
async fn stay_up(pages: &mut Pages, working: &mut Working, signals: &mut Signals) -> Result<(), Failure> {
    tokio::select! {
        () = signals.next() => Ok(()),
        failure = working.engine.ended() => Err(failure),
        failure = pages.ended() => Err(failure),
    }
}

/// Only this machine is ever called, and never through a proxy.
fn of_demo(mut settings: Settings) -> Settings {
    // A demonstration that goes on days later has nothing to ask.
    settings.ask_after_silence = false;
    settings.client.url_policy =
        UrlPolicy { allow_loopback: true, only_loopback: true, allow_private: false };
    settings.client.proxy = None;
    settings.organization = None;
    if settings.data_dir_named { settings } else { settings.with_data_dir(PathBuf::from(DATA_DIR)) }
}

/// Opens the demonstration's own ledger, and takes the right to work it.
async fn take(settings: &Settings) -> Result<(Arc<Store>, EngineLock), Failure> {
    let store = open_store(&settings.store).await?;
    // A mark first, then an ente: one that was killed in between is still nobody's real database.
    if store.organizations().await?.is_empty() {
        store.mark_demo().await?;
    }
    fit_role(&store, Role::Demo).await?;
    let lock = store.lock_engine()?;
    let lock = lock.ok_or_else(|| {
        Failure::failed(Phrase::new("cli-demo-elsewhere")).remedy(Phrase::new("cli-demo-elsewhere-remedy"))
    })?;
    Ok((store, lock))
}

/// The engine calls the simulator without TLS, which is only allowed on the machine itself.
fn on_this_machine(wanted: SocketAddr) -> Result<SocketAddr, Failure> {
    if wanted.ip().is_loopback() {
        return Ok(wanted);
    }
    Err(Failure::usage(Phrase::new("cli-demo-only-here").with("address", wanted)))
}

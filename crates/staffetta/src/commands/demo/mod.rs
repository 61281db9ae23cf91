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
use staffetta_domain::{FlowId, Phrase, Quota};
use staffetta_engine::Stop;
use staffetta_io::simulator::http;
use staffetta_io::{SimulatorOptions, UrlPolicy};
use staffetta_store::{EngineLock, Store};
use staffetta_words::{say, text};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

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
    let session = house::prepare(store, settings, address).await?;
    let (mut pages, pages_url) = serve_pages(&session, &arguments).await?.unzip();
    let stop = Stop::default();
    let shown = tokio::select! {
        shown = show(&session, lock, listener, address, pages_url.as_deref(), &stop) => shown,
        // Stopping before the end loses nothing: the next start goes on.
        () = signals.next() => {
            stop.ask();
            output::notice(&text("cli-demo-goes-on"));
            Ok(None)
        }
    };
    let Some(mut working) = shown? else { return Ok(()) };
    if let Some(mut pages) = pages.take() {
        tokio::select! {
            () = signals.next() => {}
            failure = working.engine.ended() => return Err(failure),
            failure = pages.ended() => {
                working.engine.stop(&session, &mut signals).await?;
                return Err(failure);
            }
        }
        pages.stop(&session.clock).await;
    }
    working.engine.stop(&session, &mut signals).await?;
    session.store.close().await;
    Ok(())
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

/// What stays up when the list is sent.
struct Working {
    engine: AtWork,
    /// Dropped, it ends the simulator, which must outlive the engine.
    _simulator: JoinSet<()>,
}

/// Makes the past, sends the list, tells what came of it.
async fn show(
    session: &Session,
    lock: EngineLock,
    listener: TcpListener,
    address: SocketAddr,
    pages: Option<&str>,
    stop: &Stop,
) -> Result<Option<Working>, Failure> {
    past::make(session, stop.clone()).await?;
    let simulator = open(simulator_options(&session.settings.data_dir))?;
    house::register(&simulator);
    let mut serving = JoinSet::new();
    serving.spawn(http::serve(listener, simulator));
    let mut engine = AtWork::start(session, lock)?;
    let flow: Result<FlowId, Failure> = tokio::select! {
        sent = sending::send(session) => sent,
        failure = engine.ended() => Err(failure),
    };
    told::tell(session, flow?, address, pages).await?;
    Ok(Some(Working { engine, _simulator: serving }))
}

/// Only this machine is ever called, and never through a proxy.
fn of_demo(mut settings: Settings) -> Settings {
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
    let lock = store.lock_engine().await?;
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
    if wanted.ip().is_unspecified() {
        return Ok(SocketAddr::from((Ipv4Addr::LOCALHOST, wanted.port())));
    }
    Err(Failure::usage(Phrase::new("cli-demo-only-here").with("address", wanted)))
}

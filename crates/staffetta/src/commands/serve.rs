//! `serve`: the pages, and the engine beside them unless another works this database.

use crate::commands::simulate::bind;
use crate::engine_run::{AtWork, Role, fit_role};
use crate::failure::Failure;
use crate::output;
use crate::pages::{Door, Pages};
use crate::presence::Presence;
use crate::session::Session;
use crate::settings::Settings;
use crate::signals::Signals;
use crate::tls;
use staffetta_domain::Phrase;
use staffetta_words::{say, text};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Serve the pages, and run the engine beside them unless another works this database
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Where the pages listen; port 0 takes a free one [env: STAFFETTA_LISTEN]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Certificate of the pages with its chain, in PEM: they are served by https [env: STAFFETTA_TLS_CERT]
    #[arg(long, value_name = "FILE")]
    tls_cert: Option<PathBuf>,
    /// Its private key, in PEM [env: STAFFETTA_TLS_KEY]
    #[arg(long, value_name = "FILE")]
    tls_key: Option<PathBuf>,
    /// A proxy in front does the https; it must pass the Host header on as it is [env: STAFFETTA_BEHIND_PROXY]
    #[arg(long)]
    behind_proxy: bool,
    /// Leave the sending to a `work` of its own
    #[arg(long)]
    no_engine: bool,
}

impl Arguments {
    /// Where and how the pages are reached. What can be reached from elsewhere is not served in the clear.
    fn door(&self, settings: &Settings) -> Result<(SocketAddr, Door), Failure> {
        let address = self.listen.unwrap_or(settings.listen);
        let certificate = self.tls_cert.as_ref().or(settings.tls_cert.as_ref());
        let door = match (certificate, self.tls_key.as_ref().or(settings.tls_key.as_ref())) {
            (Some(certificate), Some(key)) => Door::Tls(tls::acceptor(certificate, key)?),
            (None, None) if self.behind_proxy || settings.behind_proxy => Door::Proxy,
            (None, None) => Door::Plain,
            _ => return Err(Failure::usage(Phrase::new("cli-tls-half"))),
        };
        if matches!(door, Door::Plain) && !address.ip().to_canonical().is_loopback() {
            return Err(Failure::usage(Phrase::new("cli-pages-unsafe").with("address", address))
                .remedy(Phrase::new("cli-pages-unsafe-remedy")));
        }
        Ok((address, door))
    }
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let (address, door) = arguments.door(&session.settings)?;
    fit_role(&session.store, Role::Real).await?;
    let mut signals = Signals::listen()?;
    let (listener, address) = bind(address).await?;
    let url = door.url(address);
    let mut pages = Pages::start(session, listener, door)?;
    output::line(&say(&Phrase::new("cli-pages").with("url", url)))?;
    let presence = Presence::of(session)?;
    let mut working = None;
    let ended = tokio::select! {
        () = signals.next() => Ok(()),
        failure = pages.ended() => Err(failure),
        failure = work(session, !arguments.no_engine, &presence, &mut working) => {
            // It ended by itself: there is nothing left to stop.
            working = None;
            Err(failure)
        }
    };
    if working.is_none() {
        presence.end(session).await;
    }
    let stopped = stop(session, pages, working, &mut signals).await;
    output::notice(&text("cli-pages-closed"));
    ended.and(stopped)
}

/// Ends pages and engine together: who has a page open does not hold up what is on the wire.
async fn stop(
    session: &Session,
    pages: Pages,
    working: Option<AtWork>,
    signals: &mut Signals,
) -> Result<(), Failure> {
    let Some(working) = working else {
        pages.stop(&session.clock).await;
        return Ok(());
    };
    output::notice(&text("cli-stopping"));
    let ((), stopped) = tokio::join!(pages.stop(&session.clock), working.stop(session, signals));
    if stopped.is_ok() {
        output::notice(&text("cli-stopped"));
    }
    stopped
}

/// Stands by for the right to send, where it is wanted, then sends; returns only if that fails.
async fn work(session: &Session, wanted: bool, presence: &Presence, working: &mut Option<AtWork>) -> Failure {
    loop {
        let lock = if wanted { session.store.lock_engine() } else { Ok(None) };
        match lock {
            Ok(Some(lock)) => {
                presence.end(session).await;
                match AtWork::start(session, lock) {
                    Ok(started) => return working.insert(started).ended().await,
                    Err(failure) => return failure,
                }
            }
            Ok(None) => presence.tell(session).await,
            Err(error) => return error.into(),
        }
    }
}

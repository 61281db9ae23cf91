//! `serve`: the pages, and the engine beside them unless another works this database.

use crate::commands::simulate::bind;
use crate::engine_run::{AtWork, Role, fit_role};
use crate::failure::Failure;
use crate::output;
use crate::pages;
use crate::session::Session;
use crate::signals::Signals;
use staffetta_domain::Phrase;
use staffetta_io::Clock;
use staffetta_words::{say, text};
use std::net::SocketAddr;

/// How often it looks whether the engine that is at work elsewhere has ended.
const STAND_BY_MS: i64 = 2_000;

/// Serve the pages, and run the engine beside them unless another works this database
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Where the pages listen; port 0 takes a free one [env: STAFFETTA_LISTEN]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Leave the sending to a `work` of its own
    #[arg(long)]
    no_engine: bool,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    fit_role(&session.store, Role::Real).await?;
    let mut signals = Signals::listen()?;
    let (listener, address) = bind(arguments.listen.unwrap_or(session.settings.listen)).await?;
    let pages = tokio::spawn(pages::serve(listener, pages::app(session)?));
    output::line(&say(&Phrase::new("cli-pages").with("url", format!("http://{address}"))))?;
    let mut working = None;
    let ended = tokio::select! {
        () = signals.next() => Ok(()),
        served = pages => served.unwrap_or_else(|_| Err(Failure::failed(Phrase::new("cli-pages-stopped")))),
        failure = work(session, !arguments.no_engine, &mut working) => Err(failure),
    };
    output::notice(&text("cli-stopping"));
    if let Some(working) = working {
        working.stop(session, &mut signals).await?;
    }
    output::notice(&text("cli-stopped"));
    ended
}

/// Stands by for the right to send, then sends; returns only if that fails.
async fn work(session: &Session, wanted: bool, working: &mut Option<AtWork>) -> Failure {
    if !wanted {
        return std::future::pending().await;
    }
    loop {
        match session.store.lock_engine().await {
            Ok(Some(lock)) => match AtWork::start(session, lock) {
                Ok(started) => return working.insert(started).ended().await,
                Err(failure) => return failure,
            },
            Ok(None) => session.clock.sleep(STAND_BY_MS).await,
            Err(error) => return error.into(),
        }
    }
}

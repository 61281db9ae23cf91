//! `work`: the engine, until a signal.

use crate::engine_run::{AtWork, Role, fit_role};
use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use crate::signals::Signals;
use staffetta_domain::Phrase;
use staffetta_words::text;

pub(crate) async fn run(session: &Session) -> Result<(), Failure> {
    fit_role(&session.store, Role::Real).await?;
    let mut signals = Signals::listen()?;
    let Some(lock) = session.store.lock_engine()? else {
        return Err(Failure::failed(Phrase::new("cli-engine-elsewhere"))
            .remedy(Phrase::new("cli-engine-elsewhere-remedy")));
    };
    let mut working = AtWork::start(session, lock)?;
    output::notice(&text("cli-working"));
    tokio::select! {
        () = signals.next() => {}
        failure = working.ended() => return Err(failure),
    }
    output::notice(&text("cli-stopping"));
    working.stop(session, &mut signals).await?;
    output::notice(&text("cli-stopped"));
    Ok(())
}

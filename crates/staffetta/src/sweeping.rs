//! What stopped uploads and interrupted removals left behind is removed while a long-running command is up.

use crate::session::Session;
use staffetta_io::Clock;
use std::convert::Infallible;

/// Between two sweeps. What is left behind is in nobody's way: it only takes room.
const EVERY_MS: i64 = 3_600_000;

/// At the start and now and then, for ever. Several at once do each other no harm.
pub(crate) async fn now_and_then(session: &Session) -> Infallible {
    loop {
        match session.store.sweep_lists(session.now()).await {
            Ok(0) => {}
            Ok(lists) => tracing::info!(lists, "removed lists that belonged to nobody"),
            Err(error) => tracing::warn!(%error, "lists that belong to nobody could not be removed"),
        }
        session.clock.sleep(EVERY_MS).await;
    }
}

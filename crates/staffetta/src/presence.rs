//! A program that serves pages and sends nothing tells the others that it is there.

use crate::failure::Failure;
use crate::session::Session;
use staffetta_domain::protocol::RENEW_MS;
use staffetta_io::Clock;
use staffetta_store::nodes::NodeSelf;

/// This run of the program, as the page of nodes shows it while it does not send.
pub(crate) struct Presence(NodeSelf);

impl Presence {
    pub(crate) fn of(session: &Session) -> Result<Self, Failure> {
        let random = getrandom::u64().map_err(|error| Failure::system("cli-no-random", &error.into()))?;
        Ok(Self(NodeSelf {
            id: format!("{random:016x}"),
            name: session.settings.node_name.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            works: false,
            stopping: false,
        }))
    }

    /// Gives a sign of life as often as one who sends; waits until the next is due.
    pub(crate) async fn tell(&self, session: &Session) {
        if let Err(error) = session.store.tell_node(&self.0, session.now()).await {
            tracing::warn!(%error, "the ledger cannot be told that the pages are there; trying again");
        }
        session.clock.sleep(RENEW_MS).await;
    }

    /// It begins to send, or goes.
    pub(crate) async fn end(&self, session: &Session) {
        if let Err(error) = session.store.remove_node(&self.0.id).await {
            tracing::warn!(%error, "the node is not written off; it will be forgotten");
        }
    }
}

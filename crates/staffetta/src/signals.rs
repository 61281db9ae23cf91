//! The signals by which a person or a service manager asks to stop.

use crate::failure::Failure;
use tokio::signal;

/// Listens from the moment it is made, so that no signal is missed.
pub(crate) struct Signals {
    #[cfg(unix)]
    terminate: signal::unix::Signal,
    #[cfg(unix)]
    interrupt: signal::unix::Signal,
}

impl Signals {
    /// Begins to listen: from now on the process does not end by itself at these signals.
    #[cfg(unix)]
    pub(crate) fn listen() -> Result<Self, Failure> {
        let listen =
            |kind| signal::unix::signal(kind).map_err(|error| Failure::system("cli-no-runtime", &error));
        Ok(Self {
            terminate: listen(signal::unix::SignalKind::terminate())?,
            interrupt: listen(signal::unix::SignalKind::interrupt())?,
        })
    }

    /// Begins to listen.
    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
    pub(crate) fn listen() -> Result<Self, Failure> {
        Ok(Self {})
    }

    /// Returns at the next signal.
    #[cfg(unix)]
    pub(crate) async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    /// Returns at the next signal.
    #[cfg(not(unix))]
    pub(crate) async fn next(&mut self) {
        // Where no signal can be heard, the process ends the hard way, which the ledger is made for.
        if signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}

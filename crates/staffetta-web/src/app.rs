//! What every handler works with.

use crate::compose::Readings;
use crate::fault::Fault;
use crate::watched::Watched;
use staffetta_domain::UnixMillis;
use staffetta_io::{Clock, IoClient, UrlPolicy};
use staffetta_store::Store;
use std::path::PathBuf;
use std::sync::Arc;

/// How the pages are served.
#[derive(Clone, Debug)]
pub struct AppOptions {
    /// Which addresses a service may have.
    pub url_policy: UrlPolicy,
    /// Whether browsers reach the pages by https only.
    pub https: bool,
    /// Where uploads and exports lie while they are read or written.
    pub temporary: PathBuf,
}

/// The pages' surroundings; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    store: Arc<Store>,
    io: Arc<IoClient>,
    clock: Arc<dyn Clock>,
    options: AppOptions,
    watched: Watched,
    readings: Readings,
}

impl App {
    /// Pages on a ledger. `io` is used to try a service's key, and for nothing else.
    #[must_use]
    pub fn new(store: Arc<Store>, io: Arc<IoClient>, clock: Arc<dyn Clock>, options: AppOptions) -> Self {
        let (readings, watched) = (Readings::default(), Watched::default());
        Self(Arc::new(Inner { store, io, clock, options, readings, watched }))
    }

    pub(crate) fn store(&self) -> &Arc<Store> {
        &self.0.store
    }

    pub(crate) fn io(&self) -> &IoClient {
        &self.0.io
    }

    pub(crate) fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.clock
    }

    pub(crate) fn now(&self) -> UnixMillis {
        self.0.clock.now()
    }

    /// The flows that pages follow.
    pub(crate) fn watched(&self) -> &Watched {
        &self.0.watched
    }

    /// The files of recipients that are being read.
    pub(crate) fn readings(&self) -> &Readings {
        &self.0.readings
    }

    pub(crate) fn options(&self) -> &AppOptions {
        &self.0.options
    }
}

/// Bytes that nobody can guess, as text that may stand in an address or a cookie.
pub(crate) fn unguessable() -> Result<String, Fault> {
    use base64::Engine as _;
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|_| Fault::NoRandom)?;
    Ok(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes))
}

/// Longest number that a form of ours bears.
const FORM_TOKEN_MAX: usize = 64;

/// Whether the number that came with a form may be one of ours: without one, two presses would be two messages.
pub(crate) fn is_form_token(token: &str) -> bool {
    (1..=FORM_TOKEN_MAX).contains(&token.len()) && !token.contains('\0')
}

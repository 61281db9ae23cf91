//! A receiver that speaks IO's API and reaches no citizen: for the demo, for tests, for measuring.
//!
//! The core has no sockets: [`Simulator::handle`] turns a request into an outcome, by a clock and a
//! seed; [`http`] puts it on the network, and [`crate::IoClient::in_process`] calls it directly.
//! Who is on IO and what goes wrong is decided by seed and fiscal code ([`fate::Fate`]) or by seed,
//! call and how often it was seen ([`faults::Faults`]), never by the order of calls.
//!
//! Not here: remote contents, the subscriptions feed, the manage API, and everything a citizen does.

mod answers;
mod api;
mod books;
mod chance;
pub mod fate;
pub mod faults;
pub mod gate;
pub mod http;
mod journal;
mod pages;
mod payload;
mod ulid;
mod window;

pub use answers::Answer;
pub use gate::{Grant, SimulatedService};

use crate::clock::Clock;
use books::Books;
use faults::Faults;
use gate::{Endpoint, Entry, Gate};
use serde_json::{Map, Value, json};
use staffetta_domain::Quota;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a simulator is like.
#[derive(Clone, Debug)]
pub struct SimulatorOptions {
    /// Decides fates and faults.
    pub seed: u64,
    /// Time of every answer, in milliseconds.
    pub latency_ms: i64,
    /// Share of citizens who can be reached, from 0 to 1.
    pub reach: f64,
    /// Calls that an account may make.
    pub quota: Quota,
    /// What goes wrong by chance.
    pub faults: Faults,
    /// File that keeps the books; without it they end with the process.
    pub journal: Option<PathBuf>,
    /// Whether texts are kept, so that inboxes can be shown. Without them a million messages take
    /// some 150 MB.
    pub keep_bodies: bool,
    /// Whether payments may go to another ente: IO grants it to few (`ApiMessageWriteWithPayee`).
    pub grant_payee: bool,
}

impl Default for SimulatorOptions {
    /// IO's own quota, no latency, no chance faults, the usual fates, nothing on disk.
    fn default() -> Self {
        Self {
            seed: 1,
            latency_ms: 0,
            reach: fate::DEFAULT_REACH,
            quota: Quota::IO_DEFAULT,
            faults: Faults::default(),
            journal: None,
            keep_bodies: true,
            grant_payee: false,
        }
    }
}

/// Methods that the simulator knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// Any other.
    Other,
}

/// A request.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Method.
    pub method: Method,
    /// Path, with or without `/api/v1` before the API's own.
    pub path: &'a str,
    /// What follows `?`, or nothing.
    pub query: &'a str,
    /// Value of `Ocp-Apim-Subscription-Key`.
    pub key: Option<&'a str>,
    /// Body.
    pub body: &'a [u8],
}

/// What becomes of a request: whatever was to be remembered is already in the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Milliseconds until the ending.
    pub delay_ms: i64,
    /// What then happens on the wire.
    pub ending: Ending,
}

/// What happens on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// An answer.
    Answer(Answer),
    /// The connection is closed without a byte.
    Drop,
    /// Nothing, ever.
    Hang,
}

/// A receiver that speaks IO's API.
pub struct Simulator {
    options: SimulatorOptions,
    clock: Arc<dyn Clock>,
    gate: Mutex<Gate>,
    books: Mutex<Books>,
}

impl std::fmt::Debug for Simulator {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Simulator").field("options", &self.options).finish_non_exhaustive()
    }
}

impl Simulator {
    /// A simulator, with what its journal remembers.
    ///
    /// # Errors
    /// When the journal cannot be opened or read.
    pub fn open(options: SimulatorOptions, clock: Arc<dyn Clock>) -> io::Result<Self> {
        let books = Books::open(options.seed, options.journal.as_deref())?;
        let gate = Gate::new(options.quota);
        Ok(Self { options, clock, gate: Mutex::new(gate), books: Mutex::new(books) })
    }

    /// Makes a service of the one account known. Once any service is known, other keys are answered 401;
    /// before, every key that is not empty is taken.
    pub fn register_service(&self, label: &str, key: &str) {
        self.register(SimulatedService {
            account: gate::DEFAULT_ACCOUNT.to_owned(),
            label: label.to_owned(),
            key: key.to_owned(),
            grant: Grant::Full,
        });
    }

    /// Makes a service known, with its account and what its key may do.
    pub fn register(&self, service: SimulatedService) {
        self.gate().register(service);
    }

    /// Its options.
    #[must_use]
    pub const fn options(&self) -> &SimulatorOptions {
        &self.options
    }

    /// Its clock.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// What becomes of a request.
    #[must_use]
    pub fn handle(&self, request: &Request<'_>) -> Outcome {
        let Some((endpoint, route)) = api::route(request) else {
            return Outcome { delay_ms: 0, ending: Ending::Answer(pages::answer(self, request)) };
        };
        let entry = {
            let mut gate = self.gate();
            gate.arrive(request.key, endpoint, self.clock.monotonic_ms())
        };
        let (ending, delay_ms) = match entry {
            Entry::NoKey => (Ending::Answer(Answer::gateway(401, NO_KEY)), 0),
            Entry::UnknownKey => (Ending::Answer(Answer::gateway(401, UNKNOWN_KEY)), 0),
            Entry::Wait { seconds } => (Ending::Answer(Answer::too_many(seconds)), 0),
            Entry::Pass { service, remaining } => {
                let (ending, delay_ms) = api::answer(self, &service, route, request.body);
                (with_remaining(ending, remaining), delay_ms)
            }
        };
        Outcome { delay_ms: delay_ms.saturating_add(self.options.latency_ms.max(0)), ending }
    }

    /// What the simulator counted, as `GET /_simulator/stats` tells it.
    #[must_use]
    pub fn stats(&self, citizens: bool) -> Value {
        let gate = self.gate();
        let books = self.books();
        let calls = gate.stats();
        let mut names: Vec<&str> = calls.iter().map(|(name, _)| *name).chain(books.accounts()).collect();
        names.sort_unstable();
        names.dedup();
        let accounts = names.into_iter().map(|name| {
            let mut account = Map::new();
            account.insert("account".to_owned(), json!(name));
            if let Some((_, Value::Object(counts))) = calls.iter().find(|(known, _)| *known == name) {
                account.extend(counts.clone());
            }
            account.extend(books.stats(Some(name)));
            Value::Object(account)
        });
        let mut stats = books.stats(None);
        stats.insert("accounts".to_owned(), accounts.collect());
        stats.insert("unknown_keys".to_owned(), json!(gate.unknown_keys()));
        if citizens {
            stats.insert("citizens".to_owned(), Value::Object(books.citizens()));
        }
        Value::Object(stats)
    }

    // Nothing under these locks can panic half-way through a change: a poisoned one has whole contents.
    fn gate(&self) -> MutexGuard<'_, Gate> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The gateway's words ("Errori comuni" of the guide).
const NO_KEY: &str = "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.";
const UNKNOWN_KEY: &str = "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.";

fn with_remaining(ending: Ending, remaining: Option<u32>) -> Ending {
    match (ending, remaining) {
        // A 429 by chance already says that nothing is left.
        (Ending::Answer(answer), Some(remaining)) if answer.status != 429 => {
            Ending::Answer(answer.with(crate::wire::REMAINING_HEADER, remaining.to_string()))
        }
        (ending, _) => ending,
    }
}

//! The gateway in front of IO: keys, accounts, quota.

use crate::simulator::window::{Admission, Window};
use serde_json::{Value, json};
use staffetta_domain::Quota;
use std::collections::HashMap;
use std::sync::Arc;

/// Account of services that are registered without one.
pub const DEFAULT_ACCOUNT: &str = "ente";
/// Name of the service when none is registered and every key is taken.
pub const ANY_SERVICE: &str = "Servizio di prova";
/// A key with this word in it is refused, also where every other is taken: to see what becomes of a wrong one.
pub const WRONG_KEY: &str = "sbagliata";

/// What a service's key may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grant {
    /// Write to everyone.
    #[default]
    Full,
    /// Write to IO's fictitious person only (group `ApiLimitedMessageWrite`): others are 403 *Recipient forbidden*.
    TestRecipients,
    /// Nothing: 403 *You are not allowed here*, as for a service that IO does not know or a foreign IP address.
    Nothing,
}

/// A service that the simulator knows.
#[derive(Clone, PartialEq, Eq)]
pub struct SimulatedService {
    /// The ente's account at the gateway: all its services share one quota.
    pub account: String,
    /// Its name. If it contains `mail`, the state of the e-mail copy is told, as IO did until 2021.
    pub label: String,
    /// Its key.
    pub key: String,
    /// What the key may do.
    pub grant: Grant,
}

// A key must not reach a log, not even one that opens nothing.
impl std::fmt::Debug for SimulatedService {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "SimulatedService({}, {}, {:?})", self.account, self.label, self.grant)
    }
}

/// A call of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    Profiles,
    Messages,
    Status,
}

/// What the gateway lets through.
#[derive(Debug)]
pub(crate) enum Entry {
    Pass { service: Arc<SimulatedService>, remaining: Option<u32> },
    NoKey,
    UnknownKey,
    Wait { seconds: i64 },
}

/// The gateway's memory.
pub(crate) struct Gate {
    quota: Quota,
    services: HashMap<String, (Arc<SimulatedService>, usize)>,
    anyone: Arc<SimulatedService>,
    accounts: Vec<Account>,
    unknown_keys: u64,
}

#[derive(Debug)]
struct Account {
    name: String,
    window: Window,
    calls: [u64; 3],
    rate_limited: u64,
}

impl Gate {
    pub(crate) fn new(quota: Quota) -> Self {
        let anyone = SimulatedService {
            account: DEFAULT_ACCOUNT.to_owned(),
            label: ANY_SERVICE.to_owned(),
            key: String::new(),
            grant: Grant::Full,
        };
        let mut gate = Self {
            quota,
            services: HashMap::new(),
            anyone: Arc::new(anyone),
            accounts: Vec::new(),
            unknown_keys: 0,
        };
        gate.account(DEFAULT_ACCOUNT);
        gate
    }

    /// The account's place; made if it is new.
    fn account(&mut self, name: &str) -> usize {
        let known = self.accounts.iter().position(|account| account.name == name);
        known.unwrap_or_else(|| {
            self.accounts.push(Account {
                name: name.to_owned(),
                window: Window::new(self.quota),
                calls: [0; 3],
                rate_limited: 0,
            });
            self.accounts.len() - 1
        })
    }

    pub(crate) fn register(&mut self, service: SimulatedService) {
        let account = self.account(&service.account);
        self.services.insert(service.key.clone(), (Arc::new(service), account));
    }

    /// A call arrives: first the key, then the quota, as at the gateway.
    pub(crate) fn arrive(&mut self, key: Option<&str>, endpoint: Endpoint, now_ms: i64) -> Entry {
        let Some(key) = key.filter(|key| !key.is_empty()) else {
            self.unknown_keys += 1;
            return Entry::NoKey;
        };
        let found = match self.services.get(key) {
            Some((service, account)) => Some((service.clone(), *account)),
            None => (self.services.is_empty() && !key.contains(WRONG_KEY)).then(|| (self.anyone.clone(), 0)),
        };
        let Some((service, account)) = found else {
            self.unknown_keys += 1;
            return Entry::UnknownKey;
        };
        let account = &mut self.accounts[account];
        account.calls[match endpoint {
            Endpoint::Profiles => 0,
            Endpoint::Messages => 1,
            Endpoint::Status => 2,
        }] += 1;
        match account.window.arrive(now_ms) {
            Admission::Pass { remaining } => Entry::Pass { service, remaining },
            Admission::Wait { seconds } => {
                account.rate_limited += 1;
                Entry::Wait { seconds }
            }
        }
    }

    /// Calls by account, since the start.
    pub(crate) fn stats(&self) -> Vec<(&str, Value)> {
        self.accounts.iter().map(|account| (account.name.as_str(), account.stats())).collect()
    }

    pub(crate) const fn unknown_keys(&self) -> u64 {
        self.unknown_keys
    }
}

impl Account {
    fn stats(&self) -> Value {
        let [profiles, messages, status] = self.calls;
        json!({
            "calls": {"profiles": profiles, "messages": messages, "status": status},
            "rate_limited": self.rate_limited,
            "max_in_window": self.window.most(),
        })
    }
}

//! Names are resolved here, so that one that leads to a private network is refused when connecting:
//! what was checked when the base URL was typed may have changed since (DNS rebinding).

use crate::address::{AddressKind, kind_of};
use crate::base_url::{UrlPolicy, is_localhost};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::SocketAddr;

/// The name leads nowhere that the policy allows.
#[derive(Debug, thiserror::Error)]
#[error("the name resolves to a private address only")]
pub(crate) struct ForbiddenAddress;

/// Resolves with the system's resolver and keeps what the policy allows.
pub(crate) struct GuardedResolver {
    pub(crate) policy: UrlPolicy,
    /// Host of the configured proxy: it usually stands in the private network, and is trusted.
    pub(crate) proxy_host: Option<String>,
}

impl GuardedResolver {
    fn allows(&self, name: &str, address: &SocketAddr) -> bool {
        match kind_of(address.ip()) {
            AddressKind::Public => !self.policy.only_loopback,
            AddressKind::Loopback => self.policy.allow_loopback && is_localhost(name),
            AddressKind::Private => self.policy.allow_private && !self.policy.only_loopback,
        }
    }

    fn is_proxy(&self, name: &str) -> bool {
        self.proxy_host.as_deref().is_some_and(|host| host.eq_ignore_ascii_case(name))
    }

    /// What may be used of the addresses that a name resolved to.
    fn choose(&self, name: &str, found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, ForbiddenAddress> {
        let nothing_found = found.is_empty();
        let proxy = self.is_proxy(name);
        let chosen: Vec<_> =
            found.into_iter().filter(|address| proxy || self.allows(name, address)).collect();
        if chosen.is_empty() && !nothing_found { Err(ForbiddenAddress) } else { Ok(chosen) }
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = Self {
            policy: self.policy,
            proxy_host: self.is_proxy(name.as_str()).then(|| name.as_str().into()),
        };
        Box::pin(async move {
            // Port 0: the caller puts the URL's in its place.
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let chosen: Addrs = Box::new(guard.choose(name.as_str(), found)?.into_iter());
            Ok(chosen)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_results_are_refused_unless_allowed() {
        let addresses = |texts: &[&str]| -> Vec<SocketAddr> {
            texts.iter().map(|text| SocketAddr::new(text.parse().unwrap(), 0)).collect()
        };
        let guard = |allow_loopback, allow_private| GuardedResolver {
            policy: UrlPolicy { allow_loopback, only_loopback: false, allow_private },
            proxy_host: Some("proxy.comune.it".to_owned()),
        };
        let choose = |guard: GuardedResolver, name: &str, found: &[&str]| {
            guard.choose(name, addresses(found)).map(|chosen| chosen.len()).ok()
        };
        assert_eq!(choose(guard(false, false), "api.io.pagopa.it", &["20.1.1.1", "10.0.0.1"]), Some(1));
        assert_eq!(choose(guard(false, false), "api.io.pagopa.it", &["10.0.0.1"]), None);
        assert_eq!(choose(guard(false, true), "api.io.pagopa.it", &["10.0.0.1"]), Some(1));
        assert_eq!(choose(guard(true, true), "api.io.pagopa.it", &["127.0.0.1"]), None);
        assert_eq!(choose(guard(true, false), "localhost", &["127.0.0.1", "::1"]), Some(2));
        assert_eq!(choose(guard(false, false), "Proxy.comune.it", &["10.0.0.1"]), Some(1));
        assert_eq!(choose(guard(false, false), "api.io.pagopa.it", &[]), Some(0));
    }
}

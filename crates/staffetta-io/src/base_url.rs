//! The base URL of a service: where IO's API is reached.

use crate::address::{AddressKind, kind_of};
use reqwest::Url;
use staffetta_domain::Phrase;
use std::fmt;
use std::net::IpAddr;

/// Most characters of a base URL.
pub const BASE_URL_MAX: usize = 500;

/// Which base URLs this installation takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UrlPolicy {
    /// The machine itself, also without TLS: for the simulator.
    pub allow_loopback: bool,
    /// Nothing but the machine itself: of a demonstration no call leaves, whatever is typed.
    pub only_loopback: bool,
    /// Private networks: for a gateway of one's own. Without it a name that resolves to a private
    /// address is refused when connecting, too.
    pub allow_private: bool,
}

/// A checked base URL without trailing slash, for instance `https://api.io.pagopa.it/api/v1`.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    loopback: bool,
    profiles: Url,
    messages: Url,
}

/// Why a text cannot be a base URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum BaseUrlError {
    /// Not a URL with a host.
    #[error("not an address such as https://api.io.pagopa.it/api/v1")]
    NotAUrl,
    /// Over [`BASE_URL_MAX`].
    #[error("the address is over {BASE_URL_MAX} characters")]
    TooLong,
    /// `http:` to another machine: the key and the citizens' data would travel in the clear.
    #[error("the address must start with https://")]
    NotHttps,
    /// User name or password in it: they would be shown and logged.
    #[error("the address must not carry a user name or a password")]
    Credentials,
    /// `?…` or `#…` in it.
    #[error("the address must not carry ? or #")]
    QueryOrFragment,
    /// The machine itself, which the policy does not allow.
    #[error("the address leads to this machine, which the configuration does not allow")]
    Loopback,
    /// Another machine, where only this one may be called.
    #[error("the address leads out of this machine, and a demonstration calls only the simulator on it")]
    NotLoopback,
    /// A private network, which the policy does not allow.
    #[error("the address leads to a private network, which the configuration does not allow")]
    Private,
}

impl BaseUrlError {
    /// What is wrong, without repeating the address: it may hold a password or a key.
    #[must_use]
    pub const fn phrase(self) -> Phrase {
        Phrase::new(match self {
            Self::NotAUrl | Self::TooLong | Self::QueryOrFragment => "url-not-one",
            Self::NotHttps => "url-not-https",
            Self::Credentials => "url-credentials",
            Self::Loopback => "url-loopback",
            Self::NotLoopback => "url-not-loopback",
            Self::Private => "url-private",
        })
    }

    /// What to do, where the configuration decides.
    #[must_use]
    pub const fn remedy(self) -> Option<Phrase> {
        match self {
            Self::Loopback => Some(Phrase::new("url-loopback-remedy")),
            Self::Private => Some(Phrase::new("url-private-remedy")),
            _ => None,
        }
    }
}

impl BaseUrl {
    /// Reads and checks a base URL. Blanks around it and trailing slashes are removed; host names are
    /// checked again at every connection, because what they resolve to changes.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn parse(text: &str, policy: &UrlPolicy) -> Result<Self, BaseUrlError> {
        let text = text.trim();
        if text.len() > BASE_URL_MAX {
            return Err(BaseUrlError::TooLong);
        }
        let url = Url::parse(text).map_err(|_| BaseUrlError::NotAUrl)?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(BaseUrlError::NotAUrl)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BaseUrlError::Credentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(BaseUrlError::QueryOrFragment);
        }
        let kind = kind_of_host(host);
        match (kind, url.scheme()) {
            (AddressKind::Private | AddressKind::Public, "http" | "https") if policy.only_loopback => {
                return Err(BaseUrlError::NotLoopback);
            }
            (AddressKind::Loopback, "http" | "https") if policy.allow_loopback => {}
            (AddressKind::Loopback, "http" | "https") => return Err(BaseUrlError::Loopback),
            (AddressKind::Private, "https") if !policy.allow_private => return Err(BaseUrlError::Private),
            (_, "https") => {}
            (_, "http") => return Err(BaseUrlError::NotHttps),
            _ => return Err(BaseUrlError::NotAUrl),
        }
        let text = url.as_str().trim_end_matches('/').to_owned();
        let at = |path: &str| Url::parse(&format!("{text}/{path}")).map_err(|_| BaseUrlError::NotAUrl);
        let (profiles, messages) = (at("profiles")?, at("messages")?);
        Ok(Self { loopback: kind == AddressKind::Loopback, profiles, messages, text })
    }

    /// Its text, without trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it names the machine itself (a loopback address, or `localhost`).
    #[must_use]
    pub const fn is_loopback(&self) -> bool {
        self.loopback
    }

    pub(crate) const fn profiles(&self) -> &Url {
        &self.profiles
    }

    pub(crate) const fn messages(&self) -> &Url {
        &self.messages
    }
}

/// Whether a host name is `localhost` or under it, which never leaves the machine (RFC 6761).
pub(crate) fn is_localhost(host: &str) -> bool {
    let host = host.trim_end_matches('.');
    host == "localhost" || host.ends_with(".localhost")
}

/// A name is public until it is resolved.
fn kind_of_host(host: &str) -> AddressKind {
    let literal = host.trim_start_matches('[').trim_end_matches(']');
    match literal.parse::<IpAddr>() {
        Ok(address) => kind_of(address),
        Err(_) if is_localhost(host) => AddressKind::Loopback,
        Err(_) => AddressKind::Public,
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "BaseUrl({})", self.text)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use BaseUrlError as E;

    const STRICT: UrlPolicy = UrlPolicy { allow_loopback: false, only_loopback: false, allow_private: false };
    const LOOPBACK: UrlPolicy =
        UrlPolicy { allow_loopback: true, only_loopback: false, allow_private: false };
    const PRIVATE: UrlPolicy = UrlPolicy { allow_loopback: false, only_loopback: false, allow_private: true };

    fn parse(text: &str, policy: UrlPolicy) -> Result<String, E> {
        BaseUrl::parse(text, &policy).map(|url| url.to_string())
    }

    #[test]
    fn good_addresses_are_tidied() {
        for (text, policy, tidy) in [
            ("https://api.io.pagopa.it/api/v1", STRICT, "https://api.io.pagopa.it/api/v1"),
            (" HTTPS://API.io.pagopa.it/api/v1// ", STRICT, "https://api.io.pagopa.it/api/v1"),
            ("https://api.io.pagopa.it:443", STRICT, "https://api.io.pagopa.it"),
            ("http://127.0.0.1:8080/api/v1/", LOOPBACK, "http://127.0.0.1:8080/api/v1"),
            ("http://[::1]:8080", LOOPBACK, "http://[::1]:8080"),
            ("http://localhost:8080", LOOPBACK, "http://localhost:8080"),
            ("http://0x7f.1", LOOPBACK, "http://127.0.0.1"),
            ("https://10.0.0.7/io", PRIVATE, "https://10.0.0.7/io"),
        ] {
            assert_eq!(parse(text, policy).as_deref(), Ok(tidy), "{text}");
        }
        let url = BaseUrl::parse("http://localhost:1/api/v1/", &LOOPBACK).unwrap();
        assert!(url.is_loopback());
        assert_eq!(url.messages().as_str(), "http://localhost:1/api/v1/messages");
        assert!(!BaseUrl::parse("https://api.io.pagopa.it", &LOOPBACK).unwrap().is_loopback());
    }

    #[test]
    fn every_fault_has_its_name() {
        for (text, policy, error) in [
            ("", STRICT, E::NotAUrl),
            ("api.io.pagopa.it", STRICT, E::NotAUrl),
            ("ftp://api.io.pagopa.it", STRICT, E::NotAUrl),
            ("file:///etc/passwd", STRICT, E::NotAUrl),
            ("http://api.io.pagopa.it", LOOPBACK, E::NotHttps),
            ("http://10.0.0.7", PRIVATE, E::NotHttps),
            ("https://u@api.io.pagopa.it", STRICT, E::Credentials),
            ("https://:p@api.io.pagopa.it", STRICT, E::Credentials),
            ("https://api.io.pagopa.it/?subscription-key=x", STRICT, E::QueryOrFragment),
            ("https://api.io.pagopa.it/#x", STRICT, E::QueryOrFragment),
            ("http://127.0.0.1", STRICT, E::Loopback),
            ("https://localhost", PRIVATE, E::Loopback),
            ("https://[::ffff:127.0.0.1]", STRICT, E::Loopback),
            ("https://2130706433", STRICT, E::Loopback),
            ("https://10.0.0.7", LOOPBACK, E::Private),
            ("https://169.254.169.254", LOOPBACK, E::Private),
            ("https://0.0.0.0", LOOPBACK, E::Private),
            ("https://[fd00::1]", STRICT, E::Private),
        ] {
            assert_eq!(parse(text, policy), Err(error), "{text}");
        }
        assert_eq!(parse(&format!("https://x.it/{}", "a".repeat(BASE_URL_MAX)), STRICT), Err(E::TooLong));
    }
}

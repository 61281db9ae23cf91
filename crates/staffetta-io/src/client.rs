//! The client of a sender: one call, one answer that says what to do.
//!
//! It follows no redirect and repeats nothing, because a second POST is a second message on the
//! citizen's phone.

pub mod answer;
mod detail;
mod exchange;
mod http;
mod in_process;
mod interpret;
mod resolver;
mod wait;

use crate::base_url::{BaseUrl, UrlPolicy};
use crate::simulator::Simulator;
use crate::wire::{NewMessage, ProfileQuery};
use answer::{ProfileAnswer, Reply, SendAnswer, StatusAnswer};
use exchange::Exchange;
use http::HttpTransport;
use in_process::InProcess;
use reqwest::{Method, Url};
use secrecy::SecretString;
use staffetta_domain::{Content, FiscalCode};
use std::sync::Arc;

/// Where and with which key a service calls.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Where.
    pub base_url: BaseUrl,
    /// The service's *use* key.
    pub key: SecretString,
}

impl Connection {
    /// A key as a person gave it; `None` if it cannot be one: what cannot stand in a header of HTTP cannot.
    #[must_use]
    pub fn read_key(text: &str) -> Option<SecretString> {
        let text = text.trim();
        let right = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        right.then(|| SecretString::from(text))
    }
}

/// How the client behaves.
#[derive(Clone, Debug)]
pub struct ClientOptions {
    /// Longest time of a whole call, reply's body included, in milliseconds. Generous (60 s), because
    /// a timeout makes an uncertain message; IO's own gateway gives up after 180 s.
    pub timeout_ms: i64,
    /// Proxy, as `http://host:port`, `https://…` or `socks5h://…`, perhaps with user and password.
    /// The environment's proxies are not looked at. Names are then resolved by the proxy.
    pub proxy: Option<String>,
    /// Certificate authorities besides the system's, in PEM: for proxies that open TLS.
    pub extra_ca_pem: Option<Vec<u8>>,
    /// Which addresses may be called; must be that with which the base URLs were read.
    pub url_policy: UrlPolicy,
    /// Most idle connections kept for a host.
    pub pool_size: usize,
}

/// Why a client cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// The proxy's address.
    #[error("the proxy is not an address such as http://proxy.example.it:3128")]
    Proxy,
    /// The extra certificates.
    #[error("the extra certificate authorities are not certificates in PEM form")]
    Certificates,
    /// TLS cannot be started.
    #[error("TLS cannot be started")]
    Tls,
}

/// A client for all services; cheap to clone.
#[derive(Clone, Debug)]
pub struct IoClient(Transport);

#[derive(Clone, Debug)]
enum Transport {
    Http(HttpTransport),
    InProcess(InProcess),
}

/// A request on its way.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) body: Option<Vec<u8>>,
}

impl IoClient {
    /// A client on the network.
    ///
    /// # Errors
    /// When proxy or certificates cannot be used.
    pub fn new(options: &ClientOptions) -> Result<Self, ClientError> {
        HttpTransport::new(options).map(|http| Self(Transport::Http(http)))
    }

    /// The same client, calling a simulator in this process without sockets, by the simulator's clock.
    #[must_use]
    pub fn in_process(simulator: Arc<Simulator>) -> Self {
        let timeout_ms = ClientOptions::default().timeout_ms;
        Self(Transport::InProcess(InProcess { simulator, timeout_ms }))
    }

    /// `POST /profiles`: may this service write to this citizen? The answer is of this moment.
    pub async fn profile(&self, connection: &Connection, fiscal_code: &FiscalCode) -> Reply<ProfileAnswer> {
        let body = body_of(&ProfileQuery { fiscal_code: fiscal_code.as_str() });
        let url = connection.base_url.profiles().clone();
        let exchange = self.call(connection, Outgoing { method: Method::POST, url, body }).await;
        reply(&exchange, interpret::profile)
    }

    /// `POST /messages`, with the fiscal code in the body and never in the URL.
    ///
    /// Dropped before it returns, it may or may not have sent: the caller's claim must be durable before.
    pub async fn send(
        &self,
        connection: &Connection,
        fiscal_code: &FiscalCode,
        content: &Content,
    ) -> Reply<SendAnswer> {
        let body = body_of(&NewMessage::new(fiscal_code, content));
        let url = connection.base_url.messages().clone();
        let exchange = self.call(connection, Outgoing { method: Method::POST, url, body }).await;
        reply(&exchange, interpret::send)
    }

    /// `GET /messages/{fiscal_code}/{id}`: what became of a message. IO offers no way without the code
    /// in the URL, so nothing here logs URLs.
    pub async fn status(
        &self,
        connection: &Connection,
        fiscal_code: &FiscalCode,
        message_id: &str,
    ) -> Reply<StatusAnswer> {
        let mut url = connection.base_url.messages().clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.push(fiscal_code.as_str()).push(message_id);
        }
        let exchange = self.call(connection, Outgoing { method: Method::GET, url, body: None }).await;
        reply(&exchange, interpret::status)
    }

    async fn call(&self, connection: &Connection, outgoing: Outgoing) -> Exchange {
        match &self.0 {
            Transport::Http(http) => http.call(connection, outgoing).await,
            Transport::InProcess(simulator) => simulator.call(connection, outgoing).await,
        }
    }
}

/// Bodies are structs of texts and numbers, which always have a JSON form.
fn body_of<T: serde::Serialize>(body: &T) -> Option<Vec<u8>> {
    serde_json::to_vec(body).ok()
}

fn reply<A>(exchange: &Exchange, interpret: impl Fn(&Exchange) -> A) -> Reply<A> {
    let (remaining, wire) = exchange.facts();
    Reply { answer: interpret(exchange), remaining, wire }
}

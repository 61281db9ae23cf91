//! The client on the network.
//!
//! HTTP/1.1 only: on HTTP/2 all calls share one connection, and when it breaks every call in flight
//! becomes an uncertain message; here one connection carries one call at a time.

use crate::base_url::UrlPolicy;
use crate::client::exchange::{Answered, Body, Exchange, NotSent, REPLY_MAX_BYTES};
use crate::client::resolver::{ForbiddenAddress, GuardedResolver};
use crate::client::{ClientError, ClientOptions, Connection, Outgoing};
use crate::wire::{KEY_HEADER, REMAINING_HEADER, RETRY_AFTER_HEADER};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Certificate, Client, ClientBuilder, NoProxy, Proxy, Request, Response, Url, redirect, retry};
use secrecy::ExposeSecret;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

/// Longest time to connect (name, TCP, proxy, TLS), in milliseconds. Much shorter than the whole call's:
/// what fails here has certainly not been sent.
const CONNECT_TIMEOUT_MS: u64 = 10_000;
/// An idle connection is closed after this time, in milliseconds, before receivers do it (5 s is the
/// shortest default met, Node's): a call on a connection that is being closed would be uncertain.
const POOL_IDLE_MS: u64 = 4_000;
/// Kinds of proxies that work; with `socks5h` the proxy resolves names.
const PROXY_SCHEMES: [&str; 4] = ["http", "https", "socks5", "socks5h"];

/// A client on the network.
#[derive(Clone, Debug)]
pub(crate) struct HttpTransport(Client);

impl HttpTransport {
    pub(crate) fn new(options: &ClientOptions) -> Result<Self, ClientError> {
        // reqwest is built without a provider of its own and panics if none is installed. An error
        // means that one is installed already: then that one is used.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let extra = match &options.extra_ca_pem {
            Some(pem) => Certificate::from_pem_bundle(pem).map_err(|_| ClientError::Certificates)?,
            None => Vec::new(),
        };
        if options.extra_ca_pem.is_some() && extra.is_empty() {
            return Err(ClientError::Certificates);
        }
        let with_system = builder(options)?.tls_certs_merge(extra.clone()).build();
        let client = match with_system {
            Ok(client) => client,
            // A machine without any certificate authority can still talk to the simulator; a call with
            // TLS will fail before anything is sent.
            Err(error) => {
                tracing::warn!(error = %error.without_url(), "the system's certificate authorities cannot be read");
                builder(options)?.tls_certs_only(extra).build().map_err(|_| ClientError::Tls)?
            }
        };
        Ok(Self(client))
    }

    pub(crate) async fn call(&self, connection: &Connection, outgoing: Outgoing) -> Exchange {
        let Ok(mut key) = HeaderValue::from_str(connection.key.expose_secret()) else {
            return Exchange::NotSent(NotSent::KeyUnusable);
        };
        key.set_sensitive(true);
        let mut request = Request::new(outgoing.method, outgoing.url);
        request.headers_mut().insert(HeaderName::from_static(KEY_HEADER), key);
        if let Some(body) = outgoing.body {
            request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            *request.body_mut() = Some(body.into());
        }
        match self.0.execute(request).await {
            Ok(response) => Exchange::Answered(read(response).await),
            Err(error) => failure(&error),
        }
    }
}

fn builder(options: &ClientOptions) -> Result<ClientBuilder, ClientError> {
    let timeout_ms = u64::try_from(options.timeout_ms).unwrap_or_default().max(1);
    let (proxy, proxy_host) = proxy(options)?;
    let resolver = GuardedResolver { policy: options.url_policy, proxy_host };
    let builder = Client::builder()
        .user_agent(concat!("staffetta/", env!("CARGO_PKG_VERSION")))
        .http1_only()
        // A redirect would carry key and message to an address that nobody checked.
        .redirect(redirect::Policy::none())
        // Every retry is the engine's decision: only the ledger knows what may be sent again.
        .retry(retry::never())
        .referer(false)
        .timeout(Duration::from_millis(timeout_ms))
        .connect_timeout(Duration::from_millis(CONNECT_TIMEOUT_MS.min(timeout_ms.div_ceil(2))))
        .pool_idle_timeout(Duration::from_millis(POOL_IDLE_MS))
        .pool_max_idle_per_host(options.pool_size)
        .dns_resolver(Arc::new(resolver))
        // The environment's proxies are the configuration's business.
        .no_proxy();
    Ok(match proxy {
        Some(proxy) => builder.proxy(proxy),
        None => builder,
    })
}

fn proxy(options: &ClientOptions) -> Result<(Option<Proxy>, Option<String>), ClientError> {
    let Some(text) = &options.proxy else { return Ok((None, None)) };
    let url = Url::parse(text).map_err(|_| ClientError::Proxy)?;
    let host = url.host_str().map(str::to_owned).ok_or(ClientError::Proxy)?;
    if !PROXY_SCHEMES.contains(&url.scheme()) {
        return Err(ClientError::Proxy);
    }
    let proxy = Proxy::all(url).map_err(|_| ClientError::Proxy)?;
    // The machine itself is never reached through a proxy.
    let direct = NoProxy::from_string("localhost,127.0.0.0/8,::1");
    Ok((Some(proxy.no_proxy(direct)), Some(host)))
}

/// An error before the reply's head. Only what is certainly not sent counts as such.
fn failure(error: &reqwest::Error) -> Exchange {
    if error.is_connect() || error.is_builder() {
        let forbidden = causes(error).any(|cause| cause.is::<ForbiddenAddress>());
        return Exchange::NotSent(if forbidden { NotSent::ForbiddenAddress } else { NotSent::Unreachable });
    }
    if error.is_timeout() { Exchange::TimedOut } else { Exchange::Broken }
}

fn causes<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(error.source(), |&cause| cause.source())
}

async fn read(mut response: Response) -> Answered {
    let headers = response.headers();
    let content_type = text(headers, &CONTENT_TYPE).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    let answered = Answered {
        status: response.status().as_u16(),
        problem_json: media_type.eq_ignore_ascii_case("application/problem+json"),
        remaining: text(headers, &HeaderName::from_static(REMAINING_HEADER))
            .and_then(|text| text.parse().ok()),
        retry_after: text(headers, &HeaderName::from_static(RETRY_AFTER_HEADER))
            .or_else(|| text(headers, &RETRY_AFTER))
            .map(str::to_owned),
        body: Body::Broken,
    };
    Answered { body: read_body(&mut response).await, ..answered }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

async fn read_body(response: &mut Response) -> Body {
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            // A reply without end must not fill the memory.
            Ok(Some(chunk)) if bytes.len() + chunk.len() > REPLY_MAX_BYTES => return Body::TooLong,
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => return Body::Whole(bytes),
            Err(error) if error.is_timeout() => return Body::TimedOut,
            Err(_) => return Body::Broken,
        }
    }
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            timeout_ms: 60_000,
            proxy: None,
            extra_ca_pem: None,
            url_policy: UrlPolicy::default(),
            pool_size: 256,
        }
    }
}

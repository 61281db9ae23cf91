//! TLS of the pages: the certificate, and a listener on which a slow handshake holds nobody up.
//!
//! A new certificate is taken at the next start.

use crate::failure::Failure;
use axum::serve::Listener;
use staffetta_domain::Phrase;
use staffetta_io::{Clock, SystemClock};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::server::TlsStream;

/// Who has not shaken hands by then speaks no TLS, or does not mean it well.
const HANDSHAKE_MS: i64 = 10_000;
/// Most handshakes under way; those who come then wait for one to end.
const HANDSHAKES_MAX: usize = 512;

/// Reads certificate and key.
pub(crate) fn acceptor(certificate: &Path, key: &Path) -> Result<TlsAcceptor, Failure> {
    let wrong = |what, path: &Path, error: &dyn std::fmt::Display| {
        Failure::usage(Phrase::new(what).with("path", path.display()).with("error", error))
    };
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .map_err(|error| wrong("cli-tls-certificate", certificate, &error))?;
    let private = PrivateKeyDer::from_pem_file(key).map_err(|error| wrong("cli-tls-key", key, &error))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(chain, private))
        .map_err(|error| wrong("cli-tls-certificate", certificate, &error))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// A listener that gives connections on which the handshake is done.
pub(crate) struct TlsListener {
    listener: TcpListener,
    acceptor: TlsAcceptor,
    handshakes: JoinSet<Option<(TlsStream<TcpStream>, SocketAddr)>>,
}

impl TlsListener {
    pub(crate) fn new(listener: TcpListener, acceptor: TlsAcceptor) -> Self {
        Self { listener, acceptor, handshakes: JoinSet::new() }
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        loop {
            tokio::select! {
                Some(done) = self.handshakes.join_next() => {
                    if let Ok(Some(connection)) = done {
                        return connection;
                    }
                }
                (stream, address) = Listener::accept(&mut self.listener),
                    if self.handshakes.len() < HANDSHAKES_MAX =>
                {
                    self.handshakes.spawn(handshake(self.acceptor.clone(), stream, address));
                }
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

async fn handshake(
    acceptor: TlsAcceptor,
    stream: TcpStream,
    address: SocketAddr,
) -> Option<(TlsStream<TcpStream>, SocketAddr)> {
    tokio::select! {
        done = acceptor.accept(stream) => done.ok().map(|stream| (stream, address)),
        () = SystemClock.sleep(HANDSHAKE_MS) => None,
    }
}

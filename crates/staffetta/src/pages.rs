//! The pages on an address, from their start to their end in order.

use crate::failure::Failure;
use crate::session::Session;
use crate::tls::TlsListener;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use futures_util::StreamExt;
use staffetta_domain::Phrase;
use staffetta_io::{Clock, IoClient, SystemClock};
use staffetta_web::{App, AppOptions};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// How long requests under way are waited for when the pages end.
const GRACE_MS: i64 = 5_000;

/// How browsers reach the pages.
#[derive(Clone)]
pub(crate) enum Door {
    /// As they are: on this machine only.
    Plain,
    /// Through a proxy that ends the TLS.
    Proxy,
    /// By TLS.
    Tls(TlsAcceptor),
}

impl Door {
    const fn is_https(&self) -> bool {
        matches!(self, Self::Proxy | Self::Tls(_))
    }

    /// The address that a person opens; behind a proxy it is the proxy's, which is not known here.
    pub(crate) fn url(&self, address: SocketAddr) -> String {
        let scheme = if matches!(self, Self::Tls(_)) { "https" } else { "http" };
        format!("{scheme}://{address}")
    }
}

/// Pages that are being served.
pub(crate) struct Pages {
    stop: watch::Sender<bool>,
    task: JoinHandle<std::io::Result<()>>,
}

impl Pages {
    /// The pages of this installation.
    pub(crate) fn start(session: &Session, listener: TcpListener, door: Door) -> Result<Self, Failure> {
        let client = &session.settings.client;
        let io = IoClient::new(client)
            .map_err(|error| Failure::usage(Phrase::new("cli-client").with("error", error)))?;
        let options = AppOptions {
            url_policy: client.url_policy,
            https: door.is_https(),
            temporary: session.settings.data_dir.clone(),
        };
        let (folder, now) = (options.temporary.clone(), session.now());
        tokio::spawn(async move { staffetta_web::sweep_left_files(&folder, now).await });
        let app = App::new(Arc::clone(&session.store), Arc::new(io), Arc::new(SystemClock), options);
        Ok(Self::serve(staffetta_web::router(app), listener, door))
    }

    fn serve(router: Router, listener: TcpListener, door: Door) -> Self {
        let (stop, asked) = watch::channel(false);
        let of_streams = asked.clone();
        let router =
            router.layer(from_fn(move |request, next| end_streams(of_streams.clone(), request, next)));
        let task = tokio::spawn(async move {
            match door {
                Door::Tls(acceptor) => {
                    let listener = TlsListener::new(listener, acceptor);
                    axum::serve(listener, router).with_graceful_shutdown(until(asked)).await
                }
                Door::Plain | Door::Proxy => {
                    axum::serve(listener, router).with_graceful_shutdown(until(asked)).await
                }
            }
        });
        Self { stop, task }
    }

    /// Returns only if they end by themselves, which is a failure.
    pub(crate) async fn ended(&mut self) -> Failure {
        match (&mut self.task).await {
            Ok(Err(error)) => Failure::system("cli-pages-stopped", &error),
            Ok(Ok(())) | Err(_) => Failure::failed(Phrase::new("cli-engine-stopped")),
        }
    }

    /// Takes no more requests, ends the live streams, and waits a while for the requests under way.
    pub(crate) async fn stop(mut self, clock: &dyn Clock) {
        if self.task.is_finished() {
            return;
        }
        self.stop.send_replace(true);
        tokio::select! {
            _ = &mut self.task => {}
            () = clock.sleep(GRACE_MS) => self.task.abort(),
        }
    }
}

async fn until(mut asked: watch::Receiver<bool>) {
    // Also when nobody can ask any more.
    let _ = asked.wait_for(|asked| *asked).await;
}

/// A live stream never ends by itself: without this, one open page would hold up every stop.
async fn end_streams(asked: watch::Receiver<bool>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE);
    if kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream")) {
        response.map(|body| Body::from_stream(body.into_data_stream().take_until(until(asked))))
    } else {
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::sse::{Event, Sse};
    use axum::routing::get;
    use futures_util::stream;
    use staffetta_io::ManualClock;
    use std::convert::Infallible;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    #[tokio::test]
    async fn an_open_stream_does_not_hold_up_the_end() {
        let live = async || {
            let first = stream::iter([Ok::<_, Infallible>(Event::default().data("ecco"))]);
            Sse::new(first.chain(stream::pending()))
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let pages = Pages::serve(Router::new().route("/live", get(live)), listener, Door::Plain);
        let mut browser = TcpStream::connect(address).await.unwrap();
        browser.write_all(b"GET /live HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        let mut seen = Vec::new();
        while !seen.ends_with(b"data: ecco\n\n\r\n") {
            assert!(browser.read_buf(&mut seen).await.unwrap() > 0, "it ended before it was asked to");
        }
        // By a clock that stands still: a stream that held it up would hold it up for ever.
        pages.stop(&ManualClock::new(staffetta_domain::UnixMillis(0))).await;
        let mut rest = Vec::new();
        browser.read_to_end(&mut rest).await.unwrap();
        assert_eq!(rest, b"0\r\n\r\n");
    }
}

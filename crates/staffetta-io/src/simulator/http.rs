//! The simulator on a socket.
//!
//! Below axum, on hyper itself: only there a service can end with an error, upon which hyper closes the
//! connection without having written a byte. That is what a lost answer looks like.

use crate::simulator::{Answer, Ending, Method, Request, Simulator};
use crate::wire::KEY_HEADER;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// Most bytes of a request's body: twice the longest message with every character escaped.
const BODY_MAX_BYTES: usize = 256 * 1024;
/// Pause after an error of accepting (usually no file handles left), in milliseconds.
const ACCEPT_PAUSE_MS: i64 = 100;

/// The connection ends here, without an answer.
#[derive(Debug, thiserror::Error)]
#[error("closed without an answer")]
struct Closed;

/// Serves until dropped; then every connection is cut, as if the process had been killed. Never ends
/// by itself: an error of accepting passes.
pub async fn serve(listener: TcpListener, simulator: Arc<Simulator>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(serve_connection(stream, simulator.clone()));
                }
                Err(error) => {
                    tracing::warn!(%error, "the simulator cannot accept a connection");
                    simulator.clock().sleep(ACCEPT_PAUSE_MS).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve_connection(stream: TcpStream, simulator: Arc<Simulator>) {
    // Small answers must not wait for each other.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| answer(simulator.clone(), request));
    // An error is a client that left, or a connection that we cut: both are meant.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(
    simulator: Arc<Simulator>,
    request: hyper::Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Closed> {
    let (head, body) = request.into_parts();
    let Ok(body) = Limited::new(body, BODY_MAX_BYTES).collect().await else {
        return Ok(response(Answer::gateway(413, "The request body is too large.")));
    };
    let body = body.to_bytes();
    let method = match head.method {
        hyper::Method::GET => Method::Get,
        hyper::Method::POST => Method::Post,
        _ => Method::Other,
    };
    let outcome = simulator.handle(&Request {
        method,
        path: head.uri.path(),
        query: head.uri.query().unwrap_or_default(),
        key: head.headers.get(KEY_HEADER).and_then(|value| value.to_str().ok()),
        body: &body,
    });
    if outcome.delay_ms > 0 {
        simulator.clock().sleep(outcome.delay_ms).await;
    }
    match outcome.ending {
        Ending::Answer(answer) => Ok(response(answer)),
        Ending::Drop => Err(Closed),
        // Ends when the client closes the connection.
        Ending::Hang => std::future::pending().await,
    }
}

fn response(answer: Answer) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(answer.body)));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    if !answer.content_type.is_empty() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    }
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}

//! Who asks for pages: a browser without a socket.

use super::{Answer, recipients};
use axum::Router;
use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{Request, header};
use axum::response::Response;
use staffetta_domain::FlowId;
use tower::ServiceExt as _;

/// A person at a browser.
#[derive(Clone)]
pub(crate) struct Visitor {
    router: Router,
    cookie: String,
    live: bool,
}

impl Visitor {
    pub(super) fn new(router: &Router, cookie: String) -> Self {
        Self { router: router.clone(), cookie, live: false }
    }

    /// The same, as a script of the page asks for parts of it.
    pub(crate) fn live(&self) -> Self {
        Self { live: true, ..self.clone() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        Answer::of(self.open(path).await).await
    }

    /// An answer whose body is not read yet.
    pub(crate) async fn open(&self, path: &str) -> Response {
        self.ask(Request::get(path), Body::empty()).await
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> =
            form.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        Answer::of(self.ask(request, Body::from(pairs.join("&"))).await).await
    }

    /// A file of recipients for a flow.
    pub(crate) async fn upload(&self, flow: FlowId, name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--CONFINE\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--CONFINE--\r\n");
        self.send(Request::post(recipients(flow)), Body::from(body)).await
    }

    /// An upload as it is, whatever it holds.
    pub(crate) async fn send(&self, request: Builder, body: Body) -> Answer {
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=CONFINE");
        Answer::of(self.ask(request, body).await).await
    }

    /// The whole answer to a request with headers of its own.
    pub(crate) async fn whole(&self, request: Builder) -> Answer {
        Answer::of(self.ask(request, Body::empty()).await).await
    }

    async fn ask(&self, mut request: Builder, body: Body) -> Response {
        if self.live {
            request = request.header("hx-request", "true");
        }
        let request = request
            .header(header::HOST, "staffetta.example")
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, &self.cookie)
            .body(body)
            .unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

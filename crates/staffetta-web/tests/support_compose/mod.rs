//! An ente with its operators, and its pages asked without a socket.
#![allow(dead_code, reason = "each test file uses a part of it")]

use axum::Router;
use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request, StatusCode, header};
use futures_util::future::BoxFuture;
use http_body_util::BodyExt;
use secrecy::SecretString;
use staffetta_domain::{Amount, FlowId, Rights, ServiceId, UnixMillis};
use staffetta_io::{Clock, IoClient, Simulator, SimulatorOptions, SystemClock, UrlPolicy};
use staffetta_store::passwords::{HashedPassword, hash_password};
use staffetta_store::services::NewService;
use staffetta_store::testing::TestLedger;
use staffetta_store::{Scope, Store};
use staffetta_web::{App, AppOptions};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use tower::ServiceExt;

pub(crate) const NOW: UnixMillis = UnixMillis(1_795_000_000_000);
const PASSWORD: &str = "una frase lunga abbastanza";

/// Hashing is slow on purpose: once is enough.
static HASHED: LazyLock<HashedPassword> =
    LazyLock::new(|| hash_password(&SecretString::from(PASSWORD)).unwrap());

/// The time stands still; who waits for a deadline either never comes back, or at once.
pub(crate) struct Still {
    pub(crate) waits: bool,
}

impl Clock for Still {
    fn now(&self) -> UnixMillis {
        NOW
    }

    fn monotonic_ms(&self) -> i64 {
        0
    }

    fn sleep_until(&self, _: i64) -> BoxFuture<'_, ()> {
        if self.waits { Box::pin(std::future::pending()) } else { Box::pin(std::future::ready(())) }
    }
}

pub(crate) fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

/// The pages, and what stands behind them.
pub(crate) struct Pages {
    router: Router,
    pub(crate) store: Arc<Store>,
    pub(crate) whole: Scope,
    pub(crate) tributi: ServiceId,
    pub(crate) anagrafe: ServiceId,
    folder: PathBuf,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Pages {
    /// *bruno* has every right on *Tributi*, *elsa* composes for it, *carla* looks at it; *dario* administers
    /// another ente.
    pub(crate) async fn open(ledger: &TestLedger) -> Self {
        Self::with_clock(ledger, Still { waits: true }).await
    }

    pub(crate) async fn with_clock(ledger: &TestLedger, clock: Still) -> Self {
        let store = Arc::new(Store::open(ledger.options()).await.unwrap());
        let ente = store.make_organization("Comune di Prova", NOW).await.unwrap().unwrap();
        let other = store.make_organization("Comune vicino", NOW).await.unwrap().unwrap();
        let whole = Scope::whole(ente, "anna");
        let mut services = Vec::new();
        for name in ["Tributi", "Anagrafe"] {
            let key = SecretString::from("chiave");
            let max_amount = Amount::from_cents(1_000_000).unwrap();
            let new = NewService {
                name,
                io_service_id: None,
                base_url: "http://127.0.0.1:9/api/v1",
                key: &key,
                max_amount,
            };
            services.push(store.add_service(&whole, &new, NOW).await.unwrap().unwrap());
        }
        let all = Rights(Rights::COMPOSE.0 | Rights::SEND.0);
        for (name, rights) in [("bruno", all), ("elsa", Rights::COMPOSE), ("carla", Rights::LOOK)] {
            let enabled = [(services[0], rights)];
            store.add_operator(ente, name, &HASHED, false, &enabled, NOW).await.unwrap().unwrap();
        }
        store.add_operator(other, "dario", &HASHED, true, &[], NOW).await.unwrap().unwrap();
        let simulator = Simulator::open(SimulatorOptions::default(), Arc::new(SystemClock)).unwrap();
        let options = AppOptions {
            url_policy: UrlPolicy { allow_loopback: true, only_loopback: false, allow_private: false },
            https: false,
            temporary: ledger.folder().to_owned(),
        };
        let io = Arc::new(IoClient::in_process(Arc::new(simulator)));
        let app = App::new(Arc::clone(&store), io, Arc::new(clock), options);
        let router = staffetta_web::router(app);
        let (tributi, anagrafe) = (services[0], services[1]);
        Self { router, store, whole, tributi, anagrafe, folder: ledger.folder().to_owned() }
    }

    /// Someone signed in.
    pub(crate) async fn person(&self, name: &str) -> Visitor<'_> {
        let ente = if name == "dario" { "Comune vicino" } else { "Comune di Prova" };
        let ente = self.store.organization_by_name(ente).await.unwrap().unwrap().id;
        let form = [("name", name), ("password", PASSWORD), ("organization", &ente.to_string())];
        let answer = self.nobody().post("/accedi", &form).await;
        let cookie = answer.header(header::SET_COOKIE.as_str()).split(';').next().unwrap().to_owned();
        Visitor { pages: self, cookie, live: false }
    }

    /// Nobody is signed in.
    pub(crate) fn nobody(&self) -> Visitor<'_> {
        Visitor { pages: self, cookie: String::new(), live: false }
    }

    /// Uploads that were left on the disk.
    pub(crate) fn left_behind(&self) -> usize {
        let files = std::fs::read_dir(&self.folder).unwrap();
        let ours = ["caricamento-", "esportazione-"];
        files
            .filter(|file| {
                let name = file.as_ref().unwrap().file_name().to_string_lossy().into_owned();
                ours.iter().any(|prefix| name.starts_with(prefix))
            })
            .count()
    }
}

/// Who asks.
#[derive(Clone)]
pub(crate) struct Visitor<'a> {
    pages: &'a Pages,
    cookie: String,
    live: bool,
}

impl Visitor<'_> {
    /// The same, asking for parts of a page.
    pub(crate) fn live(&self) -> Self {
        Self { live: true, ..self.clone() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path), Body::empty()).await
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> =
            form.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, Body::from(pairs.join("&"))).await
    }

    pub(crate) async fn upload(&self, flow: FlowId, name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--CONFINE\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--CONFINE--\r\n");
        self.send(Request::post(recipients(flow)), Body::from(body)).await
    }

    pub(crate) async fn send(&self, request: Builder, body: Body) -> Answer {
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=CONFINE");
        self.ask(request, body).await
    }

    async fn ask(&self, mut request: Builder, body: Body) -> Answer {
        if self.live {
            request = request.header("hx-request", "true");
        }
        let request = request
            .header(header::HOST, "staffetta.example")
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, &self.cookie)
            .body(body)
            .unwrap();
        let response = self.pages.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        Answer { status, headers, bytes }
    }
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// It is this, and shows that.
    #[track_caller]
    pub(crate) fn shows(&self, status: u16, words: &[&str]) -> &Self {
        let text = self.text();
        assert_eq!(self.status.as_u16(), status, "{text}");
        // What has no words shows its key in brackets.
        assert!(!text.contains("[compose-") && !text.contains("[activate-"), "{text}");
        for words in words {
            assert!(text.contains(words), "“{words}” is not in {text}");
        }
        self
    }

    /// It does not show that.
    #[track_caller]
    pub(crate) fn hides(&self, words: &str) -> &Self {
        assert!(!self.text().contains(words), "“{words}” is in {}", self.text());
        self
    }

    /// It leads on to this address.
    #[track_caller]
    pub(crate) fn leads(&self, to: &str) {
        let found = (self.status, self.header("location"));
        assert_eq!(found, (StatusCode::SEE_OTHER, to), "{}", self.text());
    }
}

pub(crate) fn recipients(flow: FlowId) -> String {
    format!("/flussi/{flow}/destinatari")
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

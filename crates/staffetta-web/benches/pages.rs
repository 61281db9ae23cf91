//! How long a page takes among 1,000,000 notifications and 100,000 flows: p50 and p99 of each, from the request to
//! the last byte of the answer, without a socket. Medians of five rounds, since neighbours come and go.
//!
//! `cargo bench -p staffetta-web --bench pages [-- NOTIFICATIONS FLOWS]`; PostgreSQL too where
//! `STAFFETTA_TEST_POSTGRES` names a server. An operator asks, whose services bound every statement.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement, run by hand: it reads the time and prints"
)]

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use secrecy::SecretString;
use staffetta_domain::{NotificationId, Rights};
use staffetta_io::{IoClient, Simulator, SimulatorOptions, SystemClock, UrlPolicy};
use staffetta_store::Store;
use staffetta_store::passwords::hash_password;
use staffetta_store::testing::archive::{Archive, NOW, archive};
use staffetta_store::testing::{TestLedger, person};
use staffetta_web::{App, AppOptions};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower::ServiceExt;

const ROUNDS: usize = 5;
/// Of each page in a round.
const REPEATS: i64 = 200;
const PASSWORD: &str = "una frase lunga abbastanza";

fn main() {
    let numbers: Vec<i64> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let rows = numbers.first().copied().unwrap_or(1_000_000);
    let flows = numbers.get(1).copied().unwrap_or(100_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        measure(TestLedger::sqlite().await, rows, flows).await;
        if let Some(postgres) = TestLedger::postgres().await {
            measure(postgres, rows, flows).await;
        }
    });
}

/// The pages, as one who is signed in sees them.
struct Browser {
    router: Router,
    cookie: String,
}

async fn measure(ledger: TestLedger, rows: i64, flows: i64) {
    let mut archive = archive(&ledger, rows, flows).await;
    archive.enlarge_draft(&ledger).await;
    println!("{}: {rows} notifications, {flows} flows", ledger.kind());
    let browser = browser(&ledger, &archive).await;
    let (flow, list) = archive.lists[0];
    let (draft, draft_list) = archive.draft;
    let last = browser.next_page("/flussi").await;
    for (name, path) in [
        ("Gestione flussi", "/flussi".to_owned()),
        ("Gestione flussi, the next page", last),
        ("a flow", format!("/flussi/{flow}")),
        ("a flow, Errore only", format!("/flussi/{flow}?stato=failed")),
        ("a flow that is composed", format!("/flussi/{draft}/componi")),
        ("the same, somebody in the middle", format!("/flussi/{draft}/componi?posizione={}", rows / 2)),
        ("Attiva", format!("/flussi/{draft}/attiva")),
        ("Nuovo flusso", "/flussi/nuovo".to_owned()),
        ("a notification", format!("/notifiche/{}", NotificationId::new(list, 77))),
        ("Archivio, the form", "/notifiche".to_owned()),
        ("Nuova notifica", "/notifiche/nuova".to_owned()),
    ] {
        rounds(name, async |_| browser.get(&path).await.0).await;
    }
    for (name, action, field, value) in searches(&archive) {
        rounds(name, async |number| browser.search(action, field, &value(number)).await).await;
    }
    assert!(ledger.activate_flow(&archive.scope, draft, draft_list, NOW).await.unwrap());
    for (name, path) in
        [("an active flow", format!("/flussi/{draft}")), ("Invia", format!("/flussi/{draft}/invia"))]
    {
        rounds(name, async |_| browser.get(&path).await.0).await;
    }
    ledger.remove().await;
}

/// Asks for a page again and again, each time with another number, and tells the medians.
async fn rounds(name: &str, mut ask: impl AsyncFnMut(i64) -> Duration) {
    let (mut p50, mut p99) = (Vec::new(), Vec::new());
    let mut number = 0;
    for _ in 0..ROUNDS {
        let mut times = Vec::new();
        for _ in 0..REPEATS {
            times.push(ask(number).await);
            number += 1;
        }
        p50.push(at(&mut times, 50));
        p99.push(at(&mut times, 99));
    }
    let worst = p99.iter().max().copied().unwrap();
    let shown = |time: Duration| time.as_secs_f64() * 1_000.0;
    let [p50, p99] = [&mut p50, &mut p99].map(|times| shown(at(times, 50)));
    println!("  {name:<32} p50 {p50:>7.2} ms   p99 {p99:>7.2} ms   (worst round {:>7.2})", shown(worst));
}

fn at(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() * percent / 100).min(times.len() - 1)]
}

type Value = Box<dyn Fn(i64) -> String>;

fn searches(archive: &Archive) -> Vec<(&'static str, &'static str, &'static str, Value)> {
    let (rows, service) = (archive.rows, archive.service);
    let who = move |number: i64| person(number * 7_919 % rows).as_str().to_owned();
    vec![
        ("Gestione flussi by fiscal code", "/flussi/elenca", "fiscal_code", Box::new(who)),
        (
            "Gestione flussi by description",
            "/flussi/elenca",
            "description",
            Box::new(|_| "avviso".to_owned()),
        ),
        ("Gestione flussi by state", "/flussi/elenca", "state", Box::new(|_| "incomplete".to_owned())),
        ("Archivio by fiscal code", "/notifiche/elenca", "fiscal_code", Box::new(who)),
        ("Archivio by service", "/notifiche/elenca", "service", Box::new(move |_| service.to_string())),
        ("Archivio by state", "/notifiche/elenca", "state", Box::new(|_| "uncertain".to_owned())),
    ]
}

async fn browser(ledger: &TestLedger, archive: &Archive) -> Browser {
    let store = Arc::new(Store::open(ledger.options()).await.unwrap());
    let hashed = hash_password(&SecretString::from(PASSWORD)).unwrap();
    let all = Rights(Rights::COMPOSE.0 | Rights::SEND.0 | Rights::SINGLE.0);
    let enabled = [(archive.service, all)];
    store
        .add_operator(archive.scope.organization, "bruno", &hashed, false, &enabled, NOW)
        .await
        .unwrap()
        .unwrap();
    let simulator = Simulator::open(SimulatorOptions::default(), Arc::new(SystemClock)).unwrap();
    let options = AppOptions {
        url_policy: UrlPolicy { allow_loopback: true, only_loopback: false, allow_private: false },
        https: false,
        temporary: ledger.folder().to_owned(),
    };
    let io = Arc::new(IoClient::in_process(Arc::new(simulator)));
    let router = staffetta_web::router(App::new(store, io, Arc::new(SystemClock), options));
    let mut browser = Browser { router, cookie: String::new() };
    let form = format!("name=bruno&password={}", PASSWORD.replace(' ', "+"));
    let response = browser.ask(Method::POST, "/accedi", form).await;
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
    browser.cookie = cookie.split(';').next().unwrap().to_owned();
    browser
}

impl Browser {
    async fn ask(&self, method: Method, path: &str, body: String) -> axum::response::Response {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "staffetta.example")
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn get(&self, path: &str) -> (Duration, String) {
        let start = Instant::now();
        let response = self.ask(Method::GET, path, String::new()).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (start.elapsed(), String::from_utf8(body.to_vec()).unwrap())
    }

    /// The form, and the page to which it leads: what a person waits for after *Elenca*.
    async fn search(&self, action: &str, field: &str, value: &str) -> Duration {
        let start = Instant::now();
        let response = self.ask(Method::POST, action, format!("{field}={value}")).await;
        let to = response.headers()[header::LOCATION].to_str().unwrap().to_owned();
        self.get(&to).await;
        start.elapsed()
    }

    /// Where *Successivi* leads.
    async fn next_page(&self, path: &str) -> String {
        let (_, page) = self.get(path).await;
        let (before, _) = page.rsplit_once("dopo=").map_or((page.as_str(), ""), |parts| parts);
        let start = before.rfind("href=\"").unwrap() + 6;
        page[start..].split('"').next().unwrap().replace("&#38;", "&")
    }
}

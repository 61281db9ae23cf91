//! What the simulator keeps and shows: the journal, sockets cut without a byte, the pages.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use staffetta_domain::UnixMillis;
use staffetta_io::simulator::{Answer, Ending, Request, http};
use staffetta_io::{Fate, Faults, ManualClock, Simulator, SimulatorOptions};
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use support::{get, person, post};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const SEED: u64 = 5;
const REACH: f64 = 0.85;

fn message(to: &str, subject: &str) -> Vec<u8> {
    let markdown = "# Titolo\n\nTesto con <b>marcatura</b>, ~~via~~ e *corsivo*, lungo quanto basta per IO, cioè ottanta.";
    serde_json::json!({"fiscal_code": to, "content": {"subject": subject, "markdown": markdown,
        "due_date": "2026-12-31T22:59:59Z",
        "payment_data": {"amount": 1_999, "notice_number": "301000000012345678"}}})
    .to_string()
    .into_bytes()
}

fn open(clock: &ManualClock, journal: Option<&Path>, faults: &str) -> Simulator {
    let options = SimulatorOptions {
        seed: SEED,
        reach: REACH,
        faults: faults.parse::<Faults>().unwrap(),
        journal: journal.map(Path::to_path_buf),
        ..SimulatorOptions::default()
    };
    let simulator = Simulator::open(options, Arc::new(clock.clone())).unwrap();
    simulator.register_service("Tributi <1>", "chiave");
    simulator
}

fn answer(simulator: &Simulator, request: &Request<'_>) -> Answer {
    match simulator.handle(request).ending {
        Ending::Answer(answer) => answer,
        other => panic!("{other:?}"),
    }
}

fn json(answer: &Answer) -> serde_json::Value {
    serde_json::from_slice(&answer.body).unwrap()
}

#[test]
fn the_journal_brings_everything_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("books.jsonl");
    let clock = ManualClock::new(UnixMillis(1_795_000_000_000));
    let (on_io, lost) = (person(SEED, REACH, Fate::OnIo), person(SEED, REACH, Fate::LostAnswer));
    let body = message(on_io.as_str(), "Avviso della tassa rifiuti");
    let id = {
        let simulator = open(&clock, Some(&path), "");
        let lost_body = message(lost.as_str(), "Avviso della tassa rifiuti");
        assert_eq!(simulator.handle(&post("/messages", "chiave", &lost_body)).ending, Ending::Drop);
        json(&answer(&simulator, &post("/messages", "chiave", &body)))["id"].as_str().unwrap().to_owned()
    };
    std::fs::OpenOptions::new()
        .append(true)
        .open(&path)
        .unwrap()
        .write_all(b"{\"message\":{\"id\":\"01")
        .unwrap();
    let simulator = open(&clock, Some(&path), "");
    let stats = simulator.stats(true);
    assert_eq!((&stats["messages"], &stats["twice"]), (&2.into(), &0.into()));
    assert_eq!(stats["citizens"][lost.as_str()], 1);
    // Its state goes on from when it was taken.
    clock.advance(4_000);
    let status = format!("/api/v1/messages/{}/{id}", on_io.as_str());
    assert_eq!(json(&answer(&simulator, &get(&status, "chiave")))["status"], "PROCESSED");
    // What was lost once is not lost again, and is known to have come twice.
    let lost_body = message(lost.as_str(), "Avviso della tassa rifiuti");
    assert_eq!(answer(&simulator, &post("/messages", "chiave", &lost_body)).status, 201);
    drop(simulator);
    let stats = open(&clock, Some(&path), "").stats(false);
    assert_eq!((&stats["messages"], &stats["twice"]), (&3.into(), &1.into()));
}

#[test]
fn faults_go_on_from_where_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("books.jsonl");
    let clock = ManualClock::new(UnixMillis(1_795_000_000_000));
    let faults = "e500p=0.5,reset=0.2";
    let body = message(person(SEED, REACH, Fate::OnIo).as_str(), "Avviso della tassa rifiuti");
    let endings = |simulator: &Simulator, count: usize| -> Vec<u16> {
        (0..count)
            .map(|_| match simulator.handle(&post("/messages", "chiave", &body)).ending {
                Ending::Answer(answer) => answer.status,
                _ => 0,
            })
            .collect()
    };
    let whole = endings(&open(&clock, None, faults), 20);
    let mut parts = endings(&open(&clock, Some(&path), faults), 9);
    parts.extend(endings(&open(&clock, Some(&path), faults), 11));
    assert_eq!(whole, parts);
    assert!([0, 201, 500].iter().all(|status| whole.contains(status)), "{whole:?}");
}

#[tokio::test]
async fn a_lost_answer_is_a_message_taken_and_a_socket_closed_without_a_byte() {
    let clock = ManualClock::new(UnixMillis(1_795_000_000_000));
    let simulator = Arc::new(open(&clock, None, ""));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(http::serve(listener, simulator.clone()));
    let body = message(person(SEED, REACH, Fate::LostAnswer).as_str(), "Avviso della tassa rifiuti");
    let head = format!(
        "POST /api/v1/messages HTTP/1.1\r\nhost: x\r\nOcp-Apim-Subscription-Key: chiave\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let call = async || {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&body).await.unwrap();
        let mut bytes = vec![0; 4_096];
        let count = stream.read(&mut bytes).await.unwrap();
        String::from_utf8_lossy(&bytes[..count]).into_owned()
    };
    assert_eq!(call().await, "");
    assert_eq!(simulator.stats(false)["messages"], 1);
    let second = call().await;
    assert!(second.starts_with("HTTP/1.1 201 Created\r\n"), "{second}");
    assert!(second.contains("x-rate-limit-remaining: 148\r\n"), "{second}");
    assert!(second.contains("location: /api/v1/messages/"), "{second}");
}

#[tokio::test]
async fn an_oversized_body_is_refused() {
    let clock = ManualClock::new(UnixMillis(1_795_000_000_000));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(http::serve(listener, Arc::new(open(&clock, None, ""))));
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = "POST /messages HTTP/1.1\r\nhost: x\r\ncontent-length: 300000\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let _ = stream.write_all(&[b'x'; 300_000]).await;
    let mut bytes = vec![0; 64];
    let count = stream.read(&mut bytes).await.unwrap();
    assert!(bytes[..count].starts_with(b"HTTP/1.1 413"));
}

#[test]
fn the_inbox_shows_what_the_app_shows() {
    let clock = ManualClock::new(UnixMillis(1_795_000_000_000));
    let simulator = open(&clock, None, "");
    let to = person(SEED, REACH, Fate::OnIo);
    let body = message(to.as_str(), "Avviso <script>alert(1)</script>");
    assert_eq!(answer(&simulator, &post("/messages", "chiave", &body)).status, 201);
    let shown = answer(&simulator, &get(&format!("/inbox/{}", to.as_str().to_lowercase()), ""));
    let policy = shown.headers.iter().find(|(name, _)| *name == "content-security-policy").unwrap();
    assert!(policy.1.starts_with("default-src 'none'; style-src 'self';"));
    let html = String::from_utf8(shown.body).unwrap();
    for part in [
        "<html lang=\"it\">",
        "Simulatore: nessun cittadino riceve.",
        "<p class=\"service\">Tributi &lt;1&gt;</p>",
        "<h2>Avviso &lt;script&gt;alert(1)&lt;/script&gt;</h2>",
        "<h3>Titolo</h3>",
        "&lt;b&gt;marcatura&lt;/b&gt;,  e <em>corsivo</em>",
        "Scade il <strong>31/12/2026, ore 23:59</strong>",
        "<dd>19,99 €</dd>",
        "<dd>3010 0000 0012 3456 78</dd>",
        "18/11/2026, ore",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    assert!(!html.contains("<script") && !html.contains("style="));
}

#[test]
fn the_first_page_finds_an_inbox() {
    let clock = ManualClock::new(UnixMillis(1_795_000_000_000));
    let simulator = open(&clock, None, "");
    let text = |answer: &Answer| String::from_utf8(answer.body.clone()).unwrap();
    let index = answer(&simulator, &get("/", ""));
    assert!(text(&index).contains("Finora non ha ricevuto messaggi."));
    let found = answer(&simulator, &post("/", "", b"fiscal_code=rssmra85t10a562s+"));
    assert_eq!(
        (found.status, found.headers),
        (303, vec![("location", "/inbox/RSSMRA85T10A562S".to_owned())])
    );
    let wrong = answer(&simulator, &post("/", "", b"fiscal_code=%3Cb%3E<b>"));
    assert_eq!(wrong.status, 422);
    assert!(text(&wrong).contains("role=\"alert\"") && !text(&wrong).contains("<b>"));
    assert_eq!(answer(&simulator, &get("/inbox/<script>", "")).status, 404);
    let style = answer(&simulator, &get("/_simulator/style.css", ""));
    assert!(style.content_type.starts_with("text/css"));
    for path in ["/favicon.ico", "/api/v1/unknown", "/messages"] {
        let answer = answer(&simulator, &get(path, "chiave"));
        assert_eq!((answer.status, &json(&answer)["statusCode"]), (404, &404.into()), "{path}");
    }
    let stats = answer(&simulator, &Request { query: "citizens=1", ..get("/_simulator/stats", "") });
    assert!(json(&stats)["citizens"].is_object());
}

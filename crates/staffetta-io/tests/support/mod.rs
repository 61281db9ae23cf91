//! What the tests share: people, messages, and a receiver whose every byte is given.
#![allow(dead_code, reason = "each test uses a part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use secrecy::SecretString;
use staffetta_domain::{
    Amount, Content, DueDate, FiscalCode, Markdown, NoticeNumber, Payment, Subject, UnixMillis,
};
use staffetta_io::simulator::{Method, Request};
use staffetta_io::{BaseUrl, ClientOptions, Connection, Fate, IoClient, UrlPolicy};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

pub(crate) const LOOPBACK: UrlPolicy =
    UrlPolicy { allow_loopback: true, only_loopback: false, allow_private: false };

pub(crate) fn connection(address: &str, key: &str) -> Connection {
    let base_url = BaseUrl::parse(&format!("http://{address}/api/v1"), &LOOPBACK).unwrap();
    Connection { base_url, key: SecretString::from(key) }
}

pub(crate) fn client(timeout_ms: i64) -> IoClient {
    IoClient::new(&ClientOptions { timeout_ms, url_policy: LOOPBACK, ..ClientOptions::default() }).unwrap()
}

pub(crate) fn content(text: &str) -> Content {
    Content {
        subject: Subject::new("Oggetto del messaggio").unwrap(),
        markdown: Markdown::new(&format!("{text} {}", "Testo del messaggio. ".repeat(5)), 80).unwrap(),
        due_date: Some(DueDate::at(UnixMillis(1_798_757_999_000))),
        payment: None,
    }
}

pub(crate) fn payment(cents: i64) -> Content {
    let payment = Payment {
        amount: Amount::from_cents(cents).unwrap(),
        notice_number: NoticeNumber::read("301000000012345678").unwrap(),
        terms: staffetta_domain::PaymentTerms::default(),
    };
    Content { payment: Some(payment), ..content("Avviso.") }
}

/// Codes in IO's form; their check characters are not right, which IO does not look at.
pub(crate) fn code(number: u32) -> FiscalCode {
    FiscalCode::from_ledger(&format!(
        "RSSMRA{:02}T{:02}A{:03}S",
        number / 1_000 % 100,
        10 + number / 100_000,
        number % 1_000
    ))
    .unwrap()
}

/// The first person with this fate.
pub(crate) fn person(seed: u64, reach: f64, fate: Fate) -> FiscalCode {
    (0..).map(code).find(|code| Fate::of(seed, code, reach) == fate).unwrap()
}

pub(crate) fn post<'a>(path: &'a str, key: &'a str, body: &'a [u8]) -> Request<'a> {
    Request { method: Method::Post, path, query: "", key: Some(key), body }
}

pub(crate) fn get<'a>(path: &'a str, key: &'a str) -> Request<'a> {
    Request { method: Method::Get, path, query: "", key: Some(key), body: b"" }
}

/// What the receiver does after it has read a request.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Writes these bytes and reads the next request.
    Say(String),
    /// Writes these bytes and closes.
    SayAndClose(String),
    /// Closes without a byte.
    Close,
    /// Nothing, ever.
    Hang,
}

/// An HTTP reply; a line of headers each.
pub(crate) fn http(status: u16, headers: &[&str], body: &str) -> String {
    let lines: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    format!("HTTP/1.1 {status} X\r\n{lines}content-length: {}\r\n\r\n{body}", body.len())
}

/// A receiver on a socket.
pub(crate) struct Receiver {
    pub(crate) address: SocketAddr,
    requests: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Receiver {
    /// Does `act` upon every request.
    pub(crate) async fn start(act: Act) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (requests, connections) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let counters = (requests.clone(), connections.clone());
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                counters.1.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(converse(stream, act.clone(), counters.0.clone()));
            }
        });
        Self { address, requests, connections, task }
    }

    pub(crate) fn connection(&self) -> Connection {
        connection(&self.address.to_string(), "chiave")
    }

    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn converse(mut stream: TcpStream, act: Act, requests: Arc<AtomicUsize>) {
    while read_request(&mut stream).await {
        requests.fetch_add(1, Ordering::SeqCst);
        match &act {
            Act::Say(reply) => stream.write_all(reply.as_bytes()).await.unwrap(),
            Act::SayAndClose(reply) => {
                stream.write_all(reply.as_bytes()).await.unwrap();
                return;
            }
            Act::Close => return,
            Act::Hang => std::future::pending().await,
        }
    }
}

/// Reads a head and a body of `content-length`; false at the end of the connection.
async fn read_request(stream: &mut TcpStream) -> bool {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4_096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.to_lowercase().lines().find_map(|line| {
                line.strip_prefix("content-length: ").and_then(|length| length.trim().parse::<usize>().ok())
            });
            if body.len() >= length.unwrap_or_default() {
                return true;
            }
        }
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return false,
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
        }
    }
}

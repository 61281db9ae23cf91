//! `serve`: which addresses it takes, TLS, and the engine beside it or elsewhere.

use crate::support::house::count;
use crate::support::{House, Program, Receiver, block_on, eventually};
use serde_json::json;
use staffetta_io::{Clock, SystemClock};
use staffetta_store::Store;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

const HERE: [&str; 3] = ["serve", "--listen", "127.0.0.1:0"];
const REQUEST: &str = "GET /accedi HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/// Starts it; gives what it says of its address.
fn serve(house: &House, arguments: &[&str]) -> (Program, String) {
    let mut program = house.start(arguments);
    let url = eventually("the pages are up", || {
        assert!(program.is_running(), "{}", program.stderr());
        let said = program.stdout();
        said.strip_prefix("Le pagine sono a ").and_then(|url| url.strip_suffix('\n')).map(str::to_owned)
    });
    (program, url)
}

fn address(url: &str) -> SocketAddr {
    url.split_once("://").unwrap().1.parse().unwrap()
}

/// Asks in the clear; whatever comes back, perhaps nothing.
fn ask(url: &str) -> String {
    let mut stream = TcpStream::connect(address(url)).unwrap();
    let mut answer = Vec::new();
    let _ = stream.write_all(REQUEST.as_bytes()).and_then(|()| stream.read_to_end(&mut answer));
    String::from_utf8_lossy(&answer).into_owned()
}

/// A certificate that signs itself, and its key, as files of the house.
fn certificate(house: &House) -> (String, String) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    (house.write("cert.pem", made.cert.pem()), house.write("key.pem", made.signing_key.serialize_pem()))
}

#[test]
fn what_can_be_reached_from_elsewhere_is_not_served_in_the_clear() {
    let house = House::sqlite();
    for open in ["0.0.0.0:0", "[::]:0", "192.0.2.1:8080"] {
        let refused = house.run(&["serve", "--listen", open]).refused(2);
        refused.says("viaggerebbero in chiaro").says("--tls-cert").says("--behind-proxy");
    }
    let mut by_environment = house.command(&["serve"]);
    by_environment.env("STAFFETTA_LISTEN", "0.0.0.0:0");
    Program::start(&mut by_environment, "").finish().refused(2).says("--tls-cert");

    // Behind a declared proxy it is, and browsers are told to come by https only.
    let (program, url) = serve(&house, &["serve", "--listen", "0.0.0.0:0", "--behind-proxy"]);
    let here = url.replace("0.0.0.0", "127.0.0.1");
    let answer = ask(&here);
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("strict-transport-security"), "{answer}");
    program.terminate().done();
    let (program, url) = serve(&house, &HERE);
    assert!(!ask(&url).contains("strict-transport-security"));
    program.terminate().done().says("Le pagine sono chiuse");
}

#[test]
fn the_pages_speak_tls_with_the_certificate_that_is_given() {
    let house = House::sqlite();
    let (certificate, key) = certificate(&house);
    let with = |certificate: &str, key: &str| {
        [&HERE[..], &["--tls-cert", certificate, "--tls-key", key]].concat().join(" ")
    };
    let arguments = with(&certificate, &key);
    let (program, url) = serve(&house, &arguments.split(' ').collect::<Vec<_>>());
    assert!(url.starts_with("https://"), "{url}");
    // One that connects and says nothing keeps nobody else out.
    let silent = TcpStream::connect(address(&url)).unwrap();
    let answer = block_on(ask_by_tls(address(&url), &certificate));
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("strict-transport-security"), "{answer}");
    assert_eq!(ask(&url).find("HTTP/1.1 200"), None);
    drop(silent);
    program.terminate().done();

    for (certificate, key, words) in [
        (&certificate, &certificate, "La chiave"),
        (&key, &key, "Il certificato"),
        (&house.at("nessuno.pem"), &key, "Il certificato"),
    ] {
        let arguments = with(certificate, key);
        house.run(&arguments.split(' ').collect::<Vec<_>>()).refused(2).says(words).says("PEM");
    }
    house.run(&[&HERE[..], &["--tls-cert", &certificate]].concat()).refused(2).says("insieme");
}

async fn ask_by_tls(address: SocketAddr, certificate: &str) -> String {
    let mut trusted = RootCertStore::empty();
    trusted.add(CertificateDer::from_pem_file(certificate).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(trusted)
        .with_no_client_auth();
    let stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let mut stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await.unwrap();
    stream.write_all(REQUEST.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8(answer).unwrap()
}

#[test]
fn pages_and_engine_share_a_database_on_sqlite() {
    share(&House::sqlite());
}

#[test]
fn pages_and_engine_share_a_database_on_postgres() {
    if let Some(house) = House::postgres() {
        share(&house);
    }
}

/// Of each node that tells of itself, whether it sends.
fn nodes(house: &House) -> Vec<bool> {
    block_on(async {
        let store = Store::open(&house.options()).await.unwrap();
        let nodes = store.nodes(SystemClock.now()).await.unwrap();
        store.close().await;
        nodes.into_iter().map(|node| node.works).collect()
    })
}

fn share(house: &House) {
    let receiver = Receiver::start(&["--reach", "1", "--faults", "none"]);
    house.open(&receiver);
    // Pages without an engine leave the sending to another; with one, they stand by while another works.
    let (pages, url) = serve(house, &[&HERE[..], &["--no-engine"]].concat());
    eventually("the pages tell that they are there", || (nodes(house) == [false]).then_some(()));
    let first = house.active_flow(20);
    assert_eq!(house.json(&["flow", "send", &first, "--yes"])["state"], "sending");
    assert_eq!(receiver.messages(), 0);
    let work = house.work();
    house.until(&first, "the engine beside the pages sends", |flow| flow["state"] == "sent");
    let (standing_by, other) = serve(house, &HERE);
    for url in [&url, &other] {
        assert!(ask(url).starts_with("HTTP/1.1 200"));
    }

    // The one that stood by takes over when the other dies.
    work.kill();
    let second = house.active_flow(21);
    house.run(&["flow", "send", &second, "--yes"]).done();
    let sent = house.until(&second, "the one that stood by sends", |flow| flow["state"] == "sent");
    assert_eq!((count(&sent, "uncertain"), receiver.messages(), receiver.twice()), (0, 41, 0), "{sent}");
    assert_eq!(sent["state"], json!("sent"));
    standing_by.terminate().done().says("fermato in ordine").says("Le pagine sono chiuse");
    assert_eq!(nodes(house), [false, true], "the pages, and the one that was killed");
    let ended = pages.terminate().done().says("Le pagine sono chiuse");
    assert!(!ended.stderr.contains("Il motore"), "{ended:?}");
    assert_eq!(nodes(house), [true], "who closed is forgotten at once");
}

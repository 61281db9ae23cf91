//! The senders: a plain loop, and the engine.

use super::measure::{Figures, Watch};
use super::prepared::{SUBJECT, fiscal_code, markdown, name, prepare};
use futures_util::stream::{FuturesUnordered, StreamExt};
use staffetta_domain::{FlowState, Quota};
use staffetta_engine::{Engine, EngineOptions, Stop};
use staffetta_io::{ClientOptions, IoClient, SystemClock, UrlPolicy};
use staffetta_store::{Store, StoreOptions};
use std::sync::Arc;
use std::time::Duration;

/// Calls in flight, of both senders.
const IN_FLIGHT: usize = 128;
/// Runs one sender; gives the line of its figures.
pub fn run(sender: &str, port: u16, recipients: usize) -> String {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let figures = runtime.block_on(async {
        match sender {
            "plain" => plain(port, recipients, false).await,
            "plain-profile" => plain(port, recipients, true).await,
            "engine" => engine(port, recipients, false).await,
            "engine-profile" => engine(port, recipients, true).await,
            other => panic!("no sender {other}"),
        }
    });
    figures.line()
}

async fn plain(port: u16, recipients: usize, profiles: bool) -> Figures {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .retry(reqwest::retry::never())
        .pool_max_idle_per_host(IN_FLIGHT)
        .build()
        .expect("a client");
    let base = format!("http://127.0.0.1:{port}/api/v1");
    let bodies: Vec<(String, String)> = (0..recipients)
        .map(|number| {
            let code = fiscal_code(number);
            let content = serde_json::json!({
                "subject": SUBJECT.replace("{{nome}}", &name(number)),
                "markdown": markdown().replace("{{nome}}", &name(number)),
            });
            let body = serde_json::json!({ "fiscal_code": code.as_str(), "content": content });
            (format!("{{\"fiscal_code\":\"{}\"}}", code.as_str()), body.to_string())
        })
        .collect();
    let watch = Watch::start();
    let mut calls = FuturesUnordered::new();
    let mut taken = 0;
    for (profile, body) in bodies {
        if calls.len() >= IN_FLIGHT {
            taken += calls.next().await.unwrap_or(0);
        }
        let (client, base) = (client.clone(), base.clone());
        calls.push(async move {
            let post = |path: &str, body: String| {
                let request = client.post(format!("{base}/{path}")).header("Ocp-Apim-Subscription-Key", "k");
                request.header("Content-Type", "application/json").body(body).send()
            };
            if profiles {
                post("profiles", profile).await.expect("an answer").bytes().await.expect("its body");
            }
            let answer = post("messages", body).await.expect("an answer");
            let taken = usize::from(answer.status() == 201);
            answer.bytes().await.expect("its body");
            taken
        });
    }
    while let Some(one) = calls.next().await {
        taken += one;
    }
    assert_eq!(taken, recipients, "all are taken");
    watch.stop(recipients)
}

async fn engine(port: u16, recipients: usize, check_profiles: bool) -> Figures {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("bench.db").display());
    let options = StoreOptions { url, key_file: folder.path().join("key") };
    let store = Arc::new(Store::open(&options).await.expect("a store"));
    let base_url = format!("http://127.0.0.1:{port}/api/v1");
    let prepared = prepare(&store, &base_url, Quota::NONE).await;
    let (flow, scope) = (prepared.send_flow(&store, 0..recipients).await, prepared.scope);
    let url_policy = UrlPolicy { allow_loopback: true, only_loopback: false, allow_private: true };
    let client = ClientOptions { url_policy, pool_size: IN_FLIGHT, ..ClientOptions::default() };
    let stop = Stop::default();
    let engine = Engine {
        store: Arc::clone(&store),
        io: Arc::new(IoClient::new(&client).expect("a client")),
        clock: Arc::new(SystemClock),
        options: EngineOptions {
            in_flight: IN_FLIGHT,
            check_profiles,
            url_policy,
            seed: 1,
            node_id: "nodo".to_owned(),
            node_name: "prova".to_owned(),
            alone: true,
            asks_after_silence: true,
        },
    };
    let watch = Watch::start();
    let running = tokio::spawn(engine.run(stop.clone()));
    loop {
        #[expect(clippy::disallowed_methods, reason = "a benchmark waits for the machine")]
        tokio::time::sleep(Duration::from_millis(10)).await;
        let found = store.find_flow(&scope, flow).await.expect("the ledger").expect("the flow");
        if found.summary.state != FlowState::Sending {
            assert_eq!(found.summary.state, FlowState::Sent, "{:?}", found.summary.tally);
            break;
        }
    }
    let figures = watch.stop(recipients);
    stop.ask();
    running.await.expect("the engine's end").expect("an engine that ends well");
    figures
}

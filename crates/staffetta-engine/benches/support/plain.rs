//! The plain loop: the same bodies with the same calls in flight, and no ledger.

use super::at_work::IN_FLIGHT;
use super::measure::{Figures, Watch};
use super::prepared::{SUBJECT, fiscal_code, markdown, name};
use futures_util::stream::{FuturesUnordered, StreamExt};

/// Posts to every recipient, after a question for the profile where `profiles`.
pub async fn send(port: u16, recipients: usize, profiles: bool) -> Figures {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .retry(reqwest::retry::never())
        .pool_max_idle_per_host(IN_FLIGHT)
        .build()
        .expect("a client");
    let base = format!("http://127.0.0.1:{port}/api/v1");
    let bodies: Vec<(String, String)> = (0..recipients).map(bodies_of).collect();
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

/// The bodies of a profile's question and of a message.
fn bodies_of(number: usize) -> (String, String) {
    let code = fiscal_code(number);
    let content = serde_json::json!({
        "subject": SUBJECT.replace("{{nome}}", &name(number)),
        "markdown": markdown().replace("{{nome}}", &name(number)),
    });
    let body = serde_json::json!({ "fiscal_code": code.as_str(), "content": content });
    (format!("{{\"fiscal_code\":\"{}\"}}", code.as_str()), body.to_string())
}

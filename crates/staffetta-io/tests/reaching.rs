//! How the client reaches IO: private networks, proxies, certificates.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use staffetta_domain::Reason;
use staffetta_io::{
    BaseUrl, ClientError, ClientOptions, Connection, IoClient, ProfileAnswer, SendAnswer, UrlPolicy,
};
use support::{Act, LOOPBACK, Receiver, client, code, connection, content, http};

fn options() -> ClientOptions {
    ClientOptions { timeout_ms: 20_000, ..ClientOptions::default() }
}

#[tokio::test]
async fn a_name_that_leads_inside_is_refused_when_connecting() {
    let receiver = Receiver::start(Act::Say(http(201, &[], r#"{"id":"x"}"#))).await;
    let at = connection(&format!("localhost:{}", receiver.address.port()), "chiave");
    let strict = IoClient::new(&options()).unwrap();
    let stopped = SendAnswer::ServiceStopped {
        reason: Reason::WrongAddress,
        detail: Some("private address".to_owned()),
    };
    assert_eq!(strict.send(&at, &code(1), &content("Prova.")).await.answer, stopped);
    assert_eq!(receiver.connections(), 0);
    let answer = client(20_000).send(&at, &code(1), &content("Prova.")).await.answer;
    assert_eq!(answer, SendAnswer::Accepted { message_id: Some("x".to_owned()) });
}

#[tokio::test]
async fn a_proxy_that_refuses_means_later_and_the_machine_itself_needs_none() {
    let proxy = Receiver::start(Act::SayAndClose(http(403, &[], ""))).await;
    let receiver = Receiver::start(Act::Say(http(200, &[], r#"{"sender_allowed":true}"#))).await;
    let proxied = ClientOptions {
        proxy: Some(format!("http://localhost:{}", proxy.address.port())),
        url_policy: LOOPBACK,
        ..options()
    };
    let client = IoClient::new(&proxied).unwrap();
    let base_url = BaseUrl::parse("https://api.io.example.it/api/v1", &UrlPolicy::default()).unwrap();
    let outside = Connection { base_url, key: "chiave".to_owned().into() };
    let later = SendAnswer::Later { reason: Reason::IoUnreachable, after_ms: None };
    assert_eq!(client.send(&outside, &code(1), &content("Prova.")).await.answer, later);
    assert_eq!(proxy.requests(), 1);
    assert_eq!(client.profile(&receiver.connection(), &code(1)).await.answer, ProfileAnswer::Allowed);
    assert_eq!((proxy.requests(), receiver.requests()), (1, 1));
}

#[test]
fn what_cannot_be_used_is_said() {
    let with_ca = |pem: &[u8]| ClientOptions { extra_ca_pem: Some(pem.to_vec()), ..options() };
    let with_proxy = |text: &str| ClientOptions { proxy: Some(text.to_owned()), ..options() };
    for (options, error) in [
        (with_ca(b""), ClientError::Certificates),
        (
            with_ca(b"-----BEGIN CERTIFICATE-----\nnot base64 !\n-----END CERTIFICATE-----"),
            ClientError::Certificates,
        ),
        (with_proxy("proxy"), ClientError::Proxy),
        (with_proxy("gopher://proxy:1"), ClientError::Proxy),
    ] {
        assert_eq!(IoClient::new(&options).map(|_| ()), Err(error), "{:?}", options.proxy);
    }
}

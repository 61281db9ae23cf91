//! Every row of IO's table of replies, over a real socket.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use staffetta_domain::Reason;
use staffetta_io::{IoClient, IoState, ProfileAnswer, SendAnswer, StatusAnswer};
use support::{Act, Receiver, client, code, content, http};

const JSON: &str = "content-type: application/json";
/// A reply that breaks off.
const PART: &str = "HTTP/1.1 201 X\r\ncontent-length: 500\r\n\r\n{\"id\":\"01ARZ3";
const PROBLEM: &str = "content-type: application/problem+json; charset=utf-8";

fn problem(status: u16, title: &str, detail: &str) -> String {
    let body = serde_json::json!({"title": title, "status": status, "detail": detail});
    http(status, &[PROBLEM], &body.to_string())
}

fn gateway(status: u16, message: &str) -> String {
    let body = serde_json::json!({"statusCode": status, "message": message});
    http(status, &[JSON], &body.to_string())
}

/// A client that waits long, unless the receiver will not answer.
fn patient(act: &Act) -> IoClient {
    let never_ends = matches!(act, Act::Hang) || matches!(act, Act::Say(text) if text == PART);
    client(if never_ends { 400 } else { 20_000 })
}

async fn send_to(act: Act) -> (SendAnswer, usize) {
    let receiver = Receiver::start(act.clone()).await;
    let reply = patient(&act).send(&receiver.connection(), &code(1), &content("Prova.")).await;
    (reply.answer, receiver.requests())
}

fn stopped(reason: Reason, detail: &str) -> SendAnswer {
    SendAnswer::ServiceStopped { reason, detail: Some(detail.to_owned()) }
}

fn refused(reason: Reason, detail: Option<&str>) -> SendAnswer {
    SendAnswer::Refused { reason, detail: detail.map(str::to_owned) }
}

fn limited(after_ms: i64) -> SendAnswer {
    SendAnswer::RateLimited { after_ms }
}

fn unknown(reason: Reason) -> SendAnswer {
    SendAnswer::Unknown { reason }
}

fn accepted_and_refused() -> Vec<(String, SendAnswer)> {
    let echo =
        "value \"Gentile Mario Rossi RSSMRA00T10A001S\" at root.content.markdown is not a valid [string]";
    let amounts =
        "The requested amount (1500000 cents) exceeds the maximum allowed for this service (1000000 cents)";
    let recipient = refused(Reason::RecipientForbidden, Some("Recipient forbidden"));
    vec![
        (
            http(201, &[JSON, "location: /api/v1/messages/X/1"], r#"{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV"}"#),
            SendAnswer::Accepted { message_id: Some("01ARZ3NDEKTSV4RRFFQ69G5FAV".to_owned()) },
        ),
        (http(201, &[], r#"{"id":"x","new":1}"#), SendAnswer::Accepted { message_id: Some("x".to_owned()) }),
        (http(201, &[JSON], r#"{"id":""}"#), SendAnswer::Accepted { message_id: None }),
        (http(201, &[JSON], r#"{"id":"a b"}"#), SendAnswer::Accepted { message_id: None }),
        (http(201, &[JSON], ""), SendAnswer::Accepted { message_id: None }),
        (http(200, &[JSON], r#"{"id":"x"}"#), unknown(Reason::AnswerUnclear)),
        (http(202, &[], ""), unknown(Reason::AnswerUnclear)),
        (
            problem(400, "Invalid message structure", echo),
            refused(Reason::PayloadRefused, Some("content.markdown")),
        ),
        (problem(400, "Bad parameters", "RSSMRA00T10A001S"), refused(Reason::PayloadRefused, None)),
        (
            problem(400, "Error while sending payment metadata", amounts),
            refused(Reason::AmountOverLimit, Some("1500000 > 1000000")),
        ),
        (http(400, &[], "<html>"), refused(Reason::PayloadRefused, None)),
        (http(413, &[], ""), refused(Reason::PayloadRefused, Some("HTTP 413"))),
        (problem(403, "Recipient forbidden", "You are not allowed to issue requests"), recipient),
    ]
}

fn stops_and_waits() -> Vec<(String, SendAnswer)> {
    use Reason::{KeyRefused, NotPermitted, WrongAddress};
    let key = "Access denied due to invalid subscription key";
    let no_key = "Access denied due to missing subscription key";
    let payee = "You do not have enough permissions to send a payment message with payee";
    let wait = "Rate limit is exceeded. Try again in 3 seconds.";
    let limit =
        |header: &str| http(429, &[JSON, header], &format!(r#"{{"statusCode":429,"message":"{wait}"}}"#));
    vec![
        (gateway(401, &format!("{key}. Make sure…")), stopped(KeyRefused, key)),
        (gateway(401, &format!("{no_key}. Make sure…")), stopped(KeyRefused, no_key)),
        (http(401, &[], "Mario Rossi"), stopped(KeyRefused, "HTTP 401")),
        (gateway(404, "Resource not found"), stopped(WrongAddress, "HTTP 404")),
        (
            problem(404, "Remote Content Configuration NOT FOUND", ""),
            stopped(WrongAddress, "Remote Content Configuration NOT FOUND"),
        ),
        (http(403, &[], ""), stopped(NotPermitted, "HTTP 403")),
        (
            problem(403, "Anonymous user", "The request could not be…"),
            stopped(NotPermitted, "Anonymous user"),
        ),
        (problem(403, "User has no valid scopes", ""), stopped(NotPermitted, "User has no valid scopes")),
        (problem(403, "You are not allowed here", "No…"), stopped(NotPermitted, "You are not allowed here")),
        (problem(403, "You are not allowed here", payee), refused(Reason::PayeeNotPermitted, Some(payee))),
        (problem(403, "Not your configuration", ""), stopped(NotPermitted, "Not your configuration")),
        (problem(403, "Attachments call forbidden", ""), stopped(NotPermitted, "Attachments call forbidden")),
        (problem(403, "Production call forbidden", ""), stopped(NotPermitted, "Production call forbidden")),
        (http(302, &["location: /elsewhere"], ""), stopped(WrongAddress, "HTTP 302")),
        (http(308, &["location: https://evil.example/"], ""), stopped(WrongAddress, "HTTP 308")),
        (http(405, &[], ""), stopped(WrongAddress, "HTTP 405")),
        (http(407, &[], ""), stopped(WrongAddress, "HTTP 407")),
        (limit("x-rate-limit-retry-after: 2"), limited(2_000)),
        (limit("retry-after: 4"), limited(4_000)),
        (limit("x-other: 1"), limited(3_000)),
        (http(429, &[], ""), limited(5_000)),
    ]
}

fn faults() -> Vec<(String, SendAnswer)> {
    let later = |after_ms| SendAnswer::Later { reason: Reason::IoBusy, after_ms };
    let unclear = unknown(Reason::AnswerUnclear);
    vec![
        (problem(500, "Internal server error", "Query error (503)"), later(None)),
        (http(500, &[PROBLEM, "retry-after: 7"], r#"{"title":"Internal server error"}"#), later(Some(7_000))),
        (http(500, &[PROBLEM], "<html>"), unclear.clone()),
        (http(500, &[JSON], r#"{"title":"Internal server error"}"#), unclear.clone()),
        (http(500, &[], ""), unclear.clone()),
        (http(502, &[], "Bad gateway"), unclear.clone()),
        (problem(503, "Service unavailable", ""), unclear.clone()),
        (http(504, &[], ""), unclear.clone()),
        (http(408, &[], ""), unclear.clone()),
        (http(409, &[], ""), unclear.clone()),
        (http(299, &[], ""), unclear),
    ]
}

#[tokio::test]
async fn every_reply_to_a_message_has_its_meaning() {
    for (reply, answer) in [accepted_and_refused(), stops_and_waits(), faults()].concat() {
        assert_eq!(send_to(Act::Say(reply.clone())).await, (answer, 1), "{reply}");
    }
}

#[tokio::test]
async fn a_message_without_a_clear_reply_is_uncertain() {
    for (act, reason) in [
        (Act::Close, Reason::ConnectionBroken),
        (Act::Hang, Reason::AnswerTimedOut),
        (Act::SayAndClose("HTTP/1.1 2".to_owned()), Reason::ConnectionBroken),
        (Act::SayAndClose("not HTTP at all\r\n\r\n".to_owned()), Reason::ConnectionBroken),
    ] {
        assert_eq!(send_to(act.clone()).await, (unknown(reason), 1), "{act:?}");
    }
}

#[tokio::test]
async fn what_io_took_is_taken_though_the_rest_of_its_reply_is_lost() {
    let endless = http(201, &[], &"x".repeat(1024 * 1024 + 1));
    for act in [Act::SayAndClose(PART.to_owned()), Act::Say(PART.to_owned()), Act::Say(endless)] {
        assert_eq!(send_to(act.clone()).await, (SendAnswer::Accepted { message_id: None }, 1), "{act:?}");
    }
}

#[tokio::test]
async fn where_nothing_left_it_is_later() {
    let later = SendAnswer::Later { reason: Reason::IoUnreachable, after_ms: None };
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let connection = support::connection(&address, "chiave");
    assert_eq!(client(20_000).send(&connection, &code(1), &content("Prova.")).await.answer, later);
    // A key that cannot be a header never leaves.
    let connection = support::connection(&address, "chiave\n");
    let stopped = SendAnswer::ServiceStopped { reason: Reason::KeyRefused, detail: None };
    assert_eq!(client(20_000).send(&connection, &code(1), &content("Prova.")).await.answer, stopped);
}

#[tokio::test]
async fn profile_replies_have_their_meaning() {
    use ProfileAnswer as P;
    let stopped = |reason, detail: &str| P::ServiceStopped { reason, detail: Some(detail.to_owned()) };
    let later = |reason| P::Later { reason, after_ms: None };
    let busy = later(Reason::IoBusy);
    for (act, answer) in [
        (
            Act::Say(http(200, &[JSON], r#"{"sender_allowed":true,"preferred_languages":["it_IT"]}"#)),
            P::Allowed,
        ),
        (Act::Say(http(200, &[JSON], r#"{"sender_allowed":false}"#)), P::Unreachable(Reason::ServiceOff)),
        (Act::Say(problem(404, "Profile not found", "The profile…")), P::Unreachable(Reason::NotOnIo)),
        (Act::Say(problem(404, "", "The profile you requested…")), P::Unreachable(Reason::NotOnIo)),
        (
            Act::Say(http(404, &[JSON], r#"{"detail":"Not Found"}"#)),
            stopped(Reason::WrongAddress, "HTTP 404"),
        ),
        (Act::Say(gateway(404, "Resource not found")), stopped(Reason::WrongAddress, "HTTP 404")),
        (Act::Say(http(404, &[], "<html>")), stopped(Reason::WrongAddress, "HTTP 404")),
        (Act::Say(http(200, &[], "<html>")), stopped(Reason::WrongAddress, "HTTP 200")),
        (Act::Say(http(302, &["location: /login"], "")), stopped(Reason::WrongAddress, "HTTP 302")),
        (
            Act::Say(problem(403, "Recipient forbidden", "")),
            P::Refused { reason: Reason::RecipientForbidden, detail: Some("Recipient forbidden".to_owned()) },
        ),
        (Act::Say(http(403, &[], "")), stopped(Reason::NotPermitted, "HTTP 403")),
        (Act::Say(http(401, &[], "")), stopped(Reason::KeyRefused, "HTTP 401")),
        (Act::Say(http(400, &[], "")), P::Refused { reason: Reason::PayloadRefused, detail: None }),
        (Act::Say(http(429, &["x-rate-limit-retry-after: 1"], "")), P::RateLimited { after_ms: 1_000 }),
        (Act::Say(http(500, &[], "")), busy.clone()),
        (Act::Say(http(503, &[], "")), busy),
        (Act::Close, later(Reason::IoUnreachable)),
        (Act::Hang, later(Reason::IoUnreachable)),
    ] {
        let receiver = Receiver::start(act.clone()).await;
        let reply = patient(&act).profile(&receiver.connection(), &code(1)).await;
        assert_eq!((reply.answer, receiver.requests()), (answer, 1), "{act:?}");
    }
}

#[tokio::test]
async fn status_replies_have_their_meaning() {
    use StatusAnswer as S;
    let known = |state, email: Option<&str>| S::Known { state, email_status: email.map(str::to_owned) };
    let stopped = |reason, detail: &str| S::ServiceStopped { reason, detail: Some(detail.to_owned()) };
    let state = |word: &str| http(200, &[JSON], &format!(r#"{{"message":{{"id":"x"}},"status":"{word}"}}"#));
    let mail = r#"{"status":"PROCESSED","notification":{"email":"SENT"}}"#;
    let not_yours = "You are not allowed to read this message";
    for (reply, answer) in [
        (state("ACCEPTED"), known(IoState::Accepted, None)),
        (state("PROCESSED"), known(IoState::Processed, None)),
        (state("REJECTED"), known(IoState::Rejected, None)),
        (state("FAILED"), known(IoState::Failed, None)),
        (state("THROTTLED"), known(IoState::Other, None)),
        (state("SOMETHING_NEW"), known(IoState::Other, None)),
        (http(200, &[JSON], mail), known(IoState::Processed, Some("SENT"))),
        (http(200, &[JSON], r#"{"message":{}}"#), known(IoState::Other, None)),
        (problem(404, "Message not found", ""), S::NotFound),
        (problem(400, "Invalid Message id", ""), S::NotFound),
        (gateway(404, "Resource not found"), stopped(Reason::WrongAddress, "HTTP 404")),
        (problem(403, not_yours, ""), S::NotTold { detail: Some(not_yours.to_owned()) }),
        (http(401, &[], ""), stopped(Reason::KeyRefused, "HTTP 401")),
        (http(429, &[], ""), S::RateLimited { after_ms: 5_000 }),
        (http(500, &[], ""), S::Later { reason: Reason::IoBusy, after_ms: None }),
    ] {
        let receiver = Receiver::start(Act::Say(reply.clone())).await;
        let reply_of = client(20_000).status(&receiver.connection(), &code(1), "01ARZ3").await;
        assert_eq!((reply_of.answer, receiver.requests()), (answer, 1), "{reply}");
    }
}

#[tokio::test]
async fn the_places_left_and_the_status_are_told() {
    let reply = http(201, &["x-rate-limit-remaining: 149"], r#"{"id":"x"}"#);
    let receiver = Receiver::start(Act::Say(reply)).await;
    let reply = client(20_000).send(&receiver.connection(), &code(1), &content("Prova.")).await;
    assert_eq!((reply.remaining, reply.wire.status), (Some(149), Some(201)));
}

#[tokio::test]
async fn a_connection_that_the_receiver_closed_never_carries_a_message_twice() {
    let reply = http(201, &[], r#"{"id":"x"}"#);
    let receiver = Receiver::start(Act::SayAndClose(reply)).await;
    let (client, connection) = (client(20_000), receiver.connection());
    for round in 1..=40 {
        let answer = client.send(&connection, &code(1), &content("Prova.")).await.answer;
        // The end of the connection was seen in time, or the message is uncertain or was not sent.
        let known = matches!(
            answer,
            SendAnswer::Accepted { .. } | SendAnswer::Unknown { .. } | SendAnswer::Later { .. }
        );
        assert!(known, "{answer:?}");
        assert!(receiver.requests() <= round, "{} requests in {round} calls", receiver.requests());
    }
    assert!(receiver.connections() > 1);
}

#[tokio::test]
async fn a_good_connection_is_used_again() {
    let receiver = Receiver::start(Act::Say(http(201, &[], r#"{"id":"x"}"#))).await;
    let (client, connection) = (client(20_000), receiver.connection());
    for _ in 0..5 {
        client.send(&connection, &code(1), &content("Prova.")).await;
    }
    assert_eq!((receiver.requests(), receiver.connections()), (5, 1));
}

//! The three calls of a sender, answered in the order in which IO checks.

use crate::simulator::answers::Answer;
use crate::simulator::books::{Arrival, Found};
use crate::simulator::chance::Draw;
use crate::simulator::fate::Fate;
use crate::simulator::faults::Fault;
use crate::simulator::gate::{Grant, SimulatedService};
use crate::simulator::payload::{self, Payload};
use crate::simulator::{Ending, Endpoint, Method, Request, Simulator};
use serde_json::{Value, json};
use staffetta_domain::FiscalCode;
use staffetta_domain::limits::SERVICE_AMOUNT_DEFAULT_CENTS;

/// Seconds of a 429 by chance.
const CHANCE_WAIT_SECONDS: i64 = 1;
/// Shortest time from ACCEPTED to the final state, in milliseconds.
const SETTLED_AFTER_MS: i64 = 1_000;
/// Longest time after that, in milliseconds.
const SETTLED_WITHIN_MS: u64 = 3_000;

/// Where a call goes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Route<'a> {
    Profile { in_path: Option<&'a str> },
    Send { in_path: Option<&'a str> },
    Status { fiscal_code: &'a str, id: &'a str },
}

/// The API's route of a request, if it is one.
pub(super) fn route<'a>(request: &Request<'a>) -> Option<(Endpoint, Route<'a>)> {
    let path = request.path.strip_prefix("/api/v1").unwrap_or(request.path);
    let mut parts = path.strip_prefix('/')?.split('/');
    let route = match (request.method, parts.next(), parts.next(), parts.next(), parts.next()) {
        (Method::Post, Some("profiles"), None, None, _) => Route::Profile { in_path: None },
        (Method::Get, Some("profiles"), in_path @ Some(_), None, _) => Route::Profile { in_path },
        (Method::Post, Some("messages"), in_path, None, _) => Route::Send { in_path },
        (Method::Get, Some("messages"), Some(fiscal_code), Some(id), None) => {
            Route::Status { fiscal_code, id }
        }
        _ => return None,
    };
    let endpoint = match route {
        Route::Profile { .. } => Endpoint::Profiles,
        Route::Send { .. } => Endpoint::Messages,
        Route::Status { .. } => Endpoint::Status,
    };
    Some((endpoint, route))
}

/// What becomes of a call that the gateway let through, and how much later than usual.
pub(super) fn answer(
    simulator: &Simulator,
    service: &SimulatedService,
    route: Route<'_>,
    body: &[u8],
) -> (Ending, i64) {
    match route {
        Route::Send { in_path } => send(simulator, service, in_path, body),
        Route::Profile { in_path } => {
            let identity = ["profile".as_bytes(), in_path.unwrap_or_default().as_bytes(), body];
            question(simulator, &identity, || profile(simulator, service, in_path, body))
        }
        Route::Status { fiscal_code, id } => {
            let identity = ["status".as_bytes(), fiscal_code.as_bytes(), id.as_bytes()];
            question(simulator, &identity, || status(simulator, service, fiscal_code, id))
        }
    }
}

/// A call that changes nothing: whether it was worked before its fault makes no difference.
fn question(simulator: &Simulator, identity: &[&[u8]], work: impl FnOnce() -> Answer) -> (Ending, i64) {
    let fault = chance(simulator, Draw::of(simulator.options.seed, "call", identity).number());
    match fault {
        Some(Fault::Slow { delay_ms }) => (Ending::Answer(work()), delay_ms),
        Some(fault) => (broken(fault), 0),
        None => (Ending::Answer(work()), 0),
    }
}

fn chance(simulator: &Simulator, identity: u64) -> Option<Fault> {
    let faults = &simulator.options.faults;
    // How often a call was seen is worth remembering only where chance asks for it.
    if !faults.any() {
        return None;
    }
    let seen = simulator.books().see(identity);
    faults.decide(simulator.options.seed, identity, seen)
}

fn broken(fault: Fault) -> Ending {
    match fault {
        Fault::Lost | Fault::Reset | Fault::Slow { .. } => Ending::Drop,
        Fault::Bare500 => Ending::Answer(Answer::bare(500)),
        Fault::Problem500 => {
            Ending::Answer(Answer::problem(500, "Internal server error", "Query error (503)"))
        }
        Fault::Bare503 { .. } => Ending::Answer(Answer::bare(503)),
        Fault::Hang { .. } => Ending::Hang,
        Fault::TooMany => Ending::Answer(Answer::too_many(CHANCE_WAIT_SECONDS)),
    }
}

fn fate(simulator: &Simulator, fiscal_code: &str) -> Fate {
    let fate = Fate::of_text(simulator.options.seed, fiscal_code, simulator.options.reach);
    if simulator.options.faults.fates { fate } else { fate.without_trouble() }
}

/// What the service's key does not let it do to this citizen.
fn refusal(service: &SimulatedService, fiscal_code: &str) -> Option<Answer> {
    match service.grant {
        Grant::Nothing => Some(Answer::not_here()),
        Grant::TestRecipients if fiscal_code != FiscalCode::FICTITIOUS.as_str() => Some(Answer::forbidden(
            "Recipient forbidden",
            "You are not allowed to issue requests for the recipient",
        )),
        Grant::TestRecipients | Grant::Full => None,
    }
}

/// SRV `GetLimitedProfile`.
fn profile(simulator: &Simulator, service: &SimulatedService, in_path: Option<&str>, body: &[u8]) -> Answer {
    let query: Value = serde_json::from_slice(body).unwrap_or_default();
    let fiscal_code = in_path.or_else(|| query["fiscal_code"].as_str()).unwrap_or_default();
    if service.grant == Grant::Nothing {
        return Answer::not_here();
    }
    if !payload::is_fiscal_code(fiscal_code) {
        let detail =
            format!("value {} at root.fiscal_code is not a valid [FiscalCode]", query["fiscal_code"]);
        return Answer::problem(400, "Invalid Fiscal code", &detail);
    }
    if let Some(refusal) = refusal(service, fiscal_code) {
        return refusal;
    }
    match fate(simulator, fiscal_code) {
        Fate::NotOnIo => Answer::problem(
            404,
            "Profile not found",
            "The profile you requested was not found in the system.",
        ),
        fate => {
            let allowed = fate.is_reachable();
            Answer::json(200, &json!({"sender_allowed": allowed, "preferred_languages": ["it_IT"]}))
        }
    }
}

/// MSG `CreateMessage`.
fn send(
    simulator: &Simulator,
    service: &SimulatedService,
    in_path: Option<&str>,
    body: &[u8],
) -> (Ending, i64) {
    let parts =
        [service.account.as_bytes(), service.label.as_bytes(), in_path.unwrap_or_default().as_bytes(), body];
    let identity = Draw::of(simulator.options.seed, "body", &parts).number();
    let fault = chance(simulator, identity);
    let (taken, delay_ms) = match fault {
        None | Some(Fault::Lost) => (true, 0),
        Some(Fault::Slow { delay_ms }) => (true, delay_ms),
        Some(Fault::Bare503 { taken } | Fault::Hang { taken }) => (taken, 0),
        Some(Fault::Reset | Fault::Bare500 | Fault::Problem500 | Fault::TooMany) => (false, 0),
    };
    let worked = if taken { Some(take(simulator, service, in_path, body, identity)) } else { None };
    match (worked, fault) {
        (Some(ending), None | Some(Fault::Slow { .. })) => (ending, delay_ms),
        (_, Some(fault)) => (broken(fault), delay_ms),
        (None, None) => (Ending::Drop, delay_ms),
    }
}

/// Checks a message and takes it.
fn take(
    simulator: &Simulator,
    service: &SimulatedService,
    in_path: Option<&str>,
    body: &[u8],
    identity: u64,
) -> Ending {
    let payload = match payload::read(body) {
        Ok(payload) => payload,
        Err(detail) => return Ending::Answer(Answer::problem(400, "Invalid message structure", &detail)),
    };
    let fiscal_code = match recipient(in_path, &payload) {
        Ok(fiscal_code) => fiscal_code,
        Err(answer) => return Ending::Answer(answer),
    };
    if let Some(answer) = not_permitted(&payload).or_else(|| refusal(service, fiscal_code)) {
        return Ending::Answer(answer);
    }
    if let Some(answer) = over_limit(&payload) {
        return Ending::Answer(answer);
    }
    let fate = fate(simulator, fiscal_code);
    if fate == Fate::Refused {
        let markdown = json!(payload.content.markdown);
        let detail =
            format!("value {markdown} at root.content.markdown is not a valid [MessageBodyMarkdown]");
        return Ending::Answer(Answer::problem(400, "Invalid message structure", &detail));
    }
    let Ok(bytes) = <[u8; 16]>::try_from(fiscal_code.as_bytes()) else {
        return Ending::Answer(Answer::bare(500));
    };
    let taken = simulator.books().take(Arrival {
        account: &service.account,
        label: &service.label,
        fiscal_code: bytes,
        identity,
        created_at: simulator.clock.now(),
        content: simulator.options.keep_bodies.then(|| content_of(&payload)),
    });
    match taken {
        Ok(taken) if fate == Fate::LostAnswer && taken.times == 1 => Ending::Drop,
        Ok(taken) => {
            let location = format!("/api/v1/messages/{fiscal_code}/{}", taken.id);
            let created =
                Answer::text(201, "application/json; charset=utf-8", format!("{{\"id\":\"{}\"}}", taken.id));
            Ending::Answer(created.with("location", location))
        }
        Err(error) => {
            tracing::error!(%error, "the simulator's journal cannot be written");
            Ending::Answer(Answer::problem(500, "Internal server error", "Query error (507)"))
        }
    }
}

/// The fiscal code stands in the body or in the path, never in both.
fn recipient<'a>(in_path: Option<&'a str>, payload: &'a Payload<'_>) -> Result<&'a str, Answer> {
    match (in_path, payload.fiscal_code.as_deref()) {
        (Some(code), None) if payload::is_fiscal_code(code) => Ok(code),
        (None, Some(code)) => Ok(code),
        (Some(_), None) => Err(Answer::problem(400, "Invalid Fiscal code", "value at root.fiscal_code")),
        _ => Err(Answer::problem(400, "Bad parameters", "Fiscalcode must be specified, in path or in body")),
    }
}

fn not_permitted(payload: &Payload<'_>) -> Option<Answer> {
    let what = if payload.content.payment_data.as_ref().is_some_and(|payment| payment.payee.is_some()) {
        "a payment message with payee"
    } else if payload.feature_level_type.as_deref() == Some("ADVANCED") {
        "a Premium message"
    } else if payload.content.third_party_data.is_some() {
        "a third party message"
    } else {
        return None;
    };
    let detail = format!("You do not have enough permissions to send {what}");
    Some(Answer::forbidden("You are not allowed here", &detail))
}

/// The amount that IO sets for a service on approval (CMS `on-service-lifecycle-change`).
fn over_limit(payload: &Payload<'_>) -> Option<Answer> {
    let amount = payload.content.payment_data.as_ref()?.amount;
    (amount > SERVICE_AMOUNT_DEFAULT_CENTS).then(|| {
        let detail = format!(
            "The requested amount ({amount} cents) exceeds the maximum allowed for this service ({SERVICE_AMOUNT_DEFAULT_CENTS} cents)"
        );
        Answer::problem(400, "Error while sending payment metadata", &detail)
    })
}

fn content_of(payload: &Payload<'_>) -> Box<str> {
    let content = &payload.content;
    let mut kept = json!({"subject": content.subject, "markdown": content.markdown});
    if let Some(due_date) = &content.due_date {
        kept["due_date"] = json!(due_date);
    }
    if let Some(payment) = &content.payment_data {
        kept["payment_data"] = json!({"amount": payment.amount, "notice_number": payment.notice_number});
    }
    kept.to_string().into_boxed_str()
}

/// MSG `GetMessage`.
fn status(simulator: &Simulator, service: &SimulatedService, fiscal_code: &str, id: &str) -> Answer {
    if service.grant == Grant::Nothing {
        return Answer::not_here();
    }
    if !payload::is_fiscal_code(fiscal_code) {
        return Answer::problem(
            400,
            "Invalid Fiscal code",
            "value at root.fiscal_code is not a valid [FiscalCode]",
        );
    }
    let books = simulator.books();
    let Some(found) = books.find(id).filter(|found| found.record.fiscal_code() == fiscal_code) else {
        return Answer::problem(
            404,
            "Message not found",
            "The message that you requested was not found in the system.",
        );
    };
    if (found.account, found.label) != (service.account.as_str(), service.label.as_str()) {
        return Answer::forbidden(
            "You are not allowed to read this message",
            "You can only read messages that you have sent",
        );
    }
    Answer::json(200, &state_of(simulator, &found))
}

fn state_of(simulator: &Simulator, found: &Found<'_>) -> Value {
    let record = found.record;
    let wait_ms = SETTLED_AFTER_MS + i64::try_from(record.number() % SETTLED_WITHIN_MS).unwrap_or_default();
    let settled = simulator.clock.now().since_ms(record.created_at) >= wait_ms;
    let status = match fate(simulator, record.fiscal_code()) {
        _ if !settled => "ACCEPTED",
        Fate::NotOnIo | Fate::ServiceOff | Fate::RejectedLater => "REJECTED",
        Fate::FailedLater => "FAILED",
        Fate::OnIo | Fate::LostAnswer | Fate::Refused => "PROCESSED",
    };
    let created_at = jiff::Timestamp::from_millisecond(record.created_at.0).unwrap_or_default().to_string();
    let mut message = json!({
        "id": record.id(),
        "fiscal_code": record.fiscal_code(),
        "created_at": created_at,
        "sender_service_id": found.label,
        "time_to_live": 3600,
        "feature_level_type": "STANDARD",
    });
    let content = record.content.as_deref().filter(|_| status == "PROCESSED");
    if let Some(content) = content.and_then(|text| serde_json::from_str::<Value>(text).ok()) {
        message["content"] = content;
    }
    let mut state = json!({"message": message, "status": status});
    if found.label.to_lowercase().contains("mail") && status == "PROCESSED" {
        state["notification"] = json!({"email": "SENT", "webhook": "SENT"});
    }
    state
}

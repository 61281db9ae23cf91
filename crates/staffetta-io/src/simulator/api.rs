//! The three calls of a sender, answered in the order in which IO checks.

mod create;
mod read;

use crate::simulator::answers::Answer;
use crate::simulator::chance::Draw;
use crate::simulator::fate::Fate;
use crate::simulator::faults::Fault;
use crate::simulator::gate::{Grant, SimulatedService};
use crate::simulator::{Ending, Endpoint, Method, Request, Simulator};
use staffetta_domain::FiscalCode;

/// Seconds of a 429 by chance.
const CHANCE_WAIT_SECONDS: i64 = 1;
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
            question(simulator, &identity, || read::profile(simulator, service, in_path, body))
        }
        Route::Status { fiscal_code, id } => {
            let identity = ["status".as_bytes(), fiscal_code.as_bytes(), id.as_bytes()];
            question(simulator, &identity, || read::status(simulator, service, fiscal_code, id))
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

/// A message, perhaps with a fault before or after it is taken.
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
    let worked = if taken { Some(create::take(simulator, service, in_path, body, identity)) } else { None };
    match (worked, fault) {
        (Some(ending), None | Some(Fault::Slow { .. })) => (ending, delay_ms),
        (_, Some(fault)) => (broken(fault), delay_ms),
        (None, None) => (Ending::Drop, delay_ms),
    }
}

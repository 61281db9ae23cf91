//! What may be asked: a citizen's profile (SRV `GetLimitedProfile`) and a message's state (MSG `GetMessage`).

use super::{fate, refusal};
use crate::simulator::Simulator;
use crate::simulator::answers::Answer;
use crate::simulator::books::Found;
use crate::simulator::fate::Fate;
use crate::simulator::gate::{Grant, SimulatedService};
use crate::simulator::payload;
use serde_json::{Value, json};

/// Shortest time from ACCEPTED to the final state, in milliseconds.
const SETTLED_AFTER_MS: i64 = 1_000;
/// Longest time after that, in milliseconds.
const SETTLED_WITHIN_MS: u64 = 3_000;

/// Whether the service may write to a citizen.
pub(super) fn profile(
    simulator: &Simulator,
    service: &SimulatedService,
    in_path: Option<&str>,
    body: &[u8],
) -> Answer {
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

/// The state of a message.
pub(super) fn status(
    simulator: &Simulator,
    service: &SimulatedService,
    fiscal_code: &str,
    id: &str,
) -> Answer {
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

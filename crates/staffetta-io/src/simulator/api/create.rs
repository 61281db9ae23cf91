//! Taking a message (MSG `CreateMessage`): IO's checks in IO's order.

use super::{fate, refusal};
use crate::simulator::answers::Answer;
use crate::simulator::books::Arrival;
use crate::simulator::fate::Fate;
use crate::simulator::gate::SimulatedService;
use crate::simulator::payload::{self, Payload};
use crate::simulator::{Ending, Simulator};
use serde_json::json;
use staffetta_domain::limits::SERVICE_AMOUNT_DEFAULT_CENTS;

/// Checks a message and takes it.
pub(super) fn take(
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
    if let Some(answer) = not_permitted(simulator, &payload).or_else(|| refusal(service, fiscal_code)) {
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

fn not_permitted(simulator: &Simulator, payload: &Payload<'_>) -> Option<Answer> {
    let has_payee = payload.content.payment_data.as_ref().is_some_and(|payment| payment.payee.is_some());
    let what = if has_payee && !simulator.options.grant_payee {
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
        let mut told = json!({"amount": payment.amount, "notice_number": payment.notice_number});
        if let Some(invalid) = payment.invalid_after_due_date {
            told["invalid_after_due_date"] = json!(invalid);
        }
        if let Some(payee) = &payment.payee {
            told["payee"] = payee.clone();
        }
        kept["payment_data"] = told;
    }
    kept.to_string().into_boxed_str()
}

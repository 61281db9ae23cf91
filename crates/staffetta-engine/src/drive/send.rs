//! One notification on its way: profile, place in the budget, claim, call, outcome.

use crate::decide::{ProfileStep, after_profile, after_send};
use crate::drive::active::FlowSwitch;
use crate::drive::ente::{Ente, Said, Service};
use crate::drive::gate::{Place, Priority};
use crate::drive::text::content;
use crate::drive::writer::unmade;
use staffetta_domain::frozen_message::FrozenMessage;
use staffetta_domain::{Content, FiscalCode, NotificationState, Reach, Reason, UnixMillis};
use staffetta_io::{ProfileAnswer, SendAnswer};
use staffetta_store::ledger::{Candidate, Change, Claim, Guard};
use std::sync::Arc;

/// A notification chosen to be sent, with the text of its flow.
pub(crate) struct Chosen {
    pub(crate) row: Candidate,
    pub(crate) text: Option<Arc<FrozenMessage>>,
    pub(crate) flow: Option<Arc<FlowSwitch>>,
}

impl Chosen {
    /// When its flow was started, as it was read.
    fn started_at(&self) -> Option<UnixMillis> {
        self.flow.as_ref().map(|flow| flow.started_at)
    }

    /// The place of a call, by what is called for a row of a flow.
    fn priority(&self, of_flow: Priority) -> Priority {
        if self.flow.is_some() { of_flow } else { Priority::Single }
    }
}

/// Sends one notification, or leaves it as it was.
pub(crate) async fn send(ente: Arc<Ente>, chosen: Chosen) {
    let ente = ente.as_ref();
    let row = &chosen.row;
    let Ok((fiscal_code, content)) = content(row, chosen.text.as_deref()) else {
        let guard = Guard::Queued { attempt: row.attempt, started_at: chosen.started_at() };
        let change = Change::new(row.id(), row.flow(), guard, NotificationState::Failed);
        return ente.ledger.record(Change { reason: Some(Reason::TextOutOfLimits), ..change }).await;
    };
    let Some(service) = ente.service(row.service()) else {
        return ente.put_back(row.id(), chosen.flow.as_deref());
    };
    if ente.checks_profiles && !may_be_sent(ente, &service, &chosen, &fiscal_code).await {
        return;
    }
    claim_and_call(ente, &service, &chosen, &fiscal_code, &content).await;
}

/// Whether the citizen can be written to: as the flow's own forecast said, while that holds, or as IO says now. Where it
/// is not to be sent, this is written.
async fn may_be_sent(ente: &Ente, service: &Service, chosen: &Chosen, fiscal_code: &FiscalCode) -> bool {
    let (row, flow) = (&chosen.row, chosen.flow.as_deref());
    let answer = match row.foretold(ente.clock.now()) {
        Some(Reach::Reachable) => return true,
        Some(Reach::Not(reason)) => Some(ProfileAnswer::Unreachable(reason)),
        None => ask_profile(ente, service, chosen, fiscal_code).await,
    };
    let Some(answer) = answer else {
        ente.put_back(row.id(), flow);
        return false;
    };
    match after_profile(row, chosen.started_at(), &answer, ente.clock.now(), ente.chance()) {
        ProfileStep::Send => return true,
        ProfileStep::Leave => ente.put_back(row.id(), flow),
        ProfileStep::Write(change) => {
            ente.ledger.record(*change).await;
            if let ProfileAnswer::Refused { reason, detail } = &answer {
                refused(ente, service, *reason, detail.as_deref()).await;
            }
        }
    }
    false
}

/// Asks IO for the citizen's profile; `None` where it is not to be asked now.
async fn ask_profile(
    ente: &Ente,
    service: &Service,
    chosen: &Chosen,
    fiscal_code: &FiscalCode,
) -> Option<ProfileAnswer> {
    let flow = chosen.flow.as_deref();
    let mut place = ente.place(service, chosen.priority(Priority::Profile), flow).await?;
    let call = ente.io.profile(&service.connection, fiscal_code);
    let Some(reply) = ente.on_the_wire(service, &mut place, flow, call).await else {
        service.health().not_called();
        return None;
    };
    free(place, reply.wire.status.is_none(), reply.remaining);
    let said = match &reply.answer {
        ProfileAnswer::Later { .. } => Said::Away,
        ProfileAnswer::RateLimited { after_ms } => Said::QuotaUsedUp { after_ms: *after_ms },
        ProfileAnswer::ServiceStopped { reason, detail } => {
            Said::Stopped { reason: *reason, detail: detail.clone() }
        }
        _ => Said::Served,
    };
    ente.heed(service, said).await;
    Some(reply.answer)
}

/// From the claim on something is always recorded; before it, the row is still in the queue.
async fn claim_and_call(
    ente: &Ente,
    service: &Service,
    chosen: &Chosen,
    fiscal_code: &FiscalCode,
    content: &Content,
) {
    let row = &chosen.row;
    let flow = chosen.flow.as_deref();
    let Some(mut place) = ente.place(service, chosen.priority(Priority::Message), flow).await else {
        return ente.put_back(row.id(), flow);
    };
    // Kept until the outcome is on its way to the ledger, where it stands before the claims that come after it.
    let Ok(_open) = ente.claims.acquire().await else {
        return ente.put_back(row.id(), flow);
    };
    let started_at = chosen.started_at();
    let wanted = Claim { id: row.id(), flow: row.flow(), attempt: row.attempt, started_at };
    let Some(claim) = ente.ledger.claim(wanted).await else {
        service.health().not_called();
        drop(place);
        return ente.put_back(row.id(), flow);
    };
    let call = ente.io.send(&service.connection, fiscal_code, content);
    let Some(reply) = ente.on_the_wire(service, &mut place, flow, call).await else {
        service.health().not_called();
        drop(place);
        return ente.ledger.record(unmade(&wanted, claim, ente.clock.as_ref())).await;
    };
    let answer = reply.answer;
    let step = after_send(row, claim, content.hash(), &answer, ente.clock.now(), ente.chance());
    free(place, step.unanswered, reply.remaining);
    ente.ledger.record(step.change).await;
    heed_send(ente, service, &answer).await;
}

/// Without an answer, the call may still arrive: its place is kept longer.
fn free(place: Place, unanswered: bool, remaining: Option<u32>) {
    if unanswered { drop(place) } else { place.answered(remaining) }
}

async fn heed_send(ente: &Ente, service: &Service, answer: &SendAnswer) {
    let said = match answer {
        SendAnswer::Accepted { .. } => {
            service.health().accepted();
            Said::Served
        }
        SendAnswer::Refused { reason, detail } => {
            refused(ente, service, *reason, detail.as_deref()).await;
            Said::Served
        }
        SendAnswer::Later { .. } | SendAnswer::Unknown { .. } => Said::Away,
        SendAnswer::RateLimited { after_ms } => Said::QuotaUsedUp { after_ms: *after_ms },
        SendAnswer::ServiceStopped { reason, detail } => {
            Said::Stopped { reason: *reason, detail: detail.clone() }
        }
    };
    ente.heed(service, said).await;
}

async fn refused(ente: &Ente, service: &Service, reason: Reason, detail: Option<&str>) {
    let pause = service.health().refused(reason, detail);
    if let Some(pause) = pause {
        ente.pause_service(service, pause).await;
    }
}

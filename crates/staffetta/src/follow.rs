//! Following flows and notifications from outside, by what the ledger says of them.

use crate::failure::Failure;
use crate::progress::{Progress, Step};
use crate::session::Session;
use staffetta_domain::{FlowId, FlowState, NotificationId, NotificationState, Phrase, Tally};
use staffetta_io::Clock;
use staffetta_store::flows::FlowSummary;
use staffetta_store::notifications::NotificationDetail;
use staffetta_words::{number, say, text};

/// How often the ledger is looked at.
const LOOK_MS: i64 = 250;
/// How many looks pass between two questions of why rows wait.
const LOOKS_BETWEEN_WHYS: u32 = 8;

/// What a person has to look at stands first: a narrow screen cuts the end off.
const TO_EXAMINE: [NotificationState; 3] =
    [NotificationState::Uncertain, NotificationState::Failed, NotificationState::Rejected];
/// All else, from what is still to do to what is done.
const ORDINARY: [NotificationState; 6] = [
    NotificationState::Queued,
    NotificationState::InFlight,
    NotificationState::Accepted,
    NotificationState::Delivered,
    NotificationState::Unreachable,
    NotificationState::Cancelled,
];

/// Follows flows until their sending phase is over, with a bar. Those that only a person can bring forward
/// (paused, or their service is) are not waited for: then it fails, and says why.
pub(crate) async fn until_sent(session: &Session, flows: &[FlowId]) -> Result<Vec<FlowSummary>, Failure> {
    let mut progress = Progress::bar();
    let mut looks = 0_u32;
    let mut why = None;
    loop {
        let found = find_all(session, flows).await?;
        let sending: Vec<&FlowSummary> =
            found.iter().filter(|flow| flow.state == FlowState::Sending).collect();
        if looks.is_multiple_of(LOOKS_BETWEEN_WHYS) {
            if !sending.is_empty() {
                not_held(session).await?;
            }
            let mut stuck = Vec::new();
            for flow in &sending {
                stuck.extend(stuck_by(session, flow).await?);
            }
            if !stuck.is_empty() && stuck.len() == sending.len() {
                return Err(Failure::all(stuck));
            }
            why = waits(session, &sending).await?;
        }
        show(&mut progress, &found, why.as_deref(), session.clock.monotonic_ms());
        if sending.is_empty() {
            return Ok(found);
        }
        looks = looks.wrapping_add(1);
        session.clock.sleep(LOOK_MS).await;
    }
}

/// Waits until IO told the outcome of every message that it took, but not longer than `most_ms`.
pub(crate) async fn until_settled(
    session: &Session,
    flow: FlowId,
    most_ms: i64,
) -> Result<FlowSummary, Failure> {
    let mut progress = Progress::bar();
    let until = session.clock.monotonic_ms().saturating_add(most_ms);
    loop {
        let found = find(session, flow).await?;
        let waiting = found.tally.count(NotificationState::Accepted);
        let all = u64::try_from(found.recipients).unwrap_or(0);
        let settled = all.saturating_sub(u64::try_from(waiting).unwrap_or(0));
        let message = say(&Phrase::new("cli-settling").with("count", waiting));
        let at_ms = session.clock.monotonic_ms();
        progress.show(&Step { done: settled, total: all, message: &message, why: None }, at_ms);
        if waiting == 0 || session.clock.monotonic_ms() >= until {
            return Ok(found);
        }
        session.clock.sleep(LOOK_MS).await;
    }
}

/// Waits until a single notification left the queue and its call was answered, or only a person can bring it
/// forward, but not longer than `most_ms`.
pub(crate) async fn until_handled(
    session: &Session,
    id: NotificationId,
    most_ms: i64,
) -> Result<NotificationDetail, Failure> {
    let progress = Progress::spinner();
    let until = session.clock.monotonic_ms().saturating_add(most_ms);
    loop {
        let found = session.store.find_notification(&session.scope, id).await?;
        let mut found = found.ok_or_else(|| Failure::failed(Phrase::new("cli-notification-gone")))?;
        let is_over = !found.row.state.is_open();
        if is_over || session.clock.monotonic_ms() >= until {
            return Ok(found);
        }
        progress.turn(say(&found.row.state.phrase()));
        if not_held(session).await.is_err() {
            return Ok(found);
        }
        // A service that paused itself waits for a person: its reason is that of all that waits for it.
        let service = session.store.service(&session.scope, found.row.service).await?;
        if let Some(pause) = service.and_then(|service| service.paused)
            && found.row.state == NotificationState::Queued
        {
            found.row.reason = Some(pause.reason);
            return Ok(found);
        }
        session.clock.sleep(LOOK_MS).await;
    }
}

/// A flow that must be there.
pub(crate) async fn find(session: &Session, flow: FlowId) -> Result<FlowSummary, Failure> {
    let found = session.store.find_flow(&session.scope, flow).await?;
    let found = found.ok_or_else(|| Failure::failed(Phrase::new("cli-no-flow").with("flow", flow)))?;
    Ok(found.summary)
}

async fn find_all(session: &Session, flows: &[FlowId]) -> Result<Vec<FlowSummary>, Failure> {
    let mut found = Vec::with_capacity(flows.len());
    for flow in flows {
        found.push(find(session, *flow).await?);
    }
    Ok(found)
}

/// Fails where nothing of the ente leaves until a person says so.
pub(crate) async fn not_held(session: &Session) -> Result<(), Failure> {
    let organization = session.store.organization(session.organization.id).await?;
    match organization.and_then(|organization| organization.held) {
        Some(held) => {
            let remedy = Phrase::new("cli-organization-held-remedy");
            Err(Failure::failed(held.hold.phrase()).remedy(remedy))
        }
        None => Ok(()),
    }
}

/// Why a flow under way waits for a person, once no call of it is on the wire.
async fn stuck_by(
    session: &Session,
    flow: &FlowSummary,
) -> Result<Option<(Phrase, Option<Phrase>)>, Failure> {
    if flow.tally.count(NotificationState::InFlight) > 0 {
        return Ok(None);
    }
    if flow.paused {
        let remedy = Phrase::new("cli-flow-is-paused-remedy").with("flow", flow.id);
        return Ok(Some((Phrase::new("cli-flow-is-paused").with("flow", flow.id), Some(remedy))));
    }
    let service = session.store.service(&session.scope, flow.service).await?;
    Ok(match service {
        Some(service) if service.paused.is_some() => service.paused.map(|pause| {
            let stays = Phrase::new("cli-flow-stays-queued").with("flow", flow.id);
            (pause.reason.phrase(), Some(stays))
        }),
        Some(service) if !service.enabled => {
            Some((Phrase::new("cli-service-disabled").with("name", service.name), None))
        }
        _ => None,
    })
}

/// Why rows that came back to the queue wait: the most frequent reason, in words.
async fn waits(session: &Session, sending: &[&FlowSummary]) -> Result<Option<String>, Failure> {
    for flow in sending {
        let waits = session.store.flow_waits(&session.scope, flow.id).await?;
        if let Some(reason) = waits.iter().find_map(|wait| wait.reason) {
            return Ok(Some(say(&reason.phrase())));
        }
    }
    Ok(None)
}

fn show(progress: &mut Progress, flows: &[FlowSummary], why: Option<&str>, at_ms: i64) {
    let sum = |count: fn(&Tally) -> i64| -> u64 {
        flows.iter().map(|flow| u64::try_from(count(&flow.tally)).unwrap_or(0)).sum()
    };
    let (total, open) = (sum(Tally::total), sum(Tally::open));
    let counts = |states: &[NotificationState]| -> Vec<String> {
        let count = |state| flows.iter().map(|flow| flow.tally.count(state)).sum();
        let counts = states.iter().map(|state| (*state, count(*state)));
        counts
            .filter(|(_, count)| *count > 0)
            .map(|(state, count)| format!("{} {}", say(&state.phrase()), number(count)))
            .collect()
    };
    let mut parts = counts(&TO_EXAMINE);
    if flows.iter().any(|flow| flow.paused) {
        parts.push(text("flow-paused"));
    }
    parts.extend(why.map(str::to_owned));
    parts.extend(counts(&ORDINARY));
    let message = parts.join(" · ");
    progress.show(&Step { done: total.saturating_sub(open), total, message: &message, why }, at_ms);
}

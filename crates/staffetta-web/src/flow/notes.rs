//! What a flow waits for, or how long it still takes, in words.

use super::pilot;
use super::progress::awaits_outcomes;
use crate::watched::Seen;
use staffetta_domain::time::italian_date_time;
use staffetta_domain::{FlowState, NotificationState, Phrase, UnixMillis};
use staffetta_store::approvals::Approval;
use staffetta_store::flows::{FlowProgress, FlowSummary, Planned};
use staffetta_words::{number, say, text};

pub(super) fn notes(seen: &Seen) -> Vec<String> {
    let flow = &seen.progress.summary;
    if flow.approval == Approval::Awaited {
        return vec![text("flow-approval-note")];
    }
    match (flow.state, flow.planned) {
        (FlowState::Active, Some(planned)) => of_planned(seen, planned),
        (FlowState::Sending, _) => of_sending(seen),
        _ if awaits_outcomes(flow) => {
            let waiting = flow.tally.count(NotificationState::Accepted);
            let phrase = Phrase::new("flow-awaits-outcomes").with("count", waiting);
            vec![say(&phrase.with("shown", number(waiting)))]
        }
        _ => Vec::new(),
    }
}

fn of_planned(seen: &Seen, planned: Planned) -> Vec<String> {
    let at = |key| say(&Phrase::new(key).with("at", italian_date_time(planned.at)));
    if planned.missed {
        return vec![at("flow-plan-missed-note")];
    }
    let first = if seen.is_due { text("flow-plan-due-note") } else { at("flow-plan-note") };
    let hinders = hindrance(seen).or_else(|| rest(seen).filter(|_| seen.is_due));
    [Some(first), hinders].into_iter().flatten().collect()
}

fn of_sending(seen: &Seen) -> Vec<String> {
    let flow = &seen.progress.summary;
    let mut notes: Vec<String> = pilot::words(flow).into_iter().collect();
    if let Some(hindrance) = hindrance(seen) {
        notes.push(hindrance);
    } else if flow.paused {
        // What a pilot says ends with what to press.
        if notes.is_empty() {
            notes.push(text("flow-paused-note"));
        }
    } else if let Some(rest) = rest(seen) {
        notes.push(rest);
    } else if let (None, Some(minutes)) = (flow.pilot, seen.minutes_left) {
        notes.push(say(&Phrase::new("flow-minutes-left").with("minutes", minutes)));
    }
    notes
}

/// What keeps all flows of the service or of the ente from being sent, until somebody does something.
fn hindrance(seen: &Seen) -> Option<String> {
    let FlowProgress { service_paused, service_enabled, .. } = &seen.progress;
    if seen.ente.held {
        Some(text("flow-held"))
    } else if let Some(reason) = service_paused {
        Some(say(&reason.phrase()))
    } else if !service_enabled {
        Some(text("flow-service-disabled"))
    } else {
        seen.asleep.then(|| text("flow-asleep"))
    }
}

/// Outside the ente's hours a flow rests.
fn rest(seen: &Seen) -> Option<String> {
    let until = |at: UnixMillis| say(&Phrase::new("flow-rests").with("at", italian_date_time(at)));
    seen.ente.rests_until.map(until)
}

/// States and how many stand in each: *Accettata da IO 15, Non raggiungibile 5*.
pub(super) fn outcomes_words(flow: &FlowSummary) -> String {
    let waiting = [NotificationState::Queued, NotificationState::InFlight];
    flow.tally
        .iter()
        .filter(|(state, count)| *count > 0 && !waiting.contains(state))
        .map(|(state, count)| format!("{} {}", say(&state.phrase()), number(count)))
        .collect::<Vec<_>>()
        .join(", ")
}

//! What became of a flow, in words.

use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use staffetta_domain::time::italian_date_time;
use staffetta_domain::{FlowState, NotificationState, Phrase};
use staffetta_store::approvals::Approval;
use staffetta_store::flows::{FlowSummary, OutcomeCount};
use staffetta_words::{number, say, text};

/// Columns that a count takes.
const COUNT_WIDTH: usize = 10;

/// Its state, with what stands beside it.
pub(crate) fn state(flow: &FlowSummary) -> String {
    let mut state = say(&flow.state.phrase());
    let service_paused = flow.service_paused.is_some() && waits_for_service(flow.state);
    for (is_so, key) in [
        (flow.paused, "flow-paused"),
        (service_paused, "flow-service-paused"),
        (flow.interrupted, "flow-interrupted"),
        (flow.approval == Approval::Awaited, "flow-approval-awaited"),
    ] {
        if is_so {
            state.push_str(" · ");
            state.push_str(&text(key));
        }
    }
    let planned = flow.planned.map(|planned| {
        let key = if planned.missed { "flow-planned-missed" } else { "flow-planned-at" };
        Phrase::new(key).with("at", italian_date_time(planned.at))
    });
    let pilot = flow.pilot.map(|rows| Phrase::new("flow-pilot-attribute").with("count", rows));
    for attribute in planned.into_iter().chain(pilot) {
        state.push_str(" · ");
        state.push_str(&say(&attribute));
    }
    let unreachable = flow.tally.count(NotificationState::Unreachable);
    let examine = flow.tally.to_examine();
    if unreachable + examine > 0 {
        let phrase = Phrase::new("flow-negative")
            .with("unreachable", number(unreachable))
            .with("examine", number(examine));
        state.push_str(" · ");
        state.push_str(&say(&phrase));
    }
    state
}

/// Whether a pause of its service keeps it from going on.
const fn waits_for_service(state: FlowState) -> bool {
    matches!(state, FlowState::Active | FlowState::Sending)
}

/// Prints its outcome by state, with the reasons.
pub(crate) async fn outcome(session: &Session, flow: &FlowSummary) -> Result<(), Failure> {
    let title = Phrase::new("cli-outcome").with("flow", flow.id).with("state", state(flow));
    output::line(&say(&title))?;
    if let Some(reason) = flow.service_paused.filter(|_| waits_for_service(flow.state)) {
        output::line(&say(&reason.phrase()))?;
    }
    let mut outcomes = session.store.flow_outcomes(&session.scope, flow.id).await?;
    outcomes.sort_by_key(|outcome| outcome.state as i16);
    for outcome in &outcomes {
        output::line(&line(outcome))?;
    }
    let total = number(outcomes.iter().map(|outcome| outcome.count).sum());
    output::line(&format!("{total:>COUNT_WIDTH$}  {}", text("cli-in-all")))
}

fn line(outcome: &OutcomeCount) -> String {
    let count = number(outcome.count);
    let state = say(&outcome.state.phrase());
    match outcome.reason {
        Some(reason) => format!("{count:>COUNT_WIDTH$}  {state}: {}", say(&reason.phrase())),
        None => format!("{count:>COUNT_WIDTH$}  {state}"),
    }
}

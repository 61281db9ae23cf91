//! What happened to a notification: what people did, what the ledger keeps of the machine's steps.

use crate::app::App;
use crate::fault::Fault;
use crate::timeline::Happened;
use staffetta_domain::{NotificationState, Phrase, Reason};
use staffetta_store::Scope;
use staffetta_store::corrections::EarlierAttempt;
use staffetta_store::notifications::NotificationDetail;
use staffetta_words::{say, text};
use std::cmp::Reverse;

/// Events that are shown.
const EVENTS: usize = 100;
/// What of a flow concerns each of its notifications.
const OF_FLOW: [&str; 4] = ["flow-sent", "flow-pilot-sent", "flow-begun-as-planned", "flow-interrupted"];

/// The newest first.
pub(super) async fn of(
    app: &App,
    scope: &Scope,
    detail: &NotificationDetail,
) -> Result<Vec<Happened>, Fault> {
    let row = &detail.row;
    let mut all: Vec<Happened> = Vec::new();
    if let Some(at) = row.created_at {
        let what = text("notification-written");
        all.push(Happened { at, who: detail.created_by.clone(), what, detail: None });
    }
    if let Some(flow) = row.flow {
        let events = app.store().events_of_flow(scope, flow, EVENTS).await?;
        // After a pilot it was Riprendi that sent the rest.
        let had_pilot = events.iter().any(|event| event.kind == "flow-pilot-sent");
        let concerns = events.into_iter().filter(|event| {
            OF_FLOW.contains(&event.kind.as_str()) || had_pilot && event.kind == "flow-resumed"
        });
        all.extend(concerns.map(Happened::from));
    }
    let own = app.store().events_of_notification(scope, row.id, EVENTS).await?;
    all.extend(own.into_iter().map(Happened::from));
    all.extend(app.store().earlier_attempts(scope, row.id).await?.iter().filter_map(earlier));
    all.extend(steps(detail));
    all.sort_by_key(|happened| Reverse(happened.at));
    Ok(all)
}

/// How an attempt ended that a person had made again, and with which fiscal code it was made.
fn earlier(attempt: &EarlierAttempt) -> Option<Happened> {
    let what = Phrase::new("notification-earlier")
        .with("attempt", attempt.attempt)
        .with("state", say(&attempt.state.phrase()))
        .with("code", attempt.fiscal_code.as_str());
    let reason = attempt.reason.map(|reason| say(&reason.phrase()));
    let message =
        attempt.io_message_id.as_ref().map(|id| say(&Phrase::new("notification-earlier-io").with("id", id)));
    let detail: Vec<String> = reason.into_iter().chain(message).collect();
    Some(Happened {
        detail: (!detail.is_empty()).then(|| detail.join(" ")),
        ..Happened::by_itself(attempt.handled_at?, &what)
    })
}

/// The machine's steps, as far as the columns tell them.
fn steps(detail: &NotificationDetail) -> Vec<Happened> {
    let row = &detail.row;
    let mut steps = Vec::new();
    // One that a person considers sent was accepted by nobody.
    let by_io = row.reason != Some(Reason::DeclaredSent);
    if let Some(at) = detail.accepted_at.filter(|_| by_io) {
        steps.push(Happened::by_itself(at, &Phrase::new("notification-accepted")));
    }
    let ended = detail.settled_at.or(row.handled_at.filter(|_| detail.accepted_at.is_none()));
    if let Some(at) = ended
        && !matches!(row.state, NotificationState::Queued | NotificationState::InFlight)
        && detail.accepted_at != Some(at)
    {
        let state = say(&row.state.phrase());
        steps.push(Happened::by_itself(at, &Phrase::new("notification-became").with("state", state)));
    }
    steps
}

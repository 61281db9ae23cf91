//! *Relazione d'invio*: one page to print and file, of what was sent, to how many, and what became of it. It says only
//! what is known: that a message is available on IO, not that somebody read it.

use super::{Found, page};
use crate::address::number;
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use crate::timeline::Happened;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use staffetta_domain::{FlowId, NotificationState, Phrase, UnixMillis};
use staffetta_store::flows::{FlowDetail, OutcomeCount};
use staffetta_words::{number as shown, say};

/// Events that are told.
const EVENTS: usize = 200;

/// How many ended in one way, for one reason.
struct Line {
    state: String,
    reason: String,
    count: i64,
    share: String,
}

#[derive(Template)]
#[template(path = "flow/report.html")]
struct Page {
    frame: Frame,
    flow: FlowDetail,
    /// What came of it, in a sentence or two.
    sentences: Vec<String>,
    lines: Vec<Line>,
    total: i64,
    events: Vec<Happened>,
    now: UnixMillis,
}

pub(super) async fn show(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let flow: FlowId = number(&id)?;
    let found = Found::of(&app, &person, flow).await?.detail;
    if found.started_at.is_none() {
        return page::not_now(&app, &person, flow, &Phrase::new("report-not-yet")).await;
    }
    let (store, scope) = (app.store(), person.scope());
    let outcomes = store.flow_outcomes(scope, flow).await?;
    let events = store.events_of_flow(scope, flow, EVENTS).await?;
    let page = Page {
        frame: Frame::of(&app, &person, Place::Flows).await?,
        sentences: sentences(&found),
        total: found.summary.tally.total(),
        lines: lines(&outcomes),
        events: events.into_iter().map(Happened::from).collect(),
        now: app.now(),
        flow: found,
    };
    Ok(frame::page(&page)?.into_response())
}

fn lines(outcomes: &[OutcomeCount]) -> Vec<Line> {
    let total: i64 = outcomes.iter().map(|outcome| outcome.count).sum();
    let line = |outcome: &OutcomeCount| Line {
        state: say(&outcome.state.phrase()),
        reason: outcome.reason.map(|reason| say(&reason.phrase())).unwrap_or_default(),
        count: outcome.count,
        share: share(outcome.count, total),
    };
    outcomes.iter().map(line).collect()
}

/// Per cent with one decimal, cut and not rounded: nothing becomes 100 that is less.
fn share(count: i64, total: i64) -> String {
    let thousandths = count.saturating_mul(1_000).checked_div(total).unwrap_or(0);
    format!("{},{}%", thousandths / 10, thousandths % 10)
}

fn sentences(flow: &FlowDetail) -> Vec<String> {
    let tally = &flow.summary.tally;
    let count = |state| tally.count(state);
    let told = |key, count: i64| {
        let phrase = Phrase::new(key).with("count", count).with("shown", shown(count));
        (count > 0).then(|| say(&phrase.with("share", share(count, tally.total()))))
    };
    [
        told("report-available", count(NotificationState::Delivered)),
        told("report-accepted", count(NotificationState::Accepted)),
        told("report-unreachable", count(NotificationState::Unreachable)),
        told("report-to-examine", tally.to_examine()),
        told("report-cancelled", count(NotificationState::Cancelled)),
        told("report-open", tally.open()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_share_is_never_more_than_it_is() {
        assert_eq!(share(250, 291), "85,9%");
        assert_eq!(share(999, 1_000), "99,9%");
        assert_eq!(share(9_999, 10_000), "99,9%");
        assert_eq!(share(0, 0), "0,0%");
    }
}

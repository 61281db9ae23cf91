//! *Relazione d'invio*: one page to print and file, of what was sent, to how many, and what became of it. It says only
//! what is known: that a message is available on IO, not that somebody read it.

use super::errata_note::{IsErrata, Made};
use super::{Found, page, report_deeds};
use crate::address::number;
use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Frame, Person, Place};
use crate::money::euro;
use crate::timeline::Happened;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use staffetta_domain::{FlowId, NotificationState, Phrase, UnixMillis};
use staffetta_store::flows::{FlowDetail, OutcomeCount};
use staffetta_words::{number as shown, say, text};

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
    /// What people decided on its notifications.
    decisions: Vec<String>,
    events: Vec<Happened>,
    /// That it puts another flow right, and which put it right.
    is_errata: Option<IsErrata>,
    errata: Vec<Made>,
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
    let ente = store.organization(scope.organization).await?.ok_or(Fault::NotFound)?;
    let mut sentences = sentences(&found);
    let reached = found.summary.tally.count(NotificationState::Delivered);
    sentences.extend(ente.letter_cents.and_then(|cents| letters(reached, cents)));
    let page = Page {
        frame: Frame::of(&app, &person, Place::Flows).await?,
        sentences,
        total: found.summary.tally.total(),
        lines: lines(&outcomes),
        decisions: report_deeds::on_rows(&app, &person, flow).await?,
        events: report_deeds::on_flow(&app, &person, flow).await?,
        is_errata: IsErrata::of(&app, &person, flow).await?,
        errata: Made::all(&app, &person, flow).await?,
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

/// What the letters would have cost that need not be written.
fn letters(reached: i64, cents: i64) -> Option<String> {
    let sum = reached.checked_mul(cents).filter(|sum| *sum > 0)?;
    let phrase = Phrase::new("report-letters")
        .with("count", reached)
        .with("shown", shown(reached))
        .with("cost", euro(cents))
        .with("sum", euro(sum));
    Some(format!("{} {}", say(&phrase), text("report-letters-which")))
}

#[cfg(test)]
mod tests {
    use super::{letters, share};

    #[test]
    fn letters_are_spared_where_somebody_was_reached() {
        let told = letters(12_345, 105).unwrap();
        assert!(told.starts_with("12.345 lettere risparmiate, a 1,05 € l’una: 12.962,25 €."), "{told}");
        assert!(letters(1, 105).unwrap().starts_with("Una lettera risparmiata: 1,05 €."));
        assert_eq!(letters(0, 105), None);
    }

    #[test]
    fn a_share_is_never_more_than_it_is() {
        assert_eq!(share(250, 291), "85,9%");
        assert_eq!(share(999, 1_000), "99,9%");
        assert_eq!(share(9_999, 10_000), "99,9%");
        assert_eq!(share(0, 0), "0,0%");
    }
}

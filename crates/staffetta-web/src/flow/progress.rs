//! How far a flow is, as its page shows it and shows it again while it goes on: state, numbers, what can be done.

use super::approve;
use super::notes::notes;
use super::pilot;
use super::rows::Filter;
use crate::filters;
use crate::states::StateShown;
use crate::watched::Seen;
use askama::Template;
use staffetta_domain::time::italian_date_time;
use staffetta_domain::{FlowId, FlowState, NotificationState, Phrase, Rights};
use staffetta_store::approvals::Approval;
use staffetta_store::flows::{FlowSummary, Planned};
use staffetta_words::{number, say};

/// A number of the tally, which shows its notifications.
pub(super) struct Count {
    pub(super) filter: String,
    pub(super) state: StateShown,
    pub(super) count: i64,
    pub(super) is_shown: bool,
}

/// How far a flow is, for the template `flow/progress.html`.
#[derive(Template)]
#[template(path = "flow/progress.html")]
pub(super) struct Progress {
    id: FlowId,
    state: StateShown,
    paused: bool,
    interrupted: bool,
    /// When it starts by itself, or that it did not.
    planned: Option<String>,
    /// *Solo i primi 20*.
    pilot: Option<String>,
    /// *In attesa di approvazione*.
    approval: Option<String>,
    awaits_approval: bool,
    recipients: i64,
    shows_all: bool,
    shows_to_examine: bool,
    counts: Vec<Count>,
    unreachable: i64,
    to_examine: i64,
    done: i64,
    total: i64,
    /// `2.439 di 5.210 (46%)`.
    done_words: String,
    /// What the flow waits for, or how long it still takes.
    notes: Vec<String>,
    /// Uncertain outcomes, to be decided on.
    doubts: i64,
    doubts_words: String,
    /// Messages whose final outcome IO may be asked for now.
    to_verify: i64,
    /// The sending is over, and some may be sent again.
    has_unsuccessful: bool,
    may_send: bool,
    may_compose: bool,
    may_test: bool,
    has_pilot: bool,
    is_inactive: bool,
    is_active: bool,
    is_sending: bool,
    is_incomplete: bool,
    /// Where the rest of the page is taken anew, once the sending has ended before the person's eyes.
    rest: Option<String>,
}

impl Progress {
    /// The same, perhaps with the rest of the page, which the end of the sending changed.
    pub(super) fn telling_the_end(self, ended: bool, filter: Filter) -> Self {
        Self { rest: ended.then(|| filter.on(super::address(self.id))), ..self }
    }

    pub(super) fn of(seen: &Seen, filter: Filter, rights: Rights) -> Self {
        let flow = &seen.progress.summary;
        let (total, open) = (flow.tally.total(), flow.tally.open());
        Self {
            id: flow.id,
            state: flow.state.into(),
            paused: flow.paused,
            interrupted: flow.interrupted,
            planned: flow.planned.map(|planned| say(&planned_phrase(planned))),
            pilot: flow.pilot.map(|rows| say(&pilot_phrase(rows))),
            approval: approve::words(flow.approval),
            awaits_approval: flow.approval == Approval::Awaited,
            recipients: flow.recipients,
            shows_all: filter == Filter::All,
            shows_to_examine: filter == Filter::ToExamine,
            counts: counts(flow, filter),
            unreachable: flow.tally.count(NotificationState::Unreachable),
            to_examine: flow.tally.to_examine(),
            done: total - open,
            total,
            done_words: done_words(total - open, total),
            notes: notes(seen),
            doubts: flow.tally.count(NotificationState::Uncertain),
            doubts_words: doubts_words(flow.tally.count(NotificationState::Uncertain)),
            to_verify: flow.tally.count(NotificationState::Accepted),
            has_unsuccessful: has_unsuccessful(flow),
            may_send: rights.include(Rights::SEND),
            may_compose: rights.include(Rights::COMPOSE),
            may_test: rights.let_test(),
            has_pilot: pilot::is_offered(flow),
            is_inactive: flow.state == FlowState::Inactive,
            is_active: flow.state == FlowState::Active,
            is_sending: flow.state == FlowState::Sending,
            is_incomplete: flow.state == FlowState::Incomplete,
            rest: None,
        }
    }
}

/// Whether more is to come of a flow, so that its page follows it.
pub(super) fn is_under_way(flow: &FlowSummary) -> bool {
    flow.state == FlowState::Sending || flow.planned.is_some() || awaits_outcomes(flow)
}

/// *Programmato*, beside *Attivo*.
pub(crate) fn planned_phrase(planned: Planned) -> Phrase {
    let key = if planned.missed { "flow-planned-missed" } else { "flow-planned-at" };
    Phrase::new(key).with("at", italian_date_time(planned.at))
}

/// *Solo i primi 20*, beside *In invio*.
pub(crate) fn pilot_phrase(rows: i64) -> Phrase {
    Phrase::new("flow-pilot-attribute").with("count", rows)
}

fn doubts_words(count: i64) -> String {
    say(&Phrase::new("decide-many").with("count", count).with("shown", number(count)))
}

/// The sending is over, and IO has not yet told the outcome of all that it took.
pub(super) fn awaits_outcomes(flow: &FlowSummary) -> bool {
    matches!(flow.state, FlowState::Sent | FlowState::Incomplete)
        && flow.tally.count(NotificationState::Accepted) > 0
}

fn has_unsuccessful(flow: &FlowSummary) -> bool {
    let again = |(state, count): (NotificationState, i64)| count > 0 && state.can_be_sent_again();
    flow.state == FlowState::Incomplete && flow.tally.iter().any(again)
}

fn counts(flow: &FlowSummary, filter: Filter) -> Vec<Count> {
    let shown = |state| filter == Filter::State(state);
    flow.tally
        .iter()
        .filter(|(state, count)| *count > 0 || shown(*state))
        .map(|(state, count)| Count {
            filter: Filter::State(state).code().to_owned(),
            state: state.into(),
            count,
            is_shown: shown(state),
        })
        .collect()
}

/// Nothing is rounded up to 100.
fn done_words(done: i64, total: i64) -> String {
    let percent = done.saturating_mul(100).checked_div(total).unwrap_or(0);
    let phrase = Phrase::new("flow-progress").with("done", number(done)).with("total", number(total));
    say(&phrase.with("percent", percent))
}

#[cfg(test)]
mod tests {
    use super::done_words;

    #[test]
    fn the_last_one_makes_it_whole() {
        assert_eq!(done_words(2_439, 5_210), "2.439 di 5.210 (46%)");
        assert_eq!(done_words(999, 1_000), "999 di 1.000 (99%)");
        assert_eq!(done_words(1_000, 1_000), "1.000 di 1.000 (100%)");
        assert_eq!(done_words(0, 0), "0 di 0 (0%)");
    }
}

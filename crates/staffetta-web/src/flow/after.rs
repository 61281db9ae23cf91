//! *Dopo l'invio*: what a flow that was sent leaves to an office.

use staffetta_desk::is_over;
use staffetta_domain::{FlowState, NotificationState, Phrase, Rights, Tally};
use staffetta_store::flows::FlowDetail;
use staffetta_words::{number, say};

/// What stands in that part of the page.
pub(super) struct AfterSending {
    /// Who was certainly not reached, those whose row was left aside included; none where all were.
    pub(super) unreached: Option<String>,
    /// That uncertain outcomes are not among them.
    pub(super) doubts: Option<String>,
    /// Whether an errata can be made.
    pub(super) may_correct: bool,
}

impl AfterSending {
    /// None before the sending was begun. While it goes on nobody is called unreached: the page would not follow it.
    pub(super) fn of(flow: &FlowDetail, rights: Rights) -> Option<Self> {
        flow.started_at.is_some().then(|| {
            let over = flow.summary.state != FlowState::Sending;
            let wrong = flow.list.as_ref().map_or(0, |list| list.facts.wrong_rows);
            let unreached = unreached(&flow.summary.tally) + wrong;
            let doubts = flow.summary.tally.count(NotificationState::Uncertain);
            let phrase =
                |key, count| say(&Phrase::new(key).with("count", count).with("written", number(count)));
            Self {
                unreached: (over && unreached > 0).then(|| phrase("after-unreached", unreached)),
                doubts: (over && doubts > 0 && unreached > 0)
                    .then(|| phrase("after-unreached-doubts", doubts)),
                may_correct: rights.include(Rights::COMPOSE) && is_over(flow),
            }
        })
    }
}

/// Those of whom it is certain that the message is not before them.
fn unreached(tally: &Tally) -> i64 {
    tally.iter().filter(|(state, _)| state.can_be_sent_again()).map(|(_, count)| count).sum()
}

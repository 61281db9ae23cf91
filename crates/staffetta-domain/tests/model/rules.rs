//! The functions of the protocol that the steps take, and variants of them that are broken on purpose.

use staffetta_domain::NotificationState as State;
use staffetta_domain::protocol::{Decision, Expected, Hold, Mark, Permission, Row, Standing, lease_ends_ms};

/// What the steps ask. Ours are the engine's own functions; a variant has one of them replaced.
#[derive(Clone, Copy)]
pub struct Rules {
    pub taken_over: fn(Standing, Option<Mark>, bool) -> Standing,
    pub permission: fn(&Standing, i64, i64) -> Permission,
    pub admits: fn(Mark, i64) -> bool,
    pub lease_ends_ms: fn(i64) -> i64,
    pub left_open: fn(Row, Option<Hold>) -> Option<Row>,
    pub recorded: fn(Row, Expected, State) -> Option<Row>,
    pub decided: fn(Row, Decision) -> Option<Row>,
    pub put_in_doubt: fn(Row) -> Option<Row>,
    /// What is written where the answer of a call was lost.
    pub lost_answer: State,
    /// Whether the owner misses an outcome that it wrote and that the ledger lost.
    pub numbers_outcomes: bool,
    /// Whether the mark is written before the call leaves.
    pub marks_first: bool,
    /// Whether a person looks for what left before saying that what waits goes on.
    pub looks: bool,
}

pub const OURS: Rules = Rules {
    taken_over: Standing::taken_over,
    permission: Standing::permission,
    admits: Mark::admits,
    lease_ends_ms,
    left_open: Row::left_open,
    recorded: Row::recorded,
    decided: Row::decided,
    put_in_doubt: Row::put_in_doubt,
    lost_answer: State::Uncertain,
    numbers_outcomes: true,
    marks_first: true,
    looks: true,
};

/// What a variant breaks, and the property by which it is found.
pub struct Broken {
    pub what: &'static str,
    pub rules: Rules,
    pub found_by: &'static str,
}

pub fn broken() -> Vec<Broken> {
    let variant = |what, found_by, rules| Broken { what, rules, found_by };
    vec![
        variant("the epoch is not compared", ENDS, Rules { permission: whatever_the_epoch, ..OURS }),
        variant("a call leaves before the mark", TWICE, Rules { marks_first: false, ..OURS }),
        variant(
            "a new owner does not look at the mark",
            TWICE,
            Rules { taken_over: |standing, _, silent| standing.taken_over(None, silent), ..OURS },
        ),
        variant(
            "an owner does not miss the claims that it saw written",
            TWICE,
            Rules { permission: |standing, epoch, _| standing.permission(epoch, 0), ..OURS },
        ),
        variant("an owner calls although the mark tells of a later one", TWICE, {
            Rules { admits: |_, _| true, ..OURS }
        }),
        variant("the lease is not looked at", UNKNOWN, Rules { lease_ends_ms: |_| i64::MAX, ..OURS }),
        variant(
            "the margin of the lease is left out",
            UNKNOWN,
            Rules { lease_ends_ms: |at| lease_ends_ms(at) + 1, ..OURS },
        ),
        variant("what was left open waits again", TWICE, Rules { left_open: back_to_the_queue, ..OURS }),
        variant("a late answer settles what went back", AGAIN, {
            Rules { left_open: |row, _| row.left_open(None), ..OURS }
        }),
        variant("a lost answer is tried again", TWICE, Rules { lost_answer: State::Queued, ..OURS }),
        variant("outcomes are not numbered", ENDS, Rules { numbers_outcomes: false, ..OURS }),
        variant("what was left open stays as it is", ENDS, Rules { left_open: |_, _| None, ..OURS }),
        variant(
            "a late answer settles what was decided",
            EXISTS,
            Rules { decided: decided_and_still_claimed, recorded: recorded_whatever_the_state, ..OURS },
        ),
        variant("a person does not look", TWICE, Rules { looks: false, ..OURS }),
        variant(
            "what may have left counts as sent",
            UNTRUE,
            Rules { put_in_doubt: |row| row.put_in_doubt().and_then(considered_sent), ..OURS },
        ),
    ]
}

pub const TWICE: &str = "IO takes no message twice unless a person said so";
pub const AGAIN: &str = "what IO took waits for no second call unless a person said so";
pub const UNKNOWN: &str = "no call leaves of which the ledger does not know";
pub const UNTRUE: &str = "what counts as taken was taken, or declared so by a person";
pub const EXISTS: &str = "every change of a state is one that exists";
pub const ENDS: &str = "every notification can still come to its end";

fn whatever_the_epoch(standing: &Standing, _: i64, seen: i64) -> Permission {
    standing.permission(standing.epoch, seen)
}

fn back_to_the_queue(row: Row, held: Option<Hold>) -> Option<Row> {
    row.left_open(held).map(|row| Row { state: State::Queued, claim: None, ..row })
}

fn decided_and_still_claimed(row: Row, decision: Decision) -> Option<Row> {
    row.decided(decision).map(|decided| Row { claim: row.claim, ..decided })
}

fn recorded_whatever_the_state(row: Row, expected: Expected, to: State) -> Option<Row> {
    Row { state: State::InFlight, ..row }.recorded(expected, to)
}

fn considered_sent(row: Row) -> Option<Row> {
    row.decided(Decision::ConsiderSent)
}

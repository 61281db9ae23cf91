//! The protocol, explored: two nodes, a ledger, a mark beside it, IO and a person, in every order of crash, cut-off,
//! delay and loss, with the ledger put back from an older copy. The steps are the functions of
//! `staffetta_domain::protocol` (see `rules.rs`); a variant with one of them broken is found out for each of the
//! properties.
//!
//! A node that is cut off from the ledger is one whose steps come late: its lease ends, another takes over, and what it
//! has in hand is written when it is back. What one person does takes longer than a lease.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    unreachable_pub,
    missing_docs,
    reason = "a test that cannot go on fails"
)]

mod calm;
mod model;
mod rules;
mod steps;
mod world;

use model::{Bounds, Protocol};
use rules::{Broken, OURS, broken};
use stateright::{Checker, HasDiscoveries, Model};
use steps::Step;

const THREADS: usize = 2;
/// Steps in which each variant must be found out.
const ENOUGH_TO_FIND: usize = 4_000_000;

/// Explores all of it; every property holds, and what should be met on the way is met.
fn prove(bounds: Bounds) {
    let checked = Protocol { rules: OURS, bounds }.checker().threads(THREADS).spawn_bfs().join();
    println!("{} worlds, {} steps at most", checked.unique_state_count(), checked.max_depth());
    checked.assert_properties();
}

#[test]
fn three_notifications_with_a_crash_at_any_moment() {
    prove(Bounds::CRASH);
}

#[test]
fn three_notifications_with_an_answer_lost_or_late_at_any_moment() {
    prove(Bounds::LOSS);
}

#[test]
fn a_ledger_put_back_from_any_copy_at_any_moment() {
    prove(Bounds::PUT_BACK);
}

#[test]
fn a_ledger_put_back_while_a_person_decides() {
    prove(Bounds::PUT_BACK_AND_DECIDED);
}

#[test]
fn doubts_decided_by_a_person_while_answers_come_late() {
    prove(Bounds::DECIDED);
}

#[test]
fn each_broken_variant_is_found_out() {
    for variant in broken() {
        let found = Bounds::BROKEN.into_iter().find_map(|bounds| counterexample(&variant, bounds));
        let Some(steps) = found else { panic!("{}: nothing is found", variant.what) };
        println!("{}: {steps:?}", variant.what);
    }
}

fn counterexample(variant: &Broken, bounds: Bounds) -> Option<Vec<Step>> {
    let protocol = Protocol { rules: variant.rules, bounds };
    let wanted = HasDiscoveries::AnyOf([variant.found_by].into());
    let explored = protocol.checker().threads(THREADS).finish_when(wanted);
    let checked = explored.target_state_count(ENOUGH_TO_FIND).spawn_bfs().join();
    checked.discovery(variant.found_by).map(|path| path.into_actions())
}

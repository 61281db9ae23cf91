//! Seeded runs of the whole engine: ledger, engine and simulator in one process under a clock that moves by
//! itself, faults of network and receiver at every call, and crashes at random points. After each crash and
//! at the end the books of both sides are compared.
//!
//! `SEED=n cargo test -p staffetta-engine --test crashes` runs one seed; `RUNS=n` runs that many.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::cast_sign_loss,
    unreachable_pub,
    missing_docs,
    reason = "a test that cannot go on fails"
)]

mod support;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use staffetta_domain::Quota;
use support::seeds::seeds;
use support::world::{Paused, World};

/// Seeds of a run in the gate.
const RUNS: u64 = 8;

/// Faults of the receiver in a run; the later ones leave many doubts.
const FAULTS: [&str; 4] = [
    "none",
    "e500p=0.1,r429=0.05,slow=0.05:700",
    "lost=0.05,reset=0.05,e500=0.03,e503=0.03,hang=0.01",
    "lost=0.1,reset=0.1,e500p=0.1,e503=0.1,r429=0.1,slow=0.1:2000",
];

/// Most of what is under way waits for a place in the budget.
const TIGHT: Quota = Quota { calls: Some(20), window_ms: 5_000 };

#[test]
fn what_waits_for_the_budget_while_its_flow_is_paused_and_resumed_is_not_forgotten() {
    for paused in [Paused::Flows, Paused::Service] {
        let mut world = World::new(1, "none", Quota::NONE);
        let flows = [world.add_flow(60)];
        world.run_paused_once(&flows, paused);
        world.check(&flows, "at the end");
        world.check_the_end(&flows);
    }
}

#[test]
fn a_database_put_back_from_a_copy_sends_nothing_until_a_person_says_so() {
    let mut chance = ChaCha8Rng::seed_from_u64(1);
    let mut world = World::new(1, "none", Quota::NONE);
    let first = [world.add_flow(20)];
    world.run_to_the_end(&first, &mut chance);
    let second = [world.add_flow(40)];
    world.copy();
    let before = world.took();
    world.run_until_crash(60, &second, &mut chance);
    world.put_back();
    let messages = world.took();
    assert!(messages > before, "the second flow was under way");
    world.run_a_minute();
    world.run_a_minute();
    assert_eq!(world.took(), messages, "what the copy knows nothing of would be sent again");
    world.release();
    world.run_to_the_end(&second, &mut chance);
    assert!(world.took() > messages);
}

#[test]
fn nothing_is_sent_twice_or_lost_whatever_crashes() {
    for seed in seeds(RUNS) {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let faults = FAULTS[usize::try_from(seed).unwrap() % FAULTS.len()];
        let quota = [Quota::NONE, Quota::IO_DEFAULT, TIGHT][chance.random_range(0..3)];
        let mut world = World::new(seed, faults, quota);
        let flows =
            [world.add_flow(chance.random_range(60..160)), world.add_flow(chance.random_range(1..40))];
        world.add_singles(chance.random_range(0..40));
        for _ in 0..chance.random_range(1..5) {
            let calls = chance.random_range(5..120);
            world.run_until_crash(calls, &flows, &mut chance);
            world.check(&flows, "after a crash");
        }
        world.run_to_the_end(&flows, &mut chance);
        world.check(&flows, "at the end");
        world.check_the_end(&flows);
    }
}

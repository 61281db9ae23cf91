//! Seeded runs of one to three nodes on one ledger, all in one thread under a clock that moves by itself: nodes are
//! killed and frozen, their ledger fails before, at and after a commit, IO goes wrong in every way that the simulator
//! knows, people pause, interrupt and decide, the wall clock jumps, and a copy of the ledger is put back.
//!
//! `SEED=n cargo test -p staffetta-engine --test simulation` runs one seed; `RUNS=n` runs that many.
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

use rand::RngExt;
use staffetta_domain::Quota;
use support::fleet::Fleet;
use support::seeds::seeds;

/// Seeds of a run in the gate.
const RUNS: u64 = 6;

/// Faults of the receiver in a run.
const FAULTS: [&str; 4] = [
    "none",
    "e500p=0.1,slow=0.05:700",
    "lost=0.05,reset=0.05,e500=0.03,e503=0.03,hang=0.01",
    "lost=0.05,reset=0.05,e500p=0.1,e503=0.05,r429=0.1,slow=0.1:2000",
];

#[test]
fn nothing_is_sent_twice_or_lost_whatever_becomes_of_the_nodes() {
    let mut took = 0;
    for seed in seeds(RUNS) {
        let faults = FAULTS[usize::try_from(seed).unwrap() % FAULTS.len()];
        let nodes = usize::try_from(seed % 3).unwrap() + 1;
        let quota = if seed % 2 == 0 { Quota::IO_DEFAULT } else { Quota::NONE };
        let mut fleet = Fleet::new(seed, nodes, faults, quota);
        for _ in 0..2 {
            let recipients = fleet.chance().random_range(20..80);
            fleet.add_flow(recipients);
        }
        let puts_back = fleet.chance().random_bool(0.4);
        for part in 0..3 {
            let rounds = fleet.chance().random_range(100..600);
            fleet.trouble(rounds);
            fleet.check("in trouble");
            match part {
                0 if puts_back => fleet.copy(),
                1 if puts_back => fleet.put_back(),
                _ => {}
            }
        }
        fleet.settle();
        fleet.check("at the end");
        took += fleet.took();
    }
    // In one run a person may have interrupted both flows before anything left.
    assert!(took > 0 || seeds(RUNS).len() == 1, "nothing was sent");
}

//! *Invia una prova a me*: a test arrives once, marked, and its flow stays as it was.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::cast_sign_loss,
    unreachable_pub,
    missing_docs,
    dead_code,
    reason = "a test that cannot go on fails"
)]

mod support;

use staffetta_domain::{NotificationState, Quota};
use support::world::World;

const TESTS: usize = 40;
const RECIPIENTS: usize = 5;

#[test]
fn a_test_arrives_once_and_its_flow_is_not_begun() {
    let mut world = World::new(3, "none", Quota::IO_DEFAULT);
    let flow = world.add_ready_flow(RECIPIENTS);
    world.add_tests(flow, TESTS);
    let tests = world.settle_singles();
    let received = world.received();
    assert_eq!(tests.len(), TESTS);
    for test in &tests {
        let arrived = received.get(test.fiscal_code.as_str()).copied().unwrap_or(0);
        assert_eq!(arrived, u64::from(test.state != NotificationState::Unreachable), "{:?}", test.state);
        assert_eq!((test.test_of, test.flow), (Some(flow), None));
    }
    assert!(tests.iter().any(|test| test.state == NotificationState::Delivered));
    // Nobody of the flow got anything, and all of it still waits.
    let reached = tests.iter().filter(|test| test.state != NotificationState::Unreachable).count();
    assert_eq!(received.values().sum::<u64>(), u64::try_from(reached).unwrap());
    assert_eq!(world.tally(flow).count(NotificationState::Queued), i64::try_from(RECIPIENTS).unwrap());
}

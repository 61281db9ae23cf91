//! *Verifica raggiungibilità*: what IO says before the sending, and what the sending makes of it.
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

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use staffetta_domain::reach::FORECAST_HOLDS_MS;
use staffetta_domain::{NotificationState, Quota};
use support::world::World;

const RECIPIENTS: usize = 100;
const ALL: u64 = RECIPIENTS as u64;

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap()
}

#[test]
fn a_fresh_forecast_stands_for_the_profile_check_and_an_old_one_does_not() {
    for (age_ms, asked_again) in [(0, false), (FORECAST_HOLDS_MS, true)] {
        let mut world = World::new(1, "none", Quota::NONE);
        let flow = world.add_ready_flow(RECIPIENTS);
        world.ask_forecast(flow);
        let forecast = world.foretell(flow);
        assert!(forecast.is_whole() && forecast.refused == 0, "{forecast:?}");
        assert!(forecast.reachable > 0 && forecast.reachable < forecast.recipients, "{forecast:?}");
        assert_eq!((world.calls_of("profiles"), world.calls_of("messages")), (ALL, 0));
        assert_eq!(count(world.tally(flow).count(NotificationState::Queued)), ALL);

        world.rest(age_ms);
        world.start(flow);
        world.run_to_the_end(&[flow], &mut ChaCha8Rng::seed_from_u64(1));
        // People pause and resume meanwhile: some are asked for more than once then.
        let asked = world.calls_of("profiles") - ALL;
        assert!(if asked_again { asked >= ALL } else { asked == 0 }, "{asked}");
        assert_eq!(world.calls_of("messages"), count(forecast.reachable));
        let unreachable = world.tally(flow).count(NotificationState::Unreachable);
        assert_eq!(unreachable, forecast.not_on_io + forecast.service_off);
        world.check_the_end(&[flow]);
    }
}

#[test]
fn a_forecast_goes_on_after_a_crash_and_asks_for_nobody_twice_that_was_answered() {
    let mut world = World::new(2, "e500p=0.05,e503=0.05", Quota::IO_DEFAULT);
    let flow = world.add_ready_flow(RECIPIENTS);
    world.ask_forecast(flow);
    let mut chance = ChaCha8Rng::seed_from_u64(2);
    world.run_until_crash(ALL / 2, &[flow], &mut chance);
    let forecast = world.foretell(flow);
    assert!(forecast.is_whole(), "{forecast:?}");
    assert_eq!(count(forecast.asked()), ALL, "each is counted once");
    // What a crash forgot is less than a stretch; faults are asked for again.
    assert!(world.calls_of("profiles") < 2 * ALL);
    assert_eq!(world.calls_of("messages"), 0);
}

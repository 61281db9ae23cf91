//! How long the sending of a flow takes: the calls that remain, by the rate that is really available.

use staffetta_domain::{FlowState, NotificationState, OrganizationId, UnixMillis};
use staffetta_store::flows::{Elsewhere, FlowSummary};
use staffetta_store::forecasts::Forecast;
use staffetta_store::organizations::Organization;
use staffetta_store::{Scope, Store, StoreError};

/// While both wait, one call in so many is a status check, as in the engine's queue before the budget.
const CHECK_SHARE: f64 = 4.0;
/// What the engine found available is believed for so long, in milliseconds: other software comes and goes.
const AVAILABLE_MS: i64 = 60 * 60 * 1_000;
/// So many must have been handled for their share of people on IO to tell of the others'.
const TELLING: i64 = 50;

/// When a sending goes on and when it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendingTime {
    /// Seconds of sending, rounded up; rests outside the ente's hours are not among them.
    pub seconds: u64,
    /// When it goes on: now, or when the ente's hours open.
    pub begins_at: UnixMillis,
    /// When it ends.
    pub ends_at: UnixMillis,
}

/// Reckons it for a flow that is being sent or could be, beside the ente's other flows; `None` where IO sets no limit.
///
/// # Errors
/// The ledger.
pub async fn sending_time(
    store: &Store,
    organization: OrganizationId,
    flow: &FlowSummary,
    now: UnixMillis,
) -> Result<Option<SendingTime>, StoreError> {
    let Some(ente) = store.organization(organization).await? else { return Ok(None) };
    let elsewhere = store.sending_elsewhere(organization, flow.id).await?;
    let others: Vec<Part> = elsewhere.into_iter().map(Part::elsewhere).collect();
    let forecast = store.forecast(&Scope::whole(organization, ""), flow.id).await?;
    let part = forecast.and_then(|forecast| Part::foretold(flow, &forecast, now));
    Ok(reckon(&ente, part.unwrap_or_else(|| Part::of(flow)), &others, now))
}

/// Seconds, rounded up, in which IO can be asked for `rows` citizens while nothing else is to be done; `None` where it
/// sets no limit.
///
/// # Errors
/// The ledger.
pub async fn forecast_time(
    store: &Store,
    organization: OrganizationId,
    rows: i64,
    now: UnixMillis,
) -> Result<Option<u64>, StoreError> {
    let ente = store.organization(organization).await?;
    Ok(ente.and_then(|ente| seconds(&ente, float(rows), now)))
}

/// What a flow has still to send.
#[derive(Clone, Copy)]
struct Part {
    rows: f64,
    /// How many of them are on IO, from 0 to 1.
    reach: f64,
    /// Profile checks that each takes: none where a forecast stands for them.
    checks: f64,
}

impl Part {
    fn of(flow: &FlowSummary) -> Self {
        let count = |state| flow.tally.count(state);
        let unreachable = count(NotificationState::Unreachable);
        let waiting = match flow.state {
            FlowState::Sending => flow.tally.open(),
            _ => flow.recipients,
        };
        let written =
            flow.tally.total() - flow.tally.open() - count(NotificationState::Cancelled) - unreachable;
        Self::elsewhere(Elsewhere { waiting, written, unreachable })
    }

    fn elsewhere(flow: Elsewhere) -> Self {
        let handled = flow.written + flow.unreachable;
        let reach = if handled < TELLING { 1.0 } else { float(flow.written) / float(handled) };
        Self { rows: float(flow.waiting), reach, checks: 1.0 }
    }

    /// As a forecast says, where it speaks of all recipients and the sending may rely on it.
    fn foretold(flow: &FlowSummary, forecast: &Forecast, now: UnixMillis) -> Option<Self> {
        let holds = forecast.is_whole() && forecast.holds(now);
        let waiting = match flow.state {
            FlowState::Sending => flow.tally.open(),
            _ => flow.recipients,
        };
        let reach = float(forecast.reachable) / float(forecast.recipients.max(1));
        holds.then(|| Self { rows: float(waiting), reach, checks: 0.0 })
    }

    /// Calls that each of its rows takes: the profile, the message to those on IO, and the status checks that come
    /// between them.
    fn calls_each(&self) -> f64 {
        let sending = self.checks + self.reach;
        sending + self.reach.min(sending / (CHECK_SHARE - 1.0))
    }
}

/// The engine sends a row of each flow in turn: until this one ends, each other has sent as many, or all that it had.
fn reckon(ente: &Organization, flow: Part, others: &[Part], now: UnixMillis) -> Option<SendingTime> {
    let beside = others.iter().map(|other| other.rows.min(flow.rows) * other.calls_each());
    let seconds = seconds(ente, flow.rows * flow.calls_each() + beside.sum::<f64>(), now)?;
    let work_ms = i64::try_from(seconds.saturating_mul(1_000)).unwrap_or(i64::MAX);
    let hours = &ente.hours;
    Some(SendingTime { seconds, begins_at: hours.open_at(now), ends_at: hours.after_work(now, work_ms) })
}

/// How long so many calls take at the rate that is available.
fn seconds(ente: &Organization, calls: f64, now: UnixMillis) -> Option<u64> {
    let granted = ente.quota.calls?;
    let share = f64::from(granted) * f64::from(ente.quota_share) / 100.0;
    let found = ente.available.filter(|found| now.since_ms(found.at) < AVAILABLE_MS);
    let available = found.map_or(share, |found| share.min(f64::from(found.calls))).max(1.0);
    let seconds = (calls * float(ente.quota.window_ms) / (available * 1_000.0)).ceil();
    // A float becomes the nearest integer that there is: a sending that takes longer than time itself takes as long.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it saturates, and is not negative"
    )]
    let seconds = seconds as u64;
    Some(seconds)
}

#[expect(clippy::cast_precision_loss, reason = "counts of people, and milliseconds, are far below 2^53")]
const fn float(count: i64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use staffetta_domain::Quota;
    use staffetta_domain::sending_hours::SendingHours;
    use staffetta_store::organizations::Available;

    const NOW: UnixMillis = UnixMillis(1_780_000_000_000);

    fn ente() -> Organization {
        Organization {
            id: OrganizationId(1),
            name: String::from("Comune di Prova"),
            quota: Quota::IO_DEFAULT,
            content_min: 120,
            approval_above: None,
            letter_cents: None,
            repeat_days: 30,
            created_at: NOW,
            held: None,
            went_back_at: None,
            quota_share: 100,
            available: None,
            hours: SendingHours::ANY,
        }
    }

    const fn unknown(rows: i64) -> Part {
        Part { rows: float(rows), reach: 1.0, checks: 1.0 }
    }

    fn seconds(ente: &Organization, rows: i64, others: &[Part]) -> u64 {
        reckon(ente, unknown(rows), others, NOW).expect("a limit").seconds
    }

    #[test]
    fn profiles_messages_and_checks_take_their_calls() {
        for (rows, expected) in [(0, 0), (1, 1), (11, 1), (12, 2), (300, 27), (100_000, 8_889)] {
            assert_eq!(seconds(&ente(), rows, &[]), expected, "{rows}");
        }
        assert_eq!(reckon(&Organization { quota: Quota::NONE, ..ente() }, unknown(9), &[], NOW), None);
    }

    #[test]
    fn who_cannot_be_reached_takes_one_call() {
        let nobody = Part::elsewhere(Elsewhere { waiting: 300, written: 0, unreachable: 60 });
        assert_eq!(reckon(&ente(), nobody, &[], NOW).map(|time| time.seconds), Some(10));
        let half = Part::elsewhere(Elsewhere { waiting: 300, written: 30, unreachable: 30 });
        assert_eq!(reckon(&ente(), half, &[], NOW).map(|time| time.seconds), Some(20));
        let few = Part::elsewhere(Elsewhere { waiting: 300, written: 0, unreachable: 40 });
        assert_eq!(reckon(&ente(), few, &[], NOW).map(|time| time.seconds), Some(27));
    }

    #[test]
    fn a_forecast_stands_for_the_profile_checks() {
        let foretold = Part { rows: 300.0, reach: 0.5, checks: 0.0 };
        assert_eq!(reckon(&ente(), foretold, &[], NOW).map(|time| time.seconds), Some(7));
    }

    #[test]
    fn a_short_flow_does_not_wait_for_the_end_of_a_long_one() {
        let alone = seconds(&ente(), 200, &[]);
        let beside = seconds(&ente(), 200, &[unknown(100_000)]);
        assert_eq!((alone, beside), (18, 36));
        assert_eq!(seconds(&ente(), 100_000, &[unknown(200)]), 8_889 + 18);
    }

    #[test]
    fn what_others_take_is_not_reckoned_with_while_that_is_known() {
        let half = Organization { quota_share: 50, ..ente() };
        assert_eq!(seconds(&half, 300, &[]), 54);
        let found = |at| Organization { available: Some(Available { calls: 50, at }), ..ente() };
        assert_eq!(seconds(&found(NOW), 300, &[]), 80);
        assert_eq!(seconds(&found(NOW.plus_ms(-AVAILABLE_MS)), 300, &[]), 27);
    }

    #[test]
    fn it_rests_outside_the_hours() {
        let ente = Organization { hours: "08:00-09:00".parse().expect("hours"), ..ente() };
        let time = reckon(&ente, unknown(100_000), &[], NOW).expect("a limit");
        assert_eq!(time.begins_at, ente.hours.open_at(NOW));
        // Two hours, and 1,689 seconds of a third.
        assert_eq!(time.ends_at.since_ms(time.begins_at), (2 * 24 * 3_600 + 8_889 - 7_200) * 1_000);
    }
}

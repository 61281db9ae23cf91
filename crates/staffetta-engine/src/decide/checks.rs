//! When IO is asked what became of a message, and what its answer means.

use super::delays::spread;
use staffetta_domain::{NotificationState, Reason, UnixMillis};
use staffetta_io::{IoState, StatusAnswer};
use staffetta_store::ledger::{Change, CheckCandidate, Guard};

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// How long after the acceptance each check comes. IO's queue usually takes seconds, so that the first
/// check mostly is the last; an ente's budget is not spent on asking often.
const AFTER_MS: [i64; 7] =
    [8 * SECOND_MS, 2 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS, 72 * HOUR_MS];
/// After a check that could not be made.
const AGAIN_MS: i64 = MINUTE_MS;

/// When IO is asked for the first time after it took a message. Not spread by chance: the sending was spread by its
/// budget, and the ledger's index of checks grows at its end only.
#[must_use]
pub const fn first_check_at(now: UnixMillis) -> UnixMillis {
    now.plus_ms(AFTER_MS[0])
}

/// When it is asked next after an answer that was not final; `None` when it is not asked any more. By the message's age:
/// a check that a person wanted meanwhile, or that came late, takes none of the others' place.
fn next_check_at(check: &CheckCandidate, now: UnixMillis, chance: f64) -> Option<UnixMillis> {
    let age = now.since_ms(check.accepted_at());
    let next = AFTER_MS.iter().position(|after| *after > age)?;
    let before = if next == 0 { 0 } else { AFTER_MS[next - 1] };
    let gap = AFTER_MS[next] - before;
    // Never earlier than half the gap from now.
    let planned = check.accepted_at().plus_ms(before + spread(gap, chance));
    Some(planned.max(now.plus_ms(gap / 2)))
}

/// What the answer of a status check changes; a fault of the service is handled by the caller.
#[must_use]
pub fn after_status(check: &CheckCandidate, answer: &StatusAnswer, now: UnixMillis, chance: f64) -> Change {
    let guard = Guard::Accepted { attempt: check.attempt };
    let change = |to| Change::new(check.id(), check.flow(), guard, to);
    let open = |reason: Option<Reason>| Change {
        checked: true,
        next_check_at: next_check_at(check, now, chance),
        reason: reason
            .or_else(|| next_check_at(check, now, chance).is_none().then_some(Reason::FinalOutcomeNotTold)),
        ..change(NotificationState::Accepted)
    };
    match answer {
        StatusAnswer::Known { state, email_status } => {
            let known = match state {
                IoState::Processed => change(NotificationState::Delivered),
                IoState::Rejected => {
                    Change { reason: Some(Reason::RejectedByIo), ..change(NotificationState::Rejected) }
                }
                IoState::Failed => {
                    Change { reason: Some(Reason::ProcessingFailed), ..change(NotificationState::Failed) }
                }
                IoState::Accepted | IoState::Other => open(None),
            };
            Change { checked: true, email_status: email_status.clone(), ..known }
        }
        // Just taken, IO may not know it yet; long after, it will not know it again.
        StatusAnswer::NotFound => open(Some(Reason::MessageUnknownToIo)),
        // As little as IO tells now it may tell at the next check, but the message was sent.
        StatusAnswer::NotTold { detail } => {
            Change { detail: detail.clone(), ..open(Some(Reason::StatusNotTold)) }
        }
        StatusAnswer::ServiceStopped { .. }
        | StatusAnswer::Later { .. }
        | StatusAnswer::RateLimited { .. } => Change {
            next_check_at: Some(now.plus_ms(spread(AGAIN_MS, chance))),
            ..change(NotificationState::Accepted)
        },
    }
}

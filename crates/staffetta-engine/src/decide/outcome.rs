//! What the answers to a profile check and to a send mean for a notification.

use super::checks::first_check_at;
use super::delays::{RETRIES_END_MS, retry_delay_ms};
use staffetta_domain::{ContentHash, NotificationState, Reason, UnixMillis};
use staffetta_io::{ProfileAnswer, SendAnswer};
use staffetta_store::ledger::{Candidate, Change, Guard};

/// What follows a profile check. The row is still Queued.
#[derive(Clone, Debug, PartialEq)]
pub enum ProfileStep {
    /// Send it.
    Send,
    /// Write this and be done with it for now.
    Write(Box<Change>),
    /// Nothing of the row changes: it waits for the service or the quota.
    Leave,
}

/// What a profile's answer means; `started_at` tells the sending for which it was asked.
#[must_use]
pub fn after_profile(
    row: &Candidate,
    started_at: Option<UnixMillis>,
    answer: &ProfileAnswer,
    now: UnixMillis,
    chance: f64,
) -> ProfileStep {
    let guard = Guard::Queued { attempt: row.attempt, started_at };
    let change = |to| Change::new(row.id(), row.flow(), guard, to);
    match answer {
        ProfileAnswer::Allowed => ProfileStep::Send,
        ProfileAnswer::Unreachable(reason) => ProfileStep::Write(Box::new(Change {
            reason: Some(*reason),
            ..change(NotificationState::Unreachable)
        })),
        ProfileAnswer::Refused { reason, detail } => ProfileStep::Write(Box::new(Change {
            reason: Some(*reason),
            detail: detail.clone(),
            ..change(NotificationState::Failed)
        })),
        ProfileAnswer::Later { reason, after_ms } => {
            ProfileStep::Write(Box::new(later(row, guard, *reason, *after_ms, now, chance)))
        }
        ProfileAnswer::ServiceStopped { .. } | ProfileAnswer::RateLimited { .. } => ProfileStep::Leave,
    }
}

/// What follows a send: the row is InFlight under `claim`, so that something is always written.
#[derive(Clone, Debug, PartialEq)]
pub struct SendStep {
    /// What is written.
    pub change: Change,
    /// Whether the answer was lost: the budget keeps its place longer.
    pub unanswered: bool,
}

/// What a send's answer means.
#[must_use]
pub fn after_send(
    row: &Candidate,
    claim: i64,
    hash: ContentHash,
    answer: &SendAnswer,
    now: UnixMillis,
    chance: f64,
) -> SendStep {
    let guard = Guard::Claimed { claim };
    let change = |to| Change { content_hash: Some(hash), ..Change::new(row.id(), row.flow(), guard, to) };
    let answered = |change| SendStep { change, unanswered: false };
    match answer {
        SendAnswer::Accepted { message_id } => answered(Change {
            io_message_id: message_id.clone(),
            next_check_at: message_id.as_ref().map(|_| first_check_at(now, chance)),
            reason: message_id.is_none().then_some(Reason::TakenWithoutId),
            ..change(NotificationState::Accepted)
        }),
        SendAnswer::Refused { reason, detail } => answered(Change {
            reason: Some(*reason),
            detail: detail.clone(),
            ..change(NotificationState::Failed)
        }),
        SendAnswer::Later { reason, after_ms } => {
            answered(later(row, guard, *reason, *after_ms, now, chance))
        }
        // Certainly not taken, and not the row's fault: it goes back as it was.
        SendAnswer::ServiceStopped { reason, .. } => answered(back(row, guard, *reason, now)),
        SendAnswer::RateLimited { after_ms } => {
            answered(back(row, guard, Reason::QuotaUsedUp, now.plus_ms(*after_ms)))
        }
        SendAnswer::Unknown { reason } => SendStep {
            change: Change { reason: Some(*reason), ..change(NotificationState::Uncertain) },
            unanswered: true,
        },
    }
}

/// Back to the queue with a growing delay, until the retries end.
fn later(
    row: &Candidate,
    guard: Guard,
    reason: Reason,
    after_ms: Option<i64>,
    now: UnixMillis,
    chance: f64,
) -> Change {
    let change = |to| Change::new(row.id(), row.flow(), guard, to);
    if row.retry_since().is_some_and(|since| now.since_ms(since) >= RETRIES_END_MS) {
        return Change {
            reason: Some(Reason::RetriesEnded),
            detail: Some(reason.code().to_owned()),
            ..change(NotificationState::Failed)
        };
    }
    let delay = retry_delay_ms(row.retries, chance).max(after_ms.unwrap_or(0));
    Change {
        reason: Some(reason),
        retry_at: Some(now.plus_ms(delay)),
        counts_as_retry: true,
        ..change(NotificationState::Queued)
    }
}

/// Back to the queue without a mark: what held it was not its own.
fn back(row: &Candidate, guard: Guard, reason: Reason, at: UnixMillis) -> Change {
    Change {
        reason: Some(reason),
        retry_at: Some(at),
        ..Change::new(row.id(), row.flow(), guard, NotificationState::Queued)
    }
}

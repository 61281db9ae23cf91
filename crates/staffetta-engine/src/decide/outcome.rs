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
    let guard = Guard::Claimed { claim, attempt: row.attempt };
    let change = |to| Change { content_hash: Some(hash), ..Change::new(row.id(), row.flow(), guard, to) };
    let answered = |change| SendStep { change, unanswered: false };
    match answer {
        SendAnswer::Accepted { message_id } => answered(Change {
            io_message_id: message_id.clone(),
            next_check_at: message_id.as_ref().map(|_| first_check_at(now)),
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
    let since = waiting_since(row, now);
    if now.since_ms(since) >= RETRIES_END_MS {
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
        retry_since: Some(since),
        ..change(NotificationState::Queued)
    }
}

/// Since when the row waits for IO. While it could have been tried and was not, it waited for something else: its
/// flow or its service was paused, or no engine was at work.
fn waiting_since(row: &Candidate, now: UnixMillis) -> UnixMillis {
    match (row.retry_since(), row.retry_at()) {
        (Some(since), Some(due)) => since.plus_ms(now.since_ms(due).max(0)),
        (since, _) => since.unwrap_or(now),
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

#[cfg(test)]
mod tests {
    use super::*;
    use staffetta_domain::{Content, Markdown, Subject};
    use staffetta_store::notifications::NewSingle;
    use staffetta_store::testing::{TestLedger, draft, person};

    const HOUR_MS: i64 = 60 * 60 * 1_000;
    const FIRST: UnixMillis = UnixMillis(1_800_000_000_000);

    /// A single notification to which IO said "later" first at [`FIRST`], and that is due since then.
    async fn due_since(ledger: &TestLedger, due: UnixMillis) -> Candidate {
        let (scope, _) = draft(ledger, "Comune di Prova").await;
        let service = ledger.service_by_name(&scope, "Tributi").await.unwrap().unwrap().id;
        let content = Content {
            subject: Subject::new("Appuntamento confermato").unwrap(),
            markdown: Markdown::new(&"Gentile cittadina, ".repeat(10), 120).unwrap(),
            due_date: None,
            payment: None,
        };
        let single = NewSingle {
            service,
            fiscal_code: person(1),
            content,
            reference: None,
            form_token: None,
            corrects: None,
            test_of: None,
        };
        ledger.add_single(&scope, &single, FIRST).await.unwrap();
        let waits =
            format!("update notification set retries = 1, retry_since = {}, retry_at = {}", FIRST.0, due.0);
        ledger.raw(&waits).await;
        ledger.next_singles(scope.organization, &[], due, 1).await.unwrap().remove(0)
    }

    #[tokio::test]
    async fn retries_end_after_a_day_of_waiting_for_io_and_not_of_resting() {
        let later = ProfileAnswer::Later { reason: Reason::IoBusy, after_ms: None };
        for (due_after_ms, asked_after_ms, ended) in [
            (5_000, 63 * HOUR_MS, false),
            (24 * HOUR_MS, 24 * HOUR_MS, true),
            (23 * HOUR_MS, 30 * HOUR_MS, false),
        ] {
            let ledger = TestLedger::sqlite().await;
            let row = due_since(&ledger, FIRST.plus_ms(due_after_ms)).await;
            let now = FIRST.plus_ms(asked_after_ms);
            let ProfileStep::Write(change) = after_profile(&row, None, &later, now, 0.5) else {
                panic!("nothing is written")
            };
            let to = if ended { NotificationState::Failed } else { NotificationState::Queued };
            assert_eq!(change.to, to, "{due_after_ms} {asked_after_ms}");
            let waited_ms = change.retry_since.map(|since| now.since_ms(since));
            assert_eq!(waited_ms, (!ended).then_some(due_after_ms));
            ledger.remove().await;
        }
    }
}

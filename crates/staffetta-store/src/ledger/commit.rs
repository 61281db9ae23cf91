//! One transaction of the engine: the outcomes of earlier calls, and the claims of the next.

use super::change::{Change, Claim, Group, GroupDone, Guard};
use super::locks::{self, Allowed};
use super::named::{Named, NotWritten, Telling, update_named};
use super::tallies::TallyChanges;
use super::twice;
use crate::Store;
use crate::batch::{Batch, Cell, Kind};
use crate::db::{Db, Tx};
use crate::error::StoreError;
use staffetta_domain::protocol::Mark;
use staffetta_domain::{FlowId, NotificationId, NotificationState, Reason, UnixMillis};
use std::collections::HashSet;

impl Store {
    /// Writes a group: durable when this returns.
    ///
    /// Outcomes are recorded whatever the epoch (their claim guards them: a late answer is still the
    /// answer of its own call); claims only under the ente's present epoch, and only while their flow is
    /// still as the engine read it.
    ///
    /// # Errors
    /// Those of the database, and of the mark beside it: then the group may or may not have been written.
    pub async fn commit_group(&self, group: &Group) -> Result<GroupDone, StoreError> {
        let done = match self.write_group(group, Telling::Count).await {
            Err(NotWritten::Short) => self.write_group(group, Telling::Rows).await,
            written => written,
        };
        let done = match done {
            Ok(done) => done,
            Err(NotWritten::Failed(error)) => return Err(error),
            Err(NotWritten::Short) => return Err(StoreError::Corrupt("a group")),
        };
        self.mark(group, done).await
    }

    /// Of claims a mark is written; that a group of outcomes was numbered only this program remembers.
    async fn mark(&self, group: &Group, written: Written) -> Result<GroupDone, StoreError> {
        let (organization, mark) = (group.organization.0, Mark { epoch: group.epoch, claim: group.claim });
        match &self.db {
            _ if !written.numbered => {}
            _ if written.done.claimed.is_empty() => self.marks.saw(organization, mark),
            Db::Sqlite { .. } => self.marks.note(organization, mark).await?,
            Db::Postgres(_) => {
                // The ledger went back in time, and a later owner did not see these claims: nothing leaves under them.
                let found = self.marks.write(organization, mark).await?;
                if found.is_some_and(|found| !found.admits(group.epoch)) {
                    return Err(StoreError::EpochLost);
                }
            }
        }
        Ok(written.done)
    }

    async fn write_group(&self, group: &Group, telling: Telling) -> Result<Written, NotWritten> {
        let mut tx = self.db.begin().await?;
        let mut tallies = TallyChanges::default();
        let claimed = self.marks.claimed(group.organization.0);
        let allowed = locks::hold(&mut tx, group, claimed).await?;
        let mut done =
            GroupDone { epoch_lost: matches!(allowed, Allowed::EpochLost), ..GroupDone::default() };
        if !group.changes.is_empty() {
            done.changed = record(&mut tx, group, telling, &mut tallies).await?;
        }
        if matches!(allowed, Allowed::All) && !group.claims.is_empty() {
            done.claimed = claim(&mut tx, group, telling, &mut tallies).await?;
        }
        tallies.write(&mut tx, group.now).await?;
        tx.commit().await?;
        Ok(Written { done, numbered: matches!(allowed, Allowed::All) })
    }
}

/// A group that was written.
struct Written {
    done: GroupDone,
    /// The ente's last claim is this group's.
    numbered: bool,
}

/// Queued → InFlight, for the rows whose flow and service still want it.
async fn claim(
    tx: &mut Tx,
    group: &Group,
    telling: Telling,
    tallies: &mut TallyChanges,
) -> Result<Vec<NotificationId>, NotWritten> {
    let columns = [("row_id", Kind::Int), ("attempt", Kind::Int), ("started_at", Kind::Int)];
    let rows = |claim: &Claim| -> [Cell<'_>; 3] {
        [claim.id.0.into(), claim.attempt.into(), claim.started_at.map(|at| at.0).into()]
    };
    let wanted = Batch::new(columns, group.claims.iter().map(rows));
    let update = "{update} notification as n set state = 1, claim = o.claim, handled_at = o.now, reason = null,
            detail = null, retry_at = null
         from {v}
         where n.id = v.row_id and n.state = 0 and n.attempt = v.attempt and n.organization_id = o.organization_id
           and (n.flow_id is null or exists (
                select 1 from flow f where f.id = n.flow_id and f.state = 2 and f.paused = 0
                  and f.interrupted = 0 and f.started_at = v.started_at
                  and f.list_id = n.id >> 24 and f.service_id = n.service_id
                  and not exists (select 1 from pilot p where p.flow_id = f.id and n.id > p.last_id)))
           and exists (select 1 from service s where s.id = n.service_id and s.enabled = 1 and s.paused_reason is null)";
    let own = [
        ("claim", group.claim.into()),
        ("now", group.now.0.into()),
        ("organization_id", group.organization.0.into()),
    ];
    let mut won = update_named(tx, telling, wanted, update, &own).await?;
    let claimed: Vec<&Claim> = group.claims.iter().filter(|claim| won.take(claim.id)).collect();
    for claim in &claimed {
        tallies.moved(claim.flow, NotificationState::Queued, NotificationState::InFlight);
    }
    Ok(claimed.into_iter().map(|claim| claim.id).collect())
}

/// Records the outcomes, those of one row one after the other: a statement changes a row once.
async fn record(
    tx: &mut Tx,
    group: &Group,
    telling: Telling,
    tallies: &mut TallyChanges,
) -> Result<usize, NotWritten> {
    let mut rest: Vec<&Change> = group.changes.iter().collect();
    let mut changed = 0;
    while !rest.is_empty() {
        let mut seen = HashSet::new();
        let (now, later): (Vec<_>, Vec<_>) = rest.into_iter().partition(|change| seen.insert(change.id));
        changed += record_each_once(tx, group, now, telling, tallies).await?;
        rest = later;
    }
    Ok(changed)
}

/// An answer whose claim is no longer InFlight but Uncertain, undecided, settles it too; and that IO took the message
/// is written also where the ledger went back and knows no claim of that attempt.
async fn record_each_once(
    tx: &mut Tx,
    group: &Group,
    changes: Vec<&Change>,
    telling: Telling,
    tallies: &mut TallyChanges,
) -> Result<usize, NotWritten> {
    let mut rest = changes;
    let mut written = 0;
    for before in Before::IN_TURN {
        rest.retain(|change| before == Before::AsGuarded || before.may_hold(change));
        if rest.is_empty() {
            break;
        }
        let mut found = write_changes(tx, &rest, before, telling, group.now).await?;
        let (won, lost): (Vec<_>, Vec<_>) = rest.into_iter().partition(|change| found.take(change.id));
        for change in &won {
            tallies.moved(change.flow, before.state(change), change.to);
        }
        let back = |change: &&&Change| change.to == NotificationState::Queued && change.flow.is_some();
        let queued: Vec<_> = won.iter().filter(back).map(|change| change.id).collect();
        cancel_interrupted(tx, &queued, group.now, tallies).await?;
        written += won.len();
        rest = lost;
    }
    twice::tell(tx, group, &rest).await?;
    Ok(written)
}

/// A call that was on the wire when its flow was interrupted, and was certainly not taken, is not tried again.
async fn cancel_interrupted(
    tx: &mut Tx,
    queued: &[NotificationId],
    now: UnixMillis,
    tallies: &mut TallyChanges,
) -> Result<(), StoreError> {
    if queued.is_empty() {
        return Ok(());
    }
    let queued = Batch::new([("row_id", Kind::Int)], queued.iter().map(|id| [id.0.into()]));
    let update =
        "{update} notification as n set state = 8, reason = o.reason, detail = null, retry_at = null,
            handled_at = o.now, settled_at = o.now
         from {v}
         where n.id = v.row_id and n.state = 0
           and exists (select 1 from flow f where f.id = n.flow_id and f.interrupted = 1)
         returning flow_id";
    let own = [("reason", (Reason::Interrupted as i16).into()), ("now", now.0.into())];
    for (flow,) in queued.fetch_all::<(Option<i64>,)>(tx, update, &own).await? {
        tallies.moved(flow.map(FlowId), NotificationState::Queued, NotificationState::Cancelled);
    }
    Ok(())
}

/// In which state the rows of a statement are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    AsGuarded,
    /// In doubt since, under the same claim.
    InDoubt,
    /// Without a claim, in this state: the ledger went back to before it, or a person put the row in doubt since.
    Forgotten(NotificationState),
}

impl Before {
    const IN_TURN: [Self; 4] = [
        Self::AsGuarded,
        Self::InDoubt,
        Self::Forgotten(NotificationState::Queued),
        Self::Forgotten(NotificationState::Uncertain),
    ];

    /// Whether a change that did not find its row as it was guarded may find it so.
    fn may_hold(self, change: &Change) -> bool {
        let is_answer = matches!(change.guard, Guard::Claimed { .. });
        match self {
            Self::AsGuarded => false,
            Self::InDoubt => is_answer && change.to != NotificationState::Uncertain,
            Self::Forgotten(_) => is_answer && change.to == NotificationState::Accepted,
        }
    }

    const fn state(self, change: &Change) -> NotificationState {
        match (self, change.guard) {
            (Self::InDoubt, _) => NotificationState::Uncertain,
            (Self::Forgotten(state), _) => state,
            (Self::AsGuarded, Guard::Queued { .. }) => NotificationState::Queued,
            (Self::AsGuarded, Guard::Claimed { .. }) => NotificationState::InFlight,
            (Self::AsGuarded, Guard::Accepted { .. }) => NotificationState::Accepted,
        }
    }
}

/// One statement for all rows; gives those that were as expected.
async fn write_changes(
    tx: &mut Tx,
    changes: &[&Change],
    before: Before,
    telling: Telling,
    now: UnixMillis,
) -> Result<Named, NotWritten> {
    let rows = Batch::new(COLUMNS, changes.iter().map(|change| row(change, before)));
    let update = "{update} notification as n set
            state = v.to_state, reason = v.reason, detail = v.detail,
            retry_at = case when v.to_state = 0 then coalesce(v.retry_at, o.now) else null end,
            retries = n.retries + case when v.retry_since is null then 0 else 1 end,
            retry_since = coalesce(v.retry_since, n.retry_since),
            handled_at = case when v.to_state = 0 then null else coalesce(n.handled_at, o.now) end,
            accepted_at = case when v.to_state = 2 then coalesce(n.accepted_at, o.now) else n.accepted_at end,
            settled_at = case when v.to_state > 2 then o.now else null end,
            next_check_at = v.next_check_at, checks = n.checks + v.checked,
            io_message_id = coalesce(v.io_message_id, n.io_message_id),
            content_hash = coalesce(v.content_hash, n.content_hash),
            email_status = coalesce(v.email_status, n.email_status),
            claim = case when v.to_state = 7 then n.claim else null end
         from {v}
         where n.id = v.row_id and n.state = v.from_state
           and (v.attempt is null or n.attempt = v.attempt) and (v.claim is null or coalesce(n.claim, -1) = v.claim)
           and (v.from_state <> 0 or n.flow_id is null or exists (
                select 1 from flow f where f.id = n.flow_id and f.state = 2 and f.interrupted = 0
                  and f.started_at = coalesce(v.started_at, f.started_at) and f.list_id = n.id >> 24))";
    update_named(tx, telling, rows, update, &[("now", now.0.into())]).await
}

/// What a row without a claim is compared with: no claim is named so.
const NO_CLAIM: i64 = -1;

const COLUMNS: [(&str, Kind); 15] = [
    ("row_id", Kind::Int),
    ("from_state", Kind::Int),
    ("attempt", Kind::Int),
    ("claim", Kind::Int),
    ("started_at", Kind::Int),
    ("to_state", Kind::Int),
    ("reason", Kind::Int),
    ("detail", Kind::Text),
    ("retry_at", Kind::Int),
    ("retry_since", Kind::Int),
    ("next_check_at", Kind::Int),
    ("io_message_id", Kind::Text),
    ("content_hash", Kind::Bytes),
    ("email_status", Kind::Text),
    ("checked", Kind::Int),
];

fn row<'a>(change: &'a Change, before: Before) -> [Cell<'a>; 15] {
    let (attempt, claim, started_at) = match (before, change.guard) {
        (_, Guard::Queued { attempt, started_at }) => (Some(attempt), None, started_at),
        (_, Guard::Accepted { attempt }) => (Some(attempt), None, None),
        (Before::Forgotten(_), Guard::Claimed { attempt, .. }) => (Some(attempt), Some(NO_CLAIM), None),
        (_, Guard::Claimed { claim, .. }) => (None, Some(claim), None),
    };
    [
        change.id.0.into(),
        (before.state(change) as i16).into(),
        attempt.into(),
        claim.into(),
        started_at.map(|at| at.0).into(),
        (change.to as i16).into(),
        change.reason.map(|reason| reason as i16).into(),
        change.detail.as_deref().into(),
        change.retry_at.map(|at| at.0).into(),
        change.retry_since.map(|since| since.0).into(),
        change.next_check_at.map(|at| at.0).into(),
        change.io_message_id.as_deref().into(),
        change.content_hash.map(|hash| hash.0.to_vec()).into(),
        change.email_status.as_deref().into(),
        i16::from(change.checked).into(),
    ]
}

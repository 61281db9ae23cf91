//! *Reinvia i non riusciti*: all notifications of a flow that ended in one way, for one reason, wait again.

use crate::batch::{Batch, Kind, ROWS_MAX};
use crate::db::{Tx, execute, fetch_all};
use crate::events::{About, record};
use crate::ledger::TallyChanges;
use crate::scope::{in_scope, needed};
use crate::went_back::is_forgotten;
use crate::{Scope, Store, StoreError};
use staffetta_domain::{FlowId, NotificationState, Reason, Rights, UnixMillis};

/// Outcomes after which a person may send again: IO has certainly not put the message before the citizen.
macro_rules! sent_again {
    () => {
        "(4, 5, 6, 8)"
    };
}
pub(crate) use sent_again;

/// What a row becomes that a person sends again, at the instant in this place: a new attempt, of which nothing is known.
macro_rules! as_new_attempt {
    ($now:literal) => {
        concat!(
            "state = 0, attempt = attempt + 1, reason = null, detail = null, claim = null, retry_at = ",
            $now,
            ", retries = 0, retry_since = null, handled_at = null, settled_at = null, next_check_at = null,
             io_message_id = null, content_hash = null, email_status = null, accepted_at = null, checks = 0"
        )
    };
}
pub(crate) use as_new_attempt;

/// Keeps the attempts of notifications n as they ended; the condition follows.
macro_rules! keep_attempts {
    ($now:literal, $actor:literal) => {
        concat!(
            "insert into earlier_attempt
               (notification_id, attempt, state, reason, io_message_id, handled_at, fiscal_code, due_at, amount_cents,
                notice_number, cells, invalid_after_due, payee, replaced_at, replaced_by)
             select n.id, n.attempt, n.state, n.reason, n.io_message_id, n.handled_at, r.fiscal_code, r.due_at,
               r.amount_cents, r.notice_number, r.cells, r.invalid_after_due, r.payee, ",
            $now,
            ", ",
            $actor,
            " from notification n join recipient r on r.id = n.id where "
        )
    };
}
pub(crate) use keep_attempts;

/// Rows that are put back in one transaction: the ledger must stay free for what is on the wire.
const PIECE: usize = 5_000;

/// Which of a flow's notifications are sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsuccessful {
    /// How they ended: not recapitata, non raggiungibile, errore or non inviata.
    pub state: NotificationState,
    /// Why; none where the state says it all.
    pub reason: Option<Reason>,
    /// The person knows that they may have been sent again already, where the ledger went back in time since the flow
    /// was made.
    pub all_the_same: bool,
}

macro_rules! piece {
    () => {
        concat!(
            "select id from notification where flow_id = $4 and state = $5 and state in ",
            sent_again!(),
            " and coalesce(reason, 0) = $6 and organization_id = $1 and id > $7 and ",
            in_scope!("service_id", "$2", "$3"),
            " and not exists (select 1 from flow f where f.id = $4 and f.interrupted = 1 and f.queued + f.in_flight > 0)
             order by id limit $8"
        )
    };
}

const KEEP: &str = concat!(keep_attempts!("$9", "$10"), "n.id in (", piece!(), ")");

const RESEND: &str = concat!(
    "update notification set ",
    as_new_attempt!("$9"),
    " where state = $5 and id in (",
    piece!(),
    ") returning id"
);

impl Store {
    /// Puts them back into the queue as new attempts, and their flow goes on sending; gives how many they are: none of
    /// a flow of which the ledger may have forgotten something, unless the person sends them all the same.
    ///
    /// # Errors
    /// The database.
    pub async fn resend_unsuccessful(
        &self,
        scope: &Scope,
        flow: FlowId,
        which: Unsuccessful,
        now: UnixMillis,
    ) -> Result<i64, StoreError> {
        let mut resent = 0;
        // A row that ends in the same way meanwhile is another attempt: it is passed by.
        let mut after = 0;
        loop {
            let mut tx = self.db.begin().await?;
            let ids = piece(&mut tx, scope, (flow, after), which, now).await?;
            tx.commit().await?;
            resent += i64::try_from(ids.len()).map_err(|_| StoreError::Corrupt("a count"))?;
            match ids.iter().max() {
                Some((last,)) if ids.len() == PIECE => after = *last,
                _ => return Ok(resent),
            }
        }
    }
}

async fn piece(
    tx: &mut Tx,
    scope: &Scope,
    (flow, after): (FlowId, i64),
    which: Unsuccessful,
    now: UnixMillis,
) -> Result<Vec<(i64,)>, StoreError> {
    // As all do who change its rows: flow first, then rows.
    let hold = concat!(
        "update flow set interrupted = interrupted
         where id = $1 and organization_id = $2 and ($3 = 1 or not ",
        is_forgotten!(),
        ")"
    );
    let all_the_same = i16::from(which.all_the_same);
    if execute!(tx, hold, flow.0, scope.organization.0, all_the_same)? == 0 {
        return Ok(Vec::new());
    }
    let reason = which.reason.map_or(0, |reason| reason as i16);
    let limit = i64::try_from(PIECE).unwrap_or(i64::MAX);
    execute!(
        tx,
        KEEP,
        scope.organization.0,
        scope.operator(),
        needed(Rights::SEND),
        flow.0,
        which.state as i16,
        reason,
        after,
        limit,
        now.0,
        &scope.actor
    )?;
    let ids = fetch_all!(
        tx,
        (i64,),
        RESEND,
        scope.organization.0,
        scope.operator(),
        needed(Rights::SEND),
        flow.0,
        which.state as i16,
        reason,
        after,
        limit,
        now.0
    )?;
    if ids.is_empty() {
        return Ok(ids);
    }
    tell(tx, scope, flow, &ids, now).await?;
    execute!(tx, "update flow set interrupted = 0 where id = $1 and interrupted = 1", flow.0)?;
    let mut tallies = TallyChanges::default();
    for _ in &ids {
        tallies.moved(Some(flow), which.state, NotificationState::Queued);
    }
    tallies.write(tx, now).await?;
    Ok(ids)
}

/// In the timeline of the flow, and in that of each.
async fn tell(
    tx: &mut Tx,
    scope: &Scope,
    flow: FlowId,
    ids: &[(i64,)],
    now: UnixMillis,
) -> Result<(), StoreError> {
    let organization = scope.organization;
    let count = ids.len().to_string();
    let about = About::flow(flow);
    record(tx, organization, about, &scope.actor, "flow-resent", Some(&count), now).await?;
    for ids in ids.chunks(ROWS_MAX) {
        let ids = Batch::new([("row_id", Kind::Int)], ids.iter().map(|(id,)| [(*id).into()]));
        let own = [
            ("organization_id", organization.0.into()),
            ("now", now.0.into()),
            ("actor", scope.actor.as_str().into()),
        ];
        let insert = "insert into event (organization_id, notification_id, at, actor, kind)
             select o.organization_id, v.row_id, o.now, o.actor, 'row-resent' from {v} where v.row_id is not null";
        ids.execute(tx, insert, &own).await?;
    }
    Ok(())
}

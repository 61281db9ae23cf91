//! What a person decides on uncertain outcomes: one by one, or all of a flow.
//!
//! [`staffetta_domain::protocol::Row::decided`] for many rows. Who decided, when and why stands in the timeline of
//! each of them.

use super::tallies::TallyChanges;
use crate::batch::{Batch, Kind, ROWS_MAX};
use crate::db::{Tx, execute, fetch_all, fetch_one, fetch_optional};
use crate::error::StoreError;
use crate::events::{self, About};
use crate::scope::{in_scope, needed};
use crate::{Scope, Store};
use sqlx::AssertSqlSafe;
use staffetta_domain::protocol::Decision;
use staffetta_domain::{FlowId, NotificationId, NotificationState, Reason, Rights, UnixMillis};

/// Most characters of a person's reason.
pub const WHY_MAX: usize = 500;
/// Rows of a flow that are decided in one transaction: the ledger must stay free for what is on the wire.
const PIECE: usize = 5_000;

/// On what is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubts {
    /// The one of a notification in this attempt: a person who looked at it saw no later one.
    One(NotificationId, i16),
    /// All uncertain ones of a flow that were so when a person looked: since this moment at the latest.
    OfFlow(FlowId, UnixMillis),
}

impl Store {
    /// Writes a person's decision; gives on how many outcomes it was taken. None is an answer too: they are not
    /// uncertain (any more), or not this person's to decide.
    ///
    /// *Reinvia* puts a row back into the queue as a new attempt, and its flow goes on sending; *Considera inviata*
    /// counts it as taken by IO.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn decide_uncertain(
        &self,
        scope: &Scope,
        doubts: Doubts,
        decision: Decision,
        why: &str,
        now: UnixMillis,
    ) -> Result<i64, StoreError> {
        let mut decided = 0;
        // A row that becomes uncertain again meanwhile is another doubt: it is passed by.
        let mut after = 0;
        loop {
            let mut tx = self.db.begin().await?;
            let piece = decide_piece(&mut tx, scope, (doubts, after), decision, why, now).await?;
            tx.commit().await?;
            decided += i64::try_from(piece.len()).map_err(|_| StoreError::Corrupt("a count"))?;
            match piece.iter().max() {
                Some(last) if piece.len() == PIECE => after = last.0,
                _ => return Ok(decided),
            }
        }
    }
}

impl Store {
    /// Since when the last of a flow's uncertain outcomes is so; `None` where there is none.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn last_doubt(&self, scope: &Scope, flow: FlowId) -> Result<Option<UnixMillis>, StoreError> {
        let mut reader = self.db.reader().await?;
        let (last,): (Option<i64>,) = fetch_one!(
            reader,
            (Option<i64>,),
            LAST_DOUBT,
            scope.organization.0,
            scope.operator(),
            needed(Rights::LOOK),
            flow.0
        )?;
        Ok(last.map(UnixMillis))
    }
}

pub(crate) const LAST_DOUBT: &str = concat!(
    "select max(coalesce(settled_at, 0)) from notification
     where flow_id = $4 and state = 7 and state >= 4 and organization_id = $1 and ",
    in_scope!("service_id", "$2", "$3")
);

async fn decide_piece(
    tx: &mut Tx,
    scope: &Scope,
    (doubts, after): (Doubts, i64),
    decision: Decision,
    why: &str,
    now: UnixMillis,
) -> Result<Vec<(i64,)>, StoreError> {
    let Some(flow) = hold_flow(tx, scope, doubts).await? else { return Ok(Vec::new()) };
    // A flow's row is sent again by who may send, a single one by who may write one.
    let right = if flow.is_some() { Rights::SEND } else { Rights::SINGLE };
    let decided: Vec<(i64,)> = fetch_all!(
        tx,
        (i64,),
        AssertSqlSafe(update(doubts, decision)),
        scope.organization.0,
        scope.operator(),
        needed(right),
        match doubts {
            Doubts::One(id, _) => id.0,
            Doubts::OfFlow(flow, _) => flow.0,
        },
        now.0,
        after,
        match doubts {
            Doubts::One(_, attempt) => i64::from(attempt),
            Doubts::OfFlow(_, until) => until.0,
        }
    )?;
    let (kind, to) = match decision {
        Decision::Resend => ("uncertain-resent", NotificationState::Queued),
        Decision::ConsiderSent => ("uncertain-considered-sent", NotificationState::Accepted),
    };
    let mut tallies = TallyChanges::default();
    for _ in &decided {
        tallies.moved(flow, NotificationState::Uncertain, to);
    }
    if !decided.is_empty() {
        record(tx, scope, (doubts, flow), &decided, kind, why, now).await?;
    }
    if let (Some(flow), Decision::Resend, false) = (flow, decision, decided.is_empty()) {
        // Somebody wants it to send again.
        execute!(tx, "update flow set interrupted = 0 where id = $1 and interrupted = 1", flow.0)?;
    }
    tallies.write(tx, now).await?;
    Ok(decided)
}

/// Locks the flow, as all do who change its rows: flow first, then rows. Gives the flow, if there is one; `None`
/// where there is nothing to decide on.
async fn hold_flow(tx: &mut Tx, scope: &Scope, doubts: Doubts) -> Result<Option<Option<FlowId>>, StoreError> {
    let flow = match doubts {
        Doubts::OfFlow(flow, _) => flow.0,
        Doubts::One(id, _) => {
            let of = "select flow_id from notification where id = $1 and organization_id = $2";
            match fetch_optional!(tx, (Option<i64>,), of, id.0, scope.organization.0)? {
                Some((Some(flow),)) => flow,
                Some((None,)) => return Ok(Some(None)),
                None => return Ok(None),
            }
        }
    };
    let hold = "update flow set interrupted = interrupted where id = $1 and organization_id = $2";
    let held = execute!(tx, hold, flow, scope.organization.0)?;
    Ok((held == 1).then_some(Some(FlowId(flow))))
}

fn update(doubts: Doubts, decision: Decision) -> String {
    let set = match decision {
        Decision::Resend => {
            "state = 0, attempt = attempt + 1, reason = null, retry_at = $5, retries = 0, retry_since = null,
             handled_at = null"
                .to_owned()
        }
        Decision::ConsiderSent => {
            format!("state = 2, reason = {}, accepted_at = $5", Reason::DeclaredSent as i16)
        }
    };
    let which = match doubts {
        Doubts::One(..) => "id = $4 and attempt = $7",
        // The rows of a flow in this state have an index.
        Doubts::OfFlow(..) => "flow_id = $4 and coalesce(settled_at, 0) <= $7",
    };
    // The mark of an interrupted flow keeps what is still on the wire from being tried again, and what waits from
    // being tried at all: until all of it came back and is cancelled nothing is resent.
    let unless = match decision {
        Decision::Resend => {
            " and not exists (select 1 from flow f where f.id = flow_id and f.interrupted = 1 and f.queued + f.in_flight > 0)"
        }
        Decision::ConsiderSent => "",
    };
    format!(
        "update notification set {set}, claim = null, detail = null, settled_at = null, next_check_at = null
         where state = 7 and id in (
            select id from notification where {which} and state = 7 and organization_id = $1 and {}
              and id > $6{unless}
            order by id limit {PIECE})
         returning id",
        in_scope!("service_id", "$2", "$3")
    )
}

/// In the timeline of each, and once in that of the flow where all were decided on.
async fn record(
    tx: &mut Tx,
    scope: &Scope,
    (doubts, flow): (Doubts, Option<FlowId>),
    decided: &[(i64,)],
    kind: &str,
    why: &str,
    now: UnixMillis,
) -> Result<(), StoreError> {
    let organization = scope.organization;
    if let (Doubts::OfFlow(..), Some(flow)) = (doubts, flow) {
        let about = About::flow(flow);
        let many = format!("{} · {why}", decided.len());
        events::record(tx, organization, about, &scope.actor, kind, Some(&many), now).await?;
    }
    for ids in decided.chunks(ROWS_MAX) {
        let ids = Batch::new([("row_id", Kind::Int)], ids.iter().map(|(id,)| [(*id).into()]));
        let own = [
            ("organization_id", organization.0.into()),
            ("now", now.0.into()),
            ("actor", scope.actor.as_str().into()),
            ("kind", kind.into()),
            ("why", why.into()),
        ];
        let insert = "insert into event (organization_id, notification_id, at, actor, kind, detail)
             select o.organization_id, v.row_id, o.now, o.actor, o.kind, o.why from {v} where v.row_id is not null";
        ids.execute(tx, insert, &own).await?;
    }
    Ok(())
}

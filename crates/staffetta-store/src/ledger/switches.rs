//! What a person does to a sending: send (all of it, or a pilot), pause, resume, interrupt.

use crate::approvals::{end_approval, may_start};
use crate::db::{Tx, execute, fetch_optional};
use crate::error::StoreError;
use crate::events::{About, MACHINE, record};
use crate::scope::needed;
use crate::went_back::{is_forgotten, is_held};
use crate::{Scope, Store};
use staffetta_domain::{FlowEvent, FlowId, FlowState, ListId, OrganizationId, Rights, UnixMillis};

/// What became of a person's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switched {
    /// Done.
    Done,
    /// Nothing was changed: the flow is not in a state for it (any more).
    NotNow,
    /// Nothing was changed: a second person has to approve the flow first.
    Unapproved,
    /// Nothing was changed: the ente is held, and what is to be stopped may have left.
    Held,
    /// Nothing was changed: the flow may have been sent already, and the person did not say to send it all the same.
    MayHaveBeenSent,
    /// No such flow for this person.
    NotFound,
}

/// An active flow as the person saw it who sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActiveSeen {
    /// When it was activated: what was changed and activated anew meanwhile is not what the person saw.
    pub activated_at: UnixMillis,
    /// The person knows that it may have been sent already, where the ledger went back in time since it was made.
    pub all_the_same: bool,
}

impl ActiveSeen {
    /// Activated at this moment; nothing was said of what the ledger may have forgotten.
    #[must_use]
    pub const fn at(activated_at: UnixMillis) -> Self {
        Self { activated_at, all_the_same: false }
    }
}

/// The flow of a person who may send for its service: `$1` flow, `$2` ente, `$3` operator, `$4` rights.
macro_rules! sendable {
    () => {
        " id = $1 and organization_id = $2 and (cast($3 as bigint) is null or service_id in (
            select g.service_id from operator_service g where g.operator_id = $3 and g.rights & $4 = $4))"
    };
}

/// Every row of the pilot `p` was handled.
macro_rules! pilot_is_over {
    () => {
        " not exists (select 1 from flow f join notification n on n.id > f.list_id << 24 and n.state < 2
            where f.id = p.flow_id and n.id <= p.last_id)"
    };
}

impl Store {
    /// Sends an active flow. Of two at once, one wins. A planned start is over with it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn start_flow(
        &self,
        scope: &Scope,
        flow: FlowId,
        seen: ActiveSeen,
        now: UnixMillis,
    ) -> Result<Switched, StoreError> {
        let mut tx = self.db.begin().await?;
        let changed = start(&mut tx, scope, flow, seen, now).await?;
        finish(tx, scope, flow, (Act::Start(seen), changed), "flow-sent", now).await
    }

    /// *Invia i primi e fermati*: sends only the first `rows` recipients that wait; then the flow waits in pause, and
    /// goes on when it is resumed.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn start_pilot(
        &self,
        scope: &Scope,
        flow: FlowId,
        rows: u16,
        seen: ActiveSeen,
        now: UnixMillis,
    ) -> Result<Switched, StoreError> {
        let mut tx = self.db.begin().await?;
        let changed = start(&mut tx, scope, flow, seen, now).await?;
        if changed == 1 {
            // In a shorter list the last row is beyond its end, and all of it is sent.
            execute!(
                tx,
                "insert into pilot (flow_id, last_id)
                 select f.id, n.id from flow f join notification n on n.id > f.list_id << 24
                   and n.id < (f.list_id + 1) << 24 and n.state = 0
                 where f.id = $1 order by n.id limit 1 offset $2",
                flow.0,
                i64::from(rows.max(1)) - 1
            )?;
        }
        finish(tx, scope, flow, (Act::Start(seen), changed), "flow-pilot-sent", now).await
    }

    /// A pilot whose rows were all handled is over: the flow waits for a person, in pause. `false` where rows of it
    /// are still under way.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn end_pilot(&self, flow: FlowId, now: UnixMillis) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let ended = fetch_optional!(
            tx,
            (i64,),
            concat!(
                "update flow set paused = 1
             where id = $1 and state = 2 and paused = 0 and exists (select 1 from pilot p where p.flow_id = flow.id and",
                pilot_is_over!(),
                ")
             returning organization_id"
            ),
            flow.0
        )?;
        if let Some((organization,)) = ended {
            let about = About::flow(flow);
            record(&mut tx, OrganizationId(organization), about, MACHINE, "flow-pilot-over", None, now)
                .await?;
        }
        tx.commit().await?;
        Ok(ended.is_some())
    }

    /// Pauses a flow under way: no claim is made any more from the moment this returns.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn pause_flow(
        &self,
        scope: &Scope,
        flow: FlowId,
        now: UnixMillis,
    ) -> Result<Switched, StoreError> {
        self.set_paused(scope, flow, true, now).await
    }

    /// Lets a paused flow go on.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn resume_flow(
        &self,
        scope: &Scope,
        flow: FlowId,
        now: UnixMillis,
    ) -> Result<Switched, StoreError> {
        self.set_paused(scope, flow, false, now).await
    }

    async fn set_paused(
        &self,
        scope: &Scope,
        flow: FlowId,
        paused: bool,
        now: UnixMillis,
    ) -> Result<Switched, StoreError> {
        let mut tx = self.db.begin().await?;
        let changed = execute!(
            tx,
            concat!(
                "update flow set paused = $5 where state = 2 and interrupted = 0 and paused <> $5 and",
                sendable!()
            ),
            flow.0,
            scope.organization.0,
            scope.operator(),
            needed(Rights::SEND),
            i16::from(paused)
        )?;
        if changed == 1 && !paused {
            // One that was paused in its middle is still a pilot.
            execute!(
                tx,
                concat!("delete from pilot as p where p.flow_id = $1 and", pilot_is_over!()),
                flow.0
            )?;
        }
        let kind = if paused { "flow-paused" } else { "flow-resumed" };
        finish(tx, scope, flow, (Act::Pause, changed), kind, now).await
    }

    /// *Interrompi l'invio*: what waits is not sent, calls on the wire finish, and the flow ends
    /// *Invio incompleto*, marked *Interrotto*; before any call it returns to *Inattivo*. Not while the ente is held:
    /// what waits may have left, and would be called certainly not sent.
    ///
    /// No claim is made any more from the moment the mark is written, and what waits counts as not sent. Of a long
    /// list the rows follow in pieces, see [`Store::cancel_interrupted`].
    ///
    /// # Errors
    /// Those of the database.
    pub async fn interrupt_flow(
        &self,
        scope: &Scope,
        flow: FlowId,
        now: UnixMillis,
    ) -> Result<Switched, StoreError> {
        let mut tx = self.db.begin().await?;
        let found = fetch_optional!(
            tx,
            (i64, i64, i64, Option<i64>),
            concat!(
                "update flow set interrupted = 1, paused = 0 where state = 2 and interrupted = 0 and not ",
                is_held!(),
                " and",
                sendable!(),
                " returning list_id, queued, queued + in_flight + accepted + delivered + rejected + unreachable
                    + failed + uncertain + cancelled, first_call_at"
            ),
            flow.0,
            scope.organization.0,
            scope.operator(),
            needed(Rights::SEND)
        )?;
        let Some((list, queued, total, first_call_at)) = found else {
            return finish(tx, scope, flow, (Act::Interrupt, 0), "", now).await;
        };
        end_exceptions(&mut tx, flow).await?;
        if queued == total && first_call_at.is_none() {
            take_back(&mut tx, scope.organization, flow, ListId(list)).await?;
            return finish(tx, scope, flow, (Act::Interrupt, 1), "flow-taken-back", now).await;
        }
        let done = finish(tx, scope, flow, (Act::Interrupt, 1), "flow-interrupted", now).await?;
        // It is interrupted whatever becomes of this: the ente's engine goes on with it.
        let _ = self.cancel_piece(flow, ListId(list).bounds().0, now).await;
        Ok(done)
    }
}

/// Active → Sending, for who may send.
pub(super) async fn start(
    tx: &mut Tx,
    scope: &Scope,
    flow: FlowId,
    seen: ActiveSeen,
    now: UnixMillis,
) -> Result<u64, StoreError> {
    let Some(next) = FlowState::Active.after(FlowEvent::Start) else { return Ok(0) };
    let changed = execute!(
        tx,
        concat!(
            "update flow set state = $6, paused = 0, started_at = $7
             where state = $5 and queued > 0 and activated_at = $8 and ",
            may_start!(),
            " and ($9 = 1 or not ",
            is_forgotten!(),
            ") and",
            sendable!()
        ),
        flow.0,
        scope.organization.0,
        scope.operator(),
        needed(Rights::SEND),
        FlowState::Active as i16,
        next as i16,
        now.0,
        seen.activated_at.0,
        i16::from(seen.all_the_same)
    )?;
    if changed == 1 {
        end_exceptions(tx, flow).await?;
        // Whom a forecast has not asked for the sending asks for itself.
        let stop = "update forecast set ended_at = $2 where flow_id = $1 and ended_at is null";
        execute!(tx, stop, flow.0, now.0)?;
    }
    Ok(changed)
}

/// Neither planned nor a pilot any more.
async fn end_exceptions(tx: &mut Tx, flow: FlowId) -> Result<(), StoreError> {
    execute!(tx, "delete from planned_start where flow_id = $1", flow.0)?;
    execute!(tx, "delete from pilot where flow_id = $1", flow.0)?;
    Ok(())
}

/// Sending → Inactive, as if nobody had ever tried.
async fn take_back(
    tx: &mut Tx,
    organization: OrganizationId,
    flow: FlowId,
    list: ListId,
) -> Result<(), StoreError> {
    let next = FlowState::Sending.after(FlowEvent::TakeBack).ok_or(StoreError::Corrupt("state of a flow"))?;
    execute!(
        tx,
        "update flow set state = $2, interrupted = 0, activated_at = null, started_at = null where id = $1",
        flow.0,
        next as i16
    )?;
    end_approval(tx, flow).await?;
    let (first, last) = list.bounds();
    execute!(
        tx,
        "update notification set retry_at = null, retries = 0, retry_since = null, reason = null, detail = null
         where organization_id = $3 and id between $1 and $2 and state = 0 and retry_at is not null",
        first.0,
        last.0,
        organization.0
    )?;
    Ok(())
}

/// What a person wanted to be done.
pub(super) enum Act {
    Start(ActiveSeen),
    Pause,
    Interrupt,
}

/// Records what was done, or tells why nothing was.
async fn finish(
    mut tx: Tx,
    scope: &Scope,
    flow: FlowId,
    (act, changed): (Act, u64),
    kind: &str,
    now: UnixMillis,
) -> Result<Switched, StoreError> {
    if changed == 0 {
        return why_not(&mut tx, scope, flow, &act).await;
    }
    execute!(
        tx,
        "insert into event (organization_id, flow_id, at, actor, kind) values ($1, $2, $3, $4, $5)",
        scope.organization.0,
        flow.0,
        now.0,
        &scope.actor,
        kind
    )?;
    tx.commit().await?;
    Ok(Switched::Done)
}

#[derive(sqlx::FromRow)]
struct Hindered {
    state: i16,
    activated_at: Option<i64>,
    may_start: i32,
    forgotten: i32,
    held: i32,
}

pub(super) async fn why_not(
    tx: &mut Tx,
    scope: &Scope,
    flow: FlowId,
    act: &Act,
) -> Result<Switched, StoreError> {
    let found = fetch_optional!(
        tx,
        Hindered,
        concat!(
            "select state, activated_at, case when ",
            may_start!(),
            " then 1 else 0 end as may_start, case when ",
            is_forgotten!(),
            " then 1 else 0 end as forgotten, case when ",
            is_held!(),
            " then 1 else 0 end as held from flow where",
            sendable!()
        ),
        flow.0,
        scope.organization.0,
        scope.operator(),
        needed(Rights::SEND)
    )?;
    let Some(found) = found else { return Ok(Switched::NotFound) };
    let is = |state: FlowState| found.state == state as i16;
    Ok(match act {
        Act::Start(_) if is(FlowState::Active) && found.may_start == 0 => Switched::Unapproved,
        Act::Start(seen)
            if is(FlowState::Active)
                && found.activated_at == Some(seen.activated_at.0)
                && found.forgotten == 1
                && !seen.all_the_same =>
        {
            Switched::MayHaveBeenSent
        }
        Act::Interrupt if is(FlowState::Sending) && found.held == 1 => Switched::Held,
        Act::Start(_) | Act::Pause | Act::Interrupt => Switched::NotNow,
    })
}

//! Approval by a second person: above a number of recipients that the ente sets, who activated a flow cannot also
//! have it sent. The statement that starts a flow asks for it, whoever starts it and however.

use crate::db::{Tx, execute, fetch_optional};
use crate::events::{About, record};
use crate::scope::{Scope, in_scope, needed};
use crate::went_back::is_held;
use crate::{Store, StoreError};
use staffetta_domain::{FlowEvent, FlowId, FlowState, Rights, UnixMillis};

/// Whether a flow needs a second person, and has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Approval {
    /// It needs none.
    #[default]
    NotNeeded,
    /// It is active, and waits for one.
    Awaited,
    /// It is active, and was approved.
    Given,
}

/// What became of an approval or of its refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approved {
    /// Done.
    Done,
    /// Who activated the flow is not a second person.
    SamePerson,
    /// Nothing was changed: the flow needs none (any more), or was activated anew since the person looked.
    NotNow,
}

/// The condition that a `flow` may be sent: it is small enough, or was approved since it was activated.
macro_rules! may_start {
    () => {
        "(not exists (select 1 from organization o where o.id = flow.organization_id and o.approval_above < flow.queued)
          or exists (select 1 from approval a where a.flow_id = flow.id and a.approved_at is not null))"
    };
}

pub(crate) use may_start;

/// 0, 1 or 2 for the flow `f`, in the order of [`Approval`].
macro_rules! approval_of {
    () => {
        "case when f.state <> 1 or not exists (
              select 1 from organization o where o.id = f.organization_id and o.approval_above < f.queued) then 0
            when exists (select 1 from approval a where a.flow_id = f.id and a.approved_at is not null) then 2
            else 1 end"
    };
}

pub(crate) use approval_of;

/// An active flow that waits for a second person, activated when the person saw it.
macro_rules! awaiting {
    () => {
        concat!(
            "flow.id = $4 and flow.organization_id = $1 and flow.state = 1 and flow.activated_at = $5 and not ",
            may_start!(),
            " and ",
            in_scope!("flow.service_id", "$2", "$3")
        )
    };
}

const ACTIVATED_BY: &str =
    concat!("select a.activated_by from approval a join flow on flow.id = a.flow_id where ", awaiting!());

impl Approval {
    pub(crate) const fn from_number(number: i32) -> Option<Self> {
        Some(match number {
            0 => Self::NotNeeded,
            1 => Self::Awaited,
            2 => Self::Given,
            _ => return None,
        })
    }
}

impl Store {
    /// Approves a flow that was activated by somebody else, as the person saw it: activated at this moment.
    ///
    /// # Errors
    /// The database.
    pub async fn approve_flow(
        &self,
        scope: &Scope,
        flow: FlowId,
        activated_at: UnixMillis,
        now: UnixMillis,
    ) -> Result<Approved, StoreError> {
        let mut tx = self.db.begin().await?;
        match second_person(&mut tx, scope, flow, activated_at).await? {
            Approved::Done => {}
            other => return Ok(other),
        }
        let approved = execute!(
            tx,
            concat!(
                "update approval set approved_by = $6, approved_at = $7
                 where approved_at is null and activated_by <> $6
                   and flow_id = (select flow.id from flow where ",
                awaiting!(),
                ")"
            ),
            scope.organization.0,
            scope.operator(),
            needed(Rights::SEND),
            flow.0,
            activated_at.0,
            &scope.actor,
            now.0
        )?;
        if approved != 1 {
            return Ok(Approved::NotNow);
        }
        let about = About::flow(flow);
        record(&mut tx, scope.organization, about, &scope.actor, "flow-approved", None, now).await?;
        tx.commit().await?;
        Ok(Approved::Done)
    }

    /// Does not approve a flow that was activated by somebody else, and says why: it goes back to preparation. Not while
    /// the ente is held: it may have been approved and sent.
    ///
    /// # Errors
    /// The database.
    pub async fn refuse_flow(
        &self,
        scope: &Scope,
        flow: FlowId,
        activated_at: UnixMillis,
        why: &str,
        now: UnixMillis,
    ) -> Result<Approved, StoreError> {
        let Some(to) = FlowState::Active.after(FlowEvent::Deactivate) else { return Ok(Approved::NotNow) };
        let mut tx = self.db.begin().await?;
        match second_person(&mut tx, scope, flow, activated_at).await? {
            Approved::Done => {}
            other => return Ok(other),
        }
        let refused = execute!(
            tx,
            concat!(
                "update flow set state = $6, activated_at = null where not ",
                is_held!(),
                " and ",
                awaiting!()
            ),
            scope.organization.0,
            scope.operator(),
            needed(Rights::SEND),
            flow.0,
            activated_at.0,
            to as i16
        )?;
        if refused != 1 {
            return Ok(Approved::NotNow);
        }
        execute!(tx, "delete from planned_start where flow_id = $1", flow.0)?;
        end_approval(&mut tx, flow).await?;
        let about = About::flow(flow);
        record(&mut tx, scope.organization, about, &scope.actor, "flow-not-approved", Some(why), now).await?;
        tx.commit().await?;
        Ok(Approved::Done)
    }
}

/// Whether the person is another than who activated the flow.
async fn second_person(
    tx: &mut Tx,
    scope: &Scope,
    flow: FlowId,
    activated_at: UnixMillis,
) -> Result<Approved, StoreError> {
    let activated_by = fetch_optional!(
        tx,
        (String,),
        ACTIVATED_BY,
        scope.organization.0,
        scope.operator(),
        needed(Rights::SEND),
        flow.0,
        activated_at.0
    )?;
    Ok(match activated_by {
        None => Approved::NotNow,
        Some((name,)) if name == scope.actor => Approved::SamePerson,
        Some(_) => Approved::Done,
    })
}

/// A flow is activated: whatever was approved before does not count any more.
pub(crate) async fn begin_approval(tx: &mut Tx, flow: FlowId, activated_by: &str) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into approval (flow_id, activated_by) values ($1, $2)
         on conflict (flow_id) do update
           set activated_by = excluded.activated_by, approved_by = null, approved_at = null",
        flow.0,
        activated_by
    )?;
    Ok(())
}

/// A flow is being prepared again.
pub(crate) async fn end_approval(tx: &mut Tx, flow: FlowId) -> Result<(), StoreError> {
    execute!(tx, "delete from approval where flow_id = $1", flow.0)?;
    Ok(())
}

//! *Attiva* and *Riporta a Inattivo*.

use crate::approvals::{begin_approval, end_approval};
use crate::db::execute;
use crate::draft_files::sweep::give_up;
use crate::events::{About, record};
use crate::ledger::planned::plan;
use crate::ledger::{ActiveSeen, Switched};
use crate::scope::{Scope, in_scope, needed};
use crate::went_back::is_held;
use crate::{Store, StoreError};
use staffetta_domain::{FlowEvent, FlowId, FlowState, ListId, Rights, UnixMillis};

/// The list that the person saw is the flow's, whole, checked for its message as it is now, of its service
/// and not empty.
pub(crate) const ACTIVATE: &str = concat!(
    "update flow set state = $5, activated_at = $6, interrupted = 0, file_id = null
     where id = $4 and organization_id = $1 and state = $7 and list_id = $8 and checked_version = version
       and exists (select 1 from list l where l.id = $8 and l.complete = 1 and l.discarded = 0
         and l.flow_id = flow.id and l.service_id = flow.service_id and l.valid_rows > 0)
       and exists (select 1 from service s where s.id = flow.service_id and s.enabled = 1) and ",
    in_scope!("service_id", "$2", "$3")
);

const DEACTIVATE: &str = concat!(
    "update flow set state = $5, activated_at = null
     where id = $4 and organization_id = $1 and state = $6 and not ",
    is_held!(),
    " and ",
    in_scope!("service_id", "$2", "$3")
);

impl Store {
    /// Freezes a flow with the list that the person saw; `false` if it is no more *Inattivo*, has another
    /// list or none, its list was not checked for its message as it is now, its service is disabled, or it
    /// is not this person's to send. The office's file goes: the rows are in the ledger.
    ///
    /// # Errors
    /// The database.
    pub async fn activate_flow(
        &self,
        scope: &Scope,
        flow: FlowId,
        list: ListId,
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        self.activate_and_plan(scope, flow, list, None, now).await
    }

    /// The same, and the flow begins by itself at a time, where one is given; `false` also where that passed. What may
    /// have been sent already is activated and not planned.
    ///
    /// # Errors
    /// The database.
    pub async fn activate_and_plan(
        &self,
        scope: &Scope,
        flow: FlowId,
        list: ListId,
        start_at: Option<UnixMillis>,
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        let from = FlowState::Inactive;
        let Some(to) = from.after(FlowEvent::Activate) else { return Ok(false) };
        let mut tx = self.db.begin().await?;
        let won = execute!(
            tx,
            ACTIVATE,
            scope.organization.0,
            scope.operator(),
            needed(Rights::SEND),
            flow.0,
            to as i16,
            now.0,
            from as i16,
            list.0,
        )?;
        if won != 1 {
            return Ok(false);
        }
        begin_approval(&mut tx, flow, &scope.actor).await?;
        let files = give_up(&mut tx, flow, None).await?;
        let about = About::flow(flow);
        record(&mut tx, scope.organization, about, &scope.actor, "flow-activated", None, now).await?;
        // What may have been sent already begins by a person's hand, who is asked then.
        if let Some(at) = start_at
            && plan(&mut tx, scope, flow, at, ActiveSeen::at(now), now).await? == Switched::NotNow
        {
            return Ok(false);
        }
        tx.commit().await?;
        for file in files {
            // The flow is activated whatever becomes of the file, which a later sweep removes.
            let _ = self.remove_file(file).await;
        }
        Ok(true)
    }

    /// Takes an *Attivo* flow back to preparation; `false` if it is not, or not this person's, or its ente is held: it
    /// may have been sent, and another text or list in its place would hide it.
    ///
    /// # Errors
    /// The database.
    pub async fn deactivate_flow(
        &self,
        scope: &Scope,
        flow: FlowId,
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        let from = FlowState::Active;
        let Some(to) = from.after(FlowEvent::Deactivate) else { return Ok(false) };
        let mut tx = self.db.begin().await?;
        let won = execute!(
            tx,
            DEACTIVATE,
            scope.organization.0,
            scope.operator(),
            needed(Rights::SEND),
            flow.0,
            to as i16,
            from as i16,
        )?;
        if won == 1 {
            execute!(tx, "delete from planned_start where flow_id = $1", flow.0)?;
            end_approval(&mut tx, flow).await?;
            let about = About::flow(flow);
            record(&mut tx, scope.organization, about, &scope.actor, "flow-deactivated", None, now).await?;
        }
        tx.commit().await?;
        Ok(won == 1)
    }
}

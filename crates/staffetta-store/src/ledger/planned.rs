//! Starts that are planned: an active flow begins by itself, unless nobody could begin it in time.

use super::switches::{Act, ActiveSeen, Switched, start, why_not};
use crate::approvals::may_start;
use crate::db::{Tx, execute, fetch_all};
use crate::error::StoreError;
use crate::events::{About, MACHINE, record};
use crate::scope::{in_scope, needed};
use crate::went_back::is_forgotten;
use crate::{Scope, Store};
use staffetta_domain::sending_hours::START_MISSED_MS;
use staffetta_domain::{FlowId, FlowState, OrganizationId, Rights, UnixMillis};

/// What became of a planned start whose time came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlannedStart {
    /// The flow is under way.
    Begun(FlowId),
    /// Its time passed hours ago: a person is asked.
    Missed(FlowId),
}

/// One that waits for a second person's approval waits on: once it has it, it begins, or has missed its time.
pub(crate) const DUE: &str = concat!(
    "select p.flow_id, p.at, p.planned_by, flow.activated_at from planned_start p
     join organization e on e.id = p.organization_id and e.held_at is null
     join flow on flow.id = p.flow_id
     where p.organization_id = $1 and p.missed_at is null and p.at <= $2 and ",
    may_start!(),
    " order by p.at, p.flow_id"
);

const TAKE_DUE: &str = concat!(
    "delete from planned_start where flow_id = $1 and at = $2 and missed_at is null
       and exists (select 1 from flow where flow.id = $1 and ",
    may_start!(),
    ")"
);

impl Store {
    /// Plans the start of an active flow, or plans it anew; not for a time that passed.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn plan_start(
        &self,
        scope: &Scope,
        flow: FlowId,
        at: UnixMillis,
        seen: ActiveSeen,
        now: UnixMillis,
    ) -> Result<Switched, StoreError> {
        let mut tx = self.db.begin().await?;
        let planned = plan(&mut tx, scope, flow, at, seen, now).await?;
        if planned != Switched::Done {
            return Ok(planned);
        }
        tx.commit().await?;
        Ok(Switched::Done)
    }

    /// Takes a planned start back: the flow stays active.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn unplan_start(
        &self,
        scope: &Scope,
        flow: FlowId,
        now: UnixMillis,
    ) -> Result<Switched, StoreError> {
        let mut tx = self.db.begin().await?;
        let taken_back = execute!(
            tx,
            concat!(
                "delete from planned_start where flow_id = (select id from flow
                 where id = $4 and organization_id = $1 and ",
                in_scope!("service_id", "$2", "$3"),
                ")"
            ),
            scope.organization.0,
            scope.operator(),
            needed(Rights::SEND),
            flow.0
        )?;
        if taken_back == 0 {
            return Ok(Switched::NotNow);
        }
        let about = About::flow(flow);
        record(&mut tx, scope.organization, about, &scope.actor, "flow-unplanned", None, now).await?;
        tx.commit().await?;
        Ok(Switched::Done)
    }

    /// Begins the flows of an ente whose time came. One whose time passed hours ago is not begun: who planned it may
    /// have done otherwise since, so a person is asked.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin_planned(
        &self,
        organization: OrganizationId,
        now: UnixMillis,
    ) -> Result<Vec<PlannedStart>, StoreError> {
        let mut reader = self.db.reader().await?;
        let due = fetch_all!(reader, (i64, i64, String, i64), DUE, organization.0, now.0)?;
        drop(reader);
        let mut began = Vec::new();
        for (flow, at, planned_by, activated_at) in due {
            let (flow, at) = (FlowId(flow), UnixMillis(at));
            let mut tx = self.db.begin().await?;
            // As who sends, deactivates or refuses it does: the flow first, then its planned start.
            execute!(tx, "update flow set interrupted = interrupted where id = $1", flow.0)?;
            let missed = now.since_ms(at) > START_MISSED_MS;
            // What was planned anew or taken back since it was read is not begun.
            let changed = if missed {
                let miss = "update planned_start set missed_at = $3 where flow_id = $1 and at = $2 and missed_at is null";
                execute!(tx, miss, flow.0, at.0, now.0)?
            } else {
                match execute!(tx, TAKE_DUE, flow.0, at.0)? {
                    // Whoever planned it had the right to, and was asked; the ente's engine begins it.
                    1 => {
                        let seen = ActiveSeen { activated_at: UnixMillis(activated_at), all_the_same: true };
                        start(&mut tx, &Scope::whole(organization, planned_by), flow, seen, now).await?
                    }
                    _ => 0,
                }
            };
            if changed == 1 {
                let kind = if missed { "flow-start-missed" } else { "flow-begun-as-planned" };
                record(&mut tx, organization, About::flow(flow), MACHINE, kind, None, now).await?;
                began.push(if missed { PlannedStart::Missed(flow) } else { PlannedStart::Begun(flow) });
            }
            // Of one taken back to preparation, or sent by a person meanwhile, nothing is left.
            tx.commit().await?;
        }
        Ok(began)
    }
}

/// Plans the start of an active flow; refused if it is none, not this person's, the time passed, or the flow may have
/// been sent already.
pub(crate) async fn plan(
    tx: &mut Tx,
    scope: &Scope,
    flow: FlowId,
    at: UnixMillis,
    seen: ActiveSeen,
    now: UnixMillis,
) -> Result<Switched, StoreError> {
    if at <= now {
        return Ok(Switched::NotNow);
    }
    let planned = execute!(
        tx,
        concat!(
            "insert into planned_start (flow_id, organization_id, at, planned_by)
             select id, organization_id, $6, $7 from flow
             where id = $4 and organization_id = $1 and state = $5 and queued > 0 and activated_at = $8
               and ($9 = 1 or not ",
            is_forgotten!(),
            ") and ",
            in_scope!("service_id", "$2", "$3"),
            " on conflict (flow_id) do update set at = excluded.at, planned_by = excluded.planned_by,
                missed_at = null"
        ),
        scope.organization.0,
        scope.operator(),
        needed(Rights::SEND),
        flow.0,
        FlowState::Active as i16,
        at.0,
        &scope.actor,
        seen.activated_at.0,
        i16::from(seen.all_the_same)
    )?;
    if planned == 0 {
        // Until its time comes it may still be approved.
        return Ok(match why_not(tx, scope, flow, &Act::Start(seen)).await? {
            Switched::MayHaveBeenSent => Switched::MayHaveBeenSent,
            _ => Switched::NotNow,
        });
    }
    let (about, detail) = (About::flow(flow), at.0.to_string());
    record(tx, scope.organization, about, &scope.actor, "flow-planned", Some(&detail), now).await?;
    Ok(Switched::Done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestLedger, draft};

    const NOW: UnixMillis = UnixMillis(1_760_000_000_000);

    #[tokio::test]
    async fn a_person_who_acts_on_a_flow_and_the_engine_that_begins_it_wait_for_each_other_in_one_order() {
        let Some(ledger) = TestLedger::postgres().await else { return };
        let (scope, flow) = draft(&ledger, "Comune di Prova").await;
        let OrganizationId(ente) = scope.organization;
        ledger
            .raw(&format!("update flow set state = 1, queued = 1, activated_at = 1 where id = {flow}"))
            .await;
        let plan = "insert into planned_start (flow_id, organization_id, at, planned_by)";
        ledger.raw(&format!("{plan} values ({flow}, {ente}, {}, 'prova')", NOW.0 - 1)).await;

        // As *Riporta a Inattivo* does, in its two statements.
        let mut person = ledger.db.begin().await.unwrap();
        execute!(person, "update flow set state = 0 where id = $1", flow.0).unwrap();
        let beginning = ledger.begin_planned(scope.organization, NOW);
        let deactivating = async {
            let waiting = "select 'x' from pg_stat_activity
                           where datname = current_database() and wait_event_type = 'Lock'";
            while ledger.raw(waiting).await.is_empty() {}
            execute!(person, "delete from planned_start where flow_id = $1", flow.0).unwrap();
            person.commit().await.unwrap();
        };
        let (began, ()) = tokio::join!(beginning, deactivating);
        assert_eq!(began.unwrap(), []);
        ledger.remove().await;
    }
}

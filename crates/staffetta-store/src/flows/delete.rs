//! A draft is thrown away.

use crate::db::{execute, fetch_all};
use crate::draft_files::sweep::give_up;
use crate::events::{About, record};
use crate::scope::{Scope, in_scope, needed};
use crate::went_back::is_held;
use crate::{Store, StoreError};
use staffetta_domain::{FlowId, ListId, Rights, UnixMillis};

/// All its lists: the one it has and any still being read.
pub(crate) const ORPHANS: &str = concat!(
    "update list set complete = 0, discarded = 1, flow_id = null
     where flow_id = $4 and exists (
       select 1 from flow f where f.id = $4 and f.organization_id = $1 and f.state = 0
         and f.first_call_at is null and ",
    in_scope!("f.service_id", "$2", "$3"),
    ") returning id"
);

/// Holds the flow, so that no file becomes its own meanwhile; not in an ente that is held, whose flows may have been
/// sent.
pub(crate) const HOLD: &str = concat!(
    "update flow set file_id = null
     where id = $4 and organization_id = $1 and state = 0 and first_call_at is null and not ",
    is_held!(),
    " and ",
    in_scope!("service_id", "$2", "$3")
);

pub(crate) const DELETE: &str = concat!(
    "delete from flow where id = $4 and organization_id = $1 and state = 0 and first_call_at is null and ",
    in_scope!("service_id", "$2", "$3")
);

impl Store {
    /// Deletes a flow that is *Inattivo*; `false` if it is not, or not this person's, or its ente is held, or if in
    /// this moment another begins to read a file for it. The flow goes first,
    /// then the rows of its list and its file, a piece at a time: a crash in between leaves what a sweep removes.
    ///
    /// # Errors
    /// The database.
    pub async fn delete_flow(
        &self,
        scope: &Scope,
        flow: FlowId,
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        let (organization, operator) = (scope.organization.0, scope.operator());
        let compose = needed(Rights::COMPOSE);
        let mut tx = self.db.begin().await?;
        let lists = fetch_all!(tx, (i64,), ORPHANS, organization, operator, compose, flow.0)?;
        if execute!(tx, HOLD, organization, operator, compose, flow.0)? != 1 {
            return Ok(false);
        }
        let files = give_up(&mut tx, flow, None).await?;
        match execute!(tx, DELETE, organization, operator, compose, flow.0) {
            // Someone began to read a file for it meanwhile.
            Err(sqlx::Error::Database(error)) if error.is_foreign_key_violation() => return Ok(false),
            deleted => {
                if deleted? != 1 {
                    return Ok(false);
                }
            }
        }
        record(&mut tx, scope.organization, About::flow(flow), &scope.actor, "flow-deleted", None, now)
            .await?;
        tx.commit().await?;
        for (list,) in lists {
            self.remove_discarded(ListId(list)).await?;
        }
        for file in files {
            self.remove_file(file).await?;
        }
        Ok(true)
    }
}

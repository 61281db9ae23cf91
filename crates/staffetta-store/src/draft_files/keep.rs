//! A file is uploaded, part by part.

use crate::db::{execute, fetch_optional};
use crate::draft_files::sweep::give_up;
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError, values};
use staffetta_domain::{DraftFileId, FlowId, Rights, UnixMillis};

/// A part of a list stays one whatever file it gets: the other days are in the other parts.
pub(crate) const BEGIN: &str = concat!(
    "insert into draft_file (organization_id, flow_id, file_name, columns, created_at, uploaded_by,
       invalid_after_due, only_start)
     select f.organization_id, f.id, $4, $5, $6, $7, f.invalid_after_due,
       (select d.only_start from draft_file d where d.id = f.file_id) from flow f
     where f.organization_id = $1 and f.id = $8 and f.state = 0 and ",
    in_scope!("f.service_id", "$2", "$3"),
    " returning id"
);

/// A file that was given up meanwhile has no flow, and takes no parts.
pub(crate) const COUNT: &str = concat!(
    "update draft_file set parts = parts + 1, bytes = bytes + $5
     where id = $4 and organization_id = $1 and complete = 0
       and exists (select 1 from flow f where f.id = draft_file.flow_id and f.state = 0 and ",
    in_scope!("f.service_id", "$2", "$3"),
    ") returning parts"
);

/// What was read from the file before is the flow's no more.
pub(crate) const TAKE: &str = concat!(
    "update flow set file_id = $4, checked_version = null, sameness = null
     where id = (select flow_id from draft_file where id = $4 and complete = 0)
       and organization_id = $1 and state = 0 and ",
    in_scope!("service_id", "$2", "$3"),
    " returning id"
);

const COMPLETE: &str =
    "update draft_file set complete = 1 where id = $1 and flow_id = $2 and complete = 0 and parts > 0";

impl Store {
    /// Begins to keep a file for a flow that is being prepared, with the names of its columns; `None` if
    /// the flow is not, or not this person's.
    ///
    /// # Errors
    /// The database.
    pub async fn begin_file(
        &self,
        scope: &Scope,
        flow: FlowId,
        file_name: &str,
        columns: &[String],
        now: UnixMillis,
    ) -> Result<Option<DraftFileId>, StoreError> {
        let columns = serde_json::to_string(columns).map_err(|_| StoreError::Corrupt("names of columns"))?;
        let mut tx = self.db.begin().await?;
        let file = fetch_optional!(
            tx,
            (i64,),
            BEGIN,
            scope.organization.0,
            scope.operator(),
            needed(Rights::COMPOSE),
            file_name,
            columns,
            now.0,
            &scope.actor,
            flow.0,
        )?;
        tx.commit().await?;
        Ok(file.map(|(id,)| DraftFileId(id)))
    }

    /// Adds the next part, of at most [`PART_BYTES`](crate::draft_files::PART_BYTES); `false` if the file
    /// is no more being kept or the flow no more prepared, or not this person's.
    ///
    /// # Errors
    /// The database.
    pub async fn add_file_part(
        &self,
        scope: &Scope,
        file: DraftFileId,
        part: &[u8],
    ) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let counted = fetch_optional!(
            tx,
            (i64,),
            COUNT,
            scope.organization.0,
            scope.operator(),
            needed(Rights::COMPOSE),
            file.0,
            values::limit(part.len()),
        )?;
        let Some((position,)) = counted else { return Ok(false) };
        execute!(
            tx,
            "insert into draft_file_part (file_id, position, bytes) values ($1, $2, $3)",
            file.0,
            position,
            part
        )?;
        tx.commit().await?;
        Ok(true)
    }

    /// Makes a file its flow's, in place of the one that it had; `false` if the flow is no more being
    /// prepared, or not this person's: then the file is given up. The list that the flow may have is not
    /// this file's: the flow cannot be activated until the file was read.
    ///
    /// # Errors
    /// The database.
    pub async fn finish_file(&self, scope: &Scope, file: DraftFileId) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let (organization, operator) = (scope.organization.0, scope.operator());
        let compose = needed(Rights::COMPOSE);
        let flow = fetch_optional!(tx, (i64,), TAKE, organization, operator, compose, file.0)?;
        let won = match flow {
            Some((flow,)) => execute!(tx, COMPLETE, file.0, flow)? == 1,
            None => false,
        };
        let (Some((flow,)), true) = (flow, won) else {
            drop(tx);
            self.abandon_file(scope, file).await?;
            return Ok(false);
        };
        let replaced = give_up(&mut tx, FlowId(flow), Some(file)).await?;
        tx.commit().await?;
        for old in replaced {
            self.remove_file(old).await?;
        }
        Ok(true)
    }
}

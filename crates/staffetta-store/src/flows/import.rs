//! A flow is made from a file in one go: nobody sees it before its list is whole.
//!
//! It takes its reference at the end, so that of several who make the same at once the first to end has it,
//! and none can take another's, still under way, for something left over.

use crate::db::{execute, fetch_all, fetch_optional};
use crate::draft_files::sweep::give_up;
use crate::flows::NewFlow;
use crate::flows::draft::create;
use crate::lists::sweep::orphan;
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError};
use staffetta_domain::{FlowId, Rights, UnixMillis};

/// An import that is not over after this long has lost its program.
const IMPORTING_MS: i64 = 24 * 3_600_000;

/// The condition that a flow `f` is not being imported.
macro_rules! shown {
    () => {
        "not exists (select 1 from flow_import i where i.flow_id = f.id)"
    };
}

pub(crate) use shown;

/// What became of the end of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportEnd {
    /// The flow is there for all, with its reference.
    Done,
    /// Another flow of the ente has the reference: this one stays hidden.
    ReferenceTaken,
    /// The flow is not there any more, or has no list.
    Gone,
}

const END: &str = concat!(
    "update flow set reference = $5
     where id = $4 and organization_id = $1 and state = 0 and list_id is not null and ",
    in_scope!("service_id", "$2", "$3")
);

impl Store {
    /// Makes a flow that nobody sees before [`Store::end_import`], and keeps its reference out until then;
    /// `None` as for [`Store::create_draft`].
    ///
    /// # Errors
    /// The database.
    pub async fn begin_import(
        &self,
        scope: &Scope,
        new: &NewFlow,
        now: UnixMillis,
    ) -> Result<Option<FlowId>, StoreError> {
        let mut tx = self.db.begin().await?;
        let Some(flow) = create(&mut tx, scope, new, None, now).await? else { return Ok(None) };
        execute!(tx, "insert into flow_import (flow_id, created_at) values ($1, $2)", flow.0, now.0)?;
        tx.commit().await?;
        Ok(Some(flow))
    }

    /// Shows a flow whose list is whole, under its reference.
    ///
    /// # Errors
    /// The database.
    pub async fn end_import(
        &self,
        scope: &Scope,
        flow: FlowId,
        reference: Option<&str>,
    ) -> Result<ImportEnd, StoreError> {
        let mut tx = self.db.begin().await?;
        if execute!(tx, "delete from flow_import where flow_id = $1", flow.0)? != 1 {
            return Ok(ImportEnd::Gone);
        }
        let operator = scope.operator();
        let compose = needed(Rights::COMPOSE);
        let ended = execute!(tx, END, scope.organization.0, operator, compose, flow.0, reference);
        match ended {
            // The reference is the one thing of a flow that can be another's.
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
                return Ok(ImportEnd::ReferenceTaken);
            }
            ended => {
                if ended? != 1 {
                    return Ok(ImportEnd::Gone);
                }
            }
        }
        tx.commit().await?;
        Ok(ImportEnd::Done)
    }

    /// Shows several flows at once, each with its list whole and without a reference; `false` if one of them is not there
    /// any more: then none is shown.
    ///
    /// # Errors
    /// The database.
    pub async fn end_imports(&self, scope: &Scope, flows: &[FlowId]) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let (organization, operator) = (scope.organization.0, scope.operator());
        let compose = needed(Rights::COMPOSE);
        for flow in flows {
            let hidden = execute!(tx, "delete from flow_import where flow_id = $1", flow.0)?;
            let no_reference: Option<&str> = None;
            let ended = execute!(tx, END, organization, operator, compose, flow.0, no_reference)?;
            if (hidden, ended) != (1, 1) {
                return Ok(false);
            }
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Removes flows whose import was cut off long ago; gives their number.
    ///
    /// # Errors
    /// The database.
    pub async fn sweep_imports(&self, now: UnixMillis) -> Result<usize, StoreError> {
        let before = now.plus_ms(-IMPORTING_MS).0;
        let mut reader = self.db.reader().await?;
        let flows =
            fetch_all!(reader, (i64,), "select flow_id from flow_import where created_at < $1", before)?;
        drop(reader);
        for (flow,) in &flows {
            let mut tx = self.db.begin().await?;
            let ours = fetch_optional!(
                tx,
                (i64,),
                "delete from flow_import where flow_id = $1 returning flow_id",
                flow
            )?;
            if ours.is_none() {
                continue;
            }
            let lists = orphan(&mut tx, FlowId(*flow)).await?;
            let files = give_up(&mut tx, FlowId(*flow), None).await?;
            execute!(tx, "delete from flow where id = $1 and state = 0", flow)?;
            tx.commit().await?;
            for list in lists {
                self.remove_discarded(list).await?;
            }
            for file in files {
                self.remove_file(file).await?;
            }
        }
        Ok(flows.len())
    }
}

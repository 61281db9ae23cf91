//! A list is begun.

use crate::db::fetch_optional;
use crate::draft_files::meanings::{self, Meanings};
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError};
use staffetta_domain::{FlowId, ListId, Rights, UnixMillis};

const BEGIN: &str = concat!(
    "insert into list (organization_id, service_id, flow_id, created_at, file_name, columns, meanings)
     select f.organization_id, f.service_id, f.id, $4, $5, $6, $8 from flow f
     where f.organization_id = $1 and f.id = $7 and f.state = 0 and ",
    in_scope!("f.service_id", "$2", "$3"),
    " returning id"
);

impl Store {
    /// As [`Store::begin_list_meaning`], of columns that mean what their names say.
    ///
    /// # Errors
    /// The database.
    pub async fn begin_list(
        &self,
        scope: &Scope,
        flow: FlowId,
        file_name: &str,
        columns: &[String],
        now: UnixMillis,
    ) -> Result<Option<ListId>, StoreError> {
        self.begin_list_meaning(scope, flow, file_name, (columns, &None), now).await
    }

    /// Begins to read a file for a flow that is being prepared; `None` if it is not, or not this person's.
    ///
    /// # Errors
    /// The database.
    pub async fn begin_list_meaning(
        &self,
        scope: &Scope,
        flow: FlowId,
        file_name: &str,
        (columns, meaning): (&[String], &Meanings),
        now: UnixMillis,
    ) -> Result<Option<ListId>, StoreError> {
        let meaning = meanings::to_json(meaning)?;
        let columns = serde_json::to_string(columns).map_err(|_| StoreError::Corrupt("names of columns"))?;
        let mut tx = self.db.begin().await?;
        let begun = fetch_optional!(
            tx,
            (i64,),
            BEGIN,
            scope.organization.0,
            scope.operator(),
            needed(Rights::COMPOSE),
            now.0,
            file_name,
            columns,
            flow.0,
            meaning,
        );
        let list: Option<(i64,)> = match begun {
            // Someone threw the flow away meanwhile.
            Err(sqlx::Error::Database(error)) if error.is_foreign_key_violation() => return Ok(None),
            begun => begun?,
        };
        tx.commit().await?;
        Ok(list.map(|(id,)| ListId(id)))
    }
}

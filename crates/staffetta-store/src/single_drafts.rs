//! What an operator is writing as a single notification, kept until it is added or given up. Nothing of it is sent.

use crate::db::{execute, fetch_optional};
use crate::scope::needed;
use crate::{Scope, Store, StoreError};
use staffetta_domain::{OperatorId, Rights, UnixMillis};

/// A text nobody came back to is kept for this long, in milliseconds: over a long weekend, and no longer than
/// citizens' data need lie about.
const KEPT_MS: i64 = 7 * 86_400_000;

/// What was being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SingleDraft {
    /// The form, as it was given to [`Store::keep_single_draft`].
    pub form: String,
    /// When it was last kept.
    pub written_at: UnixMillis,
}

/// Only of those who may write one with some service, and not of a form that has ended.
const KEEP: &str = "insert into single_draft (operator_id, form_token, form, written_at)
     select o.id, $2, $3, $4 from operator o where o.id = $1 and (o.admin = 1 or exists (
       select 1 from operator_service s where s.operator_id = o.id and s.rights & $5 = $5))
     on conflict (operator_id) do update set
       form_token = excluded.form_token, form = excluded.form, written_at = excluded.written_at
     where single_draft.form is not null or single_draft.form_token <> excluded.form_token";

/// What is written in another window stays.
const END: &str =
    "insert into single_draft (operator_id, form_token, form, written_at) values ($1, $2, null, $3)
     on conflict (operator_id) do update set
       form_token = excluded.form_token, form = null, written_at = excluded.written_at
     where single_draft.form_token = excluded.form_token or single_draft.form is null";

/// Where a crash came between the adding of a form and its end, the form has been added all the same.
const FIND: &str = "select d.form, d.written_at from single_draft d
     where d.operator_id = $1 and d.form is not null and d.written_at >= $3 and not exists (
       select 1 from notification n where n.organization_id = $2 and n.form_token = d.form_token)";

impl Store {
    /// Keeps what a person is writing, in the place of what they were writing before; nothing of those who may not.
    ///
    /// # Errors
    /// The database.
    pub async fn keep_single_draft(
        &self,
        operator: OperatorId,
        form_token: &str,
        form: &str,
        now: UnixMillis,
    ) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        execute!(tx, KEEP, operator.0, form_token, form, now.0, needed(Rights::SINGLE))?;
        tx.commit().await?;
        Ok(())
    }

    /// What a person was writing and has not added.
    ///
    /// # Errors
    /// The database.
    pub async fn single_draft(
        &self,
        scope: &Scope,
        operator: OperatorId,
        now: UnixMillis,
    ) -> Result<Option<SingleDraft>, StoreError> {
        let mut reader = self.db.reader().await?;
        let oldest = now.plus_ms(-KEPT_MS).0;
        let found = fetch_optional!(reader, (String, i64), FIND, operator.0, scope.organization.0, oldest)?;
        Ok(found.map(|(form, at)| SingleDraft { form, written_at: UnixMillis(at) }))
    }

    /// What a person was writing in this form was added or given up: nothing is kept of it any more.
    ///
    /// # Errors
    /// The database.
    pub async fn end_single_draft(
        &self,
        operator: OperatorId,
        form_token: &str,
        now: UnixMillis,
    ) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        execute!(tx, END, operator.0, form_token, now.0)?;
        tx.commit().await?;
        Ok(())
    }

    /// Removes what nobody came back to; gives how many.
    ///
    /// # Errors
    /// The database.
    pub async fn sweep_single_drafts(&self, now: UnixMillis) -> Result<u64, StoreError> {
        let mut tx = self.db.begin().await?;
        let swept = execute!(tx, "delete from single_draft where written_at < $1", now.plus_ms(-KEPT_MS).0)?;
        tx.commit().await?;
        Ok(swept)
    }
}

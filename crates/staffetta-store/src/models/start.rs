//! A flow begins with what a model, or another flow, knows of its file.

use crate::db::execute;
use crate::draft_files::meanings;
use crate::draft_files::reading::KEEP_TERM;
use crate::flows::NewFlow;
use crate::flows::draft::create;
use crate::scope::Scope;
use crate::{Store, StoreError};
use staffetta_domain::{FlowId, Meaning, UnixMillis};

/// What is known of the file that a new flow will have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Start<'a> {
    /// Hash of the columns' names, and what they mean, where a person said it.
    pub columns: Option<(&'a [u8], &'a [Option<Meaning>])>,
    /// No notice can be paid after its due date.
    pub invalid_after_due_date: bool,
}

/// What the service's own people said of such columns stands.
const TEACH: &str = "insert into column_mapping (service_id, columns_hash, meanings, saved_at, saved_by)
     values ($1, $2, $3, $4, $5) on conflict (service_id, columns_hash) do nothing";

impl Store {
    /// As [`Store::create_draft`]; the service's next file with these columns is read as they are known to mean.
    ///
    /// # Errors
    /// The database.
    pub async fn create_draft_from(
        &self,
        scope: &Scope,
        new: &NewFlow,
        start: Start<'_>,
        now: UnixMillis,
    ) -> Result<Option<FlowId>, StoreError> {
        let mut tx = self.db.begin().await?;
        let Some(flow) = create(&mut tx, scope, new, new.reference.as_deref(), now).await? else {
            return Ok(None);
        };
        execute!(tx, KEEP_TERM, flow.0, i16::from(start.invalid_after_due_date))?;
        if let Some((hash, known)) = start.columns
            && let Some(words) = meanings::to_json(&Some(known.to_vec()))?
        {
            execute!(tx, TEACH, new.service.0, hash, words, now.0, &scope.actor)?;
        }
        tx.commit().await?;
        Ok(Some(flow))
    }
}

//! Searches that an address names without saying what was looked for.

use crate::db::{execute, fetch_optional};
use crate::{Store, StoreError};
use staffetta_domain::{OperatorId, UnixMillis};

/// A search is kept for this long, in milliseconds: a page left open over a holiday still lists.
const KEPT_MS: i64 = 30 * 86_400_000;

impl Store {
    /// Keeps a person's search under a name of the caller's; gives the name under which it is kept: the same
    /// search has one name.
    ///
    /// # Errors
    /// The database.
    pub async fn save_search(
        &self,
        operator: OperatorId,
        name: &str,
        form: &str,
        now: UnixMillis,
    ) -> Result<String, StoreError> {
        let mut tx = self.db.begin().await?;
        let known = fetch_optional!(
            tx,
            (String,),
            "update saved_search set created_at = $3 where operator_id = $1 and form = $2 returning id",
            operator.0,
            form,
            now.0
        )?;
        let name = match known {
            Some((known,)) => known,
            None => {
                execute!(
                    tx,
                    "insert into saved_search (id, operator_id, form, created_at) values ($1, $2, $3, $4)",
                    name,
                    operator.0,
                    form,
                    now.0
                )?;
                name.to_owned()
            }
        };
        tx.commit().await?;
        Ok(name)
    }

    /// Removes what nobody comes back to any more; gives how many.
    ///
    /// # Errors
    /// The database.
    pub async fn sweep_searches(&self, now: UnixMillis) -> Result<u64, StoreError> {
        let mut tx = self.db.begin().await?;
        let swept = execute!(tx, "delete from saved_search where created_at < $1", now.plus_ms(-KEPT_MS).0)?;
        tx.commit().await?;
        Ok(swept)
    }

    /// A person's search; `None` if it is not theirs or no more kept.
    ///
    /// # Errors
    /// The database.
    pub async fn saved_search(&self, operator: OperatorId, name: &str) -> Result<Option<String>, StoreError> {
        let mut reader = self.db.reader().await?;
        let found = fetch_optional!(
            reader,
            (String,),
            "select form from saved_search where id = $1 and operator_id = $2",
            name,
            operator.0
        )?;
        Ok(found.map(|(form,)| form))
    }
}

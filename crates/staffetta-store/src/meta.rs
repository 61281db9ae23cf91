//! What the database knows of itself.

use crate::db::{execute, fetch_optional};
use crate::{Store, StoreError};

impl Store {
    /// Marks the database as a demonstration's: no other program than the demonstration opens it for sending.
    ///
    /// # Errors
    /// The database.
    pub async fn mark_demo(&self) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        execute!(tx, "insert into meta (name, value) values ('demo', '1') on conflict (name) do nothing")?;
        tx.commit().await?;
        Ok(())
    }

    /// Whether the database was made for a demonstration.
    ///
    /// # Errors
    /// The database.
    pub async fn is_demo(&self) -> Result<bool, StoreError> {
        let mut reader = self.db.reader().await?;
        let mark = fetch_optional!(reader, (String,), "select value from meta where name = 'demo'")?;
        Ok(mark.is_some())
    }
}

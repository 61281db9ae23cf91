//! Where services write to, whosever they are.

use crate::db::fetch_all;
use crate::{Store, StoreError};
use staffetta_domain::OrganizationId;

impl Store {
    /// The base URLs of all services of an ente, or of all enti: each once, enabled or not.
    ///
    /// # Errors
    /// The database.
    pub async fn base_urls(&self, organization: Option<OrganizationId>) -> Result<Vec<String>, StoreError> {
        let mut reader = self.db.reader().await?;
        let rows = fetch_all!(
            reader,
            (String,),
            "select distinct base_url from service where cast($1 as bigint) is null or organization_id = $1 order by base_url",
            organization.map(|organization| organization.0),
        )?;
        Ok(rows.into_iter().map(|(url,)| url).collect())
    }
}

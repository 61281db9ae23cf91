//! What is needed to try a service's key.

use crate::db::fetch_optional;
use crate::scope::Scope;
use crate::services::place;
use crate::{Store, StoreError};
use secrecy::SecretString;
use staffetta_domain::ServiceId;

/// Where and with which key a service calls.
#[derive(Debug)]
pub struct ServiceToTry {
    /// Where IO's API is for it.
    pub base_url: String,
    /// Its key, never to be shown or logged.
    pub key: SecretString,
}

impl Store {
    /// A service's address and key, for an administrator who tries them; paused or disabled ones too, for those
    /// are the ones in doubt.
    ///
    /// # Errors
    /// The database; [`StoreError::Corrupt`] where the key does not open.
    pub async fn service_to_try(
        &self,
        scope: &Scope,
        id: ServiceId,
    ) -> Result<Option<ServiceToTry>, StoreError> {
        if scope.operator.is_some() {
            return Ok(None);
        }
        let mut reader = self.db.reader().await?;
        let found = fetch_optional!(
            reader,
            (String, Vec<u8>),
            "select base_url, key_sealed from service where id = $1 and organization_id = $2",
            id.0,
            scope.organization.0
        )?;
        let opened = found.map(|(base_url, sealed)| {
            Ok(ServiceToTry { base_url, key: self.keyring.open_sealed(&sealed, &place(id))? })
        });
        opened.transpose()
    }
}

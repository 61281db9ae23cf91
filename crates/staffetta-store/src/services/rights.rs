//! What a person may do with a service.

use crate::db::fetch_optional;
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError};
use staffetta_domain::{Rights, ServiceId};

const RIGHTS: &str = concat!(
    "select coalesce((select e.rights from operator_service e
         where e.operator_id = $2 and e.service_id = s.id), $5)
     from service s where s.organization_id = $1 and s.id = $4 and ",
    in_scope!("s.id", "$2", "$3")
);

impl Store {
    /// What a person may do with a service, so that a page leaves out what would be refused; `None` if it is
    /// not theirs.
    ///
    /// # Errors
    /// The database.
    pub async fn rights_on(&self, scope: &Scope, service: ServiceId) -> Result<Option<Rights>, StoreError> {
        let mut reader = self.db.reader().await?;
        let found = fetch_optional!(
            reader,
            (i64,),
            RIGHTS,
            scope.organization.0,
            scope.operator(),
            needed(Rights::LOOK),
            service.0,
            Rights::ADMIN.0
        )?;
        Ok(found.map(|(rights,)| Rights(rights)))
    }
}

//! Who looked for a citizen: each search by fiscal code is written down, so that an ente can tell who has seen what was
//! sent to a person.

use crate::db::{execute, fetch_all};
use crate::{Scope, Store, StoreError};
use staffetta_domain::{FiscalCode, UnixMillis};

/// A search for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// When.
    pub at: UnixMillis,
    /// Who looked.
    pub actor: String,
}

pub(crate) const OF_ENTE: &str =
    "select at, actor from lookup where organization_id = $1 order by id desc limit $2";
pub(crate) const OF_PERSON: &str =
    "select at, actor from lookup where organization_id = $1 and person = $2 order by id desc limit $3";

impl Store {
    /// Writes down that somebody looks for a person. The person's fiscal code is not kept, only a mark that tells for
    /// whom was looked to who asks with the code, and to nobody without the key file.
    ///
    /// # Errors
    /// The database.
    pub async fn record_lookup(
        &self,
        scope: &Scope,
        fiscal_code: &FiscalCode,
        now: UnixMillis,
    ) -> Result<(), StoreError> {
        let person = self.keyring.mark_of_person(fiscal_code.as_str());
        let mut tx = self.db.begin().await?;
        execute!(
            tx,
            "insert into lookup (organization_id, at, actor, person) values ($1, $2, $3, $4)",
            scope.organization.0,
            now.0,
            &scope.actor,
            person.as_slice()
        )?;
        tx.commit().await?;
        Ok(())
    }

    /// The last searches for people in the ente, or for one of them, the newest first; none for who is no
    /// administrator.
    ///
    /// # Errors
    /// The database.
    pub async fn lookups(
        &self,
        scope: &Scope,
        of: Option<&FiscalCode>,
        limit: usize,
    ) -> Result<Vec<Lookup>, StoreError> {
        if scope.operator.is_some() {
            return Ok(Vec::new());
        }
        let limit = crate::values::limit(limit);
        let mut reader = self.db.reader().await?;
        let rows = match of {
            None => fetch_all!(reader, (i64, String), OF_ENTE, scope.organization.0, limit)?,
            Some(code) => {
                let person = self.keyring.mark_of_person(code.as_str());
                fetch_all!(reader, (i64, String), OF_PERSON, scope.organization.0, person.as_slice(), limit)?
            }
        };
        Ok(rows.into_iter().map(|(at, actor)| Lookup { at: UnixMillis(at), actor }).collect())
    }
}

//! A model gets another name, or goes.

use crate::db::{execute, fetch_optional};
use crate::events::{About, record};
use crate::models::{ModelSaved, composes, theirs};
use crate::scope::{Scope, needed};
use crate::{Store, StoreError};
use staffetta_domain::columns::key;
use staffetta_domain::{ModelId, Rights, UnixMillis};

pub(crate) const RENAME: &str = concat!(
    "update model set name = $5, name_key = $6 where id = $4 and organization_id = $1 and ",
    theirs!("$2"),
    " and ",
    composes!("$2", "$3")
);

pub(crate) const DELETE: &str = concat!(
    "delete from model where id = $4 and organization_id = $1 and ",
    theirs!("$2"),
    " and ",
    composes!("$2", "$3"),
    " returning name"
);

impl Store {
    /// Gives a model another name.
    ///
    /// # Errors
    /// The database.
    pub async fn rename_model(
        &self,
        scope: &Scope,
        model: ModelId,
        name: &str,
        now: UnixMillis,
    ) -> Result<ModelSaved, StoreError> {
        let (ente, operator) = (scope.organization, scope.operator());
        let compose = needed(Rights::COMPOSE);
        let mut tx = self.db.begin().await?;
        let renamed = match execute!(tx, RENAME, ente.0, operator, compose, model.0, name, key(name)) {
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
                return Ok(ModelSaved::NameTaken);
            }
            renamed => renamed?,
        };
        if renamed != 1 {
            return Ok(ModelSaved::NotTheirs);
        }
        record(&mut tx, ente, About::default(), &scope.actor, "model-renamed", Some(name), now).await?;
        tx.commit().await?;
        Ok(ModelSaved::Saved(model))
    }

    /// Deletes a model; `false` if it is not there, or not this person's to delete. Flows that began with it keep
    /// their text.
    ///
    /// # Errors
    /// The database.
    pub async fn delete_model(
        &self,
        scope: &Scope,
        model: ModelId,
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        let (ente, operator) = (scope.organization, scope.operator());
        let mut tx = self.db.begin().await?;
        let deleted: Option<(String,)> =
            fetch_optional!(tx, (String,), DELETE, ente.0, operator, needed(Rights::COMPOSE), model.0)?;
        let Some((name,)) = deleted else { return Ok(false) };
        record(&mut tx, ente, About::default(), &scope.actor, "model-deleted", Some(&name), now).await?;
        tx.commit().await?;
        Ok(true)
    }
}

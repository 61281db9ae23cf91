//! *Salva come modello*.

use crate::db::fetch_optional;
use crate::draft_files::meanings::{self, Meanings};
use crate::events::{About, record};
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError};
use staffetta_domain::columns::key;
use staffetta_domain::{FlowId, ModelId, NatureId, Rights, UnixMillis};

/// A model to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewModel {
    /// Its name, the only one of its kind among the ente's.
    pub name: String,
    /// The nature.
    pub nature: NatureId,
    /// *Oggetto*, with its places.
    pub subject: String,
    /// *Contenuto*, with its places.
    pub markdown: String,
    /// Names of the columns that its file has.
    pub columns: Vec<String>,
    /// What they mean; where nothing is kept, what their names say.
    pub meanings: Meanings,
    /// No notice can be paid after its due date.
    pub invalid_after_due_date: bool,
}

/// What became of the saving of a model, or of another name for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelSaved {
    /// Saved.
    Saved(ModelId),
    /// Nothing was saved: another model of the ente has this name, or one that only looks different.
    NameTaken,
    /// Nothing was saved: the flow, the nature or the model is not there, or not this person's to change.
    NotTheirs,
}

/// Who saves a flow's text composes for its service.
const SAVE: &str = concat!(
    "insert into model (organization_id, name, name_key, nature_id, columns, meanings, invalid_after_due,
       created_at, created_by, operator_id, subject, markdown)
     select f.organization_id, $5, $6, n.id, $8, $9, $10, $11, $12, $2, $13, $14
     from flow f join nature n on n.organization_id = f.organization_id
     where f.id = $4 and f.organization_id = $1 and n.id = $7 and ",
    in_scope!("f.service_id", "$2", "$3"),
    " on conflict (organization_id, name_key) do nothing returning id"
);

pub(crate) const NAMED: &str = "select id from model where organization_id = $1 and name_key = $2";

impl Store {
    /// Keeps a model that was taken from this flow.
    ///
    /// # Errors
    /// The database.
    pub async fn save_model(
        &self,
        scope: &Scope,
        flow: FlowId,
        model: &NewModel,
        now: UnixMillis,
    ) -> Result<ModelSaved, StoreError> {
        let columns = serde_json::to_string(&model.columns);
        let columns = columns.map_err(|_| StoreError::Corrupt("names of columns"))?;
        let name_key = key(&model.name);
        let mut tx = self.db.begin().await?;
        let saved: Option<(i64,)> = fetch_optional!(
            tx,
            (i64,),
            SAVE,
            scope.organization.0,
            scope.operator(),
            needed(Rights::COMPOSE),
            flow.0,
            &model.name,
            &name_key,
            model.nature.0,
            columns,
            meanings::to_json(&model.meanings)?,
            i16::from(model.invalid_after_due_date),
            now.0,
            &scope.actor,
            &model.subject,
            &model.markdown,
        )?;
        let Some((id,)) = saved else {
            let named: Option<(i64,)> = fetch_optional!(tx, (i64,), NAMED, scope.organization.0, &name_key)?;
            return Ok(if named.is_some() { ModelSaved::NameTaken } else { ModelSaved::NotTheirs });
        };
        let (ente, name) = (scope.organization, Some(model.name.as_str()));
        record(&mut tx, ente, About::default(), &scope.actor, "model-saved", name, now).await?;
        tx.commit().await?;
        Ok(ModelSaved::Saved(ModelId(id)))
    }
}

//! The models of an ente are found.

use crate::db::{fetch_all, fetch_optional};
use crate::draft_files::meanings::{self, Meanings};
use crate::models::{composes, theirs};
use crate::scope::{Scope, needed};
use crate::{Store, StoreError, values};
use staffetta_domain::columns::key;
use staffetta_domain::{ModelId, Rights, UnixMillis};

/// A model as one line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnModelLine {
    /// Its number.
    pub id: ModelId,
    /// Its name.
    pub name: String,
    /// Name of its nature.
    pub nature_name: String,
    /// *Oggetto*, with its places.
    pub subject: String,
    /// When it was made.
    pub created_at: UnixMillis,
    /// Who made it.
    pub created_by: String,
}

/// A model, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnModel {
    /// What its line shows.
    pub line: OwnModelLine,
    /// Word of its nature.
    pub nature: String,
    /// *Contenuto*, with its places.
    pub markdown: String,
    /// Names of the columns that its file has.
    pub columns: Vec<String>,
    /// What they mean; where nothing is kept, what their names say.
    pub meanings: Meanings,
    /// No notice can be paid after its due date.
    pub invalid_after_due_date: bool,
    /// Whether this person may rename and delete it.
    pub may_change: bool,
}

#[derive(sqlx::FromRow)]
struct LineRow {
    id: i64,
    name: String,
    nature_name: String,
    subject: String,
    created_at: i64,
    created_by: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    line: LineRow,
    nature: String,
    markdown: String,
    columns: String,
    meanings: Option<String>,
    invalid_after_due: i16,
    may_change: i32,
}

/// What every reading of models selects.
macro_rules! line {
    () => {
        "m.id, m.name, n.name as nature_name, m.subject, m.created_at, m.created_by"
    };
}

pub(crate) const LIST: &str = concat!(
    "select ",
    line!(),
    " from model m join nature n on n.id = m.nature_id where m.organization_id = $1 and ",
    composes!("$2", "$3"),
    " order by m.name_key limit $4"
);

macro_rules! whole {
    ($which:literal) => {
        concat!(
            "select ",
            line!(),
            ", n.code as nature, m.markdown, m.columns, m.meanings, m.invalid_after_due,
               case when ",
            theirs!("$2"),
            " then 1 else 0 end as may_change
             from model m join nature n on n.id = m.nature_id
             where m.organization_id = $1 and ",
            $which,
            " and ",
            composes!("$2", "$3")
        )
    };
}

pub(crate) const FIND: &str = whole!("m.id = $4");
pub(crate) const BY_NAME: &str = whole!("m.name_key = $4");

impl Store {
    /// The ente's models by name; none for who may not compose.
    ///
    /// # Errors
    /// The database.
    pub async fn models(&self, scope: &Scope, limit: usize) -> Result<Vec<OwnModelLine>, StoreError> {
        let mut reader = self.db.reader().await?;
        let (operator, compose) = (scope.operator(), needed(Rights::COMPOSE));
        let limit = values::limit(limit);
        let rows = fetch_all!(reader, LineRow, LIST, scope.organization.0, operator, compose, limit)?;
        Ok(rows.into_iter().map(line).collect())
    }

    /// The model with this number; `None` for who may not compose.
    ///
    /// # Errors
    /// The database.
    pub async fn find_model(&self, scope: &Scope, id: ModelId) -> Result<Option<OwnModel>, StoreError> {
        let mut reader = self.db.reader().await?;
        let (operator, compose) = (scope.operator(), needed(Rights::COMPOSE));
        let row = fetch_optional!(reader, Row, FIND, scope.organization.0, operator, compose, id.0)?;
        row.map(model).transpose()
    }

    /// The model with this name, in any spelling of case, accents, blanks and punctuation.
    ///
    /// # Errors
    /// The database.
    pub async fn model_by_name(&self, scope: &Scope, name: &str) -> Result<Option<OwnModel>, StoreError> {
        let mut reader = self.db.reader().await?;
        let (operator, compose) = (scope.operator(), needed(Rights::COMPOSE));
        let row = fetch_optional!(reader, Row, BY_NAME, scope.organization.0, operator, compose, key(name))?;
        row.map(model).transpose()
    }
}

fn line(row: LineRow) -> OwnModelLine {
    OwnModelLine {
        id: ModelId(row.id),
        name: row.name,
        nature_name: row.nature_name,
        subject: row.subject,
        created_at: UnixMillis(row.created_at),
        created_by: row.created_by,
    }
}

fn model(row: Row) -> Result<OwnModel, StoreError> {
    Ok(OwnModel {
        line: line(row.line),
        nature: row.nature,
        markdown: row.markdown,
        columns: values::texts(&row.columns)?,
        meanings: meanings::from_json(row.meanings.as_deref())?,
        invalid_after_due_date: row.invalid_after_due != 0,
        may_change: row.may_change != 0,
    })
}

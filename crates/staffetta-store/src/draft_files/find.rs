//! A draft's file, and its parts one by one.

use crate::db::fetch_optional;
use crate::draft_files::meanings::{self, Meanings};
use crate::draft_files::reading::Samples;
use crate::expeditions;
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError, values};
use staffetta_domain::{DraftFileId, Expedition, FlowId, Phrase, Rights, UnixMillis};

/// The office's file of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftFile {
    /// Its number.
    pub id: DraftFileId,
    /// Its name, as the office knows it.
    pub file_name: String,
    /// What kind of file it turned out to be, to be said.
    pub kind: Option<Phrase>,
    /// Names of the sheets among which a person can choose; none of a text.
    pub sheets: Vec<String>,
    /// The sheet that is read; none of a text.
    pub sheet: Option<String>,
    /// Names of its columns: what placeholders may say.
    pub columns: Vec<String>,
    /// What they mean, where a person said it.
    pub meanings: Meanings,
    /// Its first rows.
    pub samples: Samples,
    /// Only the rows of this day of sending are read, or those without one; with `None` all.
    pub only_start: Option<Option<Expedition>>,
    /// No notice can be paid after its due date, whatever the columns say.
    pub invalid_after_due_date: bool,
    /// Raised by each change of how it is read.
    pub revision: i64,
    /// Its length.
    pub bytes: i64,
    /// Its parts, numbered from 1.
    pub parts: i64,
    /// When its upload began.
    pub created_at: UnixMillis,
    /// Who uploaded it.
    pub uploaded_by: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    file_name: String,
    kind: Option<String>,
    sheets: Option<String>,
    sheet: Option<String>,
    columns: String,
    meanings: Option<String>,
    samples: Option<String>,
    only_start: Option<String>,
    invalid_after_due: i16,
    revision: i64,
    bytes: i64,
    parts: i64,
    created_at: i64,
    uploaded_by: String,
}

pub(crate) const FIND: &str = concat!(
    "select d.id, d.file_name, d.kind, d.sheets, d.sheet, d.columns, d.meanings, d.samples, d.only_start, d.invalid_after_due,
       d.revision, d.bytes, d.parts, d.created_at, d.uploaded_by
     from flow f join draft_file d on d.id = f.file_id
     where f.id = $4 and f.organization_id = $1 and d.complete = 1 and ",
    in_scope!("f.service_id", "$2", "$3")
);

pub(crate) const PART: &str = concat!(
    "select p.bytes from draft_file d join flow f on f.id = d.flow_id
       join draft_file_part p on p.file_id = d.id
     where d.id = $4 and d.organization_id = $1 and d.complete = 1 and p.position = $5 and ",
    in_scope!("f.service_id", "$2", "$3")
);

impl Store {
    /// The file of a flow that this person composes, once it is whole and until the flow is activated.
    ///
    /// # Errors
    /// The database.
    pub async fn draft_file(&self, scope: &Scope, flow: FlowId) -> Result<Option<DraftFile>, StoreError> {
        let mut reader = self.db.reader().await?;
        let operator = scope.operator();
        let compose = needed(Rights::COMPOSE);
        let row = fetch_optional!(reader, Row, FIND, scope.organization.0, operator, compose, flow.0)?;
        row.map(draft_file).transpose()
    }

    /// The part of a file at a position, from 1; `None` where there is none, or where the file is no more
    /// the flow's: another took its place, or the flow was activated or deleted.
    ///
    /// # Errors
    /// The database.
    pub async fn file_part(
        &self,
        scope: &Scope,
        file: DraftFileId,
        position: i64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let mut reader = self.db.reader().await?;
        let part = fetch_optional!(
            reader,
            (Vec<u8>,),
            PART,
            scope.organization.0,
            scope.operator(),
            needed(Rights::COMPOSE),
            file.0,
            position,
        )?;
        Ok(part.map(|(bytes,)| bytes))
    }
}

fn draft_file(row: Row) -> Result<DraftFile, StoreError> {
    Ok(DraftFile {
        id: DraftFileId(row.id),
        file_name: row.file_name,
        kind: row.kind.as_deref().map(sentence).transpose()?,
        sheets: row.sheets.as_deref().map(values::texts).transpose()?.unwrap_or_default(),
        sheet: row.sheet,
        columns: values::texts(&row.columns)?,
        meanings: meanings::from_json(row.meanings.as_deref())?,
        samples: row.samples.as_deref().map(samples).transpose()?.unwrap_or_default(),
        only_start: row.only_start.as_deref().map(expeditions::from_text).transpose()?,
        invalid_after_due_date: row.invalid_after_due != 0,
        revision: row.revision,
        bytes: row.bytes,
        parts: row.parts,
        created_at: UnixMillis(row.created_at),
        uploaded_by: row.uploaded_by,
    })
}

fn samples(json: &str) -> Result<Samples, StoreError> {
    serde_json::from_str(json).map(Samples).map_err(|_| StoreError::Corrupt("first rows"))
}

fn sentence(json: &str) -> Result<Phrase, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::Corrupt("a sentence"))
}

//! How the office's file of a draft is read: its sheet, what its columns mean, the cells that were put right.
//!
//! Each change makes what was read before void, and a reading under way, too: the file's revision grows.

use crate::db::{Tx, execute, fetch_all, fetch_optional};
use crate::draft_files::meanings::{self, Meanings};
use crate::events::{About, record};
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError};
use staffetta_domain::{DraftFileId, FlowId, Phrase, Rights, ServiceId, UnixMillis};

/// Most cells of a file that are put right on the page: more are put right in the file.
pub const CELLS_MAX: i64 = 10_000;

/// The first rows of a file. They are citizens' data, and must not reach a log through a forgotten `{:?}`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Samples(pub Vec<Vec<String>>);

impl std::fmt::Debug for Samples {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} rows", self.0.len())
    }
}

/// What a file looks like, found when it was looked into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileShape {
    /// What kind of file it turned out to be, to be said.
    pub kind: Option<Phrase>,
    /// Names of the sheets with data; none of a text.
    pub sheets: Vec<String>,
    /// The sheet that is read; none of a text.
    pub sheet: Option<String>,
    /// Names of its columns.
    pub columns: Vec<String>,
    /// What they mean, where a person said it; otherwise their names say it.
    pub meanings: Meanings,
    /// Its first rows.
    pub samples: Samples,
}

/// A cell as a person put it right.
#[derive(Clone, PartialEq, Eq)]
pub struct CellFix {
    /// Line of the file, from 1.
    pub line: i64,
    /// Place of the column, from 0.
    pub position: i16,
    /// What stands there now.
    pub value: String,
    /// It was put right before the list was parted: each part knows it.
    pub inherited: bool,
}

impl std::fmt::Debug for CellFix {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "CellFix({}, {})", self.line, self.position)
    }
}

const DESCRIBE: &str =
    "update draft_file set sheets = $2, sheet = $3, columns = $4, meanings = $5, samples = $6,
       kind = $7 where id = $1";

/// Void is what was read from the file. Whoever changes it holds the flow by this.
pub(crate) const UNCHECK: &str = concat!(
    "update flow set checked_version = null, sameness = null
     where file_id = $4 and organization_id = $1 and state = 0 and ",
    in_scope!("service_id", "$2", "$3"),
    " returning id, service_id"
);

const RAISE: &str = "update draft_file set revision = revision + 1 where id = $1 and complete = 1";

const CHOOSE: &str = "update draft_file set meanings = $2, invalid_after_due = $3 where id = $1";

/// The flow's next file starts with what was chosen for this one.
pub(crate) const KEEP_TERM: &str = "update flow set invalid_after_due = $2 where id = $1";

const REMEMBER: &str = "insert into column_mapping (service_id, columns_hash, meanings, saved_at, saved_by)
     values ($1, $2, $3, $4, $5)
     on conflict (service_id, columns_hash) do update set meanings = excluded.meanings,
       saved_at = excluded.saved_at, saved_by = excluded.saved_by";

const REMEMBERED: &str = concat!(
    "select m.meanings from column_mapping m join service s on s.id = m.service_id
     where m.service_id = $4 and m.columns_hash = $5 and s.organization_id = $1 and ",
    in_scope!("m.service_id", "$2", "$3")
);

const FIX: &str = "insert into draft_cell (file_id, line, position, value, corrected_at, corrected_by)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (file_id, line, position) do update set value = excluded.value,
       corrected_at = excluded.corrected_at, corrected_by = excluded.corrected_by";

pub(crate) const CELLS: &str = concat!(
    "select c.line, c.position, c.value, cast(case when c.corrected_at > coalesce(d.parted_at, -1) then 0 else 1 end as bigint)
     from draft_cell c join flow f on f.file_id = c.file_id join draft_file d on d.id = c.file_id
     where c.file_id = $4 and f.organization_id = $1 and ",
    in_scope!("f.service_id", "$2", "$3"),
    " order by c.line, c.position"
);

impl Store {
    /// Says what a file that is being uploaded looks like.
    ///
    /// # Errors
    /// The database.
    pub async fn describe_file(&self, file: DraftFileId, shape: &FileShape) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        describe(&mut tx, file, shape).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Has another sheet of the file read; `false` if the file is no more the draft's, or not this person's. Cells
    /// that were put right stand in the sheet before, and are dropped.
    ///
    /// # Errors
    /// The database.
    pub async fn choose_sheet(
        &self,
        scope: &Scope,
        file: DraftFileId,
        shape: &FileShape,
    ) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        if hold(&mut tx, scope, file).await?.is_none() {
            return Ok(false);
        }
        execute!(tx, "delete from draft_cell where file_id = $1", file.0)?;
        describe(&mut tx, file, shape).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Keeps what the columns mean, with the file and for the service's next file with the same columns; `false` if
    /// the file is no more the draft's, or not this person's.
    ///
    /// # Errors
    /// The database.
    pub async fn choose_meanings(
        &self,
        scope: &Scope,
        file: DraftFileId,
        (columns_hash, meanings, invalid_after_due_date): (&[u8], &Meanings, bool),
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let Some((flow, service)) = hold(&mut tx, scope, file).await? else { return Ok(false) };
        let words = meanings::to_json(meanings)?;
        execute!(tx, CHOOSE, file.0, &words, i16::from(invalid_after_due_date))?;
        execute!(tx, KEEP_TERM, flow.0, i16::from(invalid_after_due_date))?;
        if let Some(words) = words {
            execute!(tx, REMEMBER, service.0, columns_hash, words, now.0, &scope.actor)?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// No notice of this file can be paid after its due date; what its columns mean stays as it is, and no other file's
    /// change. `false` if the file is no more the draft's, or not this person's.
    ///
    /// # Errors
    /// The database.
    pub async fn end_with_due_date(&self, scope: &Scope, file: DraftFileId) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let Some((flow, _)) = hold(&mut tx, scope, file).await? else { return Ok(false) };
        execute!(tx, "update draft_file set invalid_after_due = 1 where id = $1", file.0)?;
        execute!(tx, KEEP_TERM, flow.0, 1_i16)?;
        tx.commit().await?;
        Ok(true)
    }

    /// What columns with these names meant in this service's last file that had them.
    ///
    /// # Errors
    /// The database.
    pub async fn remembered_meanings(
        &self,
        scope: &Scope,
        service: ServiceId,
        columns_hash: &[u8],
    ) -> Result<Meanings, StoreError> {
        let mut reader = self.db.reader().await?;
        let (organization, operator) = (scope.organization.0, scope.operator());
        let compose = needed(Rights::COMPOSE);
        let found: Option<(String,)> = fetch_optional!(
            reader,
            (String,),
            REMEMBERED,
            organization,
            operator,
            compose,
            service.0,
            columns_hash
        )?;
        meanings::from_json(found.map(|(words,)| words).as_deref())
    }

    /// Puts a cell of the file right, in place of what stands there; `false` if the file is no more the draft's, not
    /// this person's, or has as many as can be put right here. `about` is what the flow's history tells: no value.
    ///
    /// # Errors
    /// The database.
    pub async fn fix_cell(
        &self,
        scope: &Scope,
        file: DraftFileId,
        fix: &CellFix,
        about: &str,
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let Some((flow, _)) = hold(&mut tx, scope, file).await? else { return Ok(false) };
        let (line, position) = (fix.line, fix.position);
        execute!(tx, FIX, file.0, line, position, &fix.value, now.0, &scope.actor)?;
        let count = "select count(*) from draft_cell where file_id = $1";
        let fixed: Option<(i64,)> = fetch_optional!(tx, (i64,), count, file.0)?;
        if fixed.is_some_and(|(fixed,)| fixed > CELLS_MAX) {
            return Ok(false);
        }
        let flow = About::flow(flow);
        record(&mut tx, scope.organization, flow, &scope.actor, "list-cell-fixed", Some(about), now).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The cells of a draft's file that were put right, by line and place.
    ///
    /// # Errors
    /// The database.
    pub async fn fixed_cells(&self, scope: &Scope, file: DraftFileId) -> Result<Vec<CellFix>, StoreError> {
        let mut reader = self.db.reader().await?;
        let operator = scope.operator();
        let compose = needed(Rights::COMPOSE);
        let rows = fetch_all!(
            reader,
            (i64, i16, String, i64),
            CELLS,
            scope.organization.0,
            operator,
            compose,
            file.0
        )?;
        let fix =
            |(line, position, value, inherited)| CellFix { line, position, value, inherited: inherited != 0 };
        Ok(rows.into_iter().map(fix).collect())
    }
}

/// Holds the draft whose file it is, and makes void what was read from it.
async fn hold(
    tx: &mut Tx,
    scope: &Scope,
    file: DraftFileId,
) -> Result<Option<(FlowId, ServiceId)>, StoreError> {
    let (organization, operator) = (scope.organization.0, scope.operator());
    let compose = needed(Rights::COMPOSE);
    let held = fetch_optional!(tx, (i64, i64), UNCHECK, organization, operator, compose, file.0)?;
    let Some((flow, service)) = held else { return Ok(None) };
    let raised = execute!(tx, RAISE, file.0)?;
    Ok((raised == 1).then_some((FlowId(flow), ServiceId(service))))
}

async fn describe(tx: &mut Tx, file: DraftFileId, shape: &FileShape) -> Result<(), StoreError> {
    let json = |texts: &Vec<String>| serde_json::to_string(texts).map_err(|_| StoreError::Corrupt("texts"));
    let samples = serde_json::to_string(&shape.samples.0).map_err(|_| StoreError::Corrupt("first rows"))?;
    let words = meanings::to_json(&shape.meanings)?;
    let (sheets, columns) = (json(&shape.sheets)?, json(&shape.columns)?);
    let kind = shape.kind.as_ref().map(serde_json::to_string).transpose();
    let kind = kind.map_err(|_| StoreError::Corrupt("a sentence"))?;
    execute!(tx, DESCRIBE, file.0, sheets, &shape.sheet, columns, words, samples, kind)?;
    Ok(())
}

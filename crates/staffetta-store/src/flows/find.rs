//! One flow, with all that its page shows.

use crate::db::fetch_optional;
use crate::draft_files::meanings::{self, Meanings};
use crate::expeditions::{self, Starts};
use crate::flows::import::shown;
use crate::flows::row::{self, FlowSummary, columns};
use crate::lists::ListFacts;
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError, values};
use staffetta_domain::{Columns, DraftFileId, FlowId, ListId, Rights, UnixMillis};

/// A flow, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowDetail {
    /// What its line shows.
    pub summary: FlowSummary,
    /// *Oggetto*, with its places.
    pub subject: String,
    /// *Contenuto*, with its places.
    pub markdown: String,
    /// Whether its nature carries payment data.
    pub payment: bool,
    /// What a new file of it starts with: no notice can be paid after its due date.
    pub invalid_after_due_date: bool,
    /// Raised each time service, nature, *oggetto* or *contenuto* of the draft change.
    pub version: i64,
    /// The version for which its list was checked; none where its file was not read yet.
    pub checked_version: Option<i64>,
    /// The office's file, kept while it is a draft.
    pub file: Option<DraftFileId>,
    /// Raised by each change of how that file is read.
    pub revision: Option<i64>,
    /// Hash of service, message and rows.
    pub sameness: Option<Vec<u8>>,
    /// When it was activated.
    pub activated_at: Option<UnixMillis>,
    /// By whom; not after it is prepared again.
    pub activated_by: Option<String>,
    /// When a person started the sending.
    pub started_at: Option<UnixMillis>,
    /// When the first call left.
    pub first_call_at: Option<UnixMillis>,
    /// When the sending phase ended.
    pub ended_at: Option<UnixMillis>,
    /// Its list, once whole.
    pub list: Option<ListDetail>,
}

impl FlowDetail {
    /// Its list, if it was checked for its message as it is now: only that can be activated.
    #[must_use]
    pub fn checked_list(&self) -> Option<&ListDetail> {
        self.list.as_ref().filter(|_| self.checked_version == Some(self.version))
    }
}

/// A flow's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListDetail {
    /// Its number.
    pub id: ListId,
    /// Name of the office's file.
    pub file_name: String,
    /// Names of its columns.
    pub columns: Vec<String>,
    /// What they meant when it was read; where nothing is kept, what their names say.
    pub meanings: Meanings,
    /// Kinds of problems of the wrong rows, by the key of their words, each with how many.
    pub problems: Vec<(String, i64)>,
    /// Days of sending that its rows have; none where its file says none.
    pub starts: Starts,
    /// Rows whose person already got the same content, and in how many of the last days.
    pub already: Option<(i64, i16)>,
    /// When its reading began.
    pub created_at: UnixMillis,
    /// Good rows.
    pub valid_rows: i64,
    /// What else was found.
    pub facts: ListFacts,
}

impl ListDetail {
    /// Its columns with what they meant when it was read: a format writes by it.
    #[must_use]
    pub fn meant_columns(&self) -> Columns {
        Columns::from_ledger(self.columns.clone()).meaning(self.meanings.as_deref())
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    summary: row::Row,
    subject: String,
    markdown: String,
    payment: i16,
    invalid_after_due: i16,
    version: i64,
    checked_version: Option<i64>,
    file_id: Option<i64>,
    revision: Option<i64>,
    sameness: Option<Vec<u8>>,
    activated_at: Option<i64>,
    started_at: Option<i64>,
    first_call_at: Option<i64>,
    ended_at: Option<i64>,
    activated_by: Option<String>,
}

#[derive(sqlx::FromRow)]
struct ListRow {
    id: i64,
    file_name: String,
    columns: String,
    meanings: Option<String>,
    problems: Option<String>,
    starts: Option<String>,
    created_at: i64,
    valid_rows: i64,
    wrong_rows: i64,
    repaired_rows: i64,
    same_rows: i64,
    different_rows: i64,
    total_cents: Option<i64>,
    min_cents: Option<i64>,
    max_cents: Option<i64>,
    corrected_cells: i64,
    excluded_rows: i64,
    first_due_at: Option<i64>,
    last_due_at: Option<i64>,
    shortest_row: Option<i64>,
    longest_row: Option<i64>,
    already_rows: Option<i64>,
    already_days: Option<i16>,
}

pub(crate) const FIND: &str = concat!(
    "select ",
    columns!(),
    ", f.subject, f.markdown, n.payment, f.invalid_after_due, f.version, f.checked_version, f.file_id,
       (select d.revision from draft_file d where d.id = f.file_id) as revision, f.sameness, f.activated_at,
       f.started_at, f.first_call_at, f.ended_at,
       (select a.activated_by from approval a where a.flow_id = f.id) as activated_by
     from flow f join service s on s.id = f.service_id join nature n on n.id = f.nature_id
       left join list l on l.id = f.list_id
     where f.id = $4 and f.organization_id = $1 and ",
    shown!(),
    " and ",
    in_scope!("f.service_id", "$2", "$3")
);

const FIND_LIST: &str = "select id, file_name, columns, meanings, problems, starts, created_at, valid_rows, wrong_rows,
       repaired_rows, same_rows, different_rows, total_cents, min_cents, max_cents, corrected_cells, excluded_rows,
       first_due_at, last_due_at, shortest_row, longest_row, already_rows, already_days
     from list where id = $1";

impl Store {
    /// The flow with this number.
    ///
    /// # Errors
    /// The database.
    pub async fn find_flow(&self, scope: &Scope, flow: FlowId) -> Result<Option<FlowDetail>, StoreError> {
        let mut reader = self.db.reader().await?;
        let operator = scope.operator();
        let row =
            fetch_optional!(reader, Row, FIND, scope.organization.0, operator, needed(Rights::LOOK), flow.0)?;
        let Some(row) = row else { return Ok(None) };
        let summary = row::summary(row.summary)?;
        let list = match summary.list {
            Some(list) => {
                fetch_optional!(reader, ListRow, FIND_LIST, list.0)?.map(list_detail).transpose()?
            }
            None => None,
        };
        Ok(Some(FlowDetail {
            summary,
            subject: row.subject,
            markdown: row.markdown,
            payment: row.payment != 0,
            invalid_after_due_date: row.invalid_after_due != 0,
            version: row.version,
            checked_version: row.checked_version,
            file: row.file_id.map(DraftFileId),
            revision: row.revision,
            sameness: row.sameness,
            activated_at: row.activated_at.map(UnixMillis),
            started_at: row.started_at.map(UnixMillis),
            first_call_at: row.first_call_at.map(UnixMillis),
            ended_at: row.ended_at.map(UnixMillis),
            activated_by: row.activated_by,
            list,
        }))
    }
}

fn list_detail(row: ListRow) -> Result<ListDetail, StoreError> {
    Ok(ListDetail {
        id: ListId(row.id),
        file_name: row.file_name,
        columns: values::texts(&row.columns)?,
        meanings: meanings::from_json(row.meanings.as_deref())?,
        problems: row.problems.as_deref().map(problems).transpose()?.unwrap_or_default(),
        starts: expeditions::from_json(row.starts.as_deref())?,
        already: row.already_rows.zip(row.already_days),
        created_at: UnixMillis(row.created_at),
        valid_rows: row.valid_rows,
        facts: ListFacts {
            wrong_rows: row.wrong_rows,
            repaired_rows: row.repaired_rows,
            same_rows: row.same_rows,
            different_rows: row.different_rows,
            total_cents: row.total_cents,
            min_cents: row.min_cents,
            max_cents: row.max_cents,
            corrected_cells: row.corrected_cells,
            excluded_rows: row.excluded_rows,
            first_due_at: row.first_due_at,
            last_due_at: row.last_due_at,
            shortest_row: row.shortest_row,
            longest_row: row.longest_row,
        },
    })
}

fn problems(json: &str) -> Result<Vec<(String, i64)>, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::Corrupt("kinds of problems"))
}

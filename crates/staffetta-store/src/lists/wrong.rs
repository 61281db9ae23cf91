//! *Righe scartate*: what was wrong, where, and what to do about it.

use crate::db::{execute, fetch_all};
use crate::lists::Cells;
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError, values};
use serde_json::json;
use staffetta_domain::{ListId, Phrase, Rights};

/// One problem of one row of the office's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongRow {
    /// Line of the file, from 1.
    pub line: i64,
    /// Which of the line's problems, from 0.
    pub position: i16,
    /// Name of the column, where the problem is of one column.
    pub column_name: Option<String>,
    /// The value, shortened.
    pub value: String,
    /// What is wrong.
    pub reason: Phrase,
    /// What to do.
    pub remedy: Phrase,
    /// The cells of the line, once for each line: with its first problem. None where they could not be read.
    pub cells: Option<Cells>,
    /// How many good rows come before the line; none where it was not written down.
    pub after_row: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    line: i64,
    position: i16,
    column_name: Option<String>,
    value: String,
    reason: String,
    remedy: String,
    cells: Option<String>,
    after_row: Option<i64>,
}

const INSERT_SQLITE: &str = "insert into wrong_row (list_id, line, position, column_name, value, reason, remedy, cells, after_row)
     select $2, cast(value->>0 as bigint), cast(value->>1 as bigint), value->>2, value->>3, value->>4, value->>5,
       value->>6, cast(value->>7 as bigint)
     from json_each($1)
     where exists (select 1 from list where id = $2 and complete = 0 and discarded = 0)";

const INSERT_POSTGRES: &str = "insert into wrong_row (list_id, line, position, column_name, value, reason, remedy, cells, after_row)
     select $2, cast(value->>0 as bigint), cast(value->>1 as bigint), value->>2, value->>3, value->>4, value->>5,
       value->>6, cast(value->>7 as bigint)
     from json_array_elements($1::json)
     where exists (select 1 from list where id = $2 and complete = 0 and discarded = 0)";

pub(crate) const PAGE: &str = concat!(
    "select w.line, w.position, w.column_name, w.value, w.reason, w.remedy, w.cells, w.after_row
     from wrong_row w join list l on l.id = w.list_id
     where w.list_id = $4 and (w.line, w.position) > ($5, $6) and l.organization_id = $1 and ",
    in_scope!("l.service_id", "$2", "$3"),
    " order by w.line, w.position limit $7"
);

impl Store {
    /// Keeps wrong rows of a list that is being read.
    ///
    /// # Errors
    /// The database.
    pub async fn add_wrong_rows(&self, list: ListId, rows: &[WrongRow]) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut values = Vec::with_capacity(rows.len());
        for row in rows {
            values.push(json!([
                row.line,
                row.position,
                row.column_name.as_deref().map(without_nul),
                without_nul(&row.value),
                phrase_text(&row.reason)?,
                phrase_text(&row.remedy)?,
                row.cells.as_ref().map(Cells::as_json),
                row.after_row,
            ]));
        }
        let values = serde_json::Value::from(values).to_string();
        let mut tx = self.db.begin().await?;
        let insert = if tx.is_postgres() { INSERT_POSTGRES } else { INSERT_SQLITE };
        execute!(tx, insert, values, list.0)?;
        tx.commit().await?;
        Ok(())
    }

    /// The wrong rows of a list, in the order of the file, after a line and position.
    ///
    /// # Errors
    /// The database.
    pub async fn wrong_rows(
        &self,
        scope: &Scope,
        list: ListId,
        after: Option<(i64, i16)>,
        limit: usize,
    ) -> Result<Vec<WrongRow>, StoreError> {
        let (line, position) = after.unwrap_or((0, -1));
        let mut reader = self.db.reader().await?;
        let rows = fetch_all!(
            reader,
            Row,
            PAGE,
            scope.organization.0,
            scope.operator(),
            needed(Rights::LOOK),
            list.0,
            line,
            position,
            values::limit(limit),
        )?;
        rows.into_iter().map(wrong_row).collect()
    }
}

fn wrong_row(row: Row) -> Result<WrongRow, StoreError> {
    Ok(WrongRow {
        line: row.line,
        position: row.position,
        column_name: row.column_name,
        value: row.value,
        reason: phrase(&row.reason)?,
        remedy: phrase(&row.remedy)?,
        cells: row.cells.map(Cells::from_json),
        after_row: row.after_row,
    })
}

/// PostgreSQL's text holds no NUL; a wrong value may.
fn without_nul(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

fn phrase_text(phrase: &Phrase) -> Result<String, StoreError> {
    serde_json::to_string(phrase).map_err(|_| StoreError::Corrupt("a sentence"))
}

fn phrase(text: &str) -> Result<Phrase, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Corrupt("a sentence"))
}

//! Persons of a list who may have got the very same message a few days ago.
//!
//! A flow with the same texts is looked for first: without one there is nothing to compare, and that is nearly always
//! so. Whether the contents are the same, values and all, is told by their hashes; who asks makes that of the new row.

use crate::db::{execute, fetch_all};
use crate::expeditions;
use crate::lists::Cells;
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError, values};
use staffetta_domain::{
    Amount, DueDate, Expedition, FlowId, ListId, NoticeNumber, NotificationId, PaymentTerms, Rights,
    UnixMillis,
};

/// A row of a new list, and what its person got before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlreadySent {
    /// The new row.
    pub id: NotificationId,
    /// Its cells.
    pub cells: Cells,
    /// Its due date.
    pub due_date: Option<DueDate>,
    /// Its amount.
    pub amount: Option<Amount>,
    /// Its notice number.
    pub notice_number: Option<NoticeNumber>,
    /// What else its payment says.
    pub terms: PaymentTerms,
    /// The row that the person got before.
    pub earlier: NotificationId,
    /// Hash of what it said.
    pub content_hash: Vec<u8>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    cells: Option<String>,
    due_at: Option<i64>,
    amount_cents: Option<i64>,
    notice_number: Option<String>,
    invalid_after_due: Option<i16>,
    payee: Option<String>,
    earlier: i64,
    content_hash: Vec<u8>,
}

/// The newest flows with the texts of a flow, of which something left since a moment.
pub(crate) const SAME_TEXTS: &str = concat!(
    "select f.list_id from flow o join flow f on f.organization_id = o.organization_id
     where o.id = $4 and o.organization_id = $1 and f.id <> o.id and f.list_id is not null
       and f.first_call_at is not null and (f.ended_at is null or f.ended_at >= $5)
       and f.subject = o.subject and f.markdown = o.markdown and ",
    in_scope!("f.service_id", "$2", "$3"),
    " order by f.created_at desc limit 20"
);

/// What IO took, or may have taken.
pub(crate) const SAME_PERSONS: &str =
    "select n.id, n.cells, n.due_at, n.amount_cents, n.notice_number, n.invalid_after_due, n.payee, m.id as earlier,
       m.content_hash
     from recipient n join recipient_key k on k.value = n.fiscal_code
       and k.segment in (select id from recipient_segment where id > $4 and id <= $5 union all select 0)
       and k.recipient_id > $4 and k.recipient_id <= $5
     join notification m on m.id = k.recipient_id
     where n.id > $1 and n.id <= $2 and m.state in (2, 3, 7) and m.handled_at >= $6 and m.content_hash is not null
     order by n.id, m.id limit $3";

impl Store {
    /// Lists whose flows have the texts of this one, and of which something left since a moment.
    ///
    /// # Errors
    /// The database.
    pub async fn lists_of_same_texts(
        &self,
        scope: &Scope,
        flow: FlowId,
        since: UnixMillis,
    ) -> Result<Vec<ListId>, StoreError> {
        let mut reader = self.db.reader().await?;
        let (organization, operator) = (scope.organization.0, scope.operator());
        let look = needed(Rights::LOOK);
        let lists = fetch_all!(reader, (i64,), SAME_TEXTS, organization, operator, look, flow.0, since.0)?;
        Ok(lists.into_iter().map(|(list,)| ListId(list)).collect())
    }

    /// Rows of a list after one of them whose person got something of an earlier list since a moment.
    ///
    /// # Errors
    /// The database.
    pub async fn same_persons(
        &self,
        list: ListId,
        after: Option<NotificationId>,
        (earlier, since): (ListId, UnixMillis),
        rows: usize,
    ) -> Result<Vec<AlreadySent>, StoreError> {
        let mut reader = self.db.reader().await?;
        let ((first, last), (from, to)) = (list.bounds(), earlier.bounds());
        let first = after.unwrap_or(first);
        let rows = fetch_all!(
            reader,
            Row,
            SAME_PERSONS,
            first.0,
            last.0,
            values::limit(rows),
            from.0,
            to.0,
            since.0
        )?;
        rows.into_iter().map(already).collect()
    }

    /// Writes down how many rows of a list are of persons who already got the same, in how many of the last days.
    ///
    /// # Errors
    /// The database.
    pub async fn note_already_sent(&self, list: ListId, rows: i64, days: i16) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        execute!(
            tx,
            "update list set already_rows = $2, already_days = $3 where id = $1",
            list.0,
            rows,
            days
        )?;
        tx.commit().await?;
        Ok(())
    }

    /// Writes down what kinds of problems a list has that is being read, each with how many.
    ///
    /// # Errors
    /// The database.
    pub async fn note_problems(&self, list: ListId, problems: &[(String, i64)]) -> Result<(), StoreError> {
        let json = serde_json::to_string(problems).map_err(|_| StoreError::Corrupt("kinds of problems"))?;
        let mut tx = self.db.begin().await?;
        execute!(tx, "update list set problems = $2 where id = $1 and complete = 0", list.0, json)?;
        tx.commit().await?;
        Ok(())
    }

    /// Writes down what days of sending the rows of a list have that is being read, each with how many.
    ///
    /// # Errors
    /// The database.
    pub async fn note_starts(
        &self,
        list: ListId,
        starts: &[(Option<Expedition>, i64)],
    ) -> Result<(), StoreError> {
        let json = expeditions::to_json(starts)?;
        let mut tx = self.db.begin().await?;
        execute!(tx, "update list set starts = $2 where id = $1 and complete = 0", list.0, json)?;
        tx.commit().await?;
        Ok(())
    }
}

fn already(row: Row) -> Result<AlreadySent, StoreError> {
    Ok(AlreadySent {
        id: NotificationId(row.id),
        cells: Cells::from_json(row.cells.unwrap_or_default()),
        due_date: values::due_date(row.due_at),
        amount: values::amount(row.amount_cents)?,
        notice_number: values::notice_number(row.notice_number.as_deref())?,
        terms: values::terms(row.invalid_after_due, row.payee.as_deref())?,
        earlier: NotificationId(row.earlier),
        content_hash: row.content_hash,
    })
}

//! Persons of a list who may have got the very same message a few days ago.
//!
//! A flow with the same texts is looked for first: without one there is nothing to compare, and that is nearly always
//! so. Whether the contents are the same, values and all, is told by their hashes; who asks makes that of the new row.

use crate::batch::{Batch, Kind, ROWS_MAX};
use crate::db::{execute, fetch_all, fetch_optional};
use crate::expeditions;
use crate::lists::Cells;
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError, values};
use staffetta_domain::{
    Amount, DueDate, Expedition, FiscalCode, FlowId, ListId, NoticeNumber, NotificationId, PaymentTerms,
    Rights, UnixMillis,
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

/// A row whose person already got the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlreadyRow {
    /// The row.
    pub id: NotificationId,
    /// Its person.
    pub fiscal_code: FiscalCode,
    /// Its cells.
    pub cells: Cells,
    /// What the person got before.
    pub earlier: NotificationId,
    /// Of which flow, where this person may look at it.
    pub earlier_flow: Option<FlowId>,
    /// When that was sent, where this person may look at it.
    pub handled_at: Option<UnixMillis>,
    /// Nobody knows whether that arrived.
    pub uncertain: bool,
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

/// The newest flows with the texts of a flow, of which something left since a moment; not the one that it puts right,
/// whose recipients it has on purpose.
pub(crate) const SAME_TEXTS: &str = concat!(
    "select f.list_id from flow o join flow f on f.organization_id = o.organization_id
     where o.id = $4 and o.organization_id = $1 and f.id <> o.id and f.list_id is not null
       and f.first_call_at is not null and (f.ended_at is null or f.ended_at >= $5)
       and f.subject = o.subject and f.markdown = o.markdown
       and not exists (select 1 from errata e where e.flow_id = o.id and e.source_id = f.id) and ",
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

const ADD: &str = "insert into already_row (notification_id, earlier_id)
     select v.row_id, coalesce(max(case when n.state in (2, 3) then n.id end), max(n.id))
     from {v} join notification n on n.id = v.earlier where v.row_id is not null group by v.row_id
     on conflict (notification_id) do update set earlier_id = excluded.earlier_id
       where exists (select 1 from notification k where k.id = already_row.earlier_id and k.state not in (2, 3))
         and exists (select 1 from notification k where k.id = excluded.earlier_id and k.state in (2, 3))";

const COUNT: &str = "update list set already_days = $4, already_rows =
       (select count(*) from already_row where notification_id > $2 and notification_id <= $3)
     where id = $1 returning already_rows";

/// What IO took, or may have taken, as it stands now. What was sent for a service that is not this person's is told by
/// nothing but its number.
pub(crate) const ROWS: &str = concat!(
    "select r.id, r.fiscal_code, r.cells, a.earlier_id, m.handled_at, m.flow_id,
       cast(case when e.state = 7 then 1 else 0 end as bigint)
     from flow f join already_row a on a.notification_id > f.list_id << 24 and a.notification_id < (f.list_id + 1) << 24
       join recipient r on r.id = a.notification_id
       join notification e on e.id = a.earlier_id and e.state in (2, 3, 7)
       left join notification m on m.id = a.earlier_id and ",
    in_scope!("m.service_id", "$2", "$3"),
    " where f.id = $4 and f.organization_id = $1 and a.notification_id > $5 and ",
    in_scope!("f.service_id", "$2", "$3"),
    " order by a.notification_id limit $6"
);

impl AlreadyRow {
    /// Whether it is told that nobody knows whether that arrived: to who may look at it.
    #[must_use]
    pub const fn tells_uncertain(&self) -> bool {
        self.uncertain && self.handled_at.is_some()
    }
}

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
        let mut reader = self.db.long_reader().await?;
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

    /// Writes down rows of a list whose person already got the same, each with the row that said it: the first that is
    /// told, or one of which it is certain where that is not.
    ///
    /// # Errors
    /// The database.
    pub async fn add_already_sent(
        &self,
        rows: &[(NotificationId, NotificationId)],
    ) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        for rows in rows.chunks(ROWS_MAX) {
            let columns = [("row_id", Kind::Int), ("earlier", Kind::Int)];
            let rows = Batch::new(columns, rows.iter().map(|(id, earlier)| [id.0.into(), earlier.0.into()]));
            rows.execute(&mut tx, ADD, &[]).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Writes beside a list how many of its rows were found to be of persons who already got the same, in how many of
    /// the last days; gives how many.
    ///
    /// # Errors
    /// The database.
    pub async fn count_already_sent(&self, list: ListId, days: i16) -> Result<i64, StoreError> {
        let mut tx = self.db.begin().await?;
        let (first, last) = list.bounds();
        let counted = fetch_optional!(tx, (i64,), COUNT, list.0, first.0, last.0, days)?;
        tx.commit().await?;
        Ok(counted.map_or(0, |(rows,)| rows))
    }

    /// Rows of a flow whose person already got the same, in the order of the office's file, after a row.
    ///
    /// # Errors
    /// The database.
    pub async fn already_rows(
        &self,
        scope: &Scope,
        flow: FlowId,
        after: Option<NotificationId>,
        limit: usize,
    ) -> Result<Vec<AlreadyRow>, StoreError> {
        let mut reader = self.db.reader().await?;
        let (organization, operator) = (scope.organization.0, scope.operator());
        let (after, limit) = (after.map_or(0, |after| after.0), values::limit(limit));
        let look = needed(Rights::LOOK);
        let rows = fetch_all!(
            reader,
            (i64, String, Option<String>, i64, Option<i64>, Option<i64>, i64),
            ROWS,
            organization,
            operator,
            look,
            flow.0,
            after,
            limit
        )?;
        rows.into_iter()
            .map(|(id, code, cells, earlier, handled_at, earlier_flow, uncertain)| {
                Ok(AlreadyRow {
                    id: NotificationId(id),
                    fiscal_code: FiscalCode::from_ledger(&code)
                        .ok_or(StoreError::Corrupt("a fiscal code"))?,
                    cells: Cells::from_json(cells.unwrap_or_default()),
                    earlier: NotificationId(earlier),
                    earlier_flow: earlier_flow.map(FlowId),
                    handled_at: handled_at.map(UnixMillis),
                    uncertain: uncertain != 0,
                })
            })
            .collect()
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

//! One notification, with all that its page shows.

use crate::db::fetch_optional;
use crate::draft_files::meanings::{self, Meanings};
use crate::notifications::row::{self, NotificationRow, columns};
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError, values};
use staffetta_domain::{Columns, ContentHash, NatureId, NotificationId, Rights, UnixMillis};

/// A notification, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotificationDetail {
    /// What its line shows.
    pub row: NotificationRow,
    /// *Oggetto*: with its places, if it is of a flow.
    pub subject: String,
    /// *Contenuto*: with its places, if it is of a flow.
    pub markdown: String,
    /// Names of the columns of the flow's list; empty for a single notification.
    pub columns: Vec<String>,
    /// What they meant when the list was read; where nothing is kept, what their names say.
    pub meanings: Meanings,
    /// The flow's description.
    pub flow_description: Option<String>,
    /// The flow's nature.
    pub nature: Option<NatureId>,
    /// Its name.
    pub nature_name: Option<String>,
    /// Whether amount and notice number go out as a payment: by the nature, or always if single.
    pub payment: bool,
    /// Which attempt it is, from 1.
    pub attempt: i16,
    /// Retries of this attempt.
    pub retries: i16,
    /// When it may be tried again.
    pub retry_at: Option<UnixMillis>,
    /// When IO took it.
    pub accepted_at: Option<UnixMillis>,
    /// When its state became final.
    pub settled_at: Option<UnixMillis>,
    /// When its status is asked for next.
    pub next_check_at: Option<UnixMillis>,
    /// How often it was asked for.
    pub checks: i16,
    /// Hash of what IO got.
    pub content_hash: Option<ContentHash>,
    /// Who wrote a single notification.
    pub created_by: Option<String>,
}

impl NotificationDetail {
    /// The columns of its flow's list with what they meant when that was read: a format writes by it.
    #[must_use]
    pub fn meant_columns(&self) -> Columns {
        Columns::from_ledger(self.columns.clone()).meaning(self.meanings.as_deref())
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    line: row::Row,
    flow_subject: Option<String>,
    flow_markdown: Option<String>,
    single_markdown: Option<String>,
    columns: Option<String>,
    meanings: Option<String>,
    flow_description: Option<String>,
    nature_id: Option<i64>,
    nature_name: Option<String>,
    payment: Option<i16>,
    attempt: i16,
    retries: i16,
    retry_at: Option<i64>,
    accepted_at: Option<i64>,
    settled_at: Option<i64>,
    next_check_at: Option<i64>,
    checks: i16,
    content_hash: Option<Vec<u8>>,
    created_by: Option<String>,
}

pub(crate) const FIND: &str = concat!(
    "select ",
    columns!(),
    ", f.subject as flow_subject, f.markdown as flow_markdown,
       r.markdown as single_markdown, l.columns, l.meanings, f.description as flow_description, f.nature_id,
       a.name as nature_name, a.payment, n.attempt, n.retries, n.retry_at,
       n.accepted_at, n.settled_at, n.next_check_at, n.checks, n.content_hash, n.created_by
     from notification n join recipient r on r.id = n.id join service s on s.id = n.service_id
       left join flow f on f.id = n.flow_id left join nature a on a.id = f.nature_id
       left join list l on l.id = f.list_id
     where n.id = $4 and n.organization_id = $1 and (n.flow_id is null or f.list_id = n.id >> 24) and ",
    in_scope!("n.service_id", "$2", "$3")
);

impl Store {
    /// The notification with this number; of a draft too, for its preview.
    ///
    /// # Errors
    /// The database.
    pub async fn find_notification(
        &self,
        scope: &Scope,
        id: NotificationId,
    ) -> Result<Option<NotificationDetail>, StoreError> {
        let mut reader = self.db.reader().await?;
        let operator = scope.operator();
        let row =
            fetch_optional!(reader, Row, FIND, scope.organization.0, operator, needed(Rights::LOOK), id.0)?;
        row.map(detail).transpose()
    }
}

fn detail(row: Row) -> Result<NotificationDetail, StoreError> {
    let line = row::line(row.line)?;
    let text = |single: Option<String>, flow: Option<String>| {
        single.or(flow).ok_or(StoreError::Corrupt("a notification without text"))
    };
    let hash = row.content_hash.map(<[u8; 16]>::try_from).transpose();
    Ok(NotificationDetail {
        subject: text(line.subject.clone(), row.flow_subject)?,
        markdown: text(row.single_markdown, row.flow_markdown)?,
        columns: row.columns.as_deref().map(values::texts).transpose()?.unwrap_or_default(),
        meanings: meanings::from_json(row.meanings.as_deref())?,
        flow_description: row.flow_description,
        nature: row.nature_id.map(NatureId),
        nature_name: row.nature_name,
        payment: row.payment.is_none_or(|payment| payment != 0),
        attempt: row.attempt,
        retries: row.retries,
        retry_at: row.retry_at.map(UnixMillis),
        accepted_at: row.accepted_at.map(UnixMillis),
        settled_at: row.settled_at.map(UnixMillis),
        next_check_at: row.next_check_at.map(UnixMillis),
        checks: row.checks,
        content_hash: hash.map_err(|_| StoreError::Corrupt("a content's hash"))?.map(ContentHash),
        created_by: row.created_by,
        row: line,
    })
}

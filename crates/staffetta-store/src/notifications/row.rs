//! A notification as one line of the archive or of an export.

use crate::db::{Reader, fetch_all};
use crate::draft_files::meanings;
use crate::lists::Cells;
use crate::{StoreError, values};
use staffetta_domain::{
    Amount, Columns, DueDate, FiscalCode, FlowId, NoticeNumber, NotificationId, NotificationState,
    PaymentTerms, Reason, ServiceId, UnixMillis,
};
use std::collections::{BTreeMap, BTreeSet};

/// One line of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotificationRow {
    /// Its number.
    pub id: NotificationId,
    /// The flow; none for a single notification.
    pub flow: Option<FlowId>,
    /// The service.
    pub service: ServiceId,
    /// Its name.
    pub service_name: String,
    /// The recipient.
    pub fiscal_code: FiscalCode,
    /// State.
    pub state: NotificationState,
    /// Why.
    pub reason: Option<Reason>,
    /// What IO said.
    pub detail: Option<String>,
    /// When it left the queue for the last time.
    pub handled_at: Option<UnixMillis>,
    /// When a single notification was written.
    pub created_at: Option<UnixMillis>,
    /// *Stato Mail*.
    pub email_status: Option<String>,
    /// IO's number for the message.
    pub io_message_id: Option<String>,
    /// The ente's own reference of a single notification.
    pub reference: Option<String>,
    /// IO's due date.
    pub due_date: Option<DueDate>,
    /// Amount.
    pub amount: Option<Amount>,
    /// Notice number.
    pub notice_number: Option<NoticeNumber>,
    /// What else its payment says.
    pub terms: PaymentTerms,
    /// *Oggetto* of a single notification; that of a flow is merged from [`NotificationPage::flows`].
    pub subject: Option<String>,
    /// The cells of the office's row.
    pub cells: Option<Cells>,
    /// The flow of whose message it is a test.
    pub test_of: Option<FlowId>,
}

/// What the rows of a flow have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowTexts {
    /// *Oggetto*, with its places.
    pub subject: String,
    /// The ente's own description.
    pub description: String,
    /// The ente's own reference of the flow.
    pub reference: Option<String>,
    /// The columns of its list, with what they meant when it was read.
    pub columns: Columns,
}

/// A page of the archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotificationPage {
    /// The rows.
    pub rows: Vec<NotificationRow>,
    /// The flows that they belong to.
    pub flows: BTreeMap<FlowId, FlowTexts>,
}

/// What every reading of rows selects, from notification n, recipient r and service s.
macro_rules! columns {
    () => {
        "n.id, n.flow_id, n.service_id, s.name as service_name, r.fiscal_code, n.state, n.reason, n.detail,
             n.handled_at, n.created_at, n.email_status, n.io_message_id, n.reference, r.due_at, r.amount_cents,
             r.notice_number, r.invalid_after_due, r.payee, r.subject, r.cells, n.test_of"
    };
}

pub(crate) use columns;

#[derive(sqlx::FromRow)]
pub(crate) struct Row {
    id: i64,
    flow_id: Option<i64>,
    service_id: i64,
    service_name: String,
    fiscal_code: String,
    state: i16,
    reason: Option<i16>,
    detail: Option<String>,
    handled_at: Option<i64>,
    created_at: Option<i64>,
    email_status: Option<String>,
    io_message_id: Option<String>,
    reference: Option<String>,
    due_at: Option<i64>,
    amount_cents: Option<i64>,
    notice_number: Option<String>,
    invalid_after_due: Option<i16>,
    payee: Option<String>,
    subject: Option<String>,
    cells: Option<String>,
    test_of: Option<i64>,
}

pub(crate) fn line(row: Row) -> Result<NotificationRow, StoreError> {
    Ok(NotificationRow {
        id: NotificationId(row.id),
        flow: row.flow_id.map(FlowId),
        service: ServiceId(row.service_id),
        service_name: row.service_name,
        fiscal_code: values::fiscal_code(&row.fiscal_code)?,
        state: values::notification_state(row.state)?,
        reason: values::reason(row.reason)?,
        detail: row.detail,
        handled_at: row.handled_at.map(UnixMillis),
        created_at: row.created_at.map(UnixMillis),
        email_status: row.email_status,
        io_message_id: row.io_message_id,
        reference: row.reference,
        due_date: values::due_date(row.due_at),
        amount: values::amount(row.amount_cents)?,
        notice_number: values::notice_number(row.notice_number.as_deref())?,
        terms: values::terms(row.invalid_after_due, row.payee.as_deref())?,
        subject: row.subject,
        cells: row.cells.map(Cells::from_json),
        test_of: row.test_of.map(FlowId),
    })
}

const TEXTS: [&str; 2] = [
    "select f.id, f.subject, f.description, f.reference, l.columns, l.meanings
     from json_each($1) wanted join flow f on f.id = wanted.value join list l on l.id = f.list_id",
    "select f.id, f.subject, f.description, f.reference, l.columns, l.meanings
     from json_array_elements_text($1::json) wanted (value) join flow f on f.id = cast(wanted.value as bigint)
       join list l on l.id = f.list_id",
];

/// Completes rows to a page: what their flows have in common is read once for each flow.
pub(crate) async fn page(
    reader: &mut Reader,
    rows: Vec<NotificationRow>,
) -> Result<NotificationPage, StoreError> {
    let flows: BTreeSet<FlowId> = rows.iter().filter_map(|row| row.flow).collect();
    if flows.is_empty() {
        return Ok(NotificationPage { rows, flows: BTreeMap::new() });
    }
    let wanted = serde_json::to_string(&flows).map_err(|_| StoreError::Corrupt("numbers of flows"))?;
    let text = TEXTS[usize::from(reader.is_postgres())];
    let found =
        fetch_all!(reader, (i64, String, String, Option<String>, String, Option<String>), text, wanted)?;
    let mut flows = BTreeMap::new();
    for (id, subject, description, reference, columns, meanings) in found {
        let meanings = meanings::from_json(meanings.as_deref())?;
        let columns = Columns::from_ledger(values::texts(&columns)?).meaning(meanings.as_deref());
        flows.insert(FlowId(id), FlowTexts { subject, description, reference, columns });
    }
    Ok(NotificationPage { rows, flows })
}

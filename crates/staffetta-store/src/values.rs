//! Numbers of the ledger and what they stand for.

use crate::error::StoreError;
use staffetta_domain::{
    Amount, DueDate, FiscalCode, FlowState, NoticeNumber, NotificationState, Payee, PaymentTerms, Reason,
    UnixMillis,
};

pub(crate) fn flow_state(number: i16) -> Result<FlowState, StoreError> {
    FlowState::from_number(number).ok_or(StoreError::Corrupt("a flow's state"))
}

pub(crate) fn notification_state(number: i16) -> Result<NotificationState, StoreError> {
    NotificationState::from_number(number).ok_or(StoreError::Corrupt("a notification's state"))
}

pub(crate) fn reason(number: Option<i16>) -> Result<Option<Reason>, StoreError> {
    number.map(|number| Reason::from_number(number).ok_or(StoreError::Corrupt("a reason"))).transpose()
}

pub(crate) fn fiscal_code(text: &str) -> Result<FiscalCode, StoreError> {
    FiscalCode::from_ledger(text).ok_or(StoreError::Corrupt("a fiscal code"))
}

pub(crate) fn amount(cents: Option<i64>) -> Result<Option<Amount>, StoreError> {
    cents.map(|cents| Amount::from_cents(cents).ok_or(StoreError::Corrupt("an amount"))).transpose()
}

pub(crate) fn notice_number(text: Option<&str>) -> Result<Option<NoticeNumber>, StoreError> {
    text.map(|text| NoticeNumber::read(text).map_err(|_| StoreError::Corrupt("a notice number"))).transpose()
}

pub(crate) fn terms(invalid_after_due: Option<i16>, payee: Option<&str>) -> Result<PaymentTerms, StoreError> {
    let payee = payee.map(Payee::read).transpose().map_err(|_| StoreError::Corrupt("a payee"))?.flatten();
    Ok(PaymentTerms { invalid_after_due_date: invalid_after_due == Some(1), payee })
}

pub(crate) fn due_date(at: Option<i64>) -> Option<DueDate> {
    at.map(|at| DueDate::at(UnixMillis(at)))
}

/// The columns of an office's file, or a row's cells, from their JSON list.
pub(crate) fn texts(json: &str) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::Corrupt("a list of cells"))
}

/// A page's length as the databases want it.
pub(crate) fn limit(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

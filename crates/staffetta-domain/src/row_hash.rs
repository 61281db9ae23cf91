//! What tells two rows of a list apart: all that reaches the citizen.

use crate::list_plan::CheckedRow;
use crate::{Payee, PaymentTerms};
use std::borrow::Cow;

/// Hash of all that reaches the citizen of a row.
pub(crate) fn row_hash(row: &CheckedRow, tidy: &[Cow<'_, str>]) -> u128 {
    // One buffer hashed at once: the incremental hasher costs more than such a short text.
    let mut bytes = Vec::with_capacity(256);
    // Each part is preceded by its length, so that no character can move from one to the next.
    let mut part = |part: &[u8]| {
        // A row is never longer than ROW_MAX_BYTES.
        bytes.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend_from_slice(part);
    };
    part(row.fiscal_code.as_str().as_bytes());
    part(row.due_date.map(|date| date.instant().0.to_le_bytes()).as_ref().map_or(&[], |bytes| bytes));
    part(row.amount.map(|amount| amount.cents().to_le_bytes()).as_ref().map_or(&[], |bytes| bytes));
    part(row.notice_number.as_ref().map_or("", |number| number.as_str()).as_bytes());
    if row.terms != PaymentTerms::default() {
        part(&[u8::from(row.terms.invalid_after_due_date)]);
        part(row.terms.payee.as_ref().map_or("", Payee::as_str).as_bytes());
    }
    for value in tidy {
        part(value.as_bytes());
    }
    let mut same = [0; 16];
    same.copy_from_slice(&blake3::hash(&bytes).as_bytes()[..16]);
    u128::from_le_bytes(same)
}

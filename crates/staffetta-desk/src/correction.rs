//! *Correggi e reinvia*: a row of a flow, as a person put it right, checked as when its list was read.

use staffetta_domain::list_plan::PlanInput;
use staffetta_domain::payment_terms::yes_or_no;
use staffetta_domain::{ListPlan, Meaning, RowProblem};
use staffetta_store::corrections::Correction;
use staffetta_store::lists::Cells;
use staffetta_store::notifications::NotificationDetail;
use staffetta_store::{Scope, Store, StoreError};

/// Why a row is not corrected.
#[derive(Debug, thiserror::Error)]
pub enum NotCorrected {
    /// The values are not right; all that is wrong with them.
    #[error("the values are not right")]
    Values(Vec<RowProblem>),
    /// It is no row of a flow whose outcome is negative, or not this person's.
    #[error("there is nothing to correct")]
    Nothing,
    /// The ledger.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether a notification can be corrected and sent again: a row of a flow that IO has not put before the citizen.
#[must_use]
pub fn can_be_corrected(detail: &NotificationDetail) -> bool {
    detail.row.state.can_be_sent_again() && detail.row.flow.is_some() && detail.row.cells.is_some()
}

/// Checks the values of a row's columns, in the order of the office's file.
///
/// # Errors
/// See [`NotCorrected`].
pub async fn check_correction(
    store: &Store,
    scope: &Scope,
    detail: &NotificationDetail,
    values: &[String],
) -> Result<Correction, NotCorrected> {
    let known = match &detail.row.cells {
        Some(cells) if can_be_corrected(detail) => cells.to_vec()?,
        _ => return Err(NotCorrected::Nothing),
    };
    let service = store.service(scope, detail.row.service).await?.ok_or(NotCorrected::Nothing)?;
    let ente = store.organization(scope.organization).await?.ok_or(NotCorrected::Nothing)?;
    let plan = ListPlan::new(PlanInput {
        header: &detail.columns,
        meanings: detail.meanings.as_deref(),
        invalid_after_due_date: expires_by_choice(detail, &known),
        subject: &detail.subject,
        markdown: &detail.markdown,
        payment: detail.payment,
        markdown_min: ente.content_min,
        amount_max: service.max_amount,
    })
    .map_err(|_| NotCorrected::Nothing)?;
    let cells: Vec<&str> = values.iter().map(String::as_str).collect();
    let row = plan.check(&cells).map_err(NotCorrected::Values)?;
    let changed = detail.columns.iter().zip(known.iter().zip(values));
    let changed: Vec<&str> =
        changed.filter(|(_, (old, new))| old != new).map(|(column, _)| column.as_str()).collect();
    Ok(Correction {
        fiscal_code: row.fiscal_code,
        due_date: row.due_date,
        amount: row.amount,
        notice_number: row.notice_number,
        terms: row.terms,
        cells: cells.into_iter().collect::<Cells>(),
        changed: changed.join(", "),
        all_the_same: false,
    })
}

/// Whether its notice cannot be paid after the due date although no column says so: that was chosen for the whole list,
/// and holds for the corrected row, too.
fn expires_by_choice(detail: &NotificationDetail, known: &[String]) -> bool {
    let column = detail
        .meant_columns()
        .position(Meaning::InvalidAfterDueDate)
        .and_then(|position| known.get(position));
    let by_column = column.is_some_and(|value| yes_or_no(value) == Some(true));
    detail.row.terms.invalid_after_due_date && !by_column
}

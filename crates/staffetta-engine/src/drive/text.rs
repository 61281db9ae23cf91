//! From a row of the ledger to what the citizen receives.

use staffetta_domain::frozen_message::FrozenMessage;
use staffetta_domain::limits::MARKDOWN_MIN_OF_IO;
use staffetta_domain::{Amount, Content, DueDate, FiscalCode, Markdown, NoticeNumber, Payment, Subject};
use staffetta_store::ledger::{Candidate, SendingText};
use std::borrow::Cow;

/// A row cannot be made into a message that IO would take: never sent, shown as an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotAMessage;

/// The frozen text of a flow, ready to be merged. The ente's own least length was checked at activation:
/// if it was raised since, what was activated is still what is sent.
pub(crate) fn frozen(text: &SendingText) -> Option<FrozenMessage> {
    let columns = text.columns().ok()?;
    FrozenMessage::new(&text.subject, &text.markdown, columns, text.payment(), MARKDOWN_MIN_OF_IO).ok()
}

/// Who receives it and what.
pub(crate) fn content(
    row: &Candidate,
    text: Option<&FrozenMessage>,
) -> Result<(FiscalCode, Content), NotAMessage> {
    let fiscal_code = FiscalCode::from_ledger(&row.fiscal_code).ok_or(NotAMessage)?;
    let due_date = row.due_at().map(DueDate::at);
    let amount = match row.amount_cents {
        Some(cents) => Some(Amount::from_cents(cents).ok_or(NotAMessage)?),
        None => None,
    };
    let notice_number = match row.notice_number.as_deref() {
        Some(number) => Some(NoticeNumber::read(number).map_err(|_| NotAMessage)?),
        None => None,
    };
    let terms = row.terms().ok_or(NotAMessage)?;
    let content = match (text, &row.cells, &row.subject, &row.markdown) {
        (Some(text), Some(cells), ..) => {
            let cells: Vec<Cow<'_, str>> = serde_json::from_str(cells).map_err(|_| NotAMessage)?;
            let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
            let content = text.content(&cells, due_date, amount, notice_number);
            content.map_err(|_| NotAMessage)?.on_terms(terms)
        }
        (None, _, Some(subject), Some(markdown)) => Content {
            subject: Subject::new(subject).map_err(|_| NotAMessage)?,
            markdown: Markdown::kept(markdown).map_err(|_| NotAMessage)?,
            due_date,
            payment: match (amount, notice_number) {
                (Some(amount), Some(notice_number)) => Some(Payment { amount, notice_number, terms }),
                (None, None) => None,
                _ => return Err(NotAMessage),
            },
        },
        _ => return Err(NotAMessage),
    };
    Ok((fiscal_code, content))
}

//! What the citizen of a notification receives, made again from what the ledger keeps.

use staffetta_domain::limits::MARKDOWN_MIN_OF_IO;
use staffetta_domain::{Content, FrozenMessage, Markdown, Payment, Subject};
use staffetta_store::StoreError;
use staffetta_store::notifications::NotificationDetail;

/// Why there is no content to show.
#[derive(Debug, thiserror::Error)]
pub enum NotAMessage {
    /// Text and data do not make a message that IO would take: the sending would not make one either.
    #[error("the text and the data of this row do not make a message")]
    Unmade,
    /// The row's cells are not what the ledger writes.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The content of a notification, by the function that the sending calls, with the same values.
///
/// # Errors
/// See [`NotAMessage`]; never for a row of a list that was checked.
pub fn citizen_content(detail: &NotificationDetail) -> Result<Content, NotAMessage> {
    let row = &detail.row;
    let payment = row.amount.zip(row.notice_number);
    let Some(cells) = &row.cells else {
        return Ok(Content {
            subject: Subject::new(&detail.subject).map_err(|_| NotAMessage::Unmade)?,
            markdown: Markdown::kept(&detail.markdown).map_err(|_| NotAMessage::Unmade)?,
            due_date: row.due_date,
            payment: payment.map(|(amount, notice_number)| Payment {
                amount,
                notice_number,
                terms: row.terms,
            }),
        });
    };
    let columns = detail.meant_columns();
    let message =
        FrozenMessage::new(&detail.subject, &detail.markdown, columns, detail.payment, MARKDOWN_MIN_OF_IO)
            .map_err(|_| NotAMessage::Unmade)?;
    let cells = cells.to_vec()?;
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let content = message.content(&cells, row.due_date, row.amount, row.notice_number);
    content.map(|content| content.on_terms(row.terms)).map_err(|_| NotAMessage::Unmade)
}

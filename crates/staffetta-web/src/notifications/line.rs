//! A notification as a line of a table: in the archive and on its flow's page.

use crate::fault::Fault;
use crate::states::StateShown;
use staffetta_desk::{Subjects, email_phrase};
use staffetta_domain::{FlowId, NotificationId, Reason, UnixMillis};
use staffetta_store::notifications::{NotificationPage, NotificationRow};
use staffetta_words::{say, text};

/// A line of the table.
pub(crate) struct Line {
    pub(crate) id: NotificationId,
    pub(crate) date: Option<UnixMillis>,
    pub(crate) fiscal_code: String,
    pub(crate) subject: String,
    pub(crate) service: String,
    pub(crate) flow: Option<FlowId>,
    pub(crate) state: StateShown,
    /// What happened; what to do is told on the notification's page.
    pub(crate) reason: String,
    pub(crate) email: String,
    /// An operator sent it to themselves, to try a flow's message.
    pub(crate) is_test: bool,
}

/// The lines of a page of the ledger.
pub(crate) fn lines(page: &NotificationPage) -> Result<Vec<Line>, Fault> {
    let mut subjects = Subjects::default();
    page.rows
        .iter()
        .map(|row| {
            Ok(Line {
                id: row.id,
                date: row.handled_at.or(row.created_at),
                fiscal_code: row.fiscal_code.as_str().to_owned(),
                subject: subjects.of(row, page)?,
                service: row.service_name.clone(),
                flow: row.flow,
                state: row.state.into(),
                reason: row.reason.map(first_sentence).unwrap_or_default(),
                email: email_words(row),
                is_test: row.test_of.is_some(),
            })
        })
        .collect()
}

/// A reason says first what happened, then what to do.
fn first_sentence(reason: Reason) -> String {
    let words = say(&reason.phrase());
    match words.split_once(". ") {
        Some((first, _)) => format!("{first}."),
        None => words,
    }
}

/// *Stato Mail*; a dash where there is no e-mail copy to tell of.
pub(crate) fn email_words(row: &NotificationRow) -> String {
    email_phrase(row).map_or_else(|| text("email-none"), |phrase| say(&phrase))
}

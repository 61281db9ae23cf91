//! `notification send`.

use crate::engine_run::while_following;
use crate::failure::Failure;
use crate::follow;
use crate::input;
use crate::json;
use crate::output;
use crate::session::Session;
use staffetta_desk::{SingleAmount, SingleRequest, add_single};
use staffetta_domain::{NotificationState, Phrase};
use staffetta_store::notifications::NotificationRow;
use staffetta_words::{say, text};
use std::path::PathBuf;

/// How long the outcome is waited for.
const WAIT_MS: i64 = 60_000;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Which service sends it, by name
    #[arg(long, value_name = "SERVICE")]
    service: String,
    /// To whom; - reads standard input, where the shell's history does not see it
    #[arg(long, value_name = "CODE")]
    fiscal_code: String,
    /// Subject
    #[arg(long, value_name = "TEXT")]
    subject: String,
    /// File with the message in Markdown
    #[arg(long, value_name = "FILE")]
    markdown_file: PathBuf,
    /// Due date, gg/mm/aaaa: until 23:59:59 of that day in Rome
    #[arg(long, value_name = "DATE")]
    due_date: Option<String>,
    /// Amount of a payment, in euro cents
    #[arg(long, value_name = "N", requires = "notice_number")]
    amount_cents: Option<i64>,
    /// Notice number of the payment, 18 digits
    #[arg(long, value_name = "N", requires = "amount_cents")]
    notice_number: Option<String>,
    /// Your own name for it: given again with the same content, the one that is there is returned
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let service = session.service(&arguments.service).await?;
    let markdown = input::text(&arguments.markdown_file)?;
    let fiscal_code = input::value_or_line(&arguments.fiscal_code)?;
    let request = SingleRequest {
        service: Some(service.id),
        fiscal_code: &fiscal_code,
        subject: &arguments.subject,
        markdown: &markdown,
        due_date: arguments.due_date.as_deref(),
        amount: arguments.amount_cents.map(SingleAmount::Cents),
        notice_number: arguments.notice_number.as_deref(),
        reference: arguments.reference.as_deref(),
        form_token: None,
        corrects: None,
    };
    let recorded = add_single(&session.store, &session.scope, request, session.now()).await?;
    if recorded.repaired {
        output::notice(&text("cli-single-repaired"));
    }
    if recorded.existing {
        output::notice(&text("cli-single-existing"));
    }
    for warning in &recorded.warnings {
        output::notice(&say(warning));
    }
    // Whoever stops waiting knows what to look for.
    output::notice(&say(&Phrase::new("cli-single-recorded").with("id", recorded.id)));
    let found = while_following(session, follow::until_handled(session, recorded.id, WAIT_MS)).await?;
    tell(session, &found.row)?;
    match found.row.state {
        NotificationState::Accepted | NotificationState::Delivered => Ok(()),
        NotificationState::Queued => follow::not_held(session).await.and(Err(Failure::told())),
        _ => Err(Failure::told()),
    }
}

fn tell(session: &Session, row: &NotificationRow) -> Result<(), Failure> {
    if session.settings.json {
        return output::json(&json::Notification::of(row));
    }
    let state = say(&row.state.phrase());
    output::line(&say(&Phrase::new("cli-single-outcome").with("id", row.id).with("state", state)))?;
    if let Some(reason) = row.reason {
        output::line(&say(&reason.phrase()))?;
    }
    if let Some(io_id) = &row.io_message_id {
        output::line(&say(&Phrase::new("cli-single-io-id").with("id", io_id)))?;
    }
    if row.state.is_open() {
        output::notice(&text("cli-single-stays-queued"));
    }
    Ok(())
}

//! `notification correct`: the data of a row that went wrong are put right, and it is sent again.

use crate::commands::flow::engine_needed;
use crate::commands::went_back::AllTheSame;
use crate::failure::Failure;
use crate::follow;
use crate::input;
use crate::json;
use crate::output;
use crate::session::Session;
use staffetta_desk::{NotCorrected, check_correction};
use staffetta_domain::{Columns, NotificationId, Phrase, RowProblem};
use staffetta_store::corrections::Correction;
use staffetta_store::notifications::NotificationDetail;
use staffetta_words::say;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Number of the notification, a row of a flow
    #[arg(value_name = "ID")]
    id: NotificationId,
    /// Another value for a column of the office's file; - for the value reads a line of standard input
    #[arg(long, value_name = "COLUMN=VALUE", value_parser = change)]
    set: Vec<(String, String)>,
    /// The person gets this message beside another one of the same flow
    #[arg(long)]
    accept_other: bool,
    #[command(flatten)]
    all_the_same: AllTheSame,
}

fn change(typed: &str) -> Result<(String, String), String> {
    let (column, value) = typed.split_once('=').ok_or("COLUMN=VALUE")?;
    Ok((column.trim().to_owned(), value.to_owned()))
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let (store, scope, id) = (&session.store, &session.scope, arguments.id);
    let found = store.find_notification(scope, id).await?;
    let detail = found.ok_or_else(|| Failure::failed(Phrase::new("cli-no-notification").with("id", id)))?;
    let values = values(&detail, arguments.set)?;
    let correction = match check_correction(store, scope, &detail, &values).await {
        Ok(correction) => correction,
        Err(NotCorrected::Values(problems)) => return Err(wrong(&problems)),
        Err(NotCorrected::Nothing) => return Err(too_late(id)),
        Err(NotCorrected::Store(error)) => return Err(error.into()),
    };
    let others = store.other_rows_of(scope, id, &correction.fiscal_code).await?;
    if others > 0 && !arguments.accept_other {
        return Err(Failure::failed(Phrase::new("correct-other-row").with("rows", others))
            .remedy(Phrase::new("cli-correct-accept-other")));
    }
    if let Some(flow) = detail.row.flow {
        let made_at = follow::find(session, flow).await?.created_at;
        arguments.all_the_same.check(session, flow, made_at)?;
    }
    let correction = Correction { all_the_same: arguments.all_the_same.even_if_sent, ..correction };
    if !store.correct_and_resend(scope, (id, detail.attempt), &correction, session.now()).await? {
        return Err(too_late(id));
    }
    let found = store.find_notification(scope, id).await?.ok_or_else(|| too_late(id))?;
    if session.settings.json {
        output::json(&json::Notification::of(&found.row))?;
    } else {
        output::line(&say(&Phrase::new("cli-corrected").with("id", id)))?;
    }
    engine_needed(session).await
}

/// The values of the row with those that were given.
fn values(detail: &NotificationDetail, changes: Vec<(String, String)>) -> Result<Vec<String>, Failure> {
    let columns = Columns::from_ledger(detail.columns.clone());
    let known = detail.row.cells.as_ref().map(|cells| cells.to_vec()).transpose()?;
    let mut values = known.ok_or_else(|| too_late(detail.row.id))?;
    for (column, value) in changes {
        let position = columns.find(&column).filter(|position| *position < values.len());
        let position = position.ok_or_else(|| {
            let known = columns.names().collect::<Vec<_>>().join(", ");
            Failure::usage(Phrase::new("cli-no-column").with("name", &column).with("columns", known))
        })?;
        values[position] = input::value_or_line(&value)?;
    }
    Ok(values)
}

fn wrong(problems: &[RowProblem]) -> Failure {
    Failure::all(problems.iter().map(|problem| (problem.phrase(), Some(problem.remedy()))).collect())
}

fn too_late(id: NotificationId) -> Failure {
    Failure::failed(Phrase::new("cli-not-correctable").with("id", id))
}

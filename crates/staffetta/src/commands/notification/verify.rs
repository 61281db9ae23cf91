//! `notification verify`: has IO asked now for the outcome.

use crate::commands::flow::engine_needed;
use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use serde::Serialize;
use staffetta_domain::{NotificationId, Phrase};
use staffetta_words::say;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Number of the notification
    #[arg(value_name = "ID")]
    id: NotificationId,
}

#[derive(Serialize)]
struct Asked {
    id: NotificationId,
    verifying: bool,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let id = arguments.id;
    let verifying = session.store.verify_notification(&session.scope, id, session.now()).await?;
    if session.settings.json {
        return output::json(&Asked { id, verifying });
    }
    if !verifying {
        return output::line(&say(&Phrase::new("cli-nothing-to-verify")));
    }
    output::line(&say(&Phrase::new("cli-verifying").with("count", 1)))?;
    engine_needed(session).await
}

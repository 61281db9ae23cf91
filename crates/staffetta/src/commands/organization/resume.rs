//! `organization resume`: a person looked at what was sent after the database's copy was made.

use crate::failure::Failure;
use crate::input;
use crate::output;
use crate::session::Session;
use serde::Serialize;
use staffetta_domain::Phrase;
use staffetta_store::ledger::Waiting;
use staffetta_words::text;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Go on without asking; needed where nobody can be asked
    #[arg(long)]
    yes: bool,
}

#[derive(Serialize)]
struct Resumed {
    resumed: bool,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    if session.organization.held.is_none() {
        return Err(not_held());
    }
    if !arguments.yes {
        confirm()?;
    }
    let released = session.store.release_organization(&session.scope, Waiting::GoesOn, session.now());
    if released.await?.is_none() {
        return Err(not_held());
    }
    if session.settings.json {
        return output::json(&Resumed { resumed: true });
    }
    output::line(&text("cli-organization-resumed"))
}

fn not_held() -> Failure {
    Failure::failed(Phrase::new("cli-organization-not-held"))
}

/// What was already sent would be sent again: a word to be typed is not given by habit.
fn confirm() -> Result<(), Failure> {
    let question = [text("cli-organization-held"), text("cli-organization-held-remedy")].join(" ");
    let question = [question, text("cli-organization-resume-confirm")].join("\n");
    let Some(answer) = input::answer(&question)? else {
        return Err(Failure::usage(Phrase::new("cli-organization-resume-needs-yes")));
    };
    if answer.trim().eq_ignore_ascii_case(&text("cli-organization-resume-word")) {
        return Ok(());
    }
    Err(Failure::failed(Phrase::new("cli-organization-resume-not-confirmed")))
}

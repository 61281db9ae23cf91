//! `organization resume`: a person looked at what was sent after the database's copy was made.

use crate::failure::Failure;
use crate::input;
use crate::output;
use crate::session::Session;
use serde::Serialize;
use staffetta_domain::Phrase;
use staffetta_store::ledger::Waiting;
use staffetta_store::organizations::Held;
use staffetta_words::{say, text};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Go on without asking; needed where nobody can be asked
    #[arg(long)]
    yes: bool,
    /// What waits may have left meanwhile: each becomes an uncertain outcome, to be decided on, and is not sent
    #[arg(long)]
    may_have_left: bool,
}

#[derive(Serialize)]
struct Resumed {
    resumed: bool,
    /// Outcomes that became uncertain.
    uncertain: i64,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let Some(held) = session.organization.held else { return Err(not_held()) };
    if !arguments.yes {
        confirm(held)?;
    }
    let waiting = if arguments.may_have_left { Waiting::MayHaveLeft } else { Waiting::GoesOn };
    let released =
        session.store.release_organization(&session.scope, waiting, held.since, session.now()).await?;
    let Some(uncertain) = released else { return Err(not_held()) };
    if session.settings.json {
        return output::json(&Resumed { resumed: true, uncertain });
    }
    if uncertain > 0 {
        output::line(&say(&Phrase::new("cli-organization-in-doubt").with("count", uncertain)))?;
    }
    output::line(&text("cli-organization-resumed"))
}

fn not_held() -> Failure {
    Failure::failed(Phrase::new("cli-organization-not-held"))
}

/// What was already sent would be sent again.
fn confirm(held: Held) -> Result<(), Failure> {
    let question = [say(&held.hold.phrase()), text("cli-organization-held-remedy")].join(" ");
    let question = [question, text("cli-organization-resume-confirm")].join("\n");
    let keys = ["cli-organization-resume-needs-yes", "cli-organization-resume-not-confirmed"];
    let [nobody, otherwise] = keys.map(Phrase::new);
    input::word(&question, "cli-organization-resume-word", nobody, otherwise)
}

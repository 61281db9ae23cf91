//! `flow activate`.

use super::{Flows, balance, changed, not_now};
use crate::failure::Failure;
use crate::input;
use crate::output;
use crate::session::Session;
use staffetta_desk::{Activation, Balance, NotReady};
use staffetta_domain::{DueDate, FlowId, Phrase};
use staffetta_words::{say, text};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(super) flows: Flows,
    /// Go on without asking where due dates have passed; needed where nobody can be asked
    #[arg(long)]
    pub(super) accept_past_due: bool,
}

pub(crate) async fn run(session: &Session, id: FlowId, accept_past_due: bool) -> Result<(), Failure> {
    let (store, scope, now) = (&session.store, &session.scope, session.now());
    let reckoned = match staffetta_desk::balance(store, scope, id, now).await {
        Ok(reckoned) => reckoned,
        Err(why) => return Err(not_ready(session, id, why).await),
    };
    if let Some(first) = reckoned.past_due.filter(|_| !accept_past_due) {
        confirm(id, first)?;
    }
    // Frozen is the list that was reckoned, not one that someone puts in its place meanwhile. Several messages for one
    // person were told when the list was read, and stand in the balance.
    let activation = Activation { list: reckoned.list, accept_different: true, accept_past_due: true };
    match staffetta_desk::activate(store, scope, id, activation, now).await {
        Ok(()) => tell(session, id, &reckoned).await,
        Err(why) => Err(not_ready(session, id, why).await),
    }
}

/// A word to be typed is not given by habit, as a yes is.
fn confirm(id: FlowId, first: DueDate) -> Result<(), Failure> {
    let question = |key| Phrase::new(key).with("flow", id).with("date", first.italian());
    let Some(answer) = input::answer(&say(&question("cli-activate-past-due-confirm")))? else {
        return Err(Failure::usage(question("cli-activate-past-due-needs-flag")));
    };
    if answer.trim().eq_ignore_ascii_case(&text("cli-activate-word")) {
        return Ok(());
    }
    Err(Failure::failed(Phrase::new("cli-activate-not-confirmed").with("flow", id)))
}

async fn tell(session: &Session, id: FlowId, reckoned: &Balance) -> Result<(), Failure> {
    if !session.settings.json {
        balance::of_list(reckoned, session.now()).iter().try_for_each(|line| output::line(line))?;
    }
    changed(session, id, "cli-flow-activated").await
}

/// What is missing, in the words of the command line where it has its own.
async fn not_ready(session: &Session, id: FlowId, why: NotReady) -> Failure {
    match why {
        NotReady::NoFlow => Failure::failed(Phrase::new("cli-no-flow").with("flow", id)),
        NotReady::State(_) | NotReady::NotNow => not_now(session, id).await,
        NotReady::NoFile => Failure::failed(Phrase::new("cli-flow-without-list").with("flow", id)),
        NotReady::ServiceDisabled(name) => {
            Failure::failed(Phrase::new("cli-service-disabled").with("name", name))
        }
        NotReady::Store(error) => error.into(),
        other => Failure::failed(other.phrase()),
    }
}

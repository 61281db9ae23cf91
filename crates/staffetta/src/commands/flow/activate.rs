//! `flow activate`.

use super::{Flows, balance, changed, not_now};
use crate::failure::Failure;
use crate::follow;
use crate::input;
use crate::output;
use crate::session::Session;
use staffetta_desk::{Activation, Balance, NotReady};
use staffetta_domain::time::italian_date_time;
use staffetta_domain::{FlowId, Phrase};
use staffetta_store::approvals::Approval;
use staffetta_words::say;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(super) flows: Flows,
    /// Go on without asking where due dates have passed; needed where nobody can be asked
    #[arg(long)]
    accept_past_due: bool,
    /// Go on without asking where the day of sending that the list says has passed; needed where nobody can be asked
    #[arg(long)]
    accept_past_start: bool,
    /// Plan the start for the day of sending that the list says
    #[arg(long)]
    plan: bool,
}

pub(crate) async fn run(session: &Session, id: FlowId, arguments: &Arguments) -> Result<(), Failure> {
    let (store, scope, now) = (&session.store, &session.scope, session.now());
    let reckoned = match staffetta_desk::balance(store, scope, id, now).await {
        Ok(reckoned) => reckoned,
        Err(why) => return Err(not_ready(session, id, why).await),
    };
    if let Some(first) = reckoned.past_due.filter(|_| !arguments.accept_past_due) {
        let about = |key| Phrase::new(key).with("flow", id).with("date", first.italian());
        confirm(id, &about("cli-activate-past-due-confirm"), about("cli-activate-past-due-needs-flag"))?;
    }
    let past = reckoned.start.filter(|start| start.passed);
    if let Some(start) = past.filter(|_| !arguments.accept_past_start) {
        let about = |key| Phrase::new(key).with("flow", id).with("day", start.day.italian());
        confirm(id, &about("cli-activate-past-start-confirm"), about("cli-activate-past-start-needs-flag"))?;
    }
    // Frozen is the list that was reckoned, not one that someone puts in its place meanwhile. Several messages for one
    // person were told when the list was read, and stand in the balance.
    let activation = Activation {
        list: reckoned.list,
        accept_different: true,
        accept_past_due: true,
        accept_past_start: true,
        plan_start: arguments.plan,
    };
    match staffetta_desk::activate(store, scope, id, activation, now).await {
        Ok(()) => tell(session, id, &reckoned).await,
        Err(why) => Err(not_ready(session, id, why).await),
    }
}

fn confirm(id: FlowId, question: &Phrase, nobody: Phrase) -> Result<(), Failure> {
    let otherwise = Phrase::new("cli-activate-not-confirmed").with("flow", id);
    input::word(&say(question), "cli-activate-word", nobody, otherwise)
}

async fn tell(session: &Session, id: FlowId, reckoned: &Balance) -> Result<(), Failure> {
    let flow = follow::find(session, id).await?;
    if !session.settings.json {
        balance::of_list(reckoned, session.now()).iter().try_for_each(|line| output::line(line))?;
        if reckoned.starts > 1 {
            output::notice(&say(&Phrase::new("cli-activate-starts")
                .with("flow", id)
                .with("count", reckoned.starts)));
        }
        let planned = flow.planned.map(|planned| ("cli-activate-planned", planned.at));
        let unplanned =
            reckoned.start.filter(|start| !start.passed).map(|start| ("cli-activate-not-planned", start.at));
        if let Some((key, at)) = planned.or(unplanned) {
            output::notice(&say(&Phrase::new(key).with("flow", id).with("at", italian_date_time(at))));
        }
    }
    let awaits = flow.approval == Approval::Awaited;
    changed(session, id, if awaits { "cli-flow-activated-unapproved" } else { "cli-flow-activated" }).await
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

//! `flow`: one message to a list of people.

mod activate;
mod approve;
mod balance;
mod cancel;
mod create;
mod deactivate;
mod decide;
mod delete;
mod errata;
mod export;
mod forecast;
mod list;
mod pause;
mod problems;
mod resend;
mod resume;
mod send;
mod show;
mod starts;
mod unplan;
mod verify;

use crate::commands::went_back::may_have_been_sent;
use crate::failure::Failure;
use crate::follow;
use crate::json;
use crate::output;
use crate::report;
use crate::session::Session;
use clap::Subcommand;
use staffetta_domain::{FlowId, FlowState, Phrase};
use staffetta_store::flows::FlowSummary;
use staffetta_store::ledger::Switched;
use staffetta_words::{say, text};

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Compose a flow from a message and an office's file; nothing leaves yet
    Create(create::Arguments),
    /// Ask IO, without sending anything, how many recipients of a flow can be written to
    Forecast(forecast::Arguments),
    /// Declare flows ready: message and recipients are frozen
    Activate(activate::Arguments),
    /// Approve active flows that somebody else activated, where the ente wants a second person
    Approve(Flows),
    /// Take active flows back to preparation
    Deactivate(Flows),
    /// Send active flows; what has left cannot be called back
    Send(send::Arguments),
    /// Pause flows under way: no new call leaves
    Pause(Flows),
    /// Let paused flows go on, and their services if they paused themselves
    Resume(Flows),
    /// Stop flows under way for good: what waits is not sent
    Cancel(cancel::Arguments),
    /// Take planned starts back
    Unplan(Flows),
    /// Decide on all uncertain outcomes of a flow
    Decide(decide::Arguments),
    /// Send again those of a flow that is over which ended in one way
    Resend(resend::Arguments),
    /// Compose a new flow to exactly those who got the message of one that is over, because it was wrong
    Errata(errata::Arguments),
    /// Ask IO now for every outcome that is not final
    Verify(Flows),
    /// Delete flows that were never activated
    Delete(Flows),
    /// Show flows with their counts by state
    Show(Flows),
    /// List flows, the newest first
    List(list::Arguments),
    /// Write the rows of the office's file with what became of each, as Excel or CSV
    Export(export::Arguments),
}

/// Flows by their numbers.
#[derive(clap::Args)]
pub(crate) struct Flows {
    /// Number of the flow, or several
    #[arg(value_name = "ID", required = true)]
    ids: Vec<FlowId>,
}

impl Verb {
    pub(crate) async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Create(arguments) => create::run(arguments, session).await,
            Self::Forecast(arguments) => forecast::run(arguments, session).await,
            Self::Activate(arguments) => {
                let ids = arguments.flows.ids.clone();
                each(ids, async |id| activate::run(session, id, &arguments).await).await
            }
            Self::Approve(flows) => each(flows.ids, async |id| approve::run(session, id).await).await,
            Self::Deactivate(flows) => each(flows.ids, async |id| deactivate::run(session, id).await).await,
            Self::Send(arguments) => send::run(arguments, session).await,
            Self::Pause(flows) => each(flows.ids, async |id| pause::run(session, id).await).await,
            Self::Resume(flows) => each(flows.ids, async |id| resume::run(session, id).await).await,
            Self::Cancel(arguments) => {
                let ids = arguments.flows.ids.clone();
                each(ids, async |id| cancel::run(session, id, &arguments).await).await
            }
            Self::Unplan(flows) => each(flows.ids, async |id| unplan::run(session, id).await).await,
            Self::Decide(arguments) => decide::run(arguments, session).await,
            Self::Resend(arguments) => resend::run(arguments, session).await,
            Self::Errata(arguments) => errata::run(arguments, session).await,
            Self::Verify(flows) => each(flows.ids, async |id| verify::run(session, id).await).await,
            Self::Delete(flows) => each(flows.ids, async |id| delete::run(session, id).await).await,
            Self::Show(flows) => each(flows.ids, async |id| show::run(session, id).await).await,
            Self::List(arguments) => list::run(arguments, session).await,
            Self::Export(arguments) => export::run(arguments, session).await,
        }
    }
}

/// Does it for each flow; one that fails does not keep the others from their turn.
async fn each(ids: Vec<FlowId>, act: impl AsyncFn(FlowId) -> Result<(), Failure>) -> Result<(), Failure> {
    let mut failed = None;
    for id in ids {
        if let Err(failure) = act(id).await
            && let Some(earlier) = failed.replace(failure)
        {
            earlier.tell();
        }
    }
    failed.map_or(Ok(()), Err)
}

/// Says how a flow stands now that it was changed.
async fn changed(session: &Session, id: FlowId, key: &'static str) -> Result<(), Failure> {
    let flow = follow::find(session, id).await?;
    if session.settings.json {
        return output::json(&json::Flow::of(&flow));
    }
    let phrase = Phrase::new(key).with("flow", id).with("state", report::state(&flow));
    output::line(&say(&phrase))
}

/// The same, or why it was not.
async fn switched(
    session: &Session,
    id: FlowId,
    switched: Switched,
    key: &'static str,
) -> Result<(), Failure> {
    match refused(session, id, switched).await {
        None => changed(session, id, key).await,
        Some(failure) => Err(failure),
    }
}

/// Why it was not done; none if it was.
async fn refused(session: &Session, id: FlowId, switched: Switched) -> Option<Failure> {
    Some(match switched {
        Switched::Done => return None,
        Switched::NotNow => not_now(session, id).await,
        Switched::Unapproved => unapproved(id),
        Switched::Held => held(id),
        Switched::MayHaveBeenSent => may_have_been_sent(session, id),
        Switched::NotFound => Failure::failed(Phrase::new("cli-no-flow").with("flow", id)),
    })
}

/// What waits of it may have left.
fn held(id: FlowId) -> Failure {
    Failure::failed(Phrase::new("cli-flow-held").with("flow", id)).remedy(Phrase::new("cli-flow-held-remedy"))
}

/// Why a flow was not prepared anew or deleted: its ente is held, or its state.
async fn held_or_not_now(session: &Session, id: FlowId) -> Failure {
    if session.organization.held.is_some() { held(id) } else { not_now(session, id).await }
}

/// It waits for a second person.
fn unapproved(id: FlowId) -> Failure {
    Failure::failed(Phrase::new("cli-flow-unapproved").with("flow", id))
        .remedy(Phrase::new("cli-flow-unapproved-remedy").with("flow", id))
}

/// The flow is not in a state for it: which one it is in, and what can be done.
async fn not_now(session: &Session, id: FlowId) -> Failure {
    match follow::find(session, id).await {
        Ok(flow) => {
            let state = report::state(&flow);
            Failure::failed(Phrase::new("cli-flow-not-now").with("flow", id).with("state", state))
                .remedy(next_step(&flow))
        }
        Err(failure) => failure,
    }
}

fn next_step(flow: &FlowSummary) -> Phrase {
    let key = match flow.state {
        FlowState::Inactive => "cli-next-inactive",
        FlowState::Active => "cli-next-active",
        FlowState::Sending if flow.paused => "cli-flow-is-paused-remedy",
        FlowState::Sending => "cli-next-sending",
        FlowState::Sent | FlowState::Incomplete => "cli-next-over",
    };
    Phrase::new(key).with("flow", flow.id)
}

/// A flow that nobody sends would wait without a word.
pub(crate) async fn engine_needed(session: &Session) -> Result<(), Failure> {
    if !session.store.engine_is_at_work(session.now()).await? {
        output::notice(&text("cli-engine-needed"));
    }
    Ok(())
}

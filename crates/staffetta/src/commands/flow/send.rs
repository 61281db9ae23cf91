//! `flow send`: the one act that cannot be undone.

use super::{changed, not_now};
use crate::engine_run::while_following;
use crate::failure::Failure;
use crate::follow;
use crate::input;
use crate::json;
use crate::output;
use crate::report;
use crate::session::Session;
use staffetta_domain::{FlowId, FlowState, Phrase};
use staffetta_store::flows::FlowSummary;
use staffetta_store::ledger::Switched;
use staffetta_words::{number, say, text};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    flows: super::Flows,
    /// Send without asking; needed where nobody can be asked
    #[arg(long)]
    yes: bool,
    /// Follow until the sending is over and tell the outcome; runs the engine if none is at work
    #[arg(long)]
    wait: bool,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let ids = arguments.flows.ids;
    let mut flows = Vec::with_capacity(ids.len());
    for id in &ids {
        let flow = follow::find(session, *id).await?;
        if flow.state != FlowState::Active {
            return Err(not_now(session, *id).await.remedy(remedy(&flow)));
        }
        flows.push(flow);
    }
    if !arguments.yes {
        confirm(&flows)?;
    }
    for id in &ids {
        start(session, *id).await?;
    }
    if !arguments.wait {
        for id in &ids {
            changed(session, *id, "cli-flow-started").await?;
        }
        return engine_needed(session).await;
    }
    let sent = while_following(session, follow::until_sent(session, &ids)).await?;
    for flow in &sent {
        if session.settings.json {
            output::json(&json::Flow::of(flow))?;
        } else {
            report::outcome(session, flow).await?;
        }
    }
    Ok(())
}

fn remedy(flow: &FlowSummary) -> Phrase {
    Phrase::new(match flow.state {
        FlowState::Inactive | FlowState::Active => "cli-send-activate-first",
        FlowState::Sending => "cli-send-under-way",
        FlowState::Sent | FlowState::Incomplete => "cli-send-over",
    })
    .with("flow", flow.id)
}

/// The person types how many people will be written to: a number cannot be given by habit, as a yes can.
fn confirm(flows: &[FlowSummary]) -> Result<(), Failure> {
    let recipients: i64 = flows.iter().map(|flow| flow.recipients).sum();
    let question =
        Phrase::new("cli-send-confirm").with("recipients", recipients).with("shown", number(recipients));
    let Some(answer) = input::answer(&say(&question))? else {
        return Err(Failure::usage(Phrase::new("cli-send-needs-yes")));
    };
    let typed: String = answer.chars().filter(char::is_ascii_digit).collect();
    if typed == recipients.to_string() {
        return Ok(());
    }
    Err(Failure::failed(Phrase::new("cli-send-not-confirmed")))
}

async fn start(session: &Session, id: FlowId) -> Result<(), Failure> {
    match session.store.start_flow(&session.scope, id, session.now()).await? {
        Switched::Done => Ok(()),
        Switched::NotNow => Err(not_now(session, id).await),
        Switched::NotFound => Err(Failure::failed(Phrase::new("cli-no-flow").with("flow", id))),
    }
}

/// A flow that nobody sends would wait without a word.
async fn engine_needed(session: &Session) -> Result<(), Failure> {
    if session.store.lock_engine().await?.is_some() {
        output::notice(&text("cli-engine-needed"));
    }
    Ok(())
}

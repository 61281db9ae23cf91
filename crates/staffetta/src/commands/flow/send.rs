//! `flow send`: the one act that cannot be undone.

use super::{changed, engine_needed, not_now};
use crate::engine_run::while_following;
use crate::failure::Failure;
use crate::follow;
use crate::input;
use crate::json;
use crate::output;
use crate::report;
use crate::session::Session;
use staffetta_domain::{FlowId, FlowState, NotificationState, Phrase};
use staffetta_store::flows::FlowSummary;
use staffetta_store::ledger::Switched;
use staffetta_words::{number, say};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    flows: super::Flows,
    /// Send without asking; needed where nobody can be asked
    #[arg(long)]
    yes: bool,
    /// Follow until the sending is over and tell the outcome, also of flows that were started before; runs the
    /// engine if none is at work
    #[arg(long)]
    wait: bool,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let ids = arguments.flows.ids;
    let mut ready = Vec::with_capacity(ids.len());
    for id in &ids {
        let flow = follow::find(session, *id).await?;
        match flow.state {
            FlowState::Active => ready.push(flow),
            // It was confirmed when it was started: who waits goes on with it.
            FlowState::Sending if arguments.wait => {}
            _ => return Err(not_now(session, *id).await),
        }
    }
    if !arguments.yes && !ready.is_empty() {
        confirm(&ready)?;
    }
    for flow in &ready {
        start(session, flow.id).await?;
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
        let waiting = flow.tally.count(NotificationState::Accepted);
        if waiting > 0 {
            let later = Phrase::new("cli-outcomes-later").with("count", waiting).with("flow", flow.id);
            output::notice(&say(&later));
        }
    }
    Ok(())
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

//! `flow send`: the one act that cannot be undone.

use super::{changed, engine_needed, not_now, refused};
use crate::commands::went_back::AllTheSame;
use crate::engine_run::while_following;
use crate::failure::Failure;
use crate::follow;
use crate::input;
use crate::json;
use crate::output;
use crate::report;
use crate::session::Session;
use staffetta_domain::time::{date_and_hour, italian_date_time};
use staffetta_domain::{FlowId, FlowState, NotificationState, Phrase, UnixMillis, typed_number};
use staffetta_store::ledger::ActiveSeen;
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
    #[arg(long, conflicts_with = "at")]
    wait: bool,
    /// Send only to the first N recipients of each flow; then it waits paused
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), conflicts_with = "at")]
    first: Option<u16>,
    /// Start by itself at this time of Rome's clocks: gg/mm/aaaa hh:mm
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    #[command(flatten)]
    all_the_same: AllTheSame,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let start = Start::of(&arguments, session.now())?;
    let ids = arguments.flows.ids;
    let mut ready = Vec::with_capacity(ids.len());
    for id in &ids {
        let flow = follow::find(session, *id).await?;
        match flow.state {
            FlowState::Active => {
                arguments.all_the_same.check(session, *id, flow.created_at)?;
                ready.push((seen(session, *id, &arguments.all_the_same).await?, flow));
            }
            // It was confirmed when it was started: who waits goes on with it.
            FlowState::Sending if arguments.wait => {}
            _ => return Err(not_now(session, *id).await),
        }
    }
    if !arguments.yes && !ready.is_empty() {
        confirm(ready.iter().map(|(_, flow)| flow.recipients).sum())?;
    }
    for (seen, flow) in &ready {
        start.act(session, flow.id, *seen).await?;
    }
    if !arguments.wait {
        for id in &ids {
            start.tell(session, *id).await?;
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
fn confirm(recipients: i64) -> Result<(), Failure> {
    let question =
        Phrase::new("cli-send-confirm").with("recipients", recipients).with("shown", number(recipients));
    let Some(answer) = input::answer(&say(&question))? else {
        return Err(Failure::usage(Phrase::new("cli-send-needs-yes")));
    };
    if typed_number(&answer) == Some(recipients) {
        return Ok(());
    }
    Err(Failure::failed(Phrase::new("cli-send-not-confirmed")))
}

/// What was confirmed is what is sent: while a person thinks, another may activate something else.
async fn seen(session: &Session, id: FlowId, all_the_same: &AllTheSame) -> Result<ActiveSeen, Failure> {
    match session.store.find_flow(&session.scope, id).await?.and_then(|flow| flow.activated_at) {
        Some(activated_at) => Ok(ActiveSeen { activated_at, all_the_same: all_the_same.even_if_sent }),
        None => Err(not_now(session, id).await),
    }
}

/// How flows are started.
enum Start {
    Now,
    First(u16),
    At(UnixMillis),
}

impl Start {
    fn of(arguments: &Arguments, now: UnixMillis) -> Result<Self, Failure> {
        match (arguments.first, &arguments.at) {
            (Some(rows), _) => Ok(Self::First(rows)),
            (None, None) => Ok(Self::Now),
            (None, Some(text)) => match date_and_hour(text) {
                Err(_) => Err(Failure::usage(Phrase::new("cli-plan-not-a-date").with("value", text))),
                Ok(at) if at <= now => {
                    Err(Failure::usage(Phrase::new("cli-plan-in-the-past").with("at", italian_date_time(at))))
                }
                Ok(at) => Ok(Self::At(at)),
            },
        }
    }

    async fn act(&self, session: &Session, id: FlowId, seen: ActiveSeen) -> Result<(), Failure> {
        let (store, scope, now) = (&session.store, &session.scope, session.now());
        let done = match self {
            Self::Now => store.start_flow(scope, id, seen, now).await?,
            Self::First(rows) => store.start_pilot(scope, id, *rows, seen, now).await?,
            Self::At(at) => store.plan_start(scope, id, *at, seen, now).await?,
        };
        match refused(session, id, done).await {
            None => Ok(()),
            Some(failure) => Err(failure),
        }
    }

    async fn tell(&self, session: &Session, id: FlowId) -> Result<(), Failure> {
        let phrase = match self {
            Self::Now => return changed(session, id, "cli-flow-started").await,
            Self::First(rows) => Phrase::new("cli-flow-pilot-started").with("count", *rows),
            Self::At(at) => Phrase::new("cli-flow-planned").with("at", italian_date_time(*at)),
        };
        if session.settings.json {
            return output::json(&json::Flow::of(&follow::find(session, id).await?));
        }
        output::line(&say(&phrase.with("flow", id)))
    }
}

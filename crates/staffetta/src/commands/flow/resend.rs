//! `flow resend`: those of a flow that is over which ended in one way are sent again.

use super::{engine_needed, not_now};
use crate::commands::went_back::AllTheSame;
use crate::failure::Failure;
use crate::follow;
use crate::input;
use crate::output;
use crate::session::Session;
use serde::Serialize;
use staffetta_domain::{FlowId, NotificationState, Phrase, typed_number};
use staffetta_store::flows::OutcomeCount;
use staffetta_store::resends::Unsuccessful;
use staffetta_words::{number, say};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Number of the flow
    #[arg(value_name = "ID")]
    id: FlowId,
    /// How they ended: rejected, unreachable, failed or cancelled
    #[arg(long, value_name = "STATE", value_parser = state)]
    state: NotificationState,
    /// Only those that ended for this reason, by its word in `notification list --json`
    #[arg(long, value_name = "REASON")]
    reason: Option<String>,
    /// Send again without asking; needed where nobody can be asked
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    all_the_same: AllTheSame,
}

#[derive(Serialize)]
struct Told {
    resent: i64,
}

fn state(typed: &str) -> Result<NotificationState, String> {
    NotificationState::from_code(typed)
        .filter(|state| state.can_be_sent_again())
        .ok_or_else(|| "rejected, unreachable, failed or cancelled".to_owned())
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let id = arguments.id;
    let flow = follow::find(session, id).await?;
    let mut chosen = session.store.flow_outcomes(&session.scope, id).await?;
    chosen.retain(|outcome| arguments.means(outcome));
    let count: i64 = chosen.iter().map(|outcome| outcome.count).sum();
    if count == 0 {
        return Err(Failure::failed(Phrase::new("cli-nothing-to-resend").with("flow", id)));
    }
    arguments.all_the_same.check(session, id, flow.created_at)?;
    if !arguments.yes {
        confirm(count)?;
    }
    let mut resent = 0;
    for OutcomeCount { state, reason, .. } in chosen {
        let which = Unsuccessful { state, reason, all_the_same: arguments.all_the_same.even_if_sent };
        resent += session.store.resend_unsuccessful(&session.scope, id, which, session.now()).await?;
    }
    if resent == 0 {
        return Err(not_now(session, id).await);
    }
    if session.settings.json {
        output::json(&Told { resent })?;
    } else {
        output::line(&say(&Phrase::new("cli-resent").with("count", resent).with("flow", id)))?;
    }
    engine_needed(session).await
}

impl Arguments {
    fn means(&self, outcome: &OutcomeCount) -> bool {
        let is_reason = |wanted: &str| outcome.reason.is_some_and(|reason| reason.code() == wanted);
        outcome.state == self.state && self.reason.as_deref().is_none_or(is_reason)
    }
}

/// As for sending: a number cannot be given by habit.
fn confirm(count: i64) -> Result<(), Failure> {
    let question = Phrase::new("cli-resend-many-confirm").with("count", count).with("shown", number(count));
    let Some(answer) = input::answer(&say(&question))? else {
        return Err(Failure::usage(Phrase::new("cli-resend-needs-yes")));
    };
    if typed_number(&answer) == Some(count) {
        return Ok(());
    }
    Err(Failure::failed(Phrase::new("cli-resend-not-confirmed")))
}

//! `flow errata`: a draft to exactly those who got the message of a flow that is over.

use super::held;
use crate::failure::Failure;
use crate::follow;
use crate::output;
use crate::session::Session;
use serde::Serialize;
use staffetta_desk::{ErrataRequest, NoErrata, errata_phrases, make_errata, read_list};
use staffetta_domain::{ErrataKind, FlowId, Phrase, Taking};
use staffetta_words::say;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Number of the flow whose message was wrong
    #[arg(value_name = "ID")]
    id: FlowId,
    /// What it says: correction, or mistake for a message that was not to be sent at all
    #[arg(long, value_name = "KIND", value_parser = kind, default_value = "correction")]
    kind: ErrataKind,
    /// Take those whose outcome is uncertain, too: they may never have got the first message
    #[arg(long)]
    uncertain: bool,
    /// Take those whom a person declared sent, too: IO confirmed nothing of them
    #[arg(long)]
    declared: bool,
    /// Make another although the flow has one
    #[arg(long)]
    again: bool,
}

#[derive(Serialize)]
struct Made {
    id: FlowId,
    source: FlowId,
    taken: i64,
    /// How the recipients of the wrong message stood; together they are all.
    reached: i64,
    uncertain: i64,
    declared: i64,
    not_reached: i64,
}

fn kind(typed: &str) -> Result<ErrataKind, String> {
    ErrataKind::from_code(typed).ok_or_else(|| "correction or mistake".to_owned())
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let Arguments { id: source, kind, uncertain, declared, again } = arguments;
    let (store, scope, now) = (&session.store, &session.scope, session.now());
    follow::find(session, source).await?;
    let seen = if again { store.last_errata(scope, source).await? } else { 0 };
    let taking = Taking { uncertain, declared };
    let request = ErrataRequest { kind, taking, seen };
    let made = make_errata(store, scope, source, request, now).await;
    let (flow, receipts) = made.map_err(|error| failure(session, source, error))?;
    let read = read_list(store, scope, flow, false, now).await;
    if session.settings.json {
        return output::json(&Made {
            id: flow,
            source,
            taken: taking.of(&receipts),
            reached: receipts.reached,
            uncertain: receipts.uncertain,
            declared: receipts.declared,
            not_reached: receipts.not_reached,
        });
    }
    output::line(&say(&Phrase::new("cli-errata-made").with("flow", flow).with("source", source)))?;
    let errata = store.errata(scope, flow).await?;
    for phrase in errata.iter().flat_map(errata_phrases) {
        output::line(&say(&phrase))?;
    }
    // Of a correction its place is still to be written: that is told as what its list lacks.
    for (what, _) in read.iter().flat_map(staffetta_desk::ListRead::phrases) {
        output::line(&say(&what))?;
    }
    Ok(())
}

fn failure(session: &Session, source: FlowId, error: NoErrata) -> Failure {
    match error {
        NoErrata::NotOver if session.organization.held.is_some() => held(source),
        NoErrata::Another => Failure::failed(Phrase::new("cli-errata-another")),
        error => Failure::failed(error.phrase()),
    }
}

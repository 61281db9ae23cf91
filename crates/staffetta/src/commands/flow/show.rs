//! `flow show`.

use super::{balance, forecast};
use crate::failure::Failure;
use crate::follow;
use crate::json;
use crate::output;
use crate::report;
use crate::session::Session;
use staffetta_desk::{SendingTime, sending_time};
use staffetta_domain::time::italian_date_time;
use staffetta_domain::{FlowId, FlowState, Phrase, UnixMillis};
use staffetta_store::flows::{FlowDetail, FlowSummary};
use staffetta_words::{number, text};

pub(crate) async fn run(session: &Session, id: FlowId) -> Result<(), Failure> {
    let found = session.store.find_flow(&session.scope, id).await?;
    let flow = found.ok_or_else(|| Failure::failed(Phrase::new("cli-no-flow").with("flow", id)))?;
    let time = time(session, &flow.summary).await?;
    let forecast = session.store.forecast(&session.scope, id).await?;
    if session.settings.json {
        let (flow, time) = (json::Flow::of(&flow.summary), time.map(json::Time::of));
        let forecast = forecast.map(|forecast| json::Forecast::of(id, &forecast));
        return output::json(&json::FlowShown { flow, time, forecast });
    }
    facts(&flow).iter().try_for_each(|line| output::line(line))?;
    forecast.iter().try_for_each(|found| output::line(&forecast::words(found)))?;
    let under_way = flow.summary.state == FlowState::Sending;
    balance::time(time, under_way, session.now()).iter().try_for_each(|line| output::line(line))?;
    if under_way && let Err(held) = follow::not_held(session).await {
        held.tell();
    }
    report::outcome(session, &flow.summary).await
}

/// How long the sending still takes, of a flow that waits for nobody.
async fn time(session: &Session, flow: &FlowSummary) -> Result<Option<SendingTime>, Failure> {
    let goes_on = matches!(flow.state, FlowState::Active | FlowState::Sending) && !flow.paused;
    if !goes_on || flow.service_paused.is_some() {
        return Ok(None);
    }
    Ok(sending_time(&session.store, session.organization.id, flow, session.now()).await?)
}

fn facts(flow: &FlowDetail) -> Vec<String> {
    let at = |instant: Option<UnixMillis>| instant.map(italian_date_time);
    let summary = &flow.summary;
    let facts = [
        ("cli-fact-description", Some(summary.description.clone())),
        ("cli-fact-reference", summary.reference.clone()),
        ("cli-fact-service", Some(summary.service_name.clone())),
        ("cli-fact-nature", Some(summary.nature_name.clone())),
        ("cli-fact-subject", Some(flow.subject.clone())),
        ("cli-fact-file", flow.list.as_ref().map(|list| list.file_name.clone())),
        ("cli-fact-recipients", Some(number(summary.recipients))),
        (
            "cli-fact-created",
            Some(format!("{} ({})", italian_date_time(summary.created_at), summary.created_by)),
        ),
        ("cli-fact-activated", at(flow.activated_at)),
        ("cli-fact-started", at(flow.started_at)),
        ("cli-fact-ended", at(flow.ended_at)),
    ];
    facts.into_iter().filter_map(|(key, value)| Some(format!("{}: {}", text(key), value?))).collect()
}

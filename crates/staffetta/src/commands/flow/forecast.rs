//! `flow forecast`: *Verifica raggiungibilità*.

use super::engine_needed;
use crate::failure::Failure;
use crate::follow;
use crate::json;
use crate::output;
use crate::session::Session;
use staffetta_domain::time::italian_date_time;
use staffetta_domain::{FlowId, Phrase};
use staffetta_io::Clock as _;
use staffetta_store::forecasts::Forecast;
use staffetta_store::ledger::Switched;
use staffetta_words::{number, say};

/// How often the ledger is looked at.
const LOOK_MS: i64 = 500;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Number of the flow
    #[arg(value_name = "ID")]
    id: FlowId,
    /// Stop the one that goes on
    #[arg(long, conflicts_with = "wait")]
    stop: bool,
    /// Wait until all were asked for
    #[arg(long)]
    wait: bool,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let Arguments { id, stop, wait } = arguments;
    follow::find(session, id).await?;
    if stop { self::stop(session, id).await } else { ask(session, id, wait).await }
}

async fn ask(session: &Session, id: FlowId, wait: bool) -> Result<(), Failure> {
    let asked = session.store.ask_forecast(&session.scope, id, session.now()).await?;
    let known = find(session, id).await?;
    let goes_on = known.as_ref().is_some_and(|forecast| forecast.ended_at.is_none());
    if asked != Switched::Done && !goes_on {
        return Err(Failure::failed(Phrase::new("cli-forecast-not-now").with("flow", id)));
    }
    engine_needed(session).await?;
    let mut forecast = known;
    while wait && forecast.as_ref().is_some_and(|forecast| forecast.ended_at.is_none()) {
        if !session.store.engine_is_at_work(session.now()).await? {
            return Err(Failure::failed(Phrase::new("cli-forecast-no-engine")));
        }
        session.clock.sleep(LOOK_MS).await;
        forecast = find(session, id).await?;
    }
    match forecast {
        Some(forecast) => tell(session, id, &forecast),
        None => Err(Failure::failed(Phrase::new("cli-forecast-none").with("flow", id))),
    }
}

async fn stop(session: &Session, id: FlowId) -> Result<(), Failure> {
    let stopped = session.store.stop_forecast(&session.scope, id, session.now()).await?;
    let Some(forecast) = find(session, id).await? else {
        return Err(Failure::failed(Phrase::new("cli-forecast-none").with("flow", id)));
    };
    if !session.settings.json {
        let done = stopped == Switched::Done;
        let key = if done { "cli-forecast-stopped" } else { "cli-forecast-nothing-to-stop" };
        output::line(&say(&Phrase::new(key).with("flow", id)))?;
    }
    tell(session, id, &forecast)
}

async fn find(session: &Session, id: FlowId) -> Result<Option<Forecast>, Failure> {
    Ok(session.store.forecast(&session.scope, id).await?)
}

fn tell(session: &Session, id: FlowId, forecast: &Forecast) -> Result<(), Failure> {
    if session.settings.json {
        return output::json(&json::Forecast::of(id, forecast));
    }
    output::line(&words(forecast))
}

/// How far a forecast is and what IO said, in one line.
pub(super) fn words(forecast: &Forecast) -> String {
    let phrase = Phrase::new("cli-forecast-shown")
        .with("at", italian_date_time(forecast.asked_at))
        .with("asked", number(forecast.asked()))
        .with("total", number(forecast.recipients))
        .with("reachable", number(forecast.reachable))
        .with("off", number(forecast.service_off))
        .with("absent", number(forecast.not_on_io))
        .with("refused", number(forecast.refused));
    say(&phrase)
}

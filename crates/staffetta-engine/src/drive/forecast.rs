//! A stretch of a forecast: IO is asked for each citizen, and what it says is written in one piece.
//!
//! Asking changes nothing for anybody, so that nothing is claimed: what was not answered is asked for again.

use crate::drive::ente::{Ente, Said, Service};
use crate::drive::gate::Priority;
use futures_util::StreamExt as _;
use futures_util::stream;
use staffetta_domain::{FiscalCode, NotificationId, Reach, Reason};
use staffetta_io::ProfileAnswer;
use staffetta_store::StoreError;
use staffetta_store::forecasts::{ForecastRow, ForecastTurn, Foretold};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Calls of a forecast under way at once: with 300 ms a call still more than IO's quota allows.
const AT_ONCE: usize = 32;
/// How long a forecast rests where IO did not answer, in milliseconds.
const REST_MS: i64 = 2_000;

/// Asks for the rows of a stretch, and writes what IO said.
pub(crate) async fn foretell(ente: Arc<Ente>, turn: ForecastTurn) {
    match ask(&ente, &turn).await {
        Ok(true) => {}
        Ok(false) => {
            tokio::select! {
                () = ente.clock.sleep(REST_MS) => {}
                () = ente.stop.asked() => {}
            }
        }
        Err(error) => {
            tracing::error!(organization = ente.organization.0, %error, "a forecast cannot be written; trying again");
        }
    }
    ente.foretelling.store(false, Ordering::Release);
    ente.wake.notify_one();
}

/// Gives whether all were answered.
async fn ask(ente: &Ente, turn: &ForecastTurn) -> Result<bool, StoreError> {
    if turn.rows.is_empty() {
        return ente.store.end_forecast(turn, ente.clock.now()).await.map(|_| true);
    }
    let Some(service) = ente.service(turn.service) else { return Ok(false) };
    let mut asking = Vec::with_capacity(turn.rows.len());
    for row in &turn.rows {
        asking.push(ask_for(ente, &service, row));
    }
    // In the order of the rows: up to the first that was not answered all are known.
    let heard: Vec<Heard> = stream::iter(asking).buffered(AT_ONCE).collect().await;
    let answers: Vec<Option<Reach>> = heard.iter().map(Heard::reach).collect();
    let before = NotificationId(turn.rows[0].id().0 - 1);
    let known = turn.rows.iter().zip(&answers).take_while(|(_, reach)| reach.is_some());
    let reached = known.last().map_or(before, |(row, _)| row.id());
    let foretold: Vec<Foretold> = turn
        .rows
        .iter()
        .zip(&answers)
        .filter_map(|(row, reach)| reach.map(|reach| Foretold { id: row.id(), reach }))
        .collect();
    if foretold.is_empty() && !heard.contains(&Heard::Nothing) {
        return Ok(false);
    }
    ente.store.record_foretold(turn, ente.epoch, &foretold, reached, ente.clock.now()).await?;
    Ok(foretold.len() == turn.rows.len())
}

/// What came of asking for one citizen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Heard {
    /// IO was not asked, or answered nothing that is about the citizen.
    NotAsked,
    /// IO was asked, and did not say.
    Nothing,
    /// What it said.
    Said(Reach),
}

impl Heard {
    const fn reach(&self) -> Option<Reach> {
        match self {
            Self::Said(reach) => Some(*reach),
            Self::NotAsked | Self::Nothing => None,
        }
    }
}

async fn ask_for(ente: &Ente, service: &Service, row: &ForecastRow) -> Heard {
    let Some(fiscal_code) = FiscalCode::from_ledger(&row.fiscal_code) else {
        return Heard::Said(Reach::Not(Reason::PayloadRefused));
    };
    let Some(mut place) = ente.place(service, Priority::Check, None).await else { return Heard::NotAsked };
    let call = ente.io.profile(&service.connection, &fiscal_code);
    let Some(reply) = ente.on_the_wire(service, &mut place, None, call).await else {
        service.health().not_called();
        return Heard::NotAsked;
    };
    match reply.wire.status {
        Some(_) => place.answered(reply.remaining),
        None => drop(place),
    }
    let (said, heard) = match reply.answer {
        ProfileAnswer::Allowed => (Said::Served, Heard::Said(Reach::Reachable)),
        ProfileAnswer::Unreachable(reason) | ProfileAnswer::Refused { reason, .. } => {
            (Said::Served, Heard::Said(Reach::Not(reason)))
        }
        ProfileAnswer::Later { .. } => (Said::Away, Heard::Nothing),
        ProfileAnswer::RateLimited { after_ms } => (Said::QuotaUsedUp { after_ms }, Heard::NotAsked),
        ProfileAnswer::ServiceStopped { reason, detail } => {
            (Said::Stopped { reason, detail }, Heard::NotAsked)
        }
    };
    ente.heed(service, said).await;
    heard
}

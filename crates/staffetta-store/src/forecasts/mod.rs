//! *Verifica raggiungibilità*: how many of a flow's recipients can be written to, asked before it is sent.
//!
//! A forecast speaks of one list: a list that was read again is asked for again. Its answers stand beside the rows,
//! which stay in the queue whatever they say.

pub(crate) mod walk;

pub use walk::{ForecastRow, ForecastTurn, Foretold};

use crate::db::{execute, fetch_optional};
use crate::events::{About, record};
use crate::ledger::Switched;
use crate::scope::{in_scope, needed};
use crate::{Scope, Store, StoreError};
use staffetta_domain::reach::FORECAST_HOLDS_MS;
use staffetta_domain::{FlowId, Reach, Rights, UnixMillis};

/// How far a forecast is, and what IO said so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// When it was asked for.
    pub asked_at: UnixMillis,
    /// By whom.
    pub asked_by: String,
    /// When all had been asked for, or a person stopped it.
    pub ended_at: Option<UnixMillis>,
    /// Recipients in all.
    pub recipients: i64,
    /// On IO, with the service on.
    pub reachable: i64,
    /// On IO, with the service off.
    pub service_off: i64,
    /// Not on IO.
    pub not_on_io: i64,
    /// IO would not tell.
    pub refused: i64,
}

impl Forecast {
    /// Recipients for whom IO was asked.
    #[must_use]
    pub const fn asked(&self) -> i64 {
        self.reachable + self.service_off + self.not_on_io + self.refused
    }

    /// Whether all were asked for.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.asked() >= self.recipients
    }

    /// Whether the sending relies on it.
    #[must_use]
    pub const fn holds(&self, now: UnixMillis) -> bool {
        Reach::Reachable.holds(self.asked_at, now)
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    asked_at: i64,
    asked_by: String,
    ended_at: Option<i64>,
    recipients: i64,
    reachable: i64,
    service_off: i64,
    not_on_io: i64,
    refused: i64,
}

const ASK: &str = concat!(
    "insert into forecast (flow_id, organization_id, list_id, asked_at, asked_by, reached)
     select f.id, f.organization_id, l.id, $5, $6, l.id << 24
     from flow f join list l on l.id = f.list_id and l.complete = 1 and l.discarded = 0
     where f.id = $4 and f.organization_id = $1 and f.state < 2 and l.valid_rows > 0 and ",
    in_scope!("f.service_id", "$2", "$3"),
    " on conflict (flow_id) do update set list_id = excluded.list_id, asked_at = excluded.asked_at,
         asked_by = excluded.asked_by, reached = excluded.reached, ended_at = null, fruitless = 0,
         reachable = 0, service_off = 0, not_on_io = 0, refused = 0
      where forecast.ended_at is not null or forecast.list_id <> excluded.list_id"
);

/// One that was stopped before its end goes on from there, while the sending still relies on what it said.
const GO_ON: &str = concat!(
    "update forecast set ended_at = null, fruitless = 0 where flow_id = $4 and ended_at is not null and asked_at > $5 and exists (
       select 1 from flow f join list l on l.id = f.list_id
       where f.id = $4 and f.organization_id = $1 and f.state < 2 and f.list_id = forecast.list_id
         and forecast.reachable + forecast.service_off + forecast.not_on_io + forecast.refused < l.valid_rows and ",
    in_scope!("f.service_id", "$2", "$3"),
    ")"
);

const STOP: &str = concat!(
    "update forecast set ended_at = $5 where flow_id = $4 and ended_at is null and exists (
       select 1 from flow f where f.id = $4 and f.organization_id = $1 and ",
    in_scope!("f.service_id", "$2", "$3"),
    ")"
);

const FIND: &str = concat!(
    "select c.asked_at, c.asked_by, c.ended_at, l.valid_rows as recipients, c.reachable, c.service_off, c.not_on_io,
       c.refused
     from forecast c join flow f on f.id = c.flow_id and f.list_id = c.list_id join list l on l.id = c.list_id
     where c.flow_id = $4 and f.organization_id = $1 and ",
    in_scope!("f.service_id", "$2", "$3")
);

impl Store {
    /// Asks for a forecast of a flow whose list is ready and of which nothing was sent; the engine makes it. One that
    /// is being made goes on as it is, and one that was stopped goes on from there.
    ///
    /// # Errors
    /// The database.
    pub async fn ask_forecast(
        &self,
        scope: &Scope,
        flow: FlowId,
        now: UnixMillis,
    ) -> Result<Switched, StoreError> {
        let mut tx = self.db.begin().await?;
        let goes_on = execute!(
            tx,
            GO_ON,
            scope.organization.0,
            scope.operator(),
            needed(Rights::COMPOSE),
            flow.0,
            now.plus_ms(-FORECAST_HOLDS_MS).0
        )?;
        let asked = match goes_on {
            0 => execute!(
                tx,
                ASK,
                scope.organization.0,
                scope.operator(),
                needed(Rights::COMPOSE),
                flow.0,
                now.0,
                &scope.actor
            )?,
            gone_on => gone_on,
        };
        if asked == 0 {
            return Ok(Switched::NotNow);
        }
        let about = About::flow(flow);
        record(&mut tx, scope.organization, about, &scope.actor, "flow-forecast-asked", None, now).await?;
        tx.commit().await?;
        Ok(Switched::Done)
    }

    /// Stops a forecast that is being made; what IO said so far stays.
    ///
    /// # Errors
    /// The database.
    pub async fn stop_forecast(
        &self,
        scope: &Scope,
        flow: FlowId,
        now: UnixMillis,
    ) -> Result<Switched, StoreError> {
        let mut tx = self.db.begin().await?;
        let stopped = execute!(
            tx,
            STOP,
            scope.organization.0,
            scope.operator(),
            needed(Rights::COMPOSE),
            flow.0,
            now.0
        )?;
        tx.commit().await?;
        Ok(if stopped == 0 { Switched::NotNow } else { Switched::Done })
    }

    /// The forecast of a flow's present list, if one was asked for.
    ///
    /// # Errors
    /// The database.
    pub async fn forecast(&self, scope: &Scope, flow: FlowId) -> Result<Option<Forecast>, StoreError> {
        let mut reader = self.db.reader().await?;
        let found = fetch_optional!(
            reader,
            Row,
            FIND,
            scope.organization.0,
            scope.operator(),
            needed(Rights::LOOK),
            flow.0
        )?;
        Ok(found.map(|row| Forecast {
            asked_at: UnixMillis(row.asked_at),
            asked_by: row.asked_by,
            ended_at: row.ended_at.map(UnixMillis),
            recipients: row.recipients,
            reachable: row.reachable,
            service_off: row.service_off,
            not_on_io: row.not_on_io,
            refused: row.refused,
        }))
    }
}

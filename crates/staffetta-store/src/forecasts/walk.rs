//! A forecast as the engine makes it: a stretch of rows at a time.

use crate::batch::{Batch, Kind};
use crate::db::{execute, fetch_all, fetch_optional};
use crate::{Store, StoreError};
use staffetta_domain::{
    FlowId, ListId, NotificationId, OrganizationId, Reach, Reason, ServiceId, UnixMillis,
};

/// A recipient for whom IO is to be asked.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ForecastRow {
    id: i64,
    /// The citizen.
    pub fiscal_code: String,
}

impl ForecastRow {
    /// Whose notification it would be.
    #[must_use]
    pub const fn id(&self) -> NotificationId {
        NotificationId(self.id)
    }
}

/// The next stretch of a forecast.
#[derive(Clone, Debug)]
pub struct ForecastTurn {
    /// The flow.
    pub flow: FlowId,
    /// The service with which it would be sent.
    pub service: ServiceId,
    /// When the forecast was asked for: asked for anew it is another.
    pub asked_at: UnixMillis,
    /// Who is asked for, in the order of the office's file; none where all were.
    pub rows: Vec<ForecastRow>,
}

/// What IO said of a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foretold {
    /// Whose notification it would be.
    pub id: NotificationId,
    /// What it said.
    pub reach: Reach,
}

/// The forecast that was asked for first, of a flow of which nothing was sent.
pub(crate) const NEXT: &str =
    "select c.flow_id, c.list_id, c.asked_at, c.reached, f.service_id from forecast c
     join flow f on f.id = c.flow_id and f.list_id = c.list_id and f.state < 2
     join service s on s.id = f.service_id and s.enabled = 1 and s.paused_reason is null
     join organization o on o.id = c.organization_id and o.held_at is null
     where c.organization_id = $1 and c.ended_at is null and $2 not like '%,' || s.id || ',%'
     order by c.asked_at limit 1";

pub(crate) const ROWS: &str = "select n.id, r.fiscal_code from notification n join recipient r on r.id = n.id
     left join reach h on h.notification_id = n.id and h.at >= $3
     where n.id > $1 and n.id <= $2 and h.notification_id is null order by n.id limit $4";

const WRITE: &str = "insert into reach (notification_id, answer, at)
     select v.row_id, v.answer, o.at from {v} where v.row_id is not null
     on conflict (notification_id) do update set answer = excluded.answer, at = excluded.at";

const COUNT: &str = "update forecast set reachable = reachable + $4, service_off = service_off + $5,
       not_on_io = not_on_io + $6, refused = refused + $7, reached = case when $8 > reached then $8 else reached end,
       fruitless = case when $9 = 1 then fruitless + 1 else 0 end,
       ended_at = case when $9 = 1 and fruitless + 1 >= $10 then $11 else ended_at end
     where flow_id = $1 and asked_at = $2 and ended_at is null
       and exists (select 1 from organization o where o.id = forecast.organization_id and o.epoch = $3)";

/// Stretches in a row of which IO says nothing before a forecast stops. While a service rests none is asked for, so that
/// IO may be away for a quarter of an hour.
const FRUITLESS_MAX: i64 = 30;

const END: &str =
    "update forecast set ended_at = $3 where flow_id = $1 and asked_at = $2 and ended_at is null";

impl Store {
    /// The next rows of the ente's forecast that goes on, at most `limit`; `resting` services are left alone.
    ///
    /// # Errors
    /// The database.
    pub async fn next_to_foretell(
        &self,
        organization: OrganizationId,
        resting: &[ServiceId],
        limit: i64,
    ) -> Result<Option<ForecastTurn>, StoreError> {
        let mut reader = self.db.reader().await?;
        let resting = crate::ledger::listed(resting);
        let next = fetch_optional!(reader, (i64, i64, i64, i64, i64), NEXT, organization.0, resting)?;
        let Some((flow, list, asked_at, reached, service)) = next else { return Ok(None) };
        let (_, end) = ListId(list).bounds();
        let rows = fetch_all!(reader, ForecastRow, ROWS, reached, end.0, asked_at, limit)?;
        let (flow, service, asked_at) = (FlowId(flow), ServiceId(service), UnixMillis(asked_at));
        Ok(Some(ForecastTurn { flow, service, asked_at, rows }))
    }

    /// Writes what IO said of some recipients. All up to `reached` are asked for. Nothing is written where the
    /// forecast was stopped or asked for anew, or where the ente has another owner than that of `epoch`.
    ///
    /// Where IO said nothing of anybody, and so often in a row, the forecast stops: a citizen for whom it never answers
    /// would be asked for without end. Who is missing is asked for by the sending, or when a person lets it go on.
    ///
    /// # Errors
    /// The database.
    pub async fn record_foretold(
        &self,
        turn: &ForecastTurn,
        epoch: i64,
        foretold: &[Foretold],
        reached: NotificationId,
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        let count = |wanted: fn(Reach) -> bool| {
            let found = foretold.iter().filter(|one| wanted(one.reach)).count();
            i64::try_from(found).unwrap_or(i64::MAX)
        };
        let mut tx = self.db.begin().await?;
        let won = execute!(
            tx,
            COUNT,
            turn.flow.0,
            turn.asked_at.0,
            epoch,
            count(|reach| reach == Reach::Reachable),
            count(|reach| reach == Reach::Not(Reason::ServiceOff)),
            count(|reach| reach == Reach::Not(Reason::NotOnIo)),
            count(|reach| {
                !matches!(reach, Reach::Reachable | Reach::Not(Reason::ServiceOff | Reason::NotOnIo))
            }),
            reached.0,
            i16::from(foretold.is_empty()),
            FRUITLESS_MAX,
            now.0
        )?;
        if won == 0 {
            return Ok(false);
        }
        if !foretold.is_empty() {
            let columns = [("row_id", Kind::Int), ("answer", Kind::Int)];
            let rows = foretold.iter().map(|one| [one.id.0.into(), one.reach.number().into()]);
            Batch::new(columns, rows).execute(&mut tx, WRITE, &[("at", now.0.into())]).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// All recipients of a forecast were asked for.
    ///
    /// # Errors
    /// The database.
    pub async fn end_forecast(&self, turn: &ForecastTurn, now: UnixMillis) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let ended = execute!(tx, END, turn.flow.0, turn.asked_at.0, now.0)?;
        tx.commit().await?;
        Ok(ended == 1)
    }
}
